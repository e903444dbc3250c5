"""Units that a clause names for a task, with their role: leading, responsible, shared, interpreting.

    (责任单位:市经信局、市财政局)   [牵头单位:市商务局;配合单位:…]   (市经信局牵头,市税务局配合)   由市司法局负责解释

The first unit of a list leads, unless one is named as leading. Units that only appear (向市司法局提出申请) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.duties import duties_of
from corpus.facts.spans import Taken
from corpus.facts.units import is_unit, names_in
from corpus.folding import fold
from corpus.model import Clause, Office, OfficeRole, Span

_KIND = r"(?:责任|牵头|配合|主办|协办|承办|协同|落实|参加|参与|实施|主管|支持)(?:责任)?(?:单位|部门|处室|科室)"
_INNER = r"(?:[^()\[\]【】〔〕\n]|\([^()\n]{0,60}\)|〔[^〔〕\n]{0,20}〕){0,600}"
#: Units named at the end of a paragraph: (责任单位:…) [责任单位:…], or on a line of their own. For folded text.
RESPONSIBLE = re.compile(rf"[(\[【〔]\s*{_KIND}{_INNER}[)\]】〕]|(?m:^\s*{_KIND}\s*:[^\n。]{{2,400}}[。]?$)")
#: (市商务局牵头,市财政局、市税务局配合), (市经信局、各县(市、区)政府按职责分工负责)
_LED = re.compile(
    r"[(\[【](?P<leads>(?:[\u4e00-\u9fff、]|\([^()\n]{1,20}\)){2,160}?)(?P<how>牵头(?:负责)?|(?:等)?(?:按(?:照)?职责(?:分工)?|分别)?负责)"
    r"(?:[,;](?P<others>(?:[\u4e00-\u9fff、,]|\([^()\n]{1,20}\)){2,300}?)"
    r"(?:按(?:照)?职责(?:分工)?负责|分别负责|(?:协同)?配合|参与|参加|协助|协办))?(?:落实)?[)\]】]"
)
_INTERPRETS = re.compile(
    r"由(?P<by>[\u4e00-\u9fff、()]{2,60}?)(?:会同(?P<with>[\u4e00-\u9fff、()]{2,60}?))?(?:共同)?(?:负责|承担|进行)[^。,;]{0,8}?解释"
    r"|由(?P<plain>[\u4e00-\u9fff、()]{2,60}?[局委办厅府会部])(?:会同(?P<also>[\u4e00-\u9fff、()]{2,60}?[局委办厅府会部]))?(?:依职责|按职责)?解释"
    r"|解释(?:工作)?由(?P<work>[\u4e00-\u9fff、]{2,60}?)(?:负责|承担)|解释权归(?P<right>[\u4e00-\u9fff、]{2,60}?)(?:所有)?[。,;]"
)
_PART = re.compile(rf"(?P<kind>{_KIND})\s*:?\s*(?P<names>(?:(?!{_KIND})(?:〔[^〔〕\n]{{0,20}}〕|[^\]】〕。\n]))*)")
_LEADING = re.compile(r"牵头|主办")
_JOINING = re.compile(r"配合|协办|协同|参加|参与|支持")
#: 以下工作均需…落实,不再列出: units of every later list; 以上任务均由…落实: of every earlier one.
_SHARED = re.compile(
    r"(?P<which>以下|以上|上述)[^。,;]{0,12}均?(?:需|由)(?P<names>(?:[\u4e00-\u9fff、]|\([^()\n]{1,20}\)){4,80}?)"
    r"(?:等)?(?:具体|抓好|负责|分别){0,3}(?:落实|负责|实施)"
)
#: 【县文旅局、县财政局】 at the end of a paragraph; the last cell of a row (… | 县科技局、县税务局).
_LISTED = re.compile(
    r"[(\[【](?P<names>(?:[^()\[\]【】\n]|\([^()\n]{1,20}\)){2,400})[)\]】]\s*(?:$|\n)"
    r"|\|\s*(?P<cell>[^|\n]{2,60}?)\s*(?:$|\n)"
)


def offices_of(clause: Clause) -> tuple[Office, ...]:
    """The units that a clause names, each time that it names one, in reading order."""
    return tuple(sorted(_offices(clause), key=lambda office: office.span or clause.span))


def _offices(clause: Clause) -> Iterator[Office]:
    folded = fold(clause.text)
    taken = Taken()
    lists = list(RESPONSIBLE.finditer(folded))
    # 牵头单位:甲局 on one line, 责任单位:乙局 on the next: the first of these leads only where nobody else does.
    apart = any(_LEADING.search(part["kind"]) for found in lists for part in _PART.finditer(found[0]))
    for bracket in lists:
        taken.add(Span(bracket.start(), bracket.end()))
        for i, part in enumerate(_PART.finditer(folded, bracket.start(), bracket.end())):
            for k, name in enumerate(names_in(folded, *part.span("names"))):
                first = i == k == 0 and not apart and not _JOINING.match(part["kind"])
                leads = first or _LEADING.search(part["kind"]) is not None
                yield _office(clause, name, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE)
    for bracket in _LED.finditer(folded):
        taken.add(Span(bracket.start(), bracket.end()))
        for k, name in enumerate(names_in(folded, *bracket.span("leads"))):
            leads = k == 0 and bracket["how"].startswith("牵头")
            yield _office(clause, name, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE)
        for name in names_in(folded, *bracket.span("others")):
            yield _office(clause, name, OfficeRole.RESPONSIBLE)
    for bracket in _LISTED.finditer(folded):
        if taken.overlaps(Span(bracket.start(), bracket.end())):
            continue
        names = list(names_in(folded, *bracket.span("names" if bracket["names"] else "cell")))
        if names and all(is_unit(name.of(folded)) for name in names):
            taken.add(Span(bracket.start(), bracket.end()))
            for k, name in enumerate(names):
                yield _office(clause, name, OfficeRole.LEADS if k == 0 else OfficeRole.RESPONSIBLE)
    for match in _INTERPRETS.finditer(folded):
        taken.add(Span(match.start(), match.end()))
        for group in ("by", "with", "plain", "also", "work", "right"):
            for name in names_in(folded, *match.span(group)):
                yield _office(clause, name, OfficeRole.INTERPRETS)
    for place, role in duties_of(folded):
        if not taken.overlaps(place):
            taken.add(place)
            for name in names_in(folded, place.start, place.end):
                yield _office(clause, name, role, listed=False)


def _office(clause: Clause, place: Span, role: OfficeRole, *, listed: bool = True) -> Office:
    start = clause.span.start
    return Office(place.of(clause.text), role, clause.id, Span(start + place.start, start + place.end), listed)


def shared_offices(clause: Clause, *, behind: bool) -> tuple[Office, ...]:
    """Units that a clause makes responsible for all that stands ``behind`` it (以下…), else before it (以上…)."""
    folded = fold(clause.text)
    match = _SHARED.search(folded)
    if match is None or (match["which"] == "以下") != behind:
        return ()
    return tuple(_office(clause, name, OfficeRole.SHARED) for name in names_in(folded, *match.span("names")))


def without_responsible(folded: str) -> str:
    """Folded text with its lists of responsible units blanked out, length kept."""
    return RESPONSIBLE.sub(lambda match: " " * len(match[0]), folded)
