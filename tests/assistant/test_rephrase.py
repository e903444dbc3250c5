"""The model path: a draft that holds is shown, anything else falls back to the clauses' own words."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Request, Turn, WarningKind
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from index.search import Index

QUESTION = Request("零售店刚进限纳统，天门奖多少？", date(2026, 11, 22))


@pytest.fixture
def assistant(bundled: Index, model_server) -> Assistant:
    return Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=5))


def test_a_supported_draft_is_shown_with_its_citations(assistant: Assistant, model_server) -> None:
    model_server.say("可以一次性奖励4万元 [1]。该意见有效期至2025年8月28日,现已过期 [2]。")
    answer = assistant.ask(QUESTION)
    assert answer.mode == "llm"
    assert "可以一次性奖励4万元 [1]" in answer.text
    assert [citation.mark for citation in answer.citations] == [1, 2]


def test_the_status_is_added_where_the_draft_says_none(assistant: Assistant, model_server) -> None:
    model_server.say("可以一次性奖励4万元 [1]。")
    assert "已过期" in assistant.ask(QUESTION).text


@pytest.mark.parametrize(
    "draft",
    [
        "一次性奖励5万元 [1]。",  # a figure of no clause
        "一次性奖励8万元 [1]。",  # the neighbour's figure
        "一次性奖励4万元 [2]。",  # in another clause than the one cited
        "可以申请奖励 [1]。",  # the figure left out
        "所给条款没有写明。",
        "一次性奖励4万元。",  # no mark
        "",
    ],
)
def test_a_draft_that_does_not_hold_is_not_shown(assistant: Assistant, model_server, draft: str) -> None:
    model_server.say(draft)
    answer = assistant.ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.text.startswith("4万元")
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}


def test_a_failing_endpoint_falls_back(assistant: Assistant, model_server) -> None:
    model_server.send(500, "boom")
    answer = assistant.ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.text.startswith("4万元")
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}


def test_a_refusal_is_never_put_to_the_model(assistant: Assistant, model_server) -> None:
    assistant.ask(Request("武汉小微企业贷款贴息多少？", date(2026, 11, 22)))
    assert model_server.requests == []


def test_the_extractive_mode_does_not_call_the_model(assistant: Assistant, model_server) -> None:
    assert assistant.ask(Request(QUESTION.question, QUESTION.as_of, mode="extractive")).mode == "extractive"
    assert model_server.requests == []


def test_asking_for_a_model_where_none_is_configured_says_so(bundled: Index) -> None:
    answer = Assistant(bundled).ask(Request(QUESTION.question, QUESTION.as_of, mode="llm"))
    assert answer.mode == "extractive"
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}


def test_a_follow_up_is_condensed_by_the_model_and_answered(assistant: Assistant, model_server) -> None:
    model_server.say("荆门评上中国驰名商标奖多少?")
    model_server.say("奖励50万元 [1]。文件未写明有效期 [1]。")
    history = (Turn("user", "鄂州和荆门评上中国驰名商标各奖多少?"), Turn("assistant", "鄂州奖励60万元。"))
    answer = assistant.ask(Request("倒数第一个地方单独讲", date(2026, 11, 22), history=history))
    assert answer.standalone_question == "荆门评上中国驰名商标奖多少?"
    assert "50万元" in answer.text
    assert answer.mode == "llm"
