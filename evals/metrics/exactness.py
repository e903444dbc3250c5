"""Whether the figures that a case expects are said, by value: 40000元 says 4万元, and 15万元 does not say 5万元.

The expected figures are those in the groups of ``say``; a group is an amount (money, percent, times), a date (a day or
a length of time) or a count. Its role is what the corpus room reads the amount as: a slice, never a yardstick.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evals.figures import Figure, figures_of
from evals.metrics.observation import ANSWERED, Observation
from evals.wording import says_any


class FigureType(StrEnum):
    """What a figure is."""

    AMOUNT = "amount"
    DATE = "date"
    COUNT = "count"


#: The kinds of question whose answer is a figure.
FIGURE_KINDS = frozenset({"amount", "rate", "cap", "threshold", "deadline", "duration", "target", "quantity"})
_AMOUNT_UNITS = frozenset("元%‰折倍成")
_DATE_UNITS = frozenset({"年", "月", "日", "工作日", "小时", "分钟"})


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A group of ``say`` that is a figure: its type, its role (empty where none is known), and whether it is said."""

    wording: str
    type: FigureType
    role: str
    exact: bool


def expected_figures(seen: Observation) -> tuple[ExpectedFigure, ...]:
    """The figures that a case expects, each with whether the answer states its value and unit."""
    stated = list(figures_of(seen.text))
    found = []
    for number, group in enumerate(seen.case.expect.say):
        kinds = [kind for wording in group for kind, _ in _typed(wording)]
        if not kinds:
            continue
        exact = says_any(seen.text, group) or any(_all_stated(wording, stated) for wording in group)
        role = seen.roles[number] if number < len(seen.roles) else ""
        found.append(ExpectedFigure(group[0], kinds[0], role, exact))
    return tuple(found)


def amount_exact(seen: Observation) -> float | None:
    """The share of the expected amounts (money, percent, times) whose value and unit the answer states."""
    return _share(seen, FigureType.AMOUNT)


def date_exact(seen: Observation) -> float | None:
    """The share of the expected days and lengths of time that the answer states."""
    return _share(seen, FigureType.DATE)


def lead_figure(seen: Observation) -> bool | None:
    """The first figure of the expected type in an answer is one that is expected: what is read out first is right.

    The contract puts the figure first; a wrong one there does the harm. Asked of the kinds of question that want a
    figure (:data:`FIGURE_KINDS`), not of refusals.
    """
    wanted = [(kind, each) for group in seen.case.expect.say for wording in group for kind, each in _typed(wording)]
    if not wanted or seen.status not in ANSWERED or seen.case.kind not in FIGURE_KINDS:
        return None
    first_type = wanted[0][0]
    said = next((each for kind, each in _typed(seen.text) if kind is first_type), None)
    return said is not None and any(_same(said, each) for kind, each in wanted if kind is first_type)


def _share(seen: Observation, kind: FigureType) -> float | None:
    figures = [figure for figure in expected_figures(seen) if figure.type is kind]
    return sum(figure.exact for figure in figures) / len(figures) if figures else None


def _typed(text: str) -> tuple[tuple[FigureType, Figure], ...]:
    return tuple((kind, figure) for figure in figures_of(text) for kind in _type_of(figure))


def _type_of(figure: Figure) -> Iterator[FigureType]:
    if figure.day or figure.unit in _DATE_UNITS:
        yield FigureType.DATE
    elif figure.unit in _AMOUNT_UNITS:
        yield FigureType.AMOUNT
    elif figure.unit:
        yield FigureType.COUNT


def _all_stated(wording: str, stated: Sequence[Figure]) -> bool:
    """Whether every figure of a wording is stated in the same unit; a bare number (2—3家) is not compared by value."""
    figures = list(figures_of(wording))
    return bool(figures) and all(
        (each.day or each.unit) and any(_same(each, other) for other in stated) for each in figures
    )


def _same(a: Figure, b: Figure) -> bool:
    return a.day == b.day and a.value == b.value and a.unit == b.unit
