"""Files as collected → decoded text, each format by the module of its name."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.errors import CorpusError
from corpus.reading.content import Content
from corpus.reading.formats import SUFFIXES, Format, format_of

#: The endings of the files that can be read.
READABLE = tuple(SUFFIXES)
MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, decoded, with what its format says of it.

    The text has no byte-order mark, and one newline as line end.
    """

    name: str
    sha256: str
    content: Content

    @property
    def text(self) -> str:
        """The decoded text, the whole of a page."""
        return self.content.text


def read_file(path: Path, name: str) -> SourceFile:
    """Decode a document; ``CorpusError`` names the file and what would be right."""
    suffix = path.suffix.lower()
    if suffix not in READABLE:
        raise CorpusError(f"不能读取 {name}:支持 {'、'.join(READABLE)} 格式,请先另存为其中一种。")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CorpusError(f"{name} 超过 {MAX_BYTES // 2**20} MB,不像一份政策文件;请检查后拆分。")
        data = path.read_bytes()
    except OSError as error:
        raise CorpusError(f"{name} 打不开:{error.strerror or error}。") from error
    return SourceFile(name, hashlib.sha256(data).hexdigest(), content_of(data, suffix, name))


def content_of(data: bytes, suffix: str, name: str) -> Content:
    """What the bytes of a file say, which was named with ``suffix``."""
    found = format_of(data, suffix, name)
    content = _read(data, found, suffix, name)
    if found is not SUFFIXES[suffix]:
        told = f"文件名以 {suffix} 结尾,内容其实是{found.value},已照内容读取"
        content = replace(content, warnings=(told, *content.warnings))
    return content


def _read(data: bytes, found: Format, suffix: str, name: str) -> Content:
    # Each reader brings its library; a look-up in an index that is built needs none of them.
    if found is Format.HTML:
        from corpus.reading.html import read_html

        return read_html(data, name)
    if found is Format.PDF:
        from corpus.reading.pdf import read_pdf

        return read_pdf(data, name)
    if found is Format.DOCX:
        from corpus.reading.docx import read_docx

        return read_docx(data, name)
    if found is Format.OFFICE:
        from corpus.reading.docx import read_docx
        from corpus.reading.office import to_docx

        return read_docx(to_docx(data, suffix if SUFFIXES[suffix] is Format.OFFICE else ".doc", name), name)
    from corpus.reading.encoding import decode

    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    return Content(text, markdown=suffix == ".md")
