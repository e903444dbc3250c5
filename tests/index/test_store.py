import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from corpus.library import Library
from corpus.model import Clause
from index import store
from index.errors import IndexFolderError
from index.records import read_lines, write_lines
from index.search import Index


@pytest.fixture
def folder(index: Index, tmp_path: Path) -> Path:
    """An index folder of its own to damage."""
    return shutil.copytree(index.folder, tmp_path / "index")


def _data(folder: Path) -> Path:
    manifest = store.read_manifest(folder)
    assert manifest is not None
    return folder / manifest.data


def test_a_library_comes_back_equal(library: Library, tmp_path: Path) -> None:
    store.write_library(tmp_path, library)
    assert store.read_library(tmp_path, library.version) == library


def test_decimals_keep_their_digits(library: Library, tmp_path: Path) -> None:
    write_lines(tmp_path / "clauses.jsonl", library.clauses, Clause)
    amount = read_lines(tmp_path / "clauses.jsonl", Clause)[0].amounts[0]
    assert (amount.low.as_tuple(), amount.high.as_tuple()) == (
        Decimal("4E+4").as_tuple(),
        Decimal("40000.00").as_tuple(),
    )


def test_a_person_can_read_the_folder(index: Index, library: Library) -> None:
    manifest = json.loads((index.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["counts"] == {"documents": 3, "instruments": 3, "clauses": len(library.clauses)}
    assert manifest["corpus_version"] == library.version
    assert manifest["embedding"]["name"] == "embedded"
    assert manifest["embedding"]["dim"] > 0
    lines = (_data(index.folder) / "clauses.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["text"] for line in lines] == [clause.text for clause in library.clauses]


def test_the_manifest_names_every_file_and_nothing_is_pickled(index: Index) -> None:
    manifest = store.read_manifest(index.folder)
    assert manifest is not None
    data = _data(index.folder)
    files = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    assert set(manifest.files) == files
    assert {Path(name).suffix for name in files} == {".jsonl", ".json", ".npy", ".faiss", ".safetensors"}
    for path in data.rglob("*.npy"):
        np.load(path, allow_pickle=False)


@pytest.mark.parametrize(
    "name",
    [
        "clauses.jsonl",
        "vectors.faiss",
        "lexical/data.csc.index.npy",
        "lexical/vocab.index.json",
        "embedding/tokenizer.json",
    ],
)
@pytest.mark.parametrize("harm", ["changed", "truncated", "missing"])
def test_a_damaged_file_is_found_and_named(folder: Path, name: str, harm: str) -> None:
    path = _data(folder) / name
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    if harm == "missing":
        path.unlink()
    else:
        path.write_bytes(content if harm == "changed" else content[:-1])
    manifest = store.read_manifest(folder)
    assert manifest is not None
    with pytest.raises(IndexFolderError, match=name):
        store.check(folder, manifest, thorough=False)


def test_of_large_files_the_size_is_compared_on_opening_and_the_digest_on_request(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "DIGESTED_ON_OPEN", 100)
    path = _data(folder) / "vectors.faiss"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    manifest = store.read_manifest(folder)
    assert manifest is not None
    store.check(folder, manifest, thorough=False)
    with pytest.raises(IndexFolderError, match="vectors"):
        store.check(folder, manifest, thorough=True)
    path.write_bytes(content[:-1])
    with pytest.raises(IndexFolderError, match="vectors"):
        store.check(folder, manifest, thorough=False)


@pytest.mark.parametrize("cut", [0, 30, 300])
def test_half_a_manifest_is_damage(folder: Path, cut: int) -> None:
    path = folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(IndexFolderError, match="损坏"):
        store.read_manifest(folder)


def test_a_format_of_another_version_is_refused(folder: Path) -> None:
    path = folder / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format_version": 1', '"format_version": 99'), "utf-8")
    manifest = store.read_manifest(folder)
    assert manifest is not None
    with pytest.raises(IndexFolderError, match="99"):
        store.check(folder, manifest, thorough=False)


def test_an_empty_or_absent_folder_holds_no_index(tmp_path: Path) -> None:
    assert store.read_manifest(tmp_path) is None
    assert store.read_manifest(tmp_path / "absent") is None


def _with_a_file(path: Path) -> None:
    path.mkdir()
    (path / "家庭照片.jpg").write_bytes(b"x")


def _with_another_manifest(path: Path) -> None:
    path.mkdir()
    (path / "manifest.json").write_text('{"name": "some web app"}', encoding="utf-8")


@pytest.mark.parametrize("make", [_with_a_file, _with_another_manifest, Path.touch])
def test_what_is_no_index_is_never_taken_for_one(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "theirs")
    with pytest.raises(IndexFolderError, match="索引文件夹"):
        store.read_manifest(tmp_path / "theirs")


def test_a_line_that_is_no_clause_is_named(tmp_path: Path) -> None:
    (tmp_path / "clauses.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(IndexFolderError, match=r"clauses.jsonl 第 1 行"):
        read_lines(tmp_path / "clauses.jsonl", Clause)


def test_the_digest_is_of_what_the_index_holds(index: Index) -> None:
    manifest = index.manifest
    assert manifest.digest.startswith("sha256:")
    # Not of when and where it was built.
    moved = replace(manifest, built_at=manifest.built_at.replace(year=2000), data="data-elsewhere")
    assert moved.digest == manifest.digest
    other = {**manifest.files, "clauses.jsonl": store.FileRecord(1, "0" * 64)}
    assert replace(manifest, files=other).digest != manifest.digest
