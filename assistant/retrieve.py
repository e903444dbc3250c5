"""A topic → the ranked clauses that an answer may rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.matching import Topic
from corpus.model import Clause, Instrument

if TYPE_CHECKING:
    from index.search import Index


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ranked clauses that an answer may rest on, each with its share of the best search score."""

    ranked: tuple[tuple[Clause, Instrument, float], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, best first."""
        return tuple(clause for clause, _, _ in self.ranked)


def retrieve(topic: Topic, index: Index, instruments: Sequence[str] | None = None, limit: int = 10) -> Evidence:
    """The best clauses for a topic, of some instruments where given."""
    library = index.library
    hits = index.search(topic.query, limit=limit, instruments=instruments)
    top = max((hit.score for hit in hits), default=0.0)
    bottom = min((hit.score for hit in hits), default=0.0)
    spread = max(top - min(bottom, 0.0), 1e-9)
    return Evidence(
        tuple(
            (clause, library.instrument[clause.instrument_id], max(0.0, (hit.score - min(bottom, 0.0)) / spread))
            for hit in hits
            for clause in (library.clause[hit.clause_id],)
        )
    )
