"""Every peer over every case: build, ask all, judge."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import Status
from corpus.library import Library
from evals.benchmarks.peers import haystack, langchain, llamaindex, own, tantivy, txtai
from evals.benchmarks.peers.installed import NotInstalledError
from evals.benchmarks.peers.measures import Outcome, Summary, judge, summarise
from evals.benchmarks.peers.stack import Corpus, Peer, Retriever
from evals.cases import Case
from evals.errors import BenchmarkError
from evals.naming import instruments_named
from evals.run import DAY

PEERS: tuple[Peer, ...] = (
    *own.PEERS,
    *langchain.PEERS,
    *llamaindex.PEERS,
    *haystack.PEERS,
    *txtai.PEERS,
    *tantivy.PEERS,
)
_BUILDS = 3
_ANSWERED = frozenset({Status.ANSWERED, Status.PARTIAL})


@dataclass(frozen=True, slots=True)
class Question:
    """A case with an answer, and the document files that its clauses are in."""

    case: Case
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the peers are asked: questions with their proof, and questions that no document answers."""

    answerable: tuple[Question, ...]
    unanswerable: tuple[Case, ...]
    follow_ups: int


@dataclass(frozen=True, slots=True)
class Row:
    """A peer's line. ``shown`` is the share of the unanswerable questions for which it shows something all the same."""

    peer: Peer
    summary: Summary
    shown: float | None
    build_seconds: float


def asked_of(cases: Sequence[Case], library: Library) -> Asked:
    """The cases that are asked: no drafts, and no follow-ups, which only this project can read.

    ``BenchmarkError`` where none has an answer that words of a document prove.
    """
    alone = [case for case in cases if not case.draft and not case.history]
    answerable = tuple(
        Question(
            case,
            frozenset(i.document_id for name in case.expect.clauses for i in instruments_named(name.document, library)),
        )
        for case in alone
        if case.source and case.expect.clauses and case.expect.status & _ANSWERED
    )
    if not answerable:
        raise BenchmarkError("用例中没有可以比较的问题：要有 source、expect.clauses，且期望有答复。")
    unanswerable = tuple(case for case in alone if case.expect.status <= {Status.NOT_FOUND, Status.OUT_OF_SCOPE})
    return Asked(answerable, unanswerable, sum(bool(case.history) for case in cases if not case.draft))


def compare(
    peers: Sequence[Peer], asked: Asked, corpus: Corpus, absent: Callable[[Peer, NotInstalledError], None]
) -> Iterator[Row]:
    """A row a peer, each as soon as it is there; ``absent`` is told of a peer that is not installed."""
    for peer in peers:
        try:
            retriever, seconds = _built(peer, corpus)
        except NotInstalledError as error:
            absent(peer, error)
            continue
        outcomes = [_outcome(retriever, question) for question in asked.answerable]
        shown = [retriever.answers(case.request(DAY)) for case in asked.unanswerable]
        yield Row(peer, summarise(outcomes), sum(shown) / len(shown) if shown else None, seconds)


def _built(peer: Peer, corpus: Corpus) -> tuple[Retriever, float]:
    """A peer and its seconds: the least of some builds, since the first also loads what is loaded on first use."""
    seconds = []
    for _ in range(_BUILDS):
        start = time.perf_counter()
        retriever = peer.build(corpus)
        seconds.append(time.perf_counter() - start)
    return retriever, min(seconds)


def _outcome(retriever: Retriever, question: Question) -> Outcome:
    request = question.case.request(DAY)
    start = time.perf_counter()
    passages = retriever.retrieve(request)
    milliseconds = (time.perf_counter() - start) * 1000
    return judge(passages, question.case.source, question.documents, milliseconds)
