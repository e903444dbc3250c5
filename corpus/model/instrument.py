"""Instruments, the provisions that they consist of, and the clauses that are indexed and cited."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.model.address import Level, ProvisionPath
from corpus.model.facts import Amount, Office, Period, Quantity, Validity
from corpus.model.text import Span


class Scheme(StrEnum):
    """How an instrument numbers its provisions; decided once per instrument."""

    STATUTE = "statute"  # 编章节条款项目: it has 第X条
    OUTLINE = "outline"  # 一、（一）1.（1）①  (GB/T 9704-2012, 7.3.3)
    TRANSCRIPT = "transcript"  # speakers' turns


class Kind(StrEnum):
    """What sort of document an instrument is; the closed list of the contract."""

    STATUTE = "statute"
    NORMATIVE = "normative"  # 办法 规定 措施 意见 决定
    PLAN = "plan"  # 方案 计划 规划 任务分解
    NOTICE = "notice"
    PRESS = "press"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: authority code, year in 〔〕, serial (GB/T 9704-2012, 7.2.5)."""

    code: str
    year: int
    serial: int

    _PATTERN = re.compile(
        r"(?P<code>[\u4e00-\u9fff]{2,12}?)\s*[〔\[(【（［﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\])】）］﹞]"
        r"\s*第?\s*0*(?P<serial>\d{1,5})\s*号"
    )

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """The number that ``text`` is, in any bracket style; ``ValueError`` where it is none."""
        match = cls._PATTERN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"不是发文字号:{text!r};应如 天政办发〔2023〕26号")
        return cls(match["code"], int(match["year"]), int(match["serial"]))


@dataclass(frozen=True, slots=True)
class Provision:
    """条款: a node of an instrument's tree.

    ``own`` is the provision's own text, label included, up to its first child; ``span`` covers the children too.
    """

    path: ProvisionPath
    level: Level
    label: str
    heading: str
    own: Span
    span: Span
    children: tuple[Provision, ...] = ()

    def walk(self) -> Iterator[Provision]:
        """This provision and all below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class Clause:
    """条款单元: what is indexed and cited.

    ``id`` is the instrument's id, ``~`` and the path. ``headings`` are those above the clause and its own,
    from the top; ``provisos`` the ids of the clauses that govern it; ``terms`` the terms of its own that it
    states, each for the clause or a part of it.
    """

    id: str
    instrument_id: str
    path: ProvisionPath
    level: Level
    headings: tuple[str, ...]
    span: Span
    text: str
    repaired: bool = False
    provisos: tuple[str, ...] = ()
    amounts: tuple[Amount, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    periods: tuple[Period, ...] = ()
    terms: tuple[Validity, ...] = ()
    offices: tuple[Office, ...] = ()
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Instrument:
    """文件: one titled act. A covering notice belongs to the instrument that it issues."""

    id: str
    document_id: str
    number: DocumentNumber | None
    title: str
    issuer: str
    date: dt.date | None
    city: str
    kind: Kind
    scheme: Scheme
    validity: Validity
    provisions: tuple[Provision, ...]
    title_inferred: bool = False
    bundled: bool = False

    def walk(self) -> Iterator[Provision]:
        """All provisions in reading order."""
        for provision in self.provisions:
            yield from provision.walk()
