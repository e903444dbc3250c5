"""This run against an earlier one: which cases got better and which worse, and by how much each metric moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evals.metrics import METRICS, Score
from evals.metrics.estimates import Estimate, change
from evals.provenance import case_digest


@dataclass(frozen=True, slots=True)
class Change:
    """One case in both runs: its score now, its line of ``results.jsonl`` then."""

    now: Score
    then: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed over the cases that both runs have with the same question, history, day and city.

    ``reworded`` counts cases that ask something else than they did, ``new`` and ``gone`` those of one run alone.
    ``metrics`` holds after - before, with the interval of the paired differences.
    """

    both: int
    better: tuple[Change, ...]
    worse: tuple[Change, ...]
    metrics: Mapping[str, Estimate]
    reworded: int
    new: int
    gone: int

    def as_json(self) -> dict[str, Any]:
        """For ``summary.json``."""
        return {
            "both": self.both,
            # None where nothing could be compared: a gate that nothing passes through is not open.
            "better": len(self.better) if self.both else None,
            "worse": len(self.worse) if self.both else None,
            "better_cases": [each.now.case.id for each in self.better],
            "worse_cases": [each.now.case.id for each in self.worse],
            "reworded": self.reworded,
            "new": self.new,
            "gone": self.gone,
            "metrics": {key: value.as_json() for key, value in self.metrics.items()},
        }


def compare(scores: Sequence[Score], baseline: Sequence[Mapping[str, Any]]) -> Comparison:
    """Hold scores against the lines of an earlier ``results.jsonl``; a case is better when it became correct."""
    then = {str(line["id"]): line for line in baseline}
    known = [each for each in scores if each.case.id in then]
    both = [Change(each, then[each.case.id]) for each in known if _same(each, then[each.case.id])]
    metrics = {
        metric.key: change((each.then["scores"].get(metric.key), each.now.values[metric.key]) for each in both)
        for metric in METRICS
    }
    return Comparison(
        both=len(both),
        better=tuple(each for each in both if each.now.correct and not each.then["scores"].get("correct")),
        worse=tuple(each for each in both if not each.now.correct and each.then["scores"].get("correct")),
        metrics=metrics,
        reworded=len(known) - len(both),
        new=len(scores) - len(known),
        gone=len(then.keys() - {each.case.id for each in scores}),
    )


_SETTINGS = {"as_of": "日期", "mode": "方式", "model": "模型", "corpus_version": "语料", "embedding": "向量"}


def differing(then: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The settings by which two runs differ, in Chinese, each as it was and as it is; none where nothing is known."""
    known = {key: name for key, name in _SETTINGS.items() if key in then}
    return {name: (then[key], now.get(key)) for key, name in known.items() if then[key] != now.get(key)}


def _same(each: Score, line: Mapping[str, Any]) -> bool:
    return line.get("digest") in (None, case_digest(each.case))
