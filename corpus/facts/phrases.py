"""The words around a figure: its sentence, its segment, and what it is said of. For folded text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.model import Span

_SENTENCE_STOPS = "。;!?\n"
_OPENING = "(《“‘〈[【「"
_CLOSING = ")》”’〉]】」"


def sentence_of(folded: str, place: Span) -> Span:
    """The sentence or semicolon unit around a place. A stop inside 《》 or “” ends nothing."""
    start = max(folded.rfind(stop, 0, place.start) for stop in _SENTENCE_STOPS) + 1
    ends = [i for stop in _SENTENCE_STOPS if (i := folded.find(stop, place.end)) >= 0]
    return Span(start, min(ends, default=len(folded)))


def segments_of(folded: str, sentence: Span) -> tuple[Span, ...]:
    """The comma segments of a sentence; a comma inside brackets or between digits (1,000) divides nothing."""
    segments = []
    depth = 0
    start = sentence.start
    for i in range(sentence.start, sentence.end):
        character = folded[i]
        if character in _OPENING:
            depth += 1
        elif character in _CLOSING:
            depth = max(0, depth - 1)
        elif depth == 0 and (character == ":" or (character == "," and not _inside_number(folded, i))):
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


def subject_of(folded: str, place: Span) -> str:
    """What a figure is said of: the words before it in its segment, else the last segment that has some."""
    setting = setting_of(folded, place)
    if setting.bracket is not None:
        return folded[setting.bracket.start : place.start].strip("(,")
    own = folded[setting.segment.start : place.start]
    if len(re.sub(r"[\d.、%万亿元和]", "", own)) >= 6:
        return own.strip()
    before = [s for s in segments_of(folded, setting.sentence) if s.end <= setting.segment.start]
    return (before[-1].of(folded) + "," + own if before else own).strip()
