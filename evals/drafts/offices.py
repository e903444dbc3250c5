"""Who: offices that a clause lists behind its text, that a sentence gives a task, or that interpret the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from corpus.model import Clause, Kind, Office, OfficeRole, Span
from evals.drafts.passage import Passage, heading_of, quoted, sentence_at
from evals.drafts.phrasing import DOES
from evals.drafts.sheet import Sheet, Wording

_FEW = 3
_JOINS = re.compile(r"[、和及]|会同")
_WHICH_ONE = ("归哪个部门管", "由哪个部门负责", "找哪个部门")
_WHICH_FEW = ("由哪些单位负责", "归哪几个部门管", "是哪些部门的事")
_WHO_LEADS = ("主要由哪个部门负责", "哪个部门牵头", "牵头的是哪个单位")
_WHO_INTERPRETS = ("{title}由哪个部门负责解释？", "{title}有看不懂的地方，该找谁解释？", "谁负责解释{title}？")


def draft_offices(sheet: Sheet, clause: Clause) -> None:
    """Ask for the offices that a clause itself names; of those told a task only where it lists none."""
    own = [office for office in clause.offices if office.clause_id == clause.id and office.span]
    interpreting = [office for office in own if office.role is OfficeRole.INTERPRETS]
    listed = [office for office in own if office.listed and office not in interpreting]
    told = [office for office in own if not office.listed and office not in interpreting]
    if interpreting:
        _named(sheet, clause, interpreting, "interpretation", partial(_who_interprets, sheet.title))
    if listed:
        _listed(sheet, clause, listed)
    elif told:
        _told(sheet, clause, told)


def _listed(sheet: Sheet, clause: Clause, offices: Sequence[Office]) -> None:
    """A few offices all together; of more the one that leads."""
    topic = sheet.topic(clause)
    if not topic:
        sheet.left_out["没有标题可用的责任单位"] += 1
        return
    titled = sheet.instrument.kind is Kind.PLAN or _is_said_elsewhere(sheet, clause)
    leads = [office for office in offices if office.role is OfficeRole.LEADS]
    asked = offices if len(offices) <= _FEW else leads[:1] or offices[:1]
    endings = _WHICH_ONE if len(offices) == 1 else _WHICH_FEW if len(offices) <= _FEW else _WHO_LEADS

    def who(n: int) -> str:
        return sheet.placed(f"{quoted(topic)}这件事{endings[n % len(endings)]}", n, titled=titled)

    _named(sheet, clause, asked, "office", who)


def _told(sheet: Sheet, clause: Clause, offices: Sequence[Office]) -> None:
    """The first office that a sentence gives a task, with those joined to it."""
    named = [(office.span, office.name) for office in offices if office.span]
    together = named[:1]
    for span, name in named[1:]:
        if _JOINS.fullmatch(sheet.text[together[-1][0].end : span.start]):
            together.append((span, name))
    whole = Span(together[0][0].start, together[-1][0].end)
    passage = sheet.passage(clause, [(whole, "哪些部门" if len(together) > 1 else "哪个部门")], [])
    if passage is None or not DOES.search(passage.tail):
        sheet.left_out["句子不完整的单位职责"] += 1
        return
    context = f"{quoted(passage.heading)}里，" if passage.heading and len(passage.asked) < 24 else ""
    condition = f"{passage.condition}，" if passage.condition else ""
    ask = partial(sheet.placed, context + condition + passage.asked)
    sheet.add(clause, passage, "office", [name for _, name in together], ask, at=whole)


def _named(sheet: Sheet, clause: Clause, offices: Sequence[Office], kind: str, ask: Wording) -> None:
    """The names of offices, which the sentence around the first of them states."""
    first = offices[0].span
    if first is not None:
        source = Passage(sentence_at(clause, sheet.text, first))
        sheet.add(clause, source, kind, [office.name for office in offices], ask, at=first)


def _who_interprets(title: str, n: int) -> str:
    return _WHO_INTERPRETS[n % len(_WHO_INTERPRETS)].format(title=title)


def _is_said_elsewhere(sheet: Sheet, clause: Clause) -> bool:
    """Whether another instrument of the city has the same heading."""
    heading = heading_of(clause)
    return bool(heading) and any(
        heading_of(other) == heading
        for other in sheet.library.clauses
        if other.instrument_id != sheet.instrument.id
        and sheet.library.instrument[other.instrument_id].city == sheet.instrument.city
    )
