"""Questions that set cities, kinds of firm or ranks side by side: each side gets its own figure."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status
from assistant.pipeline import Assistant
from assistant.understanding.sides import by_city, by_kind
from corpus.folding import fold

TODAY = date(2026, 11, 22)
CITIES = ("甲山市", "乙水市")


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, TODAY))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲山和乙水的担保费率哪个高", ("甲山担保费率多少?", "乙水担保费率多少?")),
        ("担保费率,甲山、乙水各是多少", ("甲山担保费率,是多少?", "乙水担保费率,是多少?")),
        ("数控化率甲山比乙水高多少个点", ("甲山数控化率多少?", "乙水数控化率多少?")),
        ("企业家数,甲山、乙水目标对比一下", ("甲山企业家数,目标多少?", "乙水企业家数,目标多少?")),
        ("孵化器:甲山2020年和乙水2025年分别要建几个", ("甲山孵化器,2020年要建几个?", "乙水孵化器,2025年要建几个?")),
        ("孵化器,甲山建几个,乙水又是几个", ("甲山孵化器,建几个?", "乙水孵化器,又是几个?")),
        ("首贷在甲山和乙水的说法一样吗", ("甲山首贷怎么规定?", "乙水首贷怎么规定?")),
    ],
)
def test_each_city_is_asked_what_is_asked_once(text: str, parts: tuple[str, ...]) -> None:
    assert by_city(text, CITIES) == parts


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("批发和零售进限哪个奖得多", ("批发进限多少?", "零售进限多少?")),
        ("搞批发的跟做服务业的进库奖励一样吗", ("搞批发的进库奖励多少?", "服务业的进库奖励多少?")),
        ("孵化器省级和市级各建几个", ("孵化器省级建几个?", "孵化器市级建几个?")),
        ("“小进规”“新进规”当年各先拿多少", ("“小进规”当年先拿多少?", "“新进规”当年先拿多少?")),
        ("批发和零售进限一共奖多少", ()),
        ("批发进限奖多少", ()),
        ("批发和零售企业能享受政策吗", ()),
    ],
)
def test_each_kind_is_asked_where_they_are_set_against_each_other(text: str, parts: tuple[str, ...]) -> None:
    assert by_kind(text) == parts


def test_how_far_two_cities_lie_apart_is_computed(assistant: Assistant) -> None:
    answer = ask(assistant, "驰名商标鄂州比荆门多奖多少")
    assert answer.text.startswith("相差10万元(按60万元-50万元计算)")
    assert [(d.value, d.rule, d.sources) for d in answer.derivations] == [
        ("10万元", "difference", ("60万元", "50万元"))
    ]
    rates = ask(assistant, "关键工序数控化率,鄂州比天门高多少个点?")
    assert rates.derivations[0].value == "5个百分点"


def test_how_far_two_kinds_of_firm_lie_apart_is_computed(assistant: Assistant) -> None:
    answer = ask(assistant, "统计报表补贴,天门规上工业和规上服务业一年差几多")
    assert "4800元/年" in fold(answer.text)
    assert "3600元/年" in fold(answer.text)
    assert answer.derivations[0].value == "1200元"


def test_a_city_is_asked_again_in_the_words_of_the_other(assistant: Assistant) -> None:
    answer = ask(assistant, "技改投资总盘子,荆门每年多少亿,鄂州到2025年不低于多少亿")
    assert answer.status is Status.ANSWERED
    assert "450亿元" in answer.text
    assert "300亿元" in answer.text


def test_what_only_one_city_has_is_not_found_in_the_words_of_the_other(assistant: Assistant) -> None:
    assert ask(assistant, "天门和荆门的中国驰名商标各奖多少").status is Status.PARTIAL
