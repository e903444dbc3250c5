"""The split of a draft, dev or test: all cases about one clause are in the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from corpus.library import Library
from evals.cases import Case
from evals.naming import clauses_named


def splits_of(existing: Iterable[Case], library: Library) -> dict[str, str]:
    """The split of every clause that a case is about or allows, by the id of the clause."""
    splits: dict[str, str] = {}
    for case in existing:
        for name in (*case.expect.clauses, *case.expect.also):
            splits |= dict.fromkeys(clauses_named(name, library), case.split)
    return splits


def split_of(clause_ids: Iterable[str], splits: Mapping[str, str]) -> str:
    """The split of the first of these clauses that has one; dev, which anybody may look at, for none."""
    return next((splits[clause_id] for clause_id in clause_ids if clause_id in splits), "dev")
