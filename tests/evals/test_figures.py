from typing import Any

import pytest

from evals.figures import figures_of, stated, unsupported
from tests.evals.conftest import answer_json, citation_json


def said(answer: str, **fields: Any) -> tuple[str, ...]:
    return unsupported(answer_json(answer=answer, **fields))


def test_what_the_clause_and_its_validity_hold_is_supported() -> None:
    assert said("一次性奖励4万元 [1]。有效期至2025年8月28日 [1]。自2023-08-28起，2年。") == ()


@pytest.mark.parametrize(
    ("answer", "figure"),
    [
        ("一次性奖励5万元 [1]", "5万元"),
        ("一次性奖励40万元 [1]", "40万元"),
        ("有效期至2025年8月29日", "2025年8月29日"),
        ("有效期三年", "三年"),
        ("按4%奖励", "4%"),
        ("两个月内办结", "两个月"),
        ("有效期至2024年", "2024年"),
    ],
)
def test_a_seeded_error_is_found(answer: str, figure: str) -> None:
    assert said(answer) == (figure,)


@pytest.mark.parametrize("answer", ["奖励40000元", "奖励40,000元", "奖励4 万元", "奖励４万元"])
def test_the_same_amount_in_another_form_is_supported(answer: str) -> None:
    assert said(answer) == ()


def test_question_day_and_derivations_support() -> None:
    assert said("您说的3家", question="我有3家店") == ()
    assert said("截至2026年11月22日") == ()
    assert said("合计12万元") == ("12万元",)
    assert said("合计12万元", derivations=[{"value": "12万元", "rule": "sum", "from": ["4万元", "8万元"]}]) == ()


def test_a_further_term_of_the_clause_supports() -> None:
    other = {"status": "expired", "effective_on": None, "expires_on": "2024-09-30", "basis": "其余措施至2024年9月30日"}
    validity = citation_json()["validity"] | {"others": [other]}
    assert said("至2024年9月30日", citations=[citation_json(validity=validity)]) == ()


def test_a_month_stands_in_its_day_but_not_the_other_way_round() -> None:
    assert said("2025年8月到期") == ()
    month = citation_json(text="2025年8月前", quote="", validity=None, offices=[])
    assert said("2025年8月28日到期", citations=[month]) == ("2025年8月28日",)


def test_labels_and_document_numbers_are_supported() -> None:
    article = citation_json(path=["第九条"], label="第九条")
    assert said("北政办发〔2023〕25号第9条", citations=[article]) == ()


def test_an_article_named_in_chinese_is_no_figure() -> None:
    assert [figure.text for figure in figures_of("第二条规定两个月")] == ["两个月"]


def test_figures_are_counted() -> None:
    assert stated(answer_json(answer="奖励4万元 [1]，10%，至2025年8月28日 [2]。")) == 3
