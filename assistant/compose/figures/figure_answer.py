"""A figure as an answer: the figure first, then what its clause says with it, its neighbours left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import CitationRole, Status
from assistant.compose.beside import WORDED_ALIKE, in_common
from assistant.compose.figures import choice
from assistant.compose.figures.contrast import contrast, opposed
from assistant.compose.figures.figure import Figure, is_total, says_award
from assistant.compose.figures.near_miss import names_another
from assistant.compose.figures.subject import (
    below_threshold,
    beyond_rank,
    beyond_years,
    is_excepted,
    lacks_matter,
    names_another_honour,
    names_another_kind,
    of_another_part,
    of_another_year,
)
from assistant.compose.finish import CLOSEST_BELOW, attributed, finish, quote_of
from assistant.compose.prose import sentences
from assistant.compose.prose.next_best import with_beside
from assistant.compose.prose.plainly import answer_plainly
from assistant.compose.refusal import REFUSE_FIGURE_BELOW, lacks_slot, plain_title, refuse
from assistant.compose.wording import as_sentence, figure_words
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.facts.phrases import setting_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Bound, Kind, Measure, Period, Role, Span, Validity

#: Figures of different clauses this close are both shown.
NEAR_EQUAL = 0.06
#: Figures of other cities this close are shown beside the best.
_ELSEWHERE = 0.3
#: A figure beside another must cover so much of the topic itself.
SIDE_BELOW = 0.42

#: What the words of a figure must hold of the topic, beside the figure whose words hold most: the right clause has
#: figures of other things as well, and all that fit better may have been ruled out.
_OWN = 0.3
#: A figure whose words hold no more than half of the topic (契税税率, and a rate of another tax) must be surer.
_HALF, _REFUSE_HALF_BELOW = 0.5, 0.75

_BOUND_WORDS = re.compile(
    r"(?:最高)?(?:[未不]得?超过|不得?低于|不高于|不少于|超过|最高(?:可达|为)?|至少|突破|达到?|降至|约)$"
)


def answer_with_figure(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The figure asked for, of several cities or kinds of firm side by side; else a refusal."""
    chosen = choice.choose(question, topic, evidence.ranked)
    most = max((figure.coverage for figure in chosen), default=0.0)
    usable = [figure for figure in chosen if figure.coverage >= _OWN * most and _may_answer(question, figure)]
    if not question.background:
        scope = _scope(usable[0]) if usable else ""
        if beyond_rank(question.topic, scope) or (usable and beyond_years(question.topic, scope)):
            # What is given for other ranks and years decides: a figure on something else is no answer.
            return _without_figure(question, topic, evidence, library, plainly=False)
        own = [figure for figure in usable if not _of_another_subject(question, topic, evidence, figure, library)]
        if usable and not own:
            return _without_figure(question, topic, evidence, library, plainly=False)
        usable = own
    best = usable[0] if usable else None
    sure = evidence.confidence(best.clause, best.coverage) if best else 0.0
    if best is None or sure < (REFUSE_FIGURE_BELOW if best.coverage > _HALF else _REFUSE_HALF_BELOW):
        return _without_figure(question, topic, evidence, library)
    if _is_passed_over(topic, best, evidence):
        plain = answer_plainly(question, topic, evidence, library)
        if plain is not None:
            return plain
    words = _sentence_words(best)
    sentence = setting_of(fold(best.clause.text), best.span).sentence
    given = question.asked in (Asked.MONEY, Asked.RATE) and question.role is not Role.THRESHOLD
    if given and below_threshold(question, best.clause, sentence):
        return _not_reached(best, library)
    if is_excepted(question.topic, words):
        clause, span = best.clause, setting_of(fold(best.clause.text), best.span).sentence
        quote = quote_of(library.instrument[clause.instrument_id], clause, span, CitationRole.ANSWERS)
        return finish(question, [Statement(f"不适用:{as_sentence(span.of(clause.text))}", (quote,))], sure, library)
    findings = _side_by_side(question, topic, usable, library)
    together = _asked_together(question, topic, best, usable)
    of_one = len({figure.clause.id for figure in findings}) == 1
    if len(together) < 2 and of_one and len(findings) > 1 and all(_same_list(findings[0], f) for f in findings):
        together = findings
    if len(together) > 1:
        statements = [_list_statement(together, library)]
    else:
        findings = _both_subjects(question, topic, best, usable) or findings
        cities = {library.instrument[figure.clause.instrument_id].city for figure in findings}
        statements = [_figure_statement(question, figure, library, named=len(cities) > 1) for figure in findings]
    if sure < CLOSEST_BELOW and len(statements) == 1:
        others = sentences.choose(topic, question.asked, evidence.ranked, question.topic)
        statements = with_beside(statements, others, sure)
    return finish(question, statements, sure, library)


#: So much more of the topic than a figure's own words does a sentence hold that answers without one (6小时内, 加10分).
_MORE = 0.3


def _is_passed_over(topic: Topic, best: Figure, evidence: Evidence) -> bool:
    """Whether a sentence of the best clauses, with no figure that fits, says much more of the topic than the figure."""
    clauses = {clause.id: (clause, instrument) for clause, instrument, _ in evidence.ranked[:1]}
    clauses |= {clause.id: (clause, instrument) for clause, instrument, _ in evidence.ranked if clause is best.clause}
    return any(
        topic.coverage(span.of(fold(clause.text)), *clause.headings, instrument.title) > best.coverage + _MORE
        for clause, instrument in clauses.values()
        for span in sentences.sentences_of(clause)
    )


def _not_reached(figure: Figure, library: Library) -> Draft:
    """The refusal for a case that misses the condition of a clause: no figure of it is the asker's."""
    clause = figure.clause
    instrument = library.instrument[clause.instrument_id]
    nearest = quote_of(instrument, clause, Span(0, len(clause.text)), CitationRole.NEAREST)
    said = "您所说的情况没有达到条款规定的条件,达不到条件时给多少,文件没有写明"
    where = f"相近的条款是《{plain_title(instrument)}》{clause.path.label or '开头部分'}"
    return Draft(Status.NOT_FOUND, (Statement(said), Statement(where, (nearest,))))


#: So much of the topic must stand in a sentence that gives something without saying how much.
_SAYS_GIVEN = 0.7
_GIVEN = re.compile(r"(?:给予|予以|享受|落实|发放)[^,。;]{0,16}(?:奖|补|贴息|支持|扶持|优惠|减免)")


def _without_figure(
    question: Question, topic: Topic, evidence: Evidence, library: Library, *, plainly: bool = True
) -> Draft:
    """What is given without saying how much is part of an answer, and what is said in words is one; else a refusal.

    ``plainly`` is False where what is found is of another subject: then its words answer no more than its figures.
    """
    if question.asked in (Asked.MONEY, Asked.RATE) and question.role in (Role.AWARD, Role.CAP, None):
        for sentence in sentences.choose(topic, Asked.OTHER, evidence.ranked)[:3]:
            given = _GIVEN.search(fold(sentence.words))
            if not given or sentence.coverage < _SAYS_GIVEN or sentence.instrument.kind is Kind.PRESS:
                continue
            if re.search(r"\d", sentence.words) or names_another_honour(question.text, fold(sentence.clause.text)):
                continue
            quote = quote_of(sentence.instrument, sentence.clause, sentence.span, CitationRole.ANSWERS)
            said = Statement(f"文件写明:{as_sentence(sentence.words)}", (quote,))
            draft = finish(question, [said], sentence.coverage, library)
            missing = Statement("具体的数额或比例,文件没有写明")
            return replace(draft, status=Status.PARTIAL, statements=(said, missing, *draft.statements[1:]))
    said_so = answer_plainly(question, topic, evidence, library) if plainly else None
    return said_so or refuse(question, topic, evidence)


def _may_answer(question: Question, figure: Figure) -> bool:
    """Hard evidence of a mismatch: a total where an award is asked, a cap where none is stated, a slot not there."""
    if question.role in (Role.AWARD, Role.CAP) and isinstance(figure.fact, Measure):
        if (
            is_total(figure)
            and figure.fact.role is not Role.CAP
            and not re.search(r"财政|预算|共|总|安排|设立|投入|争取|兑现|资金|专项", question.topic)
        ):
            return False
        if figure.type == "rate" and re.search("贷多少|贷几|额度", question.topic) and question.asked is Asked.MONEY:
            return False
        if figure.type in ("money", "rate") and question.asked is Asked.MONEY and not says_award(figure):
            borrowed = re.search(r"贷|借|融资|担保|额度|产值|收入|规模|投资|目标", question.topic)
            if not borrowed:
                return False
    if (
        re.search(r"封顶|(?<![刚进入])上限", question.topic)
        and isinstance(figure.fact, Measure)
        and not _caps(figure.fact)
    ):
        return False
    if _REACHED.search(question.topic) and isinstance(figure.fact, Measure) and figure.fact.role is Role.AWARD:
        return False
    grows = re.search("[涨增]", question.topic)
    if _REACHED.search(question.topic) and question.asked is Asked.MONEY and figure.type == "rate" and not grows:
        return False
    if isinstance(figure.fact, Period) and _ENDS.search(question.topic) and _begins(figure):
        return False
    if names_another(question.topic, _scope(figure), fold(figure.clause.text)):
        return False
    return not _lacks_slot(question, figure)


def _of_another_subject(question: Question, topic: Topic, evidence: Evidence, figure: Figure, library: Library) -> bool:
    """Whether the words around a figure are of another matter, kind, rank, year or part than the one asked about."""
    clause = figure.clause
    instrument = library.instrument[clause.instrument_id]
    text = fold(clause.text)
    heads = " ".join((*clause.headings, instrument.title))
    words = setting_of(text, figure.span).sentence.of(text)
    sentence = f"{words} {heads}"
    sure = evidence.confidence(clause, figure.coverage)
    if beyond_years(question.topic, _scope(figure)) or of_another_part(question.topic, sentence):
        return True
    if of_another_year(question, sentence, text, instrument):
        return True
    if names_another_honour(question.text, text):
        return True
    firms = sure < _SURE_OF_KIND
    if names_another_kind(question.topic, topic, words, f"{text} {heads}", library.folded, firms=firms):
        return True
    roles = (Role.AWARD, Role.CAP, Role.THRESHOLD)
    given = question.asked in (Asked.MONEY, Asked.RATE) or (question.asked is Asked.FIGURE and question.role in roles)
    return given and sure < CLOSEST_BELOW and lacks_matter(question.topic, topic, sentence, evidence.rarest)


#: Surer than this, a firm that its clause does not name is one of those that it means (批发企业, of 商贸企业).
_SURE_OF_KIND = 0.9


#: Asks what must be reached: what is given for it is no answer.
_REACHED = re.compile(
    r"(?:达到|超过|突破|不低于|不少于)(?:多少|几)|(?:多少|几)[^,。?奖补]{0,6}(?:才(?:算|能|行|有|给|可以)|以上才)"
)
#: Asks for the end of something: the day from which it runs is no answer.
_ENDS = re.compile(r"截止|到(?:哪(?:一)?天|几号|几月|什么时候|何时|啥时候|几时)|最[晚迟]|到期|结束")


def _begins(figure: Figure) -> bool:
    """Whether a date is one from which something runs: 自1月23日政策发布以来, 从2024年1月1日起."""
    text = fold(figure.clause.text)
    behind = text[figure.span.end : setting_of(text, figure.span).segment.end]
    begun = figure.type == "date" and text[: figure.span.start].endswith(("自", "从")) and "止" not in behind
    return begun and isinstance(figure.fact, Period) and figure.fact.to_date is None


def _caps(measure: Measure) -> bool:
    return measure.role is Role.CAP or measure.bound in (Bound.AT_MOST, Bound.RANGE)


def _lacks_slot(question: Question, figure: Figure) -> bool:
    return lacks_slot(question, _scope(figure))


def _scope(figure: Figure) -> str:
    """The sentence of a figure with a little before it, and the headings above it."""
    text = fold(figure.clause.text)
    sentence = setting_of(text, figure.span).sentence
    return text[max(0, sentence.start - 60) : sentence.end] + " ".join(figure.clause.headings)


def _side_by_side(question: Question, topic: Topic, usable: Sequence[Figure], library: Library) -> list[Figure]:
    """The best figure; with it those of other cities, or of other kinds of firm, that fit as well."""
    best = usable[0]
    named = _terms_before(best, topic)
    found = [best]
    for figure in usable[1:]:
        if len(found) == 3:
            break
        if any(figure.value == other.value for other in found):
            continue
        if figure.clause.id == best.clause.id and _is_variant(best, figure) and named <= _terms_before(figure, topic):
            found.append(figure)
            continue
        if any(figure.clause.id == other.clause.id for other in found):
            continue
        instrument, first = (library.instrument[f.clause.instrument_id] for f in (figure, best))
        if figure.type != best.type or figure.coverage < SIDE_BELOW:
            continue
        elsewhere = instrument.city != first.city and not question.cities
        close = best.score - figure.score <= (_ELSEWHERE if elsewhere else NEAR_EQUAL)
        alike = figure.coverage >= (0.84 if elsewhere else 0.9) * best.coverage
        if close and alike and instrument.kind is not Kind.PRESS:
            found.append(figure)
    return found


_OF_YEAR = re.compile(r"20\d\d年?")


def _is_variant(best: Figure, figure: Figure) -> bool:
    """Whether the question does not tell two figures of one sentence apart: 批发 8万元, 零售 4万元, of any shop."""
    if not (isinstance(best.fact, Measure) and isinstance(figure.fact, Measure)):
        return False
    yearly = bool(_OF_YEAR.fullmatch(best.fact.key) and _OF_YEAR.fullmatch(figure.fact.key))
    if best.fact.role not in (Role.AWARD, Role.CAP) and not yearly:
        return False
    alike = (best.fact.unit, best.fact.role, best.fact.per) == (figure.fact.unit, figure.fact.role, figure.fact.per)
    text = fold(best.clause.text)
    first, second = sorted((best.span, figure.span))
    units = [setting_of(text, place).sentence for place in (first, second)]
    one = units[0] == units[1] or in_common(*(unit.of(text) for unit in units)) >= WORDED_ALIKE
    parted = re.search(r"其中|[，,;](?:再|次年|第二年|单个|最高)|由|从", text[first.end : second.end])
    return alike and one and not parted and best.score - figure.score <= NEAR_EQUAL


def _terms_before(figure: Figure, topic: Topic) -> set[int]:
    """The terms of the topic in the noun that only this figure is of: what pairs it, else behind the figure before.

    The condition in front of the first (对当年新进限纳统的) is of all.
    """
    text = fold(figure.clause.text)
    words = text[setting_of(text, figure.span).sentence.start : figure.span.start]
    own = getattr(figure.fact, "key", "") or re.split(r"\d[\d.]*(?:万元|亿元|元|%)|的", words)[-1]
    return {i for i, term in enumerate(topic.terms) if term.known and term.found_in(own) >= 1}


def _asked_together(question: Question, topic: Topic, best: Figure, usable: Sequence[Figure]) -> list[Figure]:
    """The members of one 分别-list that a question asks for at once (市长质量奖和提名奖各奖多少)."""
    if not getattr(best.fact, "key", ""):
        return []
    listed = [f for f in usable if f.clause.id == best.clause.id and f.type == best.type and _same_list(best, f)]
    named = _named_side_by_side(listed, topic.query)
    chosen = listed if re.search(r"各(?:自|是|要|奖|给|有|多少)|分别", question.topic) else named
    return sorted(chosen, key=lambda figure: figure.span)


def _named_side_by_side(listed: Sequence[Figure], asked: str) -> list[Figure]:
    """The members whose names stand in one list in the question, too: 质量奖和提名奖, not 没评上质量奖,得了提名奖."""
    places = {
        figure.span: max((asked.rfind(name), -len(name)) for name in names)
        for figure in listed
        if (names := getattr(figure.fact, "key", "").split())
    }
    named = sorted((f for f in listed if places.get(f.span, (-1, 0))[0] >= 0), key=lambda f: places[f.span])
    ends = [(places[f.span][0], places[f.span][0] - places[f.span][1]) for f in named]
    joined = all(_LISTED.search(asked[end:start]) for (_, end), (start, _) in pairwise(ends))
    return named if joined else named[-1:]


_LISTED = re.compile(r"^[^,。;没]{0,6}(?:和|与|及|、|跟|还有|,)[^,。;没得拿评]{0,6}$")


#: A question for two things at once: 单位和个人费率分别降到多少, 当年和次年各给多少.
_TWO = re.compile(r"(?:和|与|、|及|跟)[^,。?]{1,12}?(?:各|分别|都)|(?:和|与|、|及|跟)[^,。?]{1,14}多少")
#: What a second thing must add to the topic, as a share of it; and how far its figure may lie behind the first.
_ADDS = 0.07
_BEHIND = 0.8


def _both_subjects(question: Question, topic: Topic, best: Figure, usable: Sequence[Figure]) -> list[Figure]:
    """The figures of the two things that a question names, in reading order; empty where it names one."""
    if not _TWO.search(question.topic):
        return []

    def stands(figure: Figure) -> set[int]:
        words = _segment_words(figure)
        return {i for i, term in enumerate(topic.terms) if term.found_in(words) >= 0.5}

    def weight(terms: set[int]) -> float:
        return sum(topic.terms[i].weight for i in terms) / topic.total

    first = stands(best)
    for figure in usable[1:]:
        if figure.clause.instrument_id != best.clause.instrument_id or figure.type != best.type:
            continue
        if best.score - figure.score > _BEHIND or figure.value == best.value:
            continue
        if "其中" in fold(figure.clause.text)[figure.span.end : best.span.start]:
            continue
        if opposed(question.topic, _segment_words(best), _segment_words(figure)):
            if contrast(question.topic, _up_to(best), _sentence_words(best)) != contrast(
                question.topic, _up_to(figure), _sentence_words(figure)
            ):
                continue
            return sorted((best, figure), key=lambda each: (each.clause.span, each.span))
        own = stands(figure)
        if weight(own - first) >= _ADDS and weight(first - own) >= _ADDS:
            return sorted((best, figure), key=lambda each: (each.clause.span, each.span))
    return []


def _segment_words(figure: Figure) -> str:
    text = fold(figure.clause.text)
    return setting_of(text, figure.span).segment.of(text)


def _up_to(figure: Figure) -> str:
    """The words of a figure's segment in front of it."""
    text = fold(figure.clause.text)
    return text[setting_of(text, figure.span).segment.start : figure.span.start]


def _sentence_words(figure: Figure) -> str:
    text = fold(figure.clause.text)
    return setting_of(text, figure.span).sentence.of(text)


def _same_list(a: Figure, b: Figure) -> bool:
    text = fold(a.clause.text)
    first, second = sorted((a.span, b.span))
    return a.span == b.span or not re.search(r"[,;。:]", text[first.end : second.start])


def _list_statement(members: Sequence[Figure], library: Library) -> Statement:
    """Several figures of one list, with the sentence that pairs them, whole."""
    clause = members[0].clause
    instrument = library.instrument[clause.instrument_id]
    sentence = setting_of(fold(clause.text), members[0].span).sentence
    values = "、".join(figure.value for figure in members)
    words = as_sentence(sentence.of(clause.text))
    return Statement(
        attributed(instrument, f"{values}:{words}"), (quote_of(instrument, clause, sentence, CitationRole.ANSWERS),)
    )


def _figure_statement(question: Question, figure: Figure, library: Library, *, named: bool) -> Statement:
    clause = figure.clause
    instrument = library.instrument[clause.instrument_id]
    words, span = figure_words(figure)
    value = _with_bound(figure)
    lead = f"【{instrument.city}】" if named and instrument.city and not question.cities else ""
    text = f"{lead}{value}:{words}" if not words.startswith(value) else f"{lead}{words}"
    award = question.role in (Role.AWARD, Role.CAP)
    return Statement(
        attributed(instrument, text, award=award), (quote_of(instrument, clause, span, CitationRole.ANSWERS),)
    )


def _with_bound(figure: Figure) -> str:
    """The figure as its clause prints it, with the word in front of it that bounds it: 不超过30万元."""
    if isinstance(figure.fact, Validity):
        return figure.value
    before = fold(figure.clause.text)[: figure.span.start]
    bound = _BOUND_WORDS.search(before)
    word = bound[0] if bound and not re.match("达|降", bound[0]) else ""
    return f"{word}{figure.value}"
