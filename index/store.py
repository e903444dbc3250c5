"""The index folder: what stands where, and how a new index takes the place of an old one.

    FOLDER/
        manifest.json             what was indexed, how, and the digest of every file
        data-x1y2z3/              named by the manifest
            documents.jsonl  instruments.jsonl  clauses.jsonl  confirmed.jsonl
            lexical/              bm25s: npy and json
            vectors.faiss         one row a clause, in the order of clauses.jsonl; absent without an embedding model
            embedding/            the embedded model, in the format of sentence-transformers
        .policy-assistant-index   marks the folder as an index, and is the lock of whoever builds

A build writes a data folder of its own and then replaces manifest.json, in one step of the file system: a reader
gets the old index or the new one, whole, and a build that dies leaves the old one in place. This also holds where
the folder is a mount point or part of an image, which cannot be renamed. The data that was current before stays
until the next build, for processes that opened it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from corpus.library import Library
from corpus.model import Clause, Instrument, SourceDocument
from index.errors import IndexFolderError
from index.records import adapter, read_lines, write_lines

FORMAT = "policy-assistant-index"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"
MARKER = f".{FORMAT}"
#: Files up to this size are digested each time an index is opened: all of a corpus of some thousand clauses, in
#: milliseconds. Of larger ones the size is compared then, and the digest when asked for (``index status``).
DIGESTED_ON_OPEN = 8 << 20
_DATA_PREFIX = "data-"


@dataclass(frozen=True, slots=True)
class EmbeddingRecord:
    """The setting, the length of a vector, what tells a model folder from another, and why there are no vectors."""

    name: str
    dim: int = 0
    fingerprint: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file as it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """manifest.json.

    ``code`` is a digest of the code that decides what an index holds, ``confirmed`` one of the confirmed questions,
    empty where there are none.
    """

    format: str = FORMAT
    format_version: int = FORMAT_VERSION
    package_version: str
    built_at: datetime
    corpus_version: str
    code: str
    confirmed: str = ""
    embedding: EmbeddingRecord
    lexical: Mapping[str, float]
    counts: Mapping[str, int]
    data: str = ""
    files: Mapping[str, FileRecord] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """One digest of all files: the same corpus, settings and code give the same, whenever and wherever built."""
        lines = (f"{name} {self.files[name].sha256}\n" for name in sorted(self.files))
        return f"sha256:{hashlib.sha256(''.join(lines).encode()).hexdigest()}"

    def as_json(self) -> bytes:
        """The manifest as it is written."""
        return adapter(Manifest).dump_json(self, indent=2) + b"\n"


def write_library(data: Path, library: Library) -> None:
    """Write the documents, instruments and clauses, one a line."""
    write_lines(data / "documents.jsonl", library.documents, SourceDocument)
    write_lines(data / "instruments.jsonl", library.instruments, Instrument)
    write_lines(data / "clauses.jsonl", library.clauses, Clause)


def read_library(data: Path, version: str) -> Library:
    """Read back what :func:`write_library` wrote, equal to it."""
    return Library(
        version=version,
        documents=read_lines(data / "documents.jsonl", SourceDocument),
        instruments=read_lines(data / "instruments.jsonl", Instrument),
        clauses=read_lines(data / "clauses.jsonl", Clause),
    )


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of an index folder, None where there is no index yet.

    Raises :class:`IndexFolderError` for a folder that holds something else, and for a manifest that cannot be read.
    """
    from pydantic import ValidationError

    refuse_foreign(folder)
    try:
        manifest: Manifest = adapter(Manifest).validate_json((folder / MANIFEST).read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexFolderError(f"索引 {folder} 读不了（{error.strerror}）。") from error
    except ValidationError as error:
        raise IndexFolderError(f"索引 {folder} 已损坏：{MANIFEST} 不完整。") from error
    return manifest


def refuse_foreign(folder: Path) -> None:
    """Raise :class:`IndexFolderError` for a path that is no folder, and for a folder with files of other origin."""
    try:
        names = {path.name for path in folder.iterdir()}
    except FileNotFoundError:
        return
    except OSError as error:
        raise IndexFolderError(f"{folder} 不能用作索引文件夹（{error.strerror}）。") from error
    visible = {name for name in names if not name.startswith(".")}
    if visible and MARKER not in names and FORMAT.encode() not in _head(folder / MANIFEST):
        raise IndexFolderError(f"{folder} 里有别的文件，不是索引文件夹；请另外指定一个空的或新的文件夹。")


def check(folder: Path, manifest: Manifest, *, thorough: bool) -> None:
    """Compare the files with the manifest; :class:`IndexFolderError` names the first that differs.

    ``thorough`` digests all of them, otherwise those up to :data:`DIGESTED_ON_OPEN`.
    """
    if (manifest.format, manifest.format_version) != (FORMAT, FORMAT_VERSION):
        raise IndexFolderError(f"索引 {folder} 的格式（{manifest.format} {manifest.format_version}）不是本版本的。")
    for name, written in manifest.files.items():
        path = folder / manifest.data / name
        try:
            whole = path.stat().st_size == written.size
            if whole and (thorough or written.size <= DIGESTED_ON_OPEN):
                whole = _sha256(path) == written.sha256
        except OSError:
            whole = False
        if not whole:
            raise IndexFolderError(f"索引 {folder} 已损坏：{name} 缺失或与记录不符。")


@contextmanager
def new_data(folder: Path) -> Iterator[Path]:
    """A fresh data folder to write an index into and publish; gone again if the block fails."""
    data = folder / f"{_DATA_PREFIX}{secrets.token_hex(4)}"
    data.mkdir()
    try:
        yield data
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise


def publish(folder: Path, data: Path, manifest: Manifest) -> None:
    """Make a data folder the current one: everything on disk first, the manifest last."""
    previous = _current_data(folder)
    contents = sorted(data.rglob("*"))
    files = {
        path.relative_to(data).as_posix(): FileRecord(path.stat().st_size, _sha256(path))
        for path in contents
        if path.is_file()
    }
    for path in (*contents, data):
        _sync(path)
    pending = folder / f"{MANIFEST}.new"
    pending.write_bytes(replace(manifest, data=data.name, files=files).as_json())
    _sync(pending)
    pending.replace(folder / MANIFEST)
    _sync(folder)
    for old in folder.glob(f"{_DATA_PREFIX}*"):
        if old.name not in {data.name, previous}:
            shutil.rmtree(old, ignore_errors=True)


def _current_data(folder: Path) -> str:
    try:
        manifest = read_manifest(folder)
    except IndexFolderError:  # damaged, which is no reason not to replace it
        return ""
    return manifest.data if manifest else ""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(200)
    except OSError:
        return b""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
