"""The marks that a line may begin with: 一、 (一) 1. (1) ① 第十条 第一章 专栏1 ——… 一是.

Matched on folded text (:mod:`corpus.folding`); labels are cut from the text as printed. A mark is None where
a line only looks like one (千千、 is no number).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.model import Level
from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Mark:
    """The label that a line begins with: its level, its number in Arabic digits, and the label as printed."""

    level: Level
    number: str
    label: str


#: A word in which 二、三 is no label: 二、三线城市.
_ENUMERATED = rf"(?!{HAN_NUMERAL}{{1,2}}(?:级|线|类|产业|等|年|月|期|季))"
#: A pattern a style of marker: GB/T 9704-2012, 7.3.3. Signs that hold their brackets (㈠ ⑴ ⒈) are of the same styles.
OUTLINE_STYLES = (
    (Level.OUTLINE_1, rf"(?:{HAN_NUMERAL}{{1,5}})[、.]{_ENUMERATED}"),
    (Level.OUTLINE_2, rf"(?:\({HAN_NUMERAL}{{1,5}}\)|[㈠-㈩])、?"),
    (Level.OUTLINE_3, r"(?:\d{1,3}(?:、|\.(?!\d))|[⒈-⒛])"),
    (Level.OUTLINE_4, r"(?:\(\d{1,3}\)|\d{1,2}\)|[⑴-⒇])、?"),
    (Level.OUTLINE_5, r"[①-⑳]"),
)
_OUTLINE_MARKS = tuple((level, re.compile(pattern)) for level, pattern in OUTLINE_STYLES)
_BOX_MARK = re.compile(r"专栏\s*(\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d年月日个项])")
_DASH = r"(?:——?|--)\s*"
#: The words that a dash paragraph begins with and that name it: up to 。 or :, else up to the first stop of any kind.
_DASH_MARKS = (re.compile(_DASH + r"[^。:;,]{1,24}(?=[。:])"), re.compile(_DASH + r"[^。:;,、]{1,24}"))
_ORDINAL_MARK = re.compile(rf"({HAN_NUMERAL}{{1,2}})是")
ARTICLE_LABEL = rf"第({HAN_NUMERAL}{{1,9}}|\d{{1,4}})条(?:之({HAN_NUMERAL}{{1,3}}))?"
#: An article begins with 第X条 and a blank; glued to its text it must not read on as a sentence (第三条规定…).
_ARTICLE_MARK = re.compile(
    rf"{ARTICLE_LABEL}(?:(?=[\s:【\[])|$|(?!第|规定|修改|中的|的|所|和|、|至|及|或|与|之|,|。|项|款|以|关于|[)》〉”]))"
)
_HEADING = r"(?=\s|$|[\u4e00-\u9fff、,()]{2,30}$)"
_GROUPING_MARKS = (
    (Level.PART, re.compile(rf"第({HAN_NUMERAL}{{1,5}}|\d{{1,3}})(?:分编|编|部分){_HEADING}")),
    (Level.CHAPTER, re.compile(rf"第({HAN_NUMERAL}{{1,5}}|\d{{1,3}})章{_HEADING}")),
    (Level.SECTION, re.compile(rf"第({HAN_NUMERAL}{{1,5}}|\d{{1,3}})节{_HEADING}")),
)
_ANNEX_MARK = re.compile(
    r"(?P<label>附\s*(?:件|表|录|图)(?:\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2}))?)(?:\s*:?$|(?P<titled>\s*[:.、]\s*\S))"
)


def outline_mark(line: Line) -> Mark | None:
    """The outline label at the start of a line: 一、 (一) 1. (1) ①."""
    for level, pattern in _OUTLINE_MARKS:
        match = pattern.match(line.folded)
        if match:
            return _mark(level, match[0], line.text[: match.end()])
    return None


def is_outline_1(line: Line) -> bool:
    """Whether a line begins with 一、."""
    mark = outline_mark(line)
    return mark is not None and mark.level is Level.OUTLINE_1


_ITEM_LEVELS = {
    Level.OUTLINE_2: Level.SUBPARAGRAPH,
    Level.OUTLINE_3: Level.ITEM,
    Level.OUTLINE_4: Level.ITEM,
    Level.OUTLINE_5: Level.ITEM,
}


def item_mark(line: Line) -> Mark | None:
    """The label of a 项 ((一)) or 目 (1.) below an article (立法法: 条下分款、项、目)."""
    mark = outline_mark(line)
    if mark is None or mark.level not in _ITEM_LEVELS:
        return None
    return Mark(_ITEM_LEVELS[mark.level], mark.number, mark.label)


def box_mark(line: Line) -> Mark | None:
    """专栏1 at the start of a line."""
    match = _BOX_MARK.match(line.folded)
    return _mark(Level.BOX, match[1], line.text[: match.end()]) if match else None


def dash_mark(line: Line) -> Mark | None:
    """A dash paragraph; its label is the dash and the words that name it: ——纺织织造."""
    for pattern in _DASH_MARKS:
        match = pattern.match(line.folded)
        if match:
            return Mark(Level.DASH, "", line.text[: match.end()].rstrip())
    return None


def ordinal_mark(line: Line) -> Mark | None:
    """一是 … at the start of a paragraph of speech."""
    match = _ORDINAL_MARK.match(line.folded)
    return _mark(Level.ORDINAL, match[1], line.text[: match.end()]) if match else None


def article_mark(line: Line) -> Mark | None:
    """第十条, 第十条之一 at the start of a line that is an article and no sentence about one."""
    match = _ARTICLE_MARK.match(line.folded)
    if match is None:
        return None
    mark = _mark(Level.ARTICLE, match[1], line.text[: match.end()])
    if mark is None or match[2] is None:
        return mark
    after = _mark(Level.ARTICLE, match[2], "")
    return Mark(Level.ARTICLE, f"{mark.number}-{after.number}", mark.label) if after else None


def grouping_mark(line: Line) -> Mark | None:
    """第一编, 第二章, 第三节 as a heading of its own."""
    for level, pattern in _GROUPING_MARKS:
        match = pattern.match(line.folded)
        if match:
            return _mark(level, match[1], line.text[: match.end()])
    return None


@dataclass(frozen=True, slots=True)
class AnnexMark:
    """附件1 at the start of a line; ``titled`` where words follow on the same line, as in a list of annexes."""

    label: str
    titled: bool


def annex_mark(line: Line) -> AnnexMark | None:
    """附件, 附件1, 附件: 1.申报指南, 附表一, 附录."""
    match = _ANNEX_MARK.match(line.folded)
    return AnnexMark(line.text[: match.end("label")], match["titled"] is not None) if match else None


def _mark(level: Level, numeral: str, label: str) -> Mark | None:
    """None where the numeral says no number."""
    try:
        number = number_of(re.sub(r"[().、]", "", unicodedata.normalize("NFKC", numeral)))
    except ValueError:
        return None
    return Mark(level, str(number), label)
