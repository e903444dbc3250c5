"""A figure of a clause as a possible answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from corpus.facts.phrases import setting_of
from corpus.folding import fold
from corpus.model import Amount, Bound, Clause, Measure, Period, Quantity, Role, Span, Validity
from corpus.numerals import number_of

_RATES = frozenset({"%", "‰", "折", "倍", "个百分点"})
#: 共兑现奖补资金3015万元 is what was paid out in all, 每年设立1亿元专项资金 a fund: nobody's entitlement.
TOTAL = re.compile(
    r"共(?:计)?兑现|累计兑现|合计|总额|设立|安排|投入|争取|撬动|筹集|兑现[^,。]{0,8}资金|整合|带动|减税降费|资金\s*$"
)
#: Words of something given.
AWARDS = re.compile(r"奖|补|资助|扶持|给予|贴息|返还|减免|扣减|免征|减征|优惠")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a clause as a possible answer. ``span`` is in the clause's text; ``value`` prints it."""

    clause: Clause
    span: Span
    value: str
    fact: Measure | Period | Validity
    score: float = 0.0
    coverage: float = 0.0

    @property
    def type(self) -> str:
        """money, rate, count, date or duration."""
        if isinstance(self.fact, Amount):
            return "rate" if self.fact.unit in _RATES else "money"
        if isinstance(self.fact, Quantity):
            return "count"
        if isinstance(self.fact, Period):
            return "date" if self.fact.count is None else "duration"
        return "date"


def figures_of(clause: Clause) -> Iterator[Figure]:
    """The figures of a clause in reading order, and the terms it states in words (长期)."""
    start = clause.span.start
    measures: list[Measure | Period] = [*clause.amounts, *clause.quantities, *clause.periods]
    for fact in sorted(measures, key=lambda fact: fact.span):
        span = Span(fact.span.start - start, fact.span.end - start)
        yield Figure(clause, span, span.of(clause.text), fact)
    for term in clause.terms:
        if term.expires_on is None and term.span is not None:
            found = re.search(r"长期|按[^,。;]{2,20}执行", fold(term.basis))
            place = fold(clause.text).find(fold(found[0])) if found else -1
            if found and place >= 0:
                yield Figure(clause, Span(place, place + len(found[0])), found[0], term)


#: 三个方面 is speech; asked for by name (几个“一体化”, 几大集聚区) it is a count.
_SPOKEN_COUNT = r"(?P<n>\d{1,3}|[一二两三四五六七八九十]{1,3})(?P<unit>个|大|项|类|条|种)[“\u4e00-\u9fff]{0,4}?"


def counts_of_name(clause: Clause, name: str) -> Iterator[Figure]:
    """The counts of a named thing that a clause says in words: 六个“一体化”, 6大产业集聚区."""
    text = fold(clause.text)
    for match in re.finditer(rf"{_SPOKEN_COUNT}{re.escape(name)}", text):
        try:
            count = Decimal(number_of(match["n"].replace("两", "二")))
        except ValueError:
            continue
        span = Span(match.start(), match.end("unit"))
        place = Span(clause.span.start + span.start, clause.span.start + span.end)
        printed = span.of(clause.text)
        fact = Quantity(printed, place, count, count, match["unit"], Bound.EXACT, Role.OTHER)
        yield Figure(clause, span, printed, fact)


def says_award(figure: Figure) -> bool:
    """Whether a figure's sentence speaks of something given at all."""
    text = fold(figure.clause.text)
    return bool(AWARDS.search(setting_of(text, figure.span).sentence.of(text)))


def is_total(figure: Figure) -> bool:
    """Whether a figure is a fund or what was paid out in all, and nobody's entitlement."""
    text = fold(figure.clause.text)
    segment = setting_of(text, figure.span).segment
    return bool(TOTAL.search(text[segment.start : figure.span.start]))
