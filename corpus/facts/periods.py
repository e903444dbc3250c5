"""Periods in a clause: counts with their anchor, and dates that end or begin something.

The anchor is the event from which a count runs; its day is not counted (民法典 201).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import cast

from corpus.facts.days import Mention, mentions_of
from corpus.facts.phrases import subject_of
from corpus.folding import fold
from corpus.model import Period, PeriodUnit, Span
from corpus.numerals import number_of

_NUMBER = r"(?:\d{1,5}(?:\.\d{1,2})?|[一二两三四五六七八九十百半]{1,5})"
_UNITS = {
    "个工作日": "working_day",
    "工作日": "working_day",
    "日": "day",
    "天": "day",
    "个自然日": "day",
    "个会计年度": "year",
    "个月": "month",
    "月": "month",
    "年": "year",
    "周年": "year",
    "个季度": "quarter",
    "周": "week",
    "个星期": "week",
}
_WITHIN = r"内(?!部|容|外|设|在|陆|地|需|控|生|资|贸|销)"
_TAIL = rf"(?:\(含\))?(?:以内|之内|{_WITHIN}|以上|以下|前|后|左右)?"
#: 第2年, 2023年, 3月 and 3月25日 are no counts; 三年行动 and 一年一度 are names.
_COUNT = re.compile(
    rf"(?<![\d第〔.月年])(?<![每上下](?=半))(?<!第[一二三四五六七八九十\d][至到—-])(?P<low>{_NUMBER})(?:\(含\))?\s?(?:(?:—|-|~|至|到)(?P<high>{_NUMBER})\s?)?"
    r"(?P<unit>个会计年度|个工作日|个自然日|工作日|个月|周年|年|日|天|个季度|个星期|周(?![边围转密知期到岁年]))"
    rf"(?!度|行动|计划|工作方案|方案|规划|级|龄|轻|代(?!理|办|缴|付)|底|初|终|来|均|产|间|纲要|一度|期(?:以上)?(?:LPR|贷款市场|国债|定期)){_TAIL}"
)
#: 27日之前, 6日: the day of a month, unless the words around it say a length of time.
_LENGTH_BEFORE = re.compile(
    r"(?:满|为|期限|提前|不少于|少于|不超过|超过|公示|公告|连续|延长|达到?|每|共|约|前|近|后|缩短|压缩至|缩短至|减至|降至|延长至|延至|之日起|届满|召开|举行|开始)$"
)
#: Where a count runs from: 自受理之日起, 收到通知之日起, 义务履行完毕后, 自登记当月起, 自2024年1月1日起.
_ANCHOR = re.compile(
    r"(?:自|从)(?P<from>[^,。;]{2,40}?)(?:之日|当月|次月|当日|次日|之月|(?<=日))起"
    r"|(?:在|于|应在|应当在|须在)?(?P<event>[^,。;]{2,40}?)之日起"
    r"|(?P<after>[^,。;]{2,40}?)(?:之日|后)的?(?:,(?:应当?|须|可|在|于|要){0,3})?$"
)
#: What leads up to the event and is no part of it: who has to act, 应当在.
_ACTS = re.compile(
    r"^.*(?:应当在|应当于|应在|应于|须在|须于|可以在|可在|必须在|(?<=[^存])在|(?<=[^由至])于|自|从)(?=..)"
)
_LABEL = re.compile(
    r"^(?:第[一二三四五六七八九十百千零\d]{1,9}条(?:之[一二三四五六七八九十])?\s?|\([^()]{1,4}\)|\d{1,2}[.、])"
)
_TITLES = re.compile(r"《[^《》]{0,200}》")
_REACH = 120
_HALF = Decimal("0.5")
#: A text without any of these names no time.
_MAY_HOLD = re.compile(r"[年月日天周季期]|\d-\d")


def periods_of(
    text: str, offset: int = 0, dated: date | None = None, *, year: int | None = None, spoken: bool = False
) -> tuple[Period, ...]:
    """The counts of time, and the days and years named, in a clause's text, which begins at ``offset`` in the document.

    The titles in 《》 are names and hold none. For ``dated``, ``year`` and ``spoken`` see
    :func:`corpus.facts.days.mentions_of`.
    """
    folded = fold(text)
    if not _MAY_HOLD.search(folded):
        return ()
    titles = [Span(match.start(), match.end()) for match in _TITLES.finditer(folded)]
    mentions = list(mentions_of(folded, dated, year=year, spoken=spoken))
    taken = sorted([*titles, *(mention.span for mention in mentions)])
    dates = (_dated(mention, folded, offset) for mention in mentions)
    counts = (_counted(match, folded, offset) for match in _outside(_COUNT.finditer(folded), taken))
    return tuple(sorted((*dates, *(period for period in counts if period)), key=lambda period: period.span))


def _outside(matches: Iterator[re.Match[str]], spans: list[Span]) -> Iterator[re.Match[str]]:
    """The matches that begin in none of the sorted spans."""
    at = 0
    for match in matches:
        while at < len(spans) and spans[at].end <= match.start():
            at += 1
        if at == len(spans) or match.start() < spans[at].start:
            yield match


def _dated(mention: Mention, folded: str, offset: int) -> Period:
    return Period(
        text=mention.span.of(folded),
        span=Span(mention.span.start + offset, mention.span.end + offset),
        from_date=mention.first,
        to_date=mention.last,
        subject=subject_of(folded, mention.span),
    )


def _counted(match: re.Match[str], folded: str, offset: int) -> Period | None:
    unit = _UNITS[match["unit"]]
    count = _count(match["high"] or match["low"])
    least = _count(match["low"]) if match["high"] else None
    if count is None or (unit == "year" and count > 1000):
        return None
    if unit == "day" and match["unit"] == "日" and not _is_length(match, folded):
        return None
    if unit == "quarter":
        unit, count = "month", count * 3
    elif unit == "week":
        unit, count, least = "day", count * 7, least * 7 if least is not None else None
    elif unit == "year" and count == _HALF:  # 半年 is six months; a law that counts months counts them so
        unit, count = "month", Decimal(6)
    return Period(
        text=match[0],
        span=Span(match.start() + offset, match.end() + offset),
        count=count,
        least=least,
        unit=cast("PeriodUnit", unit),
        anchor=_anchor(folded[max(0, match.start() - _REACH) : match.start()]),
        subject=subject_of(folded, Span(match.start(), match.end())),
    )


def _is_length(match: re.Match[str], folded: str) -> bool:
    """Whether N日 says how long, and not which day of a month."""
    if re.search(r"以?内|之内|以上|以下|左右", match[0]):
        return True
    said = _LENGTH_BEFORE.search(folded, max(0, match.start() - 6), match.start()) is not None
    return said and match["low"] not in ("一", "1")


def _anchor(before: str) -> str:
    """The event that a count runs from, in the words of its sentence in front of it; "" where none is named."""
    sentence = re.split(r"[。;\n]", before)[-1]
    if "起" not in sentence and "后" not in sentence and "之日" not in sentence:
        return ""
    found = None
    for match in _ANCHOR.finditer(sentence):
        found = match
    if found is None:
        return ""
    if found["from"]:
        return found["from"]
    event = _LABEL.sub("", (found["event"] or found["after"]).strip())
    return _ACTS.sub("", event)


def _count(numeral: str) -> Decimal | None:
    if numeral == "半":
        return _HALF
    try:
        return Decimal(numeral) if re.fullmatch(r"\d+(?:\.\d+)?", numeral) else Decimal(number_of(numeral))
    except ValueError:
        return None
