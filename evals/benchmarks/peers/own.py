"""This project: the documents read into clauses, an index of them, and the assistant that asks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from assistant.answer import Answer, Request, Status
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from index.search import Index

_REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.CLARIFY})


@dataclass(frozen=True, slots=True)
class _Asked(Retriever):
    """The whole assistant; ``passages`` are those that count of an answer."""

    assistant: Assistant
    passages: Callable[[Answer, Index], Sequence[Passage]]

    def retrieve(self, request: Request) -> Sequence[Passage]:
        """See :class:`Retriever`."""
        return self.passages(self.assistant.ask(request), self.assistant.index)[:DEPTH]

    def answers(self, request: Request) -> bool:
        """Whether the assistant gives an answer."""
        return self.assistant.ask(request).status not in _REFUSALS


def _cited(answer: Answer, index: Index) -> Sequence[Passage]:
    """What an answer cites, verbatim; a refusal shows the clauses that come near, but answers with none."""
    cited = () if answer.status in _REFUSALS else answer.citations
    return [Passage(index.library.instrument[each.instrument_id].document_id, each.text) for each in cited]


def _ranked(answer: Answer, index: Index) -> Sequence[Passage]:
    """The clauses in the order of the search; where the question names what it wants, what the answer cites."""
    ranked = answer.trace.clauses if answer.trace else ()
    return [_passage(index, each) for each in ranked if each in index.library.clause] or _cited(answer, index)


def _assistant(passages: Callable[[Answer, Index], Sequence[Passage]], corpus: Corpus) -> Retriever:
    from assistant.pipeline import Assistant

    return _Asked(Assistant(_index(corpus)), passages)


def _search(corpus: Corpus) -> Retriever:
    index = _index(corpus)
    return Plain(lambda words: [_passage(index, hit.clause_id) for hit in index.search(words, limit=DEPTH)])


def _index(corpus: Corpus) -> Index:
    """Files to index: the reading counts too, though the other stacks get the text ready."""
    from corpus.library import read_library
    from index.build import build_index

    return build_index(read_library(corpus.folder), corpus.work / "index", corpus.embedding)


def _passage(index: Index, clause_id: str) -> Passage:
    clause = index.library.clause[clause_id]
    return Passage(index.library.instrument[clause.instrument_id].document_id, clause.text)


PEERS = (
    Peer("this project: its answers", "the clauses cited", (), partial(_assistant, _cited)),
    Peer("this project: its retrieval", "clauses", (), partial(_assistant, _ranked)),
    Peer("this project: its index alone", "clauses", (), _search),
)
