"""A scripted endpoint that hallucinates in every way that a model does: none of it reaches the answer."""

from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.answer import Request, WarningKind
from assistant.generate import ChatModel
from assistant.pipeline import Assistant
from index.search import Index
from tests.model_server import ModelServer

DAY = date(2026, 11, 22)
RETAIL = "零售店刚进限纳统，天门奖多少？"
BUILDER = "天门建筑业企业年产值首次突破30亿元，财政贡献2200万元，奖多少？"
ABROAD = "天门建筑业企业在市外承建工程回本市纳税，最高奖多少？"
ACCEPT = "天门涉企补偿申请几个工作日内决定受理？"

#: What is asked, the invented words, and what must not be in the answer's text.
INVENTED = {
    "changed digit": (RETAIL, "零售企业一次性奖励6万元 [1]。", "6万元"),
    "scale": (RETAIL, "零售企业一次性奖励4亿元 [1]。", "4亿元"),
    "neighbour": (RETAIL, "零售企业一次性奖励8万元 [1]。", "8万元"),
    "neighbour without a subject": (RETAIL, "一次性奖励8万元 [1]。", "8万元"),
    "neighbour beside the right one": (RETAIL, "零售企业奖励4万元 [1]。零售企业另奖8万元 [1]。", "8万元"),
    "other tier": (BUILDER, "年产值首次突破30亿元且地方财政贡献超过2000万元的，奖励100万元 [1]。", "100万元"),
    "cap for award": (ABROAD, "建筑业企业在市外承建工程的，奖励100万元 [1]。", "的，奖励100万元"),
    "changed bound": (ABROAD, "当年上缴税收1000万元以下的，按10%奖励，最高不超过100万元 [1]。", "1000万元以下"),
    "dropped condition": (
        BUILDER,
        "建筑业企业年产值突破50亿元且贡献超过3000万元，奖励100万元 [1]。",
        "年产值突破50亿元",
    ),
    "wrong length": (ACCEPT, "行政机关应于10个工作日内决定是否受理 [1]。", "10个工作日"),
    "calendar days for working days": (ACCEPT, "行政机关应于7天内决定是否受理 [1]。", "7天"),
    "wrong rate": (ABROAD, "给予新增地方财政贡献15%的奖励，最高不超过100万元 [1]。", "15%"),
    "wrong day": (RETAIL, "零售企业奖励4万元 [1]。该意见有效期至2027年8月28日 [2]。", "2027年"),
    "the day asked about as the term": (
        RETAIL,
        "零售企业奖励4万元 [1]。该意见有效期至2026年11月22日 [2]。",
        "有效期至2026",
    ),
    "expired as current": (RETAIL, "零售企业奖励4万元 [1]。该意见目前有效 [2]。", "目前有效"),
    "expired as to be had": (RETAIL, "零售企业奖励4万元，现在仍可申请 [1]。", "仍可申请"),
    "document number": (RETAIL, "依据天政办发〔2024〕31号，零售企业奖励4万元 [1]。", "31号"),
    "article": (ACCEPT, "根据第十二条，应于7个工作日内决定是否受理 [1]。", "第十二条"),
    "title": (RETAIL, "依据《天门市商贸业振兴办法》，零售企业奖励4万元 [1]。", "振兴办法"),
    "quote": (RETAIL, "零售企业奖励4万元，原文写明“纳统当月一次拨付到位” [1]。", "拨付到位"),
    "office": (RETAIL, "零售企业奖励4万元，向市大数据局申请 [1]。", "大数据局"),
    "interpreter": (RETAIL, "零售企业奖励4万元 [1]。由市财政局负责解释 [2]。", "市财政局负责解释"),
    "phone": (RETAIL, "零售企业奖励4万元，咨询电话0728-5231234 [1]。", "5231234"),
    "hotline": (RETAIL, "零售企业奖励4万元，可拨打12345 [1]。", "12345"),
    "address of a page": (RETAIL, "零售企业奖励4万元，详见https://www.tm.example.cn/a [1]。", "example"),
    "city": (RETAIL, "荆门市零售企业奖励4万元 [1]。", "荆门"),
    "city of no document": (RETAIL, "宜昌市零售企业奖励4万元 [1]。", "宜昌"),
    "moved mark": (RETAIL, "零售企业奖励4万元 [2]。该意见有效期2年 [1]。", "4万元 [2]"),
    "mark of no clause": (RETAIL, "零售企业奖励4万元 [9]。", "[9]"),
    "no mark": (RETAIL, "零售企业奖励4万元。", "零售企业奖励4万元。"),
    "a figure in a second, unmarked sentence": (RETAIL, "零售企业奖励4万元 [1]。连续三年每年再奖2万元。", "2万元"),
    "a sum that nobody worked out": (RETAIL, "零售企业奖励4万元，批发企业8万元，合计12万元 [1]。", "12万元"),
    "only thoughts": (RETAIL, "<think>奖励9万元 [1]</think>", "9万元"),
    "thoughts that never end": (RETAIL, "<think>奖励9万元 [1]", "9万元"),
}


@pytest.fixture
def assistant(bundled: Index, model_server: ModelServer) -> Assistant:
    return Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=5))


@pytest.mark.parametrize("kind", INVENTED)
def test_what_is_invented_never_gets_through(kind: str, assistant: Assistant, model_server: ModelServer) -> None:
    question, draft, invented = INVENTED[kind]
    model_server.say(draft)
    model_server.say(draft)  # and once more when it is told what is wrong
    answer = assistant.ask(Request(question, DAY))
    assert len(model_server.requests) == 2
    assert invented not in answer.text
    assert answer.mode == "extractive"
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}
    plain = assistant.ask(Request(question, DAY, mode="extractive"))
    assert answer.text == plain.text


def test_a_draft_is_mended_once_with_what_was_found(assistant: Assistant, model_server: ModelServer) -> None:
    model_server.say("零售企业一次性奖励6万元 [1]。")
    model_server.say("零售企业一次性奖励4万元 [1]。")
    answer = assistant.ask(Request(RETAIL, DAY))
    assert answer.mode == "llm"
    assert answer.text.startswith("零售企业一次性奖励4万元 [1]。")
    assert "已过期" in answer.text
    told = model_server.requests[1]["messages"][1]["content"]
    assert "零售企业一次性奖励6万元" in told
    assert "6万元”不能用" in told


@pytest.mark.parametrize("failure", ["500", "429", "cut", "garbage", "hang", "drip"])
def test_a_failing_endpoint_costs_no_more_than_the_time_budget(
    failure: str, bundled: Index, model_server: ModelServer
) -> None:
    replies = {
        "500": lambda: model_server.send(500, "boom"),
        "429": lambda: model_server.send(429, "{}"),
        "cut": lambda: model_server.cut('{"choices": [{"message": {"content": "奖励4万'),
        "garbage": lambda: model_server.send(200, "\x00<html>"),
        "hang": model_server.hang,
        "drip": model_server.drip,
    }
    for _ in range(3):
        replies[failure]()
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=0.6))
    assistant.ask(Request(RETAIL, DAY, mode="extractive"))
    started = time.perf_counter()
    answer = assistant.ask(Request(RETAIL, DAY))
    assert time.perf_counter() - started < 2
    assert answer.text.startswith("4万元")
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}


def test_the_time_budget_is_for_the_draft_and_its_repair_together(bundled: Index, model_server: ModelServer) -> None:
    model_server.say("零售企业一次性奖励6万元 [1]。")
    model_server.hang()
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=1))
    assistant.ask(Request(RETAIL, DAY, mode="extractive"))
    started = time.perf_counter()
    assert assistant.ask(Request(RETAIL, DAY)).text.startswith("4万元")
    assert time.perf_counter() - started < 2


def test_timings_and_tokens_stand_in_the_answer(assistant: Assistant, model_server: ModelServer) -> None:
    model_server.say("零售企业一次性奖励4万元 [1]。")
    said = assistant.ask(Request(RETAIL, DAY)).as_json()
    assert {"understand", "retrieve", "compose", "verify", "model"} <= set(said["timings_ms"])
    assert said["tokens"]["prompt"] > 500
    assert 5 < said["tokens"]["completion"] < 100
    plain = assistant.ask(Request(RETAIL, DAY, mode="extractive")).as_json()
    assert "tokens" not in plain
    assert "model" not in plain["timings_ms"]


def test_the_counts_of_the_endpoint_go_before_estimates(assistant: Assistant, model_server: ModelServer) -> None:
    model_server.say("零售企业一次性奖励4万元 [1]。", usage=(321, 17))
    assert assistant.ask(Request(RETAIL, DAY)).as_json()["tokens"] == {"prompt": 321, "completion": 17}


def test_personal_data_never_leave_the_machine(assistant: Assistant, model_server: ModelServer) -> None:
    from assistant.answer import Turn

    model_server.say("零售企业一次性奖励4万元 [1]。")
    history = (Turn("user", "身份证429006199001011234，卡6222 0212 3456 7890 123，邮箱 li@example.cn"),)
    question = f"我电话13812345678，{RETAIL}"
    answer = assistant.ask(Request(question, DAY, history=history))
    sent = str(model_server.requests)
    for piece in ("13812345678", "429006199001011234", "7890 123", "li@example.cn"):
        assert piece not in sent
    assert "[手机号]" in sent
    assert answer.question == question
