"""What an instrument is: its id and its kind."""

from __future__ import annotations

import re

from corpus.folding import fold
from corpus.model import DocumentNumber, Kind, Scheme

_KINDS = (
    (Kind.PLAN, re.compile(r"(?:方案|计划|规划|分解|要点|路线图|纲要)(?:\(.*\))?$")),
    (Kind.STATUTE, re.compile(r"(?<!办)(?:法|条例|宪法|法典|修正案)(?:\(.*\))?$")),
    (
        Kind.NORMATIVE,
        re.compile(r"(?:办法|规定|措施|意见|决定|细则|举措|政策|规则|规程|制度|解释|准则|安排|若干.{0,6})(?:\(.*\))?$"),
    ),
    (Kind.NOTICE, re.compile(r"(?:通知|通告|公告|函|批复|公示|指南|清单)(?:\(.*\))?$")),
)


def instrument_id(number: DocumentNumber | None, document_id: str, position: int, *, bundled: bool) -> str:
    """A readable id: the number without brackets, else the document's id.

    ``position`` counts the instruments of the document that carry the same number (or none).
    """
    if number is not None:
        stem = f"{number.code}-{number.year}-{number.serial}"
        return f"{stem}-{position}" if bundled or position > 1 else stem
    return document_id if position == 1 else f"{document_id}-{position}"


#: 制定如下意见, 特制定本办法: what an instrument without a title calls itself.
_CALLS_ITSELF = re.compile(r"制定(?:如下|以下|本)(?P<kind>[\u4e00-\u9fff]{2,8}?)[。,:]")


def kind_of(title: str, scheme: Scheme, opening: str = "") -> Kind:
    """The kind that a title says, else what the instrument's opening calls it; a transcript is press."""
    if scheme is Scheme.TRANSCRIPT:
        return Kind.PRESS
    calls = _CALLS_ITSELF.search(fold(opening))
    for name in (title, calls["kind"] if calls else ""):
        squeezed = re.sub(r"\s", "", fold(name))
        for kind, pattern in _KINDS:
            if pattern.search(squeezed):
                return kind
    return Kind.OTHER
