"""What is listed over several clauses under one heading: 三、申报材料 1.申请表 2.营业执照, each item a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import CitationRole
from assistant.compose.finish import quote_of
from assistant.compose.prose.asked_things import heading_fits
from assistant.compose.prose.sentences import Sentence
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.library import Library
from corpus.model import Clause, Span

_KINDS = (Asked.LIST, Asked.PROCEDURE, Asked.CONDITION, Asked.EXCLUSION, Asked.OTHER)
#: Items longer than this are rules of their own, not one list; so many are shown.
_LONGEST, _SHOWN = 70, 8


@dataclass(frozen=True, slots=True)
class Listed:
    """The clauses under one heading."""

    heading: str
    clauses: tuple[Clause, ...]


def listed_with(question: Question, chosen: Sequence[Sentence], library: Library) -> tuple[Sentence, Listed] | None:
    """The list that one of the best sentences is an item of, where its heading names what is asked for."""
    if question.asked not in _KINDS:
        return None
    for sentence in chosen[:_BEST]:
        found = _list_of(sentence.clause, library)
        if found is not None and heading_fits(question.topic, found.heading):
            return sentence, found
    return None


#: Among so many of the best sentences an item is looked for.
_BEST = 4


def _list_of(clause: Clause, library: Library) -> Listed | None:
    """The short clauses beside a clause, under the same heading."""
    above = clause.path.steps[:-1]
    if not above or len(clause.headings) < len(above):
        return None
    beside = tuple(
        other
        for other in library.of_instrument(clause.instrument_id)
        if other.path.steps[:-1] == above and other.level is clause.level
    )
    lengths = sorted(len(other.text) for other in beside)
    if len(beside) < 2 or lengths[len(lengths) // 2] > _LONGEST:
        return None
    return Listed(clause.headings[len(above) - 1], beside)


def statements_of(sentence: Sentence, listed: Listed) -> list[Statement]:
    """One line an item, each resting on its own clause; more than are shown are counted."""
    shown = listed.clauses[:_SHOWN]
    lines = []
    for number, clause in enumerate(shown):
        words = as_sentence(clause.text)
        lead = f"{listed.heading}:" if number == 0 else ""
        quote = quote_of(sentence.instrument, clause, Span(0, len(clause.text)), CitationRole.ANSWERS)
        more = len(listed.clauses) - len(shown)
        tail = f"(另有{more}项,见原文)" if more and number == len(shown) - 1 else ""
        lines.append(Statement(f"{lead}{number + 1}.{words}{tail}", (quote,)))
    return lines
