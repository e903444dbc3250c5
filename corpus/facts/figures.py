"""The grammar of figures: a number with its scale and unit, a range, what it is per.

A small grammar of its own: the public readers of Chinese money take 不低于 for "at most" and stumble over
最高50万元, 三万元/年 and ranges. Numerals alone go to cn2an, on matched spans only. Time is left to
:mod:`corpus.facts.periods`; the titles in 《》 are names and hold no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache

from corpus.model import Span

#: The units of money, rates and proportions; anything else is counted or measured.
MONEY = frozenset({"元", "美元", "欧元", "港元"})
RATES = frozenset({"%", "‰", "折", "成", "个百分点", "个基点", "倍"})

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = r"[一二两三四五六七八九十百千零〇半]{1,12}(?:点[一二三四五六七八九零〇]{1,4})?"
_NUMBER = rf"(?:{_DIGITS}|{_HAN})"
_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 10**12}
_SCALE = r"(?:万亿|百万|千万|亿|万|千|百|十)?"
_MONEY_UNITS = "元|美元|欧元|港元|块钱|块"
#: 三成, but not 三成立, 一成不变.
_RATE_UNITS = "%|‰|个百分点|百分点|个基点|基点|个?[Bb][Pp]s?|折|倍|成(?![立本效果功熟员长交为品套年分不绩])"
_UNIT_NAMES = {
    "块钱": "元",
    "块": "元",
    "百分点": "个百分点",
    "基点": "个基点",
    "BP": "个基点",
    "bp": "个基点",
    "平米": "平方米",
    "㎡": "平方米",
}
#: Counted nouns and measured things. 年 月 日 天 are periods, 条 款 项 号 in front of 款项 are references.
_COUNTERS = (
    "个工作日|个月|平方公里|平方米|平米|㎡|立方米|千伏安|千瓦时|兆瓦|千瓦|公里|公顷|公斤|千克|万吨标煤|吨标煤|英里|类|家|户|"
    "人次|架次|班次|人|名|位|台|套|件|座|所|项|次|个|亩|吨|米|辆|艘|只|张|场|份|批|种|处|株|头|支|条|分钟|小时|课时|学时|"
    "级|篇|期|双|门|栋|幢|层|间夜|间|部|款|起|笔|宗|枚|册|标箱|万件"
)
_TIME = frozenset({"个工作日", "个月", "分钟", "小时"})
#: 内 after a figure, but not in 内部分, 内容, 内外.
_WITHIN = r"内(?!部|容|外|设|在|陆|地|需|控|生|资|贸|销)"
_TAIL = rf"(?P<after>\(含\)以上|\(含\)以下|及以上|及以下|以上|以下|以内|之内|以外|\(含\)|左右|{_WITHIN})?"
#: What a figure may be per, in 元/人 and in 每人…元.
PER_NAMES = (
    "平方米|公里|千瓦时|千瓦|人次|工作日|季度|立方米|标箱|年|月|日|天|人|家|户|台|车|辆|亩|吨|次|项|件|度|个|名|套|篇|只|头|米|"
    "条|座|张|场|班|箱|度|床|克|斤|升|位|店|间夜|间"
)
_PER = rf"(?P<per>(?:\s*/\s*(?:{PER_NAMES})(?:[·./](?:{PER_NAMES}))?))?"
_FIGURE = re.compile(
    rf"(?<![\d.〔a-zA-Z])(?P<low>{_NUMBER})\s{{0,2}}(?P<some>[多余])?(?P<lowscale>{_SCALE})(?P<more>[多余])?\s?"
    rf"(?P<lowunit>{_MONEY_UNITS}|{_RATE_UNITS})?(?:\(含\))?"
    rf"(?:(?P<to>\s*(?:—|-|~|至|到)\s*)(?P<high>{_NUMBER})\s{{0,2}}(?P<highscale>{_SCALE}))?"
    rf"(?(to)(?P<unit>(?<=元)|{_MONEY_UNITS}|{_RATE_UNITS}|{_COUNTERS})?|(?(lowunit)|(?P<counter>{_COUNTERS})?)){_PER}{_TAIL}"
)
_PARTS = re.compile(rf"(?P<whole>{_HAN}|万)分之(?P<low>{_NUMBER}){_TAIL}")
#: A scale without a number is one of it: 过亿元, 上千万元, 亿元以上.
_SCALE_ALONE = re.compile(
    r"(?<![\d.一二两三四五六七八九十几数])(?P<low>[十百千]?[万亿]|百|千)元"
    rf"(?:(?<=[过超上逾达破近]亿元)|(?<=[过超上逾达破近][十百千][万亿]元)|(?<=[过超上逾达破近][百千]元)|(?=及?以[上下]))(?!级){_TAIL}"
)
_TITLES = re.compile(r"《[^《》]{0,200}》")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as matched, before its place in the clause is known. ``after`` is 以上, 以内, 多, … behind it."""

    span: Span
    low: Decimal
    high: Decimal
    unit: str
    per: str = ""
    after: str = ""
    ranged: bool = False


#: 10、20、30万元: the unit is said once for all.
_LISTED = re.compile(
    rf"(?<![\d.、〔])(?P<numbers>(?:(?:{_DIGITS})、){{1,8}})(?=(?:{_DIGITS})\s?(?P<scale>{_SCALE})(?P<unit>{_MONEY_UNITS}|%|个百分点))"
)


#: A text without any of these holds no figure, which is sooner seen than read.
_MAY_HOLD = re.compile(r"\d|元|%|‰|[折倍成次]|分之|百分点|基点|块钱|平方米")


def figures_of(folded: str) -> Iterator[Figure]:
    """Every figure with a unit in folded text, in reading order."""
    if not _MAY_HOLD.search(folded):
        return
    titles = [Span(match.start(), match.end()) for match in _TITLES.finditer(folded)]
    at = 0
    for figure in _joined(sorted((*_figures(folded), *_listed(folded)), key=lambda figure: figure.span)):
        while at < len(titles) and titles[at].end <= figure.span.start:
            at += 1
        if at == len(titles) or figure.span not in titles[at]:
            yield figure


def _listed(folded: str) -> Iterator[Figure]:
    for match in _LISTED.finditer(folded):
        unit = _UNIT_NAMES.get(match["unit"], match["unit"])
        for number in re.finditer(_DIGITS, match["numbers"]):
            start = match.start("numbers") + number.start()
            value = _value(number[0]) * _scale(match["scale"])
            yield Figure(Span(start, start + len(number[0])), value, value, unit)


def _joined(figures: Iterable[Figure]) -> Iterator[Figure]:
    """10万元以上50万元以下 is one range."""
    waiting: Figure | None = None
    for figure in figures:
        if waiting is not None:
            meets = waiting.span.end == figure.span.start and waiting.unit == figure.unit and waiting.low < figure.high
            if meets and "以上" in waiting.after and re.search(r"以下|以内|之内", figure.after):
                span = Span(waiting.span.start, figure.span.end)
                waiting = replace(figure, span=span, low=waiting.low, ranged=True)
                continue
            yield waiting
        waiting = figure
    if waiting is not None:
        yield waiting


def _figures(folded: str) -> Iterator[Figure]:
    matches = {pattern: pattern.search(folded) for pattern in (_PARTS, _SCALE_ALONE, _FIGURE)}
    while found := [match for match in matches.values() if match]:
        first = min(found, key=lambda match: match.start())
        try:
            figure = _READERS[first.re](first, folded)
        except (ValueError, KeyError):  # 千家万户: characters of numerals that are no number
            figure = None
        if figure is not None:
            yield figure
        for pattern, match in matches.items():
            if match and match.start() < first.end():
                matches[pattern] = pattern.search(folded, first.end())


def _read(match: re.Match[str], folded: str) -> Figure | None:
    unit = match["unit"] or match["lowunit"] or match["counter"] or ""
    if not unit:
        return _without_unit(match, folded)
    if unit in _TIME or _is_no_figure(match, folded, unit):
        return None
    return _figure(match, _UNIT_NAMES.get(unit, unit))


def _figure(match: re.Match[str], unit: str) -> Figure | None:
    """A figure; a range whose ends are the wrong way round is none. 5—10万元: the scale is said once for both."""
    to = match["to"] is not None
    scale = match["lowscale"] or (match["highscale"] if to else "")
    low = _value(match["low"]) * _scale(scale)
    high = _value(match["high"]) * _scale(match["highscale"]) if to else low
    if unit == "折" and low > 10:  # 八五折
        low, high = low / 10, high / 10
    per = re.sub(r"[\s/]", "", match["per"] or "")
    after = match["after"] or match["more"] or match["some"] or ""
    span = Span(match.start(), match.end())
    return Figure(span, low, high, unit, per, after, ranged=to) if high >= low else None


#: Behind these a number counts the thing itself: 注册量突破6亿.
_NUMBER_OF = re.compile(r"(?:量|数|人口|用户|人次)(?:达到?|突破|超过?|近|约|为|过)?$")


#: What may follow money that is printed without 元: 奖励50万,  100万、50万、20万元; not 18万副, 2000多万人口.
_MONEY_ENDS = re.compile(r"[\s,。;、)的以及和与或至奖补资支给为元左不封起.]?$")


def _without_unit(match: re.Match[str], folded: str) -> Figure | None:
    """30亿, 50万 without 元, as people write them; not 百亿元产业 and not a year."""
    scale = match["highscale"] or match["lowscale"]
    following = folded[match.end() : match.end() + 1]
    if scale not in ("万", "亿", "千万", "百万", "万亿") or not _MONEY_ENDS.match(following):
        return None
    counted = _NUMBER_OF.search(folded[max(0, match.start() - 8) : match.start()])
    return _figure(match, "个" if counted else "元")


def _parts(match: re.Match[str], _: str) -> Figure | None:
    """百分之五 is 5%, 千分之五 5‰, 万分之五 0.05%, 四分之一 25%."""
    whole = {"百": 100, "千": 1000, "万": 10_000}.get(match["whole"]) or _value(match["whole"])
    part = _value(match["low"])
    if not whole:
        return None
    if whole == 1000:
        value, unit = part, "‰"
    else:
        value, unit = round(part * 100 / Decimal(whole), 4), "%"
    return Figure(Span(match.start(), match.end()), value, value, unit, after=match["after"] or "")


def _scale_alone(match: re.Match[str], _: str) -> Figure | None:
    value = _scale(match["low"])
    return Figure(Span(match.start(), match.end()), value, value, "元", after=match["after"] or "")


_READERS = {_FIGURE: _read, _PARTS: _parts, _SCALE_ALONE: _scale_alone}

#: A counter that is part of another word: 一次性, 1个季度, 第一项目, 0人工干预.
_NOT_COUNTED = re.compile(
    r"次性|个(?:季度|月|工作日|方面|体|纳税期)|家(?:庭|长|具|电)|条(?:件|例|款)|项目|名(?:牌|单|称|录|优)|期(?:限|间)|级|"
    r"人(?:工|才|民|力|社|大|均|防|机|事)|门类|位(?:数|置)"
)
#: A Chinese numeral before a common counter is speech (一家, 两个) unless it is money, a rate or a frequency.
_SAID_WITH_HAN = frozenset({"元", "成", "美元", "%", "‰", "倍", "折", "次", "平方米", "个百分点"})
_FREQUENCY = re.compile(r"每[^。;,]{0,16}$")
#: 三元正极, 一元复始: one character before 元 is money only where the amount ends there.
_AMOUNT_ENDS = re.compile(r"(?:$|[\s,。;、)\d/以的或及和至整左])")


def _is_no_figure(match: re.Match[str], folded: str, unit: str) -> bool:
    """第三条, 一个, 三大…: ordinals and plain speech."""
    if (
        unit not in RATES
        and unit not in _UNIT_NAMES
        and _NOT_COUNTED.match(unit + folded[match.end() : match.end() + 3])
    ):
        return True
    if folded[max(0, match.start() - 1) : match.start()] in ("第", "〔", "之", "十"):
        return True
    if re.match(r"\d", match["low"]):
        return False
    if match["low"] == "半" or unit not in _SAID_WITH_HAN:
        return True
    if unit == "次":
        before = folded[max(0, match.start() - 18) : match.start()]
        return not (_FREQUENCY.search(before) or re.match(r"[,。;)]|$", folded[match.end() :][:1]))
    if unit == "元" and len(match["low"]) == 1 and not match["lowscale"]:
        return _AMOUNT_ENDS.match(folded, match.end()) is None
    return False


@lru_cache(maxsize=4096)
def _value(numeral: str) -> Decimal:
    plain = numeral.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    import cn2an  # for Chinese numerals alone

    return Decimal(str(cn2an.cn2an(plain.replace("〇", "零"), "smart")))


@cache
def _scale(name: str | None) -> Decimal:
    if not name or name in _SCALES:
        return Decimal(_SCALES.get(name or "", 1))
    product = Decimal(1)
    for character in name:
        product *= _SCALES[character]
    return product
