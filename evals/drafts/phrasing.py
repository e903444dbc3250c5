"""How a fact is asked for: the word that stands in its place, and the words in which owners ask.

Which fact answers which question is decided here as well: a period may be a deadline, a term, or neither.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.model import Amount, Period
from evals.drafts.passage import Passage, plain

_GIFT = re.compile(r"奖励|奖补|补贴|补助|贴息|资助|补偿|奖金|津贴|启动资金")
_GIVES = r"(?:一次性|分别|相应|各|再)*(?:给予|给|予以)?(?:企业)?(?:一次性)?(?:奖励|奖补|补贴|补助|资助|奖)?"
_ONLY_GIVES = re.compile(rf"(?:由?[市区县]级?财政)?{_GIVES}")
_GIVES_AFTER = re.compile(
    r"(?:的|/[^\s，]{1,3})?(?:一次性|资金)*[\u4e00-\u9fff]{0,2}(?:奖励|奖补|补贴|补助|资助|津贴)?(?:资金)?"
)
_LEAD = re.compile(
    r"(?P<who>[^，]{4,60}?(?:的|企业|项目|单位|机构|平台|人员|人才|园区|基地|商户|个体户|个体工商户))"
    r"(?:一次性)?(?:分别|各)?(?:给予|奖励|补贴|补助|资助)(?:一次性)?"
)
_MOST = re.compile(
    r"(?:单个|单户|同一|每个|每家|每户)?[\u4e00-\u9fff]{0,6}?(?:最高|最多|累计)?(?:补助|补贴|奖励|贴息|资助)?(?:额|金额|总额|额度)?"
    r"(?:最高)?(?:不超过|不得超过|最高|最多|上限为?|至多|为)"
)
_ASK_AWARD = ("能拿多少奖励", "奖励多少钱", "能奖多少", "给多少奖励", "可以奖多少")
_ASK_SUBSIDY = ("能补多少钱", "能拿多少补贴", "补多少", "给补多少", "可以补多少钱")
_ASK_CAP = ("最高能拿多少", "最多给多少", "封顶是多少", "上限是多少")
_ASK_TIER = ("这一档是多少", "这一档给多少", "这档能拿多少", "这一档的标准是多少")
_BECOMES = re.compile(r"^(?:新?(?:获评|认定|评为|获批|获得|通过|取得)|首次)+")
_HALF_MASKED = re.compile(
    r"[元%‰\d]、(?:多少|[百千]分之几)|(?:多少|[百千]分之几)、\d|^(?:多少|[百千]分之几)的|多少(?:以)?内"
)
_PREDICATE = re.compile(
    r"给予?|予以|奖|补|超过|低于|高于|最高|最多|上限|降|下调|减|上浮|提高|安排|设立|承担|收取|返还|执行|实行|按|优惠|贴息|为"
)
_ACTS = re.compile(
    r"完成|办结|答复|审核|核查|核验|初审|复审|受理|审查|拨付|下达|兑现|提出|提交|报送|备案|告知|履行|申请|申报|支付|决定|反馈|公示|偿还|补缴|"
    r"退还|退回|缴清|登录|动工|签约|出具|通知|启动|办理|拨到|上报|还款|推荐|免租|免征|免收"
)
_NO_DEADLINE = re.compile(r"(?:近|前|毕业|离校|连续|未?满|超过|逾期|最近|过去|施行|成立|登记|注册|每|在库)$")
_TERM_BEFORE = re.compile(
    r"(?:(?:期|期限|时间|时限|周期|年限|公示|展期|延期|缓缴)(?:原则上|一般)?(?:最长|最多)?(?:不超过|不得超过|不少于|为|是|至|压缩至|压缩到)?"
    r"|(?:免收|减半收取|免缴|免征|免租|连补|最多补贴|压缩至|压缩到|最长不超过|提前))$"
)
_APPLY = re.compile(r"(?:申报|申请|受理|报名|征集|提交)[^，。；]{0,12}$|[【](?:申报|申请|受理)时间")
_ALLOWS = re.compile(r"^允许(?P<what>.{4,36})$")
_MAY = re.compile(
    r"^(?P<who>[^，可]{0,24}?)可(?:以)?(?P<how>(?:按规定|自愿|继续|优先|适当|直接)?)(?P<what>(?:申请|享受|向|办理|采取|暂缓|参加|落户|分期|免)[^，]{3,36})$"
)
_FREE = re.compile(
    r"^(?P<lead>[^，]{0,24}?)(?P<what>(?:免收|免征|免缴|免除|免交|减半收取|取消|不再收取|免费提供|免费刻制)[^，、]{2,20})$"
)
DOES = re.compile(rf"负责|牵头|备案|组织|监督|{_ACTS.pattern}")


def in_place(passage: Passage, _: int = 0) -> str:
    """The sentence itself with the asking word in the place of its fact."""
    return f"{passage.condition}，{passage.asked}" if passage.condition else passage.asked


def amount_asked(passage: Passage, n: int) -> str:
    """The ``n``-th way to ask for a sum: in owners' words where the sentence only gives it, else in its place."""
    gift = _GIFT.search(passage.tail) or _GIFT.search(passage.lead[-6:])
    if gift is None or "再" in passage.lead or passage.context != "" or passage.masks > 1:
        return in_place(passage)
    asks = _ASK_AWARD if gift[0] in ("奖励", "奖补", "奖金") else _ASK_SUBSIDY
    lead = None if passage.condition else _LEAD.fullmatch(passage.lead)
    who = lead["who"] if lead else passage.condition if _ONLY_GIVES.fullmatch(passage.lead) else ""
    return f"{who}，{asks[n % len(asks)]}" if who and _GIVES_AFTER.fullmatch(passage.tail) else in_place(passage)


def cap_asked(passage: Passage, n: int) -> str:
    """The ``n``-th way to ask how much is given at most."""
    conditions = [c for c in passage.condition.split("，") if c and not re.search(r"[%‰折]|百分之|千分之", c)]
    if not conditions or passage.masks > 1 or passage.tail or not _MOST.fullmatch(passage.lead):
        return in_place(passage)
    return f"{'，'.join(conditions)}，{_ASK_CAP[n % len(_ASK_CAP)]}"


def tier_asked(passage: Passage, place: str, n: int) -> str:
    """The ``n``-th way to ask for one place of a list."""
    return f"{passage.condition}，{place}{_ASK_TIER[n % len(_ASK_TIER)]}"


def how_much(figure: Amount) -> str:
    """The word that asks for a figure in its place."""
    words = {"%": "百分之几", "‰": "千分之几", "折": "几折", "倍": "几倍", "个百分点": "几个百分点"}
    return words.get(figure.unit, "多少")


def how_long(period: Period, before: str, after: str) -> tuple[str, str] | None:
    """The kind of question that a period answers and the word that asks for it; None where nobody would ask."""
    unit = {"day": "多少天", "working_day": "多少个工作日", "month": "几个月", "year": "几年"}.get(
        period.unit or "", ""
    )
    if period.from_date and period.to_date and period.from_date != period.to_date:
        return ("deadline", "什么时候到什么时候") if _APPLY.search(before) and "日" in period.text else None
    if period.to_date and not period.from_date:
        exact = re.search(r"日|月底|年底|月末", period.text)
        return ("deadline", "什么时候") if exact and re.match(r"之?以?前", after) and _ACTS.search(after) else None
    if not unit or period.count is None or re.search(r"以上|以下", period.text):
        return None
    within = period.text.endswith("内") or after.startswith(("内", "以内"))
    if within and not _NO_DEADLINE.search(before) and _ACTS.search(after):
        return "deadline", f"{unit}内" if period.text.endswith("内") else unit
    if _TERM_BEFORE.search(before) and not (before.endswith("公示") and after):
        return "duration", unit
    return None


def place_in_list(figure: Amount, passage: Passage, *, first: bool) -> str:
    """A figure's place in the list of its condition as that prints it; "" where it has none.

    The fact keeps the end of the first place only (级示范工厂 of 新认定的国家级示范工厂).
    """
    key, listed = plain(figure.key), passage.condition
    if not key or key not in listed or ("、" not in listed and "和" not in listed):
        return ""
    at = listed.index(key)
    if key[0].isdigit() or not first:
        return key if key[0].isdigit() or listed[at - 1 : at] in "、和及或" else ""
    whole = listed[max(listed.rfind(mark, 0, at) + 1 for mark in "、，") : at + len(key)]
    whole = _BECOMES.sub("", whole.rsplit("的", 1)[-1])
    return whole if 2 <= len(whole) <= 20 else ""


def is_askable(passage: Passage, figures: Sequence[Amount], text: str) -> bool:
    """Whether its sentence with the figures masked is a question: it gives something, and masks a list as a whole."""
    between = [text[a.span.end : b.span.start] for a, b in pairwise(figures)]
    return (
        not any(re.fullmatch(r"[\d.,]+", figure.text) for figure in figures)
        and all(re.search(r"[、，,和及（(；;]", words) for words in between)
        and not _HALF_MASKED.search(passage.asked)
        and _PREDICATE.search(passage.asked) is not None
    )


def whether(what: str) -> tuple[str, str] | None:
    """A question whether one may, or has to, with the words that answer it."""
    if found := _ALLOWS.match(what):
        return f"允许{found['what']}吗", found["what"]
    if found := _MAY.match(what):
        return f"{found['who']}可以{found['how']}{found['what']}吗", found["what"]
    if found := _FREE.match(what):
        return f"{found['lead']}{found['what']}吗", found["what"]
    return None
