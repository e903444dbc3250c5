"""Follow-ups become questions that stand alone; complete questions stay as they are."""

import pytest

from assistant.answer import Turn
from assistant.followup import standalone

CITIES = ("天门市", "鄂州市", "荆门市")


def asked(*questions: str) -> str:
    *before, last = questions
    history = [turn for question in before for turn in (Turn("user", question), Turn("assistant", "奖励4万元。"))]
    return standalone(last, history, CITIES)


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("鄂州评上中国驰名商标奖多少?", "荆门呢?"), "荆门评上中国驰名商标奖多少?"),
        (("鄂州评上中国驰名商标奖多少?", "那荆门市呢"), "荆门市评上中国驰名商标奖多少?"),
        (("零售企业进限奖多少?", "那批发企业呢?"), "批发企业进限奖多少?"),
        (("新进限企业第二年奖励比例是多少?", "第三年呢?"), "新进限企业第三年奖励比例是多少?"),
        (("饭店进限奖多少", "批发呢"), "批发进限奖多少"),
    ],
)
def test_what_changes_takes_the_place_of_its_kind(questions: tuple[str, ...], expected: str) -> None:
    assert asked(*questions) == expected


def test_a_new_subject_of_no_known_kind_is_put_before_the_question() -> None:
    assert asked("零售企业进限奖多少?", "管理方呢?").startswith("管理方")


def test_a_question_about_what_was_asked_before_keeps_its_subject() -> None:
    joined = asked("零售企业进限奖多少?", "这条过期了吗?")
    assert "零售企业进限" in joined
    assert "过期" in joined


def test_chains_of_follow_ups_resolve_from_the_first_on() -> None:
    assert asked("鄂州评上中国驰名商标奖多少?", "荆门呢?", "天门呢?") == "天门评上中国驰名商标奖多少?"


@pytest.mark.parametrize(
    "question",
    ["涉企补偿申请受理后多久核查完毕", "天政办发〔2023〕26号第九条", "创业担保贷款最多能贷多少万元"],
)
def test_a_complete_question_is_left_as_it_is(question: str) -> None:
    assert asked("零售企业进限奖多少?", question) == question


def test_without_history_nothing_changes() -> None:
    assert standalone("那荆门呢?", [], CITIES) == "那荆门呢?"
