"""Decoded text → canonical text, every change listed.

Rules hold for any document; characters that a conversion lost for good are put back by the manifest's
``[[document.replace]]``, as data. What is repaired: text converted to traditional characters with the
pinyin left behind in brackets (條(tiáo)款), and a comma doubled in front of another mark (,、).
A document *written* in traditional characters keeps them: without the stray pinyin nothing is converted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from corpus.model import Repair

_PINYIN = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}"
_STRAY_PINYIN = re.compile(rf"([\u3400-\u9fff])\(({_PINYIN})\)")
_DOUBLED_MARK = re.compile("[,\uff0c](?=[,\uff0c、。;\uff1b])")
#: 著 is kept by a conversion to simplified characters; before these it is 着.
_ZHE = re.compile(r"著(?=[力眼重手实陆装色落想急])")
#: So many converted characters with pinyin behind them are no accident.
_DAMAGE_THRESHOLD = 3


class Replacement(Protocol):
    """A literal replacement that the manifest states for one document."""

    @property
    def before(self) -> str:
        """What stands in the decoded file."""

    @property
    def after(self) -> str:
        """What stood there before it was lost."""

    @property
    def reason(self) -> str:
        """How it is known."""


@dataclass(frozen=True, slots=True)
class CanonicalText:
    """Repaired text with the map back to the file: ``breaks`` are ``(canonical, decoded)`` offsets of runs."""

    text: str
    repairs: tuple[Repair, ...]
    breaks: tuple[tuple[int, int], ...]


def repair(text: str, replacements: Sequence[Replacement] = ()) -> CanonicalText:
    """Apply the manifest's replacements, then the general rules, in that order."""
    work = _Work(text)
    for replacement in replacements:
        work.substitute(re.compile(re.escape(replacement.before)), _always(replacement.after), replacement.reason)
    if _is_damaged(work.text):
        simplify = _simplifier()
        work.substitute(_STRAY_PINYIN, lambda m: simplify(m[1]), "繁体转换后残留的拼音")
        work.convert(simplify, "繁体转换残留")
        work.substitute(_ZHE, _always("着"), "繁体转换残留")
    work.substitute(_DOUBLED_MARK, _always(""), "重复的标点")
    return work.done()


def _always(new: str) -> Callable[[re.Match[str]], str]:
    return lambda _: new


def _is_damaged(text: str) -> bool:
    found = _STRAY_PINYIN.findall(text)
    if len(found) < _DAMAGE_THRESHOLD:
        return False
    simplify = _simplifier()
    converted = [character for character, _ in found if simplify(character) != character]
    return len(converted) * 2 >= len(found)


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC  # loads its dictionaries: only damaged documents pay

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


class _Work:
    """Text under repair, with the origin of each character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._origins = list(range(len(text) + 1))
        self._repairs: list[Repair] = []

    def substitute(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], reason: str) -> None:
        self._apply(((m.start(), m.end(), new(m)) for m in pattern.finditer(self.text)), reason)

    def convert(self, conversion: Callable[[str], str], reason: str) -> None:
        """A conversion that keeps the length; runs of changed characters are one repair each."""
        converted = conversion(self.text)
        if len(converted) != len(self.text):
            converted = "".join(c if len(c) == 1 else old for old in self.text for c in [conversion(old)])
        changed = (i for i, (old, new) in enumerate(zip(self.text, converted, strict=True)) if old != new)
        self._apply(((start, end, converted[start:end]) for start, end in _runs(changed)), reason)

    def _apply(self, edits: Iterable[tuple[int, int, str]], reason: str) -> None:
        pieces: list[str] = []
        origins: list[int] = []
        position = 0
        for start, end, new in edits:
            old = self.text[start:end]
            if old == new:
                continue
            pieces += (self.text[position:start], new)
            origins += self._origins[position:start]
            origins += [self._origins[min(start + i, end - 1)] for i in range(len(new))]
            self._repairs.append(Repair(self._origins[start], old, new, reason))
            position = end
        if position:
            self.text = "".join(pieces) + self.text[position:]
            self._origins = origins + self._origins[position:]

    def done(self) -> CanonicalText:
        breaks = [(0, self._origins[0])]
        for offset in range(1, len(self._origins)):
            if self._origins[offset] != self._origins[offset - 1] + 1:
                breaks.append((offset, self._origins[offset]))
        return CanonicalText(self.text, tuple(sorted(self._repairs, key=lambda r: r.at)), tuple(breaks))


def _runs(positions: Iterable[int]) -> Iterable[tuple[int, int]]:
    start = end = -1
    for position in positions:
        if position != end:
            if start >= 0:
                yield start, end
            start = position
        end = position + 1
    if start >= 0:
        yield start, end
