"""What a clause says with a figure, in its own words, without the neighbours that are not asked for.

对当年新进限纳统的批发企业一次性奖励8万元,零售、住宿、餐饮企业一次性奖励4万元
→ 对当年新进限纳统的零售、住宿、餐饮企业一次性奖励4万元
排名前三的,分别奖励5万元、4万元、3万元   → 排名前三的,奖励4万元 (for the second)
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.figures.figure import Figure
from assistant.compose.figures.zones import handed_on
from corpus.facts.phrases import segments_of, setting_of
from corpus.folding import fold
from corpus.model import Measure, Role, Span

#: Marks that a quoted part of a sentence begins or ends with, in both widths.
STOPS = " ,;。:\uff0c\uff1b\uff1a"
#: The printed label that a provision begins with: 第九条, 一、, (一), 1.
LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百零\d]+条\s*|[一二三四五六七八九十百]{1,5}、|\([一二三四五六七八九十百\d]{1,5}\)|\d{1,3}[.、](?!\d))"
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
    label = LABEL.match(sentence.of(text))
    start = sentence.start + (label.end() if label else 0)
    end = sentence.end
    if text.startswith(";其中", end) and not text[start : figure.span.start].lstrip().startswith("其中"):
        following = re.search(r"[。;]", text[end + 1 :])
        end = end + 1 + following.start() if following else end
    words = _kept(figure, text, Span(start, end))
    return re.sub(r"\s+", " ", words).strip(f"{STOPS}、"), Span(start, min(end + 1, len(text)))


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
    segments = segments_of(text, span)
    passed = _passed(figure, text, segments, neighbours)
    words = ""
    for segment in segments:
        inside = [place for place in neighbours.rivals if place in segment]
        joint = figure.clause.text[segment.end : segment.end + 1]
        if figure.span in segment:
            piece = _own_segment(figure, text, segment, inside, neighbours)
        elif segment in passed:
            continue
        elif segment.end <= figure.span.start:
            piece, joint = _earlier(figure, text, segment, inside, neighbours, joint)
        elif _goes_on(figure, text, span, segment, neighbours):
            piece = _reduced(figure, text, segment, neighbours)
        else:
            break
        if piece.strip():
            words += piece.strip() + joint
    return words


def _passed(figure: Figure, text: str, segments: Sequence[Span], neighbours: _Neighbours) -> list[Span]:
    """The segments of what an earlier 对… has been given, where a later 对… begins anew before the figure."""
    begun = [s for s in segments if s.start <= figure.span.start and re.match(r"\s*对(?![其该此上])", s.of(text))]
    if len(begun) < 2:
        return []
    between = [s for s in segments if begun[0].start <= s.start < begun[-1].start]
    others = (*neighbours.rivals, *neighbours.listed)
    return between if any(place in segment for segment in between for place in others) else []


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
    follows = fold(figure.clause.text)[segment.end + 1 : figure.span.start]
    cut = handed_on(fold(words), follows)
    if (cut and cut == len(words)) or _BARE.match(follows):
        return figure.clause.text[segment.start : segment.end], joint
    return words[:cut], "" if words[:cut].endswith("的") else joint


#: What a list is joined with, and then: one character each.
_JOINTS = frozenset("、和及与")
#: A segment with no more than this before its figure (力争达到8.5%) says nothing without the one before it.
_BARE = re.compile(
    r"(?:力争|确保|争取|并|且|但|也|还|不|未|应|可|要|达到?|保持|控制|在|提高|提升|降|到|至|超过|突破|增长|低于|高于|少于|最[高多低少]|至少|即|为|每年)*$"
)


def _own_segment(figure: Figure, text: str, segment: Span, rivals: Sequence[Span], neighbours: _Neighbours) -> str:
    """The figure's own segment: from the figure before it of its kind, to the one behind it."""
    bracket = re.search(r"\(([^()]*)$", text[segment.start : figure.span.start])
    if bracket and any(r.end <= segment.start + bracket.start() for r in rivals):
        # 月销售额未超过10万元(…季度销售额未超过30万元)的: what the bracket says stands for itself
        start = segment.start + bracket.start(1)
        close = re.search(r"\)", text[figure.span.end : segment.end])
        return _reduced(
            figure, text, Span(start, figure.span.end + close.start() if close else segment.end), neighbours
        )
    if rivals and _shares_predicate(figure, text, segment, rivals):
        return _reduced(figure, text, segment, neighbours)
    left = max((r.end for r in rivals if r.end <= figure.span.start), default=segment.start)
    if left > segment.start:
        # 投资过10亿元的项目20个、投资过50亿元的: what stands before the mark is the noun of the first
        between = text[left : figure.span.start]
        mark = next((found for joint in ("、", "以及", "和") if (found := re.search(joint, between))), None)
        left += mark.end() if mark else 0
    right = min((r.start for r in rivals if r.start >= figure.span.end), default=segment.end)
    if right < segment.end and not text[: figure.span.start].endswith(("由", "从")):
        opened = text.find("(", figure.span.end, right)
        open_bracket = opened >= 0 and ")" not in text[opened:right]
        cuts = [text.rfind(mark, figure.span.end, right) for mark in ("、", ",", "以及", "和")]
        cut = opened if open_bracket else next((place for place in cuts if place >= 0), -1)
        right = max(cut, figure.span.end)
    else:
        right = segment.end
    return _reduced(figure, text, Span(left, right), neighbours).strip("、和,\uff0c")


_PREDICATE = re.compile(r"预留|面向|给予|奖|补|免|减|享受|执行|纳入|不得|应当")


def _shares_predicate(figure: Figure, text: str, segment: Span, rivals: Sequence[Span]) -> bool:
    """Whether conditions in a row have one predicate behind them (200万元以下的货物、400万元以下的工程预留)."""
    if not isinstance(figure.fact, Measure) or figure.fact.role is not Role.THRESHOLD:
        return False
    last = max(figure.span.end, *(rival.end for rival in rivals))
    return _PREDICATE.search(text, last, segment.end) is not None


def _reduced(figure: Figure, text: str, span: Span, neighbours: _Neighbours) -> str:
    """Words with each list reduced to the member that pairs with the figure: 50亿元、30亿元、20亿元 → 30亿元."""
    original = figure.clause.text
    if not neighbours.listed:
        return original[span.start : span.end]
    keys = set(getattr(figure.fact, "key", "").split())
    kept = []
    position = span.start
    members = (*neighbours.listed, figure.span)
    starts, ends = {member.start for member in members}, {member.end for member in members}
    for place in neighbours.listed:
        if place in span and place.of(text) not in keys:
            joined = place.end + 1 in starts and text[place.end] in _JOINTS
            joins = not joined and place.start - 1 in ends and text[place.start - 1] in _JOINTS
            kept.append(original[position : place.start - joins])
            position = place.end + joined
    words = "".join((*kept, original[position : span.end]))
    for name in neighbours.names:
        words = re.sub(rf"{re.escape(name)}(?:、|和|及|与)|(?:、|和|及|与)?{re.escape(name)}", "", words)
    words = re.sub(r"(?:、|和|及)+(?=(?:、|和|及|的|且|,|\)|分别|相应|依次|$))", "", words)
    words = re.sub(r"(?<=[\u4e00-\u9fff])、(?=\d)|(?<=\d%)、|^[、和及]+", "", re.sub(r"、{2,}", "、", words))
    return re.sub(r"分别|相应|依次", "", words)


def as_sentence(words: str) -> str:
    """Verbatim words as one sentence: line breaks, outer stops and the label in front taken off."""
    joined = re.sub(r"\s*\n\s*", "", words).strip().strip(STOPS)
    label = LABEL.match(fold(joined))
    return joined[label.end() :].lstrip() if label else joined
