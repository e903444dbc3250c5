"""Widths folded for matching. A folded text has the length of the original, so offsets hold in both."""

from __future__ import annotations

from functools import lru_cache

#: Full-width forms to ASCII (，：；？（）０％ → ,:;?()0%), odd blanks to a plain blank, dashes to one dash.
_WIDTHS = (
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | dict.fromkeys(map(chr, (0x00A0, 0x00AD, 0x1680, 0x180E, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)), " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200E)), " ")
    | {"–": "—", "―": "—", "﹙": "(", "﹚": ")"}
)


#: Longer texts are whole documents: they are folded once, and not kept.
_KEPT = 4000


def fold(text: str) -> str:
    """``text`` in half-width forms, character for character; for matching only, never for a quote."""
    # Each reader of a clause folds it for itself, one after the other.
    return _kept(text) if len(text) <= _KEPT else _folded(text)


def _folded(text: str) -> str:
    # A text holds few kinds of wide characters: replacing each is several times faster than str.translate.
    for wide in _WIDTHS.keys() & set(text):
        text = text.replace(wide, _WIDTHS[wide])
    return text


_kept = lru_cache(maxsize=64)(_folded)
