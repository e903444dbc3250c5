"""What is computed, computed again: a derivation holds only if its value follows from what it was computed from.

sum, difference, product    of figures; of ranges end by end; a rate is a part of a figure, a count multiplies it;
                            in a sum, rates and counts belong to the sum of money in front of them
count                       as many things as are named
date_plus, working_days     a day and a length of time, as 民法典 200 to 203 count it
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import reduce

from assistant.answer import Derivation
from assistant.understanding.question import normalise
from assistant.workdays import PUBLIC, WorkCalendar
from corpus.dates import FULL_DATE, NUMERIC_DATE, add_months, date_of
from corpus.facts.amounts import amounts_of
from corpus.facts.figures import MONEY
from corpus.facts.periods import periods_of
from corpus.folding import fold
from corpus.model import Period
from corpus.numerals import number_of

#: What a rate is a part of one of. 打9折 leaves nine tenths.
_PARTS = {"%": Decimal("0.01"), "‰": Decimal("0.001"), "折": Decimal("0.1"), "倍": Decimal(1)}
#: Years and months in months; days of both kinds by themselves.
_MONTHS = {"year": 12, "month": 1}
#: 三家: speech in a clause, a count where it is told as one.
_COUNT = re.compile(r"(?P<count>\d+|[两二三四五六七八九十]{1,3})(?P<unit>[个项条种类家户人名位台辆]?)")
_MONTH = re.compile(r"(?P<y>\d{4})年(?P<m>\d{1,2})月")
_DAY_OF_YEAR = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]")
#: Of two rates the difference is told in points.
_POINTS = {"个百分点": "%"}


@dataclass(frozen=True, slots=True)
class Value:
    """A figure as it enters a computation: its ends in the base unit."""

    low: Decimal
    high: Decimal
    unit: str


def value_of(text: str) -> Value | None:
    """The one figure, count or length of time in years that a text says; None where it says none or several."""
    folded = fold(text)
    amounts, quantities = amounts_of(folded)
    found = [Value(m.low, m.high, m.unit) for m in (*amounts, *quantities)]
    if not found:
        lengths = [p for p in periods_of(folded) if p.count is not None and p.unit is not None]
        found = [Value(p.least or p.count, p.count, str(p.unit)) for p in lengths if p.count is not None]
    if not found and (counted := _COUNT.fullmatch(folded)) and (count := _number(counted["count"])) is not None:
        found = [Value(count, count, counted["unit"])]
    return found[0] if len(found) == 1 else None


def _number(numeral: str) -> Decimal | None:
    try:
        return Decimal(number_of(numeral.replace("两", "二")))
    except ValueError:
        return None


def added(values: Sequence[Value]) -> Value | None:
    """The sum of figures of one unit."""
    if len({value.unit for value in values}) != 1:
        return None
    return Value(sum((v.low for v in values), Decimal(0)), sum((v.high for v in values), Decimal(0)), values[0].unit)


def added_up(values: Sequence[Value]) -> Value | None:
    """The sum of figures of one unit, each with the rates and counts that stand behind it: 20万元 100%, 30万元 80%."""
    groups: list[list[Value]] = []
    for value in values:
        if value.unit in MONEY:
            groups.append([value])
        elif groups:
            groups[-1].append(value)
        else:
            return added(values)
    parts = [group[0] if len(group) == 1 else multiplied(group) for group in groups]
    known = [part for part in parts if part is not None]
    return added(known) if len(known) == len(parts) else None


def multiplied(values: Sequence[Value]) -> Value | None:
    """The product of one sum of money, or of what is counted, with rates and counts."""
    measured = [value for value in values if value.unit in MONEY]
    if len(measured) != 1 or len(values) < 2:
        return None
    whole = reduce(
        lambda product, value: (product[0] * value.low * _part(value), product[1] * value.high * _part(value)),
        values,
        (Decimal(1), Decimal(1)),
    )
    return Value(*whole, measured[0].unit)


def subtracted(values: Sequence[Value]) -> Value | None:
    """How far two exact figures of one unit lie apart."""
    if len(values) != 2 or values[0].unit != values[1].unit or any(value.low != value.high for value in values):
        return None
    apart = abs(values[0].low - values[1].low)
    return Value(apart, apart, values[0].unit)


def _part(value: Value) -> Decimal:
    return _PARTS.get(value.unit, Decimal(1))


def end_of(start: date, length: Period, calendar: WorkCalendar = PUBLIC) -> date | None:
    """The last day of a length of time that begins with an event on ``start``, before any moving for days off.

    The day of the event does not count (民法典 201); months and years end on the corresponding day, or on the month's
    last where it has none (民法典 202). None for parts of a unit, and where the calendar of years ends.
    """
    if length.count is None or length.unit is None or length.count != length.count.to_integral():
        return None
    count = int(length.count)
    try:
        if length.unit == "working_day":
            return calendar.after(start, count)
        if length.unit in _MONTHS:
            return add_months(start, count * _MONTHS[length.unit])
        return date.fromordinal(start.toordinal() + count)
    except (ValueError, OverflowError):
        return None


def month_end_of(first: tuple[int, int], months: int) -> tuple[int, int]:
    """The last of so many months of which ``first`` (year, month) is the first: 自登记当月起."""
    year, month = divmod(first[0] * 12 + first[1] - 1 + months - 1, 12)
    return year, month + 1


def recomputes(derivation: Derivation) -> bool:
    """Whether a derivation's value follows from its sources by its rule."""
    match derivation.rule:
        case "sum":
            return _follows(derivation, added_up)
        case "product":
            return _follows(derivation, multiplied)
        case "difference":
            return _follows(derivation, subtracted)
        case "count":
            told = value_of(derivation.value)
            return told is not None and told.low == told.high == len(set(derivation.sources))
        case _:
            return _dates_follow(derivation)


def printed(derivation: Derivation, texts: Iterable[str]) -> bool:
    """Whether all that a derivation was computed from stands in some texts (cited clauses, the question, the day)."""
    joined = "\n".join(normalise(text) for text in texts)
    return all(normalise(source) in joined for source in derivation.sources)


def _follows(derivation: Derivation, rule: Callable[[Sequence[Value]], Value | None]) -> bool:
    values = [value_of(source) for source in derivation.sources]
    told = value_of(derivation.value)
    known = [value for value in values if value is not None]
    result = rule(known) if len(known) == len(values) else None
    if told is None or result is None:
        return False
    unit = _POINTS.get(told.unit, told.unit)
    return (told.low, told.high, unit) == (result.low, result.high, result.unit)


def _dates_follow(derivation: Derivation) -> bool:
    """A day, or the month where the month of the event counts too (自登记当月起)."""
    calendar = derivation.calendar or PUBLIC
    if len(derivation.sources) < 2:
        return False
    first, length_text, *given = derivation.sources
    lengths = [period for period in periods_of(fold(length_text)) if period.count is not None]
    if len(lengths) != 1 or (lengths[0].unit == "working_day") != (derivation.rule == "working_days"):
        return False
    length = lengths[0]
    start, told = day_in(first, given[0] if given else ""), day_in(derivation.value)
    if start is None or told is None:
        return told is None and start is None and _months_follow(fold(first), length, fold(derivation.value))
    end = end_of(start, length, calendar)
    return end is not None and told in (end, calendar.moved(end))


def _months_follow(first: str, length: Period, value: str) -> bool:
    begun, told = _MONTH.fullmatch(first), _MONTH.fullmatch(value)
    if begun is None or told is None or length.count is None or length.unit not in _MONTHS:
        return False
    months = length.count * _MONTHS[length.unit]
    if months != months.to_integral():
        return False
    return month_end_of((int(begun["y"]), int(begun["m"])), int(months)) == (int(told["y"]), int(told["m"]))


def day_in(text: str, given: str = "") -> date | None:
    """The day that a text says; one without a year (9月27日) is of the year of ``given``."""
    folded = fold(text)
    for pattern in (FULL_DATE, NUMERIC_DATE):
        if found := pattern.search(re.sub(r"(月\d{1,2})号", r"\1日", folded)):
            return date_of(found)
    found = _DAY_OF_YEAR.search(folded)
    known = day_in(given) if given else None
    if found is None or known is None:
        return None
    try:
        return date(known.year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
