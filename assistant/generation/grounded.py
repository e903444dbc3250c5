"""Words of a model's draft that stand nowhere: not in the clauses, and no plain words to put an answer with.

    segment of a sentence → without what the verification reads (figures, numbers, titles, words on validity)
                          → without what stands in the sources, plain words, lay words of theirs, the asker's own words
                          → what is left is somebody's invention: 次日到账, 国有, 翻倍, 张主任

The verification knows figures and names. A model can also invent in plain words: a condition, a promise, an address, a
telephone number in Chinese numerals, what a question or a document told it to say. What a segment says has to stand in
one sentence of a clause, with a figure in that of the figure: the neighbour's words are an invention there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from assistant.answer import Answer
from assistant.generation.contrary import affirmed, denied, denies
from assistant.orders import ADDRESSED
from assistant.understanding.question import normalise
from assistant.verify.figures import Stated, holds, sort_of, stated_in
from assistant.verify.sentences import sentences_of
from assistant.verify.sources import NO_NAMES, Source, Sources, said_in
from assistant.verify.status import STATUS
from assistant.vocabulary import lexicon, plain
from corpus.facts.phrases import segments_of, sentence_of
from corpus.model import DocumentNumber, Span

_TITLE = re.compile(r"《[^《》]*》")
#: Behind a day: 2025年2月10日前, 2023年底之前.
_UNTIL = re.compile(r"[之以]?前")
#: 元/年 is 每年, 元/人 每人.
_PER = re.compile(r"/([\u4e00-\u9fff])")
#: What a draft demands has to be the clause's demand, even where the asker has heard of it.
_DEMAND = re.compile(r"[须需应必要交缴]")
_UNITS = re.compile(r"[。;\n]")
_PARTS = re.compile(r"[。?!;,\n]")
#: So many characters in a row may be the asker's own words.
_ASKERS = 4


def invented(rephrased: Answer, answer: Answer) -> Iterator[str]:
    """The words in a draft, as it would be answered, that are neither said in a source nor plain.

    ``answer`` is the one in the documents' own words.
    """
    sources = Sources(rephrased, NO_NAMES)
    asked = [part for part in _PARTS.split(normalise(answer.standalone_question)) if not ADDRESSED.search(part)]
    for i, sentence in enumerate(sentences_of(rephrased.text)):
        text = sentence.text
        cited = sources.cited_by(sentence.marks)
        told = _told(answer, cited)
        everywhere = _known([*(source.words for source in cited), told])
        read = _read(text)
        figures = [figure for figure in stated_in(text) if figure.kind != "date"]
        for j, segment in enumerate(_segments(text)):
            words = segment.of(text)
            settled = {place - segment.start for place in read} | _places(words, _plain())
            inside = [figure for figure in figures if figure.span in segment]
            said_there = [_known([*place, told]) for source in cited for place in _places_of(inside, source)]
            yield from min((_left(words, known, settled, asked) for known in said_there or [told]), key=_length)
            # A no at the beginning is held against that of the answer (see kept.py).
            if not (i == j == 0 and denies(answer.text)):
                yield from denied(words, everywhere, settled)
            yield from affirmed(words, everywhere)


def _segments(text: str) -> Iterator[Span]:
    """The comma segments of each unit of a sentence that a semicolon ends."""
    for unit in re.finditer(r"[^;]+", text):
        yield from segments_of(text, Span(unit.start(), unit.end()))


def _told(answer: Answer, cited: Sequence[Source]) -> str:
    """What the answer in the documents' own words says of the same clauses in other words than theirs: 合计, 相差."""
    clauses = {source.citation.clause_id for source in cited}
    marks = {citation.mark for citation in answer.citations if citation.clause_id in clauses}
    words = []
    for sentence in sentences_of(answer.text):
        if not sentence.marks or marks & set(sentence.marks):
            lead, _, quoted = sentence.text.rpartition(":")
            words.append(lead if said_in(cited, quoted.rstrip("。")) else sentence.text)
    return "\n".join(words)


def _known(texts: Iterable[str]) -> str:
    return _PER.sub(r"/\1每\1", re.sub(r"[^\S\n]", "", "\n".join(texts)))


def _places_of(figures: Sequence[Stated], source: Source) -> Iterator[tuple[str, ...]]:
    """What of a clause one segment may say: one sentence of it, how it begins, and its names.

    With figures that is the sentence of one of them, as far as another of its kind: what follows is said of that one.
    """
    text = source.text
    offices = (office.name for office in source.citation.offices)
    names = (source.title, source.label, source.bases, source.citation.city or "", *offices)
    if not figures:
        yield from ((unit, *names) for unit in _UNITS.split(text))
    for stated in source.figures:
        if any(holds(stated.key, figure.key) for figure in figures):
            sentence = sentence_of(text, stated.span)
            later = [segment for segment in segments_of(text, sentence) if segment.start > stated.span.end]
            rivals = [other.span for other in source.figures if sort_of(other) == sort_of(stated)]
            ends = [segment.start for segment in later if any(rival in segment for rival in rivals)]
            opening = _UNITS.split(text[: source.figures[0].span.start])[0]
            yield text[sentence.start : min(ends, default=sentence.end)], opening, *names


def _read(text: str) -> set[int]:
    """The places of what the verification reads: figures, numbers, titles, words on being in force."""
    places = _places(text, _TITLE) | _places(text, STATUS)
    for stated in stated_in(text):
        until = _UNTIL.match(text, stated.span.end) if stated.kind == "date" else None
        places |= set(range(stated.span.start, until.end() if until else stated.span.end))
    for span, _ in DocumentNumber.find(text):
        places |= set(range(span.start, span.end))
    return places


def _left(text: str, known: str, settled: set[int], asked: Sequence[str]) -> list[str]:
    """The words of a segment that nobody said."""
    covered = settled | _said(text, known) | _lay(text, known)
    demands = _DEMAND.search(text) is not None
    left = re.findall(r"\w+", "".join(" " if i in covered else c for i, c in enumerate(text)))
    return [words for words in left if demands or len(words) > _ASKERS or not any(words in part for part in asked)]


def _length(words: Sequence[str]) -> int:
    return sum(map(len, words))


def _said(text: str, known: str) -> set[int]:
    """The places of two and more characters in a row that stand so in the sources."""
    return {
        place
        for at in range(len(text) - 1)
        if " " not in (pair := text[at : at + 2]) and pair in known
        for place in (at, at + 1)
    }


@cache
def _plain() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, plain()), key=len, reverse=True)))


def _places(text: str, words: re.Pattern[str]) -> set[int]:
    return {place for match in words.finditer(text) for place in range(*match.span())}


def _lay(text: str, known: str) -> set[int]:
    """The places of lay words whose official ones stand in the sources."""
    found = [lay for lay, row in lexicon().found_in(text) if any(word in known for word in row.official)]
    return _places(text, re.compile("|".join(map(re.escape, found)))) if found else set()
