"""A saved web page → its visible text, one block a line, and where in it the document stands.

The text is the whole page: what is not the document (navigation, related links, the site's footer) is told apart by
``Content.body``, so that it can be left out with a reason and nothing is lost. The body is found by what it
says, not by the names that a site gives to its containers: it is the innermost element that still holds nearly all
of the page's sentences and every one of its numbered lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.dates import FULL_DATE
from corpus.errors import CorpusError
from corpus.folding import fold
from corpus.model import Span
from corpus.reading.alone import as_line
from corpus.reading.content import Content
from corpus.reading.encoding import decode
from corpus.reading.page import facts_of_page
from corpus.reading.rows import row_of
from corpus.structure.signatures import is_marked

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCK_NAMES = """
html body address article aside blockquote caption center dd details dialog dir div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody td tfoot th
thead tr ul
"""
#: Elements that print nothing, or controls of the page.
_HIDDEN_NAMES = """
head script style noscript template iframe object embed applet svg canvas audio video map select datalist textarea input
button
"""
_BLOCKS, _HIDDEN = frozenset(_BLOCK_NAMES.split()), frozenset(_HIDDEN_NAMES.split())
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
#: What stands in these is about the site, not the document.
_ABOUT_THE_SITE = frozenset(("a", "nav", "header", "footer", "aside"))
_CHARSET = re.compile(rb"<meta[^>]{1,200}?charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 1 << 14
#: What libxml2 cannot take in a document.
_NO_CHARACTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_SOURCE_BREAK = re.compile(r"(?<![ \t\r\f])[ \t\r\f]*\n[ \t\r\n\f]*")
_HAN = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
_HAN_OR_MARK = re.compile(rf"{_HAN.pattern}|[,.;:!?()“”‘’]")
_ENDS_A_SENTENCE = re.compile(r"[。;!?]")
_SITE_FOOTER = re.compile(r"ICP备|公网安备|版权所有|网站标识码|技术支持|(?:主办|承办)(?:单位)?:")
#: A line that begins with none of these has no mark.
_MAY_BE_MARKED = re.compile(r"[第〇零一二三四五六七八九十百千两(\d①-⒛㈠-㈩—-]")
#: The body holds at least this share of a page's sentences.
_BODY_SHARE = 0.85
#: A cell with this share of a table's words in so many blocks is a column of the page, not of a table.
_COLUMN_SHARE, _COLUMN_BLOCKS = 0.7, 5


def read_html(data: bytes, name: str) -> Content:
    """A page's text with its body and what the page says of its document; ``CorpusError`` where it has no text."""
    from lxml import etree  # only pages pay for it

    declared = _CHARSET.search(data[:_HEAD])
    source = decode(data, name, declared[1].decode() if declared else "")
    # The parser is told the encoding, whatever the page says of it.
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        root = etree.fromstring(_NO_CHARACTER.sub("", source).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise CorpusError(f"{name} 不是可识别的网页;请在浏览器中打开,另存为网页或 .txt 文本。") from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise CorpusError(f"{name} 中的网页元素嵌套过深或过大;请在浏览器中打开,把正文另存为 .txt 文本。")
    if root is None:
        raise CorpusError(f"{name} 是没有文字的网页;请在浏览器中打开,等正文显示后另存为网页。")
    walk = _Walk()
    walk.read(root)
    text = "".join(walk.out)
    if not text.strip():
        raise CorpusError(f"{name} 是没有文字的网页;请在浏览器中打开,等正文显示后另存为网页。")
    body = _body(walk.elements)
    return Content(text, body=body, page=facts_of_page(root, text, body))


@dataclass(slots=True)
class _Block:
    """A block element: where its text stands, its weight in sentences, and how many numbered lines it has."""

    parent: int
    start: int
    end: int = 0
    weight: int = 0
    numbered: int = 0


class _Walk:
    """The text of a page, line by line, and its block elements."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.elements: list[_Block] = []
        self._length = self._weight = self._numbered = 0
        self._line: list[str] = []
        self._about_the_site = 0
        self._in_links = 0
        self._preformatted = 0
        self._cells: list[str] | None = None
        self._in_cell = False
        self._open: list[int] = []

    def read(self, root: _Element) -> None:
        from lxml import etree

        hidden = False
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if event == "start":
                hidden = _is_hidden(element)
                if hidden:
                    walker.skip_subtree()
                else:
                    self._start(element)
                    self._say(element.text)
            else:
                # Behind the start of a hidden element comes its end.
                if not hidden:
                    self._end(element)
                hidden = False
                self._say(element.tail)
        self._flush()

    def _start(self, element: _Element) -> None:
        tag = element.tag
        if tag == "br":
            self._break()
        elif tag == "table":
            self._flush()
            self._cells = None if _is_layout(element) else []
            self._enter()
        elif tag == "tr" and self._cells is not None:
            self._flush()
            self._cells = []
        elif tag in ("td", "th") and self._cells is not None:
            self._flush()
            self._in_cell = True
        elif tag in _BLOCKS:
            self._break()
            if self._cells is None:
                self._enter()
        self._about_the_site += tag in _ABOUT_THE_SITE
        self._preformatted += tag == "pre"

    def _end(self, element: _Element) -> None:
        tag = element.tag
        self._about_the_site -= tag in _ABOUT_THE_SITE
        self._preformatted -= tag == "pre"
        if tag == "table":
            self._flush()
            self._cells = None
            self._leave()
        elif tag == "tr" and self._cells is not None:
            row = row_of(self._cells)
            self._cells = []
            self._write(row, links=False)
        elif tag in ("td", "th") and self._cells is not None:
            self._cells.append(self._taken())
            self._in_cell = False
        elif tag in _BLOCKS:
            self._break()
            if self._cells is None:
                self._leave()

    def _enter(self) -> None:
        parent = self._open[-1] if self._open else -1
        self._open.append(len(self.elements))
        self.elements.append(_Block(parent, self._length, weight=-self._weight, numbered=-self._numbered))

    def _leave(self) -> None:
        block = self.elements[self._open.pop()]
        block.end = self._length
        block.weight += self._weight
        block.numbered += self._numbered

    def _say(self, words: str | None) -> None:
        if not words:
            return
        if self._preformatted and not self._in_cell:
            first, *others = words.split("\n")
            self._line.append(first)
            for other in others:
                self._flush()
                self._line.append(other)
            return
        self._line.append(_unbroken(words))
        if self._about_the_site:
            self._in_links += len(words.strip())

    def _break(self) -> None:
        if self._in_cell:
            self._line.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        links = self._in_links
        words = self._taken()
        self._write(words, links=2 * links > len(words))

    def _taken(self) -> str:
        words = _BLANKS.sub(" ", "".join(self._line)).strip(" ")
        self._line = []
        self._in_links = 0
        return words

    def _write(self, words: str, *, links: bool) -> None:
        if not words or words.isspace():
            return
        if not links:
            folded = fold(words).strip()
            numbered = _is_numbered(folded)
            self._numbered += numbered
            if numbered or (_ENDS_A_SENTENCE.search(folded) and not _SITE_FOOTER.search(folded)):
                self._weight += len(words)
        self.out.append(words + "\n")
        self._length += len(words) + 1


def _is_numbered(folded: str) -> bool:
    """Whether a line begins with a mark, or is the date of a signature: what no navigation has."""
    if not _MAY_BE_MARKED.match(folded):
        return False
    return is_marked(as_line(folded)) or FULL_DATE.fullmatch(folded) is not None


def _is_hidden(element: _Element) -> bool:
    if element.tag in ("html", "body"):  # hidden by some pages until a script has run
        return False
    return (
        element.tag in _HIDDEN
        or "hidden" in element.attrib
        or element.get("aria-hidden", "").strip().lower() == "true"
        or _HIDING_STYLE.search(element.get("style", "")) is not None
    )


def _is_layout(table: _Element) -> bool:
    """Whether a table only places blocks on the page: it holds tables, one column, or one cell with nearly all."""
    if table.find(".//table") is not None:
        return True
    if all(len(row.findall("td")) + len(row.findall("th")) <= 1 for row in table.iter("tr")):
        return True
    cells = {cell: len("".join(cell.itertext()).strip()) for cell in table.iter("td", "th")}
    if not cells:
        return False
    longest = max(cells, key=lambda cell: cells[cell])
    blocks = sum(1 for _ in longest.iter("p", "div", "br", "li"))
    return blocks >= _COLUMN_BLOCKS and cells[longest] >= _COLUMN_SHARE * sum(cells.values())


def _unbroken(words: str) -> str:
    """Words without the line breaks that the page's source has inside of Chinese text: these print nothing."""

    def between(found: re.Match[str]) -> str:
        before, behind = words[found.start() - 1 : found.start()], words[found.end() : found.end() + 1]
        chinese = _HAN_OR_MARK.match(before) and _HAN_OR_MARK.match(behind)
        return "" if chinese and (_HAN.match(before) or _HAN.match(behind)) else " "

    return _SOURCE_BREAK.sub(between, words) if "\n" in words else words


def _body(blocks: Sequence[_Block]) -> Span | None:
    """The innermost block that holds nearly all sentences and all numbered lines; None where that is the page."""
    heaviest: dict[int, int] = {}
    for i, block in enumerate(blocks):
        best = heaviest.setdefault(block.parent, i)
        if block.weight > blocks[best].weight:
            heaviest[block.parent] = i
    found, below = -1, heaviest.get(-1)
    while below is not None and blocks[below].weight:
        if found >= 0 and not _holds_nearly_all(blocks[below], blocks[found]):
            break
        found, below = below, heaviest.get(below)
    if found < 0 or blocks[found].end - blocks[found].start == max(block.end for block in blocks):
        return None
    return Span(blocks[found].start, blocks[found].end)


def _holds_nearly_all(inner: _Block, outer: _Block) -> bool:
    return inner.weight >= _BODY_SHARE * outer.weight and inner.numbered == outer.numbered
