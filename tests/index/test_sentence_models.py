"""The parts that need sentence-transformers itself: in one module, because importing it takes seconds."""

from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers

from corpus.library import Library
from index.build import build_index, open_index
from index.embedding import load_sentence_model
from index.errors import EmbeddingError
from index.search import Index
from index.terms import fold


def _save_model(folder: Path, library: Library, size: int = 32, prompt: str = "查:") -> None:
    """A real model: one random vector a character, and a prompt for questions."""
    characters = sorted({character for clause in library.clauses for character in clause.text} | set("查问:"))
    vocabulary = {character: number for number, character in enumerate(["[UNK]", *characters])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    rows = np.random.default_rng(0).normal(size=(len(vocabulary), size)).astype(np.float32)
    model = SentenceTransformer(
        modules=[StaticEmbedding(tokenizer, embedding_weights=rows), Normalize()],
        prompts={"query": prompt, "document": ""},
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)


@pytest.fixture
def model_folder(tmp_path: Path, library: Library) -> Path:
    folder = tmp_path / "model"
    _save_model(folder, library)
    return folder


def test_sentence_transformers_reads_the_embedded_model_and_gives_the_same_vectors(index: Index) -> None:
    texts = [clause.text for clause in index.library.clauses] + ["", "未知的鼢鼹 and Latin"]
    folder = index.folder / index.manifest.data / "embedding"
    theirs = SentenceTransformer(str(folder), device="cpu").encode([fold(text) for text in texts])
    assert index._vectors is not None
    _, ours = index._vectors.load()
    assert np.allclose(ours.encode_passages(texts), theirs, atol=1e-6)


def test_any_model_of_sentence_transformers_can_be_used(library: Library, tmp_path: Path, model_folder: Path) -> None:
    index = build_index(library, tmp_path / "index", str(model_folder))
    assert index.embedding == str(model_folder)
    assert index.manifest.embedding.dim == 32
    assert not (index.folder / index.manifest.data / "embedding").exists()
    hit = index.search("批发企业奖励多少")[0]
    assert hit.clause_id == "north~h1_2"
    assert hit.dense is not None


def test_its_prompts_for_questions_and_documents_are_used(model_folder: Path) -> None:
    model = load_sentence_model(str(model_folder))
    plain, prompted = model.encode_passages(["奖励", "查:奖励"])
    query = model.encode_query("奖励")
    assert query.dtype == np.float32
    assert np.allclose(query, prompted)
    assert not np.allclose(query, plain)
    assert np.isclose(np.linalg.norm(query), 1)


def test_another_model_in_the_same_folder_makes_the_index_stale(
    corpus: Path, library: Library, model_folder: Path, told: list[str]
) -> None:
    open_index(corpus, None, str(model_folder), told)
    open_index(corpus, None, str(model_folder), told)
    assert len(told) == 1
    _save_model(model_folder, library, prompt="问:")
    open_index(corpus, None, str(model_folder), told)
    assert "向量模型有变动" in told[1]


def test_a_model_that_is_gone_leaves_an_opened_index_lexical(
    library: Library, tmp_path: Path, model_folder: Path
) -> None:
    index = build_index(library, tmp_path / "index", str(model_folder))
    model_folder.rename(tmp_path / "elsewhere")
    assert index.search("批发企业奖励")[0].dense is None
    assert "没有这个文件夹" in index.problem


def test_a_model_of_another_size_is_not_mistaken_for_the_first(
    library: Library, tmp_path: Path, model_folder: Path
) -> None:
    index = build_index(library, tmp_path / "index", str(model_folder))
    _save_model(model_folder, library, size=8)
    assert index.search("批发企业奖励")[0].dense is None
    assert "已不是建立索引时的那一个" in index.problem


def test_a_folder_without_a_model_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmbeddingError, match="读不了"):
        load_sentence_model(str(tmp_path / "empty"))
