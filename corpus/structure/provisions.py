"""An instrument's lines → its tree of provisions, by the scheme that the instrument numbers itself in.

The scheme is decided once per instrument; each scheme has a module of its name beside this one. What they share stands
in :mod:`corpus.structure.tree`.
"""

from __future__ import annotations

from itertools import takewhile

from corpus.model import Level, Provision, Scheme
from corpus.structure.instruments import InstrumentText
from corpus.structure.lines import Line, squeeze
from corpus.structure.marks import Mark, annex_mark, article_mark, is_outline_1, outline_mark
from corpus.structure.outline import first_group, read_outline
from corpus.structure.statute import read_statute
from corpus.structure.transcript import is_transcript, read_transcript
from corpus.structure.tree import Node, heading_of, provisions

_READERS = {
    Scheme.OUTLINE: read_outline,
    Scheme.STATUTE: read_statute,
    Scheme.TRANSCRIPT: read_transcript,
}


def scheme_of(text: InstrumentText) -> Scheme:
    """STATUTE where articles number the text, TRANSCRIPT where speakers take turns, else OUTLINE."""
    # What a covering notice calls its annex is the text itself.
    before_annexes = list(takewhile(lambda line: not _begins_annex(line), text.body))
    articles = sum(article_mark(line) is not None for line in before_annexes)
    if articles >= 2 and articles >= sum(is_outline_1(line) for line in before_annexes):
        return Scheme.STATUTE
    return Scheme.TRANSCRIPT if is_transcript((*text.cover, *text.body)) else Scheme.OUTLINE


def _begins_annex(line: Line) -> bool:
    mark = annex_mark(line)
    return mark is not None and not mark.titled


def provisions_of(text: InstrumentText, scheme: Scheme) -> tuple[Provision, ...]:
    """The tree of an instrument."""
    root = Node(Mark(Level.HEAD, "", ""), text.span.start, text.span.start)
    body = _read_cover(root, text, scheme)
    _READERS[scheme](root, body)
    if not root.children:
        root.children.append(Node(Mark(Level.HEAD, "", "题头"), text.span.start, text.span.start))
    root.children[0].start = text.span.start
    return provisions(root.children, text.span.end)


def _read_cover(root: Node, text: InstrumentText, scheme: Scheme) -> tuple[Line, ...]:
    """题头 runs up to the first mark of the body; a covering notice with numbers of its own stands between.

    Returned is the body, which begins with 总则 where that is the last line of the cover.
    """
    cover, body = text.cover, text.body
    if scheme is Scheme.STATUTE and cover and squeeze(cover[-1].text) == "总则":
        cover, body = cover[:-1], (cover[-1], *body)
    if scheme is Scheme.OUTLINE and (first := first_group(lines := (*cover, *body))) is not None and first < len(cover):
        cover, body = lines[:first], lines[first:]
    numbered = next((i for i, line in enumerate(cover) if is_outline_1(line)), len(cover))
    if numbered:
        root.append(Mark(Level.HEAD, "", "题头"), cover[0])
    if numbered < len(cover):
        notice = root.append(Mark(Level.NOTICE, "", "通知"), cover[numbered])
        for line in cover[numbered:]:
            mark = outline_mark(line)
            if mark and mark.level is Level.OUTLINE_1:
                notice.append(mark, line, heading_of(line, mark))
            elif _ends_notice(line):
                root.append(Mark(Level.HEAD, "", "题头"), line)
                break
    return body


def _ends_notice(line: Line) -> bool:
    return len(line.text) <= 40 and not line.folded.endswith(("。", ";"))
