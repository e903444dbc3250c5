"""Word documents → text: the paragraphs and tables of the body in order, automatic numbering written out.

What is read is what Word would print with all changes accepted: deletions and hidden text are no text, insertions are.
A table is a row a line; a table of one column is a box, and its paragraphs are lines. Headers, footers and comments are
no part of a document's words; footnotes are said to be missing. The author and title that a file has as properties are
those of its template more often than its own, and are not used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import CorpusError
from corpus.reading.content import Content
from corpus.reading.numbering import Numbering, W, numbering_of
from corpus.reading.package import Package, main_part, related
from corpus.reading.rows import row_of

if TYPE_CHECKING:
    from lxml.etree import _Element

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
#: Changes that took text away, and what stands beside the text without being of it.
_NO_TEXT_NAMES = """
del moveFrom rPr pPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr rt instrText delText delInstrText sectPr
"""
_NO_TEXT = frozenset(f"{W}{name}" for name in _NO_TEXT_NAMES.split())
_PRINTED = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_OFF = ("0", "false", "off")
#: Tables in tables in tables: deeper ones are no document's.
_DEEPEST = 12
_LONGEST_CHAIN = 32


def read_docx(data: bytes, name: str) -> Content:
    """The text of a .docx file; ``CorpusError`` names the file where it is broken, encrypted or a bomb."""
    package = Package(data, name)
    main = main_part(package)
    root = package.part(main) if main else None
    body = root.find(f"{W}body") if root is not None else None
    if main is None or body is None:
        raise CorpusError(f"{name} 不是 Word 文档,或者没有正文;请用 Word 或 WPS 打开后另存为 .docx。")
    styles = _styles(related(package, main, "styles"))
    linked = {identifier: style.list_id for identifier, style in styles.items() if style.list_id}
    reader = _Reader(name, styles, numbering_of(related(package, main, "numbering"), linked))
    text = "".join(line + "\n" for line in reader.lines(body, 0))
    return Content(text, warnings=tuple(_warnings(body)))


def _warnings(body: _Element) -> Iterator[str]:
    notes = sum(1 for _ in body.iter(f"{W}footnoteReference", f"{W}endnoteReference"))
    if notes:
        yield f"有 {notes} 条脚注或尾注没有读入"
    parts = sum(1 for _ in body.iter(f"{W}altChunk"))
    if parts:
        yield f"有 {parts} 处嵌入的其他文件没有读入"


@dataclass(frozen=True, slots=True)
class _Style:
    """A style's part in numbering and hiding, as far as it states one."""

    based_on: str = ""
    list_id: str | None = None
    depth: int | None = None
    hidden: bool | None = None


def _styles(part: _Element | None) -> Mapping[str, _Style]:
    styles: dict[str, _Style] = {}
    for style in part.iterchildren(f"{W}style") if part is not None else ():
        identifier = style.get(f"{W}styleId", "")
        based_on = style.find(f"{W}basedOn")
        list_id, depth = _list_of(style.find(f"{W}pPr"))
        if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in ("1", "true"):
            styles[""] = _Style(identifier)
        hides = style.find(f"{W}rPr/{W}vanish")
        styles[identifier] = _Style(
            "" if based_on is None else based_on.get(f"{W}val", ""),
            list_id,
            depth,
            None if hides is None else hides.get(f"{W}val") not in _OFF,
        )
    return styles


def _list_of(properties: _Element | None) -> tuple[str | None, int | None]:
    """The list and the depth in it that a paragraph's or style's properties state."""
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    if numbered is None:
        return None, None
    stated = [numbered.find(f"{W}{name}") for name in ("numId", "ilvl")]
    list_id, depth = (None if child is None else child.get(f"{W}val") for child in stated)
    return list_id, int(depth) if depth and depth.isdecimal() and len(depth) == 1 else None


@dataclass(slots=True)
class _Reader:
    """Lines of a document in order; it counts the numbering as it goes."""

    name: str
    styles: Mapping[str, _Style]
    numbering: Numbering
    _carried: str = ""

    def lines(self, parent: _Element, depth: int) -> Iterator[str]:
        """The lines of what a body, a cell or a text box holds."""
        if depth > _DEEPEST:
            raise CorpusError(f"{self.name} 中的表格嵌套过深,不像一份政策文件;请用 Word 打开检查。")
        for block in _blocks(parent):
            if block.tag == f"{W}p":
                yield from self._paragraph(block, depth)
            else:
                yield from self._table(block, depth)
        if self._carried:
            yield from self._taken("")

    def _paragraph(self, paragraph: _Element, depth: int) -> Iterator[str]:
        boxes: list[_Element] = []
        words = "".join(self._words(paragraph, boxes))
        properties = paragraph.find(f"{W}pPr")
        if words.strip():
            words = self._label(properties) + words
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            # Its end was deleted: the next paragraph goes on with it.
            self._carried += words
        else:
            yield from self._taken(words)
        for box in boxes:
            yield from self.lines(box, depth + 1)

    def _taken(self, words: str) -> Iterator[str]:
        words, self._carried = self._carried + words, ""
        yield from (line for line in words.split("\n") if line.strip())

    def _label(self, properties: _Element | None) -> str:
        list_id, depth = _list_of(properties)
        named = properties.find(f"{W}pStyle") if properties is not None else None
        identifier = "" if named is None else named.get(f"{W}val", "")
        for style in self._chain(identifier):
            list_id = style.list_id if list_id is None else list_id
            depth = style.depth if depth is None else depth
        return self.numbering.label(list_id, depth or 0) if list_id else ""

    def _chain(self, identifier: str) -> Iterator[_Style]:
        """A style and those it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self.styles.get(identifier)
            if style is None:
                return
            yield style
            if not style.based_on:
                return
            identifier = style.based_on

    def _words(self, paragraph: _Element, boxes: list[_Element]) -> Iterator[str]:
        """The words of a paragraph in order; the text boxes anchored in it are put into ``boxes``."""
        waiting = [iter(paragraph)]
        while waiting:
            element = next(waiting[-1], None)
            if element is None:
                waiting.pop()
                continue
            tag = element.tag
            if tag == f"{W}txbxContent":
                boxes.append(element)
            elif tag in (f"{W}t", _MATH_TEXT):
                yield element.text or ""
            elif tag in _PRINTED:
                yield _PRINTED[tag]
            elif tag == f"{_MC}AlternateContent":
                waiting.append(iter(_alternative(element)))
            elif tag not in _NO_TEXT and not (tag == f"{W}r" and self._is_hidden(element)):
                waiting.append(iter(element))

    def _is_hidden(self, run: _Element) -> bool:
        properties = run.find(f"{W}rPr")
        if properties is None:
            return False
        hides = properties.find(f"{W}vanish")
        if hides is not None:
            return hides.get(f"{W}val") not in _OFF
        named = properties.find(f"{W}rStyle")
        if named is None:
            return False
        stated = (style.hidden for style in self._chain(named.get(f"{W}val", "")))
        return next((hidden for hidden in stated if hidden is not None), False)

    def _table(self, table: _Element, depth: int) -> Iterator[str]:
        rows = [list(_cells(row)) for row in _rows(table)]
        if all(len(cells) <= 1 for cells in rows):
            for cells in rows:
                for cell in cells:
                    yield from self.lines(cell, depth + 1)
            return
        for cells in rows:
            line = row_of(["" if _goes_on(cell) else "\n".join(self.lines(cell, depth + 1)) for cell in cells])
            if line:
                yield line


def _blocks(parent: _Element) -> Iterator[_Element]:
    """The paragraphs and tables directly in something, through content controls and insertions."""
    waiting = [iter(parent)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag in (f"{W}p", f"{W}tbl"):
            yield element
        elif element.tag == f"{_MC}AlternateContent":
            waiting.append(iter(_alternative(element)))
        elif element.tag not in _NO_TEXT:
            waiting.append(iter(element))


def _alternative(element: _Element) -> list[_Element]:
    """The one of several forms of a thing that is read: the first that says something, else the first."""
    forms = [form for form in element if form.tag in (f"{_MC}Choice", f"{_MC}Fallback")]
    return next((list(form) for form in forms if next(form.iter(f"{W}t"), None) is not None), [])


def _rows(table: _Element) -> Iterator[_Element]:
    for row in _within(table, f"{W}tr"):
        if row.find(f"{W}trPr/{W}del") is None:
            yield row


def _cells(row: _Element) -> Iterator[_Element]:
    return _within(row, f"{W}tc")


def _within(parent: _Element, tag: str) -> Iterator[_Element]:
    """The elements of a kind below another, through content controls, but not those inside of each other."""
    waiting = [iter(parent)]
    while waiting:
        element = next(waiting[-1], None)
        if element is None:
            waiting.pop()
        elif element.tag == tag:
            yield element
        elif element.tag not in _NO_TEXT:
            waiting.append(iter(element))


def _goes_on(cell: _Element) -> bool:
    """Whether a cell is the lower part of one merged over rows, whose words stand in the uppermost."""
    merged = cell.find(f"{W}tcPr/{W}vMerge")
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"
