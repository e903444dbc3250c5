"""Decoded text → canonical text, every change listed.

Rules hold for any document; characters that a conversion lost for good are put back by the manifest's
``[[document.replace]]``, as data. What is repaired: what the format knows to be no text (page numbers), characters
that print nothing, the soft breaks of a text broken at a width (:mod:`corpus.reading.wrapping`), the signs of
Markdown, text converted to traditional characters with the pinyin left behind in brackets (條(tiáo)款), and a
comma doubled in front of another mark (,、). A document *written* in traditional characters keeps them: without the
stray pinyin nothing is converted.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from corpus.model import Repair, SourceDocument, Span
from corpus.reading.content import FURNITURE, Edit
from corpus.reading.wrapping import SOFT_BREAK, soft_breaks

_PINYIN = r"[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,6}"
_STRAY_PINYIN = re.compile(rf"([\u3400-\u9fff])\(({_PINYIN})\)")
_DOUBLED_MARK = re.compile("[,\uff0c]+(?=[,\uff0c、。;\uff1b])")
_INVISIBLE_REASON, _MARKDOWN_REASON = "不显示的字符", "Markdown 记号"
#: Repairs that leave the words as they were printed: a quote need not speak of them.
LAYOUT = frozenset((_INVISIBLE_REASON, _MARKDOWN_REASON, SOFT_BREAK, *FURNITURE))
#: Control characters, soft hyphens, characters without width, and those that only set the direction of writing.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]"
)
#: **第一条**, not across half a page; a stroke before a sign (\\* and \\.) says that it is one.
_EMPHASIS = re.compile(r"\*\*(?=\S)([^\n*]{1,300})(?<=\S)\*\*")
_SIGN = r"\\([\\`*_{}\[\]()#+.!|<>~-])"
_ESCAPED = re.compile(rf"(?:{_SIGN})+")
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

    def span(self, decoded: Span | None) -> Span | None:
        """Where a part of the decoded text stands in the canonical text."""
        if decoded is None:
            return None
        document = SourceDocument("", "", "", self.text, self.repairs, self.breaks)
        return Span(document.from_file(decoded.start), document.from_file(decoded.end))


def repair(
    text: str,
    replacements: Sequence[Replacement] = (),
    *,
    edits: Sequence[Edit] = (),
    markdown: bool = False,
    printed: bool = False,
) -> CanonicalText:
    """Apply what the format knows (``edits``), the manifest's replacements, and the general rules, in that order.

    ``markdown`` and ``printed`` as in :class:`corpus.reading.content.Content`.
    """
    work = _Work(text)
    work.edit(edits)
    for replacement in replacements:
        work.substitute(re.compile(re.escape(replacement.before)), _always(replacement.after), replacement.reason)
    work.substitute(_INVISIBLE, _always(""), _INVISIBLE_REASON)
    work.edit(soft_breaks(work.text, printed=printed))
    if markdown:
        work.substitute(_EMPHASIS, lambda m: m[1], _MARKDOWN_REASON)
        work.substitute(_ESCAPED, lambda m: re.sub(_SIGN, r"\1", m[0]), _MARKDOWN_REASON)
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
    """Text under repair, with the runs of characters that stand together as in the file: ``(offset, origin)``."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._runs = [(0, 0)]
        self._repairs: list[Repair] = []

    def substitute(self, pattern: re.Pattern[str], new: Callable[[re.Match[str]], str], reason: str) -> None:
        self._apply((m.start(), m.end(), new(m), reason) for m in pattern.finditer(self.text))

    def edit(self, edits: Iterable[Edit]) -> None:
        """Edits whose places are in the text as it now is, in order."""
        self._apply((edit.span.start, edit.span.end, edit.after, edit.reason) for edit in edits)

    def convert(self, conversion: Callable[[str], str], reason: str) -> None:
        """A conversion that keeps the length; runs of changed characters are one repair each."""
        converted = conversion(self.text)
        if len(converted) != len(self.text):
            converted = "".join(c if len(c) == 1 else old for old in self.text for c in [conversion(old)])
        changed = (i for i, (old, new) in enumerate(zip(self.text, converted, strict=True)) if old != new)
        self._apply((start, end, converted[start:end], reason) for start, end in _runs(changed))

    def _apply(self, edits: Iterable[tuple[int, int, str, str]]) -> None:
        pieces: list[str] = []
        runs = _RunList()
        position = 0
        for start, end, new, reason in edits:
            old = self.text[start:end]
            if old == new:
                continue
            pieces += (self.text[position:start], new)
            runs.keep(self._runs, position, start)
            for i in range(len(new)):
                runs.add(self._origin(min(start + i, end - 1)))
            self._repairs.append(Repair(self._origin(start), old, new, reason))
            position = end
        if position:
            self.text = "".join((*pieces, self.text[position:]))
            # The end of the text has an origin too.
            runs.keep(self._runs, position, position + len(self.text) - runs.length + 1)
            self._runs = runs.runs

    def _origin(self, offset: int) -> int:
        start, origin = self._runs[_run_of(self._runs, offset)]
        return origin + offset - start

    def done(self) -> CanonicalText:
        return CanonicalText(self.text, tuple(sorted(self._repairs, key=lambda r: r.at)), tuple(self._runs))


class _RunList:
    """The runs of a text that is being put together."""

    def __init__(self) -> None:
        self.runs: list[tuple[int, int]] = []
        self.length = 0

    def add(self, origin: int, length: int = 1) -> None:
        """So many characters that stand in the file from ``origin`` on."""
        if not self.runs or self.runs[-1][1] + self.length - self.runs[-1][0] != origin:
            self.runs.append((self.length, origin))
        self.length += length

    def keep(self, before: Sequence[tuple[int, int]], start: int, end: int) -> None:
        """The characters ``[start, end)`` of the text whose runs were ``before``."""
        i = _run_of(before, start)
        while start < end:
            offset, origin = before[i]
            stop = min(end, before[i + 1][0]) if i + 1 < len(before) else end
            self.add(origin + start - offset, stop - start)
            start, i = stop, i + 1


def _run_of(runs: Sequence[tuple[int, int]], offset: int) -> int:
    return bisect_right(runs, offset, key=lambda run: run[0]) - 1


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
