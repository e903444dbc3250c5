"""The coverage–accuracy curve, computed by hand."""

from typing import Any

import pytest

from evals.metrics.observation import Observation
from evals.metrics.selective import Point, coverage_accuracy
from tests.evals.conftest import Scored


def trace(confidence: float) -> dict[str, Any]:
    return {"query": "", "cities": [], "confidence": confidence, "clauses": [], "hits": []}


@pytest.fixture
def four(scored: Scored) -> list[Observation]:
    """Right at .9, wrong at .8, right at .5, refused."""
    right, wrong = {}, {"answer": "8万元 [1]。"}
    answers = [
        scored(trace=trace(0.9), **right),
        scored(trace=trace(0.8), **wrong),
        scored(trace=trace(0.5), **right),
        scored(trace=trace(0.1), status="not_found"),
    ]
    return [each.seen for each in answers]


def test_from_the_surest_answer_to_all(four: list[Observation]) -> None:
    curve = coverage_accuracy(four)
    assert curve is not None
    assert curve.n == 4
    assert curve.points == (Point(0.9, 0.25, 1.0), Point(0.8, 0.5, 0.5), Point(0.5, 0.75, pytest.approx(2 / 3)))
    # The mean risk over the three covered: (0 + 1/2 + 1/3) / 3.
    assert curve.aurc == pytest.approx(5 / 18)


def test_it_moves_when_confidence_tells_nothing(four: list[Observation]) -> None:
    """The wrong answer the surest one: the same accuracy in the end, a greater area under the risk."""
    curve, upside_down = coverage_accuracy(four), coverage_accuracy([four[1], four[3]])
    assert curve is not None
    assert upside_down is not None
    assert curve.aurc is not None
    assert upside_down.aurc is not None
    assert upside_down.aurc > curve.aurc
    assert upside_down.aurc == 1.0


def test_equal_confidences_are_one_point(scored: Scored) -> None:
    seen = [scored(trace=trace(1.0)).seen, scored(trace=trace(1.0), answer="8万元 [1]。").seen]
    curve = coverage_accuracy(seen)
    assert curve is not None
    assert curve.points == (Point(1.0, 1.0, 0.5),)


def test_an_answer_where_a_refusal_is_expected_is_covered_and_wrong(scored: Scored) -> None:
    near_miss = {"status": ["not_found"], "clauses": [], "say": []}
    curve = coverage_accuracy([scored(near_miss, trace=trace(0.7)).seen])
    assert curve is not None
    assert curve.points == (Point(0.7, 1.0, 0.0),)


def test_without_confidence_there_is_no_curve(scored: Scored) -> None:
    assert coverage_accuracy([scored().seen]) is None
    assert coverage_accuracy([]) is None
