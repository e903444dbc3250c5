"""What somebody can get, from all clauses that give it: one short line a clause, the most fitting first.

天门对个体户有哪些减税？ → 减免增值税:… [1]。实施契税优惠:… [2]。顶格实施“六税两费”减免:… [3]。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import CitationRole
from assistant.compose.finish import quote_of
from assistant.draft import Statement
from assistant.matching import Term, Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.facts.phrases import segments_of, sentence_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Benefit, BenefitKind, Clause, Instrument, Kind, Span

#: What is asked for in general, and which entitlements answer: kinds, and words of the clause that gives them.
_ASKED: tuple[tuple[re.Pattern[str], frozenset[BenefitKind], str], ...] = (
    (
        re.compile(r"(?:减|免|少缴|优惠)[^,。?]{0,3}税|税(?:收|费)?(?:上|方面)?(?:的)?(?:优惠|减免|支持)"),
        frozenset({BenefitKind.RELIEF}),
        "税",
    ),
    (
        re.compile(r"(?:减|免|降)[^,。?]{0,3}费|费用?(?:上|方面)?(?:的)?(?:优惠|减免)"),
        frozenset({BenefitKind.RELIEF}),
        "费",
    ),
    (
        re.compile(r"贷款|融资|金融"),
        frozenset({BenefitKind.LOAN, BenefitKind.SUBSIDY, BenefitKind.SERVICE}),
        "贷|融资|担保|信贷",
    ),
    (re.compile(r"奖励|奖补|补贴|补助|资助|奖金|奖钱|补钱"), frozenset({BenefitKind.AWARD, BenefitKind.SUBSIDY}), ""),
    (re.compile(r"优惠|扶持|支持|好处|福利|待遇|帮助|政策|享受"), frozenset(BenefitKind), ""),
)
_IN_GENERAL = re.compile(
    r"(?:哪些|什么|啥|哪几[种项样类个]|哪(?:方面|块))(?:方面)?的?(?:税收?|资金|财政|金融|惠企|政策)?(?:优惠|补贴|奖励|奖补|支持|扶持|政策|好处|福利|待遇|减税|减免|补助|帮助|资助|免税|减费|奖|补)|"
    r"(?:能|可以?)?(?:享受|拿|领|得)(?:到)?(?:哪些|什么|啥)|(?:有)?哪些(?:减|免)|都?(?:给|有)(?:些)?(?:什么|啥)(?:优惠|补贴|奖励|支持|好处)"
)
#: Words that ask in general are no part of what the entitlement must be about.
_GENERAL_WORDS = "减免税费优惠补贴助奖励支持扶政策好处福利待遇享受"
#: A clause that says so much less of who asks than the best one does is for somebody else.
_FITS = 0.8
#: Fewer clauses are no list; so many are shown, each with so many entitlements of at most so many characters.
_LEAST, _SHOWN, _EACH, _LONGEST = 2, 8, 2, 90


@dataclass(frozen=True, slots=True)
class _Given:
    """A clause with the entitlements in it that answer; ``fit`` is how well it is for who asks."""

    clause: Clause
    instrument: Instrument
    benefits: tuple[Benefit, ...]
    fit: float


def benefit_statements(
    question: Question, topic: Topic, evidence: Evidence, best_clause: Clause, library: Library
) -> tuple[list[Statement], float]:
    """The lines of the list with how well they fit who asks.

    None where a question does not ask in general, or the best clause gives nothing of the sort.
    """
    if question.asked not in (Asked.LIST, Asked.OTHER, Asked.CONTENT) or not _IN_GENERAL.search(question.topic):
        return [], 0.0
    found = sorted(_given(question, topic, evidence, library), key=lambda given: -given.fit)
    best = found[0].fit if found else 0.0
    fitting = [given for given in found if given.fit >= _FITS * best]
    if len(fitting) < _LEAST or all(given.clause.id != best_clause.id for given in fitting):
        return [], 0.0
    shown = fitting[:_SHOWN]
    more = len(fitting) - len(shown)
    lines = [_line(given) for given in shown]
    if more:
        lines[-1] = replace(lines[-1], text=f"{lines[-1].text}(另有{more}条,可按条款逐条查询)")
    return lines, best


def _given(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Iterator[_Given]:
    _, kinds, words = next((row for row in _ASKED if row[0].search(question.topic)), _ASKED[-1])
    about = replace(topic, terms=tuple(term for term in topic.terms if not _is_general(term)))
    first = list(dict.fromkeys(instrument.id for _, instrument, _ in evidence.ranked[:3]))
    ranked = {clause.id for clause in evidence.clauses}
    for instrument_id in first:
        instrument = library.instrument[instrument_id]
        if instrument.kind is Kind.PRESS:
            continue
        for clause in library.of_instrument(instrument_id):
            benefits = tuple(b for b in clause.benefits if b.kind in kinds and _says(b, clause, words))
            if benefits:
                scope = (fold(clause.text), *clause.headings, instrument.title)
                fit = about.coverage(*scope) if about.terms else 0.5
                yield _Given(clause, instrument, benefits, fit + (0.01 if clause.id in ranked else 0.0))


def _is_general(term: Term) -> bool:
    words = "".join(pair.strip("\0") for pair in term.pairs)
    return bool(words) and all(character in _GENERAL_WORDS for character in words)


def _says(benefit: Benefit, clause: Clause, words: str) -> bool:
    """Whether an entitlement is of the sort asked for; what only stands in the heading is no entitlement."""
    heading = clause.headings[-1] if clause.headings else ""
    if heading and fold(benefit.what) in fold(heading):
        return False
    return re.search(words, benefit.what + heading) is not None


def _line(given: _Given) -> Statement:
    start = given.clause.span.start
    text = fold(given.clause.text)
    spans: list[Span] = []
    for benefit in given.benefits:
        span = _told(text, Span(benefit.span.start - start, benefit.span.end - start))
        if not any(span.start < other.end and other.start < span.end for other in spans):
            spans.append(span)
        if len(spans) == _EACH:
            break
    heading = fold(given.clause.headings[-1]) if given.clause.headings else ""
    lead = f"{given.clause.headings[-1]}:" if heading and len(heading) <= 20 and heading in text[:40] else ""
    words = ";".join(re.sub(r"\s*\n\s*", "", span.of(given.clause.text)).strip(" ,;。") for span in spans)
    # The quote is of whole sentences: a part of one may have lost who it speaks of.
    first, last = sentence_of(text, spans[0]), sentence_of(text, spans[-1])
    whole = Span(min(first.start, last.start), max(first.end, last.end))
    return Statement(f"{lead}{words}", (quote_of(given.instrument, given.clause, whole, CitationRole.ANSWERS),))


def _told(text: str, what: Span) -> Span:
    """What is given: its sentence where that is short, else with as much of what stands before it as is."""
    sentence = sentence_of(text, what)
    if len(sentence) <= _LONGEST:
        return sentence
    segments: Sequence[Span] = segments_of(text, sentence)
    start = next((s.start for s in segments if s.start <= what.start and what.end - s.start <= _LONGEST), what.start)
    return Span(min(start, what.start), what.end)
