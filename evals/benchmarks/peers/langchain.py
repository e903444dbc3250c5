"""LangChain as its documentation puts it together: split recursively, embed or count words, take the nearest.

Its BM25 and its ensemble retriever are in packages that get no more than security fixes; recipes still use them.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from evals.benchmarks.peers.embeddings import for_langchain
from evals.benchmarks.peers.installed import load
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever
from evals.benchmarks.peers.words import jieba_words

if TYPE_CHECKING:
    from langchain_core.documents import Document as Chunk

#: As recipes for Chinese texts have them.
CHINESE = ("\n\n", "\n", "。", "！", "？", "；", "，", "")


def split(corpus: Corpus, size: int = 500, overlap: int = 50, separators: Sequence[str] = ()) -> list[Chunk]:
    """The documents in chunks; without separators by LangChain's own: blank lines, lines, blanks."""
    from langchain_core.documents import Document as Chunk

    splitter = load("langchain_text_splitters").RecursiveCharacterTextSplitter(
        chunk_size=size, chunk_overlap=overlap, separators=list(separators) or None
    )
    return [
        Chunk(page_content=text, metadata=document.metadata)
        for document in corpus.documents
        for text in splitter.split_text(document.text)
    ]


def nearest(chunks: Sequence[Chunk], corpus: Corpus) -> Any:
    """The vector store in memory, over chunks, as a retriever."""
    from langchain_core.vectorstores import InMemoryVectorStore

    store = InMemoryVectorStore(for_langchain(corpus.embedder([chunk.page_content for chunk in chunks])))
    store.add_documents(list(chunks))
    return store.as_retriever(search_kwargs={"k": DEPTH})


def retriever_of(retriever: Any) -> Retriever:
    """What any retriever of LangChain finds."""
    return Plain(
        lambda words: [Passage(chunk.metadata["source"], chunk.page_content) for chunk in retriever.invoke(words)]
    )


def _by_words(chunks: Sequence[Chunk]) -> Any:
    load("rank_bm25")  # else missed only while it builds
    retriever = load("langchain_community.retrievers").BM25Retriever
    return retriever.from_documents(list(chunks), preprocess_func=jieba_words(), k=DEPTH)


def _vectors(size: int, overlap: int, separators: Sequence[str], corpus: Corpus) -> Retriever:
    return retriever_of(nearest(split(corpus, size, overlap, separators), corpus))


def _bm25(corpus: Corpus) -> Retriever:
    return retriever_of(_by_words(split(corpus)))


def _ensemble(corpus: Corpus) -> Retriever:
    chunks = split(corpus)
    ensemble = load("langchain_classic.retrievers").EnsembleRetriever
    return retriever_of(ensemble(retrievers=[_by_words(chunks), nearest(chunks, corpus)], weights=[0.5, 0.5]))


_SPLIT = ("langchain-text-splitters",)
_WORDS = (*_SPLIT, "langchain-community", "rank-bm25", "jieba")
PEERS = (
    Peer("LangChain: vectors", "500/50 characters", _SPLIT, partial(_vectors, 500, 50, ())),
    Peer("LangChain: vectors", "250/50, Chinese separators", _SPLIT, partial(_vectors, 250, 50, CHINESE)),
    Peer("LangChain: BM25 on jieba's words", "500/50 characters", _WORDS, _bm25),
    Peer("LangChain: ensemble of BM25 and vectors", "500/50 characters", (*_WORDS, "langchain-classic"), _ensemble),
)
