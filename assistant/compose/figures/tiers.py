"""Which member of a 分别-list a question means: the tier that its own figures reach, or the one that it names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from assistant.compose.figures.figure import Figure
from assistant.compose.figures.zones import Zones
from assistant.matching import Topic
from assistant.understanding.question import Question
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.facts.phrases import sentence_of
from corpus.folding import fold
from corpus.model import Amount, Bound, Measure, Period, Quantity, Role, Span

#: Units of time that count in months: 两年 is 24个月.
_MONTHS = {"year": 12, "month": 1}


class Tiers:
    """Which tier of a 分别-list the figures in the question reach (产值过50亿但财政贡献2500万 is not the first).

    Each figure of the question is set against the list it is nearest to; a tier is reached where all are.
    """

    def __init__(self, question: Question, topic: Topic, figures: Sequence[Figure]) -> None:
        own = [f for f in question.figures if isinstance(f, Amount | Quantity)]
        self._reached: dict[Span, bool] = {}
        self._missed: set[Span] = set()
        self._stated: list[Measure | Period] = [*own, *(p for p in question.periods if p.count is not None)]
        for rows in _keyed_runs(figures):
            self._weigh(rows, own, figures)
        self._named = _named(figures, topic.query)
        self._reached |= _stepped(own, figures)

    def _weigh(
        self, rows: list[tuple[Figure, tuple[Measure, ...]]], own: Sequence[Measure], figures: Sequence[Figure]
    ) -> None:
        cases = [o for o in own if not any(isinstance(f.fact, Measure) and same_value(o, f.fact) for f, _ in rows)]
        positions = _assign(cases, [partners for _, partners in rows])
        if not positions:
            return
        passed = [
            (figure, partners)
            for figure, partners in rows
            if all(value.low >= partners[position].low for value, position in positions)
        ]
        if not passed:
            self._missed.update(figure.span for figure, _ in rows)
            self._missed.update(_paired_with(rows, figures))
        best = max((_height(partners) for _, partners in passed), default=None)
        for figure, partners in rows:
            self._reached[figure.span] = (figure, partners) in passed and _height(partners) == best

    def misses(self, figure: Figure) -> bool:
        """Whether the question's figures reach no tier of the list that a figure is of."""
        return figure.span in self._missed

    def bonus(self, figure: Figure, zones: Zones) -> float:
        """+ for the tier reached, - for the others; + where the words around a figure name the question's own."""
        if figure.span in self._named:
            return 0.3 if self._named[figure.span] else -0.3
        if figure.span in self._reached:
            return 0.65 if self._reached[figure.span] else -0.4
        if not self._stated:
            return 0.0
        near = _measures(zones.own + zones.after) or _measures(zones.key)
        comparable = [other for other in near if any(_comparable(own, other) for own in self._stated)]
        if comparable:
            return 0.7 if any(_within(own, other) for own in self._stated for other in comparable) else -0.4
        if (unit := self._in_unit(zones)) is not None:
            return unit
        around = _measures(zones.carry) + _measures(zones.heads)
        return 0.4 if any(_within(own, other) for own in self._stated for other in around) else 0.0

    def _in_unit(self, zones: Zones) -> float | None:
        """+ where the figure's own semicolon unit says what the question states, and other units of it another.

        在18至23个月时,下调20%;在24个月以上时,下调50%: of a fall by half the second.
        """
        units = [part for part in re.split("[;。]", zones.clause) if zones.sentence.strip() not in part]
        for own in self._stated:
            here = [other for other in _measures(zones.sentence) if _comparable(own, other)]
            there = [other for part in units for other in _measures(part) if _comparable(own, other)]
            if any(_within(own, other) for other in here) and there:
                return 0.5
            if here and any(_within(own, other) for other in there):
                return -0.3
        return None


def _stepped(own: Sequence[Measure], figures: Sequence[Figure]) -> dict[Span, bool]:
    """Of awards in one sentence, each in a semicolon unit that says what must be reached: whether it is the asker's.

    达到10万美元的,奖励1万元;达到50万美元的,奖励3万元: of 60万美元 the second.
    """
    found: dict[Span, bool] = {}
    for value in own:
        units: dict[Span, Decimal] = {}
        for figure in figures:
            fact = figure.fact
            if not isinstance(fact, Measure) or fact.unit != value.unit or fact.key or same_value(value, fact):
                continue
            if fact.role is Role.THRESHOLD and fact.bound in (Bound.AT_LEAST, Bound.OVER, Bound.EXACT):
                units[sentence_of(fold(figure.clause.text), figure.span)] = fact.low
        ordered = sorted(units)
        adjoining = all(b.start - a.end <= 1 for a, b in pairwise(ordered))
        reached = [low for low in units.values() if low <= value.low]
        if len(units) < 2 or not adjoining or not reached:
            continue
        for figure in figures:
            fact = figure.fact
            if isinstance(fact, Measure) and fact.role in (Role.AWARD, Role.RATE):
                unit = sentence_of(fold(figure.clause.text), figure.span)
                if unit in units:
                    found[figure.span] = units[unit] == max(reached)
    return found


def _paired_with(rows: list[tuple[Figure, tuple[Measure, ...]]], figures: Sequence[Figure]) -> Iterator[Span]:
    """The conditions that the members of a list are paired with."""
    text = fold(rows[0][0].clause.text)
    sentence = sentence_of(text, rows[0][0].span)
    keys = {name for figure, _ in rows for name in getattr(figure.fact, "key", "").split()}
    return (figure.span for figure in figures if figure.span in sentence and fold(figure.value) in keys)


def _named(figures: Sequence[Figure], asked: str) -> dict[Span, bool]:
    """For figures paired by names (第二年, 特级资质企业): whether the question names theirs, where it names one at all.

    Of two names in one question (市长质量奖提名奖) the later is what is asked for.
    """
    places: dict[Span, int] = {}
    for figure in figures:
        names = [
            name for name in getattr(figure.fact, "key", "").split() if not re.match(r"\d", name) or name.endswith("年")
        ]
        if names:
            places[figure.span] = max(asked.rfind(name) for name in names)
    last = max(places.values(), default=-1)
    return {span: place == last for span, place in places.items()} if last >= 0 else {}


@lru_cache(maxsize=1024)
def _measures(words: str) -> tuple[Measure | Period, ...]:
    """The figures in some words; asked of the same segment for each figure beside it."""
    amounts, quantities = amounts_of(words)
    return (*amounts, *quantities, *periods_of(words))


def _comparable(own: Measure | Period, other: Measure | Period) -> bool:
    if isinstance(own, Period) and isinstance(other, Period):
        return own.count is not None and other.count is not None and (own.unit in _MONTHS) == (other.unit in _MONTHS)
    return own.unit is not None and own.unit == other.unit


def _length(count: Decimal | None, period: Period) -> Decimal | None:
    return None if count is None else count * _MONTHS.get(period.unit or "", 1)


def _keyed_runs(figures: Sequence[Figure]) -> list[list[tuple[Figure, tuple[Measure, ...]]]]:
    """Figures of one 分别-list with the figures that pair them; a run ends where the list does."""
    runs: list[list[tuple[Figure, tuple[Measure, ...]]]] = []
    last: Figure | None = None
    for figure in figures:
        partners = _partners(figure)
        if not partners:
            last = None
            continue
        listed = (
            last is not None
            and len(fold(figure.clause.text)[last.span.end : figure.span.start].strip("、和及与 ")) <= 3
        )
        if listed:
            runs[-1].append((figure, partners))
        else:
            runs.append([(figure, partners)])
        last = figure
    return runs


def _partners(figure: Figure) -> tuple[Measure, ...]:
    key = getattr(figure.fact, "key", "")
    if not key:
        return ()
    amounts, quantities = amounts_of(key.replace(" ", ","))
    return tuple(sorted((*amounts, *quantities), key=lambda measure: measure.span))


def _assign(own: Sequence[Measure], rows: Sequence[tuple[Measure, ...]]) -> list[tuple[Measure, int]]:
    """For each figure of the question the list it is nearest to in size, no list twice."""
    taken: set[int] = set()
    found = []
    for value in own:
        options = [
            (min(_distance(value.low, row[position].low) for row in rows), position)
            for position in range(min(len(row) for row in rows))
            if position not in taken and all(row[position].unit == value.unit for row in rows)
        ]
        if options:
            distance, position = min(options)
            if distance < math.log(20):
                taken.add(position)
                found.append((value, position))
    return found


def _distance(a: Decimal, b: Decimal) -> float:
    return abs(math.log(float(a) / float(b))) if a > 0 and b > 0 else math.inf


def _height(partners: Sequence[Measure]) -> Decimal:
    return sum((partner.low for partner in partners), Decimal(0))


def _within(own: Measure | Period, other: Measure | Period) -> bool:
    """Whether a figure of the question is the other, or lies in its range (20个月 in 18(含)至23个月)."""
    if not _comparable(own, other):
        return False
    if isinstance(own, Period) and isinstance(other, Period):
        low, high = _length(other.least or other.count, other), _length(other.count, other)
        asked = _length(own.count, own)
        return asked is not None and low is not None and high is not None and low <= asked <= high
    if isinstance(own, Measure) and isinstance(other, Measure):
        return same_value(own, other) or (other.low != other.high and other.low <= own.low <= other.high)
    return False


def same_value(a: Measure, b: Measure) -> bool:
    """Whether two measures are equal in value and unit."""
    return a.unit == b.unit and a.low == b.low and a.high == b.high
