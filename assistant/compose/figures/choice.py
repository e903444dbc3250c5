"""Choosing the figure that is asked for: not its neighbour, not a target, not a total paid out.

Finding the clause is the easy step; "the first figure of the right type in the best clause" is right less than
half of the time. Each figure is weighed by the words around it (its own segment, the key that pairs it in a
分别-list, what the sentence carries forward, headings and title), by its type and role, and by the figures that
the question states itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.figures.contrast import contrast
from assistant.compose.figures.figure import TOTAL, Figure, counts_of_name, figures_of
from assistant.compose.figures.tiers import Tiers, same_value
from assistant.compose.figures.zones import Zones, zones_of
from assistant.matching import Topic
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.facts.phrases import setting_of
from corpus.folding import fold
from corpus.model import Bound, Clause, Instrument, Kind, Level, Measure, Period, Quantity, Role

#: What a type of figure is worth to a kind of question.
_FIT: dict[Asked, dict[str, float]] = {
    Asked.MONEY: {"money": 0.5, "rate": -0.2, "count": -0.6, "date": -1.0, "duration": -1.0},
    Asked.RATE: {"rate": 0.5, "money": -0.6, "count": -0.6, "date": -1.0, "duration": -1.0},
    Asked.COUNT: {"count": 0.4, "money": -0.6, "rate": -0.6, "date": -1.0, "duration": -0.6},
    Asked.DATE: {"date": 0.5, "duration": 0.1, "money": -1.0, "rate": -1.0, "count": -1.0},
    Asked.DURATION: {"duration": 0.5, "date": 0.1, "money": -1.0, "rate": -1.0, "count": -1.0},
    Asked.FIGURE: {"money": 0.4, "rate": 0.4, "count": 0.4, "date": -0.4, "duration": 0.0},
}
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
    # 产值过10亿元的企业达到3家 says which firms are counted.
    Role.TARGET: {Role.THRESHOLD: -0.2},
}
#: 几个“一体化”, 几大产业集聚区: the thing that is counted.
_COUNTED = re.compile(r"(?:几|多少)(?:个|大|项|类|条|种)[“‘]?(?P<name>[\u4e00-\u9fff]{2,8})")
#: Words that ask for a fund or a sum paid out.
_ASKS_TOTAL = re.compile(r"财政|预算|共|总|安排|设立|投入|争取|兑现|资金|专项|规模")


def choose(question: Question, topic: Topic, ranked: Sequence[tuple[Clause, Instrument, float]]) -> tuple[Figure, ...]:
    """All fitting figures of some ranked clauses, the best first.

    The third of each triple is the clause's share of the best search score, 0 to 1.
    """
    scored = []
    for clause, instrument, strength in ranked:
        figures = list(figures_of(clause))
        if counted := _COUNTED.search(question.topic):
            known = {figure.span.start for figure in figures}
            figures += [f for f in counts_of_name(clause, counted["name"][:2]) if f.span.start not in known]
        tiers = Tiers(question, topic, figures)
        for figure in figures:
            fit = _FIT.get(question.asked, {}).get(figure.type, 0.0)
            if fit <= -0.6 or not _counts_right(question, figure) or tiers.misses(figure):
                continue
            zones = zones_of(figure, figures, instrument)
            coverage = topic.coverage(*zones.scope)
            score = (
                0.9 * strength
                + topic.best(zones, zones.title)
                + 0.6 * coverage
                + fit
                + _role_bonus(question, figure, zones.own)
                + tiers.bonus(figure, zones)
                + _year_bonus(question, zones)
                + _time_bonus(question, zones)
                + contrast(question.topic, zones.own, zones.sentence + zones.parts)
                + _standing(question, figure, instrument)
            )
            scored.append(Figure(clause, figure.span, figure.value, figure.fact, score, coverage))
    return tuple(sorted(scored, key=lambda figure: -figure.score))


#: What people count the same things by; 个 counts anything.
_ALIKE = (
    frozenset("家户个"),
    frozenset("人名位个"),
    frozenset("座个处栋幢所间"),
    frozenset("台辆套部个"),
    frozenset("项件种类个"),
)


def _counts_right(question: Question, figure: Figure) -> bool:
    if question.asked is Asked.COUNT and question.counter and isinstance(figure.fact, Quantity):
        alike = next((units for units in _ALIKE if question.counter in units), frozenset({question.counter}))
        return figure.fact.unit in alike or question.counter == "个"
    return True


#: Asks by when something must be done, not how long something lasts.
_ASKS_LIMIT = re.compile(
    r"(?:多久|多长时间|几(?:天|年|个?月|个?工作日)|多少(?:天|日|个?工作日))(?:之内|以内|内)|最[晚迟]|(?:什么时候|何时|几号|哪天)(?:之|以)?前"
)


def _period_bonus(question: Question, figure: Figure, fact: Period) -> float:
    """登记失业半年以上的人员 is a condition; 几年 asks for years."""
    bonus = 0.0
    behind = fold(figure.clause.text)[figure.span.end - 2 : figure.span.end + 2]
    if re.match(r"以上|以下", behind) and question.role is not Role.THRESHOLD:
        bonus -= 0.2
    if _ASKS_LIMIT.search(question.topic) and (question.asked is Asked.DURATION or figure.type == "date"):
        within = fold(figure.clause.text)[figure.span.start : figure.span.end + 2]
        bonus += 0.25 if re.search("内|前", within) else 0.0 if figure.type == "date" else -0.25
    asked = re.search(r"[几少](年|个?月|天|个?工作日)", question.topic)
    if asked and fact.unit is not None:
        units = {"年": ("year",), "月": ("month",), "个月": ("month",)}.get(asked[1], ("day", "working_day"))
        bonus += 0.2 if fact.unit in units else -0.3
    if question.asked is Asked.DURATION and fact.unit is None and (asked or question.role is Role.THRESHOLD):
        bonus -= 0.4
    return bonus


_YEAR = re.compile(r"20\d\d(?=年)")


def _year_bonus(question: Question, zones: Zones) -> float:
    """+ for a figure that is said of the year asked for, - for that of another (到2024年底…;到2026年底…)."""
    asked, said = set(_YEAR.findall(question.topic)), _YEAR.findall(f"{zones.carry}{zones.own}")
    if not asked or not said or zones.key:
        return 0.0
    return 0.25 if said[-1] in asked else -0.35


#: What is meant for the year as a whole, and what is counted of its first months.
_MEANT = re.compile(r"力争|全年|确保|预计|目标")
_SO_FAR = re.compile(r"\d{1,2}\s*[-—至到]\s*\d{1,2}月|元至|月底")
_ASKS_MEANT = re.compile(r"今年[^,。?]{0,16}(?:要|目标|计划|力争|打算|准备|预计|争取)")


def _time_bonus(question: Question, zones: Zones) -> float:
    """What is planned for this year is no figure of last year's, nor what was counted up to now the plan."""
    said = f"{zones.carry}{zones.sentence}"
    last = re.search("去年|上一年", question.text) is not None and "今年" not in question.text
    if not last and not _ASKS_MEANT.search(question.text):
        return 0.0
    # 去年 was read into the day that is asked about.
    years = {int(year) for year in _YEAR.findall(said)}
    if any(year > question.as_of.year for year in years):
        return -0.4
    if last:
        return 0.2 if question.as_of.year in years else -0.3 if _MEANT.search(said) else 0.0
    return 0.2 if _MEANT.search(said) else -0.3 if _SO_FAR.search(said) else 0.0


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
        if asked is Role.THRESHOLD and fact.role is Role.RATE and fact.bound in (Bound.AT_LEAST, Bound.OVER):
            bonus += _ROLE_FIT[Role.THRESHOLD][Role.THRESHOLD]  # 比例不低于60% is a rate and a least
    total = TOTAL.search(own) and fact.role is not Role.CAP
    if asked in (Role.AWARD, Role.CAP) and total and not _ASKS_TOTAL.search(question.topic):
        bonus -= 0.9
    if re.search(r"降到|降至|减按|下调到", question.topic) and re.search(r"由$|从$", own):
        bonus -= 0.5
    if re.search(r"(?:由|从)$", own) and not re.search(r"原来|原先|以前|老|旧|由多少|之前|从多少", question.topic):
        bonus -= 0.5
    if re.search(r"总共|一共|合计|总的", question.topic):
        after = fold(figure.clause.text)[figure.span.end : figure.span.end + 12]
        bonus += 0.35 if "其中" in after else -0.1
    return bonus


#: 产值过10亿元的企业达到3—5家: the sum says which firms are counted, and is nobody's.
_COUNTED_BEHIND = re.compile(r"^[^,;。、\d]{0,14}(?:企业|项目|园区|单位)[^,;。、\d]{0,8}\d[\d—-]*(?:家|个|户|项)")


def _says_which(figure: Figure) -> bool:
    fact = figure.fact
    behind = fold(figure.clause.text)[figure.span.end :]
    return isinstance(fact, Measure) and fact.role is Role.THRESHOLD and _COUNTED_BEHIND.search(behind) is not None


def _standing(question: Question, figure: Figure, instrument: Instrument) -> float:
    """A figure that the question already states is no answer; a plan or a press report is a weaker source."""
    weight = 0.0
    if isinstance(figure.fact, Measure) and any(same_value(figure.fact, own) for own in question.figures):
        weight -= 0.6
    if isinstance(figure.fact, Period) and any(p.text in (figure.fact.text,) for p in question.periods):
        weight -= 0.6
    if figure.value and fold(figure.value) in question.told:
        weight -= 0.5
    if question.role is Role.AWARD:
        weight -= {Kind.PLAN: 0.05, Kind.PRESS: 0.12}.get(instrument.kind, 0.0)
    if figure.clause.level in (Level.HEAD, Level.TAIL):
        weight -= 0.3
    if figure.type == "money" and question.asked in (Asked.MONEY, Asked.FIGURE) and _says_which(figure):
        weight -= 0.4
    if setting_of(fold(figure.clause.text), figure.span).bracket is not None:
        weight -= 0.08
    return weight
