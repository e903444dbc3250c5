"""Instruments, the provisions that they consist of, and the clauses that are indexed and cited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from corpus.model.address import Level, ProvisionPath
from corpus.model.facts import Amount, Benefit, Office, Period, Quantity, Reference, Relation, Validity
from corpus.model.number import DocumentNumber
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
    references: tuple[Reference, ...] = ()
    relations: tuple[Relation, ...] = ()
    benefits: tuple[Benefit, ...] = ()
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
