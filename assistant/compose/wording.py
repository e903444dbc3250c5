"""What a clause says with a figure, in its own words, without the neighbours that are not asked for.

对当年新进限纳统的批发企业一次性奖励8万元,零售、住宿、餐饮企业一次性奖励4万元
→ 对当年新进限纳统的零售、住宿、餐饮企业一次性奖励4万元
排名前三的,分别奖励5万元、4万元、3万元   → 排名前三的,奖励4万元 (for the second)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.figure import Figure
from corpus.facts.phrases import segments_of, setting_of
from corpus.folding import fold
from corpus.model import Measure, Span

#: Marks that a quoted part of a sentence begins or ends with, in both widths.
STOPS = " ,;。:\uff0c\uff1b\uff1a"
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+条\s*|[一二三四五六七八九十百]{1,5}、|\([一二三四五六七八九十百]{1,5}\)|\d{1,3}[.、])"
)


def figure_words(figure: Figure) -> tuple[str, Span]:
    """The words, and the span in the clause's text of the whole sentence that is relied on.

    Of a 分别-list only the member that is meant is kept; of earlier segments with a figure of their own kind only
    what they hand on; a unit that begins with 其中 goes with the figure that it divides.
    """
    text = fold(figure.clause.text)
    setting = setting_of(text, figure.span)
    if any(term.scope for term in figure.clause.terms) and not isinstance(figure.fact, Measure):
        # 票据业务执行期限为长期,其余措施…至2024年9月30日: each part is a statement of its own.
        return setting.segment.of(figure.clause.text).strip(STOPS), setting.segment
    sentence = setting.sentence
    label = _LABEL.match(sentence.of(text))
    start = sentence.start + (label.end() if label else 0)
    end = sentence.end
    if text.startswith(";其中", end) and not text[start : figure.span.start].lstrip().startswith("其中"):
        following = re.search(r"[。;]", text[end + 1 :])
        end = end + 1 + following.start() if following else end
    words = _kept(figure, text, Span(start, end))
    return re.sub(r"\s+", " ", words).strip(STOPS), Span(start, min(end + 1, len(text)))


@dataclass(frozen=True, slots=True)
class _Neighbours:
    """The other figures of a clause: ``rivals`` could be taken for the answer, ``listed`` share a 分别-list with it.

    ``names`` are the things that the other members of the list are paired with.
    """

    rivals: tuple[Span, ...]
    listed: tuple[Span, ...]
    names: frozenset[str]


def _neighbours(figure: Figure, text: str) -> _Neighbours:
    fact = figure.fact
    if not isinstance(fact, Measure):
        return _Neighbours((), (), frozenset())
    start = figure.clause.span.start
    sentence = setting_of(text, figure.span).sentence
    others = [
        (Span(m.span.start - start, m.span.end - start), m)
        for m in (*figure.clause.amounts, *figure.clause.quantities)
        if m.span != fact.span
    ]
    paired = [(place, m) for place, m in others if fact.key and m.key and place in sentence]
    listed = tuple(place for place, _ in paired)
    rivals = tuple(
        place
        for place, m in others
        if m.unit == fact.unit
        and m.role is fact.role
        and place not in listed
        and not text[: place.start].endswith(("由", "从"))
    )
    own = set(fact.key.split())
    names = frozenset(name for _, m in paired for name in m.key.split() if not re.match(r"\d", name)) - own
    return _Neighbours(rivals, listed, names)


def _kept(figure: Figure, text: str, span: Span) -> str:
    """The segments of a sentence that belong to the figure, joined again."""
    neighbours = _neighbours(figure, text)
    words = ""
    for segment in segments_of(text, span):
        inside = [place for place in neighbours.rivals if place in segment]
        joint = figure.clause.text[segment.end : segment.end + 1]
        if figure.span in segment:
            piece = _own_segment(figure, text, segment, inside, neighbours)
        elif segment.end <= figure.span.start:
            piece, joint = _earlier(figure, text, segment, inside, neighbours, joint)
        elif _goes_on(figure, text, span, segment, neighbours):
            piece = _reduced(figure, text, segment, neighbours)
        else:
            break
        if piece.strip():
            words += piece.strip() + joint
    return words


def _goes_on(figure: Figure, text: str, span: Span, segment: Span, neighbours: _Neighbours) -> bool:
    """Whether a segment behind the figure's still speaks of it: its pair, its parts, its cap, or no figure."""
    words = segment.of(text)
    keys = getattr(figure.fact, "key", "").split()
    listed = [place.of(text) for place in neighbours.listed if place in segment]
    if words.startswith("对") or (listed and not any(place in keys for place in listed)):
        return False
    rivals = any(place in segment for place in neighbours.rivals)
    return not rivals or "其中" in text[span.start : segment.end] or re.match("最高|单个|但", words) is not None


def _earlier(
    figure: Figure, text: str, segment: Span, rivals: Sequence[Span], neighbours: _Neighbours, joint: str
) -> tuple[str, str]:
    """A segment in front of the figure's, and what joins it: whole, or what one with a figure of its own hands on."""
    if not rivals:
        return _reduced(figure, text, segment, neighbours), joint
    if "其中" in text[segment.end : figure.span.start]:
        return figure.clause.text[segment.start : segment.end], joint
    return _handed_on(figure, segment, rivals[0], joint)


def _handed_on(figure: Figure, segment: Span, rival: Span, joint: str) -> tuple[str, str]:
    """What an earlier segment with a figure of its own says of the later ones too.

    Its condition, up to the last 的 before the noun that it is about; all of it where the figure itself follows
    that 的 (增值税地方留成额的100%): then it names what is measured.
    """
    words = figure.clause.text[segment.start : rival.start]
    cut = fold(words).rfind("的") + 1
    if cut and cut == len(words):
        return figure.clause.text[segment.start : segment.end], joint
    return words[:cut], ""


def _own_segment(figure: Figure, text: str, segment: Span, rivals: Sequence[Span], neighbours: _Neighbours) -> str:
    """The figure's own segment: from the figure before it of its kind, to the one behind it."""
    left = max((r.end for r in rivals if r.end <= figure.span.start), default=segment.start)
    if left > segment.start and re.search(r"[、和]$", text[left : figure.span.start]):
        left = figure.span.start  # 5家绿色示范工厂、2家绿色示范园区: what stands between is the noun of the first
    right = min((r.start for r in rivals if r.start >= figure.span.end), default=segment.end)
    if right < segment.end:
        bracket = text.find("(", figure.span.end, right)
        open_bracket = bracket >= 0 and ")" not in text[bracket:right]
        cut = bracket if open_bracket else max(text.rfind(mark, figure.span.end, right) for mark in "、,和")
        right = max(cut, figure.span.end)
    return _reduced(figure, text, Span(left, right), neighbours).strip("、和,\uff0c")


def _reduced(figure: Figure, text: str, span: Span, neighbours: _Neighbours) -> str:
    """Words with each list reduced to the member that pairs with the figure: 50亿元、30亿元、20亿元 → 30亿元."""
    original = figure.clause.text
    if not neighbours.listed:
        return original[span.start : span.end]
    keys = set(getattr(figure.fact, "key", "").split())
    kept = []
    position = span.start
    for place in neighbours.listed:
        if place in span and place.of(text) not in keys:
            kept.append(original[position : place.start])
            position = place.end
    words = "".join((*kept, original[position : span.end]))
    for name in neighbours.names:
        words = re.sub(rf"{re.escape(name)}(?:、|和|及|与)|(?:、|和|及|与)?{re.escape(name)}", "", words)
    words = re.sub(r"(?:、|和|及)+(?=(?:、|和|及|的|且|,|\)|分别|相应|依次|$))", "", words)
    words = re.sub(r"(?<=[\u4e00-\u9fff])、(?=\d)|(?<=\d%)、|^[、和及]+", "", re.sub(r"、{2,}", "、", words))
    return re.sub(r"分别|相应|依次", "", words)
