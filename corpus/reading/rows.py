"""Rows of a table as lines of text."""

from __future__ import annotations

from collections.abc import Sequence

#: Between two cells of a row.
BETWEEN = " | "


def row_of(cells: Sequence[str]) -> str:
    """A row as one line; line breaks in a cell are blanks, empty cells at the ends are nothing."""
    words = [" ".join(cell.split()) for cell in cells]
    while words and not words[-1]:
        words.pop()
    while words and not words[0]:
        words.pop(0)
    return BETWEEN.join(words)
