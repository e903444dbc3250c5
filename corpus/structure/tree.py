"""Trees of provisions under construction, and what all schemes share: annexes, addresses, spans.

Provisions tile their instrument: the own text of each runs from its label to the start of its first child or
of the next provision, so no character can be lost between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from corpus.model import GROUPING_LEVELS, Level, Provision, ProvisionPath, Span, Step
from corpus.structure.lines import Line
from corpus.structure.marks import Mark, annex_mark, outline_mark


@dataclass
class Node:
    """A provision under construction."""

    mark: Mark
    #: Where it begins, with the Markdown signs in front of its label, and where its label begins.
    start: int
    words: int
    heading: str = ""
    children: list[Node] = field(default_factory=list)
    #: Whether the node has words of its own besides label and heading.
    speaks: bool = False
    _counts: Counter[Level] = field(default_factory=Counter)

    @property
    def level(self) -> Level:
        """The level of its mark."""
        return self.mark.level

    def append(self, mark: Mark, line: Line, heading: str = "") -> Node:
        """A child that begins with a line."""
        return self.adopt(Node(mark, line.begin, line.span.start, heading))

    def adopt(self, node: Node) -> Node:
        """A node as the last child."""
        self.children.append(node)
        self._counts[node.level] += 1
        return node

    def count(self, level: Level) -> int:
        """How many children were appended at a level."""
        return self._counts[level]

    def open(self, level: Level, label: str, line: Line) -> Node:
        """The next child of a level that has no printed number."""
        return self.append(Mark(level, str(self.count(level) + 1), label), line)


class Groups:
    """The headings 编, 章, 节 that a line stands under."""

    def __init__(self, root: Node) -> None:
        self._root = root
        #: From the top.
        self.open: list[Node] = []

    @property
    def holder(self) -> Node:
        """What holds the next provision: the lowest of them, or the root."""
        return self.open[-1] if self.open else self._root

    def begin(self, mark: Mark, line: Line) -> None:
        """The heading that a line is; it ends those of its level and below."""
        rank = GROUPING_LEVELS.index(mark.level)
        while self.open and GROUPING_LEVELS.index(self.open[-1].level) >= rank:
            self.open.pop()
        self.open.append(self.holder.append(mark, line, line.text))


_LONGEST_HEADING = 60
#: 问: in front of a question names nothing.
_ASKS = re.compile("^问\\s*[:\uff1a]\\s*")


def heading_of(line: Line, mark: Mark) -> str:
    """The words behind a label: the line where it is short and no sentence follows, else its first sentence."""
    rest = line.text[len(mark.label) :].strip()
    rest = _ASKS.sub("", rest)
    stop = re.search(r"[。:\uff1a]", rest)
    heading = rest if stop is None else rest[: stop.start()]
    return heading if len(heading) <= _LONGEST_HEADING else ""


class Annexes:
    """What stands behind a text: a list of annexes (附件:1.…), which is a closing, and the annexes themselves.

    Once one of them is open no line belongs to the text any more.
    """

    def __init__(self, root: Node) -> None:
        self._root = root
        self._listed: set[str] = set()
        self._left_list = False
        self._untitled: Node | None = None
        self.is_open = False

    def take(self, lines: Sequence[Line], i: int) -> bool:
        """Whether a line belongs to an annex or to the list of them."""
        line = lines[i]
        mark = annex_mark(line)
        if mark is None:
            self._left_list = bool(self._listed)
            if self._untitled is not None and not re.search(r"[。;:,]", line.folded):
                self._untitled.heading = line.text if len(line.text) <= _LONGEST_HEADING else ""
            self._untitled = None
            return self.is_open
        again = self._left_list and mark.label in self._listed
        if (mark.titled and not again) or _heads_list(lines, i):
            if not self._listed:
                self._root.open(Level.TAIL, "末段", line)
            self._listed.add(mark.label)
        else:
            number = mark.number or str(self._root.count(Level.ANNEX) + 1)
            annex = self._root.append(Mark(Level.ANNEX, number, mark.label), line)
            self._untitled = None if mark.titled else annex
        self.is_open = True
        return True


def _heads_list(lines: Sequence[Line], i: int) -> bool:
    """附件: with the names numbered on the lines below."""
    following = lines[i + 1] if i + 1 < len(lines) else None
    mark = outline_mark(following) if following else None
    return lines[i].folded.endswith(":") and mark is not None and mark.level is Level.OUTLINE_3 and mark.number == "1"


def provisions(nodes: Sequence[Node], end: int) -> tuple[Provision, ...]:
    """Finished provisions with their addresses; the last one runs to ``end``."""
    return tuple(_provisions(nodes, end, ProvisionPath(()), Counter()))


#: What is addressed without the chapter that it stands in; what numbers an outline begins anew in each.
_RUN_THROUGH = frozenset({*GROUPING_LEVELS, Level.ARTICLE})


def _provisions(nodes: Sequence[Node], end: int, above: ProvisionPath, seen: Counter[str]) -> Iterator[Provision]:
    """``seen`` counts the addresses given so far, so that two provisions with one number stay apart."""
    for i, node in enumerate(nodes):
        stop = nodes[i + 1].start if i + 1 < len(nodes) else end
        step = Step(node.level, node.mark.number, node.mark.label.strip())
        path = ProvisionPath(()) if node.level in _RUN_THROUGH else above
        address = str(path.child(step))
        seen[address] += 1
        below = above.child(step)
        if seen[address] > 1:
            step = replace(step, occurrence=seen[address])
        own_path = path.child(step)
        below = below if node.level in GROUPING_LEVELS else own_path
        children = tuple(_provisions(node.children, stop, below, seen)) if node.children else ()
        own = Span(node.start, children[0].span.start if children else stop)
        yield Provision(own_path, node.level, step.label, node.heading, own, Span(node.start, stop), children)
