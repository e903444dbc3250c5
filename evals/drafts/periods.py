"""How long and by when: the periods of a clause, but those of its validity (see ``validity``)."""

from __future__ import annotations

import re
from functools import partial

from corpus.model import Clause, Period
from evals.drafts.benefits import given_in
from evals.drafts.passage import plain
from evals.drafts.phrasing import how_long, in_place
from evals.drafts.sheet import Sheet

_OWN_TERM = re.compile(r"有效期|试行|施行|执行期|起实施|起执行|失效|废止")


def draft_periods(sheet: Sheet, clause: Clause) -> None:
    """Ask for each period of a clause that is a deadline or a term."""
    given = given_in(clause)
    bases = [v.basis_span for v in (sheet.instrument.validity, *clause.terms) if v.basis_span]
    for period in clause.periods:
        if any(period.span in basis for basis in bases):
            continue
        asked = _asked(sheet.text, clause, period)
        if asked is None:
            continue
        kind, word = asked
        passage = sheet.passage(clause, [(period.span, word)], given)
        if passage is None:
            sheet.left_out["句子不完整或指向别处的期限"] += 1
            continue
        ask = partial(sheet.framed, passage, partial(in_place, passage))
        sheet.add(clause, passage, kind, [period], ask, sheet.validity_of(clause, period.span))


def _asked(text: str, clause: Clause, period: Period) -> tuple[str, str] | None:
    """The kind of question that a period answers and the word that asks for it, by the words around it."""
    before = text[max(clause.span.start, period.span.start - 24) : period.span.start]
    if _OWN_TERM.search(before[-10:]):
        return None
    after = re.split(r"[，,。；;\n]", text[period.span.end : period.span.end + 40])[0]
    return how_long(period, plain(before), plain(after))
