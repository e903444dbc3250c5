"""What takes the place of its kind in a question: a city, a year, a rank, an amount, a kind of firm.

零售企业进限奖多少 + 批发 → 批发企业进限奖多少
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.vocabulary import kinds, lexicon, places

_FIGURE = re.compile(r"\d[\d.]*(?:万|亿)?元?(?![\d年月日号%个家])")
_RANK = r"[一二三四五六七八九十\d]+"
_ORDINAL = re.compile(
    rf"(?:排名?)?第{_RANK}(?:年|名|档|批|次|位)|排名?第{_RANK}|(?:排|行)?老[大二三四五]|当年|次年|首年|第一档|明年|后年|头一年|头年"
)
#: 排老二: speech for a rank.
_BY_AGE = {"大": "一", "二": "二", "三": "三", "四": "四", "五": "五"}
#: Which statistics a firm is in goes with its trade.
_LISTED = "(?:规上|限上|规模以上|限额以上)"
_YEAR = re.compile(r"20\d\d年?|(?<!\d)\d\d年(?=底|的)")


def place_in(words: str, cities: Sequence[str]) -> str:
    """The place that some words name: a city of the corpus or another one."""
    known = {city.removesuffix("市") for city in cities} | places()[1]
    return next((name for name in sorted(known, key=len, reverse=True) if name in words), "")


def with_place(before: str, place: str, cities: Sequence[str]) -> str:
    """A question asked of another place."""
    old = place_in(before, cities)
    return re.sub(rf"{old}市?", place, before, count=1) if old else f"{place}{before}"


def swapped(before: str, own: str, cities: Sequence[str]) -> tuple[str, str]:
    """``before`` with what ``own`` says in the place of its kind, and what is left of ``own``."""
    rest = own
    if place := place_in(own, cities):
        printed = f"{place}市" if f"{place}市" in own else place
        before, rest = with_place(before, printed, cities), re.sub(rf"{place}市?的?", "", rest)
    for pattern in (_ORDINAL, _YEAR, _FIGURE):
        new, old = pattern.search(rest), pattern.search(before)
        if new and old and (pattern is not _YEAR or new[0][:4] != old[0][:4]):
            meant = f"第{_BY_AGE[new[0][-1]]}名" if "老" in new[0] else new[0]
            before, rest = before.replace(old[0], meant, 1), rest.replace(new[0], "", 1)
    for group in kinds():
        old_word, new_word = _old_and_new(group, before, rest)
        if old_word and new_word:
            before = re.sub(rf"{_LISTED}?{old_word}", new_word, before, count=1)
            rest = rest.replace(new_word, "", 1)
    return before, rest


def _old_and_new(group: Sequence[str], before: str, own: str) -> tuple[str, str]:
    """The word of a group in ``before`` that one in ``own`` takes the place of, and that one; lay words count too."""
    meant = [(name, name if name in own else _lay(own, name)) for name in group]
    new = [(name, word) for name, word in meant if word]
    names = {name for name, _ in new}
    if not new:
        return "", ""
    for name in group:
        if name in names or any(name in other or other in name for other in names):
            continue
        if name in before:
            return name, new[0][1]
        if found := _lay(before, name):
            return found, new[0][1]
    return "", ""


def kin_word(base: str, subject: str) -> str:
    """The word in ``base`` of the same kind as one in ``subject``; with no subject, the first of any kind there."""
    if subject:
        return next((old for group in kinds() if (old := _old_and_new(group, base, subject)[0])), "")
    found = [(name if name in base else _lay(base, name)) for group in kinds() for name in group]
    return min((name for name in found if name), key=base.find, default="")


def _lay(text: str, official: str) -> str:
    return next((lay for lay in lexicon().lay_for(official) if lay in text), "")
