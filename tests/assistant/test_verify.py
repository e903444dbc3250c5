"""Seeded errors are caught, true answers pass."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.answer import Answer, Derivation, Request
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
        "批发企业8万元[1],零售企业4万元[1]。",
        "对当年新进限纳统的零售企业一次性奖励40,000元 [1]。",
        "零售企业奖励４万元 ［１］。",
        "有效期至2025-08-28 [2]。",
        "有效期两年 [2]。",
        "该意见由市商务局负责解释 [2]。",
        "《关于支持商贸企业进限纳统的五条意见》规定奖励4万元 [1]。",
        "天门市的零售企业奖励4万元 [1]。",
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
        "零售企业奖励8万元 [1]。",
        "8万元:零售企业一次性奖励4万元 [1]。",
        "零售企业最高奖励4万元 [1]。",
        "批发企业4万元[1],零售企业8万元[1]。",
        "奖励4万元 [7]。",
        "该意见现行有效 [2]。",
        "该意见由市税务局负责解释 [2]。",
        "依据《商贸企业扶持办法》奖励4万元 [1]。",
        "荆门市的零售企业奖励4万元 [1]。",
        "原文写明“奖励一次付清” [1]。",
        "向市大数据局申请 [1]。",
        "",
    ],
)
def test_what_they_do_not_say_is_found(answer: Answer, text: str) -> None:
    assert verify(replace(answer, text=text))


def test_a_figure_of_a_clause_that_is_not_cited_proves_nothing(answer: Answer) -> None:
    only_basis = tuple(citation for citation in answer.citations if citation.mark == 2)
    assert verify(replace(answer, text="奖励4万元 [2]。", citations=only_basis))


def test_a_finding_says_where_and_why(answer: Answer) -> None:
    text = "零售企业奖励4万元 [1]。零售企业另奖9万元 [1]。"
    (found,) = verify(replace(answer, text=text))
    assert (found.kind, found.words, found.marks) == ("figure", "9万元", (1,))
    assert text[found.start : found.end] == "零售企业另奖9万元 [1]。"
    assert "9万元" in found.why


@pytest.mark.parametrize(
    ("derivation", "holds"),
    [
        (Derivation("12万元", "sum", ("4万元", "8万元")), True),
        (Derivation("13万元", "sum", ("4万元", "8万元")), False),
        (Derivation("14万元", "sum", ("4万元", "10万元")), False),  # 10万元 is printed nowhere
        (Derivation("4万元", "difference", ("8万元", "4万元")), True),
        (Derivation("2025年8月28日", "date_plus", ("2023年8月28日", "2年")), True),
        (Derivation("2026年8月28日", "date_plus", ("2023年8月28日", "2年")), False),
    ],
)
def test_a_derivation_recomputes_from_what_is_printed(answer: Answer, derivation: Derivation, holds: bool) -> None:
    computed = replace(answer, text=f"共{derivation.value} [1][2]。", derivations=(derivation,))
    assert (verify(computed) == ()) is holds


def test_nothing_to_verify_is_no_pass(answer: Answer) -> None:
    assert verify(replace(answer, citations=()))[0].kind == "empty"


def test_a_verification_that_breaks_off_is_a_finding(answer: Answer) -> None:
    broken = replace(answer, citations=(None,))  # type: ignore[arg-type]
    assert [found.kind for found in verify(broken)] == ["not_run"]


PIECES = st.sampled_from(
    [
        "4万元",
        "50%",
        "[1]",
        "[2]",
        "。",
        "第九条",
        "2025年8月28日",
        "《",
        "》",
        "“",
        "最高",
        "分别",
        "、",
        "7个工作日",
        "有效",
    ]
)


@settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=14).map("".join))
def test_any_text_can_be_verified(answer: Answer, text: str) -> None:
    assert all(found.kind != "not_run" for found in verify(replace(answer, text=text, question=text)))
