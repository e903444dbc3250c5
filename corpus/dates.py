"""Dates as documents print them. Patterns are for folded text."""

from __future__ import annotations

import calendar
import re
from datetime import date

from corpus.numerals import number_of

_ZERO = "〇零○O"
_YEAR = rf"(?P<y>\d{{4}}|[一二][{_ZERO}九][{_ZERO}一二三四五六七八九]{{2}})"
FULL_DATE = re.compile(
    rf"{_YEAR}\s*年\s*(?P<m>\d{{1,2}}|[一二三四五六七八九十]{{1,2}})\s*月"
    r"\s*(?P<d>\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
NUMERIC_DATE = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")


def date_of(match: re.Match[str]) -> date | None:
    """The date of a :data:`FULL_DATE` or :data:`NUMERIC_DATE` match; None where there is no such day."""
    try:
        year = number_of(match["y"].replace("○", "〇").replace("O", "〇"))
        return date(year, number_of(match["m"]), number_of(match["d"]))
    except ValueError:
        return None


def last_day(year: int, month: int = 12) -> date:
    """The last day of a month: 2023年底 → 2023-12-31, 2023年6月底 → 2023-06-30."""
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(start: date, months: int) -> date:
    """The corresponding day some months on, or that month's last day where it has none (民法典 202)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def in_words(day: date) -> str:
    """A date as answers print it: 2025年8月28日."""
    return f"{day.year}年{day.month}月{day.day}日"
