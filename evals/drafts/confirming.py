"""A person confirms drafts: each is held against the documents once more, and then counts like any other case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from assistant.answer import Status
from corpus.library import Library
from evals.cases import Case, parse_case
from evals.check import check_cases
from evals.drafts.caselines import CaseLine, as_line, read_lines, write_lines
from evals.errors import CaseError
from evals.variety import COPIES_ABOVE, overlap

#: The kind of a draft whose kind nobody has said yet.
UNSORTED = "unsorted"
_REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.CLARIFY})


@dataclass(frozen=True)
class Confirmation:
    """How a confirmation went, by the ids of the drafts.

    ``problems`` are those of drafts that were refused, ``unknown`` the names that are no draft of the file, each with
    the reason, ``copied`` the share of words that a question copies from its clause where that is more than half,
    ``remaining`` how many drafts the file still has, ``unreadable`` the numbers of the lines that hold no object.
    """

    confirmed: tuple[str, ...]
    problems: Mapping[str, tuple[str, ...]]
    unknown: Mapping[str, str]
    copied: Mapping[str, float]
    remaining: int
    unreadable: tuple[int, ...]


def confirm(
    file: Path,
    ids: Sequence[str] | None,
    library: Library,
    existing: Sequence[Case] = (),
    reworded: Mapping[str, Any] | None = None,
) -> Confirmation:
    """Confirm the drafts of a file with these ids, or all of them, and write the file; other lines stay as they are.

    ``existing`` are confirmed cases of other files, ``reworded`` fields to set in what is confirmed. A draft that
    does not hold against the documents, or lacks something, stays a draft.
    """
    lines = list(read_lines(file))
    drafts = {line.id: at for at, line in enumerate(lines) if line.values and line.values.get("draft") is True}
    chosen = list(drafts) if ids is None else list(dict.fromkeys(ids))
    known = {line.id for line in lines}
    unknown = {
        name: "已经确认过，不是草稿" if name in known else "文件里没有这个编号" for name in chosen if name not in drafts
    }
    settled = [*existing, *_confirmed(file, lines)]
    problems: dict[str, tuple[str, ...]] = {}
    copied: dict[str, float] = {}
    confirmed: list[str] = []
    for name in chosen:
        if name in unknown:
            continue
        at = drafts[name]
        values = {field: value for field, value in (lines[at].values or {}).items() if field != "draft"}
        values |= reworded or {}
        case, wrong = _checked(values, f"{file}:{at + 1}", settled, library)
        if case is None or wrong:
            problems[name] = wrong
            continue
        lines[at] = lines[at].rewritten(values)
        settled.append(case)
        confirmed.append(name)
        if (share := overlap(case, library)) is not None and share > COPIES_ABOVE and case.kind != "lookup":
            copied[name] = share
    if confirmed:
        write_lines(file, lines)
    unreadable = tuple(i for i, line in enumerate(lines, start=1) if line.values is None and not line.is_blank)
    return Confirmation(tuple(confirmed), problems, unknown, copied, len(drafts) - len(confirmed), unreadable)


def missing(case: Case) -> tuple[str, ...]:
    """What a case lacks to be asked and scored, a Chinese sentence each."""
    lacking = []
    if case.kind == UNSORTED:
        lacking.append("kind 还没有定，请写明问题的类型，如 amount、office。")
    if not case.expect.status & _REFUSALS:
        if not case.expect.clauses:
            lacking.append("期望有答复，但 expect.clauses 没有写应当引用的条款。")
        if not case.expect.say:
            lacking.append("期望有答复，但 expect.say 没有写必须说到的话。")
    return tuple(lacking)


def _checked(
    values: Mapping[str, Any], place: str, settled: Sequence[Case], library: Library
) -> tuple[Case | None, tuple[str, ...]]:
    """The case that a line would be, and what is wrong with it."""
    try:
        case = parse_case(as_line(values), place)
    except CaseError as error:
        return None, tuple(str(error).split("\n"))
    twice = [f"编号与 {other.place} 重复。" for other in settled if other.id == case.id]
    # The settled ones stand first, so that a clash of splits is laid to the draft.
    found = check_cases([*(replace(other, place="") for other in settled), case], library)
    wrong = [each.removeprefix(f"{place} {case.id}：") for each in found if each.startswith(f"{place} ")]
    return case, (*twice, *missing(case), *wrong)


def _confirmed(file: Path, lines: Sequence[CaseLine]) -> list[Case]:
    """The cases of the file that are no drafts; a line that is no case is left to ``eval check``."""
    cases = []
    for number, line in enumerate(lines, start=1):
        if line.values is None or line.values.get("draft") is True:
            continue
        try:
            cases.append(parse_case(as_line(line.values), f"{file}:{number}"))
        except CaseError:
            continue
    return cases
