"""The sentence that answers where no figure, unit or name could be picked out of it.

什么时候、多少、谁 is often answered in words that no fact is read from (每户两天一次, 由村集体组织代耕): what the
clause says is then the answer, whole, if it is as sure to be meant as a figure must be.
"""

from __future__ import annotations

import re

from assistant.answer import CitationRole
from assistant.compose.figures.near_miss import names_another
from assistant.compose.finish import attributed, finish, quote_of
from assistant.compose.prose import sentences
from assistant.compose.prose.next_best import with_beside
from assistant.compose.refusal import lacks_slot
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Kind, Role

#: How likely the sentence must be the right one; and the share of the topic that it must hold itself.
SURE, COVERS = 0.6, 0.5
_NUMBER = r"(?:\d|[一二两三四五六七八九十百千半]+(?=[个次天日周月年倍成档级家人名户只]|小时))"
#: The thing that is asked for how many of (多少发票).
_THING = re.compile(r"多少(?P<thing>(?!钱|元|万|亿|块|资金|奖|补)[\u4e00-\u9fff]{2})")
#: What a sentence must say to answer, by what is asked for.
_SAYS: dict[Asked, re.Pattern[str]] = {
    Asked.MONEY: re.compile(r"\d[\d.,]*[万亿千百]*元|\d[%‰倍折]|免费|全额|减半|据实|兜底|免[收征]"),
    Asked.RATE: re.compile(rf"{_NUMBER}|全额|减半|比例"),
    Asked.COUNT: re.compile(_NUMBER),
    Asked.FIGURE: re.compile(rf"{_NUMBER}|全额|减半|不限"),
    Asked.DATE: re.compile(rf"{_NUMBER}|即日|当[日天]|之日|另行通知|结束|解除"),
    Asked.DURATION: re.compile(rf"{_NUMBER}|长期|解除|结束|之日|当[日天]"),
    Asked.OFFICE: re.compile(r"(?:由|向|报|经)[^,。;]{2,}|负责|牵头|承担|[局委办厅院会]|部门|单位|街道|中心|财政|公司"),
    Asked.PERSON: re.compile(r"(?:由|是|为|任)[^,。;]{2,}|主持|[长记席任员师人]"),
}


#: What a sentence must say besides where an award or a limit is asked for.
_NEEDED = {
    Role.AWARD: re.compile(r"奖|补|资助|给予|发放|贴息|减|免|享受|罚|领|加|颁发|报销|承担"),
    Role.CAP: re.compile(r"最[高多长]|[不未]得?超过|封顶|上限|限额|以内|以下"),
}


def _says(question: Question, words: str) -> bool:
    """Whether some words say what is asked for: a sum, a time, a unit; of a named thing (多少发票) any number."""
    if question.asked is Asked.MONEY and (thing := _THING.search(question.topic)) and thing["thing"] in words:
        return re.search(_NUMBER, words) is not None
    if question.counter and not re.search(rf"[\d一二两三四五六七八九十百千万亿]{question.counter}", words):
        return False
    needed = _NEEDED.get(question.role) if question.role else None
    return (needed is None or needed.search(words) is not None) and _SAYS[question.asked].search(words) is not None


def answer_plainly(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft | None:
    """The best sentence, if it says what is asked for in words and is sure to be meant; else None.

    A question with a figure of its own asks which of several tiers it reaches: that none fits is not for words to say.
    """
    if question.asked not in _SAYS or question.figures:
        return None
    chosen = sentences.choose(topic, question.asked, evidence.ranked, question.topic)
    for best in chosen[:1]:
        scope = fold(best.clause.text) + " ".join(best.clause.headings)
        sure = evidence.confidence(best.clause, best.coverage)
        own = topic.coverage(fold(best.words), *best.clause.headings, best.instrument.title)
        if sure < SURE or own < COVERS or best.instrument.kind is Kind.PRESS or not _says(question, fold(best.words)):
            continue
        if lacks_slot(question, scope) or names_another(question.topic, fold(best.words), scope):
            continue
        quote = quote_of(best.instrument, best.clause, best.span, CitationRole.ANSWERS)
        said = Statement(attributed(best.instrument, as_sentence(best.words)), (quote,))
        return finish(question, with_beside([said], chosen, sure), sure, library)
    return None
