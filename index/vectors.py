"""The dense side of an index: the vectors of the clauses in FAISS, and the embedder for the questions."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from index.errors import EmbeddingError, IndexFolderError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import faiss
    from numpy.typing import NDArray

    from index.embedding import Embedder


def write_vectors(vectors: NDArray[np.float32], path: Path) -> None:
    """Save one row a clause as an exact inner-product index."""
    import faiss

    flat = faiss.IndexFlatIP(vectors.shape[1])
    flat.add(vectors)
    faiss.write_index(flat, str(path))


class Vectors:
    """Vectors and embedder, read on first use: a question that needs neither waits for neither."""

    def __init__(self, path: Path, load_embedder: Callable[[], Embedder]) -> None:
        self._path = path
        self._load_embedder = load_embedder
        self._loaded: tuple[faiss.Index, Embedder] | None = None
        self._lock = Lock()

    def load(self) -> tuple[faiss.Index, Embedder]:
        """Read both now, and once.

        Raises :class:`EmbeddingError` where the model cannot be had, :class:`IndexFolderError` where the file cannot.
        """
        with self._lock:
            if self._loaded is None:
                import faiss

                try:
                    flat = faiss.read_index(str(self._path))
                except RuntimeError as error:
                    raise IndexFolderError(f"向量文件 {self._path} 读不了，请重新建立索引。") from error
                self._loaded = flat, self._load_embedder()
            return self._loaded

    def nearest(
        self, question: str, count: int, allowed: NDArray[np.int64] | None, also: NDArray[np.int64]
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]] | None:
        """The clauses nearest to a question, ``count`` of those allowed (None: of all), and those in ``also``.

        Positions in ascending order, and the cosine of each. None where the embedder has no words for the question.
        """
        import faiss

        flat, embedder = self.load()
        query = embedder.encode_query(question)
        if query.shape != (flat.d,):
            raise EmbeddingError(f"向量模型 {embedder.name} 已不是建立索引时的那一个，请重新建立索引。")
        if not query.any():
            return None
        chosen = None if allowed is None else faiss.SearchParameters(sel=faiss.IDSelectorBatch(allowed))  # type: ignore[call-arg]
        _, found = flat.search(query[np.newaxis], min(count, flat.ntotal), params=chosen)
        positions = np.union1d(found[found >= 0], also)
        return positions, flat.reconstruct_batch(positions) @ query
