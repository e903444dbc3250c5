"""A log of what was asked and how it was found, turned into drafts of cases for a person to complete.

log → entries, one a question → those that no case asks yet, the worst first → drafts
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.masking import masked
from corpus.library import Library
from evals.cases import Case
from evals.drafts.entries import key_of, read_log
from evals.drafts.entry_draft import draft_of
from evals.drafts.splits import splits_of

_WORST = {"wrong": 0, "useless": 1}


@dataclass(frozen=True)
class Imported:
    """What a log gave: drafts, how many questions were ``asked_already``, and what could not be used, a sentence each.

    ``read`` counts the lines that could be used; ``left_out`` names those that could not, and clauses that are in no
    document.
    """

    drafts: tuple[Mapping[str, Any], ...]
    read: int
    asked_already: int
    left_out: tuple[str, ...]


def import_log(file: Path, library: Library, existing: Sequence[Case] = ()) -> Imported:
    """The drafts that a log gives, those marked wrong first, then the most frequent; ``LogError`` for no file."""
    log = read_log(file)
    asked = {key_of(case.question, case.history, case.city, case.as_of) for case in existing}
    new = [entry for entry in log.entries if entry.key not in asked]
    new.sort(key=lambda entry: (_WORST.get(entry.verdict, len(_WORST)), -entry.times))
    splits = splits_of(existing, library)
    drafts = []
    left_out = list(log.problems)
    for entry in new:
        draft, unknown = draft_of(entry, library, splits)
        drafts.append(draft)
        left_out += [f"“{entry.question[:30]}”引用的 {masked(str(name))} 不在现有文件里。" for name in unknown]
    return Imported(tuple(drafts), log.read, len(log.entries) - len(new), tuple(left_out))
