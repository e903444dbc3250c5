"""Terms that a question names by the letter: what stands in quotation marks (“二十强”), coined numbers (4+1)."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Level

_QUOTED = re.compile(r"[“”\"'‘’「『《]([^“”\"'‘’「」『』《》]{2,16})[“”\"'‘’」』]")
#: A number without a unit is a name: 落实“301”…, 131工作举措.
_COINED = re.compile(
    r"(?<![\d.+])(?:\d{1,2}\+\d{1,2}(?:\+\d{1,2})*|\d{3}(?![\d.]|号|年|万|亿|元|家|个|人|户|天|日|次|%|㎡|平|条|名|座|吨|块|件|台|项|千))(?![\d+])|\b[A-Z]{3,6}\b"
)


def names(question: str) -> tuple[str, ...]:
    """The terms that a folded question names by the letter, longest first."""
    found = [match[1] for match in _QUOTED.finditer(question)] + _COINED.findall(question)
    return tuple(sorted(dict.fromkeys(found), key=len, reverse=True))


#: 本办法所称创新券,是指…
_DEFINED = re.compile(
    r"(?:所称|所指|所说)的?[“\"《]?([\u4e00-\u9fff]{2,14}?)[”\"》]?(?:\([^()]*\))?,?(?:是指|指的?是|,指)"
)


def defines(question: str, words: str) -> bool:
    """Whether some folded words define a term that a question names."""
    return any(match[1] in question for match in _DEFINED.finditer(words))


#: So many clauses that hold a named term are added to those found, and the share of the best score that they get.
_MOST, _STRENGTH = 6, 0.6


def with_named(question: Question, evidence: Evidence, library: Library) -> Evidence:
    """The evidence with the clauses that hold a term which the question names.

    A search by pairs of characters misses them: marks part the pairs of 4+1.
    """
    wanted = names(question.topic)
    if not wanted:
        return evidence
    there = {clause.id for clause in evidence.clauses}
    found = [
        (clause, library.instrument[clause.instrument_id], _STRENGTH)
        for clause in library.clauses
        if clause.id not in there
        and clause.level is not Level.HEAD
        and _in_scope(library.instrument[clause.instrument_id].city, question.cities)
        and any(name in fold(clause.text) for name in wanted)
    ]
    return replace(evidence, ranked=(*evidence.ranked, *found[:_MOST])) if found else evidence


def _in_scope(city: str, cities: tuple[str, ...]) -> bool:
    return not cities or not city or city in cities
