"""Figures in a clause: amounts and rates (Amount), counts, areas and capacities (Quantity).

A small grammar of its own: the public readers of Chinese money take 不低于 for "at most" and stumble over
最高50万元, 三万元/年 and ranges. Numerals alone go to cn2an, on matched spans only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import cn2an

from corpus.facts.pairing import keys_of
from corpus.facts.phrases import subject_of
from corpus.folding import fold
from corpus.model import Amount, Bound, Quantity, Role, Span

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_HAN = r"[一二两三四五六七八九十百千零〇半]+"
_NUMBER = rf"(?:{_DIGITS}|{_HAN})"
_SCALES = {"": 1, "十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000, "万亿": 10**12}
_SCALE = r"(?:万亿|百万|千万|亿|万|千|百|十)?"
_MONEY_UNITS = "元|美元|欧元|港元|块钱|块"
_RATE_UNITS = "%|‰|个百分点|百分点|折|倍"
#: Counted nouns and measured things. 年 月 日 天 are periods, 条 款 项 号 in front of 款项 are references.
_COUNTERS = (
    "个工作日|个月|平方公里|平方米|立方米|千伏安|千瓦时|千瓦|公里|公顷|万吨标煤|吨标煤|英里|类|家|户|人次|人|名|位|台|套|件|"
    "座|所|项|次|个|亩|吨|米|辆|艘|只|张|场|份|批|强|种|处|株|头|支|条|分钟|小时|级|篇|期|双|门|栋|层|间|部|款|起|万件"
)
#: A unit of time is read by :mod:`corpus.facts.periods`.
_TIME = frozenset({"个工作日", "个月", "分钟", "小时"})
_TAIL = r"(?P<after>以上|以下|以内|之内|以外|\(含\)以上|\(含\)以下|\(含\)|左右|及以上|及以下)?"
_PER_NAMES = "平方米|公里|千瓦时|千瓦|人次|工作日|年|月|日|天|人|家|户|台|车|辆|亩|吨|次|项|件|度|个|名|套|篇|只|头|米"
_PER = rf"(?P<per>(?:\s*/\s*(?:{_PER_NAMES})(?:[·./](?:{_PER_NAMES}))?))?"
_FIGURE = re.compile(
    rf"(?<![\d.〔a-zA-Z])(?P<low>{_NUMBER})(?P<lowscale>{_SCALE})(?P<lowunit>{_MONEY_UNITS}|{_RATE_UNITS})?(?:\(含\))?"
    rf"(?:(?P<to>\s*(?:—|-|~|至|到)\s*)(?P<high>{_NUMBER})(?P<highscale>{_SCALE}))?"
    rf"(?P<unit>(?<=元)|{_MONEY_UNITS}|{_RATE_UNITS}|{_COUNTERS})?{_PER}{_TAIL}"
)
_PERCENT_WORDS = re.compile(rf"(?P<unit>百|千)分之(?P<low>{_NUMBER}){_TAIL}")

_AT_MOST = re.compile(
    r"(?:不超过|不得超过|不高于|不多于|不大于|最高(?:不超过|可达|可|为)?|最多|至多|封顶|上限(?:为)?|限额(?:为)?|控制在|降至|降到)[^\d,。;]{0,6}$"
)
_AT_LEAST = re.compile(r"(?:不低于|不得低于|不少于|不得少于|不小于|至少|最低(?:不低于|为)?|不得少于)[^\d,。;]{0,6}$")
_OVER = re.compile(r"(?:超过|突破|高于|大于|多于|逾|超出|超|过)[^\d,。;不]{0,4}$")
_UNDER = re.compile(r"(?:低于|少于|不足|不满|未达|未超过|小于)[^\d,。;]{0,4}$")
_PER_BEFORE = re.compile(
    r"每(?P<per>[\u4e00-\u9fff]{1,5}?)(?:每(?P<more>[\u4e00-\u9fff]))?(?:按|最高|补贴|奖励|给予|安排|可|新增|计|一次性|不超过|为|再|补助|完成)*$"
)

_AWARD = re.compile(r"奖|补贴|补助|给予|资助|扶持|补偿|支持|返还|发放|退还|贴息|兑现|减免|扣减|减征|免征|优惠")
_LOAN = re.compile(r"贷款|授信|借款|融资|再贷款")
_FEE = re.compile(r"费率|手续费|工本费|管理费|年费|保费|担保费|缴费|税率|征收率|预征率|利率|罚款|收取|缴存")
_TARGET = re.compile(r"力争|目标|到20\d\d年|达到|突破|新增|培育|引进|建成|实现|完成|保持|提高|增长|累计")
_CONDITION = re.compile(
    r"(?:达到|超过|突破|首次|累计|不低于|未超过|满|以上|以下|增长|上缴|销售|产值|收入|投资|面积|营业)[^。;]{0,40}的?[,]?$"
)


@dataclass(frozen=True, slots=True)
class _Read:
    """A figure as matched, before its place in the clause is known."""

    span: Span
    low: Decimal
    high: Decimal
    unit: str
    per: str
    after: str
    ranged: bool


def amounts_of(text: str, offset: int = 0) -> tuple[tuple[Amount, ...], tuple[Quantity, ...]]:
    """The amounts and the quantities of a clause's text, which begins at ``offset`` in the canonical text."""
    folded = fold(text)
    found = list(figures_of(folded))
    keys = keys_of(folded, [read.span for read in found])
    amounts: list[Amount] = []
    quantities: list[Quantity] = []
    for read, key in zip(found, keys, strict=True):
        before, behind = _surroundings(folded, read.span)
        money_or_rate = read.unit in ("元", "美元", "欧元", "港元", "%", "‰", "折", "倍", "个百分点")
        role = _role(before, behind, read)
        per = read.per or _per_before(before)
        span = Span(read.span.start + offset, read.span.end + offset)
        kind: type[Amount] | type[Quantity] = Amount if money_or_rate else Quantity
        measure = kind(
            text=read.span.of(text),
            span=span,
            low=_plain(read.low),
            high=_plain(read.high),
            unit=read.unit,
            bound=_bound(before, read),
            role=role,
            per=per,
            subject=subject_of(folded, read.span),
            key=key,
        )
        if isinstance(measure, Amount):
            amounts.append(measure)
        else:
            quantities.append(measure)
    return tuple(amounts), tuple(quantities)


def figures_of(folded: str) -> Iterator[_Read]:
    """Every figure with a unit in folded text, time left to :mod:`corpus.facts.periods`."""
    position = 0
    while match := _next(folded, position):
        position = match.end()
        try:
            read = _read(match, folded)
        except ValueError:  # 千家万户: characters of numerals that are no number
            continue
        if read is not None:
            yield read


def _next(folded: str, position: int) -> re.Match[str] | None:
    figure = _FIGURE.search(folded, position)
    words = _PERCENT_WORDS.search(folded, position)
    if words and (figure is None or words.start() <= figure.start()):
        return words
    return figure


def _read(match: re.Match[str], folded: str) -> _Read | None:
    groups = match.groupdict()
    span = Span(match.start(), match.end())
    if match.re is _PERCENT_WORDS:
        value = _value(groups["low"])
        unit = "%" if groups["unit"] == "百" else "‰"
        return _Read(span, value, value, unit, "", groups["after"] or "", ranged=False)
    unit = groups["unit"] or groups["lowunit"] or ""
    if groups["lowunit"] and groups["unit"] and groups["to"] is None:
        return None
    if not unit:
        return _bare_money(match, folded)
    if unit in _TIME or _is_no_figure(match, folded, unit):
        return None
    high_scale = groups["highscale"] or ""
    low_scale = groups["lowscale"] or (high_scale if groups["to"] else "")
    low = _value(groups["low"]) * _scale(low_scale)
    high = _value(groups["high"]) * _scale(high_scale) if groups["to"] else low
    if groups["to"] and high < low:
        return None
    return _Read(
        span,
        low,
        high,
        _UNIT_NAMES.get(unit, unit),
        _per(groups["per"]),
        groups["after"] or "",
        ranged=bool(groups["to"]),
    )


_UNIT_NAMES = {"块钱": "元", "块": "元", "百分点": "个百分点"}


def _bare_money(match: re.Match[str], folded: str) -> _Read | None:
    """30亿, 50万 without 元, as people write them; not 百亿元产业 and not a year."""
    scale = match["highscale"] or match["lowscale"]
    if scale not in ("万", "亿", "千万", "百万", "万亿") or folded[match.end() : match.end() + 1] in tuple(
        "级众家户吨件"
    ):
        return None
    high_scale = _scale(scale)
    low = _value(match["low"]) * (_scale(match["lowscale"]) if match["lowscale"] else high_scale)
    high = _value(match["high"]) * high_scale if match["to"] else low
    return _Read(
        Span(match.start(), match.end()),
        low,
        high,
        "元",
        _per(match["per"]),
        match["after"] or "",
        ranged=bool(match["to"]),
    )


#: 一次性, 1个季度, 3个月, 第一项目: a counter that is part of another word.
_NOT_COUNTED = re.compile(
    r"次性|个(?:季度|月|工作日|百分点|方面|体)|家(?:庭|长|具|电)|条(?:件|例|款)|项目|名(?:牌|单|称|录|优)|期(?:限|间)|级"
)


def _is_no_figure(match: re.Match[str], folded: str, unit: str) -> bool:
    """第三条, 一个, 三大…: ordinals and plain speech."""
    before = folded[max(0, match.start() - 1) : match.start()]
    if _NOT_COUNTED.match(unit + folded[match.end() : match.end() + 3]):
        return True
    if before in ("第", "〔", "之", "十") and before:
        return True
    han = not re.match(r"\d", match["low"])
    if han and match["low"] == "半":
        return True
    # 一家、一批、两个: a Chinese numeral before a common counter is speech unless it is money, a rate or a fold.
    return han and unit not in ("元", "%", "倍", "折", "万元", "次", "平方米")


def _value(numeral: str) -> Decimal:
    plain = numeral.replace(",", "")
    if re.fullmatch(r"\d+(?:\.\d+)?", plain):
        return Decimal(plain)
    return Decimal(str(cn2an.cn2an(plain.replace("〇", "零"), "smart")))


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()


def _scale(name: str) -> Decimal:
    product = Decimal(1)
    if name in _SCALES:
        return Decimal(_SCALES[name])
    for character in name:
        product *= _SCALES[character]
    return product


def _per(text: str | None) -> str:
    return re.sub(r"[\s/]", "", text) if text else ""


def _per_before(before: str) -> str:
    match = _PER_BEFORE.search(before)
    return f"{match['per']}{match['more'] or ''}" if match else ""


def _surroundings(folded: str, span: Span) -> tuple[str, str]:
    start = max(folded.rfind(mark, 0, span.start) for mark in "。;\n") + 1
    stops = [i for mark in "。;\n" if (i := folded.find(mark, span.end)) >= 0]
    return folded[start : span.start], folded[span.end : min(stops, default=len(folded))]


def _bound(before: str, read: _Read) -> Bound:
    """以上、以下 include the number; 超过、不满 do not (民法典 1259)."""
    if read.ranged:
        return Bound.RANGE
    if "以上" in read.after or _AT_LEAST.search(before):
        return Bound.AT_LEAST
    if read.after in ("以下", "以内", "之内", "(含)以下", "及以下") or _AT_MOST.search(before):
        return Bound.AT_MOST
    if _UNDER.search(before):
        return Bound.UNDER
    if _OVER.search(before):
        return Bound.OVER
    return Bound.EXACT


def _role(before: str, behind: str, read: _Read) -> Role:
    """What the figure does, from the words of its own segment first, then of its sentence."""
    segment = re.split(r"[,:()]", before)[-1]
    rate = read.unit in ("%", "‰", "折", "个百分点", "倍")
    if _AWARD.search(segment) and re.search(r"最高|不超过|封顶|上限|以内|限额|为限", segment + read.after):
        return Role.CAP
    if re.search(r"封顶|为限额|为上限|以内", behind[:6]) and _AWARD.search(before):
        return Role.CAP
    if re.search(r"额度", segment) and _LOAN.search(segment + behind[:24]):
        return Role.LOAN
    if _LOAN.search(segment + behind[:12]) and not rate:
        return Role.LOAN
    if re.search(r"最高不?超过?|封顶", segment) and _AWARD.search(before):
        return Role.CAP
    if (
        _CONDITION.search(segment)
        and re.match(r"[^,。;]{0,14}的", behind)
        and not re.search(r"奖励|给予|补贴", segment)
    ):
        return Role.THRESHOLD
    if rate:
        return (
            Role.FEE
            if _FEE.search(segment + behind[:8])
            else Role.RATE
            if _AWARD.search(before + behind[:10])
            else Role.TARGET
            if _TARGET.search(before)
            else Role.RATE
        )
    if _AWARD.search(segment) or (_AWARD.search(before) and re.search(r"[、和]$", segment)):
        return Role.AWARD
    if _FEE.search(segment):
        return Role.FEE
    if _CONDITION.search(segment) and _AWARD.search(behind):
        return Role.THRESHOLD
    if _TARGET.search(segment) or _TARGET.search(before):
        return Role.TARGET
    return Role.AWARD if _AWARD.search(before) else Role.OTHER
