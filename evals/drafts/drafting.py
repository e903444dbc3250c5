"""Draft cases from the facts of an instrument, for a person to confirm.

    instrument → facts of its clauses → question (in owners' words) + expected answer (as printed) → draft

A draft is a whole case whose words come from the document, so its question is nearer to the clause than a person's
would be: whoever confirms it rewords it. A fact whose words make no sensible question is left out and counted.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from corpus.library import Library
from corpus.model import Instrument, Kind, Level
from evals.cases import Case, parse_case
from evals.check import check_cases
from evals.drafts.benefits import draft_benefits
from evals.drafts.lookup import draft_look_up
from evals.drafts.near_miss import draft_near_miss
from evals.drafts.offices import draft_offices
from evals.drafts.periods import draft_periods
from evals.drafts.sheet import Sheet
from evals.drafts.splits import splits_of
from evals.drafts.validity import draft_terms, draft_validity
from evals.errors import CaseError
from evals.wording import fold


@dataclass(frozen=True)
class Drafts:
    """The drafts of an instrument, each a line of a case file as an object; ``left_out`` counts facts by the reason."""

    lines: tuple[Mapping[str, Any], ...]
    left_out: Mapping[str, int]


def named_instruments(name: str, library: Library) -> tuple[Instrument, ...]:
    """The instruments that ``name`` means: an id, a number in any brackets, a title, a file or document id.

    The number of a bundle and a file mean all that they hold; nothing is found for a name that is none of these.
    """
    if name in library.instrument:
        return (library.instrument[name],)
    wanted = fold(name.strip().strip("《》"))
    documents = {d.id for d in library.documents if name in (d.id, d.file, d.file.rsplit("/", 1)[-1], _stem(d.file))}
    of_all = ([fold(str(i.number or "")), fold(i.title), fold(i.id)] for i in library.instruments)
    found = [i for i, names in zip(library.instruments, of_all, strict=True) if wanted and wanted in names]
    return tuple(found) or tuple(i for i in library.instruments if i.document_id in documents)


def draft_cases(
    instruments: Sequence[Instrument], library: Library, existing: Sequence[Case] = (), limit: int | None = None
) -> Drafts:
    """The drafts of some instruments; of more than ``limit`` so many, of all kinds in turn.

    A clause that an ``existing`` case asks about keeps the split it is in; a case that exists is not drafted again.
    """
    splits = splits_of(existing, library)
    taken = {case.id for case in existing}
    lines: list[Mapping[str, Any]] = []
    left_out: Counter[str] = Counter()
    for instrument in instruments:
        sheet = Sheet(instrument, library, splits)
        _fill(sheet)
        left_out += sheet.left_out
        lines += sheet.lines
    new = [line for line in lines if line["id"] not in taken]
    sound = _sound(new, library)
    left_out["不能与文件对上"] += len(new) - len(sound)
    left_out["已有这条用例"] += len(lines) - len(new)
    kept = _few(sound, limit)
    return Drafts(tuple(kept), {reason: count for reason, count in left_out.items() if count})


def _fill(sheet: Sheet) -> None:
    """Write all drafts of an instrument."""
    if not sheet.document:
        sheet.left_out["文件没有文号和标题"] += 1
        return
    for clause in sheet.clauses:
        if clause.level is Level.ANNEX:
            continue
        draft_benefits(sheet, clause)
        if sheet.instrument.kind is not Kind.PRESS:
            draft_periods(sheet, clause)
        draft_offices(sheet, clause)
        draft_terms(sheet, clause)
    draft_validity(sheet)
    draft_look_up(sheet)
    draft_near_miss(sheet)


def _sound(lines: Sequence[Mapping[str, Any]], library: Library) -> list[Mapping[str, Any]]:
    """The lines that are cases (the day of a mistyped year is none) and hold against the documents."""
    cases: dict[str, Case] = {}
    for at, line in enumerate(lines):
        with suppress(CaseError):
            cases[str(at)] = parse_case(json.dumps(line, ensure_ascii=False), str(at))
    wrong = {problem.split(" ", 1)[0] for problem in check_cases(tuple(cases.values()), library)}
    return [line for at, line in enumerate(lines) if str(at) in cases and str(at) not in wrong]


def _few(lines: Sequence[Mapping[str, Any]], limit: int | None) -> list[Mapping[str, Any]]:
    """At most ``limit`` lines in their order, taken from each kind in turn."""
    if limit is None or len(lines) <= limit:
        return list(lines)
    by_kind: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        by_kind[line["kind"]].append(i)
    turns = sorted((turn, i) for found in by_kind.values() for turn, i in enumerate(found))
    return [lines[i] for i in sorted(i for _, i in turns[:limit])]


def _stem(file: str) -> str:
    return file.rsplit("/", 1)[-1].rsplit(".", 1)[0]
