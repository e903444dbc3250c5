"""The clause itself, asked for by its number."""

from __future__ import annotations

from corpus.model import Clause, Level, Scheme
from evals.cases import ClauseName
from evals.drafts.passage import Passage, first_words, heading_of
from evals.drafts.sheet import Sheet
from evals.naming import provisions_named
from evals.wording import fold

_NOT_LOOKED_UP = frozenset({Level.HEAD, Level.TAIL, Level.NOTICE, Level.TURN})


def draft_look_up(sheet: Sheet) -> None:
    """Ask for one clause by its number: the first that states a benefit, else the first with words to know it by."""
    if sheet.instrument.scheme is Scheme.TRANSCRIPT:
        return
    numbered = [clause for clause in sheet.clauses if clause.path.labels and clause.level not in _NOT_LOOKED_UP]
    for clause in sorted(numbered, key=lambda clause: not clause.benefits):
        words = _known_by(sheet, clause)
        if words:
            document = sheet.title if sheet.document == sheet.instrument.title else sheet.document
            blank = "" if clause.level is Level.ARTICLE else " "
            sheet.add(clause, Passage(words), "lookup", [words], f"{document}{blank}{clause.path.label}")
            return


def _known_by(sheet: Sheet, clause: Clause) -> str:
    """Words by which an answer shows that it found the clause; "" for none, or where its number means others too."""
    words = heading_of(clause) or first_words(clause, longest=30)
    alone = len(provisions_named(ClauseName(sheet.document, clause.path.labels), sheet.library)) == 1
    return words if alone and fold(words) in fold(clause.text) and "段" not in clause.path.label else ""
