"""What an instrument is: its id, its kind, its city."""

from __future__ import annotations

import re
from collections import Counter

from corpus.folding import fold
from corpus.model import DocumentNumber, Kind, Scheme

_KINDS = (
    (Kind.PLAN, re.compile(r"(?:方案|计划|规划|分解|要点|路线图|纲要)(?:\(.*\))?$")),
    (Kind.STATUTE, re.compile(r"(?<!办)(?:法|条例|宪法|法典)(?:\(.*\))?$")),
    (
        Kind.NORMATIVE,
        re.compile(r"(?:办法|规定|措施|意见|决定|细则|举措|政策|规则|规程|制度|解释|准则|若干.{0,6})(?:\(.*\))?$"),
    ),
    (Kind.NOTICE, re.compile(r"(?:通知|通告|公告|函|批复|公示|指南|清单)(?:\(.*\))?$")),
)
#: 市 in words that name no city.
_NO_CITY = "全我本各县省城都上超股门闹集夜该两一发"
_CITY = re.compile(r"([\u4e00-\u9fff]{2,3})市(?=[\u4e00-\u9fff])")
_LEVELS_ABOVE = re.compile(r"国务院|全国人民|最高人民|[\u4e00-\u9fff]{2,3}(?:省|自治区)人民")


def instrument_id(number: DocumentNumber | None, document_id: str, position: int, *, bundled: bool) -> str:
    """A readable id: the number without brackets, else the document's id.

    ``position`` counts the instruments of the document that carry the same number (or none).
    """
    if number is not None:
        stem = f"{number.code}-{number.year}-{number.serial}"
        return f"{stem}-{position}" if bundled else stem
    return document_id if position == 1 else f"{document_id}-{position}"


def kind_of(title: str, scheme: Scheme) -> Kind:
    """The kind that a title says; a transcript is press."""
    if scheme is Scheme.TRANSCRIPT:
        return Kind.PRESS
    folded = re.sub(r"\s", "", fold(title))
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), Kind.OTHER)


def city_of(issuer: str, title: str, text: str) -> str:
    """The city of an instrument in full (天门市), from its issuer, its title, else the city its text names most.

    "" for an instrument of a province or the state, and where nothing is said.
    """
    if _LEVELS_ABOVE.search(issuer):
        return ""
    for source in (issuer, title):
        names = _cities(source)
        if names:
            return names[0]
    counted = Counter(_cities(text))
    best = counted.most_common(1)
    return best[0][0] if best and best[0][1] >= 2 else ""


def _cities(text: str) -> list[str]:
    found = []
    for match in _CITY.finditer(text):
        name = match[1]
        if not any(c in _NO_CITY for c in name):
            found.append(f"{name[-2:] if len(name) == 3 and name[0] in '在由对向为和与及到于《' else name}市")
    return found
