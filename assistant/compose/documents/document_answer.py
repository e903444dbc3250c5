"""Answers about a document itself: its validity, who interprets it, who issued it when."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import CitationRole, Status
from assistant.compose.finish import basis_quotes, finish, place_of, place_of_span, quote_of, validity_warnings
from assistant.compose.prose import sentences
from assistant.compose.refusal import ABOUT_BELOW, plain_title, refuse, widest
from assistant.compose.status import status_sentence
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.dates import in_words
from corpus.facts.validity import validity_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Level, OfficeRole, Span, Validity, ValidityStatus
from corpus.numerals import number_of

#: What any document gives, and may be done with it: 这个补贴还能不能领 says of none which it is.
_GENERIC = re.compile(
    r"补贴|奖励|奖补|补助|奖金|优惠|资金|待遇|能不能|可不可以|能|领取?|拿|享受|申请|报|给不给|给|有没有|[的得这那个了]"
)


def _names_something(question: Question) -> bool:
    """Whether a question names anything besides what every document gives."""
    return len(re.findall(r"[\u4e00-\u9fff]|\d", _GENERIC.sub("", question.subject))) > 1


def document_asked(topic: Topic, evidence: Evidence) -> tuple[Instrument, float] | None:
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


def answer_on_validity(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The term of the document asked about, or of the rule on the topic; asks back where neither is named."""
    if not any(term.known for term in topic.terms) or not (question.background or _names_something(question)):
        only = _only(library)
        return validity_draft(question, only, library) if only else _which_document(library.instruments)
    found = document_asked(topic, evidence)
    if found is None:
        return refuse(question, topic, evidence)
    instrument, titled = found
    counted = _counted(question, topic, evidence, library)
    if len(counted) > 1 and not _names_more(topic):
        return _which_document(counted)
    if counted:
        return validity_draft(question, counted[0], library)
    below = [row for row in evidence.ranked if row[0].level is not Level.HEAD]
    rule = next(iter(sentences.choose(topic, Asked.OTHER, below)), None)
    if rule is not None and rule.coverage > max(titled + 0.1, ABOUT_BELOW):
        return validity_of_rule(question, rule.instrument, rule.clause, rule.span, library, rule.coverage)
    if max(titled, widest(topic, evidence)) < ABOUT_BELOW:
        return refuse(question, topic, evidence)
    return validity_draft(question, instrument, library)


#: A document called by how many articles it has (那五条, 两条意见, 34条), as a whole: not 五条里的….
_ARTICLES = re.compile(
    r"(?<!第)(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,3})条(?!街|线|路|生产|件|款|里|中)(?!(?:意见|措施|政策|办法)?[里中])"
)


_ARTICLE_PAIR = re.compile(r"^[\d十]*条(?:意|措)?|^(?:意见|措施)$")


def _counted(question: Question, topic: Topic, evidence: Evidence, library: Library) -> tuple[Instrument, ...]:
    """The instruments that are called by the number of their articles, where the question does so; the best first."""
    called = _ARTICLES.search(question.topic)
    count = _count_in(called)
    if count is None:
        return ()
    found = dict.fromkeys(instrument.id for _, instrument, _ in evidence.ranked)
    called_so = (library.instrument[each] for each in found if count in _counts_of(library.instrument[each], library))
    return tuple(sorted(called_so, key=lambda instrument: -topic.coverage(instrument.title)))


def _names_more(topic: Topic) -> bool:
    """Whether a topic names anything besides how many articles a document has."""
    return any(term.known and not all(_ARTICLE_PAIR.search(pair) for pair in term.pairs) for term in topic.terms)


def _counts_of(instrument: Instrument, library: Library) -> set[int | None]:
    """How many articles an instrument is called by (五条意见 in its title), and how many it has."""
    numbered = [c for c in library.of_instrument(instrument.id) if c.level not in (Level.HEAD, Level.TAIL)]
    return {_count_in(_ARTICLES.search(fold(instrument.title))), len(numbered)}


def _count_in(called: re.Match[str] | None) -> int | None:
    try:
        return number_of(called["count"].replace("两", "二")) if called else None
    except ValueError:
        return None


def _only(library: Library) -> Instrument | None:
    """The instrument that is meant without a name, because there is no other."""
    return library.instruments[0] if len(library.instruments) == 1 else None


def _which_document(instruments: Sequence[Instrument]) -> Draft:
    titles = "、".join(f"《{plain_title(instrument)}》" for instrument in instruments[:_CHOICES])
    more = "等" if len(instruments) > _CHOICES else ""
    return Draft(Status.CLARIFY, (Statement(f"请问您问的是哪份文件或哪项政策?库中有{titles}{more}"),))


#: So many titles are offered as choices.
_CHOICES = 6


def validity_of_rule(
    question: Question, instrument: Instrument, clause: Clause, span: Span, library: Library, sure: float = 1.0
) -> Draft:
    """Whether a rule is in force: its own term where its clause states one for it, else that of its document."""
    quote = quote_of(instrument, clause, span, CitationRole.ANSWERS)
    scoped = next((t for t in clause.terms if t.span and t.scope and fold(t.scope) in question.text), None)
    if scoped is not None and scoped.span is not None:
        # 票据业务的优惠还有效吗: the part that the question names has a term of its own.
        start = clause.span.start
        quote = quote_of(instrument, clause, Span(scoped.span.start - start, scoped.span.end - start), quote.role)
    validity = scoped or validity_of(quote.span, clause, instrument.validity)[0]
    basis = basis_quotes(validity, quote, library)
    said = status_sentence(validity, instrument, clause, question.as_of, first_day=True)
    if validity.basis and basis:
        said = f"{said}。原文:{validity.basis.strip(' 。;')}"
    # The clause that states the term comes first: it is what answers.
    status = Statement(said, tuple(dict.fromkeys((*(replace(b, role=CitationRole.ANSWERS) for b in basis), quote))))
    asked = Statement(f"所问的规定:{as_sentence(quote.words)}", (quote,))
    warnings = tuple(validity_warnings(validity, question))
    statements = [status, asked]
    general = library.clause.get(instrument.validity.basis_clause_id)
    if general is not None and validity != instrument.validity and _WHICH_TERM.search(question.text):
        at = max(fold(general.text).find(fold(instrument.validity.basis)), 0)
        place = place_of_span(fold(general.text), Span(at, at + len(instrument.validity.basis)))
        own = quote_of(instrument, general, place, CitationRole.SUPPORTS)
        statements.append(Statement(f"文件的有效期另写在别处:{as_sentence(place.of(general.text))}", (own,)))
    return Draft(Status.ANSWERED, tuple(statements), warnings, confidence=sure)


#: Asks which of two terms holds: that of the document, or that of the clause.
_WHICH_TERM = re.compile(r"(?:听|按|以|照)?(?:哪|谁)个?(?:算数|作数|为准|的)|(?:听|按|以|照)(?:哪|谁)|还是")


def validity_draft(question: Question, instrument: Instrument, library: Library) -> Draft:
    """What an instrument says of its own validity."""
    validity = instrument.validity
    basis = library.clause.get(validity.basis_clause_id)
    if basis is None:
        head = next(library.of_instrument(instrument.id))
        if _PLAN_YEARS.search(question.topic) and (years := _TITLE_YEARS.search(instrument.title)):
            said = f"标题写明的年份是{years[0]};文件未写明有效期"
            return Draft(
                Status.ANSWERED,
                (Statement(said, (quote_of(instrument, head, Span(0, len(head.text)), CitationRole.ANSWERS),)),),
                tuple(validity_warnings(validity, question)),
            )
        dated = (
            f",印发日期为{in_words(instrument.date)}"
            if instrument.date and in_words(instrument.date) in _unspaced(head.text)
            else ""
        )
        statement = Statement(
            f"《{instrument.title}》的文件未写明有效期{dated}",
            (quote_of(instrument, head, Span(0, len(head.text)), CitationRole.NEAREST),),
        )
        return Draft(Status.NOT_FOUND, (statement,), tuple(validity_warnings(validity, question)))
    at = max(fold(basis.text).find(fold(validity.basis)), 0)
    words = validity.basis.strip(" 。;")
    statement = Statement(
        f"《{instrument.title}》{term_words(validity, question)}。原文:{words}",
        (quote_of(instrument, basis, Span(at, at + len(validity.basis)), CitationRole.ANSWERS),),
    )
    return Draft(Status.ANSWERED, (statement,), tuple(validity_warnings(validity, question)))


#: Asks for the years that a plan is of, and the years in a title. A plan period is not a term.
_PLAN_YEARS = re.compile(r"哪几年|几年的|起止|[几哪]年")
_TITLE_YEARS = re.compile(r"\d{4}年?\s*[—–~～至到-]+\s*\d{4}年")


def _unspaced(text: str) -> str:
    return re.sub(r"\s", "", text)


def term_words(validity: Validity, question: Question) -> str:
    """The first and the last day, and the status on the day: 自…起施行,有效期至…,截至…已过期."""
    if not validity.stated:
        return "未写明有效期"
    since = f"自{in_words(validity.effective_on)}起施行," if validity.effective_on else ""
    return since + _until(validity, question)


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


def answer_on_interpretation(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """Who interprets the document asked about, as it says itself; asks back where none is named."""
    if not any(term.known for term in topic.terms):
        return (
            interpreter_draft(question, library.instruments[0], library)
            if _only(library)
            else _which_document(library.instruments)
        )
    found = document_asked(topic, evidence)
    if found is None or max(found[1], widest(topic, evidence)) < ABOUT_BELOW:
        return refuse(question, topic, evidence)
    return interpreter_draft(question, found[0], library)


def interpreter_draft(question: Question, instrument: Instrument, library: Library) -> Draft:
    """Who interprets an instrument, as it says itself."""
    for clause in library.of_instrument(instrument.id):
        interpreting = (office.name for office in clause.offices if office.role is OfficeRole.INTERPRETS)
        names = list(dict.fromkeys(interpreting))
        if names:
            place = place_of(fold(clause.text), f"{names[0]}负责解释")
            statement = Statement(
                f"由{'、'.join(names)}负责解释《{instrument.title}》",
                (quote_of(instrument, clause, place, CitationRole.ANSWERS),),
            )
            return finish(question, [statement], 1.0, library)
    head = next(library.of_instrument(instrument.id))
    statement = Statement(
        f"《{instrument.title}》没有写明由哪个部门解释",
        (quote_of(instrument, head, Span(0, len(head.text)), CitationRole.NEAREST),),
    )
    return Draft(Status.NOT_FOUND, (statement,))


def answer_on_issue(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """Number, issuing authority and date of the document asked about."""
    found = document_asked(topic, evidence)
    if found is None or max(found[1], widest(topic, evidence)) < ABOUT_BELOW:
        return refuse(question, topic, evidence)
    return issued_draft(found[0], library)


def issued_draft(instrument: Instrument, library: Library) -> Draft:
    """Number, issuing authority and date of an instrument, from its opening."""
    own = next(library.of_instrument(instrument.id))
    siblings = [i for i in library.instruments if i.number and i.number == instrument.number]
    head = next(library.of_instrument(siblings[0].id)) if siblings else own
    number = f"文号为{instrument.number}," if instrument.number else "文件没有文号,"
    issuer = f"由{instrument.issuer}" if instrument.issuer else ""
    day = f"于{in_words(instrument.date)}印发" if instrument.date else "印发日期未写明"
    statement = Statement(
        f"《{instrument.title}》{number}{issuer}{day}",
        (quote_of(instrument, head, Span(0, len(head.text)), CitationRole.ANSWERS),),
    )
    return Draft(Status.ANSWERED, (statement,))
