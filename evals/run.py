"""A run: every case asked, every answer scored, all of it put together.

cases → Asked → Observation → Score → Run → summary.json, results.jsonl
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.answer import Mode
from corpus.library import Library
from evals.asking import ask_case
from evals.cases import Case
from evals.errors import CaseError
from evals.figures import unsupported
from evals.metrics import METRICS, SLICES, Score, score, slices, summary
from evals.metrics.answers import unsaid
from evals.metrics.estimates import Estimate, estimate
from evals.metrics.exactness import expected_figures
from evals.metrics.observation import observe
from evals.metrics.selective import Curve, coverage_accuracy
from evals.metrics.verifier import trial_kinds
from evals.provenance import case_digest
from evals.retrieval import peak_mb
from evals.store import Progress

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

#: The day on which cases are asked that name none: fixed, so that a run today and one next year ask the same.
DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked of what, and how it went.

    ``about`` is the provenance; ``library`` what was asked about; ``drafts`` counts the cases left out because nobody
    has confirmed them, ``unknown`` are the ids of those that name a clause which the corpus does not have,
    ``fallbacks`` counts the answers for which a language model was asked in vain.
    """

    about: Mapping[str, Any]
    library: Library
    scores: tuple[Score, ...]
    split: str | None = None
    drafts: int = 0
    unknown: tuple[str, ...] = ()
    fallbacks: int = 0
    peak_mb: float = 0.0

    @property
    def curve(self) -> Curve | None:
        """The coverage–accuracy curve."""
        return coverage_accuracy(each.seen for each in self.scores)

    def latency(self) -> dict[str, float]:
        """Milliseconds an answer took by its own measure: median, 95th percentile, longest."""
        times = sorted(each.elapsed_ms for each in self.scores)
        p95 = times[int(0.95 * (len(times) - 1))]
        return {"median": round(median(times), 1), "p95": round(p95, 1), "max": round(times[-1], 1)}

    def by_role(self) -> dict[str, Estimate]:
        """The share of the expected amounts that are said, by what they are for (award, cap, rate, threshold …)."""
        figures = [figure for each in self.scores for figure in expected_figures(each.seen) if figure.role]
        roles = sorted({figure.role for figure in figures})
        return {role: estimate(figure.exact for figure in figures if figure.role == role) for role in roles}

    def by_trial(self) -> dict[str, dict[str, Estimate]]:
        """The verifier's rate of wrong judgements for each kind of seeded error, and for each other spelling."""
        trials = [trial for each in self.scores for trial in trial_kinds(each.seen)]
        return {
            name: {
                kind: estimate(wrongly for other, _, wrongly in trials if other == kind)
                for kind in dict.fromkeys(kind for kind, is_error, _ in trials if is_error is error)
            }
            for name, error in (("missed", True), ("false_alarm", False))
        }

    def as_json(self) -> dict[str, Any]:
        """``summary.json``: provenance, every metric overall and in slices, with n and the 95% interval."""
        curve = self.curve
        return {
            "cases": len(self.scores),
            "split": self.split,
            "drafts_left_out": self.drafts,
            "unknown_clauses": len(self.unknown),
            "model_fallbacks": self.fallbacks,
            **self.about,
            "metrics": _estimates(summary(self.scores)),
            **{
                name: {value: _estimates(summary(part)) for value, part in slices(self.scores, by).items()}
                for name, by in SLICES.items()
            },
            "by_role": _estimates(self.by_role()),
            "verifier": {name: _estimates(kinds) for name, kinds in self.by_trial().items()},
            "coverage_accuracy": None if curve is None else curve.as_json(),
            "latency_ms": self.latency(),
            "peak_mb": round(self.peak_mb),
        }


def run_cases(
    cases: Sequence[Case],
    assistant: Assistant,
    about: Mapping[str, Any],
    day: date = DAY,
    *,
    split: str | None = None,
    mode: Mode = "extractive",
    progress: Progress | None = None,
    each: Callable[[Iterable[Case]], Iterable[Case]] = iter,
) -> Run:
    """Ask and score all cases in their order, but drafts. ``each`` may wrap them to show how far it is.

    What ``progress`` holds already is not asked again.
    """
    kept = progress or Progress({})
    confirmed = [case for case in cases if not case.draft]
    if not confirmed:
        raise CaseError("全部用例都是还没有人确认的草稿；请先用 eval confirm 确认。")
    # What is read on the first question only is no part of any answer's time.
    assistant.index.warm()
    for case in each(confirmed):
        digest = case_digest(case)
        if digest not in kept.answered:
            kept.keep(digest, ask_case(case, assistant, day, mode))
    scores = tuple(score(observe(case, kept.answered[case_digest(case)], assistant.library)) for case in confirmed)
    return Run(
        about,
        assistant.library,
        scores,
        split,
        drafts=len(cases) - len(confirmed),
        unknown=tuple(each.case.id for each in scores if not all(each.seen.named)),
        fallbacks=sum(kept.answered[case_digest(case)].fell_back for case in confirmed),
        peak_mb=peak_mb(),
    )


def result_json(each: Score) -> dict[str, Any]:
    """A line of ``results.jsonl``: the case, its values, and what came back."""
    seen = each.seen
    return {
        "id": each.case.id,
        "kind": each.case.kind,
        "city": seen.city,
        "split": each.case.split,
        "place": each.case.place,
        "digest": case_digest(each.case),
        "scores": {metric.key: each.values[metric.key] for metric in METRICS},
        "unsaid": list(unsaid(seen)),
        "unsupported": list(unsupported(seen.answer)),
        "answer": dict(seen.answer),
        "trace": seen.trace,
        "alone": seen.alone,
        "alone_trace": seen.alone_trace,
        "trials": None if seen.trials is None else [trial.as_json() for trial in seen.trials],
    }


def _estimates(values: Mapping[str, Estimate]) -> dict[str, Any]:
    return {key: value.as_json() for key, value in values.items()}
