"""The marks that a line may begin with: 一、 (一) 1. (1) ① 第十条 第一章 专栏1 ——… 一是.

Matched on folded text (:mod:`corpus.folding`); labels are cut from the text as printed. A mark is None where
a line only looks like one (千千、 is no number).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Level
from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.labels import NO_SENTENCE, SPREAD_NUMERAL
from corpus.structure.lines import Line


@dataclass(frozen=True, slots=True)
class Mark:
    """The label that a line begins with: its level, its number in Arabic digits, and the label as printed."""

    level: Level
    number: str
    label: str


#: Words in which 二、三 may be no label: 二、三线城市.
_ENUMERATED = re.compile(rf"({HAN_NUMERAL}{{1,5}})、({HAN_NUMERAL}{{1,2}})(?:级|线|类|产业|等|年|月|期|季)")
#: A pattern a style of marker: GB/T 9704-2012, 7.3.3. Signs that hold their brackets (㈠ ⑴ ⒈) are of the same styles.
OUTLINE_STYLES = (
    (Level.OUTLINE_1, rf"(?:{HAN_NUMERAL}{{1,5}})[、.]"),
    (Level.OUTLINE_2, rf"(?:\({HAN_NUMERAL}{{1,5}}\)|[㈠-㈩])、?"),
    (Level.OUTLINE_3, r"(?:\d{1,3}(?:、|\.(?!\d))|[⒈-⒛])"),
    (Level.OUTLINE_4, r"(?:\(\d{1,3}\)|\d{1,2}\)|[⑴-⒇])、?"),
    (Level.OUTLINE_5, r"[①-⑳]"),
)
_OUTLINE_MARKS = tuple((level, re.compile(pattern)) for level, pattern in OUTLINE_STYLES)
#: The styles by the character that a mark of theirs may begin with: most lines begin with none of them.
_BEGINS = {
    **dict.fromkeys("〇零一二三四五六七八九十百千两", _OUTLINE_MARKS[:1]),
    **dict.fromkeys(map(chr, range(ord("㈠"), ord("㈩") + 1)), _OUTLINE_MARKS[1:2]),
    "(": (_OUTLINE_MARKS[1], _OUTLINE_MARKS[3]),
    **dict.fromkeys("0123456789", (_OUTLINE_MARKS[2], _OUTLINE_MARKS[3])),
    **dict.fromkeys(map(chr, range(ord("⒈"), ord("⒛") + 1)), _OUTLINE_MARKS[2:3]),
    **dict.fromkeys(map(chr, range(ord("⑴"), ord("⒇") + 1)), _OUTLINE_MARKS[3:4]),
    **dict.fromkeys(map(chr, range(ord("①"), ord("⑳") + 1)), _OUTLINE_MARKS[4:]),
}
_BOX_MARK = re.compile(r"专栏\s*(\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d年月日个项])")
_DASH = r"(?:——?|--)\s*"
#: The words that a dash paragraph begins with and that name it: up to 。 or :, else up to the first stop of any kind.
_DASH_MARKS = (re.compile(_DASH + r"[^。:;,]{1,24}(?=[。:])"), re.compile(_DASH + r"[^。:;,、]{1,24}"))
_ORDINAL_MARK = re.compile(
    rf"(?:(?P<shi>{HAN_NUMERAL}{{1,2}})是|第(?P<di>{HAN_NUMERAL}{{1,2}})[,、:]|其(?P<qi>{HAN_NUMERAL}{{1,2}})[,、:是])"
)
#: An article begins with 第X条 and a blank or a stop; glued to its text it must not read on as a sentence.
_ARTICLE_MARK = re.compile(
    rf"第\s{{0,2}}({SPREAD_NUMERAL})\s{{0,2}}条(?:\s?之({HAN_NUMERAL}{{1,3}}))?(?:(?=[\s:【\[*])|(?=、(?!第|{HAN_NUMERAL}))|$|{NO_SENTENCE})"
)
_GROUPING_MARK = re.compile(
    rf"第\s{{0,2}}({SPREAD_NUMERAL})\s{{0,2}}"
    r"(?:(?P<part>分编|编|部分)|(?P<chp>章)|(?P<sec>节))(?=[\s:]|$|[\u4e00-\u9fff、,()《》]{2,30}$)"
)
_ANNEX_MARK = re.compile(
    r"(?P<label>附\s*(?:件|表|录|图)(?:\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2}))?)(?:\s*:?$|(?P<titled>\s*[:.、]\s*\S))"
)


def outline_mark(line: Line) -> Mark | None:
    """The outline label at the start of a line: 一、 (一) 1. (1) ①."""
    if line.quoted:
        return None
    for level, pattern in _BEGINS.get(line.folded[0], ()):
        match = pattern.match(line.folded)
        if match:
            enumerates = level is Level.OUTLINE_1 and _enumerates(line.folded)
            return None if enumerates else _mark(level, match[0], line.text[: match.end()])
    return None


def _enumerates(words: str) -> bool:
    """Whether 二、三 are two numbers of one word (二、三线城市) and no label in front of a number (一、一等奖)."""
    match = _ENUMERATED.match(words)
    return match is not None and int(_number(match[1]) or 0) < int(_number(match[2]) or 0)


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
    match = _BOX_MARK.match(line.folded) if line.folded[0] == "专" else None
    return _mark(Level.BOX, match[1], line.text[: match.end()]) if match else None


def dash_mark(line: Line) -> Mark | None:
    """A dash paragraph; its label is the dash and the words that name it: ——纺织织造."""
    for pattern in _DASH_MARKS if line.folded[0] in "—-" else ():
        match = pattern.match(line.folded)
        if match:
            return Mark(Level.DASH, "", line.text[: match.end()].rstrip())
    return None


def ordinal_mark(line: Line) -> Mark | None:
    """一是, 第一, 其一 at the start of a paragraph."""
    match = _ORDINAL_MARK.match(line.folded)
    return _mark(Level.ORDINAL, match[match.lastgroup or ""], line.text[: match.end()]) if match else None


def article_mark(line: Line) -> Mark | None:
    """第十条, 第十条之一 at the start of a line that is an article and no sentence about one."""
    if line.folded[0] != "第" or line.quoted or (match := _ARTICLE_MARK.match(line.folded)) is None:
        return None
    mark = _mark(Level.ARTICLE, match[1], line.text[: match.end()])
    if mark is None or match[2] is None:
        return mark
    after = _mark(Level.ARTICLE, match[2], "")
    return Mark(Level.ARTICLE, f"{mark.number}-{after.number}", mark.label) if after else None


def grouping_mark(line: Line) -> Mark | None:
    """第一编, 第二章, 第三节 as a heading of its own."""
    if line.folded[0] != "第" or line.quoted or (match := _GROUPING_MARK.match(line.folded)) is None:
        return None
    return _mark(Level(match.lastgroup or ""), match[1], line.text[: match.end()])


@dataclass(frozen=True, slots=True)
class AnnexMark:
    """附件1 at the start of a line: its label, its number ("" where it prints none).

    ``titled`` where words follow on the same line, as in a list of annexes.
    """

    label: str
    number: str
    titled: bool


def annex_mark(line: Line) -> AnnexMark | None:
    """附件, 附件1, 附件: 1.申报指南, 附表一, 附录."""
    match = _ANNEX_MARK.match(line.folded) if line.folded[0] == "附" and not line.quoted else None
    if match is None:
        return None
    number = _number(match["number"]) if match["number"] else ""
    return AnnexMark(line.text[: match.end("label")], number, match["titled"] is not None)


def _mark(level: Level, numeral: str, label: str) -> Mark | None:
    """None where the numeral says no number."""
    number = _number(numeral)
    return Mark(level, number, label) if number else None


@lru_cache(maxsize=4096)
def _number(numeral: str) -> str:
    """The number that a numeral with its signs says, in Arabic digits; "" for none."""
    try:
        return str(number_of(re.sub(r"[().、\s]", "", unicodedata.normalize("NFKC", numeral))))
    except ValueError:
        return ""
