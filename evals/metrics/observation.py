"""What was observed of one case: the case, what came back, and what the corpus says of the clauses that it names.

    Case + Asked + Library → Observation            observe

Every metric is a function of one observation, and nothing that it needs is looked up on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.answer import Status
from corpus.library import Library
from corpus.model import Clause
from evals.asking import Asked
from evals.cases import Case, ClauseName
from evals.figures import figures_of
from evals.naming import clauses_named, instruments_named
from evals.seeding import Trial
from evals.wording import fold, without_marks

ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})
REFUSED = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Observation:
    """One case with what came back.

    ``alone`` is the answer to a follow-up that was asked without its history; ``trials`` are those of the verifier.
    ``home`` are the cities of the documents that the case names; ``named`` holds, for each clause that it names, the
    ids of the clauses that are or hold it, ``also`` those of the clauses that do as well. ``roles`` says of each group
    of ``say`` what its amount is for (award, cap, rate …), as the corpus room reads it; empty where it is no amount of
    a clause named.
    """

    case: Case
    answer: Mapping[str, Any]
    trace: Mapping[str, Any] | None = None
    alone: Mapping[str, Any] | None = None
    alone_trace: Mapping[str, Any] | None = None
    trials: tuple[Trial, ...] | None = None
    home: frozenset[str | None] = frozenset()
    named: tuple[frozenset[str], ...] = ()
    also: frozenset[str] = frozenset()
    roles: tuple[str, ...] = ()

    @property
    def status(self) -> Status:
        """The status of the answer; one that the contract does not know is an error."""
        return status_of(self.answer)

    @property
    def text(self) -> str:
        """What the answer says, without its marks."""
        return without_marks(str(self.answer.get("answer", "")))

    @property
    def citations(self) -> tuple[Mapping[str, Any], ...]:
        """The citations in their order."""
        return tuple(self.answer.get("citations", ()))

    @property
    def city(self) -> str:
        """The slice by city: that of the documents named, else the one that the case was asked with."""
        if len(self.home) > 1:
            return "多个城市"
        city = next(iter(self.home), None) or self.case.city
        return city.removesuffix("市") + "市" if city else "不限"

    @property
    def document(self) -> str:
        """The slice by document: the first that the case names."""
        return next((name.document for name in self.case.expect.clauses), "不限")


def status_of(answer: Mapping[str, Any]) -> Status:
    """The status of an answer object; one that the contract does not know is an error."""
    try:
        return Status(answer.get("status", ""))
    except ValueError:
        return Status.ERROR


def observe(case: Case, asked: Asked, library: Library) -> Observation:
    """Put a case, what came back and what the corpus says of the clauses named together."""
    named = tuple(clauses_named(name, library) for name in case.expect.clauses)
    also = frozenset(one for name in case.expect.also for one in clauses_named(name, library))
    instruments = [
        instrument
        for name in (*case.expect.clauses, *case.expect.also)
        for instrument in instruments_named(name.document, library)
    ]
    clauses = [library.clause[one] for one in sorted(also.union(*named))]
    return Observation(
        case=case,
        answer=asked.answer,
        trace=asked.trace,
        alone=asked.alone,
        alone_trace=asked.alone_trace,
        trials=asked.trials,
        home=frozenset(instrument.city or None for instrument in instruments),
        named=named,
        also=also,
        roles=tuple(_role(group, clauses) for group in case.expect.say),
    )


def _role(group: tuple[str, ...], clauses: list[Clause]) -> str:
    """What the amount that a group asks for is for, by the facts of the clauses named."""
    wanted = [figure for wording in group for figure in figures_of(wording)]
    for clause in clauses:
        for amount in clause.amounts:
            if any(figure.value in (amount.low, amount.high) and figure.unit == amount.unit for figure in wanted):
                return amount.role.value
    return ""


def same_clause(name: ClauseName, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of the clause that a case names.

    Widths do not matter, nor does a missing top of the path; a citation of a part below the named clause, or of the
    clause whose part is named, is one of it.
    """
    if not same_document(name, citation):
        return False
    wanted = [_label(label) for label in name.path]
    cited = [_label(label) for label in citation.get("path", ())]
    # A path that begins inside the cited one must end with it or above it: no half of it may hang over.
    return any(
        all(a == b for a, b in zip(wanted, cited[start:], strict=False))
        for start in range(len(cited))
        if start == 0 or start + len(wanted) <= len(cited)
    )


def same_document(name: ClauseName, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of the document that a case names, by number or title."""
    return fold(name.document) in (fold(citation.get("document_number") or ""), fold(citation.get("title") or ""))


def is_good(seen: Observation, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of a clause that an answer may rest on: one of those named, or one that does as well."""
    numbers = range(len(seen.case.expect.clauses))
    return any(is_of(seen, number, citation) for number in numbers) or is_also(seen, citation)


def is_of(seen: Observation, number: int, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of the clause that a case names at a place of ``clauses``, by path or by its id."""
    ids = seen.named[number] if number < len(seen.named) else frozenset()
    return same_clause(seen.case.expect.clauses[number], citation) or citation.get("clause_id") in ids


def is_also(seen: Observation, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of one of ``also``."""
    return citation.get("clause_id") in seen.also or any(same_clause(name, citation) for name in seen.case.expect.also)


def _label(label: str) -> str:
    return fold(label).rstrip("、.:")
