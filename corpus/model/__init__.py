"""The words of the domain as types: documents, addresses, instruments, provisions, clauses and the facts in them.

Everything here is a frozen value. One module a subject: :mod:`corpus.model.text`, :mod:`corpus.model.address`,
:mod:`corpus.model.facts`, :mod:`corpus.model.instrument`.
"""

from corpus.model.address import GROUPING_LEVELS, OUTLINE_LEVELS, SINGLE_LEVELS, Level, ProvisionPath, Step
from corpus.model.facts import (
    Amount,
    Benefit,
    BenefitKind,
    Bound,
    Measure,
    Office,
    OfficeRole,
    Period,
    PeriodUnit,
    Quantity,
    Reference,
    Relation,
    RelationKind,
    Role,
    Validity,
    ValidityStatus,
)
from corpus.model.instrument import Clause, Instrument, Kind, Provision, Scheme
from corpus.model.number import DocumentNumber
from corpus.model.text import LeftOut, Repair, SourceDocument, Span

__all__ = [
    "GROUPING_LEVELS",
    "OUTLINE_LEVELS",
    "SINGLE_LEVELS",
    "Amount",
    "Benefit",
    "BenefitKind",
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
    "Reference",
    "Relation",
    "RelationKind",
    "Repair",
    "Role",
    "Scheme",
    "SourceDocument",
    "Span",
    "Step",
    "Validity",
    "ValidityStatus",
]
