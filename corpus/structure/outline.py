"""The outline scheme: 一、(一)1.(1)① (GB/T 9704-2012, 7.3.3), in plans below 第一章 or 第一部分.

Between the numbers stand unnumbered paragraphs, dashes, boxes, closings and annexes. A text that numbers nothing
is read as its paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from corpus.model import OUTLINE_LEVELS, Level
from corpus.structure.lines import Line
from corpus.structure.marks import Mark, annex_mark, box_mark, dash_mark, grouping_mark, ordinal_mark, outline_mark
from corpus.structure.signatures import last_signature
from corpus.structure.tree import Annexes, Groups, Node, heading_of

#: What an unnumbered closing paragraph speaks of, in its first words (施行, 有效期, 解释, 冲突).
_CLOSING = re.compile(
    r"(?:本|以上|上述|此前|前述|未尽事宜|各地|请各|特此)"
    r"|(?=[^。]{0,80}(?:起(?:施行|执行|实施)|有效期|负责解释))[^。]{0,40}(?:自[^。]{1,30}起(?:施行|执行|实施)|有效期|负责解释)"
)
_RESPONSIBLE = "责任单位"
#: A longer first sentence behind a label is no heading but the text itself.
_LONGEST_BARE_HEADING = 30


def first_group(lines: Sequence[Line]) -> int | None:
    """The line of 第一章 in a text that has chapters, behind a table of contents that lists it; else None.

    Nothing is numbered in front of them, and an annex's chapters are its own.
    """
    text = list(takewhile(lambda line: (annex := annex_mark(line)) is None or annex.titled, lines))
    marks = [(i, mark) for i, line in enumerate(text) if (mark := grouping_mark(line))]
    if len(marks) < 2 or marks[0][1].number != "1" or any(outline_mark(line) for line in text[: marks[0][0]]):
        return None
    begin, first = marks[0]
    name = _name(text[begin], first)
    for i, mark in marks[1:]:
        if any("。" in line.folded for line in text[begin:i]):
            break
        if (mark.level, mark.number, _name(text[i], mark)) == (first.level, first.number, name):
            return i
    return begin


def _name(line: Line, mark: Mark) -> str:
    """The words of a heading, without the page that a table of contents prints behind them."""
    return re.sub(r"[.…·]*\d*$", "", re.sub(r"\s", "", line.folded[len(mark.label) :]))


def read_outline(root: Node, lines: Sequence[Line]) -> None:
    """Hang the provisions that stand in ``lines`` below ``root``."""
    _Outline(root, lines).read()


class _Outline:
    def __init__(self, root: Node, lines: Sequence[Line]) -> None:
        self._root = root
        self._lines = lines
        self._first_group = first_group(lines)
        self._groups = Groups(root)
        self._stack: list[Node] = []
        self._annexes = Annexes(root)
        self._signature = last_signature(lines)
        self._numbered = any(outline_mark(line) for line in lines)
        self._box: _Box | None = None

    def read(self) -> None:
        for i, line in enumerate(self._lines):
            if i < (self._first_group or 0):
                self._add_to_head(line)
                continue
            if self._annexes.take(self._lines, i):
                continue
            if i == self._signature:
                self._root.open(Level.TAIL, "末段", line)
            if i >= self._signature:
                continue
            self._add(line)
        _settle_closings(self._root)
        _number_paragraphs(self._root)

    def _add_to_head(self, line: Line) -> None:
        if not self._root.children:
            self._root.append(Mark(Level.HEAD, "", "题头"), line)

    def _add(self, line: Line) -> None:
        mark = outline_mark(line)
        group = grouping_mark(line) if self._first_group is not None else None
        if group is not None:
            self._stack, self._box = [], None
            self._groups.begin(group, line)
        elif mark is not None:
            self._box = None
            rank = OUTLINE_LEVELS.index(mark.level)
            while self._stack and OUTLINE_LEVELS.index(self._stack[-1].level) >= rank:
                self._stack.pop()
            parent = self._stack[-1] if self._stack else self._groups.holder
            node = parent.append(mark, line, heading_of(line, mark))
            behind = len(line.text) - len(mark.label) - len(node.heading)
            node.speaks = behind > 1 or (behind == 1 and len(node.heading) > _LONGEST_BARE_HEADING)
            self._stack.append(node)
        elif self._stack or self._groups.open or not self._numbered:
            self._add_paragraph(self._stack[-1] if self._stack else self._groups.holder, line)
        else:
            self._add_to_head(line)

    def _add_paragraph(self, node: Node, line: Line) -> None:
        box, dash = box_mark(line), dash_mark(line)
        if box is not None:
            node.append(box, line, line.text[len(box.label) :].strip(" |"))
            self._box = _Box(line)
        elif self._box is not None and self._box.holds(line, is_dash=dash is not None):
            return
        elif dash is not None:
            heading = dash.label.lstrip("—-– ")
            node.append(Mark(Level.DASH, str(node.count(Level.DASH) + 1), dash.label), line, heading)
        elif (ordinal := ordinal_mark(line)) is not None:
            node.append(ordinal, line)
        elif _CLOSING.match(line.folded) and _RESPONSIBLE not in line.folded:
            node.append(Mark(Level.TAIL, "", "末段"), line)
        else:
            node.append(Mark(Level.PARAGRAPH, "", ""), line)


class _Box:
    """A flattened table: ruled with | its cells run to the next |, without rules it is the line behind its title."""

    def __init__(self, title: Line) -> None:
        self._ruled = title.text.endswith("|")
        self._over = False

    def holds(self, line: Line, *, is_dash: bool) -> bool:
        """Whether a line goes on with the box."""
        if self._over or is_dash:
            self._over = True
            return line.text == "|"
        self._over = line.text.endswith("|") or not self._ruled
        return True


def _settle_closings(root: Node) -> None:
    """A closing paragraph is one only at the end of the instrument; anywhere else it is a paragraph."""
    settled: list[Node] = []
    last = next((node for node in reversed(root.children) if node.level not in (Level.TAIL, Level.ANNEX)), None)
    for node in root.children:
        _demote(node, is_last=node is last)
        settled.append(node)
        settled += _take_closings(node)
    behind = False
    for node in reversed(settled):
        behind = behind or node.level not in (Level.TAIL, Level.ANNEX)
        if node.level is Level.TAIL and behind:
            node.mark = Mark(Level.PARAGRAPH, "", "")
    root.children = settled
    for position, node in enumerate((node for node in settled if node.level is Level.TAIL), 1):
        node.mark = Mark(Level.TAIL, str(position), "末段")


def _demote(node: Node, *, is_last: bool) -> None:
    at_end = is_last
    for child in reversed(node.children):
        if child.level is not Level.TAIL:
            at_end = False
        elif not at_end:
            child.mark = Mark(Level.PARAGRAPH, "", "")
        _demote(child, is_last=is_last and child is node.children[-1])


def _take_closings(node: Node) -> list[Node]:
    taken: list[Node] = []
    if node.children and node.children[-1].level is not Level.TAIL:
        taken = _take_closings(node.children[-1])
    own = [child for child in node.children if child.level is Level.TAIL]
    node.children = [child for child in node.children if child.level is not Level.TAIL]
    return taken + own


def _number_paragraphs(node: Node) -> None:
    """第2段: unnumbered paragraphs are counted where a heading holds several; its own words are the first."""
    found = [child for child in node.children if child.level is Level.PARAGRAPH]
    first = 2 if node.speaks else 1
    several = len(found) + first > 2
    for position, child in enumerate(found, first):
        child.mark = Mark(Level.PARAGRAPH, str(position), f"第{position}段" if several else "")
    for child in node.children:
        _number_paragraphs(child)
