"""What two documents, or two clauses of one, say of the same: each found by itself, both shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import Status
from assistant.compose.beside import differing
from assistant.compose.joined import in_words_of
from assistant.draft import Draft
from assistant.matching import topic_of
from assistant.others import of_one_document
from assistant.resolve import refer
from assistant.retrieve import Evidence, retrieve, together
from assistant.understanding.dispute import Dispute
from assistant.understanding.question import Question, understand
from corpus.cities import short_name
from corpus.library import Library
from corpus.model import Kind

if TYPE_CHECKING:
    from index.search import Index


def disputed(question: Question, dispute: Dispute, index: Index) -> tuple[Draft, Evidence] | None:
    """Both sides of what a question says to differ; None where no two are found."""
    library = index.library
    city = question.cities[0] if len(question.cities) == 1 else None
    plain = understand(dispute.plain, question.as_of, library.cities, city)
    press, scopes = _scopes(plain, dispute, index)
    found: list[tuple[Draft, Evidence]] = []
    for scope in scopes:
        if len(found) < 2 and scope and (side := _side(plain, scope, found, index)) is not None:
            found.append(side)
    drafts = [draft for draft, _ in found]
    if len(found) == 1 and dispute.surely and not press and len(drafts[0].clauses) > 1:
        return found[0]
    if len({draft.statements[0].text for draft in drafts}) < 2:
        return None
    return differing(drafts), together([evidence for _, evidence in found])


def _scopes(plain: Question, dispute: Dispute, index: Index) -> tuple[bool, list[list[str]]]:
    """Whether a press conference is one side, and the documents that each side may stand in.

    Where none is named: the document that answers, the others, and that document again, for another clause of it.
    """
    library: Library = index.library
    pool = [i for i in library.instruments if not plain.cities or not i.city or i.city in plain.cities]
    press = [i.id for i in pool if i.kind is Kind.PRESS] if dispute.press else []
    others = [i.id for i in pool if i.id not in press]
    named = [i.id for words in dispute.sources for i in refer(words, library, plain.cities).instruments]
    named = [each for each in dict.fromkeys(named) if each in others]
    if press:
        return True, [named or others, press]
    if len(named) > 1:
        return False, [[each] for each in named[:2]]
    first, _ = _found_in(plain, others, (), index)
    home = first.clauses[0].instrument_id if first.status is Status.ANSWERED else ""
    return False, [[home], [each for each in others if each != home], [home]] if home else []


def _side(
    plain: Question, scope: Sequence[str], found: Sequence[tuple[Draft, Evidence]], index: Index
) -> tuple[Draft, Evidence] | None:
    """One side, in the words of the question or else in those of the side found before it."""
    taken = [clause.id for draft, _ in found for clause in draft.clauses]
    short = "".join(short_name(city) for city in plain.cities[:1])
    for text in (plain.text, *(in_words_of(draft, short) for draft, _ in found)):
        if text:
            asked = plain if text == plain.text else understand(text, plain.as_of, index.library.cities)
            draft, evidence = _found_in(asked, scope, taken, index)
            if draft.status is Status.ANSWERED:
                return draft, evidence
    return None


def _found_in(question: Question, scope: Sequence[str], taken: Sequence[str], index: Index) -> tuple[Draft, Evidence]:
    """The draft that rests on some documents alone, and on none of the clauses that are ``taken``."""
    topic = topic_of(question.subject, index, question.asked.said, question.background)
    evidence = retrieve(topic, index, scope, places=[short_name(city) for city in question.cities]).without(taken)
    return of_one_document(question, evidence, index.library), evidence
