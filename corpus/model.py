"""The words of the domain as types: documents, instruments, provisions, clauses and the facts in them.

Everything here is a frozen value. A ``Span`` is half-open and points into the *canonical text* of a
source document (decoded and repaired), never into the file. Money is ``Decimal`` in 元.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal


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


class Level(StrEnum):
    """The level of a provision; the value is the part of its address."""

    PART = "part"
    CHAPTER = "chp"
    SECTION = "sec"
    ARTICLE = "art"
    PARAGRAPH = "para"
    SUBPARAGRAPH = "subpara"
    ITEM = "item"
    OUTLINE_1 = "h1"
    OUTLINE_2 = "h2"
    OUTLINE_3 = "h3"
    OUTLINE_4 = "h4"
    OUTLINE_5 = "h5"
    HEAD = "head"
    NOTICE = "notice"
    TAIL = "tail"
    ANNEX = "annex"
    BOX = "box"
    TURN = "turn"
    ORDINAL = "ordinal"
    DASH = "dash"


#: Levels that head a text without being part of an address: an article is cited without its chapter.
GROUPING_LEVELS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})
#: Levels of which an instrument has one, so that the address carries no number.
SINGLE_LEVELS = frozenset({Level.HEAD, Level.NOTICE})
_SPOKEN_UNITS = {Level.SUBPARAGRAPH: "项", Level.ITEM: "目"}
OUTLINE_LEVELS = (Level.OUTLINE_1, Level.OUTLINE_2, Level.OUTLINE_3, Level.OUTLINE_4, Level.OUTLINE_5)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open ``[start, end)`` in characters of a canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def __contains__(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __len__(self) -> int:
        return self.end - self.start


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
class Step:
    """One step of an address: its level, its number in that level, and the label as printed.

    ``number`` is the printed number in Arabic digits (``10-1`` for 第十条之一), or the position among
    unnumbered siblings. ``occurrence`` tells apart siblings that print the same number.
    """

    level: Level
    number: str
    label: str
    occurrence: int = 1

    def __str__(self) -> str:
        stem = self.level.value if self.level in SINGLE_LEVELS else f"{self.level.value}_{self.number}"
        return stem if self.occurrence == 1 else f"{stem}_{self.occurrence}"


@dataclass(frozen=True, slots=True)
class ProvisionPath:
    """条款地址: ``h1_4__h2_18``, ``art_12__para_2__subpara_3`` (after the Akoma Ntoso naming convention)."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "__".join(str(step) for step in self.steps)

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed labels from the top, in the widths of the file; what prints none is not in it."""
        return tuple(step.label for step in self.steps if step.label)

    @property
    def label(self) -> str:
        """The path read out: 四、(十八), 第十二条第二款第(三)项."""
        spoken = []
        for step in self.steps:
            unit = _SPOKEN_UNITS.get(step.level)
            spoken.append(f"第{step.label.rstrip('.、')}{unit}" if unit else step.label)
        return "".join(spoken)

    def child(self, step: Step) -> ProvisionPath:
        """This path with one more step."""
        return ProvisionPath((*self.steps, step))


@dataclass(frozen=True, slots=True)
class Repair:
    """A change of the text as collected: where in the decoded file, what stood there, what stands now."""

    at: int
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Canonical text that belongs to no provision, with the reason."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """源文件: a file as collected. One file may hold several instruments."""

    id: str
    file: str
    sha256: str
    text: str
    repairs: tuple[Repair, ...] = ()
    breaks: tuple[tuple[int, int], ...] = ((0, 0),)
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()

    def to_file(self, offset: int) -> int:
        """The offset in the decoded file of an offset in the canonical text."""
        start, origin = self.breaks[bisect_right(self.breaks, (offset, 1 << 60)) - 1]
        return origin + offset - start

    def from_file(self, offset: int) -> int:
        """The offset in the canonical text of one in the decoded file; of characters taken out, where they stood."""
        i = bisect_right(self.breaks, offset, key=lambda run: run[1]) - 1
        start, origin = self.breaks[max(i, 0)]
        following = self.breaks[i + 1][0] if i + 1 < len(self.breaks) else len(self.text)
        return min(start + offset - origin, following)


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
    ``scope`` names the part of a clause that a term is for (票据业务); ``span`` is where those words stand.
    """

    effective_on: dt.date | None = None
    expires_on: dt.date | None = None
    repealed_on: dt.date | None = None
    stated: bool = False
    basis: str = ""
    basis_clause_id: str = ""
    scope: str = ""
    span: Span | None = None

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
    """单位: a unit that a clause names, with its role there."""

    name: str
    role: OfficeRole
    clause_id: str


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
