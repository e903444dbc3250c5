"""The facts of one instrument's clauses, kind by kind, in the order in which they rest on each other.

figures and periods → offices → references → relations → provisos → the instrument's validity → terms → benefits
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus.facts.amounts import amounts_of
from corpus.facts.benefits import benefits_of
from corpus.facts.offices import offices_of, shared_offices
from corpus.facts.periods import periods_of
from corpus.facts.places import Places
from corpus.facts.references import amended_in, references_of
from corpus.facts.relations import provisos_of, relations_of
from corpus.facts.terms import terms_of
from corpus.facts.validity import instrument_validity
from corpus.model import OUTLINE_LEVELS, Clause, Instrument, Office, Reference, Scheme


def read_facts(instrument: Instrument, clauses: Sequence[Clause]) -> tuple[Instrument, tuple[Clause, ...]]:
    """The instrument with its validity, and its clauses with all their facts."""
    places = Places(instrument.provisions)
    year = None if instrument.date else _only_year(clauses)
    references = _references(instrument, clauses, places)
    read = _with_offices(
        [_stated(clause, found, instrument, year) for clause, found in zip(clauses, references, strict=True)]
    )
    provisos = provisos_of(read, places)
    validity = instrument_validity(read, instrument.date)
    by_id = {clause.id: clause for clause in read}
    return replace(instrument, validity=validity), tuple(
        replace(
            clause,
            provisos=provisos.get(clause.id, ()),
            terms=(terms := terms_of(clause, validity)),
            benefits=benefits_of(
                clause, terms, instrument.kind, governing=[by_id[i] for i in provisos.get(clause.id, ())]
            ),
        )
        for clause in read
    )


def _references(instrument: Instrument, clauses: Sequence[Clause], places: Places) -> Iterator[tuple[Reference, ...]]:
    """What each clause points to; what one says is changed (对《甲办法》作如下修改) is so in all below or behind it."""
    amended: Reference | None = None
    within = ""
    for clause in clauses:
        if not str(clause.path).startswith(within):
            amended, within = None, ""
        found = references_of(clause, instrument, places, amended)
        yield found
        if changed := amended_in(clause, found):
            amended = changed
            within = f"{clause.path}__" if clause.level in OUTLINE_LEVELS else ""


def _stated(clause: Clause, references: tuple[Reference, ...], instrument: Instrument, year: int | None) -> Clause:
    """A clause with the facts that its own words state."""
    offset = clause.span.start
    amounts, quantities = amounts_of(clause.text, offset)
    spoken = instrument.scheme is Scheme.TRANSCRIPT
    return replace(
        clause,
        amounts=amounts,
        quantities=quantities,
        periods=periods_of(clause.text, offset, instrument.date, year=year, spoken=spoken),
        offices=offices_of(clause),
        references=references,
        relations=relations_of(clause, references),
    )


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年|〕|\])")


def _only_year(clauses: Sequence[Clause]) -> int | None:
    """The year that a document without a date prints, where it prints but one."""
    years = {match[0] for clause in clauses for match in _YEAR.finditer(clause.text)}
    return int(years.pop()) if len(years) == 1 else None


def _with_offices(clauses: Sequence[Clause]) -> list[Clause]:
    """The clauses with the units that one of them makes responsible for all behind or before it (以下工作均需…落实)."""
    ahead = [shared_offices(clause, behind=True) for clause in clauses]
    back = [shared_offices(clause, behind=False) for clause in clauses]
    before: tuple[Office, ...] = ()
    result = []
    for i, clause in enumerate(clauses):
        shared = (*before, *(office for later in back[i + 1 :] for office in later)) if clause.offices else ()
        offices = (*clause.offices, *ahead[i], *back[i], *shared)
        result.append(replace(clause, offices=offices) if offices != clause.offices else clause)
        before = before or ahead[i]
    return result
