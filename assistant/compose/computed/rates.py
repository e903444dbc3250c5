"""Which rate of a clause is the asker's: the tier that the case reaches, or the rate for a part of the cases only.

投资额100万元—500万元的,按10%补助;500万元—1000万元的,按12%    →  of 800万 the second
按设备投资额的8%补助,其中列入目录的按10%补助                  →  10% only for one who says 列入目录
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.compose.computed.finding import named_before, pairs_in, sentence_span
from assistant.compose.figures.figure import Figure
from corpus.folding import fold
from corpus.model import Bound, Role, Span

#: Ends a passage that lists tiers; a semicolon only parts them.
_PASSAGE_STOP = re.compile(r"[。\n]")
#: What a rate is for, where it is for a part of the cases.
_FOR_PART = re.compile(r"其中,?(?:对)?(?P<case>[^,。;]{2,30}?)(?:的)?,?按?照?$")
#: So much of the case must stand in the question.
_NAMED = 0.25
#: A sentence behind the tiers that caps them all.
_CAPS_ALL = re.compile(r"[。;.\n]\s*(?:单[个户项家]|每[家户个]|同一|上述|以上|全年|累计|最高|年度)")


def passage_of(figure: Figure) -> Span:
    """The sentence of a figure with the semicolon units before and behind it."""
    text = fold(figure.clause.text)
    stops = [match.start() for match in _PASSAGE_STOP.finditer(text)]
    start = max((stop + 1 for stop in stops if stop < figure.span.start), default=0)
    return Span(start, min((stop for stop in stops if stop >= figure.span.end), default=len(text)))


def noun_of(figure: Figure, figures: Sequence[Figure]) -> str:
    """What a figure is measured of; where it is left out, what the figure of its kind in the unit before it is of."""
    passage = passage_of(figure)
    alike = [
        other
        for other in figures
        if other.span in passage and other.type == figure.type and other.span.start <= figure.span.start
        if _part_of(other) is None
    ]
    return next((noun for other in reversed(alike) if (noun := named_before(other, figures))), "")


def tiers_of(rate: Figure, shares: Sequence[Figure], figures: Sequence[Figure]) -> list[tuple[Figure, Figure]]:
    """The rates of the passage, each with the sum of money to be reached for it; none where these are no tiers."""
    passage = passage_of(rate)
    found = []
    for share in shares:
        if share.span not in passage:
            continue
        unit = sentence_span(share)
        demanded = [
            f
            for f in figures
            if f.span in unit
            and f.span.end <= share.span.start
            and f.type == "money"
            and getattr(f.fact, "role", None) is Role.THRESHOLD
        ]
        if len(demanded) != 1:
            return []
        found.append((share, demanded[0]))
    return found if len(found) > 1 and len({demanded.span for _, demanded in found}) == len(found) else []


def is_for_others(asked: str, rate: Figure, shares: Sequence[Figure]) -> bool:
    """Whether a rate is for a part of the cases that the question does not name, or another is for what it names."""
    named = _names_part(asked, rate)
    if named is not None:
        return not named
    sentence = sentence_span(rate)
    return any(other.span in sentence and _names_part(asked, other) for other in shares)


def _names_part(asked: str, rate: Figure) -> bool | None:
    """Whether a question names the part of the cases that a rate is for; None where it is for all."""
    case = _part_of(rate)
    if case is None:
        return None
    pairs = pairs_in(case)
    return bool(pairs) and len(pairs & pairs_in(asked)) >= _NAMED * len(pairs)


def _part_of(rate: Figure) -> str | None:
    """The part of the cases that a rate is for (其中列入目录的按10%); None where it is for all."""
    found = _FOR_PART.search(fold(rate.clause.text)[sentence_span(rate).start : rate.span.start])
    return found["case"] if found else None


def caps_behind(figure: Figure, figures: Sequence[Figure]) -> list[Figure]:
    """What a sentence behind the tiers, that speaks of all of them, says is given at most."""
    text = fold(figure.clause.text)
    found = _CAPS_ALL.search(text, sentence_span(figure).end)
    if found is None or found.start() > passage_of(figure).end:
        return []
    end = _PASSAGE_STOP.search(text, found.end())
    behind = Span(found.end(), end.start() if end else len(text))
    return [f for f in figures if f.span in behind and getattr(f.fact, "bound", None) is Bound.AT_MOST]
