"""The figures of a text as values that can be compared, each with the words that it is said of.

What is compared is the value, not its spelling: 4万元 and 40000元 are one, and so are 50%, 百分之五十, 五折, 减半 and
五成, 一年 and 12个月. The words around a figure tell it from the other figures of its kind in the same clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from corpus.facts.amounts import amounts_of
from corpus.facts.figures import MONEY, RATES
from corpus.facts.pairing import runs_of
from corpus.facts.periods import periods_of
from corpus.facts.phrases import segments_of, sentence_of
from corpus.model import Bound, Measure, Period, Role, Span

#: A value: its kind, then its ends. Of a day the ends are the first and the last day meant.
Key = tuple[str, Decimal, Decimal] | tuple[str, date | None, date | None]

#: Half of a price, a fee or a tax, said without a figure.
_HALF = re.compile(r"减半|半价")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
#: The bound of a length of time, by what stands before it or behind it.
_BOUNDS = (
    (Bound.AT_MOST, re.compile(r"(?:不得?超过|不多于|最长|最多|至多|未超过)\D{0,3}$"), re.compile(r"\D以下")),
    (Bound.AT_LEAST, re.compile(r"(?:不得?少于|不低于|至少|最短|满)\D{0,2}$"), re.compile(r"\D以上")),
    (Bound.OVER, re.compile(r"(?<![不未])(?:超过|多于|逾)\D{0,2}$"), re.compile(r"(?!)")),
    (Bound.UNDER, re.compile(r"(?:不足|不满|少于|未满|不到)\D{0,2}$"), re.compile(r"(?!)")),
)
#: How far behind a figure its noun may stand.
_BEHIND = 12
_COUNTERS = frozenset("家户个名位人项件种类处座所")


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as stated: its value, what it does there, and the words that it is said of.

    ``subject`` holds pairs of characters, ``near`` the words straight before it (of a list: before the first of it).
    ``conditions`` are the thresholds that stand before it in its sentence, ``words`` all that it is said of.
    ``members`` are the texts of the ``paired`` list's other members, one of which would be wrong.
    """

    key: Key
    text: str
    span: Span
    role: Role | None = None
    bound: Bound | None = None
    paired: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    subject: frozenset[str] = frozenset()
    near: str = ""
    words: str = ""
    conditions: tuple[Key, ...] = ()

    @property
    def kind(self) -> str:
        """What sort of value it is: only figures of one kind can be taken for each other."""
        return self.key[0]

    @property
    def limits(self) -> bool:
        """Whether it is the most that is given."""
        return self.role is Role.CAP or self.bound in (Bound.AT_MOST, Bound.UNDER)


@lru_cache(maxsize=2048)
def stated_in(text: str) -> tuple[Stated, ...]:
    """The figures of a text in one spelling, in reading order; kept, since the clauses cited are few."""
    amounts, quantities = amounts_of(text)
    facts: list[tuple[Span, Key, Measure | Period]] = [(m.span, _measured(m), m) for m in (*amounts, *quantities)]
    for period in periods_of(text):
        facts.append((period.span, _timed(period), period))
    facts.sort(key=lambda fact: fact[0])
    runs = runs_of(text, [span for span, _, _ in facts])
    heads = {i: run[0] for run in runs for i in run}
    lists = {i: run for run in runs for i in run}
    found: list[Stated] = []
    for i, (span, key, fact) in enumerate(facts):
        head = facts[heads.get(i, i)][0]
        around = _Around(text, head, [s for s, k, f in facts if s != head and k[0] == key[0] and _alike(f, fact)])
        words = around.words + _behind(text, facts[lists[i][-1]][0] if i in lists else span)
        paired = tuple(fact.key.split())
        members = tuple(
            name
            for j in lists.get(i, ())
            for name in facts[j][2].key.split()
            if j != i and facts[j][1][0] == key[0] and name not in paired
        )
        before = [
            k
            for s, k, f in facts
            if s.end <= span.start and s.start >= around.sentence.start and _is_condition(f) and k != key
        ]
        measured = fact if isinstance(fact, Measure) else None
        found.append(
            Stated(
                key=key,
                text=span.of(text),
                span=span,
                role=measured.role if measured else None,
                bound=measured.bound if measured else _bound_of(text, span, key),
                paired=paired,
                members=members,
                subject=pairs_of(words),
                near=text[max(around.segment.start, head.start - 12) : head.start],
                words=words,
                conditions=tuple(before),
            )
        )
    found += [_halved(match) for match in _HALF.finditer(text)]
    return tuple(found)


def _halved(match: re.Match[str]) -> Stated:
    half = Decimal(50)
    return Stated(("%", half, half), match[0], Span(match.start(), match.end()), Role.RATE)


def _measured(measure: Measure) -> Key:
    low, high, unit = measure.low, measure.high, measure.unit
    if unit == "‰":
        return "%", low / 10, high / 10
    if unit in ("折", "成"):
        return "%", low * 10, high * 10
    if unit == "个基点":
        return "个百分点", low / 100, high / 100
    if unit in MONEY or unit in RATES:
        return unit, low, high
    return ("个" if unit in _COUNTERS else unit), low, high


def _timed(period: Period) -> Key:
    if period.count is None or period.unit is None:
        return "date", period.from_date, period.to_date
    least = period.least if period.least is not None else period.count
    factor = 12 if period.unit == "year" else 1
    unit = "month" if period.unit == "year" else period.unit
    return unit, least * factor, period.count * factor


def _alike(a: Measure | Period, b: Measure | Period) -> bool:
    """Whether one could be taken for the other: a condition is not taken for what it leads to."""
    return _is_condition(a) == _is_condition(b)


def _bound_of(text: str, span: Span, key: Key) -> Bound | None:
    """The bound of a length of time: 不超过6个月, 3年以上; of a day there is none."""
    if key[0] == "date":
        return None
    if key[1] != key[2]:
        return Bound.RANGE
    before, own = text[max(0, span.start - 8) : span.start], text[span.start : span.end + 4]
    for bound, in_front, behind in _BOUNDS:
        if in_front.search(before) or behind.search(own):
            return bound
    return Bound.EXACT


def _is_condition(fact: Measure | Period) -> bool:
    return isinstance(fact, Measure) and fact.role is Role.THRESHOLD


def pairs_of(words: str) -> frozenset[str]:
    """The pairs of neighbouring Chinese characters in words: what stands for their meaning here."""
    return frozenset(run[i : i + 2] for run in _HAN.findall(words) for i in range(len(run) - 1))


class _Around:
    """The words before a figure that it is said of: its own segment, and what earlier segments hand on to it.

    An earlier segment with a figure of the same kind hands on its condition, up to the last 的 in front of its noun
    (对当年新进限纳统的|批发企业…8万元,零售企业…4万元); where a later 对… begins anew nothing before it counts.
    """

    def __init__(self, text: str, place: Span, others: list[Span]) -> None:
        self.sentence = sentence_of(text, place)
        segments = segments_of(text, self.sentence)
        own = next((s for s in segments if place in s), self.sentence)
        self.segment = own
        rivals = [span for span in others if self.sentence.start <= span.start]
        left = max((s.end for s in rivals if own.start <= s.start and s.end <= place.start), default=own.start)
        first = min((s.start for s in rivals if s in own), default=own.start)
        head = text[own.start : min(first, place.start)] if left > own.start else ""
        earlier = [s for s in segments if s.end <= own.start]
        opened = [i for i, s in enumerate(earlier) if text.startswith("对", s.start)]
        if own.of(text).lstrip().startswith("对"):
            earlier = []
        elif opened:
            earlier = earlier[opened[-1] :]
        carried = [self._carried(text, s, rivals) for s in earlier[-6:]]
        between = text[left : place.start]
        if left > own.start and between.startswith("的") and (joint := max(map(between.rfind, "、和及"))) >= 0:
            # 200万元以下的货物、400万元以下的工程: what follows the first figure is its own noun
            between = between[joint + 1 :]
        self.words = ",".join([*carried, head, between])

    @staticmethod
    def _carried(text: str, segment: Span, rivals: list[Span]) -> str:
        inside = [span for span in rivals if span in segment]
        if not inside:
            return segment.of(text)
        words = text[segment.start : inside[0].start]
        return words[: words.rfind("的") + 1]


def _behind(text: str, place: Span) -> str:
    return "," + re.split(r"[,、;:。(]", text[place.end : place.end + _BEHIND])[0]


def holds(stated: Key, claimed: Key) -> bool:
    """Whether a value stated is the one claimed; a year or month is borne out by a day in it."""
    if stated == claimed:
        return True
    if claimed[0] != "date" or stated[0] != "date":
        return False
    days = [day for day in stated[1:] if isinstance(day, date)]
    wanted = [day for day in claimed[1:] if isinstance(day, date)]
    if len(wanted) == 2 and wanted[0] < wanted[1]:
        inside = any(wanted[0] <= day <= wanted[1] for day in days)
        return inside if _is_calendar(wanted[0], wanted[1]) else set(wanted) <= set(days)
    return set(wanted) <= set(days)


def sort_of(stated: Stated) -> str:
    """What figures can be taken for each other by sort: days, working days and months are all lengths of time."""
    return "length" if stated.kind in ("day", "working_day", "month") else stated.kind


def _is_calendar(first: date, last: date) -> bool:
    """Whether two days are the ends of one year or one month."""
    whole_year = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year
    return whole_year or (first.day == 1 and (first.year, first.month) == (last.year, last.month))
