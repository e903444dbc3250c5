"""Follow-ups become questions that stand alone; complete questions stay as they are."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status, Turn
from assistant.pipeline import Assistant
from assistant.understanding.followup import read, standalone
from corpus.folding import fold

CITIES = ("天门市", "鄂州市", "荆门市")
TODAY = date(2026, 11, 22)


def talk(*questions: str, answers: str = "奖励4万元。") -> list[Turn]:
    return [turn for question in questions for turn in (Turn("user", question), Turn("assistant", answers))]


def asked(*questions: str) -> str:
    *before, last = questions
    return standalone(last, talk(*before), CITIES)


def answered(assistant: Assistant, *questions: str, answers: str = "奖励4万元。") -> Answer:
    *before, last = questions
    return assistant.ask(Request(last, TODAY, history=tuple(talk(*before, answers=answers))))


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("鄂州评上中国驰名商标奖多少?", "荆门呢?"), "荆门评上中国驰名商标奖多少?"),
        (("鄂州评上中国驰名商标奖多少?", "那荆门市呢"), "荆门市评上中国驰名商标奖多少?"),
        (("零售企业进限奖多少?", "那批发企业呢?"), "批发企业进限奖多少?"),
        (("零售企业进限奖多少?", "要是批发的话"), "批发进限奖多少?"),
        (("新进限企业第二年奖励比例是多少?", "第三年呢?"), "新进限企业第三年奖励比例是多少?"),
        (("饭店进限奖多少", "批发呢"), "批发进限奖多少"),
        (("饭店进限奖多少", "批发也是这么多吗"), "批发进限奖多少"),
        (("省级绿色工厂奖多少", "市级的呢"), "市级绿色工厂奖多少"),
        (("2024年产值目标多少", "2025年呢"), "2025年产值目标多少"),
        (("限上零售企业排名第一奖多少", "排老三的呢"), "限上零售企业第三名奖多少"),
        (("限上商贸企业每年补多少", "打错了,我们是工业企业,一年补贴多少"), "工业企业每年补多少"),
        (("失业保险费率降到多少", "工伤保险呢"), "工伤保险费率降到多少"),
    ],
)
def test_what_changes_takes_the_place_of_its_kind(questions: tuple[str, ...], expected: str) -> None:
    assert asked(*questions) == expected


SIDES = "鄂州和荆门评上中国驰名商标各奖多少"


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ((SIDES, "不用再管鄂州"), "荆门评上中国驰名商标奖多少?"),
        ((SIDES, "鄂州的我已经清楚了,请单独讲讲荆门"), "荆门评上中国驰名商标奖多少?"),
        ((SIDES, "那后者呢"), "荆门评上中国驰名商标奖多少?"),
        ((SIDES, "前一个"), "鄂州评上中国驰名商标奖多少?"),
        ((SIDES, "荆门的呢"), "荆门评上中国驰名商标奖多少?"),
        ((SIDES, "天门呢"), "天门评上中国驰名商标各奖多少"),
        ((SIDES, "鄂州不用管了,天门呢"), "天门评上中国驰名商标各奖多少"),
        ((SIDES, "荆门的过期了吗"), "荆门评上中国驰名商标,过期了吗"),
        (("批发和零售企业进限各奖多少", "后面那个"), "零售企业进限奖多少?"),
        (("批发和零售企业进限奖多少", "零售的我知道了,批发的是多少"), "批发进限奖多少?"),
        (("天门、荆门、鄂州技改投资要多少", "天门的不要了"), "荆门和鄂州技改投资要多少"),
    ],
)
def test_one_of_several_is_chosen_by_name_by_place_or_by_dropping_the_others(
    questions: tuple[str, ...], expected: str
) -> None:
    assert asked(*questions) == expected


def test_one_of_the_cities_that_were_answered_is_chosen() -> None:
    history = talk("评上中国驰名商标奖多少", answers="【鄂州市】60万元。【荆门市】50万元。")
    assert standalone("只看后面那个", history, CITIES) == "荆门评上中国驰名商标奖多少"


@pytest.mark.parametrize("question", ["荆门的担保费率不超过多少", "荆门企业缓缴社保最多几个月"])
def test_another_question_about_one_of_several_chooses_nothing(question: str) -> None:
    assert asked(SIDES, question) == question


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        ((SIDES, "两个相差多少"), "鄂州和荆门评上中国驰名商标奖多少,相差多少"),
        (("鄂州评上驰名商标奖多少", "荆门呢", "哪边高"), "鄂州和荆门评上驰名商标奖多少,哪边高"),
        (("批发企业进限奖多少", "零售企业呢", "差多少"), "批发和零售企业进限奖多少,差多少"),
        (("规上服务业一年补多少", "工业的呢", "差多少"), "规上服务业和工业一年补多少,差多少"),
        (("鄂州评上驰名商标奖多少", "荆门呢", "差多少", "天门呢"), "天门评上驰名商标奖多少"),
        (("鄂州评上驰名商标奖多少", "其他城市呢"), "天门、荆门评上驰名商标奖多少"),
        (("鄂州评上驰名商标奖多少", "天门和荆门呢"), "天门和荆门评上驰名商标奖多少"),
    ],
)
def test_what_was_asked_of_each_is_asked_of_both(questions: tuple[str, ...], expected: str) -> None:
    assert asked(*questions) == expected


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        ("打错了,不是鄂州,是荆门", "荆门评上驰名商标奖多少"),
        ("我问的是湖北名牌不是驰名商标", "鄂州评上湖北名牌奖多少"),
    ],
)
def test_what_is_put_right_takes_the_place_of_what_was_wrong(correction: str, expected: str) -> None:
    assert asked("鄂州评上驰名商标奖多少", correction) == expected


@pytest.mark.parametrize(
    ("questions", "expected"),
    [
        (("荆门汽车零部件产业2025年产值目标", "装备制造呢?"), "荆门装备制造产业2025年产值目标"),
        (("鄂州市电子信息产业产值要到多少", "生物医药产业的呢"), "鄂州市生物医药产业产值要到多少"),
    ],
)
def test_another_branch_of_industry_takes_the_place_of_the_first(questions: tuple[str, ...], expected: str) -> None:
    assert asked(*questions) == expected


@pytest.mark.parametrize(
    ("question", "asks"), [("期限呢", "期限多久"), ("贴息比例呢?", "贴息比例多少"), ("申请条件呢", "申请条件是什么")]
)
def test_something_of_what_was_asked_about_is_asked_of_it(question: str, asks: str) -> None:
    assert asked("个体户创业担保贷款最多能贷多少", question) == f"个体户创业担保贷款,{asks}"


def test_what_was_meant_is_asked_in_the_place_of_a_slip() -> None:
    read_as = asked("涉企补偿几天内决定是否受理", "打错了,我问的是签协议要多久")
    assert "我问的是" not in read_as
    assert read_as.endswith("签协议要多久")


def test_a_firm_of_another_trade_is_in_the_statistics_of_that_trade() -> None:
    assert asked("批发企业进限奖多少", "打错了,是服务业") == "服务业进规奖多少"


def test_a_new_subject_of_no_known_kind_is_put_before_the_question() -> None:
    assert asked("零售企业进限奖多少?", "管理方呢?").startswith("管理方")


def test_a_question_about_what_was_asked_before_keeps_its_subject() -> None:
    joined = asked("零售企业进限奖多少?", "这条过期了吗?")
    assert "零售企业进限" in joined
    assert "过期" in joined


def test_chains_of_follow_ups_resolve_from_the_first_on() -> None:
    assert asked("鄂州评上中国驰名商标奖多少?", "荆门呢?", "天门呢?") == "天门评上中国驰名商标奖多少?"


def test_thanks_in_between_change_nothing() -> None:
    assert asked("鄂州评上中国驰名商标奖多少?", "好的谢谢", "荆门呢?") == "荆门评上中国驰名商标奖多少?"


@pytest.mark.parametrize(
    "question",
    [
        "涉企补偿申请受理后多久核查完毕",
        "天政办发〔2023〕26号第九条",
        "创业担保贷款最多能贷多少万元",
        "荆门企业的产品评上湖北名牌,奖励那一笔是多少",
    ],
)
def test_a_complete_question_is_left_as_it_is(question: str) -> None:
    assert asked("零售企业进限奖多少?", question) == question


@pytest.mark.parametrize(
    "question", ["换个事问:涉企补偿材料交上去几天答复", "襄阳的不问了。荆门厂子困难,社保能缓几个月"]
)
def test_who_says_so_is_asked_nothing_of_what_was_said_before(question: str) -> None:
    assert "驰名商标" not in asked("鄂州评上中国驰名商标奖多少?", question)


def test_without_history_nothing_changes() -> None:
    assert standalone("那荆门呢?", [], CITIES) == "那荆门呢?"


def test_what_is_asked_now_is_told_from_what_it_goes_on_from() -> None:
    reading = read("那贴息是不是全贴", talk("个体户创业担保贷款最高多少"), CITIES)
    assert reading.own == "贴息是不是全贴"
    assert reading.background == "个体户创业担保贷款"


@pytest.mark.parametrize(
    ("questions", "said", "figure"),
    [
        (("荆门失业保险单位费率降到多少", "个人那部分降到多少"), "单位费率由1.5%降至0.7%。", "0.3%"),
        (("荆门养老保险单位缴费比例降到多少", "失业险个人那块降到几多?"), "由20%降至19%。", "0.3%"),
        (("天门个体户创业担保贷款最高多少", "那贴息是不是三十万全贴"), "额度不超过30万元。", "20万元"),
        (("天门“新进规”企业奖多少", "第一年先发几多?"), "每家给予20万元奖励。", "15万元"),
        (("天门2025年规上工业总产值目标", "规上企业要发展到多少家"), "600亿元以上。", "400家以上"),
        (("天门光电显示2025年产值目标", "显示那块不问了,封装测试呢,做到多少"), "30亿元。", "15亿元"),
        (("天门限上餐饮企业行业排第一奖励多少", "第三名是不是就没了"), "奖励3万元。", "1万元"),
    ],
)
def test_the_figure_asked_for_now_is_given(
    assistant: Assistant, questions: tuple[str, ...], said: str, figure: str
) -> None:
    assert figure in fold(answered(assistant, *questions, answers=said).text)


def test_what_was_spoken_of_is_what_a_question_without_a_subject_is_about(assistant: Assistant) -> None:
    answer = answered(assistant, "天门外地迁来的施工总承包特级企业奖励多少", "归谁解释?", answers="奖励200万元。")
    assert "市住建局" in answer.text
    office = answered(assistant, "天门28号文每年要新增多少家规上工业企业", "哪个部门牵头", answers="30家以上。")
    assert "市经信局" in office.text


def test_a_question_that_other_clauses_answer_better_is_about_those(assistant: Assistant) -> None:
    question = "个体户自己名下的铺面过户,契税交不交?"
    answer = answered(assistant, "鄂州企业上市奖励多少", question)
    assert answer.standalone_question == question
    assert answer.status is Status.ANSWERED
    assert "契税" in answer.text
