"""A follow-up that only compares what was asked about before: 两个相差多少, 哪边高."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from assistant.understanding.followup.slots import kin_word, places_in
from assistant.understanding.question import normalise

#: So many characters may differ in two questions that ask the same of two things.
_DIFFERENT = 8


def both(earlier: str, before: str, cities: Sequence[str]) -> str:
    """One question about the two things that two questions ask the same of; empty where they ask something else.

    甲城评上…奖多少, 乙城评上…奖多少 → 甲城和乙城评上…奖多少
    """
    first, second = (normalise(text).strip("?。! ") for text in (earlier, before))
    start = _alike(first, second)
    end = _alike(first[start:][::-1], second[start:][::-1])
    # 服务业 and 工业 have their last character in common.
    end -= min(len(first), len(second)) - start - end == 1 and end > 0
    one, other = (text[start : len(text) - end] for text in (first, second))
    if not (1 < len(one) <= _DIFFERENT and 1 < len(other) <= _DIFFERENT):
        return ""
    if not (places_in(one, cities) and places_in(other, cities)) and not kin_word(one, other):
        return ""
    return f"{second[:start]}{one}和{other}{second[len(second) - end :]}"


def _alike(first: str, second: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, second, strict=False)))
