"""Errors put into answers on purpose, to see whether the assistant's own verification finds them.

    Answer → altered answers → Trial each            verifier_trials

Each kind of error is what a language model does to a draft (:mod:`evals.seeded_errors`). The same values in another
spelling (40000元 for 4万元, :mod:`evals.seeded_spellings`) are put in too: a verifier that flags all is of no use (a
checker that caught 94% of the errors also flagged 91% of the right answers: tteon/seocho, pull request 308).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from assistant.answer import Answer, Status
from assistant.verify import names_of, verify
from corpus.library import Library
from evals.seeded_errors import errors
from evals.seeded_spellings import spellings

_names = lru_cache(maxsize=4)(names_of)


@dataclass(frozen=True, slots=True)
class Trial:
    """One altered answer: what was done to it, whether that made it wrong, and whether the verifier flagged it."""

    kind: str
    error: bool
    flagged: bool
    text: str

    def as_json(self) -> dict[str, Any]:
        """For ``results.jsonl``."""
        return {"kind": self.kind, "error": self.error, "flagged": self.flagged, "text": self.text}


def verifier_trials(answer: Answer, library: Library) -> tuple[Trial, ...]:
    """The trials of one answer: at most one of each kind; none for an answer that states nothing (a refusal)."""
    if answer.status not in (Status.ANSWERED, Status.PARTIAL) or not answer.citations:
        return ()
    names = _names(library)
    found = [Trial(kind, True, bool(verify(wrong, names)), wrong.text) for kind, wrong in errors(answer, library)]
    found += [Trial(kind, False, bool(verify(same, names)), same.text) for kind, same in spellings(answer)]
    return tuple(found)
