"""A model behind an OpenAI-compatible embeddings endpoint (Ollama, vLLM, TEI, a provider), through the openai package.

The setting is the address and the model's name after a ``#``: ``http://127.0.0.1:11434/v1#bge-m3``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from index.errors import EmbeddingError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from openai import OpenAI

#: Texts in one request: endpoints take at least so many.
BATCH = 64
#: Seconds for a batch of passages; a question waits less, because somebody waits for its answer.
PASSAGES_SECONDS, QUERY_SECONDS = 60.0, 3.0


def is_endpoint(setting: str) -> bool:
    """Whether a setting is an address with a model's name."""
    return setting.startswith(("http://", "https://")) and "#" in setting


class EndpointModel:
    """Vectors from an endpoint, scaled to length 1. Every failure is an :class:`EmbeddingError` within the time."""

    def __init__(self, setting: str, key: str | None = None) -> None:
        from openai import OpenAI

        self.name = setting
        self._address, _, self._model = setting.partition("#")
        # The package wants a key even for endpoints that take none.
        self._client: OpenAI = OpenAI(base_url=self._address, api_key=key or "none")
        self._dim = 0

    @property
    def dim(self) -> int:
        """The length of a vector; asks the endpoint where nothing was asked yet."""
        if not self._dim:
            self._asked(["规定"], PASSAGES_SECONDS)
        return self._dim

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See :class:`index.embedding.Embedder`."""
        batches = [
            self._asked(list(texts[start : start + BATCH]), PASSAGES_SECONDS) for start in range(0, len(texts), BATCH)
        ]
        return np.concatenate(batches) if batches else np.empty((0, self.dim), dtype=np.float32)

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """See :class:`index.embedding.Embedder`."""
        vector: NDArray[np.float32] = self._asked([text], QUERY_SECONDS, retries=0)[0]
        return vector

    def _asked(self, texts: list[str], seconds: float, retries: int = 1) -> NDArray[np.float32]:
        from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

        try:
            # Some endpoints refuse an empty text.
            given = [text or " " for text in texts]
            reply: Any = self._client.with_options(max_retries=retries).embeddings.create(
                model=self._model, input=given, encoding_format="float", timeout=seconds
            )
            vectors = np.array([each.embedding for each in reply.data], dtype=np.float32)
        except APITimeoutError as error:
            raise self._failed(f"{seconds:.0f} 秒内没有回音") from error
        except APIConnectionError as error:
            raise self._failed("连不上") from error
        except APIStatusError as error:
            raise self._failed(f"返回 HTTP {error.status_code}") from error
        except (OpenAIError, AttributeError, TypeError, ValueError) as error:
            raise self._failed("返回的内容不是向量") from error
        if vectors.shape != (len(texts), self._dim or vectors.shape[-1]) or not np.isfinite(vectors).all():
            raise self._failed("返回的内容不是向量")
        self._dim = int(vectors.shape[1])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        scaled: NDArray[np.float32] = np.divide(vectors, lengths, out=np.zeros_like(vectors), where=lengths > 0)
        return scaled

    def _failed(self, why: str) -> EmbeddingError:
        return EmbeddingError(
            f"向量接口 {self._address} 的模型 {self._model} 用不了（{why}），请检查 EMBEDDING_BASE_URL 和 EMBEDDING。"
        )
