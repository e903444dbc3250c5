"""Questions typed in English."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Request, Status, Turn
from assistant.pipeline import Assistant
from assistant.understanding.english import in_chinese

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("How much is the reward for retail enterprises in Tianmen?", "天门零售企业奖励多少钱?"),
        ("what subsidies are there for small businesses in Ezhou", "鄂州小微企业有哪些补贴?"),
        ("When does document No. 25 expire?", "25号文什么时候到期?"),
        ("What does Article 9 of document no 26 say?", "26号文第9条讲什么?"),
        ("Who interprets 天政办发〔2023〕26号?", "天政办发〔2023〕26号由谁解释?"),
    ],
)
def test_is_read_in_chinese(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


@pytest.mark.parametrize(
    "question", ["What is the weather in Beijing?", "VAT 怎么减", "5G", "hello how do you do", "SCI论文奖励多少", ""]
)
def test_what_is_no_question_in_english_stays_as_it_is(question: str) -> None:
    assert in_chinese(question) == question


def test_is_answered_from_the_documents_with_the_chinese_question_shown(assistant: Assistant) -> None:
    question = "How much is the reward for wholesale enterprises in Tianmen?"
    answer = assistant.ask(Request(question, DAY))
    assert answer.question == question
    assert answer.standalone_question == "天门批发企业奖励多少钱?"
    assert answer.status is Status.ANSWERED
    assert "8万元" in answer.text


def test_of_a_city_without_documents_is_refused(assistant: Assistant) -> None:
    answer = assistant.ask(Request("How much is the reward for retail enterprises in Hangzhou?", DAY))
    assert answer.status is Status.NOT_FOUND
    assert "杭州" in answer.text


def test_a_follow_up_goes_on_from_a_question_in_english(assistant: Assistant) -> None:
    history = (Turn("user", "How much is the reward for wholesale enterprises in Tianmen?"), Turn("assistant", "8万元"))
    answer = assistant.ask(Request("零售的呢？", DAY, history=history))
    assert "4万元" in answer.text
