"""What a question asks: kind, role, city, day."""

from datetime import date

import pytest

from assistant.understanding.asked import Asked
from assistant.understanding.question import understand
from corpus.model import Role

TODAY = date(2026, 11, 22)
CITIES = ("甲市", "天门市", "荆门市")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("零售店进限奖多少?", Asked.MONEY),
        ("最多能贷几万", Asked.MONEY),
        ("贴息按百分之几", Asked.RATE),
        ("担保费率降到多少", Asked.RATE),
        ("每年新增多少家", Asked.COUNT),
        ("最多能申请几次", Asked.COUNT),
        ("优惠到哪天截止", Asked.DATE),
        ("受理后多久核查完", Asked.DURATION),
        ("几个工作日答复", Asked.DURATION),
        ("这个办法过期了吗", Asked.VALIDITY),
        ("意见什么时候开始施行", Asked.VALIDITY),
        ("由哪个部门解释", Asked.INTERPRETER),
        ("这事归哪个部门管", Asked.OFFICE),
        ("文号是多少", Asked.ISSUED),
        ("转让房屋要交契税吗", Asked.YES_NO),
        ("不适用的情形有哪些", Asked.LIST),
        ("补偿方式有哪几种", Asked.LIST),
        ("哪些企业不能享受", Asked.EXCLUSION),
        ("哪些手续费可以不收", Asked.LIST),
        ("损失多少钱谈不拢,可以找什么样的机构评估", Asked.LIST),
        ("费率什么时候能降50%", Asked.CONDITION),
        ("四年前就知道了,现在还来得及吗", Asked.YES_NO),
        ("还能用这个办法申请吗", Asked.YES_NO),
        ("第八条讲什么", Asked.CONTENT),
        ("301业务模式是什么", Asked.OTHER),
    ],
)
def test_the_kind_of_answer_that_is_wanted(text: str, asked: Asked) -> None:
    assert understand(text, TODAY, CITIES).asked is asked


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("奖励封顶多少", Role.CAP),
        ("产值要达到多少", Role.THRESHOLD),
        ("增长多少才能拿再奖励", Role.THRESHOLD),
        ("拿50万奖励产值要到多少", Role.THRESHOLD),
        ("第二年再奖多少", Role.AWARD),
        ("2025年产值目标是什么", Role.TARGET),
    ],
)
def test_what_the_asked_figure_does(text: str, role: Role) -> None:
    assert understand(text, TODAY, CITIES).role is role


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年3月的时候零售店进限奖多少", date(2024, 3, 31)),
        ("2024年3月15日还有效吗", date(2024, 3, 15)),
        ("去年进限奖多少", date(2025, 12, 31)),
        ("截至2024年2月的时候", date(2024, 2, 29)),
        ("2030年12月的时候还有效吗", TODAY),
        ("2023年安排的再贷款额度是多少", TODAY),
        ("2025年产值目标多少", TODAY),
        ("现在还有效吗", TODAY),
    ],
)
def test_the_day_asked_about_is_not_the_date_that_is_the_subject(text: str, day: date) -> None:
    assert understand(text, TODAY, CITIES).as_of == day


def test_the_city_of_the_question_beats_that_of_the_request() -> None:
    assert understand("天门零售店奖多少", TODAY, CITIES, city="荆门").cities == ("天门市",)
    assert understand("零售店奖多少", TODAY, CITIES, city="荆门").cities == ("荆门市",)
    assert understand("零售店奖多少", TODAY, CITIES).cities == ()


def test_a_place_without_documents_is_seen_and_an_origin_is_none() -> None:
    assert understand("武汉小微企业贴息多少", TODAY, CITIES).elsewhere == ("武汉",)
    assert understand("麻城市零售店奖多少", TODAY, CITIES).elsewhere == ("麻城",)
    assert understand("从武汉搬来开公司有补助吗", TODAY, CITIES).elsewhere == ()
    assert understand("专业市场管理方奖多少", TODAY, CITIES).elsewhere == ()
    assert understand("零售店奖多少", TODAY, CITIES, city="武汉").elsewhere == ("武汉",)


def test_widths_scripts_and_short_amounts_read_the_same() -> None:
    plain = understand("产值50万的零售店奖多少?", TODAY, CITIES)
    for variant in ("产值50w的零售店奖多少?", "產值50萬的零售店獎多少?", "产值５０万的零售店奖多少？"):
        read = understand(variant, TODAY, CITIES)
        assert read.text == plain.text
        assert [f.low for f in read.figures] == [f.low for f in plain.figures]


def test_what_was_last_year_is_told_where_the_question_is_of_now() -> None:
    assert understand("公司前年就在库里了,今年的奖励还给吗", TODAY, CITIES).as_of == TODAY


def test_what_a_list_is_called_in_a_question_is_not_searched_for() -> None:
    assert "举措" not in understand("甲市金融支持有哪些举措", TODAY, CITIES).subject
