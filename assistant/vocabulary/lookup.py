"""The lay words in a text, found in one pass however many there are.

A table by the first two characters leads to the few lay words that may begin at a place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from assistant.vocabulary.rows import Synonyms

_HEAD = 2
#: A row, and within it a lay word.
_Place: TypeAlias = tuple[int, int]


class Lexicon:
    """Rows made ready to be looked up."""

    def __init__(self, rows: Iterable[Synonyms]) -> None:
        self.rows = tuple(rows)
        self._by_head: dict[str, list[tuple[str, _Place]]] = defaultdict(list)
        self._by_official: dict[str, list[str]] = defaultdict(list)
        for number, row in enumerate(self.rows):
            for at, lay in enumerate(row.lay):
                self._by_head[lay.casefold()[:_HEAD]].append((lay.casefold(), (number, at)))
            for official in dict.fromkeys(row.official):
                self._by_official[official] += row.lay

    def __len__(self) -> int:
        return len(self.rows)

    def found_in(self, text: str) -> list[tuple[str, Synonyms]]:
        """The lay words of a text, each with its row, in the order of the rows; of nested ones the longest."""
        folded = text.casefold()
        standing: dict[_Place, str] = {}
        for at in range(len(folded) - _HEAD + 1):
            for lay, place in self._by_head.get(folded[at : at + _HEAD], ()):
                if folded.startswith(lay, at):
                    standing[place] = self.rows[place[0]].lay[place[1]]
        words = set(standing.values())
        return [
            (lay, self.rows[place[0]])
            for place, lay in sorted(standing.items())
            if not any(lay != other and lay in other for other in words)
        ]

    def lay_for(self, official: str) -> Sequence[str]:
        """The lay words of all rows that have an official word."""
        return self._by_official.get(official, ())
