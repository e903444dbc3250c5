"""What composing gives and presenting takes: statements, each resting on quotes."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import AnswerWarning, CitationRole, Derivation, Status
from corpus.model import Clause, Instrument, Span


@dataclass(frozen=True, slots=True)
class Quote:
    """The exact words relied on: ``span`` in the canonical text, inside ``clause``."""

    instrument: Instrument
    clause: Clause
    span: Span
    role: CitationRole

    @property
    def words(self) -> str:
        """The words, verbatim."""
        start = self.clause.span.start
        return self.clause.text[self.span.start - start : self.span.end - start].strip()


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer, without its full stop, and the quotes it rests on (marks are set when presented)."""

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer before verification.

    ``confidence`` is how sure one may be of the words it rests on (:meth:`assistant.retrieve.Evidence.confidence`), at
    most 1: what was named exactly.
    """

    status: Status
    statements: tuple[Statement, ...]
    warnings: tuple[AnswerWarning, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    confidence: float = 1.0

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses quoted, in order of first use."""
        return tuple({q.clause.id: q.clause for statement in self.statements for q in statement.quotes}.values())
