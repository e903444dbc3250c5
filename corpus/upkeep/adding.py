"""A file into a corpus folder: read as the library will read it, stored, and listed in the manifest.

file → is it there already → reading → entry → documents/, manifest.toml

The document is stored first and the manifest last, each in one step. What a crash between the two leaves is a document
that is not listed; adding the same file again finds it there and lists it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from corpus.cities import Cities
from corpus.document import DocumentReading, read_document
from corpus.errors import CorpusError
from corpus.folding import fold
from corpus.library import BUNDLED
from corpus.manifest import MANIFEST, DocumentEntry, Manifest, read_manifest
from corpus.model import DocumentNumber, Instrument
from corpus.reading.files import read_file
from corpus.upkeep.manifest_edit import with_entry
from corpus.upkeep.naming import clean_name, free_id, free_name, readable_id
from corpus.upkeep.storing import reason, sole_writer, storing, write_whole

#: What is left where bytes could not be read as characters: U+FFFD, private characters, U+FFFD read as GBK.
_DAMAGED = re.compile("[\ufffd\ue000-\uf8ff]|锟斤拷")
_AROUND = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What is stated of a file beyond what it says of itself; "" and None for nothing.

    ``title`` and ``dated`` are for a file of one instrument that has none of its own.
    """

    id: str = ""
    city: str = ""
    publisher: str = ""
    published_on: date | None = None
    source: str = ""
    note: str = ""
    title: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True)
class Addition:
    """What a file comes to in a corpus folder.

    ``stored`` is False where the file lies in ``documents/`` already without being listed. ``remarks`` say what to look
    at, in Chinese.
    """

    path: Path
    entry: dict[str, Any]
    reading: DocumentReading
    stored: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Present:
    """A document that the folder has."""

    path: Path
    name: str
    entry: DocumentEntry | None

    @property
    def id(self) -> str:
        return self.entry.id if self.entry else readable_id(self.name)


def plan_addition(folder: Path, file: Path, stated: Stated, *, force: bool = False) -> Addition:
    """What adding a file would come to; changes nothing.

    ``CorpusError`` where the file cannot be read, where the folder has it, and where the folder has a document of the
    same number, unless ``force``.
    """
    root = _documents(folder)
    manifest = read_manifest(folder)
    present = tuple(_present(root, manifest))
    _refuse_missing(folder, manifest, present)
    there = _same_bytes(file, present)
    if there is not None and there.entry is not None:
        raise CorpusError(f"{file} 已经在语料里了：编号 {there.entry.id}，{there.path}。没有再加。")
    name = there.name if there else free_name(clean_name(file.name), _names(root))
    path = there.path if there else root / name
    others = [document for document in present if document is not there]
    entry = _entry(name, stated, others)
    taken = {document.id for document in others}
    source = there.path if there else file
    reading = _read(source, name, entry, taken)
    if stated.title or stated.dated:
        entry["instrument"] = [_instrument_entry(reading, stated)]
        reading = _read(source, name, entry, taken)
    numbers = {instrument.number for instrument in reading.instruments if instrument.number}
    same = list(_numbered(numbers, others))
    if same and not force:
        raise CorpusError("\n".join(map(_refusal, same)) + "\n没有添加；确实是另一份文件时加 --force。")
    if same:
        reading = _read(source, name, entry, taken | {instrument.id for _, instrument in same})
    remarks = (*_remarks(reading, stated), *(f"另一个文件也用这个文号：{_named(*each)}。" for each in same))
    return Addition(path, entry, reading, there is None, remarks)


def add_document(
    folder: Path, file: Path, stated: Stated, *, force: bool = False, tell: Callable[[str], None] = lambda _: None
) -> Addition:
    """Add a file to a corpus folder; waits for another process that adds, which ``tell`` is told.

    ``CorpusError`` as for :func:`plan_addition`, and where the folder cannot be written: it is then as it was.
    """
    _documents(folder)
    with sole_writer(folder, tell):
        addition = plan_addition(folder, file, stated, force=force)
        manifest = (folder / MANIFEST).resolve()
        with storing(folder):
            before = manifest.read_bytes() if manifest.exists() else b""
            after = with_entry(before, addition.entry)
            if addition.stored:
                write_whole(addition.path, _bytes(file, addition.reading.document.sha256))
            try:
                write_whole(manifest, after)
            except BaseException:
                # An interruption may come when the manifest is already the new one, which needs the document.
                if addition.stored and not (manifest.exists() and manifest.read_bytes() == after):
                    addition.path.unlink(missing_ok=True)
                raise
    return addition


def _documents(folder: Path) -> Path:
    """The folder of the documents, where files may be added."""
    root = folder / "documents"
    start = "请先用 policy-assistant corpus init 文件夹 建一个自己的语料文件夹，再用 --corpus 文件夹 指定它。"
    if not root.is_dir():
        raise CorpusError(f"{folder} 不是语料文件夹：其中应有 documents 子文件夹。{start}")
    if root.resolve() == (BUNDLED / "documents").resolve():
        raise CorpusError(f"{folder} 是随程序附带的示例语料，不往里面添加文件。{start}")
    return root


def _present(root: Path, manifest: Manifest) -> Iterator[_Present]:
    for path in sorted(root.rglob("*")):
        relative = path.relative_to(root)
        if path.is_file() and not any(part.startswith(".") for part in relative.parts):
            name = relative.as_posix()
            yield _Present(path, name, manifest.entry(name))


def _refuse_missing(folder: Path, manifest: Manifest, present: Sequence[_Present]) -> None:
    missing = {entry.file for entry in manifest.document} - {document.name for document in present}
    if missing:
        names = "、".join(sorted(missing))
        raise CorpusError(f"{folder / MANIFEST} 列出的文件不存在：{names}。请先把文件放回 documents，或删去它的条目。")


def _names(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()}


def _same_bytes(file: Path, present: Sequence[_Present]) -> _Present | None:
    """The document with the bytes of a file; one that is listed before one that is not."""
    try:
        if file.is_dir():
            raise CorpusError(f"{file} 是一个文件夹；请一次添加一个文件。")
        if not file.exists():
            raise CorpusError(f"找不到文件 {file}，请检查路径。")
        if not file.is_file():
            raise CorpusError(f"{file} 不是普通文件，不能添加。")
        size = file.stat().st_size
        alike = [document for document in present if document.path.stat().st_size == size]
        digest = _digest(file) if alike else ""
        same = [document for document in alike if _digest(document.path) == digest]
    except OSError as error:
        raise CorpusError(f"{file} 读不出来：{reason(error)}。") from error
    return min(same, key=lambda document: document.entry is None, default=None)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _bytes(file: Path, sha256: str) -> bytes:
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise CorpusError(f"{file} 在读取时被改动了，没有添加；请再试一次。")
    return data


def _read(path: Path, name: str, entry: dict[str, Any], taken: Collection[str]) -> DocumentReading:
    try:
        reading = read_document(path, name, DocumentEntry.model_validate(entry), taken)
    except OSError as error:
        raise CorpusError(f"{path} 读不出来：{reason(error)}。") from error
    if not reading.clauses:
        raise CorpusError(f"{path} 里没有读出任何条款，没有添加；请检查文件是不是空的。")
    return reading


def _entry(name: str, stated: Stated, others: Sequence[_Present]) -> dict[str, Any]:
    """The entry of a document: its id, its file, and what is stated of it."""
    for document in others:
        if stated.id and document.id == stated.id:
            raise CorpusError(f"编号 {stated.id} 已经用于 {document.path}；请另外给一个。")
    facts = {
        "id": stated.id or free_id(readable_id(name), [document.id for document in others]),
        "file": name,
        "city": stated.city,
        "publisher": stated.publisher,
        "published_on": stated.published_on,
        "source": stated.source,
        "note": stated.note,
    }
    return {key: value for key, value in facts.items() if value}


def _instrument_entry(reading: DocumentReading, stated: Stated) -> dict[str, Any]:
    """What is stated of the only instrument of a document that does not say it."""
    if len(reading.instruments) != 1:
        raise CorpusError(
            f"这里面有 {len(reading.instruments)} 个文件，标题和日期说的是哪一个不清楚；"
            f"请不用 --title 和 --date 添加，再写入 {MANIFEST} 的 [[document.instrument]]。"
        )
    (instrument,) = reading.instruments
    if stated.title and not _untitled(instrument):
        raise CorpusError(f"文件自己印有标题《{instrument.title}》，不用 --title。")
    if stated.dated and instrument.date:
        raise CorpusError(f"文件自己写明了日期 {instrument.date}，不用 --date。")
    facts: dict[str, Any] = {}
    if stated.title:
        facts |= {"title": stated.title, "title_inferred": True}
    if stated.dated:
        facts |= {"date": stated.dated}
    return facts


def _untitled(instrument: Instrument) -> bool:
    return instrument.title == instrument.document_id


def _numbered(numbers: Collection[DocumentNumber], others: Sequence[_Present]) -> Iterator[tuple[_Present, Instrument]]:
    """The instruments of other documents that carry one of the numbers.

    Only a document that prints one, or whose page says one of it, is read through.
    """
    if not numbers:
        return
    # 〔2023〕26号, (2023)第 026 号, [2023] 26 號: the year, the serial, and the sign behind it.
    printed = re.compile("|".join(rf"{n.year}\D{{1,8}}0{{0,4}}{n.serial}\s{{0,3}}[号號]" for n in numbers))
    for document in others:
        try:
            file = read_file(document.path, document.name)
            if file.content.page.number not in numbers and not printed.search(fold(file.text)):
                continue
            reading = read_document(document.path, document.name, document.entry)
        except (CorpusError, OSError):
            continue  # a document that cannot be read is said by whatever reads the corpus
        found = {i.number: i for i in reversed(reading.instruments) if i.number in numbers}
        yield from ((document, instrument) for instrument in found.values())


def _named(document: _Present, instrument: Instrument) -> str:
    return f"{instrument.number} 《{instrument.title}》，编号 {document.id}，{document.path}"


def _refusal(same: tuple[_Present, Instrument]) -> str:
    return f"语料里已有同一文号的文件：{_named(*same)}。"


def _remarks(reading: DocumentReading, stated: Stated) -> Iterator[str]:
    """What a person should look at, and how to state what is missing."""
    single = len(reading.instruments) == 1
    cities = Cities(reading.document.text)
    for instrument in reading.instruments:
        which = "" if single else f"《{instrument.title}》"
        if _untitled(instrument):
            how = "用 --title 写明" if single else f"在 {MANIFEST} 里写明"
            yield f"{which}没有读出标题，暂以编号为标题；可以{how}。"
        if instrument.number is None:
            yield f"{which}没有读出文号；查找时只能用标题、编号或关键词。"
        if instrument.date is None:
            how = "用 --date 写明" if single else f"在 {MANIFEST} 里写明"
            yield f"{which}没有读出日期，从印发之日算起的期限就算不出来；可以{how}。"
        if not instrument.city:
            yield f"{which}没有读出城市；是某个市的文件就用 --city 写明，省级和国家文件不用写。"
        own = cities.of(instrument.issuer, "" if instrument.title_inferred else instrument.title)
        if stated.city and own and own != stated.city:
            yield f"{which}从文件里读出的城市是{own}，已按所给的{stated.city}；请核对。"
    if found := _DAMAGED.search(reading.document.text):
        count = len(_DAMAGED.findall(reading.document.text))
        around = reading.document.text[max(0, found.start() - _AROUND) : found.end() + _AROUND]
        yield (
            f"有 {count} 处字已损坏，如“{' '.join(around.split())}”；"
            f"知道原字时在 {MANIFEST} 里用 [[document.replace]] 写明。"
        )
