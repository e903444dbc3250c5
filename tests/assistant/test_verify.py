"""Seeded errors are caught, true answers pass."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, Request
from assistant.pipeline import Assistant
from assistant.verify import verify
from index.search import Index


@pytest.fixture(scope="module")
def answer(bundled: Index) -> Answer:
    return Assistant(bundled).ask(Request("零售店刚进限纳统，天门奖多少？", date(2026, 11, 22)))


@pytest.mark.parametrize(
    "text",
    [
        "奖励4万元 [1]。",
        "奖励40000元 [1]。",
        "有效期至2025年8月28日,截至2026年11月22日已过期 [2]。",
        "有效期自2023年8月28日至2025年8月28日 [2]。",
        "依据天政办发〔2023〕25号 [1]。",
        "批发企业一次性奖励8万元 [1]。",
    ],
)
def test_what_the_cited_clauses_say_passes(answer: Answer, text: str) -> None:
    assert verify(replace(answer, text=text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "奖励5万元 [1]。",
        "奖励4万美元 [1]。",
        "奖励4% [1]。",
        "有效期至2026年8月28日 [2]。",
        "有效期自2022年1月1日至2025年8月28日 [2]。",
        "10个工作日内到账 [1]。",
        "依据天政办发〔2023〕26号 [1]。",
        "依据第九条 [1]。",
        "请致电12345。",
        "咨询电话0728-5222222。",
        "每年最多12家 [1]。",
    ],
)
def test_what_they_do_not_say_is_found(answer: Answer, text: str) -> None:
    assert verify(replace(answer, text=text))


def test_a_figure_of_a_clause_that_is_not_cited_proves_nothing(answer: Answer) -> None:
    only_basis = tuple(citation for citation in answer.citations if citation.mark == 2)
    assert verify(replace(answer, text="奖励4万元 [2]。", citations=only_basis))
