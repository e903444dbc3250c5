"""Widths folded for matching. A folded text has the length of the original, so offsets hold in both."""

from __future__ import annotations

#: Full-width forms to ASCII (，：；？（）０％ → ,:;?()0%), odd blanks to a plain blank, dashes to one dash.
_WIDTHS = (
    {0xFF01 + i: 0x21 + i for i in range(94)}
    | dict.fromkeys((0x00A0, 0x00AD, 0x1680, 0x180E, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF), 0x20)
    | dict.fromkeys(range(0x2000, 0x200E), 0x20)
    | {ord("—"): ord("—"), ord("–"): ord("—"), ord("―"): ord("—"), ord("﹙"): ord("("), ord("﹚"): ord(")")}
)


def fold(text: str) -> str:
    """``text`` in half-width forms, character for character; for matching only, never for a quote."""
    return text.translate(_WIDTHS)
