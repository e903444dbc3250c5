"""Answers to questions that name a document or an article: exact before similar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answer import AnswerWarning, CitationRole, Status
from assistant.compose import compose
from assistant.compose.documents.document_answer import (
    interpreter_draft,
    issued_draft,
    term_words,
    validity_draft,
    validity_of_rule,
)
from assistant.compose.finish import basis_quotes, source_warnings, validity_warnings
from assistant.compose.prose.aims import sought
from assistant.compose.prose.purpose_answer import purpose_draft
from assistant.compose.status import status_sentence
from assistant.draft import Draft, Quote, Statement
from assistant.matching import NO_TOPIC, topic_of
from assistant.resolve import Place, Reference, first_sentence, places_of
from assistant.retrieve import Evidence, exactly, retrieve
from assistant.understanding.asked import OF_ITSELF, Asked
from assistant.understanding.question import Question, understand
from corpus.facts.validity import validity_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import OUTLINE_LEVELS, Clause, Instrument, Level, Scheme, Span

if TYPE_CHECKING:
    from index.search import Index

#: More provisions than this are not shown side by side: the asker chooses.
_SHOWN = 6
#: A look-up by number answers with the clause verbatim up to this length.
_VERBATIM = 200
_LOOKS_UP = re.compile(r"讲|说|规定|内容|全文|原文|条文|怎么写|是什么|写的?什么|念|看看|查|具体|^$|哪些|有什么")


def answer_reference(reference: Reference, question: Question, index: Index) -> tuple[Draft, Evidence] | None:
    """The draft for a question with a reference; None where its rest must be searched for instead."""
    library = index.library
    nothing = Evidence(())
    if reference.absent and reference.mentioned and not reference.address and not question.asked.is_figure:
        # What another document says of it can be asked: 这份指南涵盖哪些环节.
        return None
    if reference.absent:
        return _absent(reference, library), nothing
    if reference.address:
        places = _in_scope(places_of(reference, library), question, reference)
        if not places:
            return (_no_such_place(reference, library), nothing) if reference.instruments else None
        if len(places) > _SHOWN:
            return _which_document(places), nothing
        named = exactly([(place.clause, place.instrument) for place in places], NO_TOPIC, index)
        return _answer_places(places, reference, question, index), named
    if reference.instruments:
        return _answer_instruments(reference, question, index)
    return None


def _in_scope(places: Sequence[Place], question: Question, reference: Reference) -> list[Place]:
    if reference.instruments or not question.cities:
        return list(places)
    return [place for place in places if place.instrument.city in question.cities]


def _answer_places(places: Sequence[Place], reference: Reference, question: Question, index: Index) -> Draft:
    """The provisions verbatim; where the question asks something of one, the answer from it first."""
    library = index.library
    rest = understand(reference.rest, question.as_of, library.cities)
    if rest.asked not in (Asked.CONTENT, Asked.OTHER) and not _only_looks_up(reference.rest):
        topic = topic_of(rest.topic, index)
        evidence = exactly([(place.clause, place.instrument) for place in places], topic, index)
        if rest.asked is Asked.VALIDITY:
            place = places[0]
            if reference.address[-1][0] in ("last", "tail"):
                return validity_draft(question, place.instrument, library)
            said = first_sentence(place.clause)
            at = max(place.clause.text.find(said), 0)
            return validity_of_rule(question, place.instrument, place.clause, Span(at, at + len(said)), library)
        draft = compose(rest, topic, evidence, library)
        if draft.status is Status.ANSWERED:
            return draft
    return _with_status(places, question, library)


def _only_looks_up(rest: str) -> bool:
    return len(re.sub(r"[?。!,\s的]", "", _LOOKS_UP.sub("", fold(rest)))) < 2


def _with_status(places: Sequence[Place], question: Question, library: Library) -> Draft:
    statements = []
    for place in places:
        clause, instrument = place.clause, place.instrument
        text = clause.text if len(clause.text) <= _VERBATIM else first_sentence(clause)
        lead = f"《{instrument.title}》{clause.path.label}:" if len(places) > 1 else ""
        quote = Quote(instrument, clause, clause.span, CitationRole.ANSWERS)
        statements.append(Statement(lead + re.sub(r"\s*\n\s*", "", text).rstrip("。"), (quote,)))
    said = set()
    for place in places:
        validities = list(place.clause.terms) or [
            validity_of(place.clause.span, place.clause, place.instrument.validity)[0]
        ]
        whole = Quote(place.instrument, place.clause, place.clause.span, CitationRole.ANSWERS)
        for validity in validities:
            sentence = status_sentence(validity, place.instrument, place.clause, question.as_of)
            if sentence not in said:
                said.add(sentence)
                statements.append(Statement(sentence, basis_quotes(validity, whole, library)))
    return Draft(Status.ANSWERED, tuple(statements), _warnings(places, question))


def _warnings(places: Sequence[Place], question: Question) -> tuple[AnswerWarning, ...]:
    found: list[AnswerWarning] = []
    for place in places:
        quote = Quote(place.instrument, place.clause, place.clause.span, CitationRole.ANSWERS)
        validity, _ = validity_of(place.clause.span, place.clause, place.instrument.validity)
        found += [w for w in (*validity_warnings(validity, question), *source_warnings(quote)) if w not in found]
    return tuple(found)


def _answer_instruments(reference: Reference, question: Question, index: Index) -> tuple[Draft, Evidence] | None:
    """A question of some documents: what they are, or an answer searched for in them alone."""
    library = index.library
    rest = understand(reference.rest, question.as_of, library.cities)
    nothing = Evidence(())
    titles = " ".join(instrument.title for instrument in reference.instruments)
    of_document = question.asked is Asked.VALIDITY or _asks_end(question)
    about = topic_of(OF_ITSELF.sub(" ", rest.topic) if of_document else rest.subject, index)
    beyond = sum(term.weight for term in about.terms if term.known and term.found_in(titles) < 1)
    of_itself = beyond <= (_BEYOND * about.total if of_document else 0.0)
    if len(reference.instruments) == 1:
        instrument = reference.instruments[0]
        if of_itself and of_document:
            return validity_draft(question, instrument, library), nothing
        if question.asked is Asked.INTERPRETER:
            return interpreter_draft(question, instrument, library), nothing
        if question.asked is Asked.ISSUED:
            return issued_draft(instrument, library), nothing
        if question.asked is Asked.PURPOSE and (why := purpose_draft(question, instrument, library)) is not None:
            return why, nothing
    elif of_itself and (of_document or question.asked is Asked.INTERPRETER):
        return _each(reference.instruments, question, library), nothing
    if _only_looks_up(reference.rest):
        return _summary(reference.instruments, question, library), nothing
    topic = topic_of(rest.subject, index, sought(rest))
    evidence = retrieve(topic, index, [i.id for i in reference.instruments])
    draft = compose(rest, topic, evidence, library)
    if of_document and draft.status in (Status.NOT_FOUND, Status.CLARIFY):
        # What else is told (今天再去申请) is no rule of the document.
        one = len(reference.instruments) == 1
        return (
            validity_draft(question, reference.instruments[0], library)
            if one
            else _each(reference.instruments, question, library)
        ), nothing
    if reference.by_words and draft.status is Status.NOT_FOUND:
        return None
    return draft, evidence


#: So much of a question of a document's term may stand outside its title, as a share: seams between its words.
_BEYOND = 0.2


def _asks_end(question: Question) -> bool:
    """Whether the last day of a document is asked for: 《…》截止日期是哪天."""
    topic = question.topic
    return (
        question.asked is Asked.DATE
        and bool(re.search("截止|结束|到期", topic))
        and not re.search("申|报|领|交", topic)
    )


def _each(instruments: Sequence[Instrument], question: Question, library: Library) -> Draft:
    """The same question answered for each instrument of a bundle; an answer that several share is given once."""
    ask = interpreter_draft if question.asked is Asked.INTERPRETER else validity_draft
    drafts = [ask(question, instrument, library) for instrument in instruments[:_SHOWN]]
    if ask is validity_draft and len(drafts) > 1:
        return _terms_together(instruments[:_SHOWN], drafts, question)
    statements = tuple(draft.statements[0] for draft in drafts)
    warnings = tuple(dict.fromkeys(warning for draft in drafts for warning in draft.warnings))
    answered = any(draft.status is Status.ANSWERED for draft in drafts)
    return Draft(Status.ANSWERED if answered else Status.NOT_FOUND, statements, warnings)


def _terms_together(instruments: Sequence[Instrument], drafts: Sequence[Draft], question: Question) -> Draft:
    """The terms of several documents: those with the same days in one sentence."""
    groups: dict[str, tuple[list[str], list[Quote]]] = {}
    for instrument, draft in zip(instruments, drafts, strict=True):
        titles, quotes = groups.setdefault(term_words(instrument.validity, question), ([], []))
        titles.append(f"《{instrument.title}》")
        quotes += draft.statements[0].quotes
    statements = tuple(Statement("".join(titles) + term, tuple(quotes)) for term, (titles, quotes) in groups.items())
    warnings = tuple(dict.fromkeys(warning for draft in drafts for warning in draft.warnings))
    answered = any(draft.status is Status.ANSWERED for draft in drafts)
    return Draft(Status.ANSWERED if answered else Status.NOT_FOUND, statements, warnings)


def _summary(instruments: Sequence[Instrument], question: Question, library: Library) -> Draft:
    """What a document is about: its title and its first-level headings."""
    statements = []
    for instrument in instruments[:_SHOWN]:
        clauses = outline_of(instrument, library)
        head = next(library.of_instrument(instrument.id))
        heads = [p for p in instrument.walk() if p.level in (Level.OUTLINE_1, Level.CHAPTER) and p.heading]
        names = ";".join(f"{p.label}{p.heading}" if p.level is Level.OUTLINE_1 else p.heading for p in heads)
        quotes = tuple(Quote(instrument, c, c.span, CitationRole.ANSWERS) for c in (clauses or [head])[:1])
        statements.append(Statement(f"《{instrument.title}》:{names}" if names else f"《{instrument.title}》", quotes))
        sentence = status_sentence(instrument.validity, instrument, head, question.as_of)
        whole = Quote(instrument, head, head.span, CitationRole.ANSWERS)
        statements.append(Statement(sentence, basis_quotes(instrument.validity, whole, library)))
    return Draft(Status.ANSWERED, tuple(statements))


def outline_of(instrument: Instrument, library: Library) -> list[Clause]:
    """The clauses that a document's number alone looks up: all but its opening."""
    levels = (
        {Level.ARTICLE}
        if instrument.scheme is Scheme.STATUTE
        else {*OUTLINE_LEVELS, Level.PARAGRAPH, Level.TURN, Level.ORDINAL}
    )
    return [clause for clause in library.of_instrument(instrument.id) if clause.level in levels]


def _absent(reference: Reference, library: Library) -> Draft:
    numbers = "、".join(dict.fromkeys(str(i.number) for i in library.instruments if i.number))
    known = "可以先查看文件清单" if numbers else "库中的文件都没有文号"
    return Draft(Status.NOT_FOUND, (Statement(f"库中没有{reference.absent}这份文件,无法回答其中的规定;{known}"),))


def _no_such_place(reference: Reference, library: Library) -> Draft:
    instrument = reference.instruments[0]
    head = next(library.of_instrument(instrument.id))
    text = f"《{instrument.title}》里没有您说的这一条,请核对条款的编号"
    return Draft(Status.NOT_FOUND, (Statement(text, (Quote(instrument, head, head.span, CitationRole.NEAREST),)),))


def _which_document(places: Sequence[Place]) -> Draft:
    titles = list(dict.fromkeys(f"《{place.instrument.title}》" for place in places))
    shown = "、".join(titles[:_SHOWN])
    return Draft(
        Status.CLARIFY,
        (Statement(f"好几份文件都有这一条,请问您要查的是哪一份:{shown}{'等' if len(titles) > _SHOWN else ''}?"),),
    )
