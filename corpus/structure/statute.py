"""The statute scheme: 编章节条款项目 (立法法: 法律根据内容需要,可以分编、章、节、条、款、项、目).

Articles run through the whole instrument; 款 are its unnumbered paragraphs, counted only where an article has
several. A heading that prints no 第X章 (总 则; 一、一般规定) is known by the article that follows it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from corpus.model import GROUPING_LEVELS, Level
from corpus.numerals import han_number
from corpus.structure.lines import Line, squeeze
from corpus.structure.marks import (
    Mark,
    annex_mark,
    article_mark,
    dash_mark,
    grouping_mark,
    is_outline_1,
    item_mark,
    outline_mark,
)
from corpus.structure.signatures import last_signature
from corpus.structure.tree import Annexes, Groups, Node

_LONGEST_HEADING = 40
#: A shorter heading is not broken over lines.
_MAY_BREAK = 12
#: What may stand behind 第X条 (or nothing).
_PARTS = ("", " ", "\t", ":", "【", "[", "*")
#: So many numbers a text skips over at most (articles that were repealed).
_MAY_SKIP = 3
#: Parts that many numbered statutes do not number.
_UNNUMBERED = frozenset({"总则", "附则"})


def read_statute(root: Node, lines: Sequence[Line]) -> None:
    """Hang the provisions that stand in ``lines`` below ``root``."""
    reader = _Statute(root, lines)
    for i in range(len(lines)):
        reader.add(i)


def is_bare_heading(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a heading without 第X章: short, ended by no stop, and an article follows."""
    line = lines[i]
    return (
        len(line.text) <= _LONGEST_HEADING
        and not line.quoted
        and not re.search(r"[。;:,!?]$", line.folded)
        and not (outline_mark(line) and not is_outline_1(line))
        and i + 1 < len(lines)
        and article_mark(lines[i + 1]) is not None
    )


def _first_heading(lines: Sequence[Line]) -> int:
    """The line where the text begins: the headings that lead up to the first article.

    What is before them (a table of contents) is no structure.
    """
    first = next((i for i, line in enumerate(lines) if article_mark(line)), 0)
    if first and is_bare_heading(lines, first - 1) and not grouping_mark(lines[first - 1]):
        first -= 1
    depth = len(GROUPING_LEVELS)
    while first and (mark := grouping_mark(lines[first - 1])) and GROUPING_LEVELS.index(mark.level) < depth:
        depth = GROUPING_LEVELS.index(mark.level)
        first -= 1
    return first


class _Statute:
    def __init__(self, root: Node, lines: Sequence[Line]) -> None:
        self._root = root
        self._lines = lines
        self._groups = Groups(root)
        self._article: Node | None = None
        self._reached = 0
        self._paragraph: Node | None = None
        self._annexes = Annexes(root)
        self._begin = _first_heading(lines)
        self._numbered = any(grouping_mark(line) for line in lines)
        self._signature = last_signature(lines)

    def add(self, i: int) -> None:
        line = self._lines[i]
        if i < self._begin:
            if not self._root.children:
                self._root.append(Mark(Level.HEAD, "", "题头"), line)
            return
        article = self._article_at(line)
        if self._annexes.is_open or (i > self._begin and article is None and annex_mark(line)):
            self._annexes.take(self._lines, i)
        elif i >= self._signature > self._begin:
            if i == self._signature:
                self._root.open(Level.TAIL, "末段", line)
        elif article is not None:
            self._article = self._paragraph = self._groups.holder.append(article, line)
        elif (group := self._group(i)) is not None:
            self._open_group(group, line)
        elif self._article is not None:
            self._add_below(line, self._article)
        elif self._goes_on_with_heading(i):
            self._groups.holder.heading += line.text

    def _article_at(self, line: Line) -> Mark | None:
        """The article that begins in a line; one that no blank parts from its text must go on with the numbering."""
        mark = article_mark(line)
        if mark is None:
            return None
        number = int(mark.number.partition("-")[0])
        parted = line.folded[len(mark.label) : len(mark.label) + 1] in _PARTS
        if not parted and number != 1 and self._reached and not 0 <= number - self._reached <= _MAY_SKIP:
            return None
        self._reached = number
        return mark

    def _group(self, i: int) -> Mark | None:
        """The heading that a line is."""
        line = self._lines[i]
        mark = grouping_mark(line)
        if mark is not None or not is_bare_heading(self._lines, i):
            return mark
        if self._numbered and squeeze(line.text) not in _UNNUMBERED:
            return None
        level = self._groups.open[0].level if self._groups.open else Level.CHAPTER
        return Mark(level, str(self._root.count(level) + 1), line.text)

    def _goes_on_with_heading(self, i: int) -> bool:
        """Whether a line goes on with a heading too long for one line (第二章 听取和审议人民政府、人民法院和)."""
        line = self._lines[i]
        broken = bool(self._groups.open) and len(self._groups.holder.heading) >= _MAY_BREAK
        words = len(line.text) <= _LONGEST_HEADING and not re.search(r"[。;:!?]", line.folded)
        return broken and words and i + 1 < len(self._lines) and article_mark(self._lines[i + 1]) is not None

    def _open_group(self, mark: Mark, line: Line) -> None:
        self._groups.begin(mark, line)
        self._article = None

    def _add_below(self, line: Line, article: Node) -> None:
        item = item_mark(line)
        dash = dash_mark(line)
        parent = self._paragraph or article
        if item is not None:
            if item.level is Level.ITEM and parent.children and parent.children[-1].level is Level.SUBPARAGRAPH:
                parent = parent.children[-1]
            parent.append(item, line)
        elif dash is not None:
            mark = Mark(Level.DASH, str(parent.count(Level.DASH) + 1), dash.label)
            parent.append(mark, line, dash.label.lstrip("—-– "))
        else:
            if article.count(Level.PARAGRAPH) == 0:
                _wrap_first_paragraph(article)
            position = article.count(Level.PARAGRAPH) + 1
            self._paragraph = article.append(_paragraph_mark(position), line)


_han = lru_cache(maxsize=256)(han_number)


def _paragraph_mark(position: int) -> Mark:
    return Mark(Level.PARAGRAPH, str(position), f"第{_han(position)}款")


def _wrap_first_paragraph(article: Node) -> None:
    """Once a second paragraph comes, what stood in the article becomes its first (款 are counted, not printed)."""
    start = article.words + len(article.mark.label)
    first = Node(_paragraph_mark(1), start, start)
    first.children, article.children = article.children, []
    article.adopt(first)
