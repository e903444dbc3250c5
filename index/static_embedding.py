"""The embedded default: a static embedding fitted to the corpus when its index is built (latent semantic analysis).

    texts → a tokenizer trained on them → tf-idf → the right singular vectors, times idf, one row a token
    text → the mean of its tokens' rows, scaled to length 1

Saved in the format of sentence-transformers (``StaticEmbedding`` and ``Normalize``): ``SentenceTransformer(folder)``
gives the same vectors. Here it runs on tokenizers, safetensors and numpy, because importing torch takes longer than
an answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from index.terms import content, fold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

EMBEDDED = "embedded"
#: Best of 128, 200 and 256 on the questions of the sample corpus; a corpus of few clauses has fewer.
DIMENSIONS = 200
#: Far above what pairs of characters need on the sample corpus (3,500); keeps the model of a large one below 20 MB.
VOCABULARY = 20_000
#: Words of two characters beat longer ones and single characters.
LONGEST_TOKEN = 2

_MODULES = [
    {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    {"idx": 1, "name": "1", "path": "1_Normalize", "type": "sentence_transformers.models.Normalize"},
]
_CONFIG: dict[str, Any] = {"model_type": "SentenceTransformer", "prompts": {}, "similarity_fn_name": "cosine"}


@dataclass(frozen=True)
class StaticModel:
    """A tokenizer and one row a token, float32."""

    tokenizer: Tokenizer
    rows: NDArray[np.float32]
    name: str = EMBEDDED

    @classmethod
    def fit(cls, texts: Sequence[str]) -> StaticModel:
        """A model of these texts, the same in every process; one short text is enough."""
        folded = [fold(text) for text in texts]
        tokenizer = _train_tokenizer(folded)
        return cls(tokenizer, _token_rows(tokenizer, folded))

    @property
    def dim(self) -> int:
        """The length of a vector."""
        return int(self.rows.shape[1])

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """One row a text, of length 1; zeros for a text without a known token."""
        encodings = self.tokenizer.encode_batch([fold(text) for text in texts], add_special_tokens=False)
        vectors = np.zeros((len(encodings), self.dim), dtype=np.float32)
        for vector, encoding in zip(vectors, encodings, strict=True):
            if encoding.ids:
                vector[:] = self.rows[encoding.ids].mean(axis=0)
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, lengths, out=vectors, where=lengths > 0)
        return vectors

    def encode_query(self, text: str) -> NDArray[np.float32]:
        """The vector of what a question is about: its question phrases are taken out first."""
        vector: NDArray[np.float32] = self.encode_passages([content(text)])[0]
        return vector

    def save(self, folder: Path) -> None:
        """Write the folder that ``SentenceTransformer(folder)`` reads."""
        from safetensors.numpy import save

        (folder / "1_Normalize").mkdir(parents=True)
        for name, value in (
            ("modules.json", _MODULES),
            ("config_sentence_transformers.json", _CONFIG),
            ("1_Normalize/config.json", {}),
        ):
            (folder / name).write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")
        self.tokenizer.save(str(folder / "tokenizer.json"))
        (folder / "model.safetensors").write_bytes(save({"embedding.weight": self.rows}))

    @classmethod
    def open(cls, folder: Path) -> StaticModel:
        """Open what :meth:`save` wrote."""
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        return cls(tokenizer, load_file(folder / "model.safetensors")["embedding.weight"])


def _train_tokenizer(texts: Sequence[str]) -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.BPE())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    word = Regex(r"\p{Han}+|\d+(\.\d+)*|[a-z0-9]+|\p{L}+|[%‰]")
    tokenizer.pre_tokenizer = pre_tokenizers.Split(word, behavior="removed", invert=True)
    trainer = trainers.BpeTrainer(
        vocab_size=VOCABULARY, min_frequency=2, max_token_length=LONGEST_TOKEN, show_progress=False, special_tokens=[]
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def _token_rows(tokenizer: Tokenizer, texts: Sequence[str]) -> NDArray[np.float32]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.utils.extmath import randomized_svd

    vocabulary = tokenizer.get_vocab()
    weighting = TfidfVectorizer(
        analyzer=lambda text: tokenizer.encode(text, add_special_tokens=False).tokens,
        vocabulary=vocabulary,
        sublinear_tf=True,
    )
    weighted = weighting.fit_transform(texts)
    dimensions = max(1, min(DIMENSIONS, len(texts) - 1, len(vocabulary) - 1))
    _, strengths, directions = randomized_svd(weighted, dimensions, random_state=0)
    # A direction without strength (texts that repeat each other) is numerical noise.
    directions = directions[strengths > strengths[0] * 1e-6]
    return np.ascontiguousarray((directions * weighting.idf_).T, dtype=np.float32)
