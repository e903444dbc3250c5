"""Builds an index of a library, and opens one, building it first where it is missing or stale.

library, confirmed pairs → passages → lexical index, vectors → data folder → manifest      build_index
corpus folder → an index that is up to date                               open_index
"""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import library as library_of
from corpus.model import Scheme
from index import store
from index.confirmed import CONFIRMED, Pair, digest, questions_of, read_pairs
from index.embedding import fingerprint, load_embedder, make_embedder
from index.errors import EmbeddingError, IndexFolderError
from index.lexical import OUTLINE, STATUTE, LexicalIndex, Saturation
from index.lock import sole_builder
from index.places import places
from index.records import read_lines, write_lines
from index.search import Index
from index.static_embedding import EMBEDDED, StaticModel
from index.store import EmbeddingRecord, Manifest
from index.vectors import Vectors, write_vectors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from corpus.library import Library
    from corpus.model import Clause, Instrument

#: The modules that decide what an index holds; a change in one of them makes an index stale.
_DECIDING = (
    "build",
    "confirmed",
    "embedding",
    "endpoint_model",
    "lexical",
    "records",
    "static_embedding",
    "store",
    "terms",
    "vectors",
)


class Wanted(NamedTuple):
    """What an index must have been built from to be up to date; ``key`` opens the endpoint of its model."""

    corpus_version: str
    embedding: str
    fingerprint: str
    code: str
    key: str | None = None
    pairs: tuple[Pair, ...] = ()

    @classmethod
    def now(cls, corpus_version: str, embedding: str, key: str | None = None, pairs: tuple[Pair, ...] = ()) -> Wanted:
        """By the code that runs and the model as it lies on disk."""
        return cls(corpus_version, embedding, fingerprint(embedding), _code_version(), key, pairs)

    def stale(self, manifest: Manifest) -> str:
        """Why an index is not up to date, in Chinese; empty where it is."""
        if manifest.corpus_version != self.corpus_version:
            return "语料有变动"
        if manifest.confirmed != digest(self.pairs):
            return "已确认的问答有变动"
        if (manifest.embedding.name, manifest.embedding.fingerprint) != (self.embedding, self.fingerprint):
            return "向量模型有变动"
        return "" if manifest.code == self.code else "程序有更新"


def open_index(
    corpus: Path, folder: Path | None, embedding: str, tell: Callable[[str], None], key: str | None = None
) -> Index:
    """The index of a corpus folder, built first where it is missing, damaged or stale, which ``tell`` is told.

    Without a folder it stands at its default place, or in a temporary folder where that cannot be written. Where the
    embedding model cannot be had, the index is lexical only: ``tell`` is told, and :attr:`Index.problem` says so.
    ``key`` is for a model behind an endpoint that wants one; it is kept nowhere.
    """
    wanted = Wanted.now(library_of.corpus_version(corpus), embedding, key, read_pairs(corpus))
    where = places(corpus, folder)
    # A place that cannot be written may hold an index all the same: part of an image, say.
    index = _usable(where.usual, wanted)
    if index is None and where.temporary is not None:
        tell(where.notice)
        index = _usable(where.temporary, wanted)
    if index is None:
        index = _rebuilt(where.to_build, wanted, corpus, tell)
    if index.problem:
        tell(f"{index.problem}现在只按字面检索；问题解决后请运行 policy-assistant index build。")
    return index


def build_index(
    library: Library,
    folder: Path,
    embedding: str = EMBEDDED,
    tell: Callable[[str], None] = lambda _: None,
    key: str | None = None,
    pairs: tuple[Pair, ...] = (),
) -> Index:
    """Index a library into a folder, in the place of what was indexed there, and open it; ``pairs`` are indexed too.

    Waits for another process that builds there, which ``tell`` is told. Raises :class:`EmbeddingError` where the
    model cannot be had and :class:`IndexFolderError` where the folder cannot be written; the old index then stays.
    """
    with _building(folder, tell):
        _write(library, folder, Wanted.now(library.version, embedding, key, pairs))
    return _opened(folder, key)


def passage(clause: Clause, instrument: Instrument) -> str:
    """What is indexed of a clause: city, title, headings, text. A clause rarely says whose and what it is."""
    above = [heading for heading in clause.headings if heading not in clause.text]
    return "\n".join(filter(None, (instrument.city, instrument.title, *above, clause.text)))


def state(folder: Path, wanted: Wanted) -> tuple[Manifest | None, str]:
    """The manifest of a folder and why it is not up to date; raises :class:`IndexFolderError` for a damaged index."""
    manifest = store.read_manifest(folder)
    if manifest is None:
        return None, "还没有索引"
    return manifest, wanted.stale(manifest)


def _usable(folder: Path, wanted: Wanted) -> Index | None:
    """The index of a folder if it is whole and up to date."""
    try:
        manifest, stale = state(folder, wanted)
        return None if manifest is None or stale else _opened(folder, wanted.key)
    except IndexFolderError:
        return None  # said when it is rebuilt


def _rebuilt(folder: Path, wanted: Wanted, corpus: Path, tell: Callable[[str], None]) -> Index:
    with _building(folder, tell):
        try:
            manifest, reason = state(folder, wanted)
            if manifest is not None and not reason:
                return _opened(folder, wanted.key)  # another process was faster
        except IndexFolderError as damage:
            reason = str(damage).rstrip("。")
        tell(f"{reason}，正在建立索引：{folder}")
        library = library_of.read_library(corpus)
        wanted = wanted._replace(corpus_version=library.version)
        try:
            _write(library, folder, wanted)
        except EmbeddingError as error:
            _write(library, folder, wanted, without_vectors=str(error))
    return _opened(folder, wanted.key)


@contextmanager
def _building(folder: Path, tell: Callable[[str], None]) -> Iterator[None]:
    store.refuse_foreign(folder)
    with _written(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with sole_builder(folder / store.MARKER, tell):
        yield


@contextmanager
def _written(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise IndexFolderError(f"索引 {folder} 写不了（{error.strerror or error}）。") from error


def _write(library: Library, folder: Path, wanted: Wanted, without_vectors: str = "") -> None:
    if not library.clauses:
        raise IndexFolderError("语料里没有任何条款，没有可以建立索引的内容。")
    passages = [passage(clause, library.instrument[clause.instrument_id]) for clause in library.clauses]
    asked = questions_of(wanted.pairs)
    expanded = [
        "\n".join((text, *asked.get(clause.id, ()))) for clause, text in zip(library.clauses, passages, strict=True)
    ]
    saturation = _saturation(library)
    with _written(folder), store.new_data(folder) as data:
        store.write_library(data, library)
        write_lines(data / CONFIRMED, wanted.pairs, Pair)
        try:
            lexical = LexicalIndex.fit(expanded, saturation)
        except ValueError as error:
            raise IndexFolderError("语料的条款里没有任何文字，没有可以建立索引的内容。") from error
        lexical.save(data / "lexical")
        dim = 0 if without_vectors else _write_vectors(data, passages, wanted)
        store.publish(
            folder,
            data,
            Manifest(
                package_version=_package_version(),
                built_at=datetime.now(UTC).replace(microsecond=0),
                corpus_version=wanted.corpus_version,
                code=wanted.code,
                confirmed=digest(wanted.pairs),
                embedding=EmbeddingRecord(wanted.embedding, dim, wanted.fingerprint, without_vectors),
                lexical={**saturation._asdict(), "terms": len(lexical.vocabulary)},
                counts={
                    "documents": len(library.documents),
                    "instruments": len(library.instruments),
                    "clauses": len(library.clauses),
                    **({"confirmed": len(wanted.pairs)} if wanted.pairs else {}),
                },
            ),
        )


def _write_vectors(data: Path, passages: Sequence[str], wanted: Wanted) -> int:
    embedder = make_embedder(wanted.embedding, passages, wanted.key)
    if isinstance(embedder, StaticModel):
        embedder.save(data / "embedding")
    write_vectors(embedder.encode_passages(passages), data / "vectors.faiss")
    return embedder.dim


def _opened(folder: Path, key: str | None = None) -> Index:
    """Open what the manifest names now; once more if it was replaced while reading."""
    manifest = store.read_manifest(folder)
    while True:
        if manifest is None:
            raise IndexFolderError(f"{folder} 里还没有索引。")
        try:
            return _read(folder, manifest, key)
        except (IndexFolderError, OSError):
            newer = store.read_manifest(folder)
            if newer is None or newer.data == manifest.data:
                raise
            manifest = newer


def _read(folder: Path, manifest: Manifest, key: str | None) -> Index:
    store.check(folder, manifest, thorough=False)
    data = folder / manifest.data
    vectors = None
    if manifest.embedding.dim:
        name = manifest.embedding.name
        vectors = Vectors(data / "vectors.faiss", lambda: load_embedder(name, data / "embedding", key))
    library = store.read_library(data, manifest.corpus_version)
    pairs = read_lines(data / CONFIRMED, Pair)
    return Index(library, folder, manifest, LexicalIndex.open(data / "lexical"), vectors, pairs)


def _saturation(library: Library) -> Saturation:
    """The constants for the scheme that most clauses are written in."""
    statute = {instrument.id for instrument in library.instruments if instrument.scheme is Scheme.STATUTE}
    share = sum(clause.instrument_id in statute for clause in library.clauses) / len(library.clauses)
    return STATUTE if share > 0.5 else OUTLINE


@cache
def _code_version() -> str:
    digest = hashlib.sha256()
    for module in _DECIDING:
        digest.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    return f"sha256:{digest.hexdigest()}"


def _package_version() -> str:
    import importlib.metadata

    try:
        return importlib.metadata.version("policy-assistant")
    except importlib.metadata.PackageNotFoundError:  # run from a checkout that was never installed
        return ""
