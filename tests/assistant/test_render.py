from datetime import date

import pytest

from assistant.answer import Answer, CitationRole, Derivation, Status, WarningKind
from assistant.answer import AnswerWarning as Caution
from assistant.pipeline import Lookup
from assistant.render import NOTICE, render_answer, render_lookup, validity_in_words
from corpus.model import Office, OfficeRole, Validity

ON = date(2026, 11, 22)


def answer(**changes) -> Answer:
    return Answer(**{
        "question": "问", "standalone_question": "问", "as_of": ON, "mode": "extractive",
        "status": Status.ANSWERED, "text": "一次性奖励4万元 [1]。", **changes,
    })  # fmt: skip


def test_the_answer_comes_first_and_the_notice_last(make_citation) -> None:
    shown = render_answer(answer(citations=(make_citation(),)))
    assert shown.splitlines() == [
        "一次性奖励4万元 [1]。",
        "",
        "依据（效力截至2026年11月22日）：",
        "",
        "【1】甲市 甲政发〔2023〕5号 《支持商贸企业的若干意见》 一、",
        "    效力：已过期（2023年8月28日起施行，有效期至2025年8月28日），依据“有效期2年”",
        "    单位：市商务局（负责解释）",
        "    原文：一、零售企业一次性奖励4万元。",
        "",
        NOTICE,
    ]
    assert "人工智能" in NOTICE
    assert "文件原文" in NOTICE


def test_warnings_derivations_and_the_hand_off_are_shown() -> None:
    shown = render_answer(
        answer(
            warnings=(Caution(WarningKind.EXPIRED, "所依据的条款已过期。"),),
            derivations=(Derivation("15万元", "sum", ("10万元", "5万元")),),
            handoff="请咨询政务服务窗口。",
        )
    )
    assert "提示：\n- 所依据的条款已过期。" in shown
    assert "推算：\n- 15万元：由10万元、5万元相加得出" in shown
    assert shown.endswith(f"请咨询政务服务窗口。\n\n{NOTICE}")


def test_of_a_long_clause_the_words_relied_on_are_shown(make_citation) -> None:
    long = "一、" + "奖励企业。" * 200
    shown = render_answer(answer(citations=(make_citation(text=long, quote="奖励企业。"),)))
    assert "原文摘录：奖励企业。" in shown
    assert long not in shown
    assert long in render_lookup(Lookup("奖励", ON, (make_citation(text=long, quote="奖励企业。"),), 1))


def test_a_clause_that_is_only_near_says_so(make_citation) -> None:
    near = make_citation(role=CitationRole.NEAREST, document_number=None, city=None, offices=())
    shown = render_answer(answer(status=Status.NOT_FOUND, citations=(near,)))
    assert "【1】《支持商贸企业的若干意见》 一、（相近条款，未直接回答）" in shown
    assert "单位：" not in shown


def test_other_terms_and_all_offices_are_shown(make_citation) -> None:
    other = Validity(None, date(2024, 9, 30), stated=True, scope="票据业务")
    offices = tuple(
        Office(name, role, "x")
        for name, role in [("甲局", OfficeRole.LEADS), ("乙局", OfficeRole.SHARED), ("丙局", OfficeRole.SHARED)]
    )
    shown = render_lookup(Lookup("q", ON, (make_citation(others=(other,), offices=offices),), 12))
    assert "另：票据业务：已过期（有效期至2024年9月30日）" in shown
    assert "单位：甲局（牵头）；乙局、丙局（配合）" in shown
    assert "共 12 条，以上是前 1 条。" in shown


def test_a_look_up_without_hits_says_so() -> None:
    assert "没有找到与“甲”相符" in render_lookup(Lookup("甲", ON, (), 0))


@pytest.mark.parametrize(
    ("validity", "words"),
    [
        (Validity(), "文件未写明有效期"),
        (Validity(date(2023, 1, 1), stated=True), "现行有效（2023年1月1日起施行，长期）"),
        (
            Validity(date(2023, 1, 1), date(2026, 11, 22), stated=True),
            "现行有效（2023年1月1日起施行，有效期至2026年11月22日）",
        ),
        (Validity(None, date(2026, 11, 21), stated=True), "已过期（有效期至2026年11月21日）"),
        (Validity(date(2027, 1, 1), stated=True), "尚未施行（2027年1月1日起施行）"),
        (Validity(repealed_on=date(2024, 1, 1), stated=True), "已废止（2024年1月1日废止）"),
    ],
)
def test_validity_is_said_in_words_with_its_dates(validity: Validity, words: str) -> None:
    assert validity_in_words(validity, ON) == words


def test_what_a_terminal_would_obey_is_not_printed(make_citation) -> None:
    hostile = "4万元\x1b[2J\x07\x9b31m\u202e倒\r\n第二行\t完"
    shown = render_answer(answer(text=hostile, citations=(make_citation(text=hostile),)))
    shown += render_lookup(Lookup(hostile, ON, (), 0))
    assert not set(shown) & set("\x1b\x07\x9b\u202e\r")
    assert "第二行\t完" in shown
