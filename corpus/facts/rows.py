"""The facts of an instrument as rows, one a figure: what ``corpus facts`` prints and a person checks.

The columns are fixed by the interface of the command line; those behind ``end`` are additions to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from corpus.model import Benefit, Clause, Instrument, Measure, Period, PeriodUnit, Quantity, Span, Validity

#: The units of periods as documents print them.
UNIT_NAMES: dict[PeriodUnit, str] = {"day": "日", "working_day": "工作日", "month": "月", "year": "年"}


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact; every value is printed as text, "" where there is none. ``start`` and ``end`` point into the document."""

    kind: str
    instrument: str
    document_number: str
    title: str
    path: str
    text: str
    value: str = ""
    value_low: str = ""
    value_high: str = ""
    unit: str = ""
    per: str = ""
    bound: str = ""
    role: str = ""
    subject: str = ""
    from_date: str = ""
    to_date: str = ""
    start: str = ""
    end: str = ""
    anchor: str = ""
    key: str = ""
    cap: str = ""
    conditions: str = ""
    targets: str = ""


COLUMNS = tuple(field.name for field in fields(FactRow))


def fact_rows(instrument: Instrument, clauses: Sequence[Clause]) -> Iterator[FactRow]:
    """The facts that an instrument states: its validity, then those of its ``clauses`` in reading order."""
    by_id = {clause.id: clause for clause in clauses}
    if instrument.validity.stated and (basis := by_id.get(instrument.validity.basis_clause_id)):
        yield _of_validity(instrument, basis, instrument.validity)
    for clause in clauses:
        facts: tuple[Measure | Period, ...] = (*clause.amounts, *clause.quantities, *clause.periods)
        rows = [(fact.span, _of_figure(instrument, clause, fact)) for fact in facts]
        rows += [(term.span or clause.span, _of_validity(instrument, clause, term)) for term in clause.terms]
        rows += _of_words(instrument, clause)
        rows += [(benefit.span, _of_benefit(instrument, clause, benefit)) for benefit in clause.benefits]
        yield from (row for _, row in sorted(rows, key=lambda placed: placed[0]))


def _row(instrument: Instrument, clause: Clause, kind: str, text: str, span: Span | None, **values: str) -> FactRow:
    return FactRow(
        kind=kind,
        instrument=instrument.id,
        document_number=str(instrument.number or ""),
        title=instrument.title,
        path="".join(clause.path.labels),
        text=" ".join(text.split()),
        start=str(span.start) if span else "",
        end=str(span.end) if span else "",
        **values,
    )


def _of_figure(instrument: Instrument, clause: Clause, fact: Measure | Period) -> FactRow:
    if isinstance(fact, Period):
        return _row(
            instrument,
            clause,
            "period",
            fact.text,
            fact.span,
            **_values(fact.least if fact.least is not None else fact.count, fact.count),
            unit=UNIT_NAMES[fact.unit] if fact.unit else "",
            subject=fact.subject,
            from_date=_day(fact.from_date),
            to_date=_day(fact.to_date),
            anchor=fact.anchor,
            key=fact.key,
        )
    return _row(
        instrument,
        clause,
        "quantity" if isinstance(fact, Quantity) else "amount",
        fact.text,
        fact.span,
        **_values(fact.low, fact.high),
        unit=fact.unit,
        per=fact.per,
        bound=fact.bound.value,
        role=fact.role.value,
        subject=fact.subject,
        key=fact.key,
    )


def _of_validity(instrument: Instrument, clause: Clause, validity: Validity) -> FactRow:
    return _row(
        instrument,
        clause,
        "validity",
        validity.basis,
        validity.basis_span,
        subject=validity.scope,
        from_date=_day(validity.effective_on),
        to_date=_day(validity.expires_on),
    )


def _of_words(instrument: Instrument, clause: Clause) -> Iterator[tuple[Span, FactRow]]:
    """Offices, references and relations. A unit that another clause makes responsible stands in that clause's rows."""
    for office in clause.offices:
        if office.clause_id == clause.id and office.span:
            row = _row(instrument, clause, "office", office.name, office.span, role=office.role.value)
            yield office.span, row
    for reference in clause.references:
        row = _row(
            instrument,
            clause,
            "reference",
            reference.text,
            reference.span,
            role="provision" if reference.address and not (reference.number or reference.title) else "document",
            subject=" ".join(filter(None, (reference.title, str(reference.number or ""), reference.address))),
            targets=" ".join(reference.targets),
        )
        yield reference.span, row
    for relation in clause.relations:
        row = _row(
            instrument,
            clause,
            "relation",
            relation.text,
            relation.span,
            role=relation.kind.value,
            subject=relation.subject,
            targets=" ".join(relation.targets),
        )
        yield relation.span, row


def _of_benefit(instrument: Instrument, clause: Clause, benefit: Benefit) -> FactRow:
    amount = benefit.amount or benefit.cap
    return _row(
        instrument,
        clause,
        "benefit",
        benefit.what,
        benefit.span,
        **(_values(amount.low, amount.high) if amount else {}),
        unit=amount.unit if amount else "",
        per=amount.per if amount else "",
        bound=amount.bound.value if amount else "",
        role=benefit.kind.value,
        subject=benefit.who,
        from_date=_day(benefit.term.effective_on if benefit.term else None),
        to_date=_day(benefit.term.expires_on if benefit.term else None),
        cap=benefit.cap.text if benefit.cap else "",
        conditions=";".join(benefit.conditions),
    )


def _values(low: Decimal | None, high: Decimal | None) -> dict[str, str]:
    """The columns ``value`` (of one value), ``value_low`` and ``value_high``."""
    first, last = ("" if value is None else f"{value:f}" for value in (low, high))
    return {"value": first if first == last else "", "value_low": first, "value_high": last}


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
