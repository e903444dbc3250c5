"""Whether two things can be had together: answered by the rule against it that governs the clauses on the topic.

分店转法人的8万拿了,再拿新进限的8万     (此条奖励与第一条奖励不重复享受)
省里奖过了,市里还能再拿吗              就高不重复
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answer import CitationRole
from assistant.compose.finish import place_of_span, quote_of
from assistant.compose.prose.sentences import Sentence
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from assistant.matching import Topic
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Relation, RelationKind, Span

_TOGETHER = re.compile(
    r"重复|叠加|(?:一起|一块儿?|同时|两头|两样|两边|两个|两份|两笔|都)(?:都)?(?:能|可以?)?(?:拿|领|享受|申请|申报|报|要|给|得)|(?:能|可以)[^,。?]{0,6}(?:一起|同时|都)(?:拿|领|享受|申请|要|给)|"
    r"(?:拿|领|得|享受|奖|评|给)(?:过|了)[^?。]{0,24}(?:还|再)(?:能|可以|给|有|享受|拿|领|来)|再(?:拿|领|申请|享受)(?:一[份次笔]|别|其他)|双份|两份|好几(?:级|个)|累加|累计(?:拿|享受)"
)
_LIMITS = (RelationKind.NON_STACKING, RelationKind.HIGHER_OF)
#: A clause that says so much less of the question than the best one is not what is asked of.
_NEAR = 0.75
#: How the answer begins, by the rule: of several the highest, or none together.
_SAID = {RelationKind.NON_STACKING: "不能重复享受", RelationKind.HIGHER_OF: "不能重复享受,按高的一项给"}


def asks_together(question: Question) -> bool:
    """Whether a question is about having two things together."""
    return _TOGETHER.search(question.topic) is not None


def answer_together(topic: Topic, chosen: Sequence[Sentence], library: Library) -> Statement | None:
    """The rule that keeps what is asked about from being had together; None where no clause on it is under one."""
    best = chosen[0].coverage
    rules = [rule for sentence in chosen[:8] if sentence.coverage >= _NEAR * best for rule in _rules(sentence, library)]
    if not rules:
        return None
    sentence, clause, relation = max(
        rules, key=lambda rule: (topic.coverage(_around(rule[1], rule[2])), rule[1] is rule[0].clause)
    )
    rule = place_of_span(fold(clause.text), _local(relation.span, clause))
    words = as_sentence(rule.of(clause.text))
    said = chosen[0].span
    if clause is chosen[0].clause and (rule in said or said.end <= rule.start):
        # 此条奖励与第一条奖励不重复享受: with what 此条 gives.
        words = as_sentence(chosen[0].words) if rule in said else f"{as_sentence(chosen[0].words)}({words})"
        rule = Span(said.start, max(said.end, rule.end))
    quote = quote_of(sentence.instrument, clause, rule, CitationRole.ANSWERS)
    return Statement(f"{_SAID[relation.kind]}:{words}", (quote,))


def _rules(sentence: Sentence, library: Library) -> Iterator[tuple[Sentence, Clause, Relation]]:
    """The limits of a clause and of those that govern it."""
    governing = (library.clause[i] for i in sentence.clause.provisos if i in library.clause)
    for clause in (sentence.clause, *governing):
        for relation in clause.relations:
            if relation.kind in _LIMITS:
                yield sentence, clause, relation


def _local(span: Span, clause: Clause) -> Span:
    return Span(span.start - clause.span.start, span.end - clause.span.start)


def _around(clause: Clause, relation: Relation) -> str:
    text = fold(clause.text)
    return place_of_span(text, _local(relation.span, clause)).of(text)
