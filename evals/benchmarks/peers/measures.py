"""Passages against the words that prove an answer, however the passages were cut.

A case's ``source`` quotes must stand in the passages, each wholly inside one, blanks and widths apart. Larger passages
hold more by chance: the characters shown are counted beside, and the evidence within a budget of characters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from statistics import median

from evals.benchmarks.peers.stack import DEPTH, Passage
from evals.metrics.estimates import estimate
from evals.wording import plain

#: The budget of :attr:`Outcome.within_budget`.
CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got.

    ``rank`` is that of the passage with which all quotes are there, ``first`` that of the first with the first quote;
    None where ten passages do not do. ``wrong_document``: the first passage is of another file than the clauses that
    answer; ``characters`` are those of the first five passages.
    """

    rank: int | None
    first: int | None
    within_budget: bool
    wrong_document: bool
    characters: int
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcomes of one peer; shares are of all questions. ``interval`` is that of ``evidence[5]``."""

    evidence: dict[int, float]
    interval: tuple[float, float]
    within_budget: float
    mrr: float
    wrong_document: float
    characters: float
    milliseconds: float


def judge(passages: Sequence[Passage], quotes: Sequence[str], documents: Set[str], milliseconds: float) -> Outcome:
    """What passages are worth to a question whose answer is proved by quotes of some documents."""
    shown = passages[:DEPTH]
    texts = [plain(passage.text) for passage in shown]
    ranks = [_rank(texts, quote) for quote in quotes]
    there = [rank for rank in ranks if rank is not None]
    return Outcome(
        rank=max(there) if there and len(there) == len(ranks) else None,
        first=ranks[0] if ranks else None,
        within_budget=_within(texts, quotes),
        wrong_document=bool(shown) and shown[0].document not in documents,
        characters=sum(len(passage.text) for passage in shown[:5]),
        milliseconds=milliseconds,
    )


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """All outcomes of a peer as one line of the table; there is at least one."""

    def share(holds: Callable[[Outcome], bool]) -> float:
        return sum(map(holds, outcomes)) / len(outcomes)

    def within(k: int) -> Callable[[Outcome], bool]:
        return lambda outcome: outcome.rank is not None and outcome.rank <= k

    first_five = estimate(within(5)(outcome) for outcome in outcomes)
    return Summary(
        evidence={k: share(within(k)) for k in (1, 5, 10)},
        interval=(first_five.low or 0.0, first_five.high or 0.0),
        within_budget=share(lambda outcome: outcome.within_budget),
        mrr=sum(1 / outcome.first for outcome in outcomes if outcome.first) / len(outcomes),
        wrong_document=share(lambda outcome: outcome.wrong_document),
        characters=median(outcome.characters for outcome in outcomes),
        milliseconds=median(outcome.milliseconds for outcome in outcomes),
    )


def _rank(texts: Sequence[str], quote: str) -> int | None:
    wanted = plain(quote)
    return next((rank for rank, text in enumerate(texts, 1) if wanted in text), None)


def _within(texts: Sequence[str], quotes: Sequence[str]) -> bool:
    """Whether all quotes stand in what is read of the passages until the budget of characters is spent."""
    left = CHARACTERS
    read = []
    for text in texts:
        read.append(text[:left])
        left = max(left - len(text), 0)
    return bool(quotes) and all(_rank(read, quote) is not None for quote in quotes)
