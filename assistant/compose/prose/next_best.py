"""What else may be meant: the sentence that fits next best, shown where it is not sure that the first is the one.

Of the sentences of the right document the one that answers is among the three best far more often than it is the
best (.885 to .736, measured on notices that are not bundled); a second one is shown only where the first is in doubt,
and only if it comes close.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import CitationRole
from assistant.compose.finish import CLOSEST_BELOW, attributed, quote_of
from assistant.compose.prose.sentences import Sentence, says_the_same
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from corpus.model import Kind, Span

#: So far behind the best may the next sentence be, in the same document and in another.
_BEHIND, _ELSEWHERE_BEHIND = 0.4, 0.15
#: The same where it is sure which clause is meant, but not which of its sentences.
_WITHIN_BEHIND = 0.3
#: Only one of so many is looked for, and it may not be longer than this.
_BEST, _LONGEST = 5, 160


def with_beside(
    statements: Sequence[Statement], chosen: Sequence[Sentence], sure: float, *, decided: bool = False
) -> list[Statement]:
    """Statements with the sentence that fits next best behind them, where it is not sure that they are meant.

    ``decided`` tells that they say yes or no: the rest of a clause that is sure to be meant adds nothing then.
    """
    shown = [(quote.clause.id, quote.span) for statement in statements for quote in statement.quotes]
    if not chosen or not shown:
        return list(statements)
    first = statements[0].quotes[0]
    unsure = sure < CLOSEST_BELOW
    for sentence in chosen[:_BEST]:
        at = Span(sentence.clause.span.start + sentence.span.start, sentence.clause.span.start + sentence.span.end)
        if any(clause == sentence.clause.id and span.start < at.end and at.start < span.end for clause, span in shown):
            continue
        if sentence.clause.id == first.clause.id:
            behind = _BEHIND if unsure else 0.0 if decided else _WITHIN_BEHIND
        elif unsure:
            behind = _BEHIND if sentence.instrument.id == first.instrument.id else _ELSEWHERE_BEHIND
        else:
            continue
        if says_the_same(chosen[0].words, sentence.words):
            continue  # of another subject: 东湖园重点发展…, 西湖园重点发展…
        close = chosen[0].score - sentence.score <= behind
        if not close or len(sentence.words) > _LONGEST or sentence.instrument.kind is Kind.PRESS:
            continue
        quote = quote_of(sentence.instrument, sentence.clause, sentence.span, CitationRole.NEAREST)
        said = attributed(sentence.instrument, f"另有相近的规定:{as_sentence(sentence.words)}")
        return [*statements, Statement(said, (quote,))]
    return list(statements)
