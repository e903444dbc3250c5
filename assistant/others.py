"""A figure, and beside it what others give for the same: other cities where the question names none, another document.

The clauses are those that were found for the question as a whole; nothing is searched for again.
"""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Status
from assistant.compose import compose
from assistant.compose.beside import contradicts, differing, says_as_much, says_the_same_of
from assistant.compose.finish import CLOSEST_BELOW
from assistant.compose.joined import join
from assistant.draft import Draft
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.library import Library


def with_others(question: Question, draft: Draft, evidence: Evidence, library: Library) -> Draft:
    """A draft that gives a figure, with what other cities, or another document of its city, give for the same."""
    home = library.instrument[draft.clauses[0].instrument_id]
    if home.city and not question.cities and (joined := _of_cities(question, draft, evidence, library)) is not None:
        return joined
    if draft.confidence < CLOSEST_BELOW:
        return draft
    others = evidence.only(lambda _, instrument: instrument.city == home.city and instrument.id != home.id)
    if not says_as_much(evidence.topic, draft, others):
        return draft
    other = of_one_document(question, others, library)
    if not contradicts(evidence.topic, draft, other):
        return draft
    own = of_one_document(question, evidence.only(lambda _, instrument: instrument.id == home.id), library)
    return differing([own if own.status is Status.ANSWERED else draft, other])


def of_one_document(question: Question, evidence: Evidence, library: Library) -> Draft:
    """A draft that rests on one document alone: the one that answers best."""
    draft = compose(question, evidence.topic, evidence, library)
    first = draft.clauses[0].instrument_id if draft.status is Status.ANSWERED else ""
    if all(clause.instrument_id == first for clause in draft.clauses):
        return draft
    return compose(question, evidence.topic, evidence.only(lambda _, instrument: instrument.id == first), library)


def _of_cities(question: Question, draft: Draft, evidence: Evidence, library: Library) -> Draft | None:
    """What the city of a draft gives, and others for the same; None where no other does."""
    home = library.instrument[draft.clauses[0].instrument_id].city
    cities = dict.fromkeys(city for _, instrument, _ in evidence.ranked if (city := instrument.city) and city != home)
    near = {city: _of(city, evidence) for city in cities}
    near = {city: there for city, there in near.items() if says_as_much(evidence.topic, draft, there)}
    if not home or not near:
        return None
    first = draft
    if len({library.instrument[clause.instrument_id].city for clause in draft.clauses}) > 1:
        first = compose(replace(question, cities=(home,)), evidence.topic, _of(home, evidence), library)
        if first.status is not Status.ANSWERED:
            return None
    found = [(replace(question, cities=(home,)), first)]
    for city, there in near.items():
        part = replace(question, cities=(city,))
        said = compose(part, evidence.topic, there, library)
        if says_the_same_of(evidence.topic, first, said):
            found.append((part, said))
    return join([part for part, _ in found], [said for _, said in found]) if len(found) > 1 else None


def _of(city: str, evidence: Evidence) -> Evidence:
    return evidence.only(lambda _, instrument: instrument.city == city)
