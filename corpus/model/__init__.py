"""The words of the domain as types: documents, addresses, instruments, provisions, clauses and the facts in them.

Everything here is a frozen value. One module a subject: :mod:`corpus.model.text`, :mod:`corpus.model.address`,
:mod:`corpus.model.facts`, :mod:`corpus.model.instrument`.
"""

from corpus.model.address import GROUPING_LEVELS, OUTLINE_LEVELS, SINGLE_LEVELS, Level, ProvisionPath, Step
from corpus.model.facts import (
    Amount,
    Bound,
    Measure,
    Office,
    OfficeRole,
    Period,
    PeriodUnit,
    Quantity,
    Role,
    Validity,
    ValidityStatus,
)
from corpus.model.instrument import Clause, DocumentNumber, Instrument, Kind, Provision, Scheme
from corpus.model.text import LeftOut, Repair, SourceDocument, Span

__all__ = [
    "GROUPING_LEVELS",
    "OUTLINE_LEVELS",
    "SINGLE_LEVELS",
    "Amount",
    "Bound",
    "Clause",
    "DocumentNumber",
    "Instrument",
    "Kind",
    "LeftOut",
    "Level",
    "Measure",
    "Office",
    "OfficeRole",
    "Period",
    "PeriodUnit",
    "Provision",
    "ProvisionPath",
    "Quantity",
    "Repair",
    "Role",
    "Scheme",
    "SourceDocument",
    "Span",
    "Step",
    "Validity",
    "ValidityStatus",
]
