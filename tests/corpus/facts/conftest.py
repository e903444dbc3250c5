"""A sentence as a clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.model import Clause, Level, ProvisionPath, Span, Step

MakeClause = Callable[..., Clause]


@pytest.fixture(scope="session")
def clause_of() -> MakeClause:
    """A clause with these words; ``number`` makes its address, ``start`` its place in the document."""

    def make(
        text: str,
        level: Level = Level.OUTLINE_1,
        number: int = 1,
        label: str = "",
        headings: tuple[str, ...] = (),
        start: int = 0,
    ) -> Clause:
        path = ProvisionPath((Step(level, str(number), label),))
        return Clause(f"i~{path}", "i", path, level, headings, Span(start, start + len(text)), text)

    return make
