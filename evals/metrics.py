"""What is measured of answers: pure functions over cases and answer objects.

    Case + answer object → Score            score
    Scores → Estimate for each metric       estimate (mean, n, 95% interval)

Every metric is the mean of one value a case over the cases to which it applies. Where none applies there is no value
(n = 0), not a zero. Citations are compared by document and printed path, so no judge and no model is needed.

The refusal metrics follow RGB's negative rejection (Chen et al. 2023, arXiv 2309.01431), the wrong-city rate the
document-level retrieval mismatch of Summary-Augmented Chunking (arXiv 2510.06999) with the city in the place of the
document, completeness the share of required facts, unsupported figures law 1 of the design.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant.answer import CitationRole, Status
from evals.cases import Case, ClauseName
from evals.figures import unsupported
from evals.wording import fold, says, says_any, without_marks

ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})
REFUSED = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})

#: The city of a document by its folded number or title; None for one above any city.
Cities = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Score:
    """How one answer did. A value is None where the case does not ask for it; shares lie between 0 and 1."""

    case: Case
    answer: Mapping[str, Any]
    city: str
    status: bool
    content: bool | None
    completeness: float | None
    forbidden: bool | None
    first_citation: bool | None
    citation_recall: float | None
    validity: bool | None
    wrong_city: bool | None
    true_refusal: bool | None
    false_refusal: bool | None
    unsupported: tuple[str, ...]
    unsaid: tuple[str, ...]

    @property
    def correct(self) -> bool:
        """Everything that the case asks for holds, and no figure is unsupported."""
        asked = (self.status, self.content, self.first_citation, self.validity)
        return all(value is not False for value in asked) and not self.forbidden and not self.unsupported

    @property
    def elapsed_ms(self) -> float:
        """What the answer took, by its own measure."""
        return float(self.answer.get("elapsed_ms") or 0.0)


def score(case: Case, answer: Mapping[str, Any], cities: Cities) -> Score:
    """Compare an answer object of the contract with what is expected.

    - ``content``: every group of ``say`` is said in the answer and nothing of ``not_say``. A look-up's words may
      stand in the first citation's text instead, where the contract puts the whole clause.
    - ``first_citation``: the first citation is one of ``clauses``, or one of ``also``, which do as well.
      ``citation_recall``: the share of ``clauses`` cited, where a cited one of ``also`` stands in for one missing.
    - ``validity``: the first citation has every stated field of the expected validity. Not asked of a refusal.
    - ``wrong_city``: the case names clauses, and an answer (not a refusal) relies on a clause of another city.
    - ``true_refusal``: all that is expected is a refusal, and it was one. ``false_refusal``: all that is expected is an
      answer, and it was a refusal.
    """
    expect = case.expect
    status = _status(answer)
    text = without_marks(str(answer.get("answer", "")))
    citations: Sequence[Mapping[str, Any]] = answer.get("citations", ())
    first = citations[0] if citations else None
    readable = f"{text}\n{first['text']}" if case.kind == "lookup" and first else text
    unsaid = tuple(group[0] for group in expect.say if not says_any(readable, group))
    forbidden = any(says(text, words) for words in expect.not_say) if expect.not_say else None
    named, good = expect.clauses, (*expect.clauses, *expect.also)
    cited = sum(any(same_clause(name, citation) for citation in citations) for name in good)
    home = {cities[fold(name.document)] for name in good if fold(name.document) in cities}
    return Score(
        case=case,
        answer=answer,
        city=_city_of_slice(case, home),
        status=status in expect.status,
        content=not unsaid and not forbidden if expect.say else None,
        completeness=1 - len(unsaid) / len(expect.say) if expect.say else None,
        forbidden=forbidden,
        first_citation=(first is not None and any(same_clause(name, first) for name in good)) if named else None,
        citation_recall=min(cited / len(named), 1.0) if named else None,
        validity=_validity_holds(case, first) if expect.validity and status in ANSWERED else None,
        wrong_city=_relies_elsewhere(citations, home) if named and home and status in ANSWERED else None,
        true_refusal=status in REFUSED if expect.status <= REFUSED else None,
        false_refusal=status in REFUSED if expect.status <= ANSWERED else None,
        unsupported=unsupported(answer),
        unsaid=unsaid,
    )


def same_clause(name: ClauseName, citation: Mapping[str, Any]) -> bool:
    """Whether a citation is of the clause that a case names.

    Widths do not matter, nor does a missing top of the path; a citation of a part below the named clause, or of the
    clause whose part is named, is one of it.
    """
    document = fold(name.document)
    if document not in (fold(citation.get("document_number") or ""), fold(citation.get("title") or "")):
        return False
    wanted = [_label(label) for label in name.path]
    cited = [_label(label) for label in citation.get("path", ())]
    # A path that begins inside the cited one must end with it or above it: no half of it may hang over.
    return any(
        all(a == b for a, b in zip(wanted, cited[start:], strict=False))
        for start in range(len(cited))
        if start == 0 or start + len(wanted) <= len(cited)
    )


def _label(label: str) -> str:
    return fold(label).rstrip("、.:")


def _status(answer: Mapping[str, Any]) -> Status:
    try:
        return Status(answer.get("status", ""))
    except ValueError:
        return Status.ERROR


def _city_of_slice(case: Case, home: set[str | None]) -> str:
    if len(home) > 1:
        return "多个城市"
    city = next(iter(home), None) or case.city
    return city.removesuffix("市") + "市" if city else "不限"


def _validity_holds(case: Case, first: Mapping[str, Any] | None) -> bool:
    expected = case.expect.validity
    if expected is None or first is None:
        return False
    found = first.get("validity") or {}
    wanted = {
        "status": expected.status.value if expected.status else None,
        "effective_on": expected.effective_on.isoformat() if expected.effective_on else None,
        "expires_on": expected.expires_on.isoformat() if expected.expires_on else None,
    }
    return all(found.get(field) == wanted[field] for field in expected.stated)


def _relies_elsewhere(citations: Iterable[Mapping[str, Any]], home: set[str | None]) -> bool:
    relied = (c for c in citations if c.get("role") != CitationRole.NEAREST)
    return any(c.get("city") is not None and c["city"] not in home for c in relied)


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its key, what people call it, which way is better, and its value for one score."""

    key: str
    name: str
    better: Literal["higher", "lower"]
    value: Callable[[Score], float | bool | None]


METRICS = (
    Metric("correct", "完全正确", "higher", lambda s: s.correct),
    Metric("status", "状态正确", "higher", lambda s: s.status),
    Metric("content", "内容正确", "higher", lambda s: s.content),
    Metric("completeness", "要点齐全", "higher", lambda s: s.completeness),
    Metric("forbidden", "说了不该说的", "lower", lambda s: s.forbidden),
    Metric("first_citation", "首条引用正确", "higher", lambda s: s.first_citation),
    Metric("citation_recall", "引用召回", "higher", lambda s: s.citation_recall),
    Metric("wrong_city", "引错城市", "lower", lambda s: s.wrong_city),
    Metric("validity", "效力正确", "higher", lambda s: s.validity),
    Metric("true_refusal", "该拒则拒", "higher", lambda s: s.true_refusal),
    Metric("false_refusal", "误拒", "lower", lambda s: s.false_refusal),
    Metric("unsupported", "含无据数字", "lower", lambda s: bool(s.unsupported)),
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` cases with its 95% interval; all None where no case applies."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None

    def as_json(self) -> dict[str, Any]:
        """For ``summary.json``, rounded to four places."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return {"n": self.n, **{key: None if v is None else round(v, 4) for key, v in numbers.items()}}


def estimate(values: Iterable[float | bool | None], resamples: int = 2000, seed: int = 20231128) -> Estimate:
    """The mean of the values that are not None, with the percentile bootstrap interval (Efron 1979).

    The same values in the same order give the same interval. Where all values are equal the bootstrap says nothing;
    for shares of 0 or 1 the rule of three stands in (Hanley and Lippman-Hand 1983): the far end is 3/n away.
    """
    known = [float(value) for value in values if value is not None]
    if not known:
        return Estimate(None, 0)
    n, mean = len(known), sum(known) / len(known)
    if len(set(known)) == 1:
        far = min(3 / n, 1.0)
        return Estimate(mean, n, max(mean - far, 0.0) if mean else 0.0, min(mean + far, 1.0) if mean < 1 else 1.0)
    draw = random.Random(seed)  # noqa: S311 - resampling, not secrecy
    means = sorted(sum(draw.choices(known, k=n)) / n for _ in range(resamples))
    return Estimate(mean, n, means[int(resamples * 0.025)], means[int(resamples * 0.975) - 1])


def summary(scores: Sequence[Score]) -> dict[str, Estimate]:
    """Every metric over some scores."""
    return {metric.key: estimate(metric.value(score) for score in scores) for metric in METRICS}


def slices(scores: Sequence[Score], by: Callable[[Score], str]) -> dict[str, tuple[Score, ...]]:
    """The scores in groups, largest first, then by name."""
    groups: dict[str, list[Score]] = {}
    for each in scores:
        groups.setdefault(by(each), []).append(each)
    return {name: tuple(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}
