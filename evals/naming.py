"""The clauses that a case names, found in the corpus: by document number or title, and printed path."""

from __future__ import annotations

from corpus.library import Library
from corpus.model import Instrument, Provision
from evals.cases import ClauseName
from evals.wording import fold


def instruments_named(document: str, library: Library) -> tuple[Instrument, ...]:
    """The instruments with a number or title, as a case writes it."""
    wanted = fold(document)
    return tuple(i for i in library.instruments if wanted in (fold(str(i.number or "")), fold(i.title)))


def provisions_named(name: ClauseName, library: Library) -> tuple[tuple[Instrument, Provision], ...]:
    """The provisions whose printed path ends as a case writes it: clauses, what is above them and what is below."""
    wanted = [fold(label).rstrip("、.:") for label in name.path]
    return tuple(
        (instrument, provision)
        for instrument in instruments_named(name.document, library)
        for provision in instrument.walk()
        if [fold(label).rstrip("、.:") for label in provision.path.labels][-len(wanted) :] == wanted
    )


def clauses_named(name: ClauseName, library: Library) -> frozenset[str]:
    """The ids of the clauses that hold, or lie in, the provisions named."""
    found = provisions_named(name, library)
    return frozenset(
        clause.id
        for instrument, provision in found
        for clause in library.of_instrument(instrument.id)
        if provision.span in clause.span or clause.span in provision.span
    )
