"""What refusing more would buy: accuracy among the answers that one is surest of, against how many they are.

The coverage–accuracy curve is the risk–coverage curve of selective prediction upside down (El-Yaniv and Wiener 2010);
its summary is the area under the risk (AURC, Geifman et al. 2019, arXiv 1805.08206), here over the answers that were
given: 0 where all of them are right, so it is read together with how many they are (``coverage``).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from assistant.answer import Status
from evals.metrics.answers import correct
from evals.metrics.observation import ANSWERED, Observation


@dataclass(frozen=True, slots=True)
class Point:
    """Of all cases, the share answered with at least this confidence, and the share of those that is correct."""

    confidence: float
    coverage: float
    accuracy: float


@dataclass(frozen=True, slots=True)
class Curve:
    """The curve from the surest answer to all that were given. ``n`` counts the cases, ``aurc`` is None without any."""

    n: int
    points: tuple[Point, ...]
    aurc: float | None

    @property
    def coverage(self) -> float:
        """The share of the cases that were answered at all."""
        return self.points[-1].coverage if self.points else 0.0

    def as_json(self) -> dict[str, Any]:
        """For ``summary.json``."""
        points = [[round(p.confidence, 4), round(p.coverage, 4), round(p.accuracy, 4)] for p in self.points]
        aurc = None if self.aurc is None else round(self.aurc, 4)
        return {"n": self.n, "coverage": round(self.coverage, 4), "aurc": aurc, "points": points}


def coverage_accuracy(seen: Iterable[Observation]) -> Curve | None:
    """The curve over all cases that do not ask for a question back; None where the answers carry no confidence.

    An answer to a case that wanted a refusal is covered and wrong. Equal confidences make one point.
    """
    cases = [each for each in seen if Status.CLARIFY not in each.case.expect.status]
    if not any(each.trace for each in cases):
        return None
    answered = [
        (float(each.trace["confidence"]), correct(each)) for each in cases if each.trace and each.status in ANSWERED
    ]
    answered.sort(key=lambda pair: -pair[0])
    points: list[Point] = []
    covered = right = 0
    risk = 0.0
    for confidence, alike in groupby(answered, key=lambda pair: pair[0]):
        group = [is_right for _, is_right in alike]
        covered, right = covered + len(group), right + sum(group)
        points.append(Point(confidence, covered / len(cases), right / covered))
        risk += len(group) * (1 - right / covered)
    return Curve(len(cases), tuple(points), risk / covered if covered else None)
