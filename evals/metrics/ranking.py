"""What is measured of a ranking: recall@k, MRR@k, nDCG@k, as trec_eval and ir_measures define them.

A ranking is document ids, best first; judgements give each relevant document a gain above zero. Of a case, the
documents are the clauses that were considered for the answer, and those that it names are relevant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

from evals.metrics.observation import Observation

Judgements = Mapping[str, float]


def recall_at(k: int, ranking: Sequence[str], judged: Judgements) -> float:
    """The share of the relevant documents among the first ``k`` (ir_measures ``R@k``)."""
    relevant = {document for document, gain in judged.items() if gain > 0}
    return len(relevant.intersection(ranking[:k])) / len(relevant)


def mrr_at(k: int, ranking: Sequence[str], judged: Judgements) -> float:
    """1 / the rank of the first relevant document, 0 where none is among the first ``k`` (``RR@k``)."""
    return next((1 / rank for rank, document in enumerate(ranking[:k], 1) if judged.get(document, 0) > 0), 0.0)


def ndcg_at(k: int, ranking: Sequence[str], judged: Judgements) -> float:
    """Gain / log2(rank + 1), summed, over that of the best ranking (``nDCG@k``; Järvelin and Kekäläinen 2002)."""
    best = sorted((gain for gain in judged.values() if gain > 0), reverse=True)
    return _discounted([max(judged.get(document, 0.0), 0.0) for document in ranking[:k]]) / _discounted(best[:k])


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


#: The keys of the contract and recall@1, each with its measure. No ranking is read deeper than :data:`DEPTH`.
MEASURES: Mapping[str, Callable[[Sequence[str], Judgements], float]] = {
    "recall@1": lambda ranking, judged: recall_at(1, ranking, judged),
    "ndcg@10": lambda ranking, judged: ndcg_at(10, ranking, judged),
    "recall@5": lambda ranking, judged: recall_at(5, ranking, judged),
    "recall@10": lambda ranking, judged: recall_at(10, ranking, judged),
    "recall@50": lambda ranking, judged: recall_at(50, ranking, judged),
    "recall@100": lambda ranking, judged: recall_at(100, ranking, judged),
    "mrr@10": lambda ranking, judged: mrr_at(10, ranking, judged),
}
DEPTH = 100


def clause_measure(seen: Observation, measure: str, *, alone: bool = False) -> float | None:
    """A measure of :data:`MEASURES`, by name, of the clauses considered for the answer to a case.

    None where the case names no clause that the corpus has, and where the assistant does not say what it considered.
    ``alone`` is of the question asked without its history. No more clauses count than were considered: at most ten.
    """
    trace = seen.alone_trace if alone else seen.trace
    judged = {str(number): 1.0 for number, ids in enumerate(seen.named) if ids}
    if trace is None or not judged:
        return None
    return MEASURES[measure](_named_ranking(seen, trace["clauses"]), judged)


def _named_ranking(seen: Observation, clauses: Sequence[str]) -> list[str]:
    """The ranking with each named clause under its number in the case; one that does as well stands in for the first.

    A name may mean several clauses (第二章): the best of them is its place, the others keep theirs under their own id.
    Several names may lie in one clause: they are found together.
    """
    ranked: list[str] = []
    for clause in clauses:
        names = [str(n) for n, ids in enumerate(seen.named) if clause in ids] or (["0"] if clause in seen.also else [])
        new = [name for name in names if name not in ranked]
        ranked += new or [clause]
    return ranked
