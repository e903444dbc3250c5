"""A run: every case asked, every answer scored.

    cases → answer objects → scores → results.jsonl, summary.json, report.md

What is written names the corpus, the settings and the day, so that two runs can be told apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Mode, Request, Status
from assistant.console import internal_error
from corpus.errors import PolicyError
from corpus.library import Library
from evals.cases import Case
from evals.errors import CaseError
from evals.metrics import METRICS, Cities, Score, score, slices, summary
from evals.wording import fold

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

#: The day on which cases are asked that name none: fixed, so that a run today and one next year ask the same.
DAY = date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Run:
    """What was asked of what, and how it went. ``about`` says which corpus, index and settings answered."""

    day: date
    split: str | None
    about: Mapping[str, Any]
    scores: tuple[Score, ...]

    def as_json(self) -> dict[str, Any]:
        """``summary.json``: every metric overall, by kind and by city, with n and the 95% interval."""
        return {
            "as_of": self.day.isoformat(),
            "split": self.split,
            "cases": len(self.scores),
            **self.about,
            "metrics": _estimates(self.scores),
            "by_kind": {name: _estimates(part) for name, part in slices(self.scores, lambda s: s.case.kind).items()},
            "by_city": {name: _estimates(part) for name, part in slices(self.scores, lambda s: s.city).items()},
            "latency_ms": self.latency(),
        }

    def latency(self) -> dict[str, float]:
        """Milliseconds an answer took by its own measure: median and 95th percentile."""
        times = sorted(each.elapsed_ms for each in self.scores)
        return {"median": round(median(times), 1), "p95": round(times[int(0.95 * (len(times) - 1))], 1)}


def run_cases(
    cases: Sequence[Case],
    assistant: Assistant,
    day: date = DAY,
    *,
    split: str | None = None,
    mode: Mode = "extractive",
    each: Callable[[Iterable[Case]], Iterable[Case]] = iter,
) -> Run:
    """Ask and score all cases in their order. ``each`` may wrap them to show progress."""
    cities = cities_of(assistant.library)
    scores = tuple(score(case, answer_of(case, assistant, day, mode), cities) for case in each(cases))
    about = {
        "mode": mode,
        "version": next((s.answer["version"] for s in scores if s.answer.get("version")), ""),
        "corpus_version": assistant.library.version,
        "embedding": assistant.index.embedding,
    }
    return Run(day, split, about, scores)


def answer_of(case: Case, assistant: Assistant, day: date, mode: Mode) -> dict[str, Any]:
    """The answer object to one case; a case that breaks the assistant gets status ``error`` and costs no other."""
    asked = case.request(day)
    request = Request(asked.question, asked.as_of, asked.history, asked.city, mode, asked.id)
    try:
        return assistant.ask(request).as_json()
    except PolicyError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - what breaks is a result like any other, and must not end the run
        said = internal_error(error)
    return Answer(case.question, "", asked.as_of, mode, Status.ERROR, said, id=case.id).as_json()


def cities_of(library: Library) -> Cities:
    """The city of each document, by its folded number and by its folded title."""
    named = {fold(i.title): i.city or None for i in library.instruments}
    return named | {fold(str(i.number)): i.city or None for i in library.instruments if i.number}


def write_run(run: Run, folder: Path, report: str) -> None:
    """Write ``results.jsonl``, ``summary.json`` and ``report.md``; ``CaseError`` where the folder cannot be written."""
    lines = (json.dumps(result_json(each), ensure_ascii=False) + "\n" for each in run.scores)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "results.jsonl").write_text("".join(lines), encoding="utf-8")
        (folder / "summary.json").write_text(_pretty(run.as_json()) + "\n", encoding="utf-8")
        (folder / "report.md").write_text(report, encoding="utf-8")
    except OSError as error:
        raise CaseError(f"结果写不到 {folder}（{error.strerror}）。") from error


def result_json(each: Score) -> dict[str, Any]:
    """A line of ``results.jsonl``: the case, its values, and the answer object."""
    return {
        "id": each.case.id,
        "kind": each.case.kind,
        "city": each.city,
        "split": each.case.split,
        "place": each.case.place,
        "scores": {metric.key: metric.value(each) for metric in METRICS},
        "unsaid": list(each.unsaid),
        "unsupported": list(each.unsupported),
        "answer": dict(each.answer),
    }


def _estimates(scores: Sequence[Score]) -> dict[str, Any]:
    return {key: value.as_json() for key, value in summary(scores).items()}


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
