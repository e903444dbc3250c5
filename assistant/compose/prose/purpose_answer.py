"""Why a document was issued: the sentence of its opening that says so (为…,制定本办法; 受…影响)."""

from __future__ import annotations

import re
from itertools import islice

from assistant.answer import CitationRole
from assistant.compose.finish import finish, quote_of
from assistant.compose.prose.aims import aim_of
from assistant.compose.prose.sentences import sentences_of
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Instrument, Level

#: 为什么要出台…: asked of the document; 为什么要探索租地 is asked of something in it.
_ISSUED = re.compile(r"出台|制[定订]|推出|印发|发布|颁布|[搞定]这(?:个|份)|目的")
#: The opening is told by its first clauses: the preamble, 第一条.
_OPENING = 5


def purpose_draft(question: Question, instrument: Instrument, library: Library) -> Draft | None:
    """The purpose that a document's opening states; None where it states none or another is asked for."""
    if not _ISSUED.search(question.text):
        return None
    for clause in islice(library.of_instrument(instrument.id), _OPENING):
        if clause.level is Level.TAIL:
            continue
        text = fold(clause.text)
        for span in sentences_of(clause):
            if aim_of(question.text, span.of(text)):
                words = as_sentence(span.of(clause.text))
                quote = quote_of(instrument, clause, span, CitationRole.ANSWERS)
                return finish(question, [Statement(words, (quote,))], 1.0, library)
    return None
