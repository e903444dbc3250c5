"""Where the line breaks of a text were that lost them: all of them, or those within a page, a chapter, a paragraph.

Sound because Chinese is written without blanks: a blank behind a full stop, or several blanks in a row, are what
is left of a line break. A mark in mid-line begins a line where it goes on with the numbering
(:mod:`corpus.structure.numbering`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.dates import FULL_DATE
from corpus.numerals import HAN_NUMERAL
from corpus.structure.numbering import (
    ARTICLE,
    BARE,
    LONGEST_GROUP_HEADING,
    LONGEST_HEADING,
    OUTLINE,
    SIGNS,
    Found,
    Numbering,
    is_heading,
)

#: A line that holds more than this share of its text, and is longer than any heading, has swallowed the others.
_SHARE = 0.6
_LONG = 200
#: What a line must hold in its midst to have lost a break: a mark behind a stop, or an article behind a heading.
_MAY_HOLD = re.compile(
    r"[。;:!?”)](?:[ \t]*第|[ \t]*\(|[ \t]*[一二三四五六七八九十]{1,3}、|[ \t]*\d{1,2}[、.](?!\d)|[②-⑳])"
    r"|第一(?:分编|[编章])[ \t]"
)
_HEADED = re.compile(
    rf"[#*\s]{{0,8}}(?:第{HAN_NUMERAL}{{1,5}}(?:分编|编|章|节)[ \t]|{HAN_NUMERAL}{{1,3}}、)"
    rf"[^。;:!?]{{1,{LONGEST_GROUP_HEADING}}}第{HAN_NUMERAL}{{1,9}}[条章节]"
)
_ENDS = frozenset("。;!?:”")
#: A heading that ends a line, its text on the next.
_HEADS_ON = re.compile(r"[^。;:!?,]{2,40}")
#: A heading that no stop ends is over at the first blank behind its mark.
_HEADING = re.compile(r"\s?[^\s。;!?:]{2,60}(?=\s)")
#: Parts that many numbered statutes do not number, between the end of an article and the next one.
_UNNUMBERED = re.compile(r"(?<=[。”])\s*[总附]\s{0,8}则\s*$")

_BLANKS = re.compile(
    r"(?<=[。;!?:”])[^\S\n]+(?=\S)|[^\S\n]{2,}|(?<=[\s。])(?=#{1,6} )|(?<=[。;:])(?=——)"
    r"|(?<=[\s日])(?=抄送[:单]|\((?:此件|信息公开|联系))|(?<=(?:发布|公开)\))[^\S\n]+"
)
#: 附件 behind a stop, or 附件 2 with its title behind a blank.
_ANNEX = re.compile(r"(?<=[。”\s])附\s?[件表录图]\s?(?:\d{1,2}|[一二三四五六七八九十]{1,2})?(?::|(?P<blank>\s+))")
_OFFICE = r"[\u4e00-\u9fff]{2,30}(?:政府|局|委|部|厅|署|院|会|组|室|办|中心|公司|集团|银行)(?:\([\u4e00-\u9fff]{2}\))?"
#: The offices that sign (the name of the first may be broken by a blank), their date, and the blanks behind it:
#: …。 某市财政局 2024年3月1日 抄送:…
_SIGNATURE = re.compile(
    rf"(?<=[\s。;!])(?:(?<=[\s。;!]\s)[\u4e00-\u9fff]{{6,30}}[^\S\n])?(?:{_OFFICE}[^\S\n]{{1,6}}){{0,5}}{_OFFICE}[^\S\n]{{0,6}}"
    rf"(?P<day>{FULL_DATE.pattern})(?:[^\S\n]+|$|(?=[(抄]))"
)


class LostBreaks:
    """Finds the breaks of a text line by line: what earlier lines number decides what goes on in the next."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._numbering = Numbering()

    def cuts(self, line: str) -> list[int]:
        """The offsets in a folded line where lines begin that lost their breaks, in order."""
        whole = len(line) > _LONG and len(line) > _SHARE * self._length and len(line.strip()) > _LONG
        if not whole and not (_MAY_HOLD.search(line) or _HEADED.match(line)):
            self._numbering.begin(line)
            return []
        unnumbered = _unnumbered(line)
        if whole:
            unnumbered |= _in_front(line)
        numbering = self._numbering.copy()
        found = list(numbering.marks(line, unnumbered, whole=whole))
        if whole or _has_swallowed(line, found, in_articles=self._numbering.in_articles):
            self._numbering = numbering
            return sorted(_cuts(line, found, unnumbered) - {0, len(line)})
        self._numbering.begin(line)
        return []


def _has_swallowed(line: str, found: Sequence[Found], *, in_articles: bool) -> bool:
    """Whether a line that is not most of its text holds the beginnings of other lines.

    An article or a chapter behind a stop is one, and so is the second number of a list whose first one begins a line.
    In articles any list is one (立法法: 项 stand on lines of their own); in a notice it may be a paragraph's own.
    """
    lead = len(line) - len(line.lstrip(SIGNS))
    listed: dict[int, int] = {}
    for i, each in enumerate(found):
        ending = line[: each.start].rstrip(" \t")[-1:] if each.start > lead else ""
        heads = _HEADS_ON.fullmatch(line, each.end) is not None
        if ending and each.level <= ARTICLE:
            headed = i > 0 and is_heading(line, found[i - 1], each.start)
            if ending in _ENDS or ending in ")>" or headed or _bare_heading(line, each):
                return True
            if heads and each.level < BARE and each.number == 1:
                return True
        elif ending in _ENDS:
            if each.level == OUTLINE and (heads or (each.follows and each.number > 1)):
                return True
            if in_articles and each.level == OUTLINE + 1 and each.number == 1 and ending == ":":
                return True
            if listed.get(each.level) == each.number - 1:
                return True
        if not ending or (in_articles and ending == ":") or each.level in listed:
            listed[each.level] = each.number
    return False


def _cuts(line: str, found: Sequence[Found], unnumbered: set[int]) -> set[int]:
    cuts = set(unnumbered)
    for i, each in enumerate(found):
        if bare := _bare_heading(line, each):
            cuts.add(bare.start())
        following = found[i + 1] if i + 1 < len(found) else None
        end = each.end
        if following is not None and following.level <= ARTICLE and is_heading(line, each, following.start):
            end = following.start - 1
        elif each.level != ARTICLE and (heading := _HEADING.match(line, each.end)):
            cuts.add(heading.end())
        # Blanks in a heading, and behind its label, are its own.
        cuts.difference_update(range(each.start + 1, end + 1))
        cuts.add(each.start)
    return cuts


def _bare_heading(line: str, found: Found) -> re.Match[str] | None:
    """附则 in front of an article, behind the end of the one before."""
    if found.level != ARTICLE:
        return None
    return _UNNUMBERED.search(line, max(0, found.start - LONGEST_HEADING), found.start)


def _unnumbered(line: str) -> set[int]:
    """Where lines begin that no number begins."""
    cuts = {match.end() for match in _BLANKS.finditer(line)}
    for annex in _ANNEX.finditer(line):
        cuts |= {annex.start(), annex.end()} if annex["blank"] else {annex.start()}
    for signature in _SIGNATURE.finditer(line):
        cuts |= {signature.start(), signature.start("day"), signature.end()}
    return cuts


_OPENING = re.compile(r"[(《“〈【][^)》”〉】]*$")


def _in_front(line: str) -> set[int]:
    """The blanks before the first sentence, outside of brackets: they part the title, the number, the addressees."""
    first = re.search(r"。|第一[章条]|[一1]、", line)
    front = line[: min(first.start() if first else 0, 2 * _LONG)]
    blanks = re.finditer(r"(?<=[^\s日]{4})[^\S\n]+(?=\S{2})", front)
    return {match.end() for match in blanks if not _OPENING.search(front, 0, match.start())}
