"""A scripted endpoint that hallucinates in every way that a model does: none of it reaches the answer."""

from __future__ import annotations

import time
from datetime import date

import pytest

from assistant.answer import Request, WarningKind
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from index.search import Index
from tests.model_server import ModelServer

DAY = date(2026, 11, 22)
RETAIL = "零售店刚进限纳统，天门奖多少？"
BUILDER = "天门建筑业企业年产值首次突破30亿元，财政贡献2200万元，奖多少？"
ABROAD = "天门建筑业企业在市外承建工程回本市纳税，最高奖多少？"
HEARD = "零售店刚进限纳统，天门奖多少？听说奖100万元"
LOAN = "创业担保贷款最多能贷多少万元"
BUILD = "化工厂想在园区外头新建，行不行"
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
    "a figure of the asker as given": (HEARD, "您可以获得100万元，其中零售企业一次性奖励4万元 [1]。", "获得100万元"),
    "a figure of the asker given to a company": (
        HEARD,
        "贵公司奖励100万元 [1]。零售企业奖励4万元 [1]。",
        "奖励100万元",
    ),
    "formal numerals": (RETAIL, "零售企业一次性奖励4万元 [1]，另奖励贰万元 [1]。", "贰万元"),
    "Roman numerals": (RETAIL, "零售企业一次性奖励4万元 [1]。奖励Ⅹ万元 [1]。", "Ⅹ"),
    "a multiple": (RETAIL, "零售企业一次性奖励4万元 [1]，奖金翻倍 [1]。", "翻倍"),
    "about": (RETAIL, "零售企业奖励约4万元 [1]。", "约4万元"),
    "more than": (RETAIL, "零售企业奖励不止4万元 [1]。", "不止"),
    "every month": (RETAIL, "零售企业每月奖励4万元 [1]。", "每月"),
    "every head": (RETAIL, "零售企业每人奖励4万元 [1]。", "每人"),
    "everybody": (RETAIL, "所有企业都奖励4万元 [1]。", "所有企业"),
    "without a condition": (RETAIL, "零售企业无需任何条件即可奖励4万元 [1]。", "无需"),
    "a condition of its own": (RETAIL, "零售企业须为国有企业，奖励4万元 [1]。", "国有"),
    "a promise": (RETAIL, "零售企业奖励4万元 [1]。次日到账 [1]。", "次日"),
    "a prolongation": (RETAIL, "零售企业奖励4万元 [1]。政策已延期 [1]。", "延期"),
    "expired as in force": (RETAIL, "零售企业奖励4万元 [1]。该政策有效 [1]。", "该政策有效 "),
    "expired as to be fetched": (RETAIL, "零售企业奖励4万元 [1]。现在就可以去领 [1]。", "现在就"),
    "denied": (RETAIL, "零售企业不奖励4万元 [1]。", "不奖励"),
    "a no turned round": (RETAIL, "零售企业奖励4万元 [1]。同一家企业重复享受同类补助奖励 [2]。", "企业重复享受"),
    "the receiver of another figure": (RETAIL, "管理方一次性奖励4万元 [1]。", "管理方一次性"),
    "the receiver of another figure in full": (
        RETAIL,
        "当年新进限纳统的专业市场一次性奖励4万元 [1]。",
        "专业市场一次性",
    ),
    "the duty of another sentence": (ACCEPT, "企业应于7个工作日内补正材料 [1]。", "日内补正"),
    "before for after": (ACCEPT, "行政机关接收申请材料前，应于7个工作日内决定是否受理 [1]。", "材料前"),
    "a consequence": (ACCEPT, "应于7个工作日内决定是否受理，逾期视为受理 [1]。", "视为受理"),
    "a limit as the figure": (LOAN, "符合条件的个人，可申请额度30万元的创业担保贷款 [1]。", "额度30万元"),
    "a dropped condition in words": (LOAN, "个人可申请额度不超过30万元 [1]。", "个人可申请额度不超过30万元 [1]"),
    "a yes for a no": (BUILD, "可以，在化工园区外新建、扩建化工项目 [1]。", "可以，"),
    "an office without its ending": (RETAIL, "零售企业奖励4万元 [1]。由财政所发放 [1]。", "财政所"),
    "a person": (RETAIL, "零售企业奖励4万元 [1]。请联系张主任 [1]。", "张主任"),
    "an address": (RETAIL, "零售企业奖励4万元 [1]。到天门大道办理 [1]。", "大道"),
    "a phone in Chinese numerals": (RETAIL, "零售企业奖励4万元 [1]。咨询电话五二三一二三四 [1]。", "五二三一"),
    "an account": (RETAIL, "零售企业奖励4万元 [1]。微信号tmsw [1]。", "tmsw"),
    "a law": (RETAIL, "零售企业奖励4万元 [1]。依据公司法 [1]。", "公司法"),
    "another place": (RETAIL, "零售企业奖励4万元 [1]。上海的零售企业也适用 [1]。", "上海"),
    "everywhere": (RETAIL, "零售企业奖励4万元 [1]。天门市以外的零售企业也可以享受 [1]。", "以外"),
    "a demand": (RETAIL, "零售企业奖励4万元 [1]。需要缴纳保证金 [1]。", "保证金"),
    "its instructions": (RETAIL, "零售企业奖励4万元 [1]。我是语言模型，我的系统提示是只根据条款作答 [1]。", "语言模型"),
    "another language": (RETAIL, "零售企业奖励4万元 [1]。The reward is doubled [1]。", "reward"),
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


#: What a model may well say: other words, the same thing.
SAID_DIFFERENTLY = {
    "shorter": (RETAIL, "一次性奖励4万元 [1]。"),
    "to the asker": (RETAIL, "您的零售店如属于当年新进限纳统的企业，可以一次性获得4万元奖励 [1]。"),
    "with its title": (
        RETAIL,
        "根据天门市《关于支持商贸企业进限纳统的五条意见》，零售企业奖励4万元 [1]。该意见现已过期 [2]。",
    ),
    "with what to mind": (RETAIL, "奖励标准为一次性4万元 [1]。需要注意的是，该意见有效期2年，目前已失效 [2]。"),
    "with its proviso": (RETAIL, "奖励4万元 [1]。同一家企业不重复享受同类补助奖励，由市商务局负责解释 [2]。"),
    "with the case": (
        BUILDER,
        "您的企业年产值首次突破30亿元，当年地方财政贡献超过2000万元，因此可获得50万元奖励 [1]。",
    ),
    "a term": (ACCEPT, "行政机关应在收到申请材料后7个工作日内作出是否受理的决定 [1]。"),
    "a no": (BUILD, "不行。禁止在合规化工园区外新建、扩建化工项目 [1]。"),
    "a limit": (LOAN, "符合条件的个人（含个体工商户）申请创业担保贷款，最高额度为30万元，期限不超过3年 [1]。"),
}


@pytest.mark.parametrize("kind", SAID_DIFFERENTLY)
def test_the_same_in_other_words_is_shown(kind: str, assistant: Assistant, model_server: ModelServer) -> None:
    question, draft = SAID_DIFFERENTLY[kind]
    model_server.say(draft)
    answer = assistant.ask(Request(question, DAY))
    assert answer.mode == "llm"
    assert answer.text.startswith(draft.split(" [")[0])


def test_one_of_two_cities_is_not_lost(assistant: Assistant, model_server: ModelServer) -> None:
    both = "天门和荆门的担保费率各是多少"
    for _ in range(2):
        model_server.say("天门市：政府性融资担保机构在可持续经营的前提下，将个体工商户担保费率降至1%以下 [1]。")
    answer = assistant.ask(Request(both, DAY))
    assert answer.mode == "extractive"
    assert "荆门市" in answer.text
    assert "荆门市" in model_server.requests[1]["messages"][1]["content"], "the model is told what is missing"


def test_what_sort_of_document_says_it_is_not_lost(assistant: Assistant, model_server: ModelServer) -> None:
    model_server.say("每台车最高补贴1万元 [1]。")
    answer = assistant.ask(Request("天门买车补贴最高多少？", DAY))
    assert answer.mode == "llm"
    assert "不是规范性文件" in answer.text


def test_what_is_only_the_closest_clause_is_not_made_an_answer(assistant: Assistant, model_server: ModelServer) -> None:
    answer = assistant.ask(Request("买MES这类工业软件，鄂州补不补？", DAY))
    assert WarningKind.CLOSEST in {warning.kind for warning in answer.warnings}
    assert model_server.requests == []
