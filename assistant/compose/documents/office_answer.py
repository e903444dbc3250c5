"""Who is responsible: the units that the clause on the topic names, else the sentence that names one."""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import CitationRole, Status
from assistant.compose.documents.document_answer import interpreter_draft
from assistant.compose.finish import finish, place_of, quote_of
from assistant.compose.prose import sentences
from assistant.compose.prose.plainly import answer_plainly
from assistant.compose.prose.run_in import provision_ends
from assistant.compose.prose.sentence_answer import answer_with_sentence
from assistant.compose.prose.sentences import Sentence
from assistant.compose.refusal import REFUSE_BELOW, refuse
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Quote, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Office, OfficeRole

_ANSWERABLE = (OfficeRole.LEADS, OfficeRole.RESPONSIBLE)


def answer_with_office(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The unit that the clause on the topic names; else the sentence that names one."""
    chosen = sentences.choose(topic, question.asked, evidence.ranked, question.topic)
    if not chosen:
        return refuse(question, topic, evidence)
    best = chosen[0]
    sure = evidence.confidence(best.clause, best.coverage)
    if sure < REFUSE_BELOW:
        return refuse(question, topic, evidence)
    if _does(question, best):
        quote = quote_of(best.instrument, best.clause, best.span, CitationRole.ANSWERS)
        return finish(question, [Statement(as_sentence(best.words), (quote,))], sure, library)
    for sentence in chosen[:6]:
        own = _of_provision(sentence)
        offices = [o for o in own if o.listed and o.role in _ANSWERABLE]
        if offices and sentence.coverage >= 0.8 * best.coverage:
            names = "、".join(dict.fromkeys(office.name for office in offices))
            shared = [o.name for o in own if o.role is OfficeRole.SHARED]
            also = f";另由{'、'.join(shared)}具体落实" if shared and not question.topic.startswith("牵头") else ""
            place = place_of(fold(sentence.clause.text), offices[0].name)
            statement = Statement(
                f"责任单位:{names}{also}",
                (
                    quote_of(sentence.instrument, sentence.clause, place, CitationRole.ANSWERS),
                    *_shared_quote(sentence, library),
                ),
            )
            return finish(question, [statement], sure, library)
    if _NAMES_OFFICE.search(fold(best.words)):
        return answer_with_sentence(question, topic, evidence, library)
    draft = interpreter_draft(question, best.instrument, library)
    plain = answer_plainly(question, topic, evidence, library)
    if plain is not None and (draft.status is not Status.ANSWERED or _NAMES_OFFICE.search(plain.statements[0].text)):
        return plain
    if draft.status is not Status.ANSWERED:
        return refuse(question, topic, evidence)
    said, *others = draft.statements
    said = replace(said, text=f"文件没有写明由哪个部门办理;{said.text},可向其咨询")
    return replace(draft, statements=(said, *others))


def _of_provision(sentence: Sentence) -> tuple[Office, ...]:
    """The units that a clause names for a sentence: of several lists in it, those of the first behind the sentence."""
    ends = provision_ends(fold(sentence.clause.text))
    if len(ends) < 2:
        return sentence.clause.offices
    start = max((end for end in ends if end <= sentence.span.start), default=0)
    stop = next((end for end in ends if end >= sentence.span.end), len(sentence.clause.text))
    at = sentence.clause.span.start
    own = tuple(o for o in sentence.clause.offices if o.span and start <= o.span.start - at < stop)
    return own or sentence.clause.offices


#: A unit that a sentence names: 市商务局, 领导小组办公室, 经办银行.
_NAMES_OFFICE = re.compile(
    r"[\u4e00-\u9fff](?:局|委|厅|院|办公室|部门|单位|机关|银行|机构|管委会|中心|(?<![总全内外干本])部(?![分署经]))"
)
#: What a unit does in a procedure: a sentence that says it (报市财政局备案) answers better than the list of units.
_ACTS = re.compile(r"备案|审核|受理|申请|监督|会商|牵头|统筹|督促|督办|调度|通报|评审|核查|验收")
_BY_OR_TO = re.compile(rf"(?:由|向|报|经)[^,。]{{0,40}}?{_NAMES_OFFICE.pattern}")


def _does(question: Question, sentence: Sentence) -> bool:
    """Whether a sentence says by or to whom the act is done that a question asks about."""
    words = fold(sentence.words)
    acts = _ACTS.findall(question.topic)
    return "责任单位" not in question.topic and any(a in words for a in acts) and bool(_BY_OR_TO.search(words))


def _shared_quote(sentence: Sentence, library: Library) -> tuple[Quote, ...]:
    shared = next((o for o in sentence.clause.offices if o.role is OfficeRole.SHARED), None)
    if shared is None or shared.clause_id == sentence.clause.id or shared.clause_id not in library.clause:
        return ()
    clause = library.clause[shared.clause_id]
    place = place_of(fold(clause.text), shared.name)
    return (quote_of(sentence.instrument, clause, place, CitationRole.SUPPORTS),)
