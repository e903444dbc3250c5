"""Soft line breaks: the paragraphs of a text that was broken at a fixed width (copied from a PDF, an e-mail, a screen).

Such a text has a measure: no line is wider, and whatever goes on is as wide as it. A line is full where the first
word of the next one had no room in it, and a full line goes on in the next one unless that begins a paragraph: by its
indent where the text indents, by a mark of the numbering, or behind a colon. Short lines (titles, addressees,
signatures) are never joined to what follows. A text whose paragraphs are lines has no measure and is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from corpus.folding import fold
from corpus.model import Span
from corpus.reading.alone import as_line
from corpus.reading.content import Edit
from corpus.structure.marks import annex_mark, box_mark, ordinal_mark
from corpus.structure.signatures import is_marked

SOFT_BREAK = "软换行"
#: In columns (a Han character has two): narrower texts are lists, wider ones were not broken by anyone.
_NARROWEST, _WIDEST = 24, 200
#: Lines of one measure may differ by this: a mark hung over the end, a word that found no room.
_SLACK = 2
_WINDOW = 4
#: A text is broken at a width where so many lines are full, next to none is wider, and what is full goes on to a stop.
_FULL_LINES, _FULL_LINES_OF_PAGES, _WIDER, _TO_A_STOP = 5, 2, 0.02, 0.6
_INDENTING, _ALWAYS = 0.7, 0.95

_LINE = re.compile(r"[^\n]+")
_BLANK = " \t\u3000\u00a0"
_ENDS_PARAGRAPH = re.compile(r"[。!?:][”’」』)]*$")
_ENDS = re.compile(r"[。;!?:][”’」』)]*$")
#: What has no room at the end of a line: a number or a Latin word whole, a Han character with the marks behind it.
_FIRST_WORD = re.compile(r"(?:[0-9A-Za-z%.]{1,40}|.)[,.;:!?)、。》〉”’」』】〕]*")
_LONGEST_WORD = 50
#: 责任单位:… stands on a line of its own.
_OFFICES = re.compile(r"[(\[【]?(?:责任|牵头|配合|主办|承办|协办|实施)(?:单位|部门|科室)[)\]】]?[:]")
_TABLE = " | "


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line as printed: the place of its words, how far it is indented and how wide it is with that."""

    start: int
    end: int
    words: str
    indented: bool
    width: int
    behind_blank: bool


def soft_breaks(text: str, *, printed: bool = False) -> list[Edit]:
    """The line breaks to take out, in order; none where the text is not broken at a width.

    ``printed`` lines are those of pages, where fewer of them tell as much.
    """
    lines = list(_lines(text))
    measure = _measure(lines, _FULL_LINES_OF_PAGES if printed else _FULL_LINES)
    if measure is None:
        return []
    full = [_is_full(line, after, measure) for line, after in pairwise(lines)]
    indents = _indents(lines, full)
    return [
        Edit(Span(line.end, after.start), _between(line.words, after.words), SOFT_BREAK)
        for is_full, (line, after) in zip(full, pairwise(lines), strict=True)
        if is_full and _goes_on(line, after, indents)
    ]


def _lines(text: str) -> Iterator[_Printed]:
    last = None
    for found in _LINE.finditer(text):
        raw = found[0]
        words = raw.strip()
        if not words:
            continue
        start = found.start() + raw.index(words[0])
        indent = raw[: raw.index(words[0])]
        line = _Printed(
            start,
            start + len(words),
            words,
            len(indent.expandtabs(4)) >= 2 or "\u3000" in indent or "\t" in indent,
            _width(indent) + _width(words),
            last is not None and text.count("\n", last, start) > 1,
        )
        last = line.end
        yield line


def _width(words: str) -> int:
    # In this encoding a wide character has two bytes, and others one.
    return len(words.encode("gbk", "replace"))


def _measure(lines: Sequence[_Printed], needed: int) -> int | None:
    """The width that a text was broken at, None where it was not."""
    counts = Counter(line.width for line in lines if _NARROWEST <= line.width <= _WIDEST)
    if not counts or len(lines) <= needed:
        return None
    near = {width: sum(counts[width - less] for less in range(_WINDOW)) for width in counts}
    measure = max(near, key=lambda width: (near[width], width))
    wider = sum(line.width > measure + _SLACK for line in lines)
    if wider > _WIDER * len(lines):
        return None
    runs = going_on = to_a_stop = 0
    full = False
    for line, after in pairwise(lines):
        before, full = full, _is_full(line, after, measure)
        going_on += full and not _ends(line)
        runs += full and not before
        to_a_stop += before and not full and _ends(line)
    return measure if going_on >= needed and to_a_stop >= _TO_A_STOP * runs else None


def _is_full(line: _Printed, after: _Printed, measure: int) -> bool:
    """Whether the first word of the line behind had no room in a line."""
    word = _FIRST_WORD.match(fold(after.words[:_LONGEST_WORD]))
    room = measure - _SLACK + 1 - line.width
    return not after.behind_blank and (_width(after.words[: word.end()]) if word else 2) > room


def _ends(line: _Printed) -> bool:
    return _ENDS.search(fold(line.words[-4:])) is not None


class _Indents(Enum):
    """Which paragraphs of a text are indented."""

    NONE = 0
    UNMARKED = 1
    ALL = 2


def _indents(lines: Sequence[_Printed], full: Sequence[bool]) -> _Indents:
    """How the text indents: what stands behind a line that was over before its end is a paragraph."""
    starts = [b for is_full, (a, b) in zip(full, pairwise(lines), strict=True) if not is_full and _ends(a)]
    if sum(line.indented for line in starts) < _INDENTING * len(starts) or not starts:
        return _Indents.NONE
    marked = [line.indented for line in starts if _begins(line.words)]
    return _Indents.ALL if sum(marked) >= _ALWAYS * len(marked) else _Indents.UNMARKED


def _goes_on(line: _Printed, after: _Printed, indents: _Indents) -> bool:
    """Whether a full line goes on in the next one."""
    if after.indented or _TABLE in line.words or _TABLE in after.words:
        return False
    if indents is _Indents.ALL:
        return True
    if indents is _Indents.NONE and _ENDS_PARAGRAPH.search(fold(line.words[-4:])):
        return False
    return not _begins(after.words)


def _begins(words: str) -> bool:
    line = as_line(words)
    other = annex_mark(line) or box_mark(line) or ordinal_mark(line) or _OFFICES.match(line.folded)
    return is_marked(line) or other is not None


def _between(before: str, behind: str) -> str:
    """What stands in the place of a break: a blank between two words of Latin letters."""
    letters = before[-1].isascii() and before[-1].isalpha() and behind[0].isascii() and behind[0].isalpha()
    return " " if letters else ""
