"""An instrument's lines → its tree of provisions.

The scheme is decided once per instrument. Provisions tile the instrument: the own text of each runs from
its label to the start of its first child or of the next provision, so no character can be lost between them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from corpus.instruments import InstrumentText
from corpus.lines import (
    Line,
    Mark,
    article_mark,
    box_mark,
    dash_mark,
    grouping_mark,
    item_mark,
    ordinal_mark,
    outline_mark,
)
from corpus.model import (
    GROUPING_LEVELS,
    OUTLINE_LEVELS,
    Level,
    Provision,
    ProvisionPath,
    Scheme,
    Span,
    Step,
)
from corpus.numerals import han_number

_SPEAKER = re.compile(r"[^。;!?:,《》]{2,40}:")
_QUESTIONER = re.compile(r"[\u4e00-\u9fff·]{2,16}记者:")
_ANNEX = re.compile(r"附\s*件\s*(\d{1,2}|[一二三四五六七八九十]{1,2})?\s*:?")
_ANNEX_LIST = re.compile(r"附\s*件\s*(?:\d{1,2})?\s*[:.]\s*\S")
#: What an unnumbered closing paragraph speaks of, in its first words (施行, 有效期, 解释, 冲突).
_CLOSING = re.compile(
    r"(?:本|以上|上述|此前|前述|未尽事宜|各地|请各)|[^。]{0,40}(?:自[^。]{1,30}起(?:施行|执行|实施)|有效期|负责解释)"
)
_CHAPTER_WITHOUT_NUMBER = re.compile(r"[\u4e00-\u9fff]+(?: [\u4e00-\u9fff])?(?:[\u4e00-\u9fff、]*)")


def scheme_of(text: InstrumentText) -> Scheme:
    """STATUTE where articles number the text, TRANSCRIPT where speakers take turns, else OUTLINE."""
    lines = (*text.cover, *text.body)
    articles = sum(article_mark(line) is not None for line in lines)
    if articles >= 2 and articles >= sum(_is_level(line, Level.OUTLINE_1) for line in lines):
        return Scheme.STATUTE
    speakers = sum(_SPEAKER.fullmatch(line.folded) is not None for line in lines)
    if speakers >= 3 and any(_QUESTIONER.match(line.folded) for line in lines):
        return Scheme.TRANSCRIPT
    return Scheme.OUTLINE


def _is_level(line: Line, level: Level) -> bool:
    mark = outline_mark(line)
    return mark is not None and mark.level is level


def provisions_of(text: InstrumentText, scheme: Scheme) -> tuple[Provision, ...]:
    """The tree of an instrument."""
    root = _Node(Mark(Level.HEAD, "", ""), text.span.start, "")
    builder = _BUILDERS[scheme](root)
    lines = _Reader(text)
    _read_head(root, lines, scheme)
    for line in lines.body:
        builder.add(line)
    return _finish(root, text.span.end, ProvisionPath(()))


@dataclass
class _Node:
    """A provision under construction."""

    mark: Mark
    start: int
    heading: str
    children: list[_Node] = field(default_factory=list)
    paragraphs: int = 0

    def append(self, mark: Mark, line: Line, heading: str = "") -> _Node:
        node = _Node(mark, line.span.start, heading)
        self.children.append(node)
        return node


class _Reader:
    """The lines of an instrument as head, numbered covering notice, and body."""

    def __init__(self, text: InstrumentText) -> None:
        numbered = [i for i, line in enumerate(text.cover) if _is_level(line, Level.OUTLINE_1)]
        cut = numbered[0] if numbered else len(text.cover)
        self.head = text.cover[:cut]
        self.notice = text.cover[cut:]
        self.body = text.body


def _read_head(root: _Node, lines: _Reader, scheme: Scheme) -> None:
    """题头 runs up to the first mark of the body; a covering notice with numbers of its own stands between."""
    if lines.head:
        root.append(Mark(Level.HEAD, "", "题头"), lines.head[0]).start = root.start
    if lines.notice:
        notice = root.append(Mark(Level.NOTICE, "", "通知"), lines.notice[0])
        for line in lines.notice:
            mark = outline_mark(line)
            if mark and mark.level is Level.OUTLINE_1:
                notice.append(mark, line, _heading(line, mark))
            elif notice.children and notice.children[-1].mark.level is Level.OUTLINE_1 and _ends_notice(line):
                root.append(Mark(Level.HEAD, "", "题头"), line)
                break


def _ends_notice(line: Line) -> bool:
    return len(line.text) <= 40 and not line.folded.endswith(("。", ";"))


class _Outline:
    """一、(一)1.(1)① with unnumbered paragraphs, dashes, boxes, closings and annexes."""

    def __init__(self, root: _Node) -> None:
        self._root = root
        self._stack: list[_Node] = []
        self._annex: _Node | None = None

    def add(self, line: Line) -> None:
        if self._add_annex(line):
            return
        mark = outline_mark(line)
        if mark is not None:
            rank = OUTLINE_LEVELS.index(mark.level)
            while self._stack and OUTLINE_LEVELS.index(self._stack[-1].mark.level) >= rank:
                self._stack.pop()
            parent = self._stack[-1] if self._stack else self._root
            node = parent.append(mark, line, _heading(line, mark))
            node.paragraphs = 1 if len(line.text) > len(mark.label) + len(node.heading) + 1 else 0
            self._stack.append(node)
        elif not self._stack:
            if not self._root.children:
                self._root.append(Mark(Level.HEAD, "", "题头"), line).start = self._root.start
        else:
            self._add_paragraph(line)

    def _add_paragraph(self, line: Line) -> None:
        node = self._stack[-1]
        box = box_mark(line)
        if box is not None:
            node.append(box, line, line.text[len(box.label) :].strip(" |"))
            return
        if node.children and node.children[-1].mark.level is Level.BOX and not _looks_like_paragraph(line, node):
            return
        dash = dash_mark(line)
        if dash is not None:
            position = str(sum(c.mark.level is Level.DASH for c in node.children) + 1)
            node.append(Mark(Level.DASH, position, dash.label), line, dash.label.lstrip("—-– "))
            return
        node.paragraphs += 1
        if _CLOSING.match(line.folded) and "责任单位" not in line.folded:
            position = str(sum(c.mark.level is Level.TAIL for c in self._root.children) + 1)
            node.append(Mark(Level.TAIL, position, "末段"), line)
            return
        node.append(Mark(Level.PARAGRAPH, str(node.paragraphs), f"第{node.paragraphs}段"), line)

    def _add_annex(self, line: Line) -> bool:
        """Whether the line belongs to an annex. A list of annexes (附件:1.…) is a closing, not an annex."""
        if _ANNEX.fullmatch(line.folded) and not line.folded.endswith(":"):
            position = str(sum(c.mark.level is Level.ANNEX for c in self._root.children) + 1)
            self._annex = self._root.append(Mark(Level.ANNEX, position, line.text.rstrip(":\uff1a")), line)
            return True
        if self._annex is None and _ANNEX_LIST.match(line.folded) and self._stack:
            position = str(sum(c.mark.level is Level.TAIL for c in self._root.children) + 1)
            self._annex = self._root.append(Mark(Level.TAIL, position, "末段"), line)
            return True
        return self._annex is not None


def _looks_like_paragraph(line: Line, node: _Node) -> bool:
    """Whether a line behind a box is a paragraph again: the box ends with its bar, or the line is no table text."""
    return dash_mark(line) is not None or "责任单位" in line.folded or line.folded.startswith("到20")


class _Statute:
    """编章节条款项目. A short unpunctuated line between articles is a chapter heading without a number."""

    def __init__(self, root: _Node) -> None:
        self._root = root
        self._groups: list[_Node] = []
        self._article: _Node | None = None
        self._paragraph: _Node | None = None
        self._annex = False
        self._chapters = 0

    def add(self, line: Line) -> None:
        if self._annex:
            return
        group = grouping_mark(line) or self._unnumbered(line)
        article = None if group else article_mark(line)
        if group is not None:
            self._open_group(group, line)
        elif article is not None:
            parent = self._groups[-1] if self._groups else self._root
            self._article = parent.append(article, line)
            self._paragraph = self._article
            self._article.paragraphs = 1
        elif self._article is None:
            if not self._root.children:
                self._root.append(Mark(Level.HEAD, "", "题头"), line).start = self._root.start
        elif _ANNEX.fullmatch(line.folded):
            self._annex = True
            self._root.append(Mark(Level.ANNEX, "1", line.text.rstrip(":\uff1a")), line)
        else:
            self._add_below(line, self._article)

    def _open_group(self, mark: Mark, line: Line) -> None:
        order = (Level.PART, Level.CHAPTER, Level.SECTION)
        while self._groups and order.index(self._groups[-1].mark.level) >= order.index(mark.level):
            self._groups.pop()
        parent = self._groups[-1] if self._groups else self._root
        self._groups.append(parent.append(mark, line, line.text))
        self._article = None

    def _unnumbered(self, line: Line) -> Mark | None:
        """总 则, 补偿程序: a heading that the file prints without 第X章."""
        heading = len(line.text) <= 16 and _CHAPTER_WITHOUT_NUMBER.fullmatch(line.folded)
        if not heading or (self._article is None and self._groups):
            return None
        if any(g.mark.label.startswith("第") for g in self._groups):
            return None
        self._chapters += 1
        return Mark(Level.CHAPTER, str(self._chapters), line.text)

    def _add_below(self, line: Line, article: _Node) -> None:
        item = item_mark(line)
        dash = dash_mark(line)
        if item is not None:
            parent = self._paragraph or article
            if item.level is Level.ITEM and parent.children and parent.children[-1].mark.level is Level.SUBPARAGRAPH:
                parent = parent.children[-1]
            parent.append(item, line)
        elif dash is not None:
            position = str(sum(c.mark.level is Level.DASH for c in article.children) + 1)
            (self._paragraph or article).append(Mark(Level.DASH, position, dash.label), line)
        else:
            if article.paragraphs == 1:
                _wrap_first_paragraph(article)
            article.paragraphs += 1
            self._paragraph = article.append(_paragraph_mark(article.paragraphs), line)


def _paragraph_mark(position: int) -> Mark:
    return Mark(Level.PARAGRAPH, str(position), f"第{han_number(position)}款")


def _wrap_first_paragraph(article: _Node) -> None:
    """Once a second paragraph comes, what stood in the article becomes its first (款 are counted, not printed)."""
    first = _Node(_paragraph_mark(1), article.start + len(article.mark.label), "")
    first.children = article.children
    article.children = [first]


class _Transcript:
    """Speakers' turns: a line that is a name and a colon, or a journalist's question behind one."""

    def __init__(self, root: _Node) -> None:
        self._root = root
        self._turn: _Node | None = None

    def add(self, line: Line) -> None:
        question = _QUESTIONER.match(line.folded)
        speaker = _SPEAKER.fullmatch(line.folded)
        if speaker and not re.search(r"朋友|大家好|的有:|如下", line.folded):
            self._open(line.text[:-1], line)
        elif question:
            self._open(line.text[: question.end() - 1], line)
        elif self._turn is None:
            if not self._root.children:
                self._root.append(Mark(Level.HEAD, "", "题头"), line).start = self._root.start
        else:
            ordinal = ordinal_mark(line)
            if ordinal is not None:
                self._turn.append(ordinal, line)
            elif self._turn.children:
                position = sum(c.mark.level is Level.PARAGRAPH for c in self._turn.children) + 1
                self._turn.append(Mark(Level.PARAGRAPH, str(position), ""), line)

    def _open(self, name: str, line: Line) -> None:
        position = str(sum(c.mark.level is Level.TURN for c in self._root.children) + 1)
        self._turn = self._root.append(Mark(Level.TURN, position, name), line, name)


_BUILDERS: dict[Scheme, Callable[[_Node], _Outline | _Statute | _Transcript]] = {
    Scheme.OUTLINE: _Outline,
    Scheme.STATUTE: _Statute,
    Scheme.TRANSCRIPT: _Transcript,
}


def _heading(line: Line, mark: Mark) -> str:
    """The heading behind a label: the line where it is short and no sentence follows, else its first sentence."""
    rest = line.text[len(mark.label) :].strip()
    stop = re.search(r"[。:\uff1a]", rest)
    heading = rest if stop is None else rest[: stop.start()]
    return heading if len(heading) <= 60 else ""


def _finish(root: _Node, end: int, path: ProvisionPath) -> tuple[Provision, ...]:
    return tuple(_provisions(_lift_closings(root).children, end, path, Counter()))


def _lift_closings(root: _Node) -> _Node:
    """A closing paragraph is one only at the end of the instrument; anywhere else it is a paragraph."""
    for node in root.children:
        _demote(node, is_last=_is_last_numbered(root, node))
    lifted: list[_Node] = []
    for node in root.children:
        lifted.append(node)
        lifted += _take_closings(node)
    root.children = lifted
    tails = [node for node in lifted if node.mark.level is Level.TAIL]
    for position, node in enumerate(tails, 1):
        node.mark = Mark(Level.TAIL, str(position), "末段")
    return root


def _is_last_numbered(root: _Node, node: _Node) -> bool:
    numbered = [child for child in root.children if child.mark.level in OUTLINE_LEVELS]
    return bool(numbered) and numbered[-1] is node


def _demote(node: _Node, *, is_last: bool) -> None:
    for i, child in enumerate(node.children):
        at_end = is_last and all(c.mark.level is Level.TAIL for c in node.children[i:])
        if child.mark.level is Level.TAIL and not at_end:
            position = sum(c.mark.level is Level.PARAGRAPH for c in node.children[:i]) + 2
            child.mark = Mark(Level.PARAGRAPH, str(position), f"第{position}段")
        _demote(child, is_last=is_last and child is node.children[-1])


def _take_closings(node: _Node) -> list[_Node]:
    taken: list[_Node] = []
    if node.children and node.children[-1].mark.level is not Level.TAIL:
        taken = _take_closings(node.children[-1])
    own = [child for child in node.children if child.mark.level is Level.TAIL]
    node.children = [child for child in node.children if child.mark.level is not Level.TAIL]
    return taken + own


def _provisions(nodes: Sequence[_Node], end: int, path: ProvisionPath, seen: Counter[str]) -> Iterable[Provision]:
    """``seen`` counts the addresses given so far, so that two provisions with one number stay apart."""
    for i, node in enumerate(nodes):
        stop = nodes[i + 1].start if i + 1 < len(nodes) else end
        step = Step(node.mark.level, node.mark.number, node.mark.label.strip())
        address = str(path.child(step))
        seen[address] += 1
        own_path = path.child(replace(step, occurrence=seen[address]))
        below = ProvisionPath(()) if node.mark.level in GROUPING_LEVELS else own_path
        children = tuple(_provisions(node.children, stop, below, seen))
        yield Provision(
            own_path,
            node.mark.level,
            step.label,
            node.heading,
            Span(node.start, children[0].span.start if children else stop),
            Span(node.start, stop),
            children,
        )
