"""Widths and traditional characters folded for matching.

A folded text has the length of the original, so offsets hold in both.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

#: Full-width forms to ASCII (，：；？（）０％ → ,:;?()0%), odd blanks to a plain blank, dashes to one dash.
_WIDTHS = (
    {chr(0xFF01 + i): chr(0x21 + i) for i in range(94)}
    | dict.fromkeys(map(chr, (0x00A0, 0x00AD, 0x1680, 0x180E, 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF)), " ")
    | dict.fromkeys(map(chr, range(0x2000, 0x200E)), " ")
    | {"–": "—", "―": "—", "﹙": "(", "﹚": ")"}
)


#: Frequent characters that only text written in traditional ones has; by them such text is known at a glance.
_TRADITIONAL = frozenset(
    "條萬號獎勵億業產發經區進設規創務質數構轉領達標術應監優現準環網為與國會總則機關處罰辦長員財補貼稅費項額單對個來時開"
    "電東車實動體這過學書該內從無請認證師團縣鄉鎮場廠價優歲續門問間題類顯風"
)

#: Longer texts are whole documents: they are folded once, and not kept.
_KEPT = 4000


def fold(text: str) -> str:
    """``text`` in half-width forms and simplified characters, one for one; for matching only, never for a quote."""
    # Each reader of a clause folds it for itself, one after the other.
    return _kept(text) if len(text) <= _KEPT else _folded(text)


def _folded(text: str) -> str:
    characters = set(text)
    # A text holds few kinds of wide characters: replacing each is several times faster than str.translate.
    for wide in _WIDTHS.keys() & characters:
        text = text.replace(wide, _WIDTHS[wide])
    return text if _TRADITIONAL.isdisjoint(characters) else text.translate(_simplified())


@cache
def _simplified() -> Mapping[int, str]:
    """Traditional characters and the simplified one of each, by OpenCC."""
    from opencc import OpenCC  # loads its dictionaries: only traditional documents pay

    characters = [chr(code) for code in range(0x3400, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


_kept = lru_cache(maxsize=4096)(_folded)
