"""This project's embedding behind the interfaces that other stacks ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from evals.benchmarks.peers.installed import load

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

    from index.embedding import Embedder


def for_langchain(embedder: Embedder) -> Embeddings:
    """As LangChain's ``Embeddings``."""
    from langchain_core.embeddings import Embeddings

    class Adapted(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float(value) for value in row] for row in embedder.encode_passages(texts)]

        def embed_query(self, text: str) -> list[float]:
            return [float(value) for value in embedder.encode_query(text)]

    return Adapted()


def for_llamaindex(embedder: Embedder) -> Any:
    """As LlamaIndex's ``BaseEmbedding``."""
    base: Any = load("llama_index.core.embeddings").BaseEmbedding

    class Adapted(base):  # type: ignore[misc]  # a class that is only known when it is installed
        def _get_query_embedding(self, query: str) -> list[float]:
            return [float(value) for value in embedder.encode_query(query)]

        def _get_text_embedding(self, text: str) -> list[float]:
            return [float(value) for value in embedder.encode_passages([text])[0]]

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

    return Adapted(model_name=embedder.name)
