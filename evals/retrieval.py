"""Retrieval on a benchmark folder, with the index room as it is.

    documents → a library whose clauses they are → index → questions → rankings → measures

A document that the corpus room finds clauses in is indexed by clause and scores as its best one.
"""

from __future__ import annotations

import hashlib
import re
import resource
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from corpus.document import read_document
from corpus.library import Library
from corpus.model import (
    Clause,
    Instrument,
    Kind,
    Level,
    ProvisionPath,
    Scheme,
    SourceDocument,
    Span,
    Step,
    Validity,
)
from evals.beir import Benchmark, Passage
from evals.errors import BenchmarkError
from evals.metrics.ranking import DEPTH, MEASURES
from index.confirmed import Pair

if TYPE_CHECKING:
    from index.search import Index

#: Documents longer than this are read for clauses; shorter ones are one clause.
LONG = 1200
_ARTICLE = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?")


@dataclass(frozen=True, slots=True)
class RetrievalReport:
    """What a run came to, with the keys of the contract in :meth:`as_json`."""

    queries: int
    left_out: int
    documents: int
    clauses: int
    metrics: dict[str, float]
    ms_per_query: float
    build_s: float
    peak_mb: float
    embedding: str
    confirmed: int | None = None

    def as_json(self) -> dict[str, Any]:
        """The keys of the contract and a few more; ``left_out`` counts the questions without judgements."""
        return {
            "queries": self.queries,
            "left_out": self.left_out,
            "documents": self.documents,
            "clauses": self.clauses,
            "metrics": {name: round(value, 4) for name, value in self.metrics.items()},
            "ms_per_query": round(self.ms_per_query, 2),
            "build_s": round(self.build_s, 1),
            "peak_mb": round(self.peak_mb),
            "embedding": self.embedding,
            **({} if self.confirmed is None else {"confirmed": self.confirmed}),
        }


def score_retrieval(
    benchmark: Benchmark,
    embedding: str,
    each: Callable[[Iterable[str]], Iterable[str]] = iter,
    confirmed: Benchmark | None = None,
    key: str | None = None,
) -> RetrievalReport:
    """Index the documents, ask every judged question, and measure. ``each`` may wrap the questions for progress.

    The judged questions of ``confirmed`` are given as confirmed pairs; ``key`` is for an embedding model behind an
    endpoint that wants one.
    """
    from index.build import build_index

    asked = benchmark.judged
    if not asked:
        raise BenchmarkError("没有一个问题有相关的判断：请检查 qrels 里的 query-id 与 queries.jsonl 是否一致。")
    with tempfile.TemporaryDirectory(prefix="policy-assistant-eval-") as folder:
        start = perf_counter()
        library = library_of(benchmark.documents, Path(folder))
        pairs = tuple(_pairs(confirmed, library)) if confirmed else ()
        index = build_index(library, Path(folder) / "index", embedding, key=key, pairs=pairs)
        index.warm()
        built = perf_counter()
        rankings = {query: ranking(index, benchmark.queries[query]) for query in each(asked)}
        done = perf_counter()
    judged = benchmark.judgements
    metrics = {
        name: sum(measure(rankings[query], judged[query]) for query in asked) / len(asked) if asked else 0.0
        for name, measure in MEASURES.items()
    }
    return RetrievalReport(
        queries=len(asked),
        left_out=len(benchmark.queries) - len(asked),
        documents=len(benchmark.documents),
        clauses=len(library.clauses),
        metrics=metrics,
        ms_per_query=(done - built) * 1000 / max(len(asked), 1),
        build_s=built - start,
        peak_mb=peak_mb(),
        embedding=index.embedding if not index.problem else "",
        confirmed=len(pairs) if confirmed else None,
    )


def ranking(index: Index, question: str) -> list[str]:
    """The documents for a question, best first, each where its best clause stands; at most :data:`DEPTH`."""
    limit = DEPTH
    while True:
        hits = index.search(question, limit=limit)
        documents = list(dict.fromkeys(index.library.clause[hit.clause_id].instrument_id for hit in hits))
        # Several clauses of one document take the places of others: ask for more until there are enough.
        if len(documents) >= DEPTH or len(hits) < limit:
            return documents[:DEPTH]
        limit *= 2


def library_of(documents: Iterable[Passage], folder: Path) -> Library:
    """A library in which each document is an instrument with its own id. ``folder`` takes what is read as a file."""
    sources: list[SourceDocument] = []
    instruments: list[Instrument] = []
    clauses: list[Clause] = []
    digest = hashlib.sha256()
    for document in documents:
        digest.update(f"{document.id}\0{document.title}\0{document.text}\0".encode())
        sources.append(SourceDocument(document.id, document.id, "", document.text))
        instruments.append(_instrument(document))
        clauses += _clauses(document, folder)
    version = f"sha256:{digest.hexdigest()}"
    return Library(version, tuple(sources), tuple(instruments), tuple(clauses))


def _pairs(confirmed: Benchmark, library: Library) -> Iterator[Pair]:
    """Each judged question with the clauses of the documents that answer it, where the library has any."""
    for query in confirmed.judged:
        answering = [document for document, gain in confirmed.judgements[query].items() if gain > 0]
        clauses = [clause.id for document in answering for clause in library.of_instrument(document)]
        if clauses:
            yield Pair(confirmed.queries[query], tuple(clauses))


def _instrument(document: Passage) -> Instrument:
    statute = _ARTICLE.search(document.title) or _ARTICLE.match(document.text)
    return Instrument(
        id=document.id,
        document_id=document.id,
        number=None,
        title=document.title,
        issuer="",
        date=None,
        city="",
        kind=Kind.OTHER,
        scheme=Scheme.STATUTE if statute else Scheme.OUTLINE,
        validity=Validity(),
        provisions=(),
    )


def _clauses(document: Passage, folder: Path) -> Iterator[Clause]:
    if len(document.text) > LONG:
        read = tuple(_read(document, folder))
        if len(read) > 1:
            yield from read
            return
    path = ProvisionPath((Step(Level.HEAD, "1", ""),))
    span = Span(0, len(document.text))
    yield Clause(f"{document.id}~{path}", document.id, path, Level.HEAD, (), span, document.text)


def _read(document: Passage, folder: Path) -> Iterator[Clause]:
    file = folder / "document.txt"
    file.write_text(f"{document.title}\n{document.text}", encoding="utf-8")
    for number, clause in enumerate(read_document(file, file.name).clauses):
        yield replace(clause, id=f"{document.id}~{number}", instrument_id=document.id)


def peak_mb() -> float:
    """The greatest resident memory of this process so far, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / (1024 if sys.platform == "darwin" else 1)
