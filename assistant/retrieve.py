"""A topic → the ranked clauses that an answer may rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from assistant.matching import Topic
from corpus.folding import fold
from corpus.model import Clause, Instrument

if TYPE_CHECKING:
    from index.search import Hit, Index


#: What a lead of one in the search score adds to the share of the topic that the leading clause covers.
_LEAD = 0.1
#: What a search score counts beside that share, and the score that counts nothing. A search score is in deviations
#: above the pool, so it means the same in any corpus; on development questions it tells right answers from wrong ones
#: that cover as much (AUROC .86 without it, .89 with it).
_SCORE = 0.08
_USUAL_SCORE = 6.0
#: What the search score of a clause counts in a conversation about another document.
_OTHER_DOCUMENT = 0.7
#: What it makes one surer of a clause that it was spoken of before: a follow-up shares few words with it.
_SPOKEN_OF = 0.15


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ranked clauses that an answer may rest on, each with its share of the best search score.

    ``lead`` is how far the first is ahead of the second, in search scores: a lay question shares few words with its
    clause, but no other clause comes near. ``query`` is what was searched for, ``hits`` says why the clauses are ranked
    so: one that was named exactly has none. ``spoken_of`` is the clause that a conversation is about.
    """

    ranked: tuple[tuple[Clause, Instrument, float], ...]
    lead: float = 0.0
    hits: tuple[Hit, ...] = ()
    query: str = ""
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
        return replace(self, ranked=ranked, lead=self.lead if ranked[:1] == self.ranked[:1] else 0.0)

    def beside(self, instrument: Instrument, clause: Clause | None) -> Evidence:
        """As it weighs in a conversation about a document: others stand back, the clause spoken of is in front."""
        ranked = tuple(
            (found, of, strength if of.id == instrument.id else _OTHER_DOCUMENT * strength)
            for found, of, strength in self.ranked
        )
        if clause is None:
            return replace(self, ranked=ranked)
        others = (row for row in ranked if row[0].id != clause.id)
        return replace(self, ranked=((clause, instrument, 1.0), *others), lead=0.0, spoken_of=clause.id)

    def confidence(self, clause: Clause, coverage: float) -> float:
        """How sure one may be of a clause that covers a share of the topic."""
        leads = bool(self.ranked) and self.ranked[0][0].id == clause.id
        found = next((hit.score for hit in self.hits if hit.clause_id == clause.id), _USUAL_SCORE)
        spoken_of = _SPOKEN_OF if clause.id == self.spoken_of else 0.0
        return coverage + (_LEAD * self.lead if leads else 0.0) + _SCORE * (found - _USUAL_SCORE) + spoken_of


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
    hits = index.search(" ".join((*places, topic.query)), limit=limit, instruments=instruments)
    if not hits:
        return Evidence((), query=topic.query)
    floor = min(hits[-1].score, 0.0)
    spread = max(hits[0].score - floor, 1e-9)
    ranked = tuple(
        (clause, library.instrument[clause.instrument_id], (hit.score - floor) / spread)
        for hit in hits
        for clause in (library.clause[hit.clause_id],)
    )
    return Evidence(ranked, hits[0].score - hits[1].score if len(hits) > 1 else hits[0].score, hits, topic.query)
