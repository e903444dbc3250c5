"""What all answers share: quotes, the status on the day, provisos and warnings."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import AnswerWarning, CitationRole, Status, WarningKind
from assistant.compose.status import status_sentence
from assistant.draft import Draft, Quote, Statement
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.dates import in_words
from corpus.facts.phrases import setting_of
from corpus.facts.validity import validity_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Kind, RelationKind, Role, Span, Validity, ValidityStatus


def quote_of(instrument: Instrument, clause: Clause, span: Span, role: CitationRole) -> Quote:
    """A quote from a span in a clause's text."""
    start = clause.span.start
    return Quote(instrument, clause, Span(span.start + start, span.end + start), role)


def attributed(instrument: Instrument, text: str, *, award: bool = False) -> str:
    """Words of a press conference are always named as such, an award in a plan is said to stand in one."""
    if instrument.kind is Kind.PRESS:
        return f"{text}(据新闻发布会发言,不是规范性文件)"
    return f"{text}(载于方案、计划类文件)" if award and instrument.kind is Kind.PLAN else text


#: Less likely right than this, the answer says that it is the closest there is; set on development questions.
CLOSEST_BELOW = 0.75


def finish(
    question: Question,
    statements: Sequence[Statement],
    sure: float,
    library: Library,
    *,
    limits: bool = True,
) -> Draft:
    """Add the status on the day, the provisos and the warnings; ``limits`` is False where the statements say them."""
    warnings: list[AnswerWarning] = []
    texts = list(statements)
    if sure < CLOSEST_BELOW:
        first = texts[0]
        texts[0] = Statement(f"文件没有用您这样的说法,最接近的规定是——{first.text}", first.quotes)
        warnings.append(
            AnswerWarning(WarningKind.CLOSEST, "您的问法与文件用语不同,以上是最接近的条款,请核对是否是您要问的事项。")
        )
    said: set[str] = set()
    for statement in statements:
        quote = statement.quotes[0]
        validity, _ = validity_of(quote.span, quote.clause, quote.instrument.validity)
        sentence = status_sentence(validity, quote.instrument, quote.clause, question.as_of)
        if limits and (question.role in (Role.AWARD, Role.CAP) or question.asked is Asked.MONEY):
            texts += [limit for limit in _own_limits(quote) if limit.text not in said]
            said.update(limit.text for limit in texts)
        if sentence not in said:
            said.add(sentence)
            texts.append(Statement(sentence, basis_quotes(validity, quote, library)))
        warnings += [w for w in validity_warnings(validity, question) if w not in warnings]
        warnings += [w for w in source_warnings(quote) if w not in warnings]
        if question.role in (Role.AWARD, Role.CAP) or question.asked is Asked.MONEY:
            warnings += [w for w in _provisos(quote, library) if w not in warnings]
    return Draft(Status.ANSWERED, tuple(texts), tuple(warnings), confidence=min(sure, 1.0))


def basis_quotes(validity: Validity, quote: Quote, library: Library) -> tuple[Quote, ...]:
    """The clause that a status rests on: the one quoted, another, or none where nothing is said."""
    clause = library.clause.get(validity.basis_clause_id)
    if clause is None or clause.id == quote.clause.id:
        return (quote,) if clause is not None else ()
    at = max(clause.text.find(validity.basis), 0)
    return (quote_of(quote.instrument, clause, Span(at, at + len(validity.basis)), CitationRole.SUPPORTS),)


def validity_warnings(validity: Validity, question: Question) -> list[AnswerWarning]:
    """Warnings on what is not, or not known to be, in force."""
    day = in_words(question.as_of)
    said = {
        ValidityStatus.EXPIRED: (WarningKind.EXPIRED, f"截至{day},所依据的规定已过有效期。"),
        ValidityStatus.REPEALED: (WarningKind.EXPIRED, f"截至{day},所依据的规定已废止。"),
        ValidityStatus.NOT_YET: (WarningKind.NOT_YET, f"{day}时所依据的规定尚未施行。"),
        ValidityStatus.UNKNOWN: (WarningKind.VALIDITY_UNKNOWN, "文件未写明有效期,是否仍在执行请向主管部门核实。"),
    }
    found = said.get(validity.status(question.as_of))
    return [AnswerWarning(*found)] if found else []


def source_warnings(quote: Quote) -> list[AnswerWarning]:
    """Warnings on where words stand: a plan, a press conference, a damaged file."""
    warnings = []
    if quote.instrument.kind is Kind.PLAN:
        warnings.append(AnswerWarning(WarningKind.NOT_NORMATIVE, "以上内容载于方案、计划类文件。"))
    if quote.instrument.kind is Kind.PRESS:
        warnings.append(AnswerWarning(WarningKind.NOT_NORMATIVE, "以上出自新闻发布会发言,不是规范性文件。"))
    if quote.clause.repaired:
        warnings.append(AnswerWarning(WarningKind.REPAIRED_TEXT, "据修复文本:原文件文字有损坏,引文经过修复。"))
    return warnings


_WARNS = {
    RelationKind.NON_STACKING: WarningKind.NON_STACKING,
    RelationKind.HIGHER_OF: WarningKind.NON_STACKING,
    RelationKind.PRECEDENCE: WarningKind.PRECEDENCE,
    RelationKind.DEFERS: WarningKind.PRECEDENCE,
}


def _provisos(quote: Quote, library: Library) -> list[AnswerWarning]:
    """不重复享受 and 以本意见为准, of the clause itself or of those that govern it."""
    governing = [quote.clause, *(library.clause[i] for i in quote.clause.provisos if i in library.clause)]
    return [
        AnswerWarning(_WARNS[relation.kind], f"注意:{_words_around(relation.span, clause)}。")
        for clause in governing
        for relation in clause.relations
        if relation.kind in _WARNS
    ]


def _own_limits(quote: Quote) -> list[Statement]:
    """What the clause itself says against having this together with something else, unless the quote holds it.

    It can change what the asker gets; limits that stand in other clauses are warnings.
    """
    start = quote.clause.span.start
    found = []
    for relation in quote.clause.relations:
        if relation.kind not in (RelationKind.NON_STACKING, RelationKind.HIGHER_OF) or relation.span in quote.span:
            continue
        span = Span(relation.span.start - start, relation.span.end - start)
        rule = quote_of(quote.instrument, quote.clause, span, quote.role)
        found.append(Statement(f"另有规定:{relation.text.strip(' 。;')}", (rule,)))
    return found[:1]


def _words_around(span: Span, clause: Clause) -> str:
    """The bracket or sentence around a place in a clause."""
    start = clause.span.start
    setting = setting_of(fold(clause.text), Span(span.start - start, span.end - start))
    return (setting.bracket or setting.sentence).of(clause.text).strip()


def place_of(text: str, name: str) -> Span:
    """The bracket or sentence around a name."""
    at = max(text.rfind(name), 0)
    return place_of_span(text, Span(at, at + len(name)))


def place_of_span(text: str, span: Span) -> Span:
    """The bracket or sentence around a place in a text."""
    setting = setting_of(text, span)
    if setting.bracket is not None:
        return Span(setting.bracket.start, setting.bracket.end)
    return setting.sentence
