"""From when to when: a document in force, a clause with a term of its own, and what states no day.

The days that matter are asked on: the last one, the one after it, the eve of the first.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from corpus.dates import in_words
from corpus.model import Clause, Level, Scheme, Validity
from evals.drafts.passage import Passage, quoted
from evals.drafts.sheet import Sheet, expected_validity

_TERM_OF_CLAUSE = re.compile(r"执行|延续|有效|施行|试行")
_UNCLEAR_SCOPE = re.compile(r"^其[余他]")
_DAY = timedelta(days=1)


def draft_validity(sheet: Sheet) -> None:
    """Ask for the validity of the instrument, or whether it states any; that stated by another one is left out."""
    validity = sheet.instrument.validity
    basis = sheet.library.clause.get(validity.basis_clause_id)
    if not validity.stated and validity.repealed_on is None:
        _not_stated(sheet)
    elif basis is None or basis.instrument_id != sheet.instrument.id:
        sheet.left_out["效力写在别的文件里"] += 1
    else:
        _stated(sheet, basis, validity)


def draft_terms(sheet: Sheet, clause: Clause) -> None:
    """Ask for the terms that a clause has of its own, each place and day once."""
    seen: set[tuple[str, date | None]] = set()
    for term in clause.terms:
        place = (term.scope, term.expires_on)
        if place in seen or not term.stated or clause.id == sheet.instrument.validity.basis_clause_id:
            continue
        seen.add(place)
        topic = sheet.topic(clause)
        if not topic or _UNCLEAR_SCOPE.match(term.scope) or not _TERM_OF_CLAUSE.search(term.basis):
            sheet.left_out["说不清讲什么的条款期限"] += 1
            continue
        _term(sheet, clause, term, f"{quoted(topic)}里的{term.scope}" if term.scope else f"{quoted(topic)}这项政策")


def _stated(sheet: Sheet, basis: Clause, validity: Validity) -> None:
    source = _source(sheet, validity)
    last = _last_day(validity)
    first = validity.effective_on

    def add(name: str, question: str, said: date, on: date | None = None) -> None:
        expected = expected_validity(validity, on)
        sheet.add(basis, source, "validity", [in_words(said)], question, expected, as_of=on, name=name)

    if last is not None:
        add("until", f"{sheet.title}有效期到哪一天？", last)
        add("last-day", f"{sheet.title}今天还有效吗？", last, last)
        add("day-after", f"{sheet.title}现在过期了没有？", last, last + _DAY)
    if first is not None:
        add("from", f"{sheet.title}从什么时候开始施行？", first)
    if first is not None and last is None:
        add("eve", f"{sheet.title}今天开始执行了吗？", first, first - _DAY)


def _not_stated(sheet: Sheet) -> None:
    if sheet.instrument.scheme is Scheme.TRANSCRIPT:
        return
    heads = [clause for clause in sheet.clauses if clause.level is Level.HEAD][:1]
    expect = {
        "status": ["not_found", "answered", "partial"],
        "clauses": [],
        "also": [sheet.name(clause.path.labels) for clause in heads],
        "say": [["未写明有效期", "没有写明有效期", "未写明"]],
    }
    question = f"{sheet.title}写没写有效期到什么时候？"
    sheet.write(f"{sheet.instrument.id}~validity-unknown", question, "validity", expect, split=sheet.split(heads))


def _term(sheet: Sheet, clause: Clause, term: Validity, about: str) -> None:
    source = _source(sheet, term)
    city = f"{sheet.city}的" if sheet.city and sheet.city not in about else ""
    last = _last_day(term)

    def add(name: str, question: str, said: str, on: date | None = None) -> None:
        expected = expected_validity(term, on)
        sheet.add(clause, source, "validity", [said], city + question, expected, as_of=on, name=term.scope + name)

    if last is not None:
        add("until", f"{about}执行到哪一天？", in_words(last))
        add("last-day", f"{about}今天还在执行吗？", in_words(last), last)
        add("day-after", f"{about}现在过期了没有？", in_words(last), last + _DAY)
    elif "长期" in term.basis:
        add("until", f"{about}执行到什么时候？", "长期")


def _source(sheet: Sheet, validity: Validity) -> Passage:
    """The words that state it."""
    basis = validity.basis_span.of(sheet.text) if validity.basis_span else validity.basis
    return Passage(basis.strip())


def _last_day(validity: Validity) -> date | None:
    """The day on which it expires, or the one before it is repealed, whichever is first."""
    repealed = validity.repealed_on - _DAY if validity.repealed_on else None
    return min((day for day in (validity.expires_on, repealed) if day), default=None)
