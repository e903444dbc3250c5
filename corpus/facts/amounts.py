"""Figures in a clause: amounts and rates (Amount), counts, areas and capacities (Quantity)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus.facts.figures import MONEY, PER_NAMES, RATES, Figure, figures_of
from corpus.facts.pairing import keys_of, runs_of
from corpus.facts.phrases import sentence_of, subject_of
from corpus.facts.roles import role_of
from corpus.folding import fold
from corpus.model import Amount, Bound, Quantity, Role, Span

#: What may stand between 不超过 and its figure: words that say no figure and do not begin to give one.
_WORDS = r"(?:(?!给予)[^\d,。;一二两三四五六七八九十百千半]){0,30}"
_AT_MOST = re.compile(
    rf"(?:(?:不超过|不得超过|不高于|不多于|不大于){_WORDS}"
    r"|(?:最高(?:可达|可|为)?|最多|至多|封顶|上限(?:为)?|限额(?:为)?|控制在)[^\d,。;]{0,6})$"
)
_AT_LEAST = re.compile(rf"(?:(?:不低于|不得低于|不少于|不得少于|不小于){_WORDS}|(?:至少|最低(?:为)?)[^\d,。;]{{0,6}})$")
_OVER = re.compile(r"(?:超过|突破|高于|大于|多于|逾|超出|超|(?<![通经不度透])过)[^\d,。;不]{0,4}$")
_UNDER = re.compile(r"(?:低于|少于|不足|不满|未达|未超过|小于)[^\d,。;]{0,4}$")
#: 每户每年14400元, 每家给予15万元, 每年盘活困难企业30家; 乡镇每完成一家工业企业进规,奖励3万元;
#: 每介绍1人就业满3个月,奖励200元.
_PER_BEFORE = re.compile(rf"每(?P<per>{PER_NAMES})(?:每(?P<more>{PER_NAMES}))?(?!度)[^\d,。;:每]{{0,16}}$")
_PER_ONE = re.compile(
    rf"每[^\d,。;:每]{{0,6}}(?:一|(?<!\d)1)(?P<per>{PER_NAMES})(?:[^\d。;:每]{{0,8}}满\d+(?:个月|年))?[^\d。;:每]{{0,16}}$"
)


def amounts_of(text: str, offset: int = 0) -> tuple[tuple[Amount, ...], tuple[Quantity, ...]]:
    """The amounts and the quantities of a clause's text, which begins at ``offset`` in the canonical text."""
    folded = fold(text)
    figures = list(figures_of(folded))
    spans = [figure.span for figure in figures]
    amounts: list[Amount] = []
    quantities: list[Quantity] = []
    for figure, said, key in zip(figures, _said_of(folded, figures), keys_of(folded, spans), strict=True):
        is_amount = figure.unit in MONEY or figure.unit in RATES
        kind: type[Amount] | type[Quantity] = Amount if is_amount else Quantity
        measure = kind(
            text=figure.span.of(text),
            span=Span(figure.span.start + offset, figure.span.end + offset),
            low=_plain(figure.low),
            high=_plain(figure.high),
            unit=figure.unit,
            bound=said.bound,
            role=said.role,
            per=figure.per or said.per,
            subject=subject_of(folded, figure.span),
            key=key,
        )
        if isinstance(measure, Amount):
            amounts.append(measure)
        else:
            quantities.append(measure)
    return tuple(amounts), tuple(quantities)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words around a figure say of it."""

    bound: Bound
    role: Role
    per: str


def _said_of(folded: str, figures: Sequence[Figure]) -> list[_Said]:
    """Of the figures of one list (首次突破50亿元、30亿元、20亿元) the words before the first are said of all."""
    said: list[_Said] = []
    followers = {
        run[i]: run[0]
        for run in runs_of(folded, [figure.span for figure in figures])
        for i in range(1, len(run))
        if figures[run[i]].unit == figures[run[0]].unit and _only_listed(folded, figures, run[i])
    }
    for i, figure in enumerate(figures):
        before, behind = _surroundings(folded, figure.span)
        bound = _bound(before, figure)
        role = role_of(before, behind, figure, bound)
        per = "" if role is Role.THRESHOLD else _per(before)
        if i in followers:
            first = said[followers[i]]
            bound = first.bound if bound is Bound.EXACT and first.bound is not Bound.RANGE else bound
            role, per = first.role, per or first.per
        said.append(_Said(bound, role, per))
    return said


def _only_listed(folded: str, figures: Sequence[Figure], i: int) -> bool:
    """Whether nothing but 、 or 和 stands between a figure and the one before it."""
    between = folded[figures[i - 1].span.end : figures[i].span.start]
    return between.strip() in ("、", "和", "及", "与", "以及", "或")


def _surroundings(folded: str, span: Span) -> tuple[str, str]:
    """The words of a figure's sentence before and behind it; a semicolon ends one too."""
    sentence = sentence_of(folded, span)
    return folded[sentence.start : span.start], folded[span.end : sentence.end]


def _per(before: str) -> str:
    if match := _PER_BEFORE.search(before):
        return f"{match['per']}{match['more'] or ''}"
    match = _PER_ONE.search(before)
    return match["per"] if match else ""


def _bound(before: str, figure: Figure) -> Bound:
    """以上、以下 include the number; 超过、不满 do not (民法典 1259)."""
    if figure.ranged:
        return Bound.RANGE
    if "以上" in figure.after or _AT_LEAST.search(before):
        return Bound.AT_LEAST
    if re.search(r"以下|内", figure.after) or _AT_MOST.search(before):
        return Bound.AT_MOST
    if _UNDER.search(before):
        return Bound.UNDER
    if figure.after in ("多", "余") or _OVER.search(before):
        return Bound.OVER
    return Bound.EXACT


def _plain(value: Decimal) -> Decimal:
    """The value without trailing zeros and without an exponent."""
    return value.quantize(Decimal(1)) if value == value.to_integral() else value.normalize()
