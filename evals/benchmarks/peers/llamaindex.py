"""LlamaIndex: its sentence splitter as it comes (1,024 tokens, 200 of them shared), then vectors or BM25.

Its BM25 takes a run of Chinese characters for one word: as it comes, and with what its users do about it, which is to
cut the words beforehand. The metadata stay out of what is indexed, as those of its own file reader do: the titles of
a gazette's ten documents in each passage make it worse.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from evals.benchmarks.peers.embeddings import for_llamaindex
from evals.benchmarks.peers.installed import load
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, Retriever
from evals.benchmarks.peers.words import jieba_words


def _nodes(corpus: Corpus) -> list[Any]:
    core = load("llama_index.core")
    documents = [
        core.Document(
            text=each.text,
            metadata=each.metadata,
            excluded_embed_metadata_keys=list(each.metadata),
            excluded_llm_metadata_keys=list(each.metadata),
        )
        for each in corpus.documents
    ]
    nodes: list[Any] = core.node_parser.SentenceSplitter().get_nodes_from_documents(documents)
    return nodes


def _vectors(corpus: Corpus) -> Retriever:
    nodes = _nodes(corpus)
    model = for_llamaindex(corpus.embedder([node.text for node in nodes]))
    index = load("llama_index.core").VectorStoreIndex(nodes, embed_model=model)
    return _plain(index.as_retriever(similarity_top_k=DEPTH), nodes)


def _bm25(corpus: Corpus) -> Retriever:
    nodes = _nodes(corpus)
    retriever = load("llama_index.retrievers.bm25").BM25Retriever
    return _plain(retriever.from_defaults(nodes=nodes, similarity_top_k=DEPTH), nodes)


def _bm25_of_words(corpus: Corpus) -> Retriever:
    nodes, cut = _nodes(corpus), jieba_words()

    def apart(text: str) -> str:
        return " ".join(cut(text))

    node_of = load("llama_index.core.schema").TextNode
    retriever = load("llama_index.retrievers.bm25").BM25Retriever.from_defaults(
        nodes=[node_of(text=apart(node.text), id_=node.node_id) for node in nodes],
        similarity_top_k=DEPTH,
        skip_stemming=True,
        token_pattern=r"\S+",  # noqa: S106 - a token here is a word
    )
    return _plain(retriever, nodes, apart)


def _plain(retriever: Any, nodes: Sequence[Any], asked: Callable[[str], str] = str) -> Retriever:
    by_id = {node.node_id: node for node in nodes}

    def find(words: str) -> list[Passage]:
        found = [by_id[each.node.node_id] for each in retriever.retrieve(asked(words))]
        return [Passage(node.metadata["source"], node.text) for node in found]

    return Plain(find)


_CORE, _BM25 = "llama-index-core", "llama-index-retrievers-bm25"
_SETTING = "1,024/200 tokens"
PEERS = (
    Peer("LlamaIndex: vectors", _SETTING, (_CORE,), _vectors),
    Peer("LlamaIndex: BM25 as it comes", _SETTING, (_CORE, _BM25), _bm25),
    Peer("LlamaIndex: BM25 on jieba's words", _SETTING, (_CORE, _BM25, "jieba"), _bm25_of_words),
)
