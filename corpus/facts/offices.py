"""Offices that a clause names, with their role: responsible (the first leads), interpreting, shared."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.clauses import RESPONSIBLE
from corpus.folding import fold
from corpus.model import Clause, Office, OfficeRole

_INTERPRETS = re.compile(
    r"由([\u4e00-\u9fff、]{2,40}?)(?:会同[\u4e00-\u9fff、]{2,40})?(?:负责|承担|进行)[^。,;]{0,8}?解释"
)
_LIST = re.compile(r"(?:责任|牵头|配合|主办|承办|落实)(?:单位|部门)\s*:?\s*(?P<names>[^)\]】〕。]*)")
#: 以下工作均需…落实,不再列出: units of every later list.
_SHARED = re.compile(r"以下[^。]{0,12}均?(?:需|由)(?P<names>[\u4e00-\u9fff、]{4,60}?)(?:具体)?(?:落实|负责)")


def offices_of(clause: Clause) -> tuple[Office, ...]:
    """The units named by a clause."""
    return tuple(dict.fromkeys(_offices(clause)))


def _offices(clause: Clause) -> Iterator[Office]:
    folded = fold(clause.text)
    for bracket in RESPONSIBLE.finditer(folded):
        listed = _LIST.search(bracket[0])
        for i, name in enumerate(_names(listed["names"] if listed else "")):
            yield Office(name, OfficeRole.LEADS if i == 0 else OfficeRole.RESPONSIBLE, clause.id)
    for match in _INTERPRETS.finditer(folded):
        for name in re.split("、|和", match[1]):
            yield Office(name, OfficeRole.INTERPRETS, clause.id)


def shared_offices(clause: Clause) -> tuple[Office, ...]:
    """Units that a clause makes responsible for all that follows it (以下工作均需…具体落实)."""
    match = _SHARED.search(fold(clause.text))
    if match is None:
        return ()
    return tuple(Office(name, OfficeRole.SHARED, clause.id) for name in _names(match["names"]))


def _names(listed: str) -> list[str]:
    return [name.strip() for name in re.split(r"[、,;]", listed) if 2 <= len(name.strip()) <= 30]


def without_responsible(folded: str) -> str:
    """Folded text with its lists of responsible units blanked out, length kept."""
    return RESPONSIBLE.sub(lambda match: " " * len(match[0]), folded)
