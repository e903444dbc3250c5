"""A topic → the ranked clauses that an answer may rest on."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.matching import NO_TOPIC, Topic
from corpus.folding import fold
from corpus.model import Clause, Instrument

if TYPE_CHECKING:
    from index.search import Hit, Index


#: What the search score of a clause counts in a conversation about another document.
_OTHER_DOCUMENT = 0.7
#: What each sign of being right counts in the odds (:meth:`Evidence.confidence`): fitted by logistic regression on the
#: development questions together with questions on invented notices that are not bundled (with, and without, the
#: notice that answers), the development questions weighing six times as much. ``python -m
#: evals.benchmarks.calibration`` fits the same signs on the development questions alone, and says how well that holds.
_COVERAGE = 3.33
_STANDING = 0.96
_SAID = 0.28
_TITLED = 1.23
_BIAS = -5.57
#: The standing of a clause that the question names exactly, and that was not searched for, or that a conversation is
#: about (a follow-up shares few words with it): what is usual where the first clause is right.
_NAMED_STANDING = 5.0


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a clause as the one that answers.

    ``coverage`` is the share of the topic in the words that would answer; ``standing`` how the clause stands among the
    best of the whole library (:attr:`index.search.Hit.standing`), so that it means the same in any corpus and of any
    city; ``said`` how much of the question the clause says, counted in words as rare as any: a question of one word
    that is found is less of a sign than one of five of which four are; ``titled`` the share of the topic in the title
    of its document: a question that calls the document by name is seldom about another.
    """

    coverage: float
    standing: float
    said: float
    titled: float

    @property
    def confidence(self) -> float:
        """How likely an answer resting on the clause cites the right one, 0 to 1."""
        odds = (
            _BIAS
            + _COVERAGE * self.coverage
            + _STANDING * self.standing
            + _SAID * math.log1p(self.said)
            + _TITLED * self.titled
        )
        return 1 / (1 + math.exp(-odds))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ranked clauses that an answer may rest on, each with its share of the best search score.

    ``query`` is what was searched for, ``hits`` says why the clauses are ranked so: one that was named exactly has
    none. ``topic`` is what the question is about, ``rarest`` the weight of a term that no clause holds; ``spoken_of``
    is the clause that a conversation is about.
    """

    ranked: tuple[tuple[Clause, Instrument, float], ...]
    hits: tuple[Hit, ...] = ()
    query: str = ""
    topic: Topic = NO_TOPIC
    rarest: float = 1.0
    spoken_of: str = ""

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, best first."""
        return tuple(clause for clause, _, _ in self.ranked)

    def naming(self, places: Sequence[str], openings: Mapping[str, str]) -> Evidence:
        """Only the clauses that are of, or speak of, one of some places.

        A clause is of a place that its document's title, issuing authority or opening names; ``openings`` are by
        instrument.
        """
        ranked = tuple(
            row
            for row in self.ranked
            if any(
                place in f"{fold(row[0].text)}{row[1].title}{row[1].issuer}{openings.get(row[1].id, '')}"
                for place in places
            )
        )
        return replace(self, ranked=ranked)

    def without(self, taken: Sequence[str]) -> Evidence:
        """As it is without some clauses."""
        return self.only(lambda clause, _: clause.id not in taken)

    def only(self, kept: Callable[[Clause, Instrument], bool]) -> Evidence:
        """Only some of the clauses; each has the strength that it had."""
        return replace(self, ranked=tuple(row for row in self.ranked if kept(row[0], row[1])))

    def beside(self, instrument: Instrument, clause: Clause | None) -> Evidence:
        """As it weighs in a conversation about a document: others stand back, the clause spoken of is in front."""
        ranked = tuple(
            (found, of, strength if of.id == instrument.id else _OTHER_DOCUMENT * strength)
            for found, of, strength in self.ranked
        )
        if clause is None:
            return replace(self, ranked=ranked)
        others = (row for row in ranked if row[0].id != clause.id)
        return replace(self, ranked=((clause, instrument, 1.0), *others), spoken_of=clause.id)

    def signs(self, clause: Clause, coverage: float) -> Signs:
        """What speaks for a clause of which some words cover a share of the topic."""
        title = next((instrument.title for other, instrument, _ in self.ranked if other.id == clause.id), "")
        said = self.topic.coverage(fold(clause.text), *clause.headings, title) * self.topic.total / self.rarest
        hit = next((hit for hit in self.hits if hit.clause_id == clause.id), None)
        standing = _NAMED_STANDING if hit is None else hit.standing
        if clause.id == self.spoken_of:
            standing = max(standing, _NAMED_STANDING)
        return Signs(coverage, standing, said, self.topic.coverage(title))

    def confidence(self, clause: Clause, coverage: float) -> float:
        """How likely an answer resting on words of a clause cites the right one, 0 to 1."""
        return self.signs(clause, coverage).confidence


def exactly(places: Iterable[tuple[Clause, Instrument]], topic: Topic, index: Index) -> Evidence:
    """The clauses that a question names exactly, as evidence."""
    return Evidence(tuple((*place, 1.0) for place in places), topic=topic, rarest=index.rarest)


def together(found: Sequence[Evidence]) -> Evidence:
    """What was found for the parts of one question: the best of each part first."""
    ranked = {row[0].id: row for place in zip_longest(*(evidence.ranked for evidence in found)) for row in place if row}
    hits = {hit.clause_id: hit for evidence in found for hit in evidence.hits}
    asked = " / ".join(evidence.query for evidence in found if evidence.query)
    return Evidence(tuple(ranked.values()), hits=tuple(hits.values()), query=asked)


def retrieve(
    topic: Topic,
    index: Index,
    instruments: Sequence[str] | None = None,
    limit: int = 10,
    places: Sequence[str] = (),
) -> Evidence:
    """The best clauses for a topic, of some instruments where given; those that name ``places`` before others."""
    library = index.library
    hits = index.search(" ".join((*places, topic.words)), limit=limit, instruments=instruments, also=topic.also)
    if not hits:
        return Evidence((), query=topic.query)
    floor = min(hits[-1].score, 0.0)
    spread = max(hits[0].score - floor, 1e-9)
    ranked = tuple(
        (clause, library.instrument[clause.instrument_id], (hit.score - floor) / spread)
        for hit in hits
        for clause in (library.clause[hit.clause_id],)
    )
    return Evidence(ranked, hits, topic.query, topic, index.rarest)
