"""What a peer is: documents in, a retriever out, passages for a question."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from assistant.answer import Request
from corpus.library import Library

if TYPE_CHECKING:
    from index.embedding import Embedder

#: How many passages a peer returns for a question, at most.
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Document:
    """A document file as text, with the titles and the cities of what it holds."""

    id: str
    text: str
    title: str
    city: str

    @property
    def metadata(self) -> dict[str, str]:
        """What a stack may keep with every passage; ``source`` is the document's id."""
        return {"source": self.id, "title": self.title, "city": self.city}


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage as a stack returned it, and the id of its document."""

    document: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """What every peer is built from. ``folder`` holds the files, ``work`` may be written to."""

    folder: Path
    work: Path
    documents: tuple[Document, ...]
    embedding: str

    def embedder(self, texts: Sequence[str]) -> Embedder:
        """The embedding of this run; the embedded one is fitted to the peer's own passages."""
        from index.embedding import make_embedder

        return make_embedder(self.embedding, texts)


class Retriever(Protocol):
    """Finds passages."""

    @abstractmethod
    def retrieve(self, request: Request) -> Sequence[Passage]:
        """The passages for a question, best first, at most :data:`DEPTH`."""

    def answers(self, request: Request) -> bool:
        """Whether anything is shown for a question; a retriever alone shows whatever it finds."""
        return bool(self.retrieve(request))


@dataclass(frozen=True, slots=True)
class Plain(Retriever):
    """A retriever that knows words only: a city that the request names apart stands in front of the question."""

    find: Callable[[str], Iterable[Passage]]

    def retrieve(self, request: Request) -> Sequence[Passage]:
        """See :class:`Retriever`."""
        words = f"{request.city} {request.question}" if request.city else request.question
        return tuple(self.find(words))[:DEPTH]


@dataclass(frozen=True, slots=True)
class Peer:
    """A stack in one setting; ``packages`` are those it needs beyond the lock, what these need in turn left out."""

    name: str
    setting: str
    packages: tuple[str, ...]
    build: Callable[[Corpus], Retriever]


def documents_of(library: Library) -> tuple[Document, ...]:
    """The files of a library as text."""
    found = []
    for document in library.documents:
        held = [instrument for instrument in library.instruments if instrument.document_id == document.id]
        titles = "；".join(dict.fromkeys(instrument.title for instrument in held))
        cities = "；".join(dict.fromkeys(instrument.city for instrument in held if instrument.city))
        found.append(Document(document.id, document.text, titles, cities))
    return tuple(found)
