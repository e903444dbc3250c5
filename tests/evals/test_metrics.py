"""Every metric against values computed by hand, and moved by breaking what it measures."""

from typing import Any

import pytest

from evals.cases import ClauseName
from evals.metrics import METRICS, Score, estimate, same_clause, score, slices, summary
from tests.evals.conftest import MakeCase, answer_json, citation_json

CITIES = {"北政办发(2023)25号": "北安市", "南政发(2022)3号": "南平市", "某省办法": None}
SOUTH = {"document_number": "南政发〔2022〕3号", "title": "关于推动商贸业发展的意见", "city": "南平市"}
EXPIRED = {"validity": {"status": "expired", "expires_on": "2025-08-28"}}


@pytest.fixture
def scored(make_case: MakeCase) -> Any:
    def scored(expect: dict[str, Any] | None = None, case: dict[str, Any] | None = None, **answer: Any) -> Score:
        return score(make_case(expect, **(case or {})), answer_json(**answer), CITIES)

    return scored


def test_a_right_answer_is_right_in_everything(scored: Any) -> None:
    result = scored(EXPIRED | {"not_say": ["8万元"]})
    assert result.correct
    values = {metric.key: metric.value(result) for metric in METRICS}
    assert values == {
        "correct": True,
        "status": True,
        "content": True,
        "completeness": 1.0,
        "forbidden": False,
        "first_citation": True,
        "citation_recall": 1.0,
        "wrong_city": False,
        "validity": True,
        "true_refusal": None,
        "false_refusal": False,
        "unsupported": False,
    }


def test_status(scored: Any) -> None:
    wrong = scored(status="partial")
    assert not wrong.status
    assert not wrong.correct
    assert scored({"status": ["answered", "partial"]}, status="partial").status
    assert not scored(status="no such status").status


def test_content_wants_every_group_and_nothing_forbidden(scored: Any) -> None:
    half = scored({"say": [["4万元"], ["8万元", "八万元"]]})
    assert half.content is False
    assert half.completeness == 0.5
    assert half.unsaid == ("8万元",)
    forbidden = scored({"not_say": ["4万元"]})
    assert forbidden.content is False
    assert forbidden.forbidden is True
    assert not forbidden.correct


def test_a_mark_is_not_read_as_a_figure(scored: Any) -> None:
    assert scored({"say": [["1"]]}, answer="好的 [1]。").content is False


def test_without_groups_there_is_no_content_to_score(scored: Any) -> None:
    result = scored({"say": []})
    assert result.content is None
    assert result.completeness is None
    assert result.correct


def test_a_look_up_may_say_it_in_the_clause_it_shows(scored: Any) -> None:
    assert scored(case={"kind": "lookup"}, answer="鼓励进限纳统 [1]。").content
    assert scored(answer="鼓励进限纳统 [1]。").content is False


def test_first_citation_and_recall(scored: Any) -> None:
    two = {
        "clauses": [
            {"document": "北政办发〔2023〕25号", "path": ["一、"]},
            {"document": "南政发〔2022〕3号", "path": ["二、"]},
        ]
    }
    only_first = scored(two)
    assert only_first.first_citation
    assert only_first.citation_recall == 0.5
    both = scored(two, citations=[citation_json(), citation_json(mark=2, path=["二、"], **SOUTH)])
    assert both.citation_recall == 1.0
    other_first = scored(citations=[citation_json(path=["二、"]), citation_json(mark=2)])
    assert other_first.first_citation is False
    assert other_first.citation_recall == 1.0
    none = scored(citations=[])
    assert none.first_citation is False
    assert none.citation_recall == 0.0


def test_a_clause_that_does_as_well_may_stand_first(scored: Any) -> None:
    also = {"also": [{"document": "北政办发〔2023〕25号", "path": ["四、"]}]}
    result = scored(also, citations=[citation_json(path=["四、"])])
    assert result.first_citation
    assert result.citation_recall == 1.0


def test_wrong_city(scored: Any) -> None:
    assert scored(citations=[citation_json(), citation_json(mark=2, role="supports", **SOUTH)]).wrong_city is True
    nearest = [citation_json(), citation_json(mark=2, role="nearest", **SOUTH)]
    assert scored(citations=nearest).wrong_city is False
    above = [citation_json(), citation_json(mark=2, city=None)]
    assert scored(citations=above).wrong_city is False
    assert scored(status="not_found").wrong_city is None
    assert scored({"clauses": []}).wrong_city is None


def test_validity_compares_what_is_stated(scored: Any) -> None:
    assert scored({"validity": "expired"}).validity
    assert scored({"validity": {"status": "in_force"}}).validity is False
    assert scored({"validity": {"expires_on": "2025-08-29"}}).validity is False
    assert scored({"validity": {"effective_on": "2023-08-28"}}).validity
    assert scored({"validity": {"expires_on": None}}).validity is False
    assert scored(EXPIRED, citations=[]).validity is False
    assert scored().validity is None
    assert scored(EXPIRED, status="not_found").validity is None


def test_refusals(scored: Any) -> None:
    refusal = {"status": ["not_found", "out_of_scope"], "clauses": [], "say": []}
    assert scored(refusal, status="not_found").true_refusal is True
    assert scored(refusal, status="answered").true_refusal is False
    assert scored(status="not_found").false_refusal is True
    assert scored(status="clarify").false_refusal is False
    either = {"status": ["not_found", "partial"]}
    assert scored(either).true_refusal is None
    assert scored(either).false_refusal is None


def test_an_unsupported_figure_costs_correctness(scored: Any) -> None:
    result = scored(answer="一次性奖励4万元，另有补贴7000元 [1]。")
    assert result.unsupported == ("7000元",)
    assert result.content
    assert not result.correct


@pytest.mark.parametrize(
    ("document", "path", "cited"),
    [
        ("天政办发[2023]20号", ("(八)",), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("二、", "（八）"), ("二、", "(八)")),
        ("某市若干措施", ("二", "(八)"), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("第十条",), ("第十条", "第二款")),
        ("天政办发〔2023〕20号", ("第十条", "第二款"), ("第十条",)),
        ("天政办发〔2023〕20号", ("(一)",), ("二、", "(一)", "1.")),
    ],
)
def test_the_same_clause(document: str, path: tuple[str, ...], cited: tuple[str, ...]) -> None:
    citation = {"document_number": "天政办发〔2023〕20号", "title": "某市若干措施", "path": list(cited)}
    assert same_clause(ClauseName(document, path), citation)


@pytest.mark.parametrize(
    ("document", "path", "cited"),
    [
        ("天政办发〔2023〕20号", ("(八)",), ("二、", "(十八)")),
        ("天政办发〔2023〕20号", ("三、", "(八)"), ("二、", "(八)")),
        ("天政办发〔2023〕2号", ("(八)",), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("(一)", "1."), ("二、", "(一)")),
        ("天政办发〔2023〕20号", ("(八)",), ()),
    ],
)
def test_another_clause(document: str, path: tuple[str, ...], cited: tuple[str, ...]) -> None:
    citation = {"document_number": "天政办发〔2023〕20号", "title": "某市若干措施", "path": list(cited)}
    assert not same_clause(ClauseName(document, path), citation)


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


def test_nothing_to_measure_is_not_a_zero(scored: Any) -> None:
    assert estimate([None, None]).value is None
    result = summary([scored()])
    assert result["true_refusal"].n == 0
    assert result["true_refusal"].value is None
    assert result["content"].value == 1.0
    assert result["true_refusal"].as_json() == {"n": 0, "value": None, "low": None, "high": None}


def test_slices_by_kind_and_city(scored: Any) -> None:
    north = scored()
    south = scored({"clauses": [{"document": "南政发〔2022〕3号", "path": ["一、"]}]}, case={"kind": "rate"})
    two = scored({"also": [{"document": "南政发〔2022〕3号", "path": ["一、"]}]})
    asked = scored({"clauses": []}, case={"city": "北安"})
    none = scored({"clauses": []})
    groups = slices([north, south, two, asked, none], lambda s: s.city)
    assert {name: len(part) for name, part in groups.items()} == {"北安市": 2, "南平市": 1, "多个城市": 1, "不限": 1}
    assert [*slices([north, south, two], lambda s: s.case.kind)] == ["amount", "rate"]
