"""Haystack: its recursive splitter by characters, its BM25 as it comes (a Chinese character is a word).

Its usual splitter counts words by the blanks between them: of these documents it makes passages of 14,000 characters.
"""

from __future__ import annotations

from evals.benchmarks.peers.installed import load
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever


def _bm25(corpus: Corpus) -> Retriever:
    haystack, memory = load("haystack"), load("haystack.document_stores.in_memory").InMemoryDocumentStore(shared=False)
    splitter = load("haystack.components.preprocessors").RecursiveDocumentSplitter(
        split_unit="char", split_length=500, split_overlap=50, separators=["\n\n", "\n", "。", "；"]
    )
    documents = [haystack.Document(content=each.text, meta=each.metadata) for each in corpus.documents]
    splitter.warm_up()
    memory.write_documents(splitter.run(documents)["documents"])
    retriever = load("haystack.components.retrievers.in_memory").InMemoryBM25Retriever(memory, top_k=DEPTH)

    def find(words: str) -> list[Passage]:
        return [Passage(found.meta["source"], found.content) for found in retriever.run(words)["documents"]]

    return Plain(find)


PEERS = (Peer("Haystack: BM25", "500/50 characters", ("haystack-ai",), _bm25),)
