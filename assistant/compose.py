"""Hits → a draft in the clauses' own words: the figure first, then the condition that changes it, then the status.

Without a language model. What the clauses do not say is refused, with the nearest clause named.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant import figures, sentences
from assistant.answer import CitationRole, Status, Warning, WarningKind
from assistant.draft import Draft, Quote, Statement
from assistant.figures import Figure, is_total, says_award
from assistant.matching import Topic, topic_of
from assistant.question import Asked, Question
from assistant.sentences import Sentence
from assistant.status import noun_of, status_sentence
from corpus.dates import in_words
from corpus.facts.phrases import segments_of, setting_of
from corpus.facts.relations import NON_STACKING, PRECEDENCE
from corpus.facts.validity import validity_of
from corpus.folding import fold
from corpus.model import (
    Bound,
    Clause,
    Instrument,
    Kind,
    Level,
    Measure,
    OfficeRole,
    Role,
    Span,
    Validity,
    ValidityStatus,
)

if TYPE_CHECKING:
    from corpus.library import Library
    from index.search import Index

#: Shares of the topic that must stand in the words an answer rests on: below the first the question is refused,
#: below the second the answer says that it is the closest. Set on development questions (docs/benchmarks.md).
REFUSE_BELOW = 0.42
CLOSEST_BELOW = 0.54
#: A figure whose clause covers so much less than another clause is an answer to something else.
TOPIC_ELSEWHERE = 0.25
#: Figures of different clauses this close are both shown.
NEAR_EQUAL = 0.06


@dataclass(frozen=True, slots=True)
class Evidence:
    """The ranked clauses that an answer may rest on, each with its share of the best search score."""

    ranked: tuple[tuple[Clause, Instrument, float], ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses, best first."""
        return tuple(clause for clause, _, _ in self.ranked)


def retrieve(topic: Topic, index: Index, instruments: Sequence[str] | None = None, limit: int = 10) -> Evidence:
    """The best clauses for a topic, of some instruments where given."""
    library = index.library
    hits = index.search(topic.query, limit=limit, instruments=instruments)
    top = max((hit.score for hit in hits), default=0.0)
    bottom = min((hit.score for hit in hits), default=0.0)
    spread = max(top - min(bottom, 0.0), 1e-9)
    return Evidence(
        tuple(
            (clause, library.instrument[clause.instrument_id], max(0.0, (hit.score - min(bottom, 0.0)) / spread))
            for hit in hits
            for clause in (library.clause[hit.clause_id],)
        )
    )


def compose(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The draft for a question whose documents, if it names any, are already resolved."""
    composer = _COMPOSERS.get(question.asked, _compose_sentence)
    if question.asked.is_figure:
        composer = _compose_figure
    return composer(question, topic, evidence, library)


# Figures


def _compose_figure(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    chosen = figures.choose(question, topic, evidence.ranked)
    usable = [figure for figure in chosen if _may_answer(question, topic, figure)]
    best = usable[0] if usable else None
    widest = _widest(topic, evidence, best.clause if best else None)
    if best is None or best.coverage < REFUSE_BELOW or widest - best.coverage > TOPIC_ELSEWHERE:
        return _refuse(question, topic, evidence)
    if _lacks_subject(topic, evidence, best.clause):
        return _refuse(question, topic, evidence)
    findings = _side_by_side(question, usable, library)
    statements = [_figure_statement(question, figure, library, named=len(findings) > 1) for figure in findings]
    return _finish(question, statements, findings, best.coverage, library)


def _may_answer(question: Question, topic: Topic, figure: Figure) -> bool:
    """Hard evidence of a mismatch: a total where an award is asked, a cap where none is stated, a slot not there."""
    if question.role in (Role.AWARD, Role.CAP) and isinstance(figure.fact, Measure):
        if is_total(figure) and not re.search(r"共|总|安排|设立|投入|争取|兑现|资金|专项", question.topic):
            return False
        if figure.type in ("money", "rate") and question.asked is Asked.MONEY and not says_award(figure):
            borrowed = re.search(r"贷|借|融资|担保|额度|产值|收入|规模|投资|目标", question.topic)
            if not borrowed:
                return False
    if re.search(r"封顶|上限", question.topic) and isinstance(figure.fact, Measure):
        if not (figure.fact.role is Role.CAP or figure.fact.bound in (Bound.AT_MOST, Bound.RANGE)):
            return False
    return not _lacks_slot(question, figure)


#: Nouns that name what is asked for, each with what a clause must say to answer.
_SLOTS: tuple[tuple[str, str], ...] = (
    ("销售额|营业额|流水", "销售|营业额|交易额"),
    ("营业收入|主营收入", "收入|营收"),
    ("产值", "产值"),
    ("利率", "利率"),
    ("费率", "费率"),
    ("税率", "税率|征收率|预征率"),
    ("面积|平方|平米", "面积|平方"),
    ("手续费", "手续费|工本费"),
    ("课时|学时", "课时|学时"),
    ("注册资本", "注册资本"),
    ("租金|房租", "租金|房租|租赁"),
    ("工资|薪", "工资|薪"),
    ("罚款|罚多少", "罚"),
    ("贴息", "贴息"),
)
#: What is asked of the way and the place: answered by a clause that says it, not by one on the same subject.
_SERVICE_SLOTS: tuple[tuple[str, str], ...] = (
    ("材料|证件", "材料|证明|凭证"),
    ("电话|号码|联系方式", "电话"),
    ("地址|在哪里?$|在哪儿", "地址|路.{0,4}号"),
    ("窗口|网址|网站", "窗口|网址|网站|平台"),
    ("到账|拨付", "到账|拨付|兑现"),
    ("放款", "放款"),
    ("审核|审批", "审核|审批|初审"),
    ("申报时间|什么时候申报|何时申报|报名", "申报|报名"),
)


def _lacks_slot(question: Question, figure: Figure) -> bool:
    text = fold(figure.clause.text)
    sentence = setting_of(text, figure.span).sentence
    scope = text[max(0, sentence.start - 60) : sentence.end] + " ".join(figure.clause.headings)
    return _lacks(question, scope, _SLOTS + _SERVICE_SLOTS)


def _lacks(question: Question, scope: str, slots: tuple[tuple[str, str], ...]) -> bool:
    return any(re.search(asked, question.topic) and not re.search(said, scope) for asked, said in slots)


def _widest(topic: Topic, evidence: Evidence, but: Clause | None = None) -> float:
    """The greatest share of the topic in one clause with its headings and title; ``but`` one is left out."""
    return max(
        (
            topic.coverage(fold(clause.text), *clause.headings, instrument.title)
            for clause, instrument, _ in evidence.ranked[:5]
            if clause.level is not Level.HEAD and (but is None or clause.id != but.id)
        ),
        default=0.0,
    )


def _lacks_subject(topic: Topic, evidence: Evidence, chosen: Clause) -> bool:
    """Whether the chosen clause says nothing of what the question is mainly about.

    Either one term that is a third of the question stands nowhere in it (上市企业奖励多少 and no 上市), or the question
    names the subject of another clause, by heading or title, that this one lacks (契税税率, and a rate of another tax);
    only a clause that says as much of the question as the chosen one does takes the subject away from it.
    """
    said = {
        clause.id: "\n".join((fold(clause.text), *clause.headings, instrument.title))
        for clause, instrument, _ in evidence.ranked
    }
    missing = [term for term in topic.terms if term.known and term.found_in(said[chosen.id]) == 0]
    if any(term.weight >= _MAIN_SHARE * topic.total for term in missing):
        return True
    own = topic.coverage(said[chosen.id])
    return any(
        not term.official
        and term.weight >= _SUBJECT_WEIGHT
        and term.found_in("\n".join((*clause.headings, instrument.title))) >= 1
        and topic.coverage(said[clause.id]) >= own - 0.05
        for term in missing
        for clause, instrument, _ in evidence.ranked[:6]
    )


#: A term that makes so much of the question is its subject.
_MAIN_SHARE = 0.29
#: A heading's word is a subject if it is at least this rare.
_SUBJECT_WEIGHT = 3.5


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
    return Statement(_attributed(instrument, text), (_quote(instrument, clause, span, CitationRole.ANSWERS),))


def _attributed(instrument: Instrument, text: str) -> str:
    return f"{text}(据新闻发布会发言,不是规范性文件)" if instrument.kind is Kind.PRESS else text


_BOUND_WORDS = re.compile(
    r"(?:最高)?(?:不得?超过|不得?低于|不高于|不少于|超过|最高(?:可达|为)?|至少|突破|达到?|降至|约)$"
)


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
    clause, text = figure.clause, fold(figure.clause.text)
    setting = setting_of(text, figure.span)
    start = _after_heading(clause, text, setting.sentence)
    end = setting.sentence.end
    if text.startswith(";其中", end) or text.startswith(";其中", end - 1):
        following = re.search(r"[。;]", text[end + 1 :])
        if following and not text[start : figure.span.start].lstrip(" ;").startswith("其中"):
            end = end + 1 + following.start()
    words = _kept(figure, text, Span(start, end))
    return re.sub(r"\s+", " ", words).strip(" ,;。:"), Span(start, min(end + 1, len(text)))


def _after_heading(clause: Clause, text: str, sentence: Span) -> int:
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


# Sentences, lists, yes and no


def _compose_sentence(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    chosen = [s for s in sentences.choose(topic, question.asked, evidence.ranked) if not _misses_slot(question, s)]
    if question.asked is Asked.YES_NO and _ASKS_AWARD.search(question.topic):
        chosen = [s for s in chosen if _GIVES.search(fold(s.words))]
    if not chosen or chosen[0].coverage < REFUSE_BELOW + (0.06 if question.asked is Asked.YES_NO else 0.0):
        return _refuse(question, topic, evidence)
    best = chosen[0]
    if _lacks_subject(topic, evidence, best.clause):
        return _refuse(question, topic, evidence)
    span = (
        sentences.with_list(best)
        if question.asked in (Asked.LIST, Asked.CONTENT, Asked.YES_NO, Asked.OTHER)
        else best.span
    )
    words = _as_sentence(span.of(best.clause.text))
    polarity = _polarity(question, words) if question.asked is Asked.YES_NO else ""
    statement = Statement(
        _attributed(best.instrument, f"{polarity}{words}"),
        (_quote(best.instrument, best.clause, span, CitationRole.ANSWERS),),
    )
    return _finish(question, [statement], [best], best.coverage, library)


_ASKS_AWARD = re.compile(r"奖|补(?!缴|交|正|偿|办)|给钱|有钱")
_GIVES = re.compile(r"奖|补贴|补助|给予|资助|扶持|贴息|免|减|支持|优惠|补偿")


def _misses_slot(question: Question, sentence: Sentence) -> bool:
    return _lacks(question, fold(sentence.clause.text) + " ".join(sentence.clause.headings), _SERVICE_SLOTS)


def _as_sentence(words: str) -> str:
    return re.sub(r"\s*\n\s*", "", words).strip(" ;。,")


_NO = re.compile(r"不得|不予|不适用|不重复|除外|禁止|不再|不允许|不作为|不享受|免收|不收取|不影响")
_FREE = re.compile(r"免征|免收|免费")


def _polarity(question: Question, words: str) -> str:
    """是 or 否 where the sentence says it plainly; nothing where it does not."""
    asked = question.topic
    folded = fold(words)
    if re.search(r"要(?:不要)?(?:交|缴|收)|收不收|(?:交|缴)[^,。]{0,12}税吗", asked) and _FREE.search(folded):
        return "不用:"
    if re.search(r"能|可以|可不可以|行|允许|享受|适用|重复|一起|同时|算", asked):
        if re.search(r"除外|不适用|不得|不予|禁止|不重复|不允许|不享受", folded):
            return "不可以:" if re.search(r"能|可以|行|允许|一起|同时", asked) else "不:"
        if re.search(r"可以|允许|可[折转申按自享]|视同|支持", folded):
            return "可以:"
    if re.search(r"有没有|有(?:什么)?[^,。]{0,10}(?:吗|么)", asked) and re.search(
        r"给予|支持|补贴|奖|优惠|免费|减|贴息", folded
    ):
        return "有:"
    return ""


# Offices, interpretation, validity, the document itself


def _compose_office(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The unit that the clause on the topic names; else the sentence that names one."""
    chosen = sentences.choose(topic, question.asked, evidence.ranked)
    if not chosen or chosen[0].coverage < REFUSE_BELOW:
        return _refuse(question, topic, evidence)
    best = chosen[0]
    if (
        re.search(r"备案|审核|受理|报|申请|监督|会商|牵头", question.topic)
        and re.search(r"[局委办厅院部心]", fold(best.words))
        and not re.search("责任单位", question.topic)
    ):
        named = re.search(r"(?:由|向|报|经)[^,。]{0,40}[局委办厅院部关心]", fold(best.words))
        if named and any(
            w in fold(best.words) for w in re.findall(r"备案|审核|受理|申请|监督|会商|牵头", question.topic)
        ):
            statement = Statement(
                _as_sentence(best.words), (_quote(best.instrument, best.clause, best.span, CitationRole.ANSWERS),)
            )
            return _finish(question, [statement], [best], best.coverage, library)
    for sentence in chosen[:6]:
        offices = [o for o in sentence.clause.offices if o.role in (OfficeRole.LEADS, OfficeRole.RESPONSIBLE)]
        if offices and sentence.coverage >= max(REFUSE_BELOW, 0.8 * best.coverage):
            names = "、".join(office.name for office in offices)
            shared = [o.name for o in sentence.clause.offices if o.role is OfficeRole.SHARED]
            also = f";另由{'、'.join(shared)}具体落实" if shared and not question.topic.startswith("牵头") else ""
            place = _place_of(fold(sentence.clause.text), offices[0].name)
            statement = Statement(
                f"责任单位:{names}{also}",
                (_quote(sentence.instrument, sentence.clause, place, CitationRole.ANSWERS),)
                + _shared_quote(sentence, library),
            )
            return _finish(question, [statement], [sentence], sentence.coverage, library)
    return _compose_sentence(question, topic, evidence, library)


def _shared_quote(sentence: Sentence, library: Library) -> tuple[Quote, ...]:
    shared = next((o for o in sentence.clause.offices if o.role is OfficeRole.SHARED), None)
    if shared is None or shared.clause_id == sentence.clause.id or shared.clause_id not in library.clause:
        return ()
    clause = library.clause[shared.clause_id]
    place = _place_of(fold(clause.text), shared.name)
    return (_quote(sentence.instrument, clause, place, CitationRole.SUPPORTS),)


def _place_of(text: str, name: str) -> Span:
    """The bracket or sentence around a name."""
    at = max(text.rfind(name), 0)
    setting = setting_of(text, Span(at, at + len(name)))
    if setting.bracket is not None:
        return Span(setting.bracket.start, setting.bracket.end)
    return setting.sentence


def _document_asked(question: Question, topic: Topic, evidence: Evidence) -> tuple[Instrument, float] | None:
    """The instrument that a question about a document means, with how much of the topic its title says."""
    titles: dict[str, tuple[float, Instrument]] = {}
    for clause, instrument, strength in evidence.ranked:
        titled = topic.coverage(instrument.title)
        score = titled + 0.4 * topic.coverage(fold(clause.text), *clause.headings) + 0.2 * strength
        if instrument.id not in titles or titles[instrument.id][0] < score:
            titles[instrument.id] = (score, instrument)
    if not titles:
        return None
    _, best = max(titles.values(), key=lambda pair: pair[0])
    return best, topic.coverage(best.title)


def _compose_validity(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The term of the document asked about, or of the clause on the topic where it has one of its own."""
    found = _document_asked(question, topic, evidence)
    if found is None:
        return _refuse(question, topic, evidence)
    instrument, titled = found
    clause = next(
        (c for c, i, _ in evidence.ranked if c.terms and topic.coverage(fold(c.text), *c.headings) > titled + 0.1), None
    )
    if clause is not None:
        instrument = library.instrument[clause.instrument_id]
        span = clause.terms[0].span
        quote = (
            Span(span.start - clause.span.start, span.end - clause.span.start) if span else Span(0, len(clause.text))
        )
        statement = Statement(
            f"{clause.headings[-1] if clause.headings else noun_of(instrument)}:{status_sentence(clause.terms[0], instrument, clause, question.as_of)}",
            (_quote(instrument, clause, quote, CitationRole.ANSWERS),),
        )
        return Draft(Status.ANSWERED, (statement,), tuple(validity_warnings(clause.terms[0], question)))
    coverage = max(titled, _widest(topic, evidence))
    if coverage < REFUSE_BELOW:
        return _refuse(question, topic, evidence)
    return validity_draft(question, instrument, library)


def validity_draft(question: Question, instrument: Instrument, library: Library) -> Draft:
    """What an instrument says of its own validity."""
    validity = instrument.validity
    basis = library.clause.get(validity.basis_clause_id)
    if basis is None:
        head = next(library.of_instrument(instrument.id))
        dated = (
            f",印发日期为{in_words(instrument.date)}"
            if instrument.date and in_words(instrument.date) in _unspaced(head.text)
            else ""
        )
        statement = Statement(
            f"《{instrument.title}》的文件未写明有效期{dated}",
            (_quote(instrument, head, Span(0, len(head.text)), CitationRole.NEAREST),),
        )
        return Draft(Status.NOT_FOUND, (statement,), tuple(validity_warnings(validity, question)))
    at = max(fold(basis.text).find(fold(validity.basis)), 0)
    words = validity.basis.strip(" 。;")
    since = f"自{in_words(validity.effective_on)}起施行," if validity.effective_on else ""
    statement = Statement(
        f"《{instrument.title}》{since}{_until(validity, question)}。原文:{words}",
        (_quote(instrument, basis, Span(at, at + len(validity.basis)), CitationRole.ANSWERS),),
    )
    return Draft(Status.ANSWERED, (statement,), tuple(validity_warnings(validity, question)))


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def _until(validity: Validity, question: Question) -> str:
    status = validity.status(question.as_of)
    day = in_words(question.as_of)
    end = f"有效期至{in_words(validity.expires_on)}," if validity.expires_on else "未写明终止日期,"
    said = {
        ValidityStatus.EXPIRED: f"截至{day}已过期",
        ValidityStatus.IN_FORCE: f"{day}有效",
        ValidityStatus.NOT_YET: f"{day}尚未施行",
        ValidityStatus.REPEALED: f"截至{day}已废止",
        ValidityStatus.UNKNOWN: "是否有效文件未写明",
    }
    return end + said[status]


def _compose_interpreter(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    found = _document_asked(question, topic, evidence)
    if found is None or max(found[1], _widest(topic, evidence)) < REFUSE_BELOW:
        return _refuse(question, topic, evidence)
    instrument, _ = found
    for clause in library.of_instrument(instrument.id):
        names = [office.name for office in clause.offices if office.role is OfficeRole.INTERPRETS]
        if names:
            place = _place_of(fold(clause.text), f"{names[0]}负责解释")
            statement = Statement(
                f"由{'、'.join(names)}负责解释《{instrument.title}》",
                (_quote(instrument, clause, place, CitationRole.ANSWERS),),
            )
            return _finish(question, [statement], [_as_sentence_of(clause, instrument)], 1.0, library)
    head = next(library.of_instrument(instrument.id))
    statement = Statement(
        f"《{instrument.title}》没有写明由哪个部门解释",
        (_quote(instrument, head, Span(0, len(head.text)), CitationRole.NEAREST),),
    )
    return Draft(Status.NOT_FOUND, (statement,))


def _as_sentence_of(clause: Clause, instrument: Instrument) -> Sentence:
    return Sentence(clause, instrument, Span(0, len(clause.text)), 1.0, 1.0)


def _compose_issued(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    found = _document_asked(question, topic, evidence)
    if found is None or max(found[1], _widest(topic, evidence)) < REFUSE_BELOW:
        return _refuse(question, topic, evidence)
    return issued_draft(question, found[0], library)


def issued_draft(question: Question, instrument: Instrument, library: Library) -> Draft:
    """Number, issuing authority and date of an instrument, from its opening."""
    own = next(library.of_instrument(instrument.id))
    siblings = [i for i in library.instruments if i.number and i.number == instrument.number]
    head = next(library.of_instrument(siblings[0].id)) if siblings else own
    number = f"文号为{instrument.number}," if instrument.number else "文件没有文号,"
    issuer = f"由{instrument.issuer}" if instrument.issuer else ""
    day = f"于{in_words(instrument.date)}印发" if instrument.date else "印发日期未写明"
    statement = Statement(
        f"《{instrument.title}》{number}{issuer}{day}",
        (_quote(instrument, head, Span(0, len(head.text)), CitationRole.ANSWERS),),
    )
    return Draft(Status.ANSWERED, (statement,))


_COMPOSERS = {
    Asked.OFFICE: _compose_office,
    Asked.INTERPRETER: _compose_interpreter,
    Asked.VALIDITY: _compose_validity,
    Asked.ISSUED: _compose_issued,
}


# What all answers share


def _quote(instrument: Instrument, clause: Clause, span: Span, role: CitationRole) -> Quote:
    """A quote from a span in a clause's text."""
    start = clause.span.start
    return Quote(instrument, clause, Span(span.start + start, span.end + start), role)


def _finish(
    question: Question,
    statements: Sequence[Statement],
    findings: Sequence[Figure | Sentence],
    coverage: float,
    library: Library,
) -> Draft:
    """Add the status on the day, the provisos and the warnings."""
    warnings: list[Warning] = []
    texts = list(statements)
    if coverage < CLOSEST_BELOW:
        first = texts[0]
        texts[0] = Statement(f"文件没有用您这样的说法,最接近的规定是——{first.text}", first.quotes)
        warnings.append(
            Warning(WarningKind.CLOSEST, "您的问法与文件用语不同,以上是最接近的条款,请核对是否是您要问的事项。")
        )
    said: set[str] = set()
    for statement in statements:
        quote = statement.quotes[0]
        validity, _ = validity_of(quote.span, quote.clause, quote.instrument.validity)
        sentence = status_sentence(validity, quote.instrument, quote.clause, question.as_of)
        if sentence not in said:
            said.add(sentence)
            texts.append(Statement(sentence, _basis_quote(validity, quote, library)))
        warnings += [w for w in validity_warnings(validity, question) if w not in warnings]
        warnings += [w for w in source_warnings(quote) if w not in warnings]
        if question.role in (Role.AWARD, Role.CAP) or question.asked is Asked.MONEY:
            warnings += [w for w in _provisos(quote, library) if w not in warnings]
    return Draft(Status.ANSWERED, tuple(texts), tuple(warnings))


def _basis_quote(validity: Validity, quote: Quote, library: Library) -> tuple[Quote, ...]:
    """The clause that the status rests on, where it is another than the one quoted."""
    clause = library.clause.get(validity.basis_clause_id)
    if clause is None or clause.id == quote.clause.id:
        return (quote,) if clause is not None else ()
    at = max(clause.text.find(validity.basis), 0)
    return (_quote(quote.instrument, clause, Span(at, at + len(validity.basis)), CitationRole.SUPPORTS),)


def validity_warnings(validity: Validity, question: Question) -> list[Warning]:
    """Warnings on what is not, or not known to be, in force."""
    day = in_words(question.as_of)
    said = {
        ValidityStatus.EXPIRED: (WarningKind.EXPIRED, f"截至{day},所依据的规定已过有效期。"),
        ValidityStatus.REPEALED: (WarningKind.EXPIRED, f"截至{day},所依据的规定已废止。"),
        ValidityStatus.NOT_YET: (WarningKind.NOT_YET, f"{day}时所依据的规定尚未施行。"),
        ValidityStatus.UNKNOWN: (WarningKind.VALIDITY_UNKNOWN, "文件未写明有效期,是否仍在执行请向主管部门核实。"),
    }
    found = said.get(validity.status(question.as_of))
    return [Warning(*found)] if found else []


def source_warnings(quote: Quote) -> list[Warning]:
    """Warnings on where words stand: a plan, a press conference, a damaged file."""
    warnings = []
    if quote.instrument.kind is Kind.PLAN:
        warnings.append(Warning(WarningKind.NOT_NORMATIVE, "以上内容载于方案、计划类文件。"))
    if quote.instrument.kind is Kind.PRESS:
        warnings.append(Warning(WarningKind.NOT_NORMATIVE, "以上出自新闻发布会发言,不是规范性文件。"))
    if quote.clause.repaired:
        warnings.append(Warning(WarningKind.REPAIRED_TEXT, "据修复文本:原文件文字有损坏,引文经过修复。"))
    return warnings


def _provisos(quote: Quote, library: Library) -> list[Warning]:
    """不重复享受 and 以本意见为准, of the clause itself or of those that govern it."""
    governing = [quote.clause, *(library.clause[i] for i in quote.clause.provisos if i in library.clause)]
    warnings = []
    for clause in governing:
        for kind, pattern in ((WarningKind.NON_STACKING, NON_STACKING), (WarningKind.PRECEDENCE, PRECEDENCE)):
            for sentence in re.findall(r"[^。;()]+", fold(clause.text)):
                if pattern.search(sentence):
                    at = fold(clause.text).find(sentence)
                    words = clause.text[at : at + len(sentence)].strip()
                    warnings.append(Warning(kind, f"注意:{words}。"))
    return warnings


def _refuse(question: Question, topic: Topic, evidence: Evidence) -> Draft:
    """Not said means not said: what was looked for, and the nearest clause with its office."""
    near = _nearest(topic, evidence)
    asked = question.text.strip("?。!, ")
    if question.elsewhere:
        places = "、".join(question.elsewhere)
        said = f"库中没有{places}的政策文件,不能回答“{asked}”"
    else:
        where = "、".join(question.cities)
        said = f"查过{where or '库中'}的政策文件,没有写明“{asked}”的内容"
    statements = [Statement(said)]
    if near is not None:
        clause, instrument = near
        offices = [o.name for o in clause.offices if o.role in (OfficeRole.LEADS, OfficeRole.INTERPRETS)]
        contact = f",可向{offices[0]}核实" if offices else ""
        label = clause.path.label or "开头部分"
        statements.append(
            Statement(
                f"相近的条款是《{_plain_title(instrument)}》{label}{contact}",
                (_quote(instrument, clause, Span(0, len(clause.text)), CitationRole.NEAREST),),
            )
        )
    return Draft(Status.NOT_FOUND, tuple(statements))


def _plain_title(instrument: Instrument) -> str:
    """A title without the years in it: no figure stands in a refusal as if it were an answer."""
    return re.sub(r"[((][^()()]*\d{4}[^()()]*[))]$", "", instrument.title)


def _nearest(topic: Topic, evidence: Evidence) -> tuple[Clause, Instrument] | None:
    candidates = [
        (topic.coverage(fold(clause.text), *clause.headings) + 0.2 * strength, clause, instrument)
        for clause, instrument, strength in evidence.ranked[:6]
        if clause.level is not Level.HEAD
    ]
    if not candidates:
        return None
    score, clause, instrument = max(candidates, key=lambda candidate: candidate[0])
    return (clause, instrument) if score >= 0.15 else None


def refuse(question: Question, index: Index, evidence: Evidence | None = None) -> Draft:
    """The refusal for a question that was settled before composing (another city, say)."""
    topic = topic_of(question.topic, index)
    return _refuse(question, topic, evidence or retrieve(topic, index))


def with_status(draft: Draft, status: Status) -> Draft:
    """The draft with another status."""
    return replace(draft, status=status)
