"""How far a text is numbered, and which marks in the midst of a line go on with it.

A mark goes on where it stands behind a stop or a blank and its number follows (第二条 behind 第一条, 二、 behind 一、);
a reference in mid-sentence does neither. What stands in quotes (将第三条修改为:“第三条 …”) is of another document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.labels import NO_SENTENCE, SPREAD_NUMERAL

_H = HAN_NUMERAL
#: The styles that number a text, from the top; a number in one begins those below anew. 编 章 节 and 条 run through.
#: 一、 with an article behind its few words heads a group of articles (二、管辖第四条 …).
_MARK = re.compile(
    rf"第[ \t]?(?P<h0>{SPREAD_NUMERAL})[ \t]?(?:分编|编)[ \t]"
    rf"|第[ \t]?(?P<h1>{SPREAD_NUMERAL})[ \t]?章[ \t]"
    rf"|第[ \t]?(?P<h2>{SPREAD_NUMERAL})[ \t]?节[ \t]"
    rf"|(?P<h3>{_H}{{1,3}})、(?=[^。;:!?,《]{{1,40}}第{_H}{{1,9}}条[ \t])"
    rf"|第[ \t]?(?P<h4>{SPREAD_NUMERAL})[ \t]?条(?:之(?P<after>{_H}{{1,3}}))?(?:(?P<blank>[ \t【*])|{NO_SENTENCE})"
    rf"|(?P<h5>{_H}{{1,3}})、"
    rf"|\((?P<h6>{_H}{{1,3}})\)"
    r"|(?<!\d)(?<!\d\.)(?P<h7>\d{1,2})[、.](?!\d)"
    r"|\((?P<h8>\d{1,2})\)"
    r"|(?P<h9>[①-⑳])"
    r"|(?P<open>“)|(?P<close>”)"
)
#: The places of the styles in it: those above 一、X head articles; those from 一、 on are of the outline scheme.
BARE, ARTICLE, OUTLINE, _LEVELS = 3, 4, 5, 10
_LEVEL_OF = {f"h{i}": i for i in range(_LEVELS)} | {"after": ARTICLE, "blank": ARTICLE}
_QUOTES = frozenset({"open", "close"})
#: A longer stretch between “ and ” is a quotation mark that was forgotten.
_LONGEST_QUOTE = 2000
#: Blanks and Markdown signs in front of a line.
SIGNS = " \t#*"
_STOPS = frozenset("。;!?:”) \t>*")
#: Behind these a number is a reference (本法第二条, 第三条和第四条).
_REFERS = re.compile(r"(?:[本按及和与、至的在》〉“〈《(第]|[依按参比]照|[依根]据|违反|符合|本法)$")
#: A number that the text skips over (an article that was repealed).
_MAY_SKIP = 2
#: A heading of articles runs up to the next of them, which is no farther than this; other headings are shorter.
LONGEST_GROUP_HEADING = 80
LONGEST_HEADING = 30
_NO_HEADING = re.compile(r"[。;:!?,]")
_TITLE_END = re.compile(r"方案|意见|措施|通知|办法|规定|计划|要点|细则|政策|决定|公告")


@dataclass(frozen=True, slots=True)
class Found:
    """A mark that goes on with the numbering; ``end`` is behind the blanks that follow it.

    ``follows`` says that its number is the next one, and not a first one or one behind a gap.
    """

    level: int
    number: int
    start: int
    end: int
    follows: bool


@dataclass(slots=True)
class Numbering:
    """The numbers that a text has reached, by level: below the last heading, and anywhere."""

    reached: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    last: list[int] = field(default_factory=lambda: [0] * _LEVELS)
    #: Whether the articles are printed without a blank behind 第X条.
    glued: bool = False

    def copy(self) -> Numbering:
        """One that may be advanced without advancing this one."""
        return Numbering(list(self.reached), list(self.last), self.glued)

    @property
    def in_articles(self) -> bool:
        """Whether articles number the text."""
        return self.reached[ARTICLE] > 0

    def begin(self, line: str) -> None:
        """Take in the mark that a whole line begins with."""
        found = _MARK.match(line, len(line) - len(line.lstrip(SIGNS)))
        if found is not None and found.lastgroup not in _QUOTES and (number := _number(found)) is not None:
            self._take(found, number)

    def marks(self, line: str, cuts: set[int], *, whole: bool = False) -> Iterator[Found]:
        """The marks in a line that go on with the numbering; at ``cuts`` lines begin for other reasons.

        In a line that is the ``whole`` text, what ended the line in front of a mark may have been no stop (a signature,
        a heading, a contact): there the next number of a list of headings is enough.
        """
        opened = -_LONGEST_QUOTE
        before: Found | None = None
        for found in _MARK.finditer(line):
            start = found.start()
            if found.lastgroup in _QUOTES:
                opened = start if found.lastgroup == "open" else -_LONGEST_QUOTE
                continue
            if start - opened < _LONGEST_QUOTE or (number := _number(found)) is None:
                continue
            level = _LEVEL_OF[found.lastgroup or ""]
            parts = start == 0 or line[start - 1] in _STOPS or start in cuts or _ends_in_latin(line, start)
            parts = parts or (
                whole
                and level >= OUTLINE
                and not self.in_articles
                and 1 < number == self.reached[level] + 1
                and _heads(line, found)
            )
            parts = parts or (number in (1, self.last[level] + 1) and _ends_heading(line, before, level, start))
            parts = parts or (before is not None and before.level < BARE and is_heading(line, before, start))
            if not self._goes_on(found, level, number, parts=parts):
                continue
            end = found.end()
            while end < len(line) and line[end] in " \t":
                end += 1
            before = Found(level, number, start, end, number - 1 in (self.reached[level], self.last[level]))
            self._take(found, number)
            yield before

    def _goes_on(self, found: re.Match[str], level: int, number: int, *, parts: bool) -> bool:
        reached, last = self.reached[level], self.last[level]
        if level > ARTICLE:
            # (五) under 三、 may go on from (四) under 二、.
            return parts and number in (1, reached + 1, last + 1)
        if found["after"]:
            return parts and number == reached
        if level == ARTICLE and not found["blank"]:
            return parts and number == reached + 1 and (self.glued or reached == 0)
        if not parts and _REFERS.search(found.string, max(0, found.start() - 2), found.start()):
            return False
        first = last == 0 and (parts or level == ARTICLE)
        return first or number == 1 or any(0 < number - n <= _MAY_SKIP for n in (reached, last))

    def _take(self, found: re.Match[str], number: int) -> None:
        level = _LEVEL_OF[found.lastgroup or ""]
        if level == ARTICLE and (self.reached[level] == 0 or number == 1):
            self.glued = not found["blank"]
        self.reached[level] = self.last[level] = number
        if level == BARE:
            self.last[OUTLINE] = number
        for below in range(level + 1, _LEVELS):
            if below != ARTICLE:
                self.reached[below] = 0


def _ends_in_latin(line: str, start: int) -> bool:
    """Whether a sentence that a Latin full stop ends is in front: 给予奖励.2.对…."""
    return line[start - 1] == "." and not line[max(0, start - 2) : start - 1].isdigit()


def _heads(line: str, found: re.Match[str]) -> bool:
    """Whether a mark without a stop in front of it may head words: no reference (第二、三项), no list of numbers."""
    refers = _REFERS.search(line, max(0, found.start() - 2), found.start())
    return refers is None and re.match(r"\s?[\u4e00-\u9fff“]{2}", line[found.end() : found.end() + 3]) is not None


def is_heading(line: str, group: Found, stop: int) -> bool:
    """Whether the words from a mark to a place are the heading of articles: 第一章 总则|第一条."""
    if group.level > BARE or stop - group.end > LONGEST_GROUP_HEADING:
        return False
    return not re.search(r"[。;!?]", line[group.end : stop])


def _ends_heading(line: str, before: Found | None, level: int, start: int) -> bool:
    """Whether a number stands behind a title or a heading that no stop ends: 实施方案|一、 and 二、任务|(一)."""
    if before is None:
        return level == OUTLINE and _TITLE_END.search(line, max(0, start - 2), start) is not None
    heads = before.level != ARTICLE and before.level < level and start - before.end <= LONGEST_HEADING
    return heads and not _NO_HEADING.search(line, before.end, start) and not _REFERS.search(line, start - 1, start)


def _number(found: re.Match[str]) -> int | None:
    try:
        return number_of(re.sub(r"\s", "", found[f"h{_LEVEL_OF[found.lastgroup or '']}"]))
    except ValueError:
        return None
