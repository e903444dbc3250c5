"""Where a text seems to have lost characters: reported with the place, never guessed at.

Three traces: U+FFFD, which stands for bytes that could not be decoded; a question mark between two Han characters in a
sentence that asks nothing, which many programs write for a character they do not know; and 锟斤拷, which is U+FFFD in
UTF-8 read as GBK.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_LOST = re.compile("\ufffd+|锟斤拷(?:锟斤拷|[锟斤拷])*|(?<=[\u4e00-\u9fff])\\?+(?=[\u4e00-\u9fff])")
#: A sentence with one of these may ask: 有何影响?下一步….
_ASKS = re.compile(r"[什哪吗呢何怎谁几嘛么]|多少|多久|是不是|是否|能否|可否|有没有|能不能|会不会|要不要|吧")
_SENTENCE = 80
_ENDS = re.compile(r"[。!?;！？；\n]")
_SHOWN, _AROUND, _COUNTED = 3, 6, 10_000


def lost_characters(text: str) -> list[str]:
    """A warning where characters seem to be lost: how many places, and the first of them; else nothing."""
    places = list(islice(_places(text), _COUNTED))
    if not places:
        return []
    shown = "、".join(f"第 {start} 字“{_around(text, start, end)}”" for start, end in places[:_SHOWN])
    more = "等" if len(places) > _SHOWN else ""
    count = f"{'至少' if len(places) == _COUNTED else '共'} {len(places)} 处"
    return [f"疑有字节丢失,{count}:{shown}{more}"]


def _places(text: str) -> Iterator[tuple[int, int]]:
    for found in _LOST.finditer(text):
        if not (found[0].startswith("?") and _asks(text, found.start())):
            yield found.span()


def _asks(text: str, end: int) -> bool:
    before = text[max(0, end - _SENTENCE) : end]
    return _ASKS.search(_ENDS.split(before)[-1]) is not None


def _around(text: str, start: int, end: int) -> str:
    return " ".join(text[max(0, start - _AROUND) : min(end, start + _AROUND) + _AROUND].split())
