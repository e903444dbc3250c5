"""Choosing the figure that is asked for: not its neighbour, not a target, not a total paid out.

Finding the clause is the easy step; "the first figure of the right type in the best clause" is right less than
half of the time. Each figure is weighed by the words around it (its own segment, the key that pairs it in a
分别-list, what the sentence carries forward, headings and title), by its type and role, and by the figures that
the question states itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.matching import Topic
from assistant.question import Asked, Question
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.facts.phrases import segments_of, setting_of
from corpus.folding import fold
from corpus.model import Amount, Bound, Clause, Instrument, Kind, Level, Measure, Period, Quantity, Role, Span, Validity

_RATES = frozenset({"%", "‰", "折", "倍", "个百分点"})
#: 共兑现奖补资金3015万元 is what was paid out in all, 每年设立1亿元专项资金 a fund: nobody's entitlement.
_TOTAL = re.compile(
    r"共(?:计)?兑现|累计兑现|合计|总额|设立|安排|投入|争取|撬动|筹集|兑现[^,。]{0,8}资金|整合|带动|减税降费|资金\s*$"
)
_ASKS_TOTAL = re.compile(r"共|总|安排|设立|投入|争取|兑现|资金|专项|规模")
_AWARDS = re.compile(r"奖|补|资助|扶持|给予|贴息|返还|减免|扣减|免征|减征|优惠")


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


#: What a type of figure is worth to a kind of question.
_FIT: dict[Asked, dict[str, float]] = {
    Asked.MONEY: {"money": 0.5, "rate": -0.2, "count": -0.6, "date": -1.0, "duration": -1.0},
    Asked.RATE: {"rate": 0.5, "money": -0.6, "count": -0.6, "date": -1.0, "duration": -1.0},
    Asked.COUNT: {"count": 0.4, "money": -0.6, "rate": -0.6, "date": -1.0, "duration": -0.6},
    Asked.DATE: {"date": 0.5, "duration": 0.1, "money": -1.0, "rate": -1.0, "count": -1.0},
    Asked.DURATION: {"duration": 0.5, "date": 0.1, "money": -1.0, "rate": -1.0, "count": -1.0},
    Asked.FIGURE: {"money": 0.4, "rate": 0.4, "count": 0.4, "date": -0.4, "duration": 0.0},
}


def choose(question: Question, topic: Topic, ranked: Sequence[tuple[Clause, Instrument, float]]) -> tuple[Figure, ...]:
    """All fitting figures of some ranked clauses, the best first.

    The third of each triple is the clause's share of the best search score, 0 to 1.
    """
    scored = []
    for clause, instrument, strength in ranked:
        figures = list(_figures(clause))
        tiers = _Tiers(question, topic, figures)
        for figure in figures:
            fit = _FIT.get(question.asked, {}).get(figure.type, 0.0)
            if fit <= -0.6 or not _counts_right(question, figure) or tiers.misses(figure):
                continue
            zones = _zones(figure, figures, instrument)
            coverage = topic.coverage(*zones.scope)
            score = (
                0.9 * strength
                + topic.best(zones, zones.title)
                + 0.6 * coverage
                + fit
                + _role_bonus(question, figure, zones.own)
                + tiers.bonus(figure, zones)
                + _standing(question, figure, instrument)
            )
            scored.append(Figure(clause, figure.span, figure.value, figure.fact, score, coverage))
    return tuple(sorted(scored, key=lambda figure: -figure.score))


def _figures(clause: Clause) -> Iterator[Figure]:
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


@dataclass(frozen=True, slots=True)
class _Zones:
    """The words around a figure, from the nearest outwards, each with what it counts."""

    key: str
    own: str
    after: str
    carry: str
    heads: str
    title: str
    before: str
    sentence: str
    clause: str

    def __iter__(self) -> Iterator[tuple[float, str]]:
        return iter(
            (
                (1.5, self.key),
                (1.3, self.after),
                (1.2, self.own),
                (1.0, self.carry),
                (0.8, self.heads),
                (0.7, self.title),
                (0.45, self.before),
                (0.4, self.sentence),
                (0.3, self.clause),
            )
        )

    @property
    def scope(self) -> tuple[str, ...]:
        """The words that the figure is said of; the sentence before only where this one goes on from it (其中…)."""
        goes_on = re.match(r"\s*(?:其中|同时|并|且|另)", self.sentence)
        return self.key, self.sentence, self.carry, self.heads, self.title, self.before if goes_on else ""


def _zones(figure: Figure, figures: Sequence[Figure], instrument: Instrument) -> _Zones:
    text = fold(figure.clause.text)
    setting = setting_of(text, figure.span)
    segment = setting.bracket or setting.segment
    rivals = [other for other in figures if other.span != figure.span and _are_rivals(figure, other, text)]
    left = max(
        (f.span.end for f in rivals if f.span.end <= figure.span.start and f.span in segment), default=segment.start
    )
    between = text[left : figure.span.start]
    if re.fullmatch(r"\s*[、和及或]\s*[\u4e00-\u9fff]{0,2}", between):
        between = text[segment.start : figure.span.start]
    elif left > segment.start and _belongs_before(between, figure):
        between = ""
    carried = [s for s in segments_of(text, setting.sentence) if s.end <= setting.segment.start]
    opened = [i for i, part in enumerate(carried) if text.startswith("对", part.start)]
    if setting.bracket is not None:
        carried.append(Span(setting.segment.start, setting.bracket.start))
    carry = [_carried(text, part, rivals, figure.span) for part in carried[opened[-1] if opened else 0 :][-4:]]
    before_start = max(text.rfind(stop, 0, max(setting.sentence.start - 1, 0)) for stop in "。;\n") + 1
    if governed := _governed_words(figure):
        carry.append(governed)
    key = getattr(figure.fact, "key", "")
    others = {getattr(rival.fact, "key", "") for rival in rivals if rival.span in setting.sentence} - {key, ""}
    return _Zones(
        key=key,
        own=_without(between, others),
        after=re.split(r"[,、(;:。]", text[figure.span.end : figure.span.end + 16])[0],
        carry=_without("".join(carry), others),
        heads=" ".join((*figure.clause.headings, _lead_in(text, figure.span))),
        title=instrument.title,
        before=text[before_start : setting.sentence.start],
        sentence=setting.sentence.of(text),
        clause=text,
    )


def _lead_in(text: str, place: Span) -> str:
    """The line that leads in the dashes or items below it (到2025年,…态势。——产业规模…)."""
    line = text.rfind("\n", 0, place.start) + 1
    if line == 0 or not re.match(r"\s*(?:——|\(|\d{1,2}[.、]|[①-⑳])", text[line:]):
        return ""
    return text[: text.find("\n")]


def _governed_words(figure: Figure) -> str:
    """What a term is the term of: 执行期限至2023年12月31日 stands in a sentence of its own."""
    start = figure.clause.span.start
    stretches = [
        term.span
        for term in figure.clause.terms
        if term.span is not None and figure.value in term.basis and _says_term(term, figure)
    ]
    return " ".join(figure.clause.text[span.start - start : span.end - start] for span in dict.fromkeys(stretches))


def _says_term(term: Validity, figure: Figure) -> bool:
    if isinstance(figure.fact, Validity):
        return term.expires_on is None and term.scope == figure.fact.scope
    return (
        isinstance(figure.fact, Period) and figure.fact.to_date is not None and term.expires_on == figure.fact.to_date
    )


def _are_rivals(figure: Figure, other: Figure, text: str) -> bool:
    """Whether two figures could answer the same question: of one type, and not condition and consequence."""
    if figure.type != other.type or text[: other.span.start].endswith(("由", "从")):
        return False
    if (_role(figure) is Role.THRESHOLD) == (_role(other) is Role.THRESHOLD):
        return True
    first, second = sorted((figure.span, other.span))
    return _AWARDS.search(text, first.end, second.start) is None


def _role(figure: Figure) -> Role | None:
    return figure.fact.role if isinstance(figure.fact, Measure) else None


def _belongs_before(between: str, figure: Figure) -> bool:
    """200万元以下的货物和服务项目、400万元以下的工程项目: the words between two figures are the first one's noun."""
    noun_follows = between.startswith("的") or isinstance(figure.fact, Quantity)
    behind = fold(figure.clause.text)[figure.span.end :]
    return noun_follows and bool(re.search(r"[、和]$", between)) and bool(re.match(r"的?[\u4e00-\u9fff]", behind))


def _carried(text: str, part: Span, rivals: Sequence[Figure], figure: Span) -> str:
    """What a segment hands on to later figures: all of it, unless it has a figure of its own kind.

    对当年新进限纳统的批发企业一次性奖励8万元 hands on 对当年新进限纳统的, not the firms it is about;
    behind 其中 a part of the same thing follows, so 失业保险总费率由2%降至1% hands on all its words.
    """
    inside = [rival.span for rival in rivals if rival.span in part]
    if not inside:
        return part.of(text)
    words = text[part.start : inside[0].start]
    return words if "其中" in text[part.end : figure.start] else words[: words.rfind("的") + 1]


def _without(words: str, keys: set[str]) -> str:
    for key in keys:
        for name in key.split():
            words = words.replace(name, "")
    return words


def _counts_right(question: Question, figure: Figure) -> bool:
    if question.asked is Asked.COUNT and question.counter and isinstance(figure.fact, Quantity):
        return (
            figure.fact.unit in (question.counter, "户" if question.counter == "家" else question.counter)
            or question.counter == "个"
        )
    return True


_ROLE_FIT: dict[Role, dict[Role, float]] = {
    Role.THRESHOLD: {Role.THRESHOLD: 0.25, Role.TARGET: 0.25, Role.AWARD: -0.4, Role.CAP: -0.3},
    Role.AWARD: {
        Role.AWARD: 0.25,
        Role.CAP: 0.1,
        Role.RATE: 0.1,
        Role.THRESHOLD: -0.6,
        Role.TARGET: -0.2,
        Role.OTHER: -0.1,
    },
}


def _period_bonus(question: Question, figure: Figure, fact: Period) -> float:
    """登记失业半年以上的人员 is a condition; 几年 asks for years."""
    bonus = 0.0
    behind = fold(figure.clause.text)[figure.span.end - 2 : figure.span.end + 2]
    if re.match(r"以上|以下", behind) and question.role is not Role.THRESHOLD:
        bonus -= 0.2
    asked = re.search(r"[几少](年|个?月|天|个?工作日)", question.topic)
    if asked and fact.unit is not None:
        units = {"年": ("year",), "月": ("month",), "个月": ("month",)}.get(asked[1], ("day", "working_day"))
        bonus += 0.2 if fact.unit in units else -0.3
    return bonus


def _role_bonus(question: Question, figure: Figure, own: str) -> float:
    fact = figure.fact
    if isinstance(fact, Period):
        return _period_bonus(question, figure, fact)
    if not isinstance(fact, Measure):
        return 0.0
    asked = question.role
    if asked is Role.CAP:
        bonus = 0.3 if fact.role is Role.CAP or fact.bound is Bound.AT_MOST else -0.3
        bonus -= 0.5 if fact.role is Role.THRESHOLD else 0.0
    else:
        bonus = _ROLE_FIT.get(asked, {}).get(fact.role, 0.0) if asked else 0.0
    if asked in (Role.AWARD, Role.CAP) and _TOTAL.search(own) and not _ASKS_TOTAL.search(question.topic):
        bonus -= 0.9
    if re.search(r"降到|降至|减按|下调到", question.topic) and re.search(r"由$|从$", own):
        bonus -= 0.5
    if re.search(r"(?:由|从)$", own) and not re.search(r"原来|由多少|之前|从多少", question.topic):
        bonus -= 0.5
    if re.search(r"总共|一共|合计|总的", question.topic):
        after = fold(figure.clause.text)[figure.span.end : figure.span.end + 12]
        bonus += 0.35 if "其中" in after else -0.1
    return bonus


def _standing(question: Question, figure: Figure, instrument: Instrument) -> float:
    """A figure that the question already states is no answer; a plan or a press report is a weaker source."""
    weight = 0.0
    if isinstance(figure.fact, Measure) and any(_equal(figure.fact, own) for own in question.figures):
        weight -= 0.6
    if isinstance(figure.fact, Period) and any(p.text in (figure.fact.text,) for p in question.periods):
        weight -= 0.6
    if question.role is Role.AWARD:
        weight -= {Kind.PLAN: 0.05, Kind.PRESS: 0.12}.get(instrument.kind, 0.0)
    if figure.clause.level in (Level.HEAD, Level.TAIL):
        weight -= 0.3
    if setting_of(fold(figure.clause.text), figure.span).bracket is not None:
        weight -= 0.08
    return weight


def _equal(a: Measure, b: Measure) -> bool:
    return a.unit == b.unit and a.low == b.low and a.high == b.high


class _Tiers:
    """Which tier of a 分别-list the figures in the question reach (产值过50亿但财政贡献2500万 is not the first).

    Each figure of the question is set against the list it is nearest to; a tier is reached where all are.
    """

    def __init__(self, question: Question, topic: Topic, figures: Sequence[Figure]) -> None:
        own = [f for f in question.figures if isinstance(f, Amount | Quantity)]
        self._reached: dict[Span, bool] = {}
        self._missed: set[Span] = set()
        self._stated: list[Measure | Period] = [*own, *(p for p in question.periods if p.count is not None)]
        for rows in _keyed_runs(figures):
            self._weigh(rows, own)
        self._named = _named(figures, topic.query)

    def _weigh(self, rows: list[tuple[Figure, tuple[Measure, ...]]], own: Sequence[Measure]) -> None:
        positions = _assign(own, [partners for _, partners in rows])
        if not positions:
            return
        passed = [
            (figure, partners)
            for figure, partners in rows
            if all(value.low >= partners[position].low for value, position in positions)
        ]
        if not passed:
            self._missed.update(figure.span for figure, _ in rows)
        best = max((_height(partners) for _, partners in passed), default=None)
        for figure, partners in rows:
            self._reached[figure.span] = (figure, partners) in passed and _height(partners) == best

    def misses(self, figure: Figure) -> bool:
        """Whether the question's figures reach no tier of the list that a figure is of."""
        return figure.span in self._missed

    def bonus(self, figure: Figure, zones: _Zones) -> float:
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
        around = _measures(zones.carry) + _measures(zones.heads)
        return 0.4 if any(_within(own, other) for own in self._stated for other in around) else 0.0


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


def _measures(words: str) -> list[Measure | Period]:
    amounts, quantities = amounts_of(words)
    return [*amounts, *quantities, *periods_of(words)]


def _comparable(own: Measure | Period, other: Measure | Period) -> bool:
    if isinstance(own, Period) and isinstance(other, Period):
        return own.count is not None and other.count is not None and (own.unit in _MONTHS) == (other.unit in _MONTHS)
    return own.unit is not None and own.unit == other.unit


#: Units of time that count in months: 两年 is 24个月.
_MONTHS = {"year": 12, "month": 1}


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
        return _equal(own, other) or (other.low != other.high and other.low <= own.low <= other.high)
    return False


def says_award(figure: Figure) -> bool:
    """Whether a figure's sentence speaks of something given at all."""
    text = fold(figure.clause.text)
    return bool(_AWARDS.search(setting_of(text, figure.span).sentence.of(text)))


def is_total(figure: Figure) -> bool:
    """Whether a figure is a fund or what was paid out in all, and nobody's entitlement."""
    text = fold(figure.clause.text)
    segment = setting_of(text, figure.span).segment
    return bool(_TOTAL.search(text[segment.start : figure.span.start]))
