"""Computed figures as the clauses print theirs: 15万元, not 150000元."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.derive import Value
from corpus.facts.figures import MONEY
from corpus.folding import fold

_SCALES = ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万"), (Decimal(1), ""))
#: More places than this and the smaller scale is read more easily.
_PLACES = 4


def in_print(value: Value, like: Iterable[str]) -> str:
    """A computed value in the largest scale that the figures it comes from are printed in (万元, 亿元)."""
    if value.unit not in MONEY:
        return f"{_ends(value, Decimal(1))}{value.unit}"
    printed = "".join(fold(text) for text in like)
    known = [name for _, name in _SCALES if name and name in printed]
    for scale, name in _SCALES:
        allowed = not name or any(len_of(name) <= len_of(other) for other in known)
        if allowed and (not name or (value.low >= scale and _places(value.high / scale) <= _PLACES)):
            return f"{_ends(value, scale)}{name}{value.unit}"
    return f"{_ends(value, Decimal(1))}{value.unit}"


def len_of(name: str) -> int:
    """The rank of a scale: 亿 before 万."""
    return {"亿": 2, "万": 1}.get(name, 0)


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _ends(value: Value, scale: Decimal) -> str:
    low, high = (plain(end / scale) for end in (value.low, value.high))
    return low if low == high else f"{low}—{high}"


def plain(number: Decimal) -> str:
    """A number without trailing zeros and without an exponent; fractions of a 分 are rounded half up."""
    text = format(number.quantize(Decimal("0.000001")), "f")
    return re.sub(r"\.?0+$", "", text) if "." in text else text
