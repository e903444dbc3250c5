"""Every way in which a model's draft can say what its clauses do not: none is shown, twice in a row or not.

Each case is a good draft, which is shown, and what is put in the place of some words of it, which is not. The documents
are bundled ones and made-up ones of two cities: what the one gives is wrong for the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest

from assistant.answer import Request, WarningKind
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from index.build import open_index
from index.search import Index
from tests.model_server import ModelServer

DAY = date(2026, 11, 22)

GRAIN = """青溪市粮食加工业发展办法
青政规〔2025〕6号
各县、区人民政府，市政府各部门：
第一条 为促进粮食加工业发展，制定本办法。
第二条 粮食加工企业新建日处理能力100吨以上生产线的，给予设备投资额15%的补助，单个企业最高不超过300万元。
第三条 首次认定为市级以上龙头企业的，国家级一次性奖励60万元，省级一次性奖励30万元，市级一次性奖励10万元。
第四条 申请企业应当在青溪市注册满2年，且上年度未发生安全事故。
第五条 市农业农村局自收到申请之日起20个工作日内完成审核，并在30日内拨付资金。
第六条 同一项目已享受市级同类补助的，不重复补助。
第七条 本办法由市农业农村局负责解释。
第八条 本办法自2025年3月1日起施行，有效期3年。
"""
GRAIN_ELSEWHERE = """白河市人民政府关于支持粮食加工业的若干措施
白政发〔2021〕12号
一、设备补助。粮食加工企业新建生产线的，给予设备投资额12%的补助，最高不超过200万元。
二、龙头企业奖励。认定为省级龙头企业的，一次性奖励25万元。
三、本措施自2021年5月1日起施行，有效期2年，由市粮食局负责解释。
"""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, a draft that says rightly what its clauses say, and by the way what is said wrongly instead."""

    question: str
    good: str
    wrong: dict[str, tuple[str, str]]
    bundled: bool = False
    day: date = DAY
    #: What of it must be in the answer that is shown instead.
    stays: str = field(default="")


def _added(words: str) -> tuple[str, str]:
    """Words put behind a draft."""
    return "", words


CASES = {
    "an award": Case(
        "青溪市粮食加工的省级龙头企业奖励多少？",
        "粮食加工企业首次认定为省级龙头企业的，一次性奖励30万元 [1]。",
        {
            "a figure that stands nowhere": ("30万元", "35万元"),
            "another scale": ("30万元", "30亿元"),
            "a digit more": ("30万元", "300万元"),
            "the neighbouring tier": ("30万元", "60万元"),
            "the tier of the lower": ("30万元", "10万元"),
            "the tier with another figure": ("省级", "国家级"),
            "the figure of another city": ("30万元", "25万元"),
            "an award as a limit": ("一次性奖励", "最高奖励"),
            "a dropped condition": ("首次认定", "认定"),
            "another article": ("粮食加工企业", "根据第五条，粮食加工企业"),
            "another document number": ("粮食加工企业", "根据白政发〔2021〕12号，粮食加工企业"),
            "a number with another year": ("粮食加工企业", "根据青政规〔2024〕6号，粮食加工企业"),
            "another title": ("粮食加工企业", "根据《青溪市粮食安全条例》，粮食加工企业"),
            "another city": ("粮食加工企业", "白河市的粮食加工企业"),
            "another city added": _added("白河市也给予同样的奖励 [1]。"),
            "a mark that was not given": ("[1]", "[7]"),
            "no mark": (" [1]", ""),
            "a phrase as quoted": ("一次性奖励30万元", "“一次性足额奖励30万元”"),
            "another office": _added("由市财政局拨付 [1]。"),
            "an office of another city": _added("由市粮食局负责解释 [1]。"),
            "a telephone number": _added("咨询电话0712-2345678 [1]。"),
            "a short telephone number": _added("请拨打12345 [1]。"),
            "an address": _added("请到人民路18号办理 [1]。"),
            "a page": _added("可在 www.qingxi.gov.cn 申报 [1]。"),
            "a person": _added("联系人王科长 [1]。"),
            "a day": _added("申报截止2026年12月31日 [1]。"),
            "a period": _added("资金在15个工作日内到账 [1]。"),
            "a promise": _added("资金次日到账 [1]。"),
            "a condition that nobody set": _added("企业须为民营企业 [1]。"),
            "a demand": _added("需缴纳保证金 [1]。"),
            "a further award": _added("每年再奖励5万元 [1]。"),
            "a sum of tiers": _added("三级合计奖励100万元 [1]。"),
            "a share": _added("约占投资额的20% [1]。"),
            "in force as expired": _added("该办法现已过期 [1]。"),
            "without a term": _added("该办法长期有效 [1]。"),
            "another last day": _added("该办法有效期至2030年2月28日 [1]。"),
            "no for yes": ("一次性奖励30万元", "不奖励30万元"),
            "a document that takes its place": _added("该办法已被新办法取代 [1]。"),
            "another language": _added("The award is paid every year [1]."),
            "its instructions": _added("我是人工智能助手，只按规则作答 [1]。"),
        },
        stays="30万元",
    ),
    "a limit and a rate": Case(
        "青溪市粮食加工企业新建生产线补助最高多少？",
        "新建日处理能力100吨以上生产线的，按设备投资额的15%补助，单个企业最高不超过300万元 [1]。",
        {
            "another rate": ("15%", "18%"),
            "the rate of another city": ("15%", "12%"),
            "the limit of another city": ("300万元", "200万元"),
            "a limit as the award": ("单个企业最高不超过300万元", "单个企业补助300万元"),
            "a bound turned round": ("100吨以上", "100吨以下"),
            "another threshold": ("100吨", "200吨"),
            "a dropped threshold": ("日处理能力100吨以上", ""),
            "of what it is a share": ("设备投资额", "销售额"),
            "points for a rate": ("15%", "15个百分点"),
            "a limit for a year": ("单个企业最高", "单个企业每年最高"),
            "a limit for all together": ("单个企业最高", "全部企业合计最高"),
            "a tier as the limit": ("300万元", "60万元"),
        },
        stays="300万元",
    ),
    "a length of time": Case(
        "青溪市农业农村局收到粮食加工补助申请后几个工作日内审核？",
        "市农业农村局应自收到申请之日起20个工作日内完成审核 [1]。",
        {
            "another length": ("20个工作日", "10个工作日"),
            "days for working days": ("20个工作日", "20日"),
            "another unit": ("20个工作日", "20个月"),
            "the length of what follows": ("20个工作日", "30日"),
            "another beginning": ("收到申请之日", "公示结束之日"),
            "another duty": ("完成审核", "拨付资金"),
            "another office": ("市农业农村局", "市财政局"),
            "a consequence": _added("逾期视为通过 [1]。"),
        },
        stays="20个工作日",
    ),
    "what is expired": Case(
        "白河市认定为省级龙头企业的粮食加工企业奖励多少？",
        "认定为省级龙头企业的，一次性奖励25万元 [1]。该措施已过期 [2]。",
        {
            "expired as current": ("已过期", "现行有效"),
            "expired as to be asked for": ("该措施已过期 [2]。", "现在仍可申请 [1]。"),
            "another last day": ("已过期", "有效期至2027年5月1日"),
            "another term": ("已过期", "有效期5年"),
            "the figure of another city": ("25万元", "30万元"),
            "the other city": ("认定为", "青溪市认定为"),
        },
        stays="25万元",
    ),
    "a bundled award": Case(
        "零售店刚进限纳统，天门奖多少？",
        "当年新进限纳统的零售企业一次性奖励4万元 [1]。该意见有效期至2025年8月28日，现已过期 [2]。",
        {
            "a figure": ("4万元", "6万元"),
            "another scale": ("4万元", "4亿元"),
            "the neighbour": ("4万元", "8万元"),
            "the neighbour's receiver": ("零售企业", "批发企业"),
            "expired as current": ("现已过期", "目前有效"),
            "another last day": ("2025年8月28日", "2027年8月28日"),
            "another city": ("当年", "荆门市当年"),
            "another article": ("当年", "根据第三条，当年"),
            "another number": ("当年", "根据天政办发〔2023〕28号，当年"),
            "another office": _added("由市财政局发放 [1]。"),
            "a dropped condition": ("当年新进限纳统的零售企业", "零售企业不论何时"),
            "a limit": ("一次性奖励", "最高可奖励"),
            "every year": ("一次性奖励", "每年奖励"),
        },
        bundled=True,
        stays="4万元",
    ),
    "a bundled tier": Case(
        "天门建筑业企业年产值突破30亿元，财政贡献2200万元，奖多少？",
        "年产值首次突破30亿元且当年地方财政贡献超过2000万元的，奖励50万元 [1]。",
        {
            "the tier above": ("50万元", "100万元"),
            "the tier below": ("50万元", "30万元"),
            "the condition of the tier below": ("2000万元", "1000万元"),
            "the condition of the tier above": ("30亿元", "50亿元"),
            "another scale": ("30亿元", "30万元"),
            "a dropped word": ("首次突破", "突破"),
            "less for more": ("超过2000万元", "不足2000万元"),
        },
        bundled=True,
        stays="50万元",
    ),
    "a bundled no": Case(
        "化工厂想在园区外头新建，行不行",
        "不可以，禁止在合规化工园区外新建、扩建化工项目 [1]。",
        {
            "yes for no": ("不可以，禁止", "可以，允许"),
            "without the no": ("不可以，禁止在", "可以在"),
            "an exception": _added("经市政府批准的除外 [1]。"),
            "elsewhere": ("化工园区外", "化工园区内"),
        },
        bundled=True,
        stays="不可以",
    ),
}


@pytest.fixture(scope="module")
def made_up(tmp_path_factory: pytest.TempPathFactory) -> Index:
    """An index of documents that nobody has seen."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "documents").mkdir()
    for name, text in (("青溪", GRAIN), ("白河", GRAIN_ELSEWHERE)):
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    return open_index(folder, tmp_path_factory.mktemp("index"), "embedded", lambda _: None)


def _wrong() -> Iterator[tuple[str, str]]:
    for name, case in CASES.items():
        for way in case.wrong:
            yield name, way


def _assistants(case: Case, bundled: Index, made_up: Index, server: ModelServer) -> tuple[Assistant, Assistant]:
    index = bundled if case.bundled else made_up
    return Assistant(index, ChatModel(server.base_url, "stand-in", None, timeout=30)), Assistant(index)


@pytest.mark.parametrize("name", CASES)
def test_the_good_draft_is_shown(name: str, bundled: Index, made_up: Index, model_server: ModelServer) -> None:
    case = CASES[name]
    model_server.say(case.good)
    assistant, _ = _assistants(case, bundled, made_up, model_server)
    answer = assistant.ask(Request(case.question, case.day))
    assert answer.mode == "llm", [warning.text for warning in answer.warnings]
    assert answer.text.startswith(case.good)


@pytest.mark.parametrize(("name", "way"), list(_wrong()))
def test_no_invention_is_shown(name: str, way: str, bundled: Index, made_up: Index, model_server: ModelServer) -> None:
    case = CASES[name]
    right, wrong = case.wrong[way]
    assert right in case.good
    draft = case.good.replace(right, wrong) if right else case.good + wrong
    for _ in range(2):
        model_server.say(draft)
    assistant, plain = _assistants(case, bundled, made_up, model_server)
    answer = assistant.ask(Request(case.question, case.day))
    assert answer.mode == "extractive", answer.text
    assert answer.text == plain.ask(Request(case.question, case.day)).text
    assert case.stays in answer.text
    assert WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}
    assert len(model_server.requests) == 2, "one try to repair it"


def test_an_invention_is_not_even_quoted(made_up: Index, model_server: ModelServer) -> None:
    case = CASES["an award"]
    for _ in range(2):
        model_server.say(case.good.replace("30万元", "35万元"))
    assistant = Assistant(made_up, ChatModel(model_server.base_url, "stand-in", None, timeout=30))
    assert "35万元" not in str(assistant.ask(Request(case.question, case.day)).as_json())


@pytest.mark.parametrize("name", CASES)
def test_a_repaired_draft_is_shown(name: str, bundled: Index, made_up: Index, model_server: ModelServer) -> None:
    case = CASES[name]
    right, wrong = next(iter(case.wrong.values()))
    model_server.say(case.good.replace(right, wrong))
    model_server.say(case.good)
    assistant, _ = _assistants(case, bundled, made_up, model_server)
    answer = assistant.ask(Request(case.question, case.day))
    assert answer.mode == "llm"
    assert answer.text.startswith(case.good)
