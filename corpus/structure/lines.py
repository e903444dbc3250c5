"""Canonical text as lines.

A text whose line breaks were lost (a whole notice pasted as one line) is cut where they must have been: see
:mod:`corpus.structure.breaks`. Lines are views: no character is changed or dropped by cutting.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from corpus.folding import fold
from corpus.model import Span
from corpus.structure.breaks import lost_breaks, lost_its_breaks


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its text without outer blanks, as printed and folded, and where it stands."""

    span: Span
    text: str
    folded: str


def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold more than blanks, Markdown heading marks taken off."""
    return tuple(_lines(text))


#: Word ends a soft line with a vertical tab, web pages with a line separator.
_RAW_LINE = re.compile("[^\n\v\f\x85\u2028\u2029]+")


def _lines(text: str) -> Iterator[Line]:
    folded_text = fold(text)
    for found in _RAW_LINE.finditer(text):
        start, raw = found.start(), found[0]
        folded = folded_text[start : found.end()]
        cuts = lost_breaks(folded) if lost_its_breaks(raw, text) else []
        for piece, stop in pairwise([0, *cuts, len(raw)]):
            line = _line(raw, folded, Span(piece, stop), start)
            if line is not None:
                yield line


_HEADING_SIGNS = re.compile(r"#{1,6} +")


def _line(raw: str, folded: str, piece: Span, offset: int) -> Line | None:
    """The line that stands in a piece of a raw line, which begins at ``offset``; None where it is blank."""
    words = piece.of(folded)
    lead = len(words) - len(words.lstrip())
    if signs := _HEADING_SIGNS.match(words, lead):
        lead = signs.end()
    start, end = piece.start + lead, piece.start + len(words.rstrip())
    return Line(Span(offset + start, offset + end), raw[start:end], folded[start:end]) if end > start else None


def squeeze(text: str) -> str:
    """Text without blanks, quotes and brackets in one form: equal for two printings of one title."""
    return re.sub(r"\s", "", fold(text)).translate(_ONE_FORM)


_ONE_FORM = str.maketrans({"—": "-", "〈": "《", "〉": "》", "<": "《", ">": "》"})
