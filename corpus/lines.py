"""Canonical text as lines, and the marks that a line may begin with.

Marks are matched on folded text (:mod:`corpus.folding`); labels are cut from the text as printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.folding import fold
from corpus.model import Level, Span
from corpus.numerals import HAN_NUMERAL, number_of


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without outer blanks, as printed and folded, and where it stands."""

    span: Span
    text: str
    folded: str


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold more than blanks, Markdown heading marks taken off."""
    return tuple(_lines(text))


def _lines(text: str) -> Iterator[Line]:
    start = 0
    for raw in text.split("\n"):
        folded = fold(raw)
        lead = len(folded) - len(folded.lstrip())
        mark = re.match(r"#{1,6} +", folded[lead:])
        if mark:
            lead += mark.end()
        end = len(folded.rstrip())
        if end > lead:
            yield Line(Span(start + lead, start + end), raw[lead:end], folded[lead:end])
        start += len(raw) + 1


def squeeze(text: str) -> str:
    """Text without blanks, quotes and brackets in one form: equal for two printings of one title."""
    return re.sub(r"\s", "", fold(text)).translate(_ONE_FORM)


_ONE_FORM = str.maketrans({"—": "-", "〈": "《", "〉": "》", "<": "《", ">": "》"})


@dataclass(frozen=True, slots=True)
class Mark:
    """The label that a line begins with: its level, its number in Arabic digits, and the label as printed."""

    level: Level
    number: str
    label: str


#: A pattern a style of marker: GB/T 9704-2012, 7.3.3.
_OUTLINE_MARKS = (
    (Level.OUTLINE_1, re.compile(rf"({HAN_NUMERAL}{{1,5}})[、.]")),
    (Level.OUTLINE_2, re.compile(rf"\(({HAN_NUMERAL}{{1,5}})\)、?")),
    (Level.OUTLINE_3, re.compile(r"(\d{1,3})(?:、|\.(?!\d))")),
    (Level.OUTLINE_4, re.compile(r"\((\d{1,3})\)、?")),
    (Level.OUTLINE_5, re.compile(r"([①-⑳])")),
)
_BOX_MARK = re.compile(r"专栏\s*(\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d年月日个项])")
_DASH_MARK = re.compile(r"(?:——?|--)\s*[^。:;,、]{1,24}")
_ORDINAL_MARK = re.compile(rf"({HAN_NUMERAL}{{1,2}})是")
_ARTICLE = rf"第({HAN_NUMERAL}+|\d+)条(?:之({HAN_NUMERAL}+))?"
#: An article begins with 第X条 and a blank; glued to its text it must not read on as a sentence (第三条规定…).
_ARTICLE_MARK = re.compile(
    rf"{_ARTICLE}(?:(?=[\s:【\[])|$|(?!第|规定|的|所|和|、|至|及|或|与|中|之|,|。|项|款|以|关于|[)》〉”]))"
)
_HEADING = r"(?=\s|$|[\u4e00-\u9fff、,()]{2,30}$)"
_GROUPING_MARKS = (
    (Level.PART, re.compile(rf"第({HAN_NUMERAL}+|\d+)(?:分编|编|部分){_HEADING}")),
    (Level.CHAPTER, re.compile(rf"第({HAN_NUMERAL}+|\d+)章{_HEADING}")),
    (Level.SECTION, re.compile(rf"第({HAN_NUMERAL}+|\d+)节{_HEADING}")),
)


def outline_mark(line: Line) -> Mark | None:
    """The outline label at the start of a line: 一、 (一) 1. (1) ①."""
    for level, pattern in _OUTLINE_MARKS:
        match = pattern.match(line.folded)
        if match:
            return _mark(level, match, line)
    return None


def box_mark(line: Line) -> Mark | None:
    """专栏1 at the start of a line."""
    match = _BOX_MARK.match(line.folded)
    return _mark(Level.BOX, match, line) if match else None


def dash_mark(line: Line) -> Mark | None:
    """A dash paragraph; its label is the dash and the words up to the first stop."""
    match = _DASH_MARK.match(line.folded)
    return Mark(Level.DASH, "", line.text[: match.end()].rstrip()) if match else None


def ordinal_mark(line: Line) -> Mark | None:
    """一是 … at the start of a paragraph of speech."""
    match = _ORDINAL_MARK.match(line.folded)
    return _mark(Level.ORDINAL, match, line) if match else None


def article_mark(line: Line) -> Mark | None:
    """第十条, 第十条之一 at the start of a line that is an article and no sentence about one."""
    match = _ARTICLE_MARK.match(line.folded)
    if match is None:
        return None
    number = str(number_of(match[1])) + (f"-{number_of(match[2])}" if match[2] else "")
    return Mark(Level.ARTICLE, number, line.text[: match.end()])


def grouping_mark(line: Line) -> Mark | None:
    """第一编, 第二章, 第三节 at the start of a heading line."""
    if len(line.text) > 60 or line.folded.endswith(("。", ";", ",")):
        return None
    for level, pattern in _GROUPING_MARKS:
        match = pattern.match(line.folded)
        if match:
            return _mark(level, match, line)
    return None


_ITEM_LEVELS = {Level.OUTLINE_2: Level.SUBPARAGRAPH, Level.OUTLINE_3: Level.ITEM}


def item_mark(line: Line) -> Mark | None:
    """The label of a 项 ((一)) or 目 (1.) below an article."""
    mark = outline_mark(line)
    if mark is None or mark.level not in _ITEM_LEVELS:
        return None
    return Mark(_ITEM_LEVELS[mark.level], mark.number, mark.label)


def _mark(level: Level, match: re.Match[str], line: Line) -> Mark:
    return Mark(level, str(number_of(match[1])), line.text[: match.end()])
