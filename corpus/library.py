"""The library: every document of a corpus folder as instruments and clauses.

    folder → manifest → file → canonical text → instruments → provisions → clauses → facts

The stages stand in this order in :func:`read_document`; each lives in the module of its name.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from corpus.clauses import clauses_of
from corpus.errors import CorpusError
from corpus.facts.amounts import amounts_of
from corpus.facts.offices import offices_of, shared_offices
from corpus.facts.periods import periods_of
from corpus.facts.relations import provisos_of
from corpus.facts.validity import instrument_validity, terms_of
from corpus.identity import city_of, instrument_id, kind_of
from corpus.instruments import InstrumentText, Segmentation, segment
from corpus.manifest import MANIFEST, DocumentEntry, InstrumentEntry, Manifest, read_manifest
from corpus.model import Clause, DocumentNumber, Instrument, Office, Provision, SourceDocument, Validity
from corpus.reading import SourceFile, read_file
from corpus.repair import repair
from corpus.structure import provisions_of, scheme_of

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


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one file came to."""

    document: SourceDocument
    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]


def read_library(folder: Path) -> Library:
    """Read a corpus folder; ``CorpusError`` names what cannot be read."""
    manifest = read_manifest(folder)
    readings = [read_document(path, name, manifest.entry(name)) for path, name in _files(folder, manifest)]
    return Library(
        version=corpus_version(folder),
        documents=tuple(reading.document for reading in readings),
        instruments=_distinct([i for reading in readings for i in reading.instruments]),
        clauses=tuple(clause for reading in readings for clause in reading.clauses),
    )


def corpus_version(folder: Path) -> str:
    """``sha256:…`` over the documents, the manifest and the code that reads them."""
    digest = hashlib.sha256()
    manifest = read_manifest(folder)
    code = sorted((BUNDLED / "facts").glob("*.py")) + sorted(BUNDLED.glob("*.py"))
    listed = [(path.name, path) for path in code] + [(name, path) for path, name in _files(folder, manifest)]
    if (folder / MANIFEST).exists():
        listed.append((MANIFEST, folder / MANIFEST))
    for name, path in listed:
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"sha256:{digest.hexdigest()}"


def _files(folder: Path, manifest: Manifest) -> list[tuple[Path, str]]:
    """The documents of a corpus folder with their names: those of the manifest in its order, then the others."""
    root = folder / "documents"
    if not root.is_dir():
        raise CorpusError(f"{folder} 不是语料文件夹:其中应有 documents 子文件夹,里面放政策文件(.txt、.md)。")
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


def read_document(path: Path, name: str, entry: DocumentEntry | None = None) -> DocumentReading:
    """One file through all stages. Facts that the file lacks come from its manifest entry."""
    file = read_file(path, name)
    canonical = repair(file.text, entry.replace if entry else ())
    parts = segment(canonical.text)
    document = SourceDocument(
        id=entry.id if entry else re.sub(r"[\s/~]+", "-", name.rsplit(".", 1)[0]),
        file=name,
        sha256=file.sha256,
        text=canonical.text,
        repairs=canonical.repairs,
        breaks=canonical.breaks,
        left_out=parts.left_out,
        warnings=_warnings(file, parts, entry),
    )
    instruments: list[Instrument] = []
    clauses: list[Clause] = []
    positions: Counter[DocumentNumber | None] = Counter()
    for part in parts.instruments:
        positions[part.number] += 1
        instrument = _instrument(part, positions[part.number], document, entry)
        own = _with_facts(clauses_of(instrument, document), instrument)
        validity = _validity(own, instrument, entry)
        instruments.append(replace(instrument, validity=validity))
        clauses += (replace(clause, terms=terms_of(clause, validity)) for clause in own)
    return DocumentReading(document, tuple(instruments), tuple(clauses))


def _warnings(file: SourceFile, parts: Segmentation, entry: DocumentEntry | None) -> tuple[str, ...]:
    warnings = []
    if entry is None:
        warnings.append("未列入 manifest.toml,文件名用作编号")
    if not file.text.strip():
        warnings.append("文件是空的")
    warnings += ("没有识别出标题" for part in parts.instruments if not part.title)
    return tuple(warnings)


def _instrument(
    part: InstrumentText, position: int, document: SourceDocument, entry: DocumentEntry | None
) -> Instrument:
    stated = _stated(part, entry)
    scheme = scheme_of(part)
    title = stated.title if stated and stated.title and not part.title else part.title or document.id
    issuer = (stated.issuer if stated else None) or part.issuer
    return Instrument(
        id=instrument_id(part.number, document.id, position, bundled=part.bundled),
        document_id=document.id,
        number=part.number,
        title=title,
        issuer=issuer,
        date=part.date or (stated.date if stated else None),
        city=(entry.city if entry else None) or city_of(issuer, title, document.text),
        kind=(stated.kind if stated else None) or kind_of(title, scheme),
        scheme=scheme,
        validity=Validity(),
        provisions=provisions_of(part, scheme),
        title_inferred=bool(stated and stated.title_inferred),
        bundled=part.bundled,
    )


def _stated(part: InstrumentText, entry: DocumentEntry | None) -> InstrumentEntry | None:
    for candidate in entry.instrument if entry else ():
        by_number = candidate.number is not None and candidate.number == part.number
        by_title = bool(part.title) and candidate.title == part.title
        only = candidate.number is None and not part.title
        if by_title or only or (by_number and candidate.title in (None, part.title)):
            return candidate
    return None


def _with_facts(clauses: Sequence[Clause], instrument: Instrument) -> tuple[Clause, ...]:
    provisos = provisos_of(clauses)
    shared: tuple[Office, ...] = ()
    result = []
    for clause in clauses:
        amounts, quantities = amounts_of(clause.text, clause.span.start)
        own = offices_of(clause)
        result.append(
            replace(
                clause,
                amounts=amounts,
                quantities=quantities,
                periods=periods_of(clause.text, clause.span.start),
                offices=(*own, *shared) if own else (),
                provisos=provisos.get(clause.id, ()),
            )
        )
        shared = shared or shared_offices(clause)
    return tuple(result)


def _validity(clauses: Sequence[Clause], instrument: Instrument, entry: DocumentEntry | None) -> Validity:
    """What the instrument says of itself, and what the manifest adds: that another document repealed it."""
    validity = instrument_validity(clauses, instrument.date)
    for stated in entry.instrument if entry else ():
        if stated.repealed_on and stated.number in (None, instrument.number):
            validity = replace(validity, repealed_on=stated.repealed_on, stated=True)
    return validity


def _distinct(instruments: Sequence[Instrument]) -> tuple[Instrument, ...]:
    counts = Counter(instrument.id for instrument in instruments)
    double = [name for name, count in counts.items() if count > 1]
    if double:
        raise CorpusError(f"同一文号的文件出现了两次:{'、'.join(double)};请从 documents 中去掉重复的一份。")
    return tuple(instruments)
