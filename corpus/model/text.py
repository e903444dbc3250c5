"""Source documents: a file as collected, its canonical text, what was repaired in it and left out of it.

A :class:`Span` is half-open and points into the canonical text (decoded and repaired), never into the file.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open ``[start, end)`` in characters of a canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the text as collected: where in the decoded file, what stood there, what stands now."""

    at: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Canonical text that belongs to no provision, with the reason."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """源文件: a file as collected. One file may hold several instruments."""

    id: str
    file: str
    sha256: str
    text: str
    repairs: tuple[Repair, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ((0, 0),)
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_file(self, offset: int) -> int:
        """The offset in the decoded file of an offset in the canonical text."""
        start, origin = self.breaks[bisect_right(self.breaks, (offset, 1 << 60)) - 1]
        return origin + offset - start

    def from_file(self, offset: int) -> int:
        """The offset in the canonical text of one in the decoded file; of characters taken out, where they stood."""
        i = bisect_right(self.breaks, offset, key=lambda run: run[1]) - 1
        start, origin = self.breaks[max(i, 0)]
        following = self.breaks[i + 1][0] if i + 1 < len(self.breaks) else len(self.text)
        return min(start + offset - origin, following)
