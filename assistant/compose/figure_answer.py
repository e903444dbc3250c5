"""A figure as an answer: the figure first, then what its clause says with it, its neighbours left out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import CitationRole
from assistant.compose import figures
from assistant.compose.figures import Figure, is_total, says_award
from assistant.compose.finish import attributed, finish, quote_of
from assistant.compose.refusal import REFUSE_BELOW, TOPIC_ELSEWHERE, lacks_slot, lacks_subject, refuse, widest
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.question import Asked, Question
from assistant.retrieve import Evidence
from corpus.facts.phrases import segments_of, setting_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Bound, Kind, Measure, Role, Span, Validity

#: Figures of different clauses this close are both shown.
NEAR_EQUAL = 0.06

_BOUND_WORDS = re.compile(
    r"(?:最高)?(?:不得?超过|不得?低于|不高于|不少于|超过|最高(?:可达|为)?|至少|突破|达到?|降至|约)$"
)


def answer_with_figure(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The figure asked for, of several cities or kinds of firm side by side; else a refusal."""
    chosen = figures.choose(question, topic, evidence.ranked)
    usable = [figure for figure in chosen if _may_answer(question, figure)]
    best = usable[0] if usable else None
    elsewhere = widest(topic, evidence, best.clause if best else None)
    if best is None or best.coverage < REFUSE_BELOW or elsewhere - best.coverage > TOPIC_ELSEWHERE:
        return refuse(question, topic, evidence)
    if lacks_subject(topic, evidence, best.clause):
        return refuse(question, topic, evidence)
    findings = _side_by_side(question, usable, library)
    statements = [_figure_statement(question, figure, library, named=len(findings) > 1) for figure in findings]
    return finish(question, statements, best.coverage, library)


def _may_answer(question: Question, figure: Figure) -> bool:
    """Hard evidence of a mismatch: a total where an award is asked, a cap where none is stated, a slot not there."""
    if question.role in (Role.AWARD, Role.CAP) and isinstance(figure.fact, Measure):
        if is_total(figure) and not re.search(r"共|总|安排|设立|投入|争取|兑现|资金|专项", question.topic):
            return False
        if figure.type in ("money", "rate") and question.asked is Asked.MONEY and not says_award(figure):
            borrowed = re.search(r"贷|借|融资|担保|额度|产值|收入|规模|投资|目标", question.topic)
            if not borrowed:
                return False
    if re.search(r"封顶|上限", question.topic) and isinstance(figure.fact, Measure) and not _caps(figure.fact):
        return False
    return not _lacks_slot(question, figure)


def _caps(measure: Measure) -> bool:
    return measure.role is Role.CAP or measure.bound in (Bound.AT_MOST, Bound.RANGE)


def _lacks_slot(question: Question, figure: Figure) -> bool:
    text = fold(figure.clause.text)
    sentence = setting_of(text, figure.span).sentence
    scope = text[max(0, sentence.start - 60) : sentence.end] + " ".join(figure.clause.headings)
    return lacks_slot(question, scope)


def _side_by_side(question: Question, usable: Sequence[Figure], library: Library) -> list[Figure]:
    """The best figure; with it those of other cities, or of other kinds of firm, that fit as well."""
    best = usable[0]
    found = [best]
    for figure in usable[1:]:
        if len(found) == 3:
            break
        if any(figure.clause.id == other.clause.id or figure.value == other.value for other in found):
            continue
        instrument, first = (library.instrument[f.clause.instrument_id] for f in (figure, best))
        if figure.type != best.type or figure.coverage < REFUSE_BELOW:
            continue
        elsewhere = instrument.city != first.city and not question.cities
        close = best.score - figure.score <= (3 * NEAR_EQUAL if elsewhere else NEAR_EQUAL)
        if close and figure.coverage >= 0.9 * best.coverage and instrument.kind is not Kind.PRESS:
            found.append(figure)
    return found


def _figure_statement(question: Question, figure: Figure, library: Library, *, named: bool) -> Statement:
    clause = figure.clause
    instrument = library.instrument[clause.instrument_id]
    words, span = figure_words(figure)
    value = _with_bound(figure)
    lead = f"{instrument.city}:" if named and instrument.city and not question.cities else ""
    text = f"{lead}{value}:{words}" if not words.startswith(value) else f"{lead}{words}"
    return Statement(attributed(instrument, text), (quote_of(instrument, clause, span, CitationRole.ANSWERS),))


def _with_bound(figure: Figure) -> str:
    """The figure as its clause prints it, with the word in front of it that bounds it: 不超过30万元."""
    if isinstance(figure.fact, Validity):
        return figure.value
    before = fold(figure.clause.text)[: figure.span.start]
    bound = _BOUND_WORDS.search(before)
    word = bound[0] if bound and not re.match("达|降", bound[0]) else ""
    return f"{word}{figure.value}"


def figure_words(figure: Figure) -> tuple[str, Span]:
    """What a clause says with a figure, without the neighbours that are not asked for; and the span relied on.

    Of a 分别-list only the member that is meant is kept; of earlier segments with a figure of their own kind only
    what they hand on. The span is that of the whole sentence in the clause's text.
    """
    text = fold(figure.clause.text)
    setting = setting_of(text, figure.span)
    start = _after_label(text, setting.sentence)
    end = setting.sentence.end
    if text.startswith(";其中", end) or text.startswith(";其中", end - 1):
        following = re.search(r"[。;]", text[end + 1 :])
        if following and not text[start : figure.span.start].lstrip(" ;").startswith("其中"):
            end = end + 1 + following.start()
    words = _kept(figure, text, Span(start, end))
    return re.sub(r"\s+", " ", words).strip(" ,;。:"), Span(start, min(end + 1, len(text)))


def _after_label(text: str, sentence: Span) -> int:
    label = re.match(
        r"\s*(?:第[一二三四五六七八九十百零\d]+条\s*|[一二三四五六七八九十百]{1,5}、|\([一二三四五六七八九十百]{1,5}\)|\d{1,3}[.、])",
        sentence.of(text),
    )
    return sentence.start + (label.end() if label else 0)


def _kept(figure: Figure, text: str, span: Span) -> str:
    """The words of a sentence with the segments of other figures cut and lists reduced to the member meant."""
    rivals = _rival_places(figure)
    listed = _listed_with(figure, text)
    pieces = []
    for segment in segments_of(text, span):
        original = figure.clause.text[segment.start : segment.end]
        inside = [place for place in rivals if place in segment and place not in listed]
        if figure.span in segment:
            pieces.append(_own_segment(figure, text, segment, inside, listed))
        elif not inside:
            pieces.append(_reduced(figure, text, segment, listed))
        elif segment.end <= figure.span.start:
            handed = original[: original.rfind("的", 0, inside[0].start - segment.start) + 1]
            pieces.append(handed)
        elif "其中" in text[span.start : segment.end] or text[segment.start : segment.end].startswith(
            ("最高", "单个", "但")
        ):
            pieces.append(original)
        else:
            break
    return ",".join(piece for piece in pieces if piece.strip()).replace("的,零", "的零")


def _rival_places(figure: Figure) -> list[Span]:
    """Where in the clause other figures of the same type and role stand."""
    clause = figure.clause
    start = clause.span.start
    if not isinstance(figure.fact, Measure):
        return []
    same = [*clause.amounts, *clause.quantities]
    return [
        Span(m.span.start - start, m.span.end - start)
        for m in same
        if m.span != figure.fact.span and m.unit == figure.fact.unit and m.role is figure.fact.role
    ]


def _listed_with(figure: Figure, text: str) -> list[Span]:
    """The figures of the lists that pair with this one: its own list's other members and the partner lists."""
    if not getattr(figure.fact, "key", ""):
        return []
    sentence = setting_of(text, figure.span).sentence
    start = figure.clause.span.start
    measures = [*figure.clause.amounts, *figure.clause.quantities]
    return [
        Span(m.span.start - start, m.span.end - start)
        for m in measures
        if m.key
        and m.span != getattr(figure.fact, "span", None)
        and Span(m.span.start - start, m.span.end - start) in sentence
    ]


def _own_segment(figure: Figure, text: str, segment: Span, rivals: Sequence[Span], listed: Sequence[Span]) -> str:
    """The figure's own segment: from the figure before it of its kind, to the one behind it."""
    left = max((r.end for r in rivals if r.end <= figure.span.start), default=segment.start)
    right = min((r.start for r in rivals if r.start >= figure.span.end), default=segment.end)
    if right < segment.end:
        cut = max(text.rfind(mark, figure.span.end, right) for mark in "、,(和")
        right = cut if cut >= figure.span.end else figure.span.end
    return _reduced(figure, text, Span(left, right), listed).strip("、和,")


def _reduced(figure: Figure, text: str, span: Span, listed: Sequence[Span]) -> str:
    """Words with each list reduced to the member that pairs with the figure: 50亿元、30亿元、20亿元 → 30亿元."""
    original = figure.clause.text
    keys = set(getattr(figure.fact, "key", "").split())
    drop = [place for place in listed if place in span and place.of(text) not in keys]
    if not listed:
        return original[span.start : span.end]
    kept = []
    position = span.start
    for place in drop:
        kept.append(original[position : place.start])
        position = place.end
    kept.append(original[position : span.end])
    words = "".join(kept)
    words = re.sub(r"(?:、|和|及)+(?=(?:、|和|及|的|且|,|\)|$))", "", words)
    words = re.sub(r"(?<=[\u4e00-\u9fff])、(?=\d)", "", re.sub(r"、{2,}", "、", words))
    return re.sub(r"分别|相应|依次", "", words)
