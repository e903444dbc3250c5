"""Words of a file as a line of their own, before there is a canonical text that it could stand in."""

from __future__ import annotations

from corpus.folding import fold
from corpus.model import Span
from corpus.structure.lines import Line


def as_line(words: str) -> Line:
    """``words`` as a line; they have no outer blanks."""
    return Line(Span(0, len(words)), words, fold(words), begin=0)
