"""The words around a figure: its sentence, its segment, and what it is said of. For folded text."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

from corpus.model import Span

_SENTENCE_STOP = re.compile(r"[。;!?\n]")
_OPENING = "(《“‘〈[【「"
_CLOSING = ")》”’〉]】」"


#: No sentence is longer; where a text has no stops (a table, a list) this much of it is read around a place.
_REACH = 1000


def sentence_of(folded: str, place: Span) -> Span:
    """The sentence or semicolon unit around a place. A stop inside 《》 or “” ends nothing."""
    first, last = max(0, place.start - _REACH), min(len(folded), place.end + _REACH)
    stops = _stops(folded)
    before = bisect_left(stops, place.start) - 1
    behind = bisect_left(stops, place.end)
    start = stops[before] + 1 if before >= 0 else 0
    end = stops[behind] if behind < len(stops) else last
    return Span(max(start, first), min(end, last))


@lru_cache(maxsize=256)
def _stops(folded: str) -> list[int]:
    """Where the sentences of a text end; looked up for every figure in it."""
    return [match.start() for match in _SENTENCE_STOP.finditer(folded)]


#: 、 between two that get different things: 工业企业奖励10万元|、商贸企业奖励6万元.
_EACH = r"(?<=[元%])、(?=[^、,。;:()\d]{2,24}(?:奖励|奖补|补贴|补助|资助|给予|按|最高)[^、,。;:]{0,10}\d)"
_DIVIDER = re.compile(rf"[,:(《“‘〈\[【「)》”’〉\]】」]|{_EACH}")


@lru_cache(maxsize=256)
def segments_of(folded: str, sentence: Span) -> tuple[Span, ...]:
    """The comma segments of a sentence; a comma inside brackets or between digits (1,000) divides nothing.

    A 、 divides where what it lists are whole statements: 工业企业奖励10万元、商贸企业奖励6万元.
    """
    segments = []
    depth = 0
    start = sentence.start
    for match in _DIVIDER.finditer(folded, sentence.start, sentence.end):
        character, i = match[0], match.start()
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and (character in ":、" or not _inside_number(folded, i)):
            segments.append(Span(start, i))
            start = i + 1
    segments.append(Span(start, sentence.end))
    return tuple(segment for segment in segments if len(segment))


def _inside_number(folded: str, i: int) -> bool:
    return folded[i - 1 : i].isdigit() and re.match(r"\d{3}(?!\d)", folded[i + 1 : i + 5]) is not None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a figure stands: its sentence, its comma segment, the bracket around it if any."""

    sentence: Span
    segment: Span
    bracket: Span | None


def setting_of(folded: str, place: Span) -> Setting:
    """The sentence, segment and innermost bracket around a place."""
    sentence = sentence_of(folded, place)
    segment = next((s for s in segments_of(folded, sentence) if place in s), sentence)
    return Setting(sentence, segment, _bracket(folded, sentence, place))


def _bracket(folded: str, sentence: Span, place: Span) -> Span | None:
    opening = folded.rfind("(", sentence.start, place.start)
    if opening < 0 or folded.find(")", opening, place.start) >= 0:
        return None
    closing = folded.find(")", place.end, sentence.end)
    return Span(opening + 1, closing) if closing >= 0 else None


#: The words that a figure is said of stand no farther in front of it.
_SUBJECT_REACH = 160


def subject_of(folded: str, place: Span) -> str:
    """What a figure is said of: the words before it in its segment, else the last segment that has some."""
    sentence = sentence_of(folded, place)
    first = max(sentence.start, place.start - _SUBJECT_REACH)
    bracket = _bracket(folded, Span(first, sentence.end), place)
    if bracket is not None:
        return folded[bracket.start : place.start].strip("(,")
    up_to = [s for s in segments_of(folded, sentence) if s.start <= place.start and s.end > first]
    *before, own = up_to or (Span(place.start, place.start),)
    words = folded[max(own.start, first) : place.start]
    if len(re.sub(r"[\d.、%万亿元和]", "", words)) >= 6:
        return words.strip()
    return (f"{folded[max(before[-1].start, first) : before[-1].end]},{words}" if before else words).strip()
