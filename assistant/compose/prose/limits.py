"""The asker's own figures against the limits that a sentence sets: 42岁, where 不超过40周岁 is demanded.

Read from the words alone, so that every unit counts, those that are no facts too (周岁, 吨, 千伏安). A limit is held
against a figure of the same unit; where several are of that unit, against the one that is about the same thing
(资产负债率, and not 研发费用占比), else a figure misses only what misses all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import fold
from corpus.numerals import number_of

#: Units that figures are compared in, by how they are written, with the factor to the base unit.
_UNITS: dict[str, tuple[str, float]] = {
    "个工作日": ("working_day", 1),
    "工作日": ("working_day", 1),
    "周岁": ("age", 1),
    "岁": ("age", 1),
    # Twelve months are a year: so counted, 60日 and 三个月 can be compared too.
    "周年": ("day", 360),
    "年": ("day", 360),
    "个月": ("day", 30),
    "天": ("day", 1),
    "日": ("day", 1),
    "星级": ("star", 1),
    "星": ("star", 1),
    "平方米": ("m2", 1),
    "平米": ("m2", 1),
    "㎡": ("m2", 1),
    "个百分点": ("point", 1),
    "个点": ("%", 1),
    "千伏安": ("kva", 1),
    "千瓦": ("kw", 1),
    **{unit: (unit, 1.0) for unit in ("元", "%", "吨", "亩", "层", "台", "辆", "次", "项", "件", "公里", "小时", "床")},
    **dict.fromkeys(("个人", "人", "名", "位"), ("person", 1.0)),
    **dict.fromkeys(("家", "户"), ("firm", 1.0)),
}
_SCALE = {"": 1.0, "千": 1e3, "万": 1e4, "亿": 1e8}
_LEAST = r"不低于|不少于|不小于|不短于|达到?|满|超过|超|突破|高于|大于|多于|至少|最低"
_MOST = "不超过|不得超过|不高于|不大于|不多于|未超过|低于|少于|小于|不足|不满|未满|未达到?|最高|最多|最长|最大|仅?限"
_NUMBER = r"\d[\d,]*(?:\.\d+)?|百分之[一二三四五六七八九十百]+|[一二两三四五六七八九十百半]{1,4}"
_GIVES = "给予|奖励|奖补|补助|补贴|资助|支持|享受|申报|申请|推荐"
_EXCLUSIVE = frozenset(
    {"超过", "超", "突破", "高于", "大于", "多于", "低于", "少于", "小于", "不足", "不满", "未满", "未达", "未达到"}
)
_FIGURE = re.compile(
    rf"(?:(?P<before>{_MOST}|{_LEAST})(?:{_GIVES})?)?[为到]?(?P<number>{_NUMBER})(?P<scale>(?:千(?![伏瓦克米])|万|亿)?)"
    rf"(?P<more>[多余几](?=[元人名家户天个亩吨年岁平次]))?(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})?"
    r"(?P<half>半)?(?:\(含\))?(?P<after>及?以上|及?以下|以内|之内|内(?!容|部|外)|起)?"
)
#: 近3年, 第二年, 连续2年, 2025年, 一次性, 一家: no figures to be held against anything.
_NO_CASE = re.compile(r"(?:近|第|连续|每|上|同|当|首|再|另|今|去|有|这|那|某)$")
_TIME = frozenset({"day", "working_day"})
#: Until when something must be done: only what has already passed can miss it.
_DEADLINE = re.compile(r"(?:之日起|之日|[日月]起|后|届满|起算?)(?:的)?$")
_PASSED = re.compile(r"(?:多)?(?:前|以前|之前|了|过)|[^,。?]{0,6}(?:才|都没)")
_HAS_PASSED = re.compile(r"(?:过了|已经?|拖了|超了|晚了|过去|都)$")
#: 200多人 is more than 200.
_MORE = 1e-3
#: So many characters on either side say what a figure is about.
_AROUND = 10


@dataclass(frozen=True, slots=True)
class Limit:
    """A figure as it is written: what it allows at least and at most, and the pairs of characters around it."""

    text: str
    unit: str
    low: float
    high: float
    exclusive: bool
    deadline: bool
    around: frozenset[str]

    @property
    def is_bound(self) -> bool:
        """Whether it sets a limit, and is no plain figure."""
        return self.low != self.high

    def is_missed_by(self, own: Limit) -> bool:
        """Whether an asker's figure lies outside."""
        value = own.low
        if self.exclusive and value in (self.low, self.high):
            return True
        return value < self.low or value > self.high


@lru_cache(maxsize=2048)
def limits_of(text: str) -> tuple[Limit, ...]:
    """The figures of a folded text, as limits."""
    return tuple(_limits(text))


def _limits(text: str) -> Iterator[Limit]:
    for match in _FIGURE.finditer(text):
        number, unit = _value(match["number"]), match["unit"] or ""
        if number is None or (match["number"].isdigit() and unit == "年" and number > 1000):
            continue
        if match["number"].startswith("百分之"):
            unit = "%"
        if not unit and match["scale"] not in ("万", "亿"):
            continue
        start = text[: match.start()]
        if not match["before"] and (_NO_CASE.search(start) or (not match["after"] and start.endswith(("前", "后")))):
            continue
        name, factor = _UNITS[unit or "元"]
        value = (number + (0.5 if match["half"] else 0)) * _SCALE[match["scale"]] * factor
        value += _MORE if match["more"] else 0.0
        low, high = _bounds(value, match["before"] or "", match["after"] or "")
        end = text[match.end() :]
        words = re.split(r"[,。;:?]", start)[-1][-_AROUND:] + "|" + re.split(r"[,。;:?]", end)[0][:_AROUND]
        yield Limit(
            match[0],
            name,
            low,
            high,
            exclusive=match["before"] in _EXCLUSIVE and not match["after"],
            deadline=name in _TIME and _is_deadline(match, start, end),
            around=frozenset(words[i : i + 2] for i in range(len(words) - 1)),
        )


def _value(number: str) -> float | None:
    if number == "半":
        return 0.5
    try:
        return (
            float(number.replace(",", "")) if number[0].isdigit() else float(number_of(number.removeprefix("百分之")))
        )
    except ValueError:
        return None


def _bounds(value: float, before: str, after: str) -> tuple[float, float]:
    if after in ("以上", "及以上") or re.fullmatch(_LEAST, before):
        return value, float("inf")
    if after.startswith(("以下", "及以下", "以内", "之内", "内")) or re.fullmatch(_MOST, before):
        return 0.0, value
    return value, value


def _is_deadline(match: re.Match[str], start: str, end: str) -> bool:
    """Whether a figure says until when (自受理之日起10日内), or, in a question, how long ago (四年前, 过了5个月)."""
    if (match["after"] or "").endswith("内") and _DEADLINE.search(start):
        return True
    return _PASSED.match(end) is not None or _HAS_PASSED.search(start) is not None


#: A cap on what is given is no condition, but for who asks for so much (要贷五十万).
_WANTS = re.compile(r"(?:要|想|能|申请)[^,。?]{0,6}(?:贷|借)|贷[^,。?]{0,4}\d")
_CAPPED = frozenset({"元", "%", "point"})


def misses(asking: str, words: str) -> bool:
    """Whether a figure of a folded question misses what some folded words demand."""
    return any(_missed(own, asking, words) for own in _own(asking))


def _missed(own: Limit, asking: str, words: str) -> bool:
    alike = _alike(own, asking, words)
    return bool(alike) and all(limit.is_missed_by(own) for limit in alike)


def limited(asking: str, words: str) -> tuple[str, ...]:
    """The figures of a question that some words set a limit to, as they are written in it."""
    return tuple(
        own.text
        for own in _own(asking)
        if any(limit.around & own.around or own.unit not in _COMMON for limit in _alike(own, asking, words))
    )


def is_about(asking: str, words: str) -> bool:
    """Whether some words set a limit that a figure of a question can be held against."""
    return bool(limited(asking, words))


#: 一家企业, 一个人: an article, no count.
_COUNTED = frozenset({"person", "firm", "次", "项", "件", "台", "辆"})


#: Units that all sorts of things are counted in.
_COMMON = frozenset({"元", "day", "%"})


@lru_cache(maxsize=64)
def _own(asking: str) -> tuple[Limit, ...]:
    """The figures of a question: it is held against every sentence of its clauses."""
    found = limits_of(folded(asking))
    return tuple(own for own in found if not own.is_bound and not (own.low == 1 and own.unit in _COUNTED))


def _alike(own: Limit, asking: str, words: str) -> list[Limit]:
    """The limits that a figure is held against."""
    found = [limit for limit in limits_of(words) if limit.unit == own.unit]
    if any(not limit.is_bound and limit.low == own.low for limit in found):
        return []  # the figure is one that the words give: the 8万 of 那8万
    bounds = [limit for limit in found if limit.is_bound and (own.deadline or not limit.deadline)]
    if own.unit in _CAPPED and not _WANTS.search(asking):
        bounds = [limit for limit in bounds if limit.low > 0 or limit.around & own.around]
    about = [limit for limit in bounds if limit.around & own.around]
    # 月销售额 is named more closely by 合计月销售额 than by 季度销售额.
    closest = max((len(limit.around & own.around) for limit in about), default=0)
    return [limit for limit in about if len(limit.around & own.around) == closest] or bounds


#: 第四回; 拿过三次 (the next is one more); 能延期两次吗.
_ORDINAL = re.compile(
    r"第(?P<nth>[二三四五六七八九十\d]+)(?:回|次|笔)|"
    r"(?:贷|拿|领|申请|报|享受)过?了?(?P<had>[一二两三四五六七八九十\d]+)(?:回|次)(?![吗么不?])|"
    r"(?P<wanted>[二两三四五六七八九\d]+)(?:回|次)(?:[吗么不?]|$)"
)
_TIMES = re.compile(r"(?:不得?超过|最多|限)(\d+|[一二两三四五])次|(?:只能|仅|可以?|准予)[^,。;]{0,8}(?:一|1)次(?!性)")


def misses_count(asking: str, words: str) -> bool:
    """Whether somebody asks for more times than some words allow: 第四回, where 累计次数不得超过3次."""
    asked, said = _ORDINAL.search(asking), _TIMES.search(words)
    if asked is None or said is None:
        return False
    most = number_of(said[1]) if said[1] else 1
    times = asked["nth"] or asked["wanted"]
    return (number_of(times) if times else number_of(asked["had"]) + 1) > most


def folded(words: str) -> str:
    """Words as limits are read from: folded, blanks out, 4000平 as 4000平方米."""
    return re.sub(r"(?<=[\d百千万])平(?![方米均台安稳])", "平方米", re.sub(r"\s", "", fold(words)))
