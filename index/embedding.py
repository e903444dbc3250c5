"""Text to vectors: which model, and how it is had.

"embedded"            StaticModel, fitted to the corpus and kept in the index folder (index.static_embedding)
a folder, or a name   any model of sentence-transformers: from disk, from its local cache, else from the hub
an address#model      an OpenAI-compatible embeddings endpoint (index.endpoint_model)
"""

from __future__ import annotations

import hashlib
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Protocol

import numpy as np

from index.endpoint_model import EndpointModel, is_endpoint
from index.errors import EmbeddingError
from index.static_embedding import EMBEDDED, StaticModel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from sentence_transformers import SentenceTransformer

#: How long the model hub may take to answer at all. Without this a machine without network waits 70 seconds.
HUB_SECONDS = 5.0
#: Files of a model folder up to this size are digested whole, larger ones by their size: the folder is looked at
#: each time an index is opened.
_DIGESTED_BYTES = 1 << 20


class Embedder(Protocol):
    """A model that gives vectors of length 1, so that their inner product is their cosine."""

    @property
    def name(self) -> str:
        """The setting it was had by."""
        ...

    @property
    def dim(self) -> int:
        """The length of a vector."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text: float32, ``(len(texts), dim)``; zeros for a text that it has no words for."""
        ...

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of a question: float32, ``(dim,)``."""
        ...


class SentenceModel:
    """A model of sentence-transformers, with its own prompts for questions and for documents."""

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        self.name = name
        self.dim = int(model.get_embedding_dimension() or 0)
        self._model = model

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        vectors = self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`Embedder`."""
        vector = self._model.encode_query(text, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vector, dtype=np.float32)


def make_embedder(setting: str, texts: Sequence[str], key: str | None = None) -> Embedder:
    """The embedder to build an index of these texts with; the embedded one is fitted to them.

    ``key`` is for an endpoint that wants one.
    """
    return StaticModel.fit(texts) if setting == EMBEDDED else _model(setting, key)


def load_embedder(setting: str, folder: Path, key: str | None = None) -> Embedder:
    """The embedder that an index was built with; ``folder`` is where the index keeps the embedded one."""
    return StaticModel.open(folder) if setting == EMBEDDED else _model(setting, key)


def _model(setting: str, key: str | None) -> Embedder:
    return EndpointModel(setting, key) if is_endpoint(setting) else load_sentence_model(setting)


def fingerprint(setting: str) -> str:
    """What changes when the model in a folder is replaced; empty for the embedded model, names and endpoints."""
    folder = _as_folder(setting)
    if folder is None:
        return ""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()}\0{size}\0".encode())
        if size <= _DIGESTED_BYTES:
            digest.update(path.read_bytes())
    return f"sha256:{digest.hexdigest()}"


def load_sentence_model(setting: str) -> SentenceModel:
    """A model by folder or name. Raises :class:`EmbeddingError` within seconds where it cannot be had."""
    folder = _as_folder(setting) or _cached(setting) or _downloaded(setting)
    from sentence_transformers import SentenceTransformer

    try:
        model = SentenceTransformer(str(folder), local_files_only=True)
    except Exception as error:  # a model folder is read by many libraries, each with errors of its own
        raise EmbeddingError(f"向量模型 {setting} 读不了（{_first_line(error)}）。") from error
    return SentenceModel(setting, model)


def _as_folder(setting: str) -> Path | None:
    if setting == EMBEDDED or is_endpoint(setting):
        return None
    folder = Path(setting).expanduser()
    return folder if folder.is_dir() else None


def _cached(name: str) -> Path | None:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    try:
        return Path(snapshot_download(name, local_files_only=True))
    except LocalEntryNotFoundError:
        return None
    except HFValidationError as error:
        raise EmbeddingError(f"找不到向量模型 {name}：没有这个文件夹，它也不是模型名（应如 组织/模型）。") from error


def _downloaded(name: str) -> Path:
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import RepositoryNotFoundError

    error = _hub_error(name)
    if isinstance(error, RepositoryNotFoundError):
        raise EmbeddingError(f"找不到向量模型 {name}：没有这个文件夹，模型库里也没有这个名字。") from error
    if error is not None:
        raise EmbeddingError(
            f"向量模型 {name} 取不到：没有这个文件夹，本机没有下载过，模型库也连不上（{_why(error)}）。"
        ) from error
    try:
        return Path(snapshot_download(name))
    except Exception as broken:  # from the network, the hub or the disk
        raise EmbeddingError(f"向量模型 {name} 下载失败（{_first_line(broken)}）。") from broken


def _hub_error(name: str) -> BaseException | None:
    """What stands in the way of the hub telling about a model; None where it does tell.

    A thread, because looking up a host's name keeps to no time limit.
    """
    from huggingface_hub import HfApi

    answer: Future[object] = Future()

    def ask() -> None:
        try:
            answer.set_result(HfApi().model_info(name, timeout=HUB_SECONDS))
        except Exception as error:  # noqa: BLE001  whatever it is, it is the answer
            answer.set_exception(error)

    Thread(target=ask, daemon=True, name="model-hub").start()
    try:
        return answer.exception(timeout=HUB_SECONDS)
    except TimeoutError:
        return TimeoutError()


def _why(error: BaseException) -> str:
    from huggingface_hub.errors import OfflineModeIsEnabled

    if isinstance(error, OfflineModeIsEnabled):
        return "环境变量 HF_HUB_OFFLINE 关闭了联网"
    return f"{HUB_SECONDS:.0f} 秒内没有回音" if isinstance(error, TimeoutError) else _first_line(error)


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
