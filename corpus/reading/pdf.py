"""PDF with a text layer → text, one printed line a line; where a paragraph begins, two wide blanks.

A PDF has no lines and paragraphs, only characters at places. Characters on one height are a line; a line that begins
farther right than the page's margin, by about the two characters that Chinese typesetting indents, begins a paragraph.
Page numbers and running headers are in the text and listed as repairs that take them out, so that nothing is lost.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.folding import fold
from corpus.model import Span
from corpus.reading.content import PAGE_NUMBER, RUNNING_HEADER, Content, Edit

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

MAX_PAGES, MAX_CHARACTERS = 2000, 10_000_000
_PASSWORD = 4  # FPDF_ERR_PASSWORD
_INDENT = "\u3000\u3000"
#: A line this many characters farther right than the margin begins a paragraph, or is centred.
_INDENTED = 1.2
#: A gap of this many characters is a blank between words or cells.
_GAP = 0.6
_LONG_LINE = 12
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd\ufffe]")


def read_pdf(data: bytes, name: str) -> Content:
    """The text of a PDF; ``CorpusError`` says it where it is encrypted, broken or only pictures of pages."""
    import pypdfium2  # only PDF files pay for it

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise CorpusError(f"{name} 是加密的 PDF,要口令才能打开;请先去掉口令再放入。") from error
        raise CorpusError(f"{name} 已损坏,不能作为 PDF 打开;请重新下载。") from error
    try:
        if len(document) > MAX_PAGES:
            raise CorpusError(f"{name} 有 {len(document)} 页,超过 {MAX_PAGES} 页,不像一份政策文件;请检查后拆分。")
        pages = _pages(document, name)
    finally:
        document.close()
    # A scan may have its page numbers as text, and a word of a stamp.
    if sum(character.isalpha() for page in pages for line in page for character in line.text) <= len(pages) // 2:
        raise CorpusError(f"{name} 没有文字层,是扫描的图片,不能读出文字;请先做文字识别(OCR),或者找网页版、Word 版。")
    text = "".join(f"{line.text}\n" for page in pages for line in page)
    if len(_PRIVATE.findall(text)) * 10 > len(text):
        raise CorpusError(f"{name} 的字体没有文字编码,读出来是乱码;请做文字识别(OCR),或者找网页版、Word 版。")
    empty = [i for i, page in enumerate(pages, 1) if not page]
    warnings = (f"第 {'、'.join(map(str, empty[:10]))} 页没有文字,可能是图片",) if empty else ()
    return Content(text, edits=tuple(_page_furniture(pages)), warnings=warnings, printed=True)


@dataclass(slots=True)
class _PrintedLine:
    """A line under way: its characters, the box around them, and the size of a character."""

    text: str = ""
    left: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    top: float = 0.0
    sizes: list[float] = field(default_factory=list)

    @property
    def size(self) -> float:
        """The height of its characters, the width of a Han character."""
        return max(median(self.sizes), 1.0)


def _pages(document: PdfDocument, name: str) -> list[list[_PrintedLine]]:
    import pypdfium2

    pages: list[list[_PrintedLine]] = []
    read = 0
    for index in range(len(document)):
        try:
            page = document[index]
            text = page.get_textpage()
        except pypdfium2.PdfiumError:
            pages.append([])
            continue
        read += text.count_chars()
        if read > MAX_CHARACTERS:
            raise CorpusError(f"{name} 的文字超过 {MAX_CHARACTERS // 10_000} 万字,不像一份政策文件;请检查后拆分。")
        lines = [line for line in _lines(text) if line.text.strip()]
        text.close()
        page.close()
        _indent(lines)
        pages.append(lines)
    return pages


def _lines(page: PdfTextPage) -> Iterator[_PrintedLine]:
    """The printed lines of a page, in the order of the file."""
    line = _PrintedLine()
    blank = False
    for character, (left, right, bottom, top) in _characters(page):
        if character.isspace():
            blank = True
            continue
        middle = (bottom + top) / 2
        if line.text and (not line.bottom <= middle <= line.top or left < line.left):
            yield line
            line, blank = _PrintedLine(), False
        if not line.text:
            line.left, line.bottom, line.top, line.right = left, bottom, top, left
        gap = left - line.right
        if line.text and (blank or gap > _GAP * line.size):
            line.text += " "
        blank = False
        line.text += character
        line.right = max(line.right, right)
        # Marks and digits are lower than the line, and must not narrow it.
        line.bottom, line.top = min(line.bottom, bottom), max(line.top, top)
        line.sizes.append(top - bottom)
    if line.text:
        yield line


def _characters(page: PdfTextPage) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """Each character with its box: left, right, bottom, top; blanks only where the file has them."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    places = [ctypes.byref(value) for value in (left, right, bottom, top)]
    box = pdfium.FS_RECTF()
    for index in range(page.count_chars()):
        code = pdfium.FPDFText_GetUnicode(page, index)
        if not code or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            continue
        if pdfium.FPDFText_IsGenerated(page, index) == 1:
            continue
        # The loose box is as high as the font, whatever the character.
        if pdfium.FPDFText_GetLooseCharBox(page, index, ctypes.byref(box)) and box.right > box.left:
            yield chr(code), (box.left, box.right, box.bottom, box.top)
        elif pdfium.FPDFText_GetCharBox(page, index, *places):
            yield chr(code), (left.value, right.value, bottom.value, top.value)


def _indent(lines: Sequence[_PrintedLine]) -> None:
    """Two wide blanks in front of the lines of a page that begin a paragraph."""
    long = [line for line in lines if len(line.text) >= _LONG_LINE] or list(lines)
    if not long:
        return
    margin = min(line.left for line in long)
    for line in lines:
        away = (line.left - margin) / line.size
        if away > _INDENTED:
            line.text = _INDENT + line.text


_NUMBER = r"[1-9]\d{0,3}"
#: — 3 —, - 3 -, ·3·, 第3页, 第 3 页 共 12 页, 3/12; and a bare 3.
_PAGE_NUMBER = re.compile(
    rf"[-—·~]{{1,2}}\s*(?P<a>{_NUMBER})\s*[-—·~]{{1,2}}"
    rf"|第\s*(?P<b>{_NUMBER})\s*页(?:[\s,/]*共\s*{_NUMBER}\s*页)?|(?P<c>{_NUMBER})\s*/\s*{_NUMBER}"
)
_BARE_NUMBER = re.compile(_NUMBER)
#: So many lines at the top and the foot of a page may be running headers, on so many pages and such a share of them.
_RUNNING_LINES, _RUNNING_PAGES, _RUNNING_SHARE = 2, 3, 0.5
_HEADER_LENGTH = 6


def _page_furniture(pages: Sequence[Sequence[_PrintedLine]]) -> Iterator[Edit]:
    """What printing put on the pages: their numbers, and a header that runs through."""
    numbered = _numbered(pages)
    running = _running(pages)
    start = 0
    for i, page in enumerate(pages):
        edge = {*range(_RUNNING_LINES), *range(len(page) - _RUNNING_LINES, len(page))}
        for k, line in enumerate(page):
            end = start + len(line.text) + 1
            words = _without_numbers(line.text)
            if (i, k) in numbered:
                yield Edit(Span(start, end), "", PAGE_NUMBER)
            elif i and k in edge and words in running:
                # On the first page it may be the title itself.
                yield Edit(Span(start, end), "", RUNNING_HEADER)
            start = end


def _numbered(pages: Sequence[Sequence[_PrintedLine]]) -> set[tuple[int, int]]:
    """The lines that are page numbers. A bare number is one where those of other pages count on with it."""
    sure: set[tuple[int, int]] = set()
    bare: list[tuple[int, int, int]] = []
    for i, page in enumerate(pages):
        for k in {0, len(page) - 1} if page else ():
            words = fold(page[k].text).strip()
            if _PAGE_NUMBER.fullmatch(words):
                sure.add((i, k))
            elif _BARE_NUMBER.fullmatch(words):
                bare.append((i, k, int(words) - i))
    offsets = Counter(offset for _, _, offset in bare)
    counting = {offset for offset, count in offsets.items() if count > 1}
    return sure | {(i, k) for i, k, offset in bare if offset in counting}


def _running(pages: Sequence[Sequence[_PrintedLine]]) -> set[str]:
    """The lines that stand at the top or the foot of most pages, but for the numbers in them."""
    found: Counter[str] = Counter()
    for page in pages:
        edge = [*page[:_RUNNING_LINES], *page[-_RUNNING_LINES:]]
        found.update({_without_numbers(line.text) for line in edge})
    needed = max(_RUNNING_PAGES, _RUNNING_SHARE * len(pages) + 1)
    return {words for words, count in found.items() if count >= needed and len(words) > 1}


def _without_numbers(words: str) -> str:
    """A running header may name the page; two short lines that differ in a number are two lines."""
    bare = re.sub(r"[\d\s]+", "", fold(words))
    return bare if len(bare) >= _HEADER_LENGTH else fold(words).strip()
