"""What a file is, by its first bytes. Its name only decides where these leave it open: many a .doc is a web page."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from corpus.errors import CorpusError


class Format(Enum):
    """A kind of file, with its name in messages."""

    TEXT = "文本"
    HTML = "网页"
    DOCX = "Word 文档(.docx)"
    PDF = "PDF"
    OFFICE = "旧的 Office 文档"


#: By ending: what a file is where its bytes do not say.
SUFFIXES = {
    ".txt": Format.TEXT,
    ".md": Format.TEXT,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".docx": Format.DOCX,
    ".pdf": Format.PDF,
    ".doc": Format.OFFICE,
    ".wps": Format.OFFICE,
}

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD_XML = re.compile(rb"<\?mso-application[^>]{0,40}Word\.Document|<w:wordDocument[\s>]")
_HTML = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)*<(?:!doctype\s+html|html|head)[\s>]", re.IGNORECASE
)
_IMAGE = re.compile(rb"\x89PNG\r|\xff\xd8\xff|GIF8[79]a|BM.{4}\x00{4}|II\*\x00|MM\x00\*", re.DOTALL)
#: Files that are often given a wrong ending, and what to do with each.
_OTHERS = (
    (_IMAGE, "是图片", "请先做文字识别(OCR)"),
    (re.compile(rb"Rar!\x1a|7z\xbc\xaf|\x1f\x8b"), "是压缩包", "请先解压"),
    (re.compile(rb"MIME-Version:", re.IGNORECASE), "是网页归档(.mht)", "请在浏览器中打开,另存为 .html"),
)


def format_of(data: bytes, suffix: str, name: str) -> Format:
    """The format of a file; ``CorpusError`` says what a file is that no reader here takes."""
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _in_zip(data, name)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise CorpusError(f"{name} 是加密的 Office 文档,要口令才能打开;请先去掉口令再放入。")
        return Format.OFFICE
    if start.startswith(b"{\\rtf") or _WORD_XML.search(data[:4096]):
        return Format.OFFICE
    for pattern, what, then in _OTHERS:
        if pattern.match(data):
            raise CorpusError(f"{name} {what};{then}再放入。")
    if _HTML.match(start):
        return Format.HTML
    expected = SUFFIXES[suffix]
    if expected in (Format.TEXT, Format.HTML):
        return expected
    # A text that was given the ending of a document; what is no text is refused by its name.
    if data and b"\x00" not in data[:4096]:
        return Format.TEXT
    raise CorpusError(f"{name} 不是 {expected.value},也不是其他能读的格式;请用原来的软件打开后另存为 .docx 或 .txt。")


def _in_zip(data: bytes, name: str) -> Format:
    """A zip file is a Word document, or something else that is said."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        # Cut off or damaged: the reader of .docx says so.
        return Format.DOCX
    for part, what in (
        ("xl/", "Excel 表格,请把内容另存为 .docx 或 .txt"),
        ("ppt/", "PowerPoint 演示文稿,请把内容另存为 .docx 或 .txt"),
        ("OFD.xml", "OFD 版式文件,请转换为 PDF 或 .docx"),
        ("content.xml", "OpenDocument 文档,请另存为 .docx"),
    ):
        if any(each.startswith(part) for each in names):
            raise CorpusError(f"{name} 是 {what}后再放入。")
    if "[Content_Types].xml" in names or any(each.startswith("word/") for each in names):
        return Format.DOCX
    raise CorpusError(f"{name} 是压缩包,不是文档;请先解压再放入。")
