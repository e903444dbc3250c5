"""A corpus folder of one's own."""

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.library import read_library
from corpus.manifest import DocumentEntry, InstrumentEntry, Manifest, Replacement, read_manifest
from corpus.reading.files import READABLE
from corpus.upkeep.starting import start_corpus


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_a_new_folder_with_those_above_it(tmp_path) -> None:
    folder = tmp_path / "上级" / "语料"
    assert start_corpus(folder)
    assert {path.name for path in folder.iterdir()} == {"documents", "manifest.toml", "README.md"}
    assert read_manifest(folder) == Manifest()
    assert read_library(folder).documents == ()
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for word in ("corpus add", "corpus check", "--corpus", "备份", *READABLE):
        assert word in readme


def test_the_manifest_explains_every_key_that_it_may_have(tmp_path) -> None:
    start_corpus(tmp_path)
    lines = (tmp_path / "manifest.toml").read_text(encoding="utf-8").splitlines()
    commented = [line.removeprefix("# ") for line in lines]
    for model in (DocumentEntry, InstrumentEntry, Replacement):
        for name, field in model.model_fields.items():
            key = field.alias or name
            assert any(line.startswith((f"{key} = ", f"[[document.{key}]]")) for line in commented), key


def test_the_examples_of_the_manifest_are_valid_once_the_comment_signs_go(tmp_path) -> None:
    start_corpus(tmp_path)
    path = tmp_path / "manifest.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    examples = [line[2:] for line in lines if line.startswith(("# [[", "# ")) and ("[[" in line[:6] or " = " in line)]
    path.write_text("\n".join(examples), encoding="utf-8")
    (entry,) = read_manifest(tmp_path).document
    assert entry.city == "甲市"
    assert (len(entry.instrument), len(entry.replace)) == (1, 1)


def test_an_empty_folder_and_one_with_hidden_files_only(tmp_path) -> None:
    (tmp_path / ".git").mkdir()
    assert start_corpus(tmp_path)
    assert (tmp_path / "documents").is_dir()


def test_a_corpus_folder_stays_as_it_is(tmp_path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "甲.txt").write_text("甲", encoding="utf-8")
    before = snapshot(tmp_path)
    assert not start_corpus(tmp_path)
    assert snapshot(tmp_path) == before


def test_a_folder_with_something_else_is_refused_and_says_what_is_there(tmp_path) -> None:
    for name in ("账目.xlsx", "合同.docx"):
        (tmp_path / name).write_text("", encoding="utf-8")
    before = snapshot(tmp_path)
    with pytest.raises(CorpusError, match=r"合同\.docx、账目\.xlsx"):
        start_corpus(tmp_path)
    assert snapshot(tmp_path) == before
    with pytest.raises(CorpusError, match="是一个文件"):
        start_corpus(tmp_path / "账目.xlsx")
    with pytest.raises(CorpusError, match="写不进去"):
        start_corpus(tmp_path / "账目.xlsx" / "下面")


def test_a_manifest_of_another_is_something_else(tmp_path) -> None:
    (tmp_path / "manifest.toml").write_text('name = "x"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match=r"manifest\.toml"):
        start_corpus(tmp_path)


def test_a_start_that_was_broken_off_can_be_made_again(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "语料"

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("corpus.upkeep.starting.write_whole", fails)
        with pytest.raises(CorpusError, match="磁盘满了"):
            start_corpus(folder)
    start_corpus(folder)
    (folder / "documents").rmdir()
    assert start_corpus(folder)
    assert read_library(folder).documents == ()
