"""Text on a terminal, where a Chinese character is as wide as two Latin ones."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: Control characters but tab and newline, and the signs that turn the direction of text: a terminal would obey them.
_UNPRINTABLE = dict.fromkeys(
    [code for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n"]
    + [0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
)


def printable(text: str) -> str:
    """``text`` without the characters that a terminal would obey instead of showing."""
    return text.translate(_UNPRINTABLE)


def width(text: str) -> int:
    """How many columns ``text`` takes."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(rows: Sequence[Sequence[str]], gap: int = 2) -> str:
    """Rows with their columns aligned on the left; the last column is not padded."""
    widths = [max(width(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell + " " * (columns - width(cell)) for cell, columns in zip(row, widths, strict=True)]
        lines.append((" " * gap).join(cells).rstrip())
    return "\n".join(lines)
