"""Drafts that say of the same thing what another city, or another document, says differently.

400家以上 (甲城) │ 600家 (乙城)          side by side: the question names no city
120亿元 (28号)   │ 90亿元 (29号)         both, with number and date: none corrects the other
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import AnswerWarning, CitationRole, Status, WarningKind
from assistant.compose.finish import CLOSEST_BELOW
from assistant.compose.joined import led
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.vocabulary import kinds
from corpus.dates import in_words
from corpus.folding import fold
from corpus.model import Instrument, Kind

#: So much of what one draft says of the question the other must say too; of an award, which is for one thing alone.
_AS_MUCH, _OF_AN_AWARD = 0.78, 0.95
#: A document that was not asked for must say so much of the question, and the other no more.
_WHOLLY = 0.78
_YEAR = re.compile(r"20\d\d(?=年|—)")
#: What firms and things are counted by, alike.
_COUNTERS = frozenset("家个户项座名人")


def says_as_much(topic: Topic, draft: Draft, evidence: Evidence) -> bool:
    """Whether any of some clauses says as much of the question as the one that a draft rests on: else none answers."""
    least = _AS_MUCH * _said(topic, draft, whole=True)
    timeless = _without_years(topic)
    return any(timeless.coverage(fold(clause.text), *clause.headings) >= least for clause in evidence.clauses)


def says_the_same_of(topic: Topic, first: Draft, other: Draft) -> bool:
    """Whether another city's draft answers the question as well as the first does, with a figure of the same kind."""
    if other.status is not Status.ANSWERED or other.confidence < CLOSEST_BELOW:
        return False
    near, wide = ((_said(topic, other, whole=whole), _said(topic, first, whole=whole)) for whole in (False, True))
    much = _OF_AN_AWARD if _GIVEN.search(first.statements[0].text) else _AS_MUCH
    return _alike(first, other) and near[0] >= much * near[1] and wide[0] >= _AS_MUCH * wide[1]


def contradicts(topic: Topic, first: Draft, other: Draft) -> bool:
    """Whether the draft of another document gives another figure for the very thing that the first does."""
    ours, theirs = led(first), led(other)
    if not says_the_same_of(topic, first, other) or ours is None or theirs is None:
        return False
    if _NUMBER.findall(ours["value"]) == _NUMBER.findall(theirs["value"]) or _of_other_kinds(ours[0], theirs[0]):
        return False
    years, others = (set(_YEAR.findall(found["words"])) for found in (ours, theirs))
    said = min(_said(topic, first), _said(topic, other))
    alike = in_common(ours["words"], theirs["words"]) if _GIVEN.search(ours["words"]) else 1.0
    return (not years or not others or bool(years & others)) and said >= _WHOLLY and alike >= WORDED_ALIKE


_NUMBER = re.compile(r"[\d.]+[万亿]*")
_GIVEN = re.compile("奖|补|资助|给予|贴息")
#: Two sentences that give the same, or the same to two kinds, have so many of their words in common.
WORDED_ALIKE = 0.6


def _of_other_kinds(first: str, other: str) -> bool:
    """Whether two sentences speak of different kinds of firm: 规上工业企业, 规上服务业企业."""
    return any(
        (one := {name for name in group if name in first})
        and (two := {name for name in group if name in other})
        and not one & two
        for group in kinds()
    )


def in_common(first: str, other: str) -> float:
    """How much of the shorter of two texts stands in the other, by pairs of characters."""
    one, two = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (first, other))
    return len(one & two) / max(1, min(len(one), len(two)))


def _alike(first: Draft, other: Draft) -> bool:
    ours, theirs = led(first), led(other)
    return ours is not None and theirs is not None and _unit(ours["value"]) == _unit(theirs["value"])


def _unit(value: str) -> str:
    unit = re.sub(r"[\d.,—\-\s万亿千百]|以[上下内]|左右", "", value)
    return "家" if unit in _COUNTERS else unit


def _said(topic: Topic, draft: Draft, *, whole: bool = False) -> float:
    """How much of a topic the words that a draft rests on say, or their whole clause, with the headings above.

    Years do not count: a document often says once for all of it what year it is for.
    """
    quote = draft.statements[0].quotes[0]
    words = quote.clause.text if whole else quote.words
    return _without_years(topic).coverage(fold(words), *quote.clause.headings)


def _without_years(topic: Topic) -> Topic:
    return replace(topic, terms=tuple(t for t in topic.terms if not all(map(_OF_A_YEAR.fullmatch, t.pairs))))


_OF_A_YEAR = re.compile(r"[\d年底前到]+")


def differing(drafts: Sequence[Draft]) -> Draft:
    """What several documents say of one thing, each under its number or title, with a warning that names them."""
    statements: list[Statement] = []
    for draft in drafts:
        first, *others = draft.statements
        lead = f"【{_called(_source(draft), [_source(other) for other in drafts])}】"
        statements += [replace(first, text=lead + first.text), *others]
    told = ",".join(f"《{i.title}》({_particulars(i)})" for i in dict.fromkeys(map(_source, drafts)))
    values = [found["value"] for draft in drafts if (found := led(draft))]
    warnings = list(dict.fromkeys(warning for draft in drafts for warning in draft.warnings))
    if len(set(values)) > 1 or not values:
        said = f"不同文件或条款的说法不一致,以上分别列出,没有以哪一个更正另一个,请向主管部门核实:{told}。"
        warnings.insert(0, AnswerWarning(WarningKind.CONFLICT, said))
    return Draft(
        Status.ANSWERED,
        tuple(dict.fromkeys(statements)),
        tuple(warnings),
        confidence=min(draft.confidence for draft in drafts),
    )


def _source(draft: Draft) -> Instrument:
    return next(q.instrument for s in draft.statements for q in s.quotes if q.role is CitationRole.ANSWERS)


#: A longer title is not printed in front of what its document says.
_SHORT = 18


def _called(instrument: Instrument, all_of_them: Sequence[Instrument]) -> str:
    """A document in few words: its number, if no other has it, a press conference, or its title."""
    if instrument.kind is Kind.PRESS:
        return "新闻发布会"
    others = [other for other in all_of_them if other.id != instrument.id]
    if instrument.number and all(other.number != instrument.number for other in others):
        return str(instrument.number)
    return instrument.title if len(instrument.title) <= _SHORT else f"{instrument.title[:_SHORT]}…"


def _particulars(instrument: Instrument) -> str:
    day = in_words(instrument.date) if instrument.date else "未写明日期"
    return f"{instrument.number},{day}" if instrument.number else day
