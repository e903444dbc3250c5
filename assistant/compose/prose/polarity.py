"""Yes or no, where the sentence that is quoted decides it; nothing where it does not.

    能不能分期交 · 可申请暂缓或分期缴纳            可以
    园区外扩建批吗 · 禁止在…园区外新建、扩建         不可以
    收不收租金 · 免费入驻                        不用
    第四回还给贴息吗 · 累计次数不得超过3次           不能
    算不算中小企业 · 视同中小企业                  是

A question that is itself negative (就没份了吗) is never answered so: both words would be misread.
"""

from __future__ import annotations

import re

from assistant.compose.prose.asking import FORBIDDEN, asking_of, frame_of, is_negative
from assistant.compose.prose.case import is_another, is_in_state, negated
from assistant.compose.prose.limits import folded, is_about, misses, misses_count
from assistant.compose.prose.sentences import Sentence, lead_in, sentences_of
from assistant.matching import Topic
from assistant.understanding.question import Question
from corpus.facts.phrases import segments_of
from corpus.folding import fold
from corpus.model import Span

#: What is excepted, in brackets: (总部经济除外). It decides for whoever asks about just that.
_EXCEPTION = re.compile(r"\(([^()]*(?:除外|不含|不包括)[^()]*)\)")
#: What is said of a case that is outside: by the word that grants it.
_OUT = {"有": "不能", "可以": "不能", "是": "不是"}
#: Less of what is asked for in a lead-in and a title is something else.
_SOME = 0.2
#: Less of the topic in a sentence and its headings is no ground for a yes.
_ENOUGH = 0.5


def deciding(question: Question, topic: Topic, sentence: Sentence, span: Span) -> tuple[str, Span]:
    """What the words of a span decide, and which of them do.

    Of a list of conditions the item that the case of the asker fails; of one of exclusions the item that fits best.
    """
    text, told = sentence.clause.text, folded(question.topic)
    items = [item for item in sentences_of(sentence.clause) if item in span]
    lead = lead_in(sentence.clause, sentence.span)
    if lead is not None and re.search(FORBIDDEN, fold(lead.of(text))):
        # Of items that hold the same terms the one in the asker's own words: 已向法院, for who went to 法院.
        beside = [item for item in items if lead_in(sentence.clause, item) == lead] or [sentence.span]
        if not _is_asked_of(asking_of(question.topic), topic, (fold(lead.of(text)), sentence.instrument.title)):
            return "", span
        best = max(beside, key=lambda item: (topic.best(((1.0, fold(item.of(text))),)), _shared(told, item.of(text))))
        return verdict(question, topic, sentence, lead.of(text) + best.of(text)), best
    for item in items if len(items) > 1 else ():
        words = folded(item.of(text))
        if misses(told, words) or is_in_state(told, words):
            return verdict(question, topic, sentence, item.of(text)), item
    if not misses(told, folded(span.of(text))):
        for other in sentences_of(sentence.clause):
            words = folded(other.of(text))
            if other not in span and is_about(told, words) and misses(told, words):
                return verdict(question, topic, sentence, other.of(text)), other
    return verdict(question, topic, sentence, span.of(text)), span


def verdict(question: Question, topic: Topic, sentence: Sentence, words: str) -> str:
    """可以, 不用, 没有 … where the quoted words decide a yes-no question; empty where they do not."""
    asked = asking_of(question.topic)
    frame = frame_of(asked)
    if frame is None or is_negative(asked, frame):
        return ""
    told = folded(question.topic)
    text = folded(words)
    if any(_speaks_of(remark, told) for remark in _EXCEPTION.findall(text)):
        return frame.no
    missed = misses(told, text) or misses_count(told, text)
    text = re.sub(r"\([^()]*\)", lambda remark: remark[0] if _speaks_of(remark[0], told) else "", text)
    if missed:
        # 不足20亩的,不单独供地 forbids what misses its limit: nothing is said of who does not
        forbids = frame.denies.search(text) or negated(asked, text)
        return "" if forbids and not misses_count(told, text) else _OUT.get(frame.yes, "")
    if is_another(told, text):
        return ""
    if question.figures and any(fact.key for fact in sentence.clause.amounts):
        return ""  # which of several tiers a case reaches is not said by a sentence that names them all
    if frame.yes in _OUT and not frame.denies.search(text) and is_in_state(told, text):
        return _OUT[frame.yes]
    if negated(asked, text):
        return frame.no
    granted = _weight(frame.grants, text, topic)
    denied = _weight(frame.denies, text, topic)
    if granted is None and denied is None:
        return ""
    said = frame.yes if denied is None or (granted is not None and granted > denied) else frame.no
    return said if said != frame.yes or _is_of(topic, sentence) else ""


def _is_asked_of(asked: str, topic: Topic, scope: tuple[str, str]) -> bool:
    """Whether what is asked for is what a lead-in speaks of: 能不能申请补偿, and not 能不能打官司, of 不适用本办法."""
    frame = frame_of(asked)
    match = frame.asked.search(asked) if frame else None
    asked = asked[match.start() :] if match else asked
    terms = [t for t in topic.terms if any(p.strip("\0") in asked or asked in p for p in t.pairs)]
    joined = "\n".join(scope)
    return sum(term.found_in(joined) for term in terms) >= _SOME * len(terms)


def _shared(told: str, words: str) -> int:
    return sum(told[i : i + 2] in fold(words) for i in range(len(told) - 1))


def _speaks_of(remark: str, asked: str) -> bool:
    return any(remark[i : i + 3] in asked for i in range(len(remark) - 2))


def _is_of(topic: Topic, sentence: Sentence) -> bool:
    """Whether a sentence, in its clause, speaks of all that has an official name: 个体工商户, not 合伙企业."""
    scope = "\n".join((fold(sentence.clause.text), *sentence.clause.headings, sentence.instrument.title))
    named = all(term.found_in(scope) > 0 for term in topic.terms if term.official)
    return named and topic.coverage(scope) >= _ENOUGH


def _weight(words: re.Pattern[str], text: str, topic: Topic) -> float | None:
    """How much of the topic stands in the part of a sentence that says some words; None where no part does."""
    parts = [span.of(text) for span in segments_of(text, Span(0, len(text)))]
    found = [topic.best(((1.0, part),)) for part in parts if words.search(part)]
    return max(found, default=None)
