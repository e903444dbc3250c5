"""Periods in a clause: counts with their anchor, and dates that end or begin something."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import cast

from corpus.dates import FULL_DATE, date_of, last_day
from corpus.facts.phrases import subject_of
from corpus.folding import fold
from corpus.model import Period, PeriodUnit, Span
from corpus.numerals import number_of

_NUMBER = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百半]+)"
_UNITS = {
    "个工作日": "working_day",
    "工作日": "working_day",
    "日": "day",
    "天": "day",
    "个月": "month",
    "月": "month",
    "年": "year",
    "周年": "year",
    "个季度": "quarter",
}
_TAIL = r"(?:\(含\))?(?:以内|之内|内|以上|以下|前|后|左右)?"
#: 第2年, 2023年 and 3月 are no counts; 三年行动 and 一年一度 are names.
_COUNT = re.compile(
    rf"(?<![\d第〔.])(?P<low>{_NUMBER})(?:\(含\))?(?:(?:—|-|~|至|到)(?P<high>{_NUMBER}))?"
    rf"(?P<unit>个工作日|工作日|个月|周年|年|日|天|个季度)(?!度|行动|计划|级|龄|轻|代|底|初|终|来|均|产|间){_TAIL}"
)
_ANCHOR = re.compile(
    r"自([^,。;]{2,30}?)之?日起|([^,。;]{2,24}?)(?:之日|后)的?$|自([^,。;]{2,24}?)(?:当月|次月|之月)起"
)
#: A day that a text names: 2025年8月28日, 2024年底, 2023年6月底, 2025年12月.
DAY = re.compile(
    rf"(?P<full>{FULL_DATE.pattern})|(?P<ey>(?:19|20)\d\d)年(?:(?P<em>\d{{1,2}})月)?(?P<edge>底|末|年底|年末|初)"
    r"|(?P<my>(?:19|20)\d\d)年(?P<mm>\d{1,2})月(?!\d)"
)


def day_of(match: re.Match[str]) -> date | None:
    """The day of a :data:`DAY` match; 底 is the last day, 初 the first, a bare month its last day."""
    if match["full"]:
        return date_of(match)
    try:
        if match["my"]:
            return last_day(int(match["my"]), int(match["mm"]))
        month = int(match["em"]) if match["em"] else 12
        if match["edge"] == "初":
            return date(int(match["ey"]), int(match["em"] or 1), 1)
        return last_day(int(match["ey"]), month)
    except ValueError:
        return None


def periods_of(text: str, offset: int = 0) -> tuple[Period, ...]:
    """The counts of time and the dates in a clause's text, which begins at ``offset`` in the canonical text."""
    folded = fold(text)
    dates = [period for match in DAY.finditer(folded) if (period := _dated(match, folded, offset))]
    taken = [(p.span.start - offset, p.span.end - offset) for p in dates]
    counts = [
        period
        for match in _COUNT.finditer(folded)
        if not any(start <= match.start() < end for start, end in taken)
        and (period := _counted(match, folded, offset)) is not None
    ]
    return tuple(sorted((*dates, *counts), key=lambda period: period.span))


def _dated(match: re.Match[str], folded: str, offset: int) -> Period | None:
    day = day_of(match)
    if day is None:
        return None
    behind = folded[match.end() : match.end() + 2]
    before = folded[max(0, match.start() - 2) : match.start()]
    starts = behind.startswith("起") or before.endswith(("自", "从"))
    span = Span(match.start() + offset, match.end() + offset)
    subject = subject_of(folded, Span(match.start(), match.end()))
    return Period(
        text=match[0],
        span=span,
        from_date=day if starts else None,
        to_date=None if starts else day,
        subject=subject,
    )


def _counted(match: re.Match[str], folded: str, offset: int) -> Period | None:
    unit = _UNITS[match["unit"]]
    count = _count(match["high"] or match["low"])
    least = _count(match["low"]) if match["high"] else None
    if count is None or (unit == "year" and count > 1000):
        return None
    if unit == "quarter":
        unit, count = "month", count * 3
    place = Span(match.start(), match.end())
    start = max(folded.rfind(stop, 0, match.start()) for stop in "。;\n") + 1
    anchors = list(_ANCHOR.finditer(folded[start : match.start()]))
    anchor = next((group for group in anchors[-1].groups() if group), "") if anchors else ""
    return Period(
        text=match[0],
        span=Span(match.start() + offset, match.end() + offset),
        count=count,
        least=least,
        unit=cast("PeriodUnit", unit),
        anchor=anchor,
        subject=subject_of(folded, place),
    )


def _count(numeral: str) -> Decimal | None:
    if numeral == "半":
        return Decimal("0.5")
    try:
        return Decimal(numeral) if re.fullmatch(r"\d+(?:\.\d+)?", numeral) else Decimal(number_of(numeral))
    except ValueError:
        return None
