"""Canonical text as lines.

A text whose line breaks were lost (a whole notice pasted as one line) is cut where they must have been: see
:mod:`corpus.structure.breaks`. Lines are views: no character is changed or dropped by cutting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.folding import fold
from corpus.model import Span
from corpus.structure.breaks import LostBreaks


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without outer blanks, as printed and folded, and where it stands.

    ``begin`` is in front of its Markdown signs (``##``, ``**``), which are not in ``text``. ``quoted`` says that it
    goes on with a quotation begun above (修改为:“第三条 …), so that a mark in front of it is not the text's own.
    """

    span: Span
    text: str
    folded: str
    begin: int
    quoted: bool = False


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold more than blanks and Markdown signs."""
    lines = list(_lines(text))
    if "“" in text:
        for start, stop in _quotations(lines):
            lines[start:stop] = [replace(line, quoted=True) for line in lines[start:stop]]
    return tuple(lines)


#: Word ends a soft line with a vertical tab, web pages with a line separator.
_RAW_LINE = re.compile("[^\n\v\f\x85\u2028\u2029]+")


def _lines(text: str) -> Iterator[Line]:
    folded_text = fold(text)
    breaks = LostBreaks(len(text))
    for found in _RAW_LINE.finditer(text):
        start, raw = found.start(), found[0]
        folded = folded_text[start : found.end()]
        cuts = breaks.cuts(folded)
        for piece, stop in pairwise([0, *cuts, len(raw)]):
            line = _line(raw, folded, Span(piece, stop), start)
            if line is not None:
                yield line


_SIGNS = re.compile(r"(?:#{1,6} +)?(?:\*\*)?")


def _line(raw: str, folded: str, piece: Span, offset: int) -> Line | None:
    """The line that stands in a piece of a raw line, which begins at ``offset``; None where it is blank."""
    words = piece.of(folded) if len(piece) < len(folded) else folded
    end = len(words.rstrip())
    begin = start = len(words) - len(words.lstrip())
    if words[start : start + 1] in ("#", "*") and (signs := _SIGNS.match(words, start)):
        start = signs.end()
        if words.startswith("**", start - 2) and words.endswith("**", start, end):
            end -= 2
    if end <= start:
        return None
    at = offset + piece.start
    start, end = piece.start + start, piece.start + end
    return Line(Span(offset + start, offset + end), raw[start:end], folded[start:end], at + begin)


#: So many lines a quotation may run on; a longer one is a quotation mark that was forgotten.
_LONGEST_QUOTATION = 60


def _quotations(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The lines that quotations run on to which began at the end of a line or on a line of their own."""
    i = 0
    while i < len(lines):
        opened = _OPEN_QUOTE.search(lines[i].folded)
        i += 1
        if opened is None:
            continue
        for k in range(i, min(i + _LONGEST_QUOTATION, len(lines))):
            # Each paragraph of a quotation may open it anew; only the last one closes it.
            words = lines[k].folded.removeprefix("“")
            if words.count("”") > words.count("“"):
                yield i, k + 1
                i = k + 1
                break


#: “ behind a colon or in front of a line, with no ” behind it: 修改为:“第三条 …
_OPEN_QUOTE = re.compile(r"(?:^|:)“(?=[^”]*$)")


def squeeze(text: str) -> str:
    """Text without blanks, quotes and brackets in one form: equal for two printings of one title."""
    return re.sub(r"\s", "", fold(text)).translate(_ONE_FORM)


_ONE_FORM = str.maketrans({"—": "-", "〈": "《", "〉": "》", "<": "《", ">": "》"})
