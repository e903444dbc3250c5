"""What is given: sums, rates and caps, the places of a list one by one; of a benefit without a figure, whether."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from corpus.model import Amount, Benefit, Clause, Kind, Role, Span
from evals.drafts.passage import Passage
from evals.drafts.phrasing import (
    amount_asked,
    cap_asked,
    how_much,
    in_place,
    is_askable,
    place_in_list,
    tier_asked,
    whether,
)
from evals.drafts.sheet import Sheet, Wording

_LOOSE = frozenset({Role.LOAN, Role.RATE, Role.FEE})


def draft_benefits(sheet: Sheet, clause: Clause) -> None:
    """Ask for what each benefit of a clause gives; benefits of the same words together, their caps apart."""
    given = given_in(clause)
    groups: dict[Span, list[Benefit]] = defaultdict(list)
    for benefit in clause.benefits:
        groups[benefit.span].append(benefit)
    for group in groups.values():
        amounts = list(dict.fromkeys(benefit.amount for benefit in group if benefit.amount))
        caps = list(dict.fromkeys(benefit.cap for benefit in group if benefit.cap))
        if not amounts and not caps:
            _without_figures(sheet, clause, group[0], given)
        if amounts:
            kind = "rate" if amounts[0].role is Role.RATE else "amount"
            _figures(sheet, clause, group[0], amounts, given, kind)
        if caps:
            own = [amount.span for amount in amounts]
            _figures(sheet, clause, group[0], caps, [span for span in given if span not in own], "cap")


def given_in(clause: Clause) -> list[Span]:
    """Where a clause says how much its benefits give."""
    return [figure.span for benefit in clause.benefits for figure in (benefit.amount, benefit.cap) if figure]


def _figures(
    sheet: Sheet, clause: Clause, benefit: Benefit, figures: Sequence[Amount], given: Sequence[Span], kind: str
) -> None:
    """One draft a figure where each has a place in a list of its own, else one for all of them."""
    figures = sorted(figures, key=lambda figure: figure.span)
    others = [span for span in given if span not in [figure.span for figure in figures]]
    passage = sheet.passage(clause, [(figure.span, how_much(figure)) for figure in figures], others)
    if passage is None or not is_askable(passage, figures, sheet.text):
        sheet.left_out["句子不完整或指向别处的金额"] += len(figures)
        return
    places = [place_in_list(figure, passage, first=i == 0) for i, figure in enumerate(figures)]
    validity = sheet.validity_of(clause, figures[0].span, benefit.term)
    if all(places) and len(set(places)) == len(places):
        for figure, place in zip(figures, places, strict=True):
            _ask(sheet, clause, passage, kind, [figure], partial(tier_asked, passage, place), validity)
        return
    words = {"amount": amount_asked, "cap": cap_asked}.get(kind, in_place)
    _ask(sheet, clause, passage, kind, figures, partial(words, passage), validity)


def _ask(
    sheet: Sheet,
    clause: Clause,
    passage: Passage,
    kind: str,
    figures: Sequence[Amount],
    body: Wording,
    validity: Mapping[str, Any] | None,
) -> None:
    line = sheet.add(clause, passage, kind, figures, partial(sheet.framed, passage, body), validity)
    if line and kind == "amount" and passage.context == "":
        sheet.sums.append(line)


def _without_figures(sheet: Sheet, clause: Clause, benefit: Benefit, given: Sequence[Span]) -> None:
    """The one loan, rate or fee in its words; else may one, does one have to. What is said otherwise is no question."""
    loose = [amount for amount in clause.amounts if amount.span in benefit.span and amount.role in _LOOSE]
    if len(loose) == 1:
        _figures(sheet, clause, benefit, loose, given, "amount")
        return
    passage = None
    if sheet.instrument.kind is not Kind.PRESS:
        passage = sheet.passage(clause, [(Span(benefit.span.start, benefit.span.start), "")], given)
    if passage is None or not (asked := whether(passage.asked)):
        sheet.left_out["没有数字、不好提问的惠企事项"] += 1
        return
    question, said = asked
    body = f"{passage.condition}，{question}" if passage.condition else question
    ask = partial(sheet.framed, passage, lambda _: body)
    validity = sheet.validity_of(clause, benefit.span, benefit.term)
    sheet.add(clause, passage, "yes_no", [said], ask, validity, at=benefit.span)
