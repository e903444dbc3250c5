"""One document through all stages.

    file → canonical text → instruments → provisions → clauses → facts

Each stage lives in the module of its name; this one puts them in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.cities import Cities
from corpus.clauses import clauses_of
from corpus.facts.stage import read_facts
from corpus.identity import instrument_id, kind_of
from corpus.manifest import DocumentEntry, InstrumentEntry
from corpus.model import Clause, DocumentNumber, Instrument, Scheme, SourceDocument, Validity
from corpus.reading.content import PageFacts
from corpus.reading.files import SourceFile, read_file
from corpus.reading.losses import lost_characters
from corpus.reading.repair import LAYOUT, repair
from corpus.structure.instruments import InstrumentText, Segmentation, segment
from corpus.structure.provisions import provisions_of, scheme_of


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one file came to."""

    document: SourceDocument
    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]


def read_document(
    path: Path, name: str, entry: DocumentEntry | None = None, taken: Collection[str] = ()
) -> DocumentReading:
    """One file, named ``name`` in its corpus. Facts that the file lacks come from its manifest entry.

    ``taken`` are the ids of documents and instruments that others have; none of them is given again. ``CorpusError``
    where the file cannot be read.
    """
    file = read_file(path, name)
    content = file.content
    canonical = repair(
        content.text,
        entry.replace if entry else (),
        edits=content.edits,
        markdown=content.markdown,
        printed=content.printed,
    )
    parts = segment(canonical.text, canonical.span(content.body))
    page = content.page if len(parts.instruments) == 1 else PageFacts()
    document = SourceDocument(
        id=entry.id if entry else _document_id(name, taken),
        file=name,
        sha256=file.sha256,
        text=canonical.text,
        repairs=canonical.repairs,
        breaks=canonical.breaks,
        left_out=parts.left_out,
    )
    cities = Cities(document.text)
    repaired = [document.from_file(change.at) for change in document.repairs if change.reason not in LAYOUT]
    instruments: list[Instrument] = []
    clauses: list[Clause] = []
    used = set(taken) - {document.id}
    positions: Counter[DocumentNumber | None] = Counter()
    for part in parts.instruments:
        number = part.number or page.number
        positions[number] += 1
        wanted = instrument_id(number, document.id, positions[number], bundled=part.bundled)
        instrument = _instrument(part, _free(wanted, document.id, used), document, entry, page, cities)
        used.add(instrument.id)
        read, own = read_facts(instrument, clauses_of(instrument, document.text, repaired))
        instruments.append(read)
        clauses += own
    warnings = (*content.warnings, *lost_characters(document.text), *_warnings(file, parts, entry, instruments, taken))
    return DocumentReading(replace(document, warnings=warnings), tuple(instruments), tuple(clauses))


def _document_id(name: str, taken: Collection[str]) -> str:
    """The file's name, with its ending only where another document has the name without it."""
    readable = re.sub(r"[\s/~]+", "-", name)
    stem = readable.rsplit(".", 1)[0]
    return stem if stem and stem not in taken else readable


def _free(wanted: str, document_id: str, used: Collection[str]) -> str:
    """The id itself, or behind it the document that it is of where another one has it."""
    if wanted in used and wanted != document_id:
        wanted = f"{wanted}-{document_id}"
    position = 2
    free = wanted
    while free in used:
        free, position = f"{wanted}-{position}", position + 1
    return free


def _warnings(
    file: SourceFile,
    parts: Segmentation,
    entry: DocumentEntry | None,
    instruments: Sequence[Instrument],
    taken: Collection[str],
) -> list[str]:
    warnings = []
    if entry is None:
        warnings.append("未列入 manifest.toml,文件名用作编号")
    if not file.text.strip():
        warnings.append("文件是空的")
    if not file.content.page.title or len(parts.instruments) > 1:
        warnings += ("没有识别出标题" for part in parts.instruments if not part.title)
    warnings += (
        f"要替换的文字不在文件中:{r.before}" for r in (entry.replace if entry else ()) if r.before not in file.text
    )
    for stated in entry.instrument if entry else ():
        if not any(stated.is_for(part.number, part.title) for part in parts.instruments):
            warnings.append(f"manifest.toml 所说的文件不在其中:{stated.number or stated.title}")
    for number in {instrument.number for instrument in instruments if instrument.number}:
        if instrument_id(number, "", 1, bundled=False) in taken:
            warnings.append(f"另一个文件也用文号 {number}")
    return warnings


def _instrument(
    part: InstrumentText,
    identifier: str,
    document: SourceDocument,
    entry: DocumentEntry | None,
    page: PageFacts,
    cities: Cities,
) -> Instrument:
    stated = _stated(part, entry)
    scheme = scheme_of(part)
    title = part.title or (stated.title if stated else None) or page.title or document.id
    issuer = (stated.issuer if stated else None) or part.issuer or page.issuer
    # What was said to the press was said on the day that it was published.
    said_on = page.published_on if scheme is Scheme.TRANSCRIPT else None
    opening = "" if part.title else "\n".join(line.text for line in part.cover)
    return Instrument(
        id=identifier,
        document_id=document.id,
        number=part.number or page.number,
        title=title,
        issuer=issuer,
        date=part.date or (stated.date if stated else None) or page.date or said_on,
        city=(entry.city if entry else None) or cities.of(issuer, part.title),
        kind=(stated.kind if stated else None) or kind_of(part.title or title, scheme, opening),
        scheme=scheme,
        validity=Validity(),
        provisions=provisions_of(part, scheme),
        title_inferred=bool(stated and stated.title_inferred),
        bundled=part.bundled,
    )


def _stated(part: InstrumentText, entry: DocumentEntry | None) -> InstrumentEntry | None:
    return next(
        (stated for stated in (entry.instrument if entry else ()) if stated.is_for(part.number, part.title)), None
    )
