"""What is measured of an answer: its status, what it says, what it rests on, whether that is in force.

Each function takes an observation and gives its value, or None where the case does not ask for it. Citations are
compared by document and printed path, words by the letter, so no judge and no model is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from assistant.answer import CitationRole, Status
from evals.figures import unsupported
from evals.metrics.exactness import lead_figure
from evals.metrics.observation import (
    ANSWERED,
    REFUSED,
    Observation,
    is_good,
    is_of,
    same_clause,
    same_document,
    status_of,
)
from evals.wording import says, says_any, without_marks


def correct(seen: Observation) -> bool:
    """Everything that the case asks for holds (status, content, first citation, validity), and nothing harms.

    What harms: an unsupported figure, a clause of another city, a wrong figure in front. The strict reading of the
    pilots of GOV.UK Chat (2024, 2026): an answer counts only if it is right in full.
    """
    return _right(seen, seen.answer) and not wrong_city(seen) and lead_figure(seen) is not False


def status(seen: Observation) -> bool:
    """The status is one of those expected."""
    return seen.status in seen.case.expect.status


def content(seen: Observation) -> bool | None:
    """Every group of ``say`` is said and nothing of ``not_say``.

    A look-up's words may stand in the first citation's text instead, where the contract puts the whole clause.
    """
    return _content(seen, seen.answer)


def completeness(seen: Observation) -> float | None:
    """The share of the groups of ``say`` that are said: completeness over key points (RAGEval, arXiv 2408.01262)."""
    groups = seen.case.expect.say
    return 1 - len(unsaid(seen)) / len(groups) if groups else None


def unsaid(seen: Observation) -> tuple[str, ...]:
    """The first wording of each group of ``say`` that is not said."""
    return _unsaid(seen, seen.answer)


def forbidden(seen: Observation) -> bool | None:
    """Something of ``not_say`` is said."""
    return _forbidden(seen, seen.answer)


def first_citation(seen: Observation) -> bool | None:
    """The first citation is of one of ``clauses``, or of one of ``also``, which do as well."""
    return _first_citation(seen, seen.answer)


def citation_recall(seen: Observation) -> float | None:
    """The share of ``clauses`` that are cited, where a cited one of ``also`` stands in for one that is missing.

    Recall over clauses known beforehand. ALCE (Gao et al. 2023, arXiv 2305.14627) gives the same name to the share of
    statements that their citations support, which an entailment model decides.
    """
    if not seen.case.expect.clauses:
        return None
    named = range(len(seen.case.expect.clauses))
    cited = sum(any(is_of(seen, number, citation) for citation in seen.citations) for number in named)
    instead = sum(any(same_clause(name, citation) for citation in seen.citations) for name in seen.case.expect.also)
    return min((cited + instead) / len(named), 1.0)


def citation_precision(seen: Observation) -> float | None:
    """The share of the citations that an answer relies on which are of ``clauses`` or ``also``.

    A citation of the clause that states the term of a right one counts as right: the answer says until when it is in
    force. Not asked of refusals, whose citations are only near.
    """
    relied = [c for c in seen.citations if c.get("role") != CitationRole.NEAREST]
    if not seen.case.expect.clauses or seen.status not in ANSWERED or not relied:
        return None
    right = [c for c in relied if is_good(seen, c)]
    bases = {(c.get("validity") or {}).get("basis_clause_id") for c in right} - {None, ""}
    return sum(c in right or c.get("clause_id") in bases for c in relied) / len(relied)


def wrong_document(seen: Observation) -> bool | None:
    """An answer's first citation is of another document than those named.

    Document-level retrieval mismatch of Summary-Augmented Chunking (2025, arXiv 2510.06999), at what is shown first.
    """
    if not seen.case.expect.clauses or seen.status not in ANSWERED or not seen.citations:
        return None
    names = (*seen.case.expect.clauses, *seen.case.expect.also)
    return not any(same_document(name, seen.citations[0]) for name in names)


def wrong_city(seen: Observation) -> bool | None:
    """An answer relies on a clause of another city than those of the documents named."""
    if not seen.case.expect.clauses or not seen.home or seen.status not in ANSWERED or not seen.citations:
        return None
    relied = (c for c in seen.citations if c.get("role") != CitationRole.NEAREST)
    return any(c.get("city") is not None and c["city"] not in seen.home for c in relied)


def validity(seen: Observation) -> bool | None:
    """The first citation's validity has every field that the case states. Not asked of a refusal."""
    return _validity(seen, seen.answer)


def boundary_validity(seen: Observation) -> bool | None:
    """:func:`validity` of the cases asked on a boundary day: the first or last day in force, or a day beside it.

    Boundary-value analysis (Myers 1979), of the days of 民法典 201 and 202; the tag ``boundary`` counts as well.
    """
    expected = seen.case.expect.validity
    if expected is None:
        return None
    asked = date.fromisoformat(str(seen.answer.get("as_of") or date.min))
    ends = [day for day in (expected.effective_on, expected.expires_on) if day is not None]
    near = any(abs(asked - day) <= timedelta(days=1) for day in ends)
    return validity(seen) if near or "boundary" in seen.case.tags else None


def true_refusal(seen: Observation) -> bool | None:
    """All that is expected is a refusal, and it was one: negative rejection of RGB (2023, arXiv 2309.01431)."""
    return seen.status in REFUSED if seen.case.expect.status <= REFUSED else None


def false_refusal(seen: Observation) -> bool | None:
    """All that is expected is an answer, and there was none: a refusal, or it broke."""
    return seen.status in REFUSED | {Status.ERROR} if seen.case.expect.status <= ANSWERED else None


def has_unsupported(seen: Observation) -> bool:
    """The answer states a figure or day that stands in nothing that it cites: law 1 of the design."""
    return seen.status is not Status.ERROR and bool(unsupported(seen.answer))


def follow_up(seen: Observation) -> bool | None:
    """:func:`correct` of the questions that have a history."""
    return correct(seen) if seen.case.history else None


def follow_up_alone(seen: Observation) -> bool | None:
    """:func:`correct` of the same questions asked without their history, the floor for :func:`follow_up`.

    Raw against rewritten last turns as in MTRAG (2025, arXiv 2501.03468). None where nobody asked again.
    """
    return _right(seen, seen.alone) if seen.case.history and seen.alone is not None else None


def _right(seen: Observation, answer: Mapping[str, Any]) -> bool:
    asked = (_content(seen, answer), _first_citation(seen, answer), _validity(seen, answer))
    return (
        status_of(answer) in seen.case.expect.status
        and all(value is not False for value in asked)
        and not _forbidden(seen, answer)
        and not unsupported(answer)
    )


def _content(seen: Observation, answer: Mapping[str, Any]) -> bool | None:
    return not _unsaid(seen, answer) and not _forbidden(seen, answer) if seen.case.expect.say else None


def _unsaid(seen: Observation, answer: Mapping[str, Any]) -> tuple[str, ...]:
    readable = _text(answer)
    if seen.case.kind == "lookup":
        readable = "\n".join((readable, *(str(c.get("text", "")) for c in _first(answer))))
    return tuple(group[0] for group in seen.case.expect.say if not says_any(readable, group))


def _forbidden(seen: Observation, answer: Mapping[str, Any]) -> bool | None:
    unwanted = seen.case.expect.not_say
    return any(says(_text(answer), words) for words in unwanted) if unwanted else None


def _first_citation(seen: Observation, answer: Mapping[str, Any]) -> bool | None:
    if not seen.case.expect.clauses:
        return None
    return any(is_good(seen, first) for first in _first(answer))


def _validity(seen: Observation, answer: Mapping[str, Any]) -> bool | None:
    expected = seen.case.expect.validity
    if expected is None or status_of(answer) not in ANSWERED:
        return None
    wanted = {
        "status": expected.status.value if expected.status else None,
        "effective_on": expected.effective_on.isoformat() if expected.effective_on else None,
        "expires_on": expected.expires_on.isoformat() if expected.expires_on else None,
    }
    found = [first.get("validity") or {} for first in _first(answer)]
    return bool(found) and all(found[0].get(field) == wanted[field] for field in expected.stated)


def _first(answer: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    return tuple(answer.get("citations", ()))[:1]


def _text(answer: Mapping[str, Any]) -> str:
    return without_marks(str(answer.get("answer", "")))
