"""Where the line breaks of a text were that came as one line, every heading in mid-line.

Sound because Chinese is written without blanks: a blank behind a full stop, or several blanks in a row, are what
is left of a line break. A numbered mark begins a line where it stands behind a stop or a blank and goes on with
the numbering (第二条 behind 第一条, 二、 behind 一、); a reference in mid-sentence does neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.numerals import HAN_NUMERAL, number_of

#: A line that holds more than this share of its text, and is longer than any heading, has swallowed the others.
_SHARE = 0.6
_LONG = 200

_BLANKS = re.compile(r"(?<=[。;!?:”])[^\S\n]+(?=\S)|[^\S\n]{2,}|(?=#{1,6} )")
_STOPS = frozenset("。;!?:”) \t")
#: Behind these a number is a reference (本法第二条, 第三条和第四条).
_REFERS = re.compile(r"(?:[本照据按及和与、至的在》〉“〈《(第]|违反|符合)$")
#: The styles that number a text, from the top; a number in one begins those below anew. 编 章 节 and 条 run through.
_MARK = re.compile(
    rf"第(?P<h0>{HAN_NUMERAL}{{1,5}})(?:分编|编)\s"
    rf"|第(?P<h1>{HAN_NUMERAL}{{1,5}})章\s"
    rf"|第(?P<h2>{HAN_NUMERAL}{{1,5}})节\s"
    rf"|第(?P<h3>{HAN_NUMERAL}{{1,9}})条(?:之(?P<after>{HAN_NUMERAL}{{1,3}}))?\s"
    rf"|(?P<h4>{HAN_NUMERAL}{{1,3}})、"
    rf"|\((?P<h5>{HAN_NUMERAL}{{1,3}})\)"
    r"|(?<![\d.])(?P<h6>\d{1,2})[、.](?!\d)"
    r"|\((?P<h7>\d{1,2})\)"
)
_ARTICLE = 3
_LEVELS = 8
#: A number that the text skips over (an article that was repealed).
_MAY_SKIP = 2
#: A heading that no stop ends is over at the first blank behind its mark.
_HEADING = re.compile(r"\s?[^\s。;!?:]{2,60}(?=\s)")


def lost_its_breaks(line: str, text: str) -> bool:
    """Whether one line holds most of a text."""
    return len(line) > _LONG and len(line) > _SHARE * len(text) and len(line.strip()) > _LONG


def lost_breaks(folded: str) -> list[int]:
    """The offsets in a folded line where lines begin that lost their breaks, in order."""
    cuts = {match.end() for match in _BLANKS.finditer(folded)} | _in_front(folded)
    for found in _numbered(folded, cuts):
        cuts.add(found.start)
        if found.level != _ARTICLE and (heading := _HEADING.match(folded, found.end)):
            cuts.add(heading.end())
    return sorted(cuts - {0, len(folded)})


_OPENING = re.compile(r"[(《“〈【][^)》”〉】]*$")


def _in_front(folded: str) -> set[int]:
    """The blanks before the first sentence, outside of brackets: they part the title, the number, the addressees."""
    first = re.search(r"。|第一[章条]|[一1]、", folded)
    front = folded[: min(first.start() if first else 0, 2 * _LONG)]
    blanks = re.finditer(r"(?<=[^\s日]{4})[^\S\n]+(?=\S{2})", front)
    return {match.end() for match in blanks if not _OPENING.search(front, 0, match.start())}


@dataclass(frozen=True, slots=True)
class _Found:
    level: int
    start: int
    end: int


def _numbered(folded: str, cuts: set[int]) -> Iterator[_Found]:
    """The marks that go on with the numbering."""
    reached, last = [0] * _LEVELS, [0] * _LEVELS
    for match in _MARK.finditer(folded):
        level = next(i for i in range(_LEVELS) if match[f"h{i}"])
        try:
            number = number_of(match[f"h{level}"])
        except ValueError:
            continue
        start = match.start()
        before = folded[start - 1] if start else " "
        refers = _REFERS.search(folded, max(0, start - 2), start) is not None
        if level <= _ARTICLE:
            goes_on = not refers and _follows(number, reached[level], first_may_be_any=level == _ARTICLE)
        else:
            # (五) under 三、 may go on from (四) under 二、.
            goes_on = (before in _STOPS or start in cuts) and number in (1, reached[level] + 1, last[level] + 1)
        if match["after"]:
            goes_on = before in _STOPS and number == reached[level]
        if goes_on:
            reached[level] = last[level] = number
            reached[level + 1 :] = [n if i == _ARTICLE else 0 for i, n in enumerate(reached[level + 1 :], level + 1)]
            yield _Found(level, start, match.end())


def _follows(number: int, reached: int, *, first_may_be_any: bool) -> bool:
    if reached == 0 and first_may_be_any:
        return True
    return number == 1 or reached < number <= reached + _MAY_SKIP
