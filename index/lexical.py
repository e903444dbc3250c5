"""The lexical index: BM25 over the units and pairs of :mod:`index.terms`, saved as npy and json by bm25s.

texts → terms → matrix of BM25 weights (terms x clauses)      LexicalIndex.fit
terms of a question → one score a clause                      LexicalIndex.scores
"""

from __future__ import annotations

import logging
import math
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from index.terms import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import bm25s
    from numpy.typing import NDArray


class Saturation(NamedTuple):
    """BM25's two constants: how soon repetition stops counting, and how much a long text is held against it."""

    k1: float
    b: float


#: Measured on policy notices: their clauses have a length of their own making, so length counts little.
OUTLINE = Saturation(0.6, 0.3)
#: Measured on 57,510 articles of national statutes: short, of very different lengths.
STATUTE = Saturation(1.6, 0.9)


class TermWeight(NamedTuple):
    """A term of the question that stands in a clause, and what it adds to that clause's lexical score."""

    term: str
    weight: float


@dataclass(frozen=True)
class LexicalIndex:
    """BM25 weights of every term in every text; texts are known by their position."""

    bm25: bm25s.BM25

    @classmethod
    def fit(cls, texts: Iterable[str], saturation: Saturation) -> LexicalIndex:
        """Index texts in the order given; at least one of them must hold a term (``ValueError``)."""
        vocabulary: dict[str, int] = {}
        # Ids by first appearance, not by a set's order: the saved files are the same in every process.
        ids = [[vocabulary.setdefault(term, len(vocabulary)) for term in terms(text)] for text in texts]
        if not vocabulary:
            raise ValueError("no text holds a term")
        bm25 = _bm25s().BM25(k1=saturation.k1, b=saturation.b, method="lucene")
        bm25.index((ids, vocabulary), create_empty_token=False, show_progress=False)
        return cls(bm25)

    def save(self, folder: Path) -> None:
        """Write npy and json files into a folder."""
        self.bm25.save(folder, show_progress=False)

    @classmethod
    def open(cls, folder: Path) -> LexicalIndex:
        """Open what :meth:`save` wrote, the weights memory-mapped."""
        return cls(_bm25s().BM25.load(folder, mmap=True, allow_pickle=False, show_progress=False))

    @property
    def size(self) -> int:
        """How many texts are indexed."""
        return int(self.bm25.scores["num_docs"])

    @property
    def vocabulary(self) -> dict[str, int]:
        """Term to column."""
        vocabulary: dict[str, int] = self.bm25.vocab_dict
        return vocabulary

    def scores(self, query: Iterable[str]) -> NDArray[np.float32]:
        """The BM25 score of every text, float32, zero where no term of the query stands in it."""
        known = [self.vocabulary[term] for term in query if term in self.vocabulary]
        scores: NDArray[np.float32] = self.bm25.get_scores_from_ids(known)
        return scores

    def matches(self, query: Sequence[str], position: int) -> tuple[TermWeight, ...]:
        """The terms of the query that stand in one text, the weightiest first."""
        data, indices, starts = (self.bm25.scores[name] for name in ("data", "indices", "indptr"))
        found = []
        for term in query:
            if (column := self.vocabulary.get(term)) is None:
                continue
            start, end = int(starts[column]), int(starts[column + 1])
            at = start + int(np.searchsorted(indices[start:end], position))
            if at < end and indices[at] == position:
                found.append(TermWeight(term, float(data[at])))
        return tuple(sorted(found, key=lambda match: (-match.weight, match.term)))

    def idf(self, term: str) -> float:
        """ln(1 + (n - df + ½) / (df + ½)) of a unit or pair; the greatest there is for a term that no text holds."""
        column = self.vocabulary.get(term)
        return self._rarity(0 if column is None else int(self._frequencies[column]))

    @cached_property
    def _frequencies(self) -> NDArray[np.int64]:
        frequencies: NDArray[np.int64] = np.diff(self.bm25.scores["indptr"])
        return frequencies

    def _rarity(self, frequency: int) -> float:
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))


@cache
def _bm25s() -> Any:
    import bm25s

    # On import it asks to log every step, which the program's own level does not hold back.
    logging.getLogger("bm25s").setLevel(logging.WARNING)
    return bm25s
