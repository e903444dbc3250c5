"""What the answer in the documents' own words says and a model's draft must not lose.

the figures that it leads with, the clauses it rests on, yes or no, the conditions of what is given, what sort of
document says it
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from assistant.answer import Answer, Citation
from assistant.generation.contrary import is_turned
from assistant.present import plain
from assistant.understanding.question import Question, normalise
from assistant.verify import says_status
from assistant.verify.attribution import QUALIFIERS
from assistant.verify.figures import Stated, holds, pairs_of, stated_in
from assistant.verify.sentences import Sentence, one_spelling, sentences_of
from assistant.vocabulary import lexicon
from corpus.model import Role

#: 4万元: or 【天门市】1%以下: in front of the words that say it.
_LEAD = re.compile(r"^(?:【(?P<city>[^【】]{1,20})】)?(?P<lead>[^:。,;(]{1,60})(?:\([^()。]{2,120}\))?:(?=\S)")
_NOTE = re.compile(r"\(((?:据|载于)[^()]{2,30})\)")
_SEGMENTS = re.compile(r"[,;:]|(?<=的)(?=对)|(?=且)")
_CONDITION = re.compile(r"的$|^(?:且|在|经|自|从|当|凡|符合|具备|对)|[满须]|前提")
_LIMIT = re.compile(r"^(?:但|最高|最多|累计|除)|除外|不包括|不含|不(?:得)?超过|封顶|为限(?!额)")
#: Of several that a condition lists one is enough: whoever asks is one of them.
_LISTED = re.compile(r"[、和或及]")
#: A condition is said again where so many of its pairs of characters are, or this part of them.
_PAIRS, _PART = 2, 0.15


def notes(answer: Answer, draft: str, citations: Sequence[Citation]) -> Iterator[str]:
    """What an answer says of the sort of document that it rests on, and a draft of it does not.

    据新闻发布会发言,不是规范性文件 [2], with the draft's mark of the clause.
    """
    said = pairs_of(one_spelling(draft))
    marks = {citation.clause_id: citation.mark for citation in citations}
    clauses = {citation.mark: citation.clause_id for citation in answer.citations}
    for sentence in sentences_of(answer.text):
        used = [marks[clause] for mark in sentence.marks if (clause := clauses[mark]) in marks]
        for note in _NOTE.findall(sentence.text):
            pairs = pairs_of(note)
            if used and len(pairs & said) < len(pairs) / 2:
                said |= pairs
                yield f"{note} [{used[0]}]。"


def lost(draft: str, marks: Collection[int], answer: Answer, question: Question) -> Iterator[str]:
    """What of an answer a draft of it leaves out, in the words of the answer; ``marks`` are those that it uses."""
    told = [each for each in sentences_of(answer.text) if not says_status(each.text)]
    said = list(sentences_of(draft))
    if not told or not said:
        return
    if is_turned(said[0].text, told[0].text):
        yield told[0].text
    text = one_spelling(plain(draft))
    figures = stated_in(text)
    for sentence in told:
        uncited = sentence.marks and not set(marks) & set(sentence.marks)
        asked = question.asked.is_figure and sentence is told[0]
        if uncited or not _has_lead(sentence, text, figures, asked=asked):
            yield sentence.text
    if question.asked.is_figure and question.role is not Role.THRESHOLD:
        yield from _conditions(told[0], text, _asked(answer))


def _asked(answer: Answer) -> str:
    """The question, and what its lay words are called in documents."""
    question = one_spelling(normalise(answer.standalone_question))
    official = (word for _, row in lexicon().found_in(question) for word in row.official)
    return "\n".join([question, *official])


def _has_lead(told: Sentence, text: str, figures: Sequence[Stated], *, asked: bool) -> bool:
    """Whether a text has the figures and the city that a sentence leads with; without a lead the first figure."""
    lead = _LEAD.match(told.text)
    if lead is None:
        wanted = stated_in(told.text)[:1] if asked else ()
    else:
        wanted = stated_in(lead["lead"])
        if lead["city"] and lead["city"].removesuffix("市") not in text:
            return False
    return all(any(_is_kept(stated, figure) for figure in figures) for stated in wanted)


def _is_kept(told: Stated, said: Stated) -> bool:
    """Whether a figure is said again, and as no more than a limit where it is one."""
    return holds(told.key, said.key) and (not told.limits or said.limits or said.key[1] != said.key[2])


def _conditions(told: Sentence, text: str, asked: str) -> Iterator[str]:
    """The conditions before the figure that a sentence leads with, and the limits behind it, that are not said again.

    Whom it is for may also have been said by the asker; a figure, and that it counts once or in all, may not.
    """
    lead = _LEAD.match(told.text)
    if lead is None:
        return
    values = [stated.key for stated in stated_in(lead["lead"])]
    given = False
    for segment in filter(None, _SEGMENTS.split(_NOTE.sub("", told.text[lead.end() :]))):
        own = [stated for stated in stated_in(segment) if any(holds(stated.key, value) for value in values)]
        if given:
            words = segment if _LIMIT.search(segment) else ""
        elif own:
            given = True
            words = segment[: segment.rfind("的", 0, own[0].span.start) + 1]
        else:
            words = segment if _CONDITION.search(segment) else ""
        counts = any(word in words and not variants.search(text) for word, variants in QUALIFIERS)
        if words and (counts or not _is_said(words, text, asked)):
            yield segment.strip("。")


def _is_said(words: str, text: str, asked: str) -> bool:
    """Whether a condition is said: a figure of it, else enough of the words of one of those that it lists."""
    if inside := stated_in(words):
        return any(holds(stated.key, other.key) for stated in inside for other in stated_in(text))
    known = pairs_of(f"{text}\n{asked}")
    listed = [pairs for member in _LISTED.split(words) if (pairs := pairs_of(member))]
    return not listed or any(len(pairs & known) >= min(_PAIRS, _PART * len(pairs)) for pairs in listed)
