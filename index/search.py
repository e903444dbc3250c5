"""An opened index: questions in, ranked clauses out.

question → terms → lexical scores ─┐
         → vector → cosines ───────┴→ pool → weighted z-scores → hits
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import PolicyError
from index.confirmed import priors, questions_of
from index.lexical import TermWeight
from index.terms import query_terms, terms

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpus.library import Library
    from index.confirmed import Pair
    from index.lexical import LexicalIndex
    from index.store import Manifest
    from index.vectors import Vectors

#: What the dense z-score counts beside the lexical one.
DENSE_WEIGHT = 0.2
#: How many clauses each side puts into the pool whose scores are compared.
POOL = 100
#: Of so many best scores the spread is what a prior is measured in.
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Also:
    """Words that are searched for beside those of a question, and what their terms count, 0 to 1."""

    words: str
    weight: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A found clause.

    ``score`` ranks, and compares within one search only; ``lexical`` is the BM25 score, ``standing`` the same in
    deviations above the best clauses of the whole library, whatever the search was confined to; ``dense`` is the
    cosine, None where the search had no dense side. ``terms`` are the question's terms that stand in the clause, with
    their part in ``lexical``; ``confirmed`` the questions that people confirmed for it, whose words were searched too.
    """

    clause_id: str
    score: float
    lexical: float
    standing: float
    dense: float | None
    terms: tuple[TermWeight, ...]
    confirmed: tuple[str, ...] = ()


class Index:
    """The library with what makes its clauses findable.

    ``problem`` says in Chinese why searches are lexical only, and is empty while they are not.
    """

    def __init__(
        self,
        library: Library,
        folder: Path,
        manifest: Manifest,
        lexical: LexicalIndex,
        vectors: Vectors | None,
        pairs: Sequence[Pair] = (),
    ) -> None:
        self.library = library
        self.folder = folder
        self.manifest = manifest
        self.embedding = manifest.embedding.name
        self.problem = manifest.embedding.problem
        self._lexical = lexical
        self._vectors = vectors
        self._confirmed = questions_of(pairs)
        self._priors = priors(pairs, library)
        self._instruments = np.array([clause.instrument_id for clause in library.clauses], dtype=np.str_)

    def search(
        self,
        query: str,
        *,
        limit: int = 10,
        instruments: Collection[str] | None = None,
        dense: bool = True,
        also: Sequence[Also] = (),
    ) -> tuple[Hit, ...]:
        """The best clauses for a question, at most ``limit``; of ``instruments`` alone where these are given.

        ``also`` are words that the question does not say itself and that count less. Without the dense side only
        clauses that share a term with the question are found. Equal scores stand in the order of the library. Where the
        embedding model fails, the search goes on without it and :attr:`problem` says so.
        """
        allowed = None if instruments is None else np.flatnonzero(np.isin(self._instruments, sorted(instruments)))
        if allowed is not None and not len(allowed):
            return ()
        asked = _weighed(query, also)
        lexical = self._scores(asked)
        ranked = self._with_priors(lexical)
        count = max(POOL, limit)
        pool = _best(ranked, count, allowed)
        best = lexical[pool if allowed is None else _best(lexical, count, None)]
        # A small library is taken to go on with clauses that share nothing with the question.
        mean, spread = _distribution(np.pad(best, (0, max(0, POOL - len(best)))))
        cosines = None
        words = " ".join((query, *(more.words for more in also)))
        if dense and (near := self._nearest(words, count, allowed, pool)) is not None:
            pool, cosines = near
        scores = fuse(ranked[pool], cosines)
        order = np.lexsort((pool, -scores))[:limit]
        return tuple(
            Hit(
                clause_id=self.library.clauses[pool[i]].id,
                score=float(scores[i]),
                lexical=float(lexical[pool[i]]),
                standing=(float(lexical[pool[i]]) - mean) / spread,
                dense=None if cosines is None else float(cosines[i]),
                terms=self._matches(asked, int(pool[i])),
                confirmed=self._confirmed.get(self.library.clauses[pool[i]].id, ()),
            )
            for i in order
        )

    def _scores(self, asked: Mapping[str, float]) -> NDArray[np.float32]:
        """The lexical score of every clause; terms of one weight are added up at once."""
        scores = self._lexical.scores(term for term, weight in asked.items() if weight == 1.0)
        for weight in sorted({*asked.values()} - {1.0}):
            scores = scores + np.float32(weight) * self._lexical.scores(t for t, w in asked.items() if w == weight)
        return scores

    def _matches(self, asked: Mapping[str, float], position: int) -> tuple[TermWeight, ...]:
        found = [
            TermWeight(term, weight * asked[term]) for term, weight in self._lexical.matches(tuple(asked), position)
        ]
        return tuple(sorted(found, key=lambda match: (-match.weight, match.term)))

    def weight(self, ngram: str) -> float:
        """How rare some characters are among the clauses: their idf, or that of their rarest pair where they are more.

        Zero for marks and blanks.
        """
        return max((self._lexical.idf(term) for term in terms(ngram)), default=0.0)

    @property
    def rarest(self) -> float:
        """The weight of what no clause holds: the greatest there is."""
        return self._lexical.idf("")

    def knows(self, term: str) -> bool:
        """Whether any clause holds a term (a unit, or a pair of neighbours, as :func:`index.terms.terms` cuts them)."""
        return term in self._lexical.vocabulary

    def coverage(self, query: str, text: str) -> float:
        """The share, 0 to 1, of what a question is about that stands in a text: its terms, each with its idf."""
        weights = {term: self._lexical.idf(term) for term in query_terms(query)}
        total = sum(weights.values())
        standing = _term_set(text)
        return sum(weight for term, weight in weights.items() if term in standing) / total if total else 0.0

    def warm(self) -> None:
        """Read what is otherwise read on the first dense search."""
        self._nearest("", 1, None, np.empty(0, np.int64))

    def _with_priors(self, lexical: NDArray[np.float32]) -> NDArray[np.float32]:
        """Lexical scores that tell how often a document answered before; only for clauses that share a term."""
        if self._priors is None:
            return lexical
        found = lexical[lexical > 0]
        _, spread = _distribution(np.sort(found)[-_MANY:])
        return np.where(lexical > 0, lexical + np.float32(spread) * self._priors, lexical)

    def _nearest(
        self, query: str, count: int, allowed: NDArray[np.int64] | None, pool: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]] | None:
        if self._vectors is None:
            return None
        try:
            return self._vectors.nearest(query, count, allowed, pool)
        except PolicyError as error:
            # Asked once: the next question would wait for the same failure.
            self._vectors = None
            self.problem = str(error)
            return None


def fuse(
    lexical: NDArray[np.float32], dense: NDArray[np.float32] | None, weight: float = DENSE_WEIGHT
) -> NDArray[np.float64]:
    """One score a clause of a pool from both sides: z-score + weight x z-score. A side that says nothing adds zero.

    Weighted z-scores and not ranks: reciprocal rank fusion with a weak dense side loses .08 nDCG on policy notices.
    """
    fused = _z(lexical) if dense is None else _z(lexical) + weight * _z(dense)
    # Equal but for rounding is equal, on any machine: the order of the library decides.
    return np.round(fused, 6)


def _z(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    mean, spread = _distribution(scores)
    return (scores.astype(np.float64) - mean) / spread


def _distribution(scores: NDArray[np.float32]) -> tuple[float, float]:
    """Mean and standard deviation; a spread of 1 where there is none."""
    if not len(scores):
        return 0.0, 1.0
    wide = scores.astype(np.float64)
    spread = float(wide.std())
    return float(wide.mean()), spread if spread > 1e-9 else 1.0


def _best(scores: NDArray[np.float32], count: int, allowed: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """The positions with the greatest scores above zero among those allowed, ascending."""
    positions = np.flatnonzero(scores > 0)
    if allowed is not None:
        positions = np.intersect1d(positions, allowed, assume_unique=True)
    if len(positions) > count:
        least = np.partition(scores[positions], -count)[-count]
        positions = positions[scores[positions] >= least]
    order = np.lexsort((positions, -scores[positions]))[:count]
    return np.sort(positions[order])


def _weighed(query: str, also: Sequence[Also]) -> dict[str, float]:
    """The terms of a question with what each counts; a term that it says itself counts in full."""
    weights = dict.fromkeys(query_terms(query), 1.0)
    for more in sorted(also, key=lambda more: -more.weight):
        for term in query_terms(more.words):
            weights.setdefault(term, more.weight)
    return weights


@lru_cache(maxsize=1024)
def _term_set(text: str) -> frozenset[str]:
    return frozenset(terms(text))
