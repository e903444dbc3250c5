"""The library: every document of a corpus folder as instruments and clauses.

    folder → (manifest) → documents → instruments → clauses        read_library
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from corpus.model import Clause, DocumentNumber, Instrument, Provision, SourceDocument


@dataclass(frozen=True)
class Library:
    """All that was read, in the order of the documents. ``version`` changes when any word of it may change."""

    version: str
    documents: tuple[SourceDocument, ...]
    instruments: tuple[Instrument, ...]
    clauses: tuple[Clause, ...]

    @cached_property
    def clause(self) -> Mapping[str, Clause]:
        """Clauses by id."""
        return MappingProxyType({clause.id: clause for clause in self.clauses})

    @cached_property
    def instrument(self) -> Mapping[str, Instrument]:
        """Instruments by id."""
        return MappingProxyType({instrument.id: instrument for instrument in self.instruments})

    @cached_property
    def document(self) -> Mapping[str, SourceDocument]:
        """Source documents by id."""
        return MappingProxyType({document.id: document for document in self.documents})

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """The cities that have a document here, in full (天门市), in order of appearance."""
        return tuple(dict.fromkeys(i.city for i in self.instruments if i.city))

    def numbered(self, number: DocumentNumber) -> tuple[Instrument, ...]:
        """The instruments that carry a number; several for a bundle."""
        return tuple(i for i in self.instruments if i.number == number)

    def text_of(self, instrument: Instrument, provision: Provision) -> str:
        """A provision's words, verbatim, children included."""
        return provision.span.of(self.document[instrument.document_id].text)

    def of_instrument(self, instrument_id: str) -> Iterator[Clause]:
        """The clauses of an instrument in reading order."""
        return (clause for clause in self.clauses if clause.instrument_id == instrument_id)
