import pytest

from evals.metrics import SLICES, slices, summary
from evals.metrics.estimates import change, estimate
from tests.evals.conftest import Scored


def test_an_estimate_is_the_mean_of_what_applies() -> None:
    result = estimate([True, False, None, True, True])
    assert result.value == 0.75
    assert result.n == 4
    assert result.low is not None
    assert result.high is not None
    assert result.low < 0.75 < result.high


def test_the_interval_narrows_with_more_cases_and_is_the_same_each_time() -> None:
    few, many = estimate([1, 0] * 10), estimate([1, 0] * 1000)
    assert few.low is not None
    assert many.low is not None
    assert few.low < many.low < 0.5
    # A proportion of one half over 2,000: ±1.96 × √(¼ / 2000) = ±.022
    assert many.low == pytest.approx(0.478, abs=0.004)
    assert estimate([1, 0] * 10) == few


def test_an_interval_of_all_or_none_is_not_a_point() -> None:
    perfect, never = estimate([True] * 30), estimate([False] * 30)
    assert (perfect.value, perfect.low, perfect.high) == (1.0, 0.9, 1.0)
    assert (never.value, never.low, never.high) == (0.0, 0.0, 0.1)


def test_nothing_to_measure_is_not_a_zero(scored: Scored) -> None:
    assert estimate([None, None]).value is None
    result = summary([scored()])
    assert result["true_refusal"].n == 0
    assert result["true_refusal"].value is None
    assert result["content"].value == 1.0
    assert result["true_refusal"].as_json() == {"n": 0, "value": None, "low": None, "high": None}


def test_slices_by_kind_and_city(scored: Scored) -> None:
    north = scored()
    south = scored({"clauses": [{"document": "南政发〔2022〕3号", "path": ["一、"]}]}, case={"kind": "rate"})
    two = scored({"also": [{"document": "南政发〔2022〕3号", "path": ["一、"]}]})
    asked = scored({"clauses": []}, case={"city": "北安"})
    none = scored({"clauses": []})
    groups = slices([north, south, two, asked, none], SLICES["by_city"])
    assert {name: len(part) for name, part in groups.items()} == {"北安市": 2, "南平市": 1, "多个城市": 1, "不限": 1}
    assert [*slices([north, south, two], SLICES["by_kind"])] == ["amount", "rate"]


def test_a_score_may_be_in_several_slices_or_in_none(scored: Scored) -> None:
    both, one, none = scored(case={"tags": ["lay", "typo"]}), scored(case={"tags": ["lay"]}), scored()
    groups = slices([both, one, none], SLICES["by_tag"])
    assert {name: len(part) for name, part in groups.items()} == {"lay": 2, "typo": 1}
    assert {*slices([none], SLICES["by_document"])} == {"北政办发〔2023〕25号"}


def test_a_change_is_paired() -> None:
    """Four cases better, one worse, of ten: +.3, and the interval is that of the differences."""
    pairs = [(0, 1)] * 4 + [(1, 0)] + [(1, 1)] * 5 + [(None, 1), (1, None)]
    found = change(pairs)
    assert (found.n, found.value) == (10, pytest.approx(0.3))
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.3 < found.high
    # The same two means from cases that do not hang together would have a wider interval.
    assert change([(1, 1), (0, 0)] * 20).value == 0.0
    assert change([(1, 1), (0, 0)] * 20).high == 0.0
    assert change([(None, 1)]).value is None


def test_a_large_run_draws_in_blocks_and_gives_the_same() -> None:
    found = estimate([1, 0, 1] * 4000)
    # ±1.96 × √(⅔ × ⅓ / 12000) = ±.0084
    assert found.low == pytest.approx(2 / 3 - 0.0084, abs=0.001)
    assert found.high == pytest.approx(2 / 3 + 0.0084, abs=0.001)
