"""Offices that a clause names, with their role: responsible (the first leads), interpreting, shared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.folding import fold
from corpus.model import Clause, Office, OfficeRole

_KIND = r"(?:责任|牵头|配合|主办|承办|协办|落实|参加)(?:单位|部门)"
_INNER = r"(?:[^()\[\]【】〔〕\n]|\([^()\n]{0,60}\)){0,600}"
#: Units named at the end of a paragraph: (责任单位:…) [责任单位:…], or on a line of their own. For folded text.
RESPONSIBLE = re.compile(rf"[(\[【〔]\s*{_KIND}{_INNER}[)\]】〕]|(?m:^\s*{_KIND}\s*:[^\n。]{{2,400}}$)")
#: (市商务局牵头,市财政局、市税务局配合), (市经信局负责)
_LED = re.compile(
    r"[(\[](?P<leads>[\u4e00-\u9fff、]{2,80}?)(?:牵头)?(?:负责|牵头)(?:[,;](?P<others>[\u4e00-\u9fff、,]{2,200}?))?"
    r"(?:按职责分工负责|分别负责|配合|参与|参加)?[)\]]"
)
_INTERPRETS = re.compile(
    r"由(?P<by>[\u4e00-\u9fff、]{2,40}?)(?:会同(?P<with>[\u4e00-\u9fff、]{2,40}?))?(?:共同)?(?:负责|承担|进行)[^。,;]{0,8}?解释"
    r"|解释(?:工作)?由(?P<work>[\u4e00-\u9fff、]{2,40}?)(?:负责|承担)|解释权归(?P<right>[\u4e00-\u9fff、]{2,40}?)(?:所有)?[。,;]"
)
_PART = re.compile(rf"(?P<kind>{_KIND})\s*:?\s*(?P<names>(?:(?!{_KIND})[^\]】〕。\n])*)")
_LEADING = re.compile(r"牵头|主办")
#: 以下工作均需…落实,不再列出: units of every later list.
_SHARED = re.compile(r"以下[^。]{0,12}均?(?:需|由)(?P<names>[\u4e00-\u9fff、]{4,60}?)(?:具体)?(?:落实|负责)")


def offices_of(clause: Clause) -> tuple[Office, ...]:
    """The units named by a clause."""
    return tuple(dict.fromkeys(_offices(clause)))


def _offices(clause: Clause) -> Iterator[Office]:
    folded = fold(clause.text)
    for bracket in RESPONSIBLE.finditer(folded):
        for i, part in enumerate(_PART.finditer(bracket[0])):
            for k, name in enumerate(_names(part["names"])):
                leads = _LEADING.search(part["kind"]) or (i == 0 and k == 0)
                yield Office(name, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE, clause.id)
    for bracket in _LED.finditer(folded):
        for k, name in enumerate(_names(bracket["leads"])):
            yield Office(name, OfficeRole.LEADS if k == 0 else OfficeRole.RESPONSIBLE, clause.id)
        for name in _names(bracket["others"] or ""):
            yield Office(name, OfficeRole.RESPONSIBLE, clause.id)
    for match in _INTERPRETS.finditer(folded):
        for listed in filter(None, match.groups()):
            for name in re.split("、|和(?=市|省|县|区)", listed):
                yield Office(name, OfficeRole.INTERPRETS, clause.id)


def shared_offices(clause: Clause) -> tuple[Office, ...]:
    """Units that a clause makes responsible for all that follows it (以下工作均需…具体落实)."""
    match = _SHARED.search(fold(clause.text))
    if match is None:
        return ()
    return tuple(Office(name, OfficeRole.SHARED, clause.id) for name in _names(match["names"]))


def _names(listed: str) -> list[str]:
    names = (re.sub(r"等$|按职责分工负责$", "", name.strip()) for name in re.split(r"[、,;]", _unclosed(listed)))
    return [name for name in names if 2 <= len(name) <= 30]


def _unclosed(listed: str) -> str:
    """A list without the bracket that closes it; one that belongs to a name stays (市经信局(市中小企业局))."""
    listed = listed.strip()
    return listed[:-1] if listed.endswith(")") and listed.count(")") > listed.count("(") else listed


def without_responsible(folded: str) -> str:
    """Folded text with its lists of responsible units blanked out, length kept."""
    return RESPONSIBLE.sub(lambda match: " " * len(match[0]), folded)
