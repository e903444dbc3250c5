"""Whether an answer says something: one spelling for what reads the same, and figures compared whole.

All of it is for scoring: nothing folded here is ever shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_ISO_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)-0?(\d{1,2})-0?(\d{1,2})(?!\d)")
_ZERO_PADDED = re.compile(r"(?<=[年月])0(?=\d)")
_BRACKETS = str.maketrans("〔〕[]【】﹝﹞", "()" * 4)
_DASHES = re.compile(r"[-‐‑–—―~至]+(?=\d)")
_MARK = re.compile(r"\s*\[\d{1,2}\]")


def without_marks(answer: str) -> str:
    """An answer's text without the ``[1]`` that point to its citations."""
    return _MARK.sub("", answer)


def plain(text: str) -> str:
    """Text as words are looked for in it: widths, case and blanks do not matter."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@lru_cache(maxsize=1 << 14)
def fold(text: str) -> str:
    """One spelling: width, case, blanks, brackets, ``14,400`` and ``14400``, ``2025-08-28`` and ``2025年8月28日``.

    A dash, a tilde or 至 before a digit is one sign, so that ``8—10家``, ``8-10家`` and ``8至10家`` are equal.
    """
    folded = unicodedata.normalize("NFKC", text.translate(_BRACKETS)).casefold()
    folded = _THOUSANDS.sub("", folded)
    folded = _ISO_DAY.sub(r"\1年\2月\3日", folded)
    folded = _ZERO_PADDED.sub("", "".join(folded.split()))
    return _DASHES.sub("~", folded)


def says(answer: str, wording: str) -> bool:
    """Whether ``wording`` stands in ``answer``, both folded. A figure stands there whole: 15万元 does not say 5万元."""
    wanted = fold(wording)
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\.?\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, fold(answer)) is not None


def says_any(answer: str, wordings: Iterable[str]) -> bool:
    """Whether at least one of several wordings stands in ``answer``."""
    return any(says(answer, wording) for wording in wordings)
