"""What the tests of this room share: the bundled library, short texts read as documents, trees to be compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus.document import DocumentReading, read_document
from corpus.library import BUNDLED, Library, read_library
from corpus.manifest import DocumentEntry
from corpus.model import Clause, Provision, Span

Read = Callable[..., DocumentReading]
Tree = Callable[[Sequence[Provision], str], list[str]]

#: A corpus folder of four statutes, public-domain law: chapters with sections, a part of a code whose articles do not
#: begin at 1, headings 一、 between articles, an annex.
STATUTES = Path(__file__).parent / "fixtures"


@pytest.fixture(scope="session")
def library() -> Library:
    return read_library(BUNDLED)


@pytest.fixture(scope="session")
def statutes() -> Library:
    return read_library(STATUTES)


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A text as a document of its own, through all stages."""

    def read_text(text: str, name: str = "文件.txt", entry: DocumentEntry | None = None) -> DocumentReading:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8", newline="")
        return read_document(path, name, entry)

    return read_text


@pytest.fixture(scope="session")
def tree() -> Tree:
    """A tree as lines: address, level, label, heading, the first words of the provision's own text."""
    return lambda provisions, text: list(_lines(provisions, text, 0))


def _lines(provisions: Sequence[Provision], text: str, depth: int) -> Iterator[str]:
    for provision in provisions:
        own = " ".join(provision.own.of(text).split())
        shown = own if len(own) <= 32 else f"{own[:32]}…"
        facts = (str(provision.path), provision.level.value, provision.label, provision.heading, shown)
        yield "  " * depth + " | ".join(facts)
        yield from _lines(provision.children, text, depth + 1)


@pytest.fixture(scope="session")
def unplaced() -> Callable[[DocumentReading], list[tuple[str, Span]]]:
    """What of a document is in no provision's own text and not left out, and what is in more than one of them."""

    def find(reading: DocumentReading) -> list[tuple[str, Span]]:
        placed = [part.span for part in reading.document.left_out]
        placed += [provision.own for instrument in reading.instruments for provision in instrument.walk()]
        wrong = []
        reached = 0
        for span in sorted(span for span in placed if len(span)):
            if span.start > reached:
                wrong.append(("lost", Span(reached, span.start)))
            elif span.start < reached:
                wrong.append(("twice", Span(span.start, min(reached, span.end))))
            reached = max(reached, span.end)
        if reached < len(reading.document.text):
            wrong.append(("lost", Span(reached, len(reading.document.text))))
        return wrong

    return find


@pytest.fixture(scope="session")
def clause() -> Callable[..., Clause]:
    """The only clause of a library with these ends of instrument title and printed path."""

    def find(library: Library, title: str, *path: str) -> Clause:
        found = [
            each
            for each in library.clauses
            if title in library.instrument[each.instrument_id].title and each.path.labels[-len(path) :] == path
        ]
        assert len(found) == 1, [each.id for each in found]
        return found[0]

    return find
