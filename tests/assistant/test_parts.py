"""Questions that ask several things."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status, Turn
from assistant.pipeline import Assistant
from assistant.understanding.parts import parts_of
from assistant.understanding.question import understand
from corpus.folding import fold

TODAY = date(2026, 11, 22)
CITIES = ("天门市", "鄂州市", "荆门市")


def ask(assistant: Assistant, question: str, *before: str) -> Answer:
    return assistant.ask(Request(question, TODAY, history=tuple(Turn("user", text) for text in before)))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("驰名商标鄂州和荆门哪个奖得多", ("鄂州驰名商标多少?", "荆门驰名商标多少?")),
        ("天门、荆门的担保费率各是多少", ("天门担保费率是多少?", "荆门担保费率是多少?")),
        ("天门奖多少,什么时候截止?", ("天门奖多少", "天门,什么时候截止")),
        ("天门奖多少?", ()),
        ("奖多少,贷多少,补多少,减多少,返多少?", ()),
        ("零售店年销售额2000万,在天门进限奖多少?", ()),
        ("五条意见谁说了算、谁负责解释", ()),
    ],
)
def test_one_question_for_each_city_or_ask(text: str, parts: tuple[str, ...]) -> None:
    found = parts_of(understand(text, TODAY, CITIES))
    assert {part.replace("市", "") for part in found} == set(parts)


def test_cities_are_answered_by_name(assistant: Assistant) -> None:
    text = fold(ask(assistant, "驰名商标鄂州和荆门哪个奖得多").text)
    assert "【鄂州市】60万元" in text
    assert "【荆门市】50万元" in text


def test_only_the_city_that_is_asked_about_answers(assistant: Assistant) -> None:
    answer = ask(assistant, "天门高新技术企业2025年定了130家,荆门要多少家?")
    assert answer.citations[0].city == "荆门市"
    assert "300家" in answer.text


def test_a_city_without_the_rule_makes_the_answer_partial(assistant: Assistant) -> None:
    answer = ask(assistant, "天门和荆门的中国驰名商标各奖多少")
    assert answer.status is Status.PARTIAL
    assert answer.text.index("50万元") < answer.text.index("没有查到")


def test_two_asks_are_both_answered(assistant: Assistant) -> None:
    text = ask(assistant, "涉企补偿受理几个工作日定,核查最长多久").text
    assert text.index("7个工作日") < text.index("两个月")


def test_two_subjects_of_one_ask_are_both_answered(assistant: Assistant) -> None:
    text = ask(assistant, "天门小进规企业进规当年和次年各给多少").text
    assert "10万元" in text
    assert "再奖励5万元" in text


def test_who_to_turn_to_is_the_interpreter_where_no_office_is_named(assistant: Assistant) -> None:
    answer = ask(assistant, "找谁问", "天门零售店新进限奖多少")
    assert "市商务局负责解释" in answer.text
    assert "没有写明由哪个部门办理" in answer.text


@pytest.mark.parametrize("question", ["天门开奶茶店有没有装修补贴", "天门开饭店有没有房租补贴"])
def test_an_award_for_something_else_is_no_yes(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status is Status.NOT_FOUND


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("什么情况不适用涉企补偿办法", "第六条"),
        ("补偿程序什么时候会中止", "第十四条"),
        ("涉企补偿材料不齐咋办", "第九条"),
    ],
)
def test_conditions_and_exclusions(assistant: Assistant, question: str, label: str) -> None:
    assert ask(assistant, question).citations[0].label.startswith(label)


def test_a_refusal_repeats_no_figure_of_the_question(assistant: Assistant) -> None:
    answer = ask(assistant, "50w的担保贷款鄂州担保费率")
    assert answer.status is Status.NOT_FOUND
    assert "50" not in answer.text


def test_the_same_of_another_thing_is_a_part(assistant: Assistant) -> None:
    answer = ask(assistant, "鄂州拿到驰名商标给多少，湖北精品呢")
    assert "60万元" in answer.text
    assert "20万元" in answer.text


def test_when_a_procedure_stops_asks_for_the_conditions(assistant: Assistant) -> None:
    assert "不可抗力" in ask(assistant, "天门补偿程序什么时候中止").text


def test_a_monthly_figure_is_held_against_the_monthly_limit(assistant: Assistant) -> None:
    assert ask(assistant, "天门月销售额12万还免不免增值税").text.startswith("不能:")
