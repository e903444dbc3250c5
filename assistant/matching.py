"""How much of what a question is about stands in some words: term by term, each with its rarity.

A lay word counts as found where the words hold one of its official ones (餐馆 → 餐饮).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from assistant.vocabulary import synonyms
from corpus.folding import fold
from index.terms import query_terms, terms

if TYPE_CHECKING:
    from index.search import Index


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that the question speaks of: its pairs of characters, or any of its official words."""

    pairs: tuple[str, ...]
    official: tuple[str, ...]
    weight: float

    def found_in(self, words: str) -> float:
        """The share, 0 to 1, of this term that stands in ``words``."""
        if any(official in words for official in self.official):
            return 1.0
        if not self.pairs:
            return 0.0
        standing = term_set(words)
        return sum(pair in standing for pair in self.pairs) / len(self.pairs)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a question is about, as weighted terms; ``query`` is what is searched for."""

    terms: tuple[Term, ...]
    query: str

    @property
    def total(self) -> float:
        """The weight of all terms; at least a little, so that shares can be taken."""
        return sum(term.weight for term in self.terms) or 1e-9

    def coverage(self, *words: str) -> float:
        """The share, 0 to 1, of the topic that stands in any of the texts."""
        joined = "\n".join(words)
        return sum(term.weight * term.found_in(joined) for term in self.terms) / self.total

    def best(self, zones: Iterable[tuple[float, str]]) -> float:
        """The topic's terms, each in the zone that counts most for it, as a share of the topic."""
        weighed = [(weight, words) for weight, words in zones if words]
        return (
            sum(
                term.weight * max((weight * term.found_in(words) for weight, words in weighed), default=0.0)
                for term in self.terms
            )
            / self.total
        )


@lru_cache(maxsize=16384)
def term_set(words: str) -> frozenset[str]:
    """The terms of some words: characters, numbers, Latin words and pairs of neighbours."""
    return frozenset(terms(words))


def topic_of(text: str, index: Index) -> Topic:
    """The topic of a question, question words and politeness taken out."""
    folded = fold(text)
    rows = [
        (lay, row.official)
        for row in synonyms()
        for lay in row.lay[:]
        if lay.casefold() in folded.casefold()
    ]
    # 刚成为规上 holds 规上: only the longest of overlapping lay words counts.
    rows = [(lay, official) for lay, official in rows if not any(lay != other and lay in other for other, _ in rows)]
    grouped: set[str] = set()
    found = []
    for lay, official in rows:
        pairs = tuple(pair for pair in query_terms(lay) if len(pair) > 1)
        grouped.update(pairs)
        attested = [index.weight(word) for word in official]
        found.append(Term(pairs, official, 1.5 * max(attested, default=1.0)))
    for term in query_terms(folded):
        if term not in grouped and (len(term) > 1 or term.isascii()):
            found.append(Term((term,), (), index.weight(term)))
    added = " ".join(dict.fromkeys(word for _, official in rows for word in official))
    return Topic(tuple(found), f"{text} {added}".strip())
