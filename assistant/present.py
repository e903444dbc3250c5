"""A verified draft → the answer: marks set, citations built. Nothing is decided here."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Answer, Citation, CitationRole, Request
from assistant.draft import Draft, Quote
from assistant.understanding.question import Question
from corpus.facts.validity import validity_of
from corpus.library import Library
from corpus.model import Clause, Instrument, Office, OfficeRole, Span

#: A longer quote is shown by its clause; the words relied on are kept to what a reader takes in at once.
_ROLE_ORDER = (OfficeRole.INTERPRETS, OfficeRole.LEADS, OfficeRole.RESPONSIBLE, OfficeRole.SHARED)


def present(draft: Draft, request: Request, question: Question, standalone: str, library: Library) -> Answer:
    """The answer of a draft. Each statement ends with the marks of its quotes."""
    quotes = _distinct([quote for statement in draft.statements for quote in statement.quotes])
    marks = {_key(quote): number for number, quote in enumerate(quotes, 1)}
    sentences = []
    for statement in draft.statements:
        numbers = sorted({marks[_key(quote)] for quote in statement.quotes})
        shown = "".join(f"[{number}]" for number in numbers)
        sentences.append(f"{statement.text}{' ' if shown else ''}{shown}。")
    return Answer(
        question=request.question,
        standalone_question=standalone,
        as_of=question.as_of,
        mode="extractive",
        status=draft.status,
        text="".join(sentences),
        citations=tuple(citation_of(quote, marks[_key(quote)], library) for quote in quotes),
        derivations=draft.derivations,
        warnings=tuple(dict.fromkeys(draft.warnings)),
        corpus_version=library.version,
        id=request.id,
    )


def citation_of(quote: Quote, mark: int, library: Library) -> Citation:
    """The citation of a quote."""
    clause, instrument = quote.clause, quote.instrument
    validity, others = validity_of(quote.span, clause, instrument.validity)
    whole = instrument.validity
    if whole.basis_clause_id == clause.id and whole.basis and whole.basis in quote.words and validity != whole:
        # The words that say how long the document holds say so of it, whatever else stands in them (已受理的兑现至…).
        validity, others = whole, (validity, *others)
    return Citation(
        mark=mark,
        role=quote.role,
        clause_id=clause.id,
        instrument_id=instrument.id,
        city=instrument.city or None,
        document_number=str(instrument.number) if instrument.number else None,
        title=instrument.title,
        kind=instrument.kind,
        path=clause.path.labels,
        label=clause.path.label,
        text=clause.text,
        quote=quote.words,
        validity=validity,
        offices=_offices(clause, library),
        others=others,
    )


def clause_citation(instrument: Instrument, clause: Clause, mark: int, library: Library) -> Citation:
    """A whole clause as a citation: what a look-up shows."""
    return citation_of(Quote(instrument, clause, clause.span, CitationRole.ANSWERS), mark, library)


def _offices(clause: Clause, library: Library) -> tuple[Office, ...]:
    """The clause's own units, and who interprets: the office to turn to."""
    governing = [library.clause[i] for i in clause.provisos if i in library.clause]
    interpreting = [o for other in governing for o in other.offices if o.role is OfficeRole.INTERPRETS]
    offices = dict.fromkeys((*clause.offices, *interpreting))
    return tuple(sorted(offices, key=lambda office: _ROLE_ORDER.index(office.role) > 0 and not clause.offices))


def _distinct(quotes: Sequence[Quote]) -> list[Quote]:
    """One quote a clause, in order of first use; the spans of several are joined."""
    merged: dict[tuple[str, str], Quote] = {}
    for quote in quotes:
        known = merged.get(_key(quote))
        if known is None:
            merged[_key(quote)] = quote
        elif quote.span not in known.span:
            span = Span(min(known.span.start, quote.span.start), max(known.span.end, quote.span.end))
            merged[_key(quote)] = Quote(known.instrument, known.clause, span, known.role)
    return list(merged.values())


def _key(quote: Quote) -> tuple[str, str]:
    return quote.instrument.id, quote.clause.id


def plain(text: str) -> str:
    """An answer's text without its marks."""
    return re.sub(r"\s*(?:\[\d+\])+", "", text)
