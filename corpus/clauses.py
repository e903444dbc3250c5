"""An instrument's tree → its clauses: what is indexed and cited.

The clause of a statute is the article; that of an outline the smallest numbered heading with its
unnumbered paragraphs, unless these carry responsible units of their own; besides openings, closings,
boxes, annexes, and in a transcript each point of a turn.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.facts.figures import figures_of
from corpus.facts.offices import RESPONSIBLE
from corpus.folding import fold
from corpus.model import GROUPING_LEVELS, OUTLINE_LEVELS, Clause, Instrument, Level, Provision, Span

_WHOLE = frozenset({Level.HEAD, Level.TAIL, Level.ANNEX, Level.BOX})
#: So little beside a heading or a name says nothing that one could cite.
_SUBSTANCE = 12
#: But a heading that states a fact does: a number other than a year, a document, who is in charge; or a figure.
_STATES = re.compile(r"(?<!\d)(?!(?:19|20)\d\d年)\d|《|责任单位|负责|牵头")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text that becomes a clause."""

    provision: Provision
    span: Span
    headings: tuple[str, ...]


def clauses_of(instrument: Instrument, text: str, repaired: Sequence[int]) -> tuple[Clause, ...]:
    """The clauses of an instrument in reading order, without facts and provisos.

    ``text`` is that of its document; ``repaired`` are the places in it that were repaired, in order.
    """
    clauses = []
    for provision in instrument.provisions:
        for piece in _pieces(provision, (), text):
            span = _trimmed(piece.span, text)
            if len(span) == 0:
                continue
            words = span.of(text)
            clauses.append(
                Clause(
                    id=f"{instrument.id}~{piece.provision.path}",
                    instrument_id=instrument.id,
                    path=piece.provision.path,
                    level=piece.provision.level,
                    headings=piece.headings,
                    span=span,
                    text=words,
                    repaired=_holds(span, repaired),
                    digest=hashlib.sha256(words.encode()).hexdigest()[:16],
                )
            )
    return tuple(clauses)


def _holds(span: Span, places: Sequence[int]) -> bool:
    """Whether one of the sorted ``places`` lies in a span."""
    i = bisect_left(places, span.start)
    return i < len(places) and places[i] < span.end


#: Blanks, and the Markdown sign of a heading.
_LEAD = re.compile(r"\s*(?:#{1,6} +)?")


def _trimmed(span: Span, text: str) -> Span:
    words = fold(span.of(text))
    found = _LEAD.match(words)
    lead = found.end() if found else 0
    return Span(span.start + lead, max(span.start + lead, span.start + len(words.rstrip())))


def _pieces(provision: Provision, above: tuple[str, ...], text: str) -> Iterator[_Piece]:
    headings = (*above, provision.heading) if provision.heading else above
    if provision.level in _WHOLE or provision.level is Level.ARTICLE:
        yield _Piece(provision, provision.span, headings)
    elif provision.level in GROUPING_LEVELS or provision.level is Level.NOTICE:
        yield from _below(provision, headings, text)
    elif provision.level is Level.TURN:
        if _says_something(provision, provision.own, text):
            yield _Piece(provision, provision.own, headings)
        for child in provision.children:
            if len(child.span.of(text).strip()) > _SUBSTANCE:
                yield _Piece(child, child.span, headings)
    else:
        yield from _outline_pieces(provision, headings, text)


def _outline_pieces(provision: Provision, headings: tuple[str, ...], text: str) -> Iterator[_Piece]:
    numbered = [child for child in provision.children if child.level in OUTLINE_LEVELS]
    if numbered:
        lead = Span(provision.span.start, numbered[0].span.start)
        if _says_something(provision, lead, text) or _states_a_fact(fold(provision.heading)):
            yield _Piece(provision, lead, headings)
        for child in numbered:
            yield from _pieces(child, headings, text)
    elif _paragraphs_stand_alone(provision, text):
        yield from (_Piece(child, child.span, headings) for child in provision.children)
    else:
        yield _Piece(provision, provision.span, headings)
        for child in provision.children:
            if child.level is Level.BOX:
                yield _Piece(child, child.span, (*headings, child.heading))


def _below(provision: Provision, headings: tuple[str, ...], text: str) -> Iterator[_Piece]:
    for child in provision.children:
        yield from _pieces(child, headings, text)


def _says_something(provision: Provision, span: Span, text: str) -> bool:
    """Whether a stretch holds more than its label and heading."""
    return len(span.of(text).strip()) > len(provision.label) + len(provision.heading) + _SUBSTANCE


def _states_a_fact(heading: str) -> bool:
    return _STATES.search(heading) is not None or any(True for _ in figures_of(heading))


def _paragraphs_stand_alone(provision: Provision, text: str) -> bool:
    """Whether the paragraphs under a bare heading carry responsible units of their own."""
    paragraphs = [child for child in provision.children if child.level is Level.PARAGRAPH]
    if len(paragraphs) < 2 or _says_something(provision, provision.own, text):
        return False
    return any(RESPONSIBLE.search(fold(child.span.of(text))) for child in paragraphs)
