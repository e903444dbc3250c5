"""Chinese and full-width numerals, for labels and dates (cn2an, on matched spans only)."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

#: The characters a label's Chinese numeral is made of.
HAN_NUMERAL = "[〇零一二三四五六七八九十百千两]"


@lru_cache(maxsize=4096)
def number_of(numeral: str) -> int:
    """The integer that a numeral says: 三十四, 12, １２, 一千二百六十, ②; ``ValueError`` for anything else."""
    folded = unicodedata.normalize("NFKC", numeral).replace("〇", "零")
    if folded.isdecimal():
        return int(folded)
    import cn2an  # a tenth of a second that a look-up by number need not pay

    value = cn2an.cn2an(folded, "smart")
    if value != int(value):
        raise ValueError(numeral)
    return int(value)


def han_number(value: int) -> str:
    """The Chinese numeral of a positive integer as laws print it: 12 → 十二, 1260 → 一千二百六十."""
    import cn2an

    text: str = cn2an.an2cn(value)
    return text.removeprefix("一") if text.startswith("一十") else text
