"""Places in a text that are taken already, kept in order so that a long list of them is looked up at once."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from corpus.model import Span


class Taken:
    """Spans that do not overlap."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._spans: list[Span] = sorted(spans)

    def add(self, span: Span) -> None:
        """Take a span."""
        insort(self._spans, span)

    def covers(self, span: Span) -> bool:
        """Whether a span lies within one that is taken."""
        i = bisect_left(self._spans, span.start + 1, key=lambda taken: taken.start)
        return i > 0 and span in self._spans[i - 1]

    def overlaps(self, span: Span) -> bool:
        """Whether a span shares a character with one that is taken."""
        i = bisect_left(self._spans, span.end, key=lambda taken: taken.start)
        return i > 0 and self._spans[i - 1].end > span.start
