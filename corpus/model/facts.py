"""The facts that clauses state. Money is ``Decimal`` in 元; every fact has its span in the canonical text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from corpus.model.number import DocumentNumber
from corpus.model.text import Span


class Bound(StrEnum):
    """How a figure bounds: 以上、以下 include the number, 超过、不满 do not (民法典 1259)."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    OVER = "over"
    UNDER = "under"
    RANGE = "range"


class Role(StrEnum):
    """What a figure does in its clause."""

    AWARD = "award"
    CAP = "cap"
    RATE = "rate"
    THRESHOLD = "threshold"
    TARGET = "target"
    LOAN = "loan"
    FEE = "fee"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Measure:
    """A number with its unit, and what it is for.

    ``low`` and ``high`` are equal but for a range. ``subject`` holds the words that the figure is said of,
    ``key`` what pairs it with its place in a 分别 / 相应 list (50亿元 for 100万元).
    """

    text: str
    span: Span
    low: Decimal
    high: Decimal
    unit: str
    bound: Bound
    role: Role
    per: str = ""
    subject: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Amount(Measure):
    """金额、比例: 元, %, ‰, 折, 倍, 个百分点; the value in the base unit."""


@dataclass(frozen=True, slots=True)
class Quantity(Measure):
    """数量: counts of firms, people, areas, capacities: not money."""


PeriodUnit = Literal["day", "working_day", "month", "year"]


@dataclass(frozen=True, slots=True)
class Period:
    """期限: a count with its anchor (自受理之日起), or a term between dates.

    ``least`` is the lower end of a range (18至23个月), of which ``count`` is the upper.
    """

    text: str
    span: Span
    count: Decimal | None = None
    least: Decimal | None = None
    unit: PeriodUnit | None = None
    anchor: str = ""
    from_date: dt.date | None = None
    to_date: dt.date | None = None
    subject: str = ""
    key: str = ""

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The days that it begins and ends on, as far as it says them; one where they are the same."""
        return tuple(dict.fromkeys(day for day in (self.from_date, self.to_date) if day is not None))


class ValidityStatus(StrEnum):
    """Whether words are in force on a day."""

    NOT_YET = "not_yet"
    IN_FORCE = "in_force"
    EXPIRED = "expired"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Validity:
    """效力: from when to when words are in force, and the words that say so.

    ``expires_on`` is the last day in force. ``stated`` is False where no document says anything.
    ``scope`` names the part of a clause that a term is for (票据业务); ``span`` is where those words stand,
    ``basis_span`` where the words that say the term do.
    """

    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    repealed_on: dt.date | None = None
    stated: bool = False
    basis: str = ""
    basis_clause_id: str = ""
    scope: str = ""
    span: Span | None = None
    basis_span: Span | None = None

    def status(self, on: dt.date) -> ValidityStatus:
        """The status on a day; both ``effective_on`` and ``expires_on`` are days in force."""
        if self.repealed_on is not None and on >= self.repealed_on:
            return ValidityStatus.REPEALED
        if self.expires_on is not None and on > self.expires_on:
            return ValidityStatus.EXPIRED
        if not self.stated:
            return ValidityStatus.UNKNOWN
        if self.effective_on is not None and on < self.effective_on:
            return ValidityStatus.NOT_YET
        return ValidityStatus.IN_FORCE


class OfficeRole(StrEnum):
    """What a unit has to do with a clause."""

    RESPONSIBLE = "responsible"
    LEADS = "leads"
    SHARED = "shared"
    INTERPRETS = "interprets"


@dataclass(frozen=True, slots=True)
class Office:
    """单位: a unit that a clause names, with its role there; equal to the same unit named again in the clause.

    ``listed`` tells a list of units (责任单位:…) from a sentence that gives one a task (由市财政局拨付).
    """

    name: str
    role: OfficeRole
    clause_id: str
    span: Span | None = field(default=None, compare=False)
    listed: bool = field(default=True, compare=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """引用关系: words that point to another document, or to a provision.

    A document is named by ``number``, ``title`` or both; ``address`` is the place in it, or with neither a place in the
    instrument that the words stand in (``art_9``, ``art_12__para_1``). ``targets`` are the ids that the corpus has for
    it: of instruments, or of provisions as ``<instrument>~<address>``.
    """

    text: str
    span: Span
    number: DocumentNumber | None = None
    title: str = ""
    address: str = ""
    targets: tuple[str, ...] = ()


class RelationKind(StrEnum):
    """How words bear on other provisions or documents."""

    NON_STACKING = "non_stacking"  # 不重复享受
    HIGHER_OF = "higher_of"  # 就高不就低
    PRECEDENCE = "precedence"  # 与本意见不一致的,以本意见为准
    DEFERS = "defers"  # 上级有新规定的,从其规定
    EXCEPTION = "exception"  # 总部经济除外
    REPEALS = "repeals"  # 《…》同时废止
    AMENDS = "amends"  # 对《…》作如下修改


@dataclass(frozen=True, slots=True)
class Relation:
    """关系: what a clause says of how it, or what it governs, goes together with something else.

    ``subject`` is that something in the clause's own words (第一条奖励, 现行其他政策), ``targets`` the ids that the
    corpus has for it.
    """

    kind: RelationKind
    text: str
    span: Span
    subject: str = ""
    targets: tuple[str, ...] = ()


class BenefitKind(StrEnum):
    """What somebody gets."""

    AWARD = "award"
    SUBSIDY = "subsidy"
    RELIEF = "relief"
    LOAN = "loan"
    SERVICE = "service"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Benefit:
    """惠企事项: one entitlement of an enterprise or a person.

    ``what`` are the words that give it, at ``span``; ``who`` and ``conditions`` are the clause's own words.
    ``amount`` is what is given or the rate it is reckoned by, ``cap`` the most that is given. ``term`` is its own, None
    where it is that of the instrument. ``offices`` are those of its clause that see to it. ``not_with`` are the
    relations that limit it (不重复享受), of its clause and of those that govern that.
    """

    kind: BenefitKind
    what: str
    span: Span
    clause_id: str
    who: str = ""
    amount: Amount | None = None
    cap: Amount | None = None
    conditions: tuple[str, ...] = ()
    term: Validity | None = None
    offices: tuple[Office, ...] = ()
    not_with: tuple[Relation, ...] = ()
