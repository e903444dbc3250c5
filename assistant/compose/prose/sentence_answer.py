"""A sentence as an answer: yes or no where it says so plainly, lists whole."""

from __future__ import annotations

import re

from assistant.answer import CitationRole
from assistant.compose.figures.near_miss import names_another
from assistant.compose.finish import CLOSEST_BELOW, attributed, finish, quote_of
from assistant.compose.prose import sentences
from assistant.compose.prose.benefit_list import benefit_statements
from assistant.compose.prose.led_in import led_in
from assistant.compose.prose.limits import is_about
from assistant.compose.prose.listing import listed_with, statements_of
from assistant.compose.prose.named import defines, names, with_named
from assistant.compose.prose.next_best import with_beside
from assistant.compose.prose.polarity import deciding
from assistant.compose.prose.precedence import answer_on_precedence
from assistant.compose.prose.sentences import Sentence
from assistant.compose.prose.stacking import answer_together, asks_together
from assistant.compose.refusal import ABOUT_BELOW, REFUSE_BELOW, lacks_service, refuse
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Span

#: So many characters an answer to an open question may take, and one to any other that no figure answers.
_OPENLY, _PLAINLY = 300, 120
#: Words of a question that wants to be told, not to be given one thing.
_OPEN = re.compile(
    r"哪些|那些|哪几|几[种类样]|还有谁|都有谁|如何|怎么|怎样|咋|有何|何种|什么样?的?(?:措施|政策|规定|要求|内容|条件|方式|办法|标准|流程|程序|支持|优惠|帮助|调整|安排|服务|举措|待遇|情况|影响)|"
    r"(?:措施|政策|规定|要求|内容|条件|流程|程序)(?:是什么|有什么|是啥|有啥|包括什么|包括)|为什么|介绍|讲|说"
)
#: Kinds of question that a whole list answers, not the one item that fits best.
_WHOLE_LISTS = (Asked.CONDITION, Asked.EXCLUSION, Asked.PROCEDURE, Asked.LIST, Asked.CONTENT, Asked.YES_NO, Asked.OTHER)
#: Kinds of question that the sentence answers which holds the very term that is asked about (“二十强”).
_TOLD = (Asked.DEFINITION, Asked.LIST, Asked.CONTENT, Asked.OTHER)


#: What a sentence that says hardly anything of the question is worth at most.
_HARDLY = 0.7
#: Less likely right than this, no clause is under the rule that keeps two things from being had together: such a rule
#: is said in few words and shares few with a question.
_TOGETHER_BELOW = 0.2


def answer_with_sentence(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The sentence, or the whole list, that says what is asked; else a refusal."""
    if (precedes := answer_on_precedence(question, topic, evidence, library)) is not None:
        return finish(question, [precedes], CLOSEST_BELOW, library)
    evidence = with_named(question, evidence, library)
    chosen = [
        s
        for s in sentences.choose(topic, question.asked, evidence.ranked, question.topic)
        if not lacks_service(question, fold(s.clause.text) + " ".join(s.clause.headings))
        and not names_another(question.topic, _scope(s), fold(s.clause.text))
    ]
    if not chosen:
        return refuse(question, topic, evidence)
    best = chosen[0]
    # A term that is named is found by the letter: no evidence is needed that its sentence is meant.
    by_name = question.asked in _TOLD and any(name in fold(best.words) for name in names(question.topic))
    by_name = by_name or (question.asked is Asked.DEFINITION and defines(question.topic, fold(best.words)))
    sure = 1.0 if by_name else _confidence(evidence, best)
    if sure >= REFUSE_BELOW and question.asked is Asked.YES_NO and is_about(question.topic, fold(best.words)):
        sure = max(sure, CLOSEST_BELOW)
    if asks_together(question) and sure >= _TOGETHER_BELOW:
        rule = answer_together(topic, chosen, library)
        if rule is not None:
            return finish(question, [rule], max(sure, CLOSEST_BELOW), library, limits=False)
    # Whoever tells a figure of his own is not helped by a clause that only sounds alike.
    told = question.asked is Asked.YES_NO and re.search(r"\d[万亿]", question.topic) is not None
    if (
        sure < REFUSE_BELOW
        or (told and sure < _WITH_FIGURES)
        or (_lacks_benefit(question, topic, best) and not by_name)
    ):
        return refuse(question, topic, evidence)
    given, fit = benefit_statements(question, topic, evidence, best.clause, library)
    if given:
        return finish(question, given, max(sure, fit), library)
    if (listed := listed_with(question, chosen, library)) is not None:
        return finish(question, statements_of(*listed), sure, library)
    if question.asked in _WHOLE_LISTS and (lead := led_in(best, library)) is not None:
        return finish(question, [lead], sure, library)
    statement, decided = _statement(question, topic, best, sure)
    return finish(question, with_beside([statement], chosen, sure, decided=decided), sure, library)


def _scope(sentence: Sentence) -> str:
    return " ".join((fold(sentence.words), *sentence.clause.headings))


def _confidence(evidence: Evidence, best: Sentence) -> float:
    """How likely the best sentence answers; one that says hardly anything of the question is only the closest.

    Words that are searched for besides those of the question bring such a one to the top.
    """
    sure = evidence.confidence(best.clause, best.coverage)
    return sure if best.coverage >= ABOUT_BELOW else min(sure, _HARDLY)


def _statement(question: Question, topic: Topic, best: Sentence, sure: float) -> tuple[Statement, bool]:
    """The sentence with its list, or alone behind the yes or no that it decides, and whether it decides one."""
    span = sentences.with_list(best) if question.asked in _WHOLE_LISTS else best.span
    if question.asked is Asked.LIST:
        span = sentences.whole_run(best, span, _OPENLY)
    if question.asked is Asked.YES_NO and sure >= CLOSEST_BELOW:
        said, deciding_span = deciding(question, topic, best, span)
        if said:
            return _decided(best, said, deciding_span), True
    openly = question.asked is not Asked.YES_NO and _OPEN.search(question.topic)
    span = sentences.going_on(best, span, _OPENLY if openly else _PLAINLY)
    statement = Statement(
        attributed(best.instrument, as_sentence(span.of(best.clause.text))),
        (quote_of(best.instrument, best.clause, span, CitationRole.ANSWERS),),
    )
    return statement, False


def _decided(best: Sentence, said: str, span: Span) -> Statement:
    """The yes or no with the words that decide it, and what leads these in where they are an item of a list."""
    lead = sentences.lead_in(best.clause, span)
    words = as_sentence(span.of(best.clause.text))
    if lead is not None:
        words = f"{as_sentence(lead.of(best.clause.text)).rstrip(':：')}——{words}"
        span = Span(lead.start, span.end)
    return Statement(
        attributed(best.instrument, f"{said}:{words}"),
        (quote_of(best.instrument, best.clause, span, CitationRole.ANSWERS),),
    )


#: How sure an answer to yes or no must be of its clause where the question states figures.
_WITH_FIGURES = 0.5

_BENEFIT = re.compile(
    r"(?:有没有|有无|有不有|给不给|补不补|有)(?:什么|啥)?(?P<what>[\u4e00-\u9fff]{2,6}?)(?:方面)?的?(?:补贴|补助|奖励|优惠|减免|资助|奖补)|"
    r"(?P<first>[\u4e00-\u9fff]{2,6}?)(?:有没有|有无|有不有|给不给|有)(?:什么|啥)?(?:补贴|补助|奖励|优惠|减免|资助|奖补)"
)


def _lacks_benefit(question: Question, topic: Topic, sentence: Sentence) -> bool:
    """Whether a sentence gives something, but not what is asked about (有没有装修补贴, and an award for shops)."""
    asked = _BENEFIT.search(question.topic)
    if asked is None:
        return False
    scope = fold(sentence.clause.text) + " ".join(sentence.clause.headings)
    what = asked["what"] or asked["first"]
    of_it = [t for t in topic.terms if any(pair.strip("\0") in what for pair in t.pairs)]
    return bool(of_it) and all(term.found_in(scope) == 0 for term in of_it)
