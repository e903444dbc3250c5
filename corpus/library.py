"""The library: every document of a corpus folder as instruments and clauses.

folder → manifest → documents (:mod:`corpus.document`) → library
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.facts.references import Directory, resolved
from corpus.folding import fold
from corpus.manifest import MANIFEST, Manifest, read_manifest
from corpus.model import Clause, DocumentNumber, Instrument, Provision, RelationKind, SourceDocument, Validity

if TYPE_CHECKING:
    from corpus.document import DocumentReading

#: The sample corpus that comes with the project.
BUNDLED = Path(__file__).parent


@dataclass(frozen=True)
class Library:
    """All that was read, in the order of the documents. ``version`` changes when any word of it may change."""

    version: str
    documents: tuple[SourceDocument, ...]
    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def clause(self) -> Mapping[str, Clause]:
        """Clauses by id."""
        return MappingProxyType({clause.id: clause for clause in self.clauses})

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Instruments by id."""
        return MappingProxyType({instrument.id: instrument for instrument in self.instruments})

    @cached_property
    def document(self) -> Mapping[str, SourceDocument]:
        """Source documents by id."""
        return MappingProxyType({document.id: document for document in self.documents})

    @cached_property
    def folded(self) -> str:
        """The words of all clauses, folded: for whether a term stands anywhere."""
        return "\n".join(fold(clause.text) for clause in self.clauses)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """The cities that have a document here, in full (天门市), in order of appearance."""
        return tuple(dict.fromkeys(i.city for i in self.instruments if i.city))

    def numbered(self, number: DocumentNumber) -> tuple[Instrument, ...]:
        """The instruments that carry a number; several for a bundle."""
        return tuple(i for i in self.instruments if i.number == number)

    def text_of(self, instrument: Instrument, provision: Provision) -> str:
        """A provision's words, verbatim, children included."""
        return provision.span.of(self.document[instrument.document_id].text).strip()

    def of_instrument(self, instrument_id: str) -> Iterator[Clause]:
        """The clauses of an instrument in reading order."""
        return (clause for clause in self.clauses if clause.instrument_id == instrument_id)


def readings(folder: Path) -> Iterator[DocumentReading]:
    """The documents of a corpus folder, read one at a time; what they say of each other is not resolved.

    Memory holds one document and the ids given so far, however many there are. ``CorpusError`` names what cannot be
    read.
    """
    from corpus.document import read_document  # whoever opens a built index reads no document

    manifest = read_manifest(folder)
    taken: set[str] = {entry.id for entry in manifest.document}
    for path, name in _files(folder, manifest):
        reading = read_document(path, name, manifest.entry(name), taken)
        taken |= {reading.document.id, *(instrument.id for instrument in reading.instruments)}
        yield reading


def read_library(folder: Path) -> Library:
    """Read a corpus folder, and resolve what its documents say of each other; ``CorpusError`` as :func:`readings`."""
    read = list(readings(folder))
    instruments = [instrument for reading in read for instrument in reading.instruments]
    directory = Directory.of(instruments)
    clauses = [resolved(clause, directory) for reading in read for clause in reading.clauses]
    repealed = _repealed(clauses, instruments) | _stated_repeals(read_manifest(folder), instruments)
    return Library(
        version=corpus_version(folder),
        documents=tuple(reading.document for reading in read),
        instruments=tuple(replace(i, validity=_repeal(i.validity, repealed.get(i.id))) for i in instruments),
        clauses=tuple(
            replace(clause, terms=tuple(_repeal(term, repealed.get(clause.instrument_id)) for term in clause.terms))
            for clause in clauses
        ),
    )


def _repealed(clauses: Sequence[Clause], instruments: Sequence[Instrument]) -> dict[str, date]:
    """When documents say that instruments are repealed (《…》同时废止), by instrument id.

    The day is that on which the later document comes into force, else its date; a document cannot repeal a later one.
    """
    by_id = {instrument.id: instrument for instrument in instruments}
    days: dict[str, date] = {}
    for clause in clauses:
        for relation in clause.relations:
            day = _first_day([by_id[clause.instrument_id]]) if relation.kind is RelationKind.REPEALS else None
            for target in relation.targets if day else ():
                earlier = by_id.get(target)
                if day and earlier and (earlier.date is None or earlier.date <= day):
                    days[target] = min(day, days.get(target, day))
    return days


def _stated_repeals(manifest: Manifest, instruments: Sequence[Instrument]) -> dict[str, date]:
    """When the manifest says that instruments were repealed, by instrument id.

    The day is the one stated, else that on which the later document came into force, else the later document's date.
    """
    days: dict[str, date] = {}
    by_number: dict[DocumentNumber, list[Instrument]] = {}
    for instrument in instruments:
        if instrument.number is not None:
            by_number.setdefault(instrument.number, []).append(instrument)
    for entry in manifest.document:
        own = [instrument for instrument in instruments if instrument.document_id == entry.id]
        for stated in entry.instrument:
            meant = [i for i in own if stated.is_for(i.number, "" if i.title_inferred else i.title)]
            later = by_number.get(stated.repealed_by, []) if stated.repealed_by else []
            if day := stated.repealed_on or _first_day(later):
                days |= {instrument.id: day for instrument in meant}
            if day := _first_day(meant):
                days |= {earlier.id: day for number in stated.supersedes for earlier in by_number.get(number, [])}
    return days


def _first_day(instruments: Sequence[Instrument]) -> date | None:
    return next((day for i in instruments if (day := i.validity.effective_on or i.date)), None)


def _repeal(validity: Validity, day: date | None) -> Validity:
    return replace(validity, repealed_on=day, stated=True) if day else validity


def corpus_version(folder: Path) -> str:
    """``sha256:…`` over the documents, the manifest and the code that reads them."""
    digest = hashlib.sha256()
    manifest = read_manifest(folder)
    code = [(path.relative_to(BUNDLED).as_posix(), path) for path in sorted(BUNDLED.rglob("*.py"))]
    listed = code + [(name, path) for path, name in _files(folder, manifest)]
    if (folder / MANIFEST).exists():
        listed.append((MANIFEST, folder / MANIFEST))
    for name, path in listed:
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"


def _files(folder: Path, manifest: Manifest) -> list[tuple[Path, str]]:
    """The documents of a corpus folder with their names: those of the manifest in its order, then the others."""
    root = folder / "documents"
    if not root.is_dir():
        raise CorpusError(
            f"{folder} 不是语料文件夹:其中应有 documents 子文件夹,里面放政策文件(如 .txt、.docx、.pdf、.html)。"
        )
    present = {
        path.relative_to(root).as_posix(): path
        for path in sorted(root.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
    missing = [entry.file for entry in manifest.document if entry.file not in present]
    if missing:
        raise CorpusError(f"{folder / MANIFEST} 列出的文件不存在:{'、'.join(missing)}(应在 {root} 中)。")
    names = [entry.file for entry in manifest.document]
    return [(present[name], name) for name in dict.fromkeys([*names, *present])]
