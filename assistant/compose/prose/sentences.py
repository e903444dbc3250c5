"""Choosing the sentence that answers where no figure is asked for.

Words that chose the clause must not choose the sentence again: what its title and headings already say counts
little. A heading is never the answer, nor is a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from assistant.compose.prose.aims import aimed
from assistant.compose.prose.asked_things import heading_fits, lists_asked, points_at
from assistant.compose.prose.limits import limited
from assistant.compose.prose.named import defines, names
from assistant.compose.prose.run_in import heading_in, headings_over, is_heading, provision_ends
from assistant.matching import Topic
from assistant.understanding.asked import Asked
from corpus.facts.offices import without_responsible
from corpus.folding import fold
from corpus.model import Clause, Instrument, Level, Span

_HEADING = re.compile(
    r"(?:[一二三四五六七八九十百]{1,5}、|\([一二三四五六七八九十百]{1,5}\)|\d{1,3}[.、]|第[一二三四五六七八九十百零\d]+条)?[^。,;:\n]{0,40}[。\n]"
)
_ITEM = re.compile(r"(?:\([一二三四五六七八九十百\d]{1,4}\)|——|\d{1,2}[.、]|[一二三四五六七八九十]是)")


#: Up to a full stop, also one typed as a point between Chinese words.
_SENTENCE = re.compile(r"(?:[^。;\n.]|(?<![\u4e00-\u9fff)”])\.|\.(?![\s\u4e00-\u9fff]|$))+[。;.]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a clause; ``span`` is in the clause's text, ``coverage`` the share of the topic in its scope."""

    clause: Clause
    instrument: Instrument
    span: Span
    score: float
    coverage: float

    @property
    def words(self) -> str:
        """The sentence, verbatim."""
        return self.span.of(self.clause.text).strip()


#: Kinds of question that a list answers, and what a sentence that leads one in counts more; the items say the rest.
_LISTED = (Asked.CONDITION, Asked.EXCLUSION, Asked.PROCEDURE, Asked.LIST)
_LEADS, _ITEMS = 0.2, 0.7
#: What a sentence counts that sets a limit on what the question gives a figure of.
_LIMITS = 0.4
#: What the words of a heading in the running text count over its sentences, and what the heading alone loses.
_OVER, _HEADING_ALONE = 0.6, 0.3
#: What stands under a heading that names what is asked for (申报条件) counts more.
_HEADED = 0.2
#: What the rank of the clause counts beside the share of the topic in the sentence.
_STRENGTH = 1.0
#: What a sentence counts that holds a term which the question puts in quotation marks.
_NAMED = 1.0
#: What the topic's share in the whole clause counts beside that in the sentence alone.
_CLAUSE = 0.85


def choose(
    topic: Topic, asked: Asked, ranked: Sequence[tuple[Clause, Instrument, float]], asking: str = ""
) -> tuple[Sentence, ...]:
    """The sentences of some ranked clauses, the best first; ``asking`` is the question as it is asked."""
    found = []
    named = names(asking)
    places, elsewhere = _places(asking, ranked)
    told = _without(topic, places)
    held = [topic.coverage(fold(clause.text), *clause.headings, instrument.title) for clause, instrument, _ in ranked]
    for (clause, instrument, strength), of_clause in zip(ranked, held, strict=True):
        text = fold(clause.text)
        heads = " ".join((*clause.headings, instrument.title))
        near = sqrt(of_clause / max(*held, 1e-9))
        spans = sentences_of(clause)
        for span, over in zip(spans, headings_over(text, spans), strict=True):
            words = span.of(text)
            if words.rstrip().endswith("?") or (clause.level is Level.TAIL and _SIGNED.match(words)):
                continue
            leads = lead_in(clause, span)
            lead = leads.of(text) if leads else ""
            items = _items_of(text, span) if asked in _LISTED else ""
            own = told.best(
                ((1.0, words), (0.9, lead), (_OVER, over), (_ITEMS, items), (0.35, heads)), instrument.title
            )
            cue = _CUE_WEIGHT.get(asked, 0.25) if _fits(asked, words + lead) else 0.0
            cue += _LEADS if items else 0.0
            aim, asks = aimed(asking, words + lead)
            cue += aim + lists_asked(asking, words) + points_at(asking, words)
            figures = limited(asking, words) if asked is Asked.YES_NO else ()
            cue += _LIMITS if figures else 0.0
            cue += _HEADED if any(heading_fits(asking, fold(heading)) for heading in clause.headings[:-1]) else 0.0
            cue *= near  # a sentence of another matter may say what is asked for as well: 提供…材料
            cue += _NAMED if any(name in words or name in heads for name in named) else 0.0
            cue += _NAMED if asked is Asked.DEFINITION and defines(asking, words) else 0.0
            cue -= _ELSEWHERE if instrument.id in elsewhere else 0.0
            cue -= 0.3 if clause.level is Level.TAIL and asked is Asked.PURPOSE else 0.0
            cue -= 0.3 if clause.level is Level.HEAD and asked is not Asked.PURPOSE else 0.0
            cue -= 0.3 if _DEFINES.search(words) and asked in _DONE else 0.0
            cue -= _HEADING_ALONE if is_heading(words) else 0.0
            coverage = max(topic.coverage(words, lead, over, heads), _CLAUSE * of_clause)
            coverage = min(coverage + _met(topic, (*asks, *figures), (text, heads)), 1.0)
            found.append(Sentence(clause, instrument, span, _STRENGTH * strength + own + cue, coverage))
    return tuple(sorted(found, key=lambda sentence: -sentence.score))


def _met(topic: Topic, asks: Sequence[str], scope: tuple[str, str]) -> float:
    """The share of the topic that only asks for what a sentence says: 不够分, of 资金不足时按比例折算.

    So does a figure of the asker's that a sentence sets a limit to: 能贷4年吗, of 不超过3年.
    """
    if not asks:
        return 0.0
    joined = "\n".join(scope)
    only = [t for t in topic.terms if any(_overlaps(pair.strip("\0"), words) for pair in t.pairs for words in asks)]
    return sum(term.weight * (1 - term.found_in(joined)) for term in only) / topic.total


def _overlaps(words: str, asks: str) -> bool:
    return any(words[i : i + 2] in asks for i in range(len(words) - 1))


#: Annexes named and signatures say nothing.
_SIGNED = re.compile(r"\s*(?:附件|抄送|\S{2,24}(?:局|政府|委员会|办公室)(?:\s|$)|[\d〇一二三四五六七八九十]{2,4}年)")
#: What a sentence loses that is of another place than the one that the question names.
_ELSEWHERE = 0.8
_PLACE = re.compile(r"([\u4e00-\u9fff]{2,3}?)(?:经济技术开发区|经济开发区|经开区|高新区|开发区|新区|市|县|区|镇|乡|州)")


def _places(asking: str, ranked: Sequence[tuple[Clause, Instrument, float]]) -> tuple[frozenset[str], frozenset[str]]:
    """The places of documents that the question names, by title or issuer (沅泉县); and the instruments of others."""
    places = {i.id: {m[0] for m in _PLACE.finditer(f"{fold(i.title)} {i.issuer}")} for _, i, _ in ranked}
    asked = frozenset(place for found in places.values() for place in found if place in asking)
    return asked, frozenset(i for i, found in places.items() if asked and found and not found & asked)


def _without(topic: Topic, places: frozenset[str]) -> Topic:
    """The topic less the names of places: they have chosen the document, and any of its sentences may repeat them."""
    kept = tuple(t for t in topic.terms if not any(pair in place for pair in t.pairs for place in places))
    return replace(topic, terms=kept) if kept else topic


def sentences_of(clause: Clause) -> tuple[Span, ...]:
    """The sentences of a clause without its heading and its list of responsible units."""
    text = without_responsible(fold(clause.text))
    start = _heading_end(clause, text)
    spans = [Span(m.start(), m.end()) for m in _SENTENCE.finditer(text[start:])]
    moved = [_without_blanks(text, Span(span.start + start, span.end + start)) for span in spans]
    return tuple(_bracketed(text, [span for span in moved if _says_something(span.of(text).strip(" 。;\n"))]))


def _without_blanks(text: str, span: Span) -> Span:
    """A span without the blanks in front, which may stand for a list of units that belongs to what is before it."""
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end)


def _says_something(words: str) -> bool:
    """Whether words are more than a mark or a list of units (【县文旅局、县财政局】)."""
    return len(words) > 3 and not re.fullmatch(r"【[^【】]*】", words)


def _bracketed(text: str, spans: Sequence[Span]) -> list[Span]:
    """A remark in brackets behind a full stop belongs to the sentence before it."""
    joined: list[Span] = []
    for span in spans:
        remark = text[span.start :].lstrip()
        if joined and remark.startswith("(") and not _ITEM.match(remark):
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined


def _heading_end(clause: Clause, text: str) -> int:
    heading = _HEADING.match(text)
    if heading is None or not clause.headings or heading.end() >= len(text.strip()):
        return 0
    return heading.end() if fold(clause.headings[-1])[:6] in heading[0] else 0


def lead_in(clause: Clause, span: Span) -> Span | None:
    """The line that leads in a list item (有下列情形之一的,不适用本办法); None for what is no item."""
    text = fold(clause.text)
    if not _ITEM.match(span.of(text).lstrip()):
        return None
    colon = text.rfind(":", 0, span.start)
    start = max(text.rfind("\n", 0, colon), text.rfind("。", 0, colon)) + 1
    return Span(start, colon + 1) if colon >= 0 else None


def _items_of(text: str, span: Span) -> str:
    """The items that a sentence leads in; empty where it leads in none."""
    if not span.of(text).rstrip().endswith(":") and not re.search(
        r"(?:下列|以下|如下)[^。;]{0,30}[:。]?\s*$", span.of(text)
    ):
        return ""
    follows = text[span.end :]
    return follows[:400] if _ITEM.match(follows.lstrip()) else ""


_CUES = {
    Asked.DEFINITION: re.compile(r"是指|所称|指的是|(?:以下)?简称|[”\w]\([^()]{4,}\)|[,(]即|包括|分为|分别为"),
    Asked.YES_NO: re.compile(
        r"可以?|允许|不得|不予|禁止|应当?|免|除外|不适用|不重复|视同|支持|鼓励|给予|实行|落实|生效|同意"
    ),
    Asked.CONDITION: re.compile(
        r"下列|以下|符合|具备|满足|条件|必须|须|应当?(?:有|是|为|具)|的,|不适用|不得|不予|除外"
    ),
    Asked.EXCLUSION: re.compile(
        r"(?:下列|以下)[^。;]*不(?!少于)|不适用|不予|不受理|不再|除外|不包括|不含|不享受|不重复"
    ),
    Asked.PROCEDURE: re.compile(
        r"(?:可以?|应当?|须|需|由|自愿)[^。;]{0,30}(?:申请|申报|提出|提交|报送|办理|备案)|(?:申请|申报)(?:材料|表|书|应)|提供[^。;]{0,20}(?:材料|证明)"
    ),
    Asked.LIST: re.compile(r"、[^。]*(?:、|和|等)|下列|包括|以下"),
    Asked.OFFICE: re.compile(r"[局委办厅院部署](?:负责|牵头|备案|受理|会同|、|$)|由[^,。]{2,20}负责|报[^,。]{2,20}"),
}


#: What the words that such an answer holds count; without them a sentence seldom is one.
_CUE_WEIGHT = {Asked.EXCLUSION: 0.8, Asked.PROCEDURE: 0.5}
#: A definition says what something is, not what is done or who is given it.
_DEFINES = re.compile(r"(?:所称|所指|本[办条]法?所).{1,20}是指")
_DONE = (Asked.CONDITION, Asked.EXCLUSION, Asked.PROCEDURE, Asked.LIST)


def _fits(asked: Asked, words: str) -> bool:
    cue = _CUES.get(asked)
    return cue is not None and cue.search(words) is not None


#: What stands before an answer is told with it only where both are short: the answer comes first.
_BACK = 120


def going_on(sentence: Sentence, span: Span, longest: int) -> Span:
    """A span with the sentences of its clause around it, the following ones first, up to so many characters.

    What is asked openly (哪些措施, 如何办理) is seldom said in one sentence: the first says it, the next ones how. A
    sentence that says the same of something else (甲园重点发展…。乙园重点发展…。) ends it.
    """
    text = fold(sentence.clause.text)
    others = [other for other in sentences_of(sentence.clause) if not _HEADS.match(other.of(text).lstrip())]
    start, end = span.start, span.end
    words = sentence.span.of(text)
    stops = provision_ends(text)
    first = next((each.of(text) for each in others if each.start == start), "")
    for other in others:
        if other.start >= end:
            begins = heading_in(other.of(text)) or any(end <= stop <= other.start for stop in stops)
            if begins or other.end - start > longest or says_the_same(words, other.of(text)):
                break
            end = other.end
    for other in reversed(others):
        if other.end <= start:
            begun = heading_in(first) or any(other.end <= stop <= start for stop in stops)
            if begun or end - other.start > _BACK or says_the_same(words, other.of(text)):
                break
            start, first = other.start, other.of(text)
    return Span(start, end)


#: A subject of at most so many characters, and a predicate of at least so many, are compared.
_SUBJECT, _PREDICATE = 8, 4


def says_the_same(words: str, other: str) -> bool:
    """Whether two sentences say the same of two subjects: 甲工业园重点发展…, 乙工业园重点发展…."""
    words, other = words.strip(), other.strip()
    for i in range(2, _SUBJECT):
        said = words[i : i + _PREDICATE]
        at = other.find(said, 2, _SUBJECT + _PREDICATE)
        if (
            len(said) == _PREDICATE
            and at > 0
            and other[:at] != words[:i]
            and not re.search(r"[\d,]", words[: i + _PREDICATE])
        ):
            return True
    return False


#: What begins something else.
_HEADS = re.compile(r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|\(?责任单位|专栏")


def whole_run(sentence: Sentence, span: Span, longest: int) -> Span:
    """A span with what is listed beside it up to the full stops, where that is not too long (出席的有:甲;乙;丙)."""
    text = fold(sentence.clause.text)
    start = max(text.rfind(stop, 0, span.start) + 1 for stop in "。\n")
    after = span.end if text[: span.end].rstrip().endswith(":") else max(span.end - 1, span.start)
    ends = [at for stop in "。\n" if (at := text.find(stop, after)) >= 0]
    end = min(ends, default=len(text))
    own = [s for s in sentences_of(sentence.clause) if s.start >= start]
    start = min((s.start for s in own), default=span.start)
    whole = Span(min(start, span.start), max(end, span.end))
    return whole if len(whole) <= longest else span


def with_list(sentence: Sentence) -> Span:
    """The whole list that a sentence belongs to: its lead-in with all items, where it is a lead-in or an item."""
    text = fold(sentence.clause.text)
    words = sentence.span.of(text)
    if sentence.clause.level is Level.BOX:
        return Span(0, len(text))
    if words.rstrip().endswith(":") or re.search(r"下列|以下", words):
        start = sentence.span.start
    elif _ITEM.match(words.lstrip()):
        colon = text.rfind(":", 0, sentence.span.start)
        if colon < 0:
            return sentence.span
        start = max(text.rfind("\n", 0, colon), text.rfind("。", 0, colon)) + 1
    else:
        return sentence.span
    end = start
    for line in re.finditer(r"[^\n]+", text[start:]):
        if end > start and not _ITEM.match(line[0].lstrip()):
            break
        end = start + line.end()
    return Span(start, max(end, sentence.span.end))
