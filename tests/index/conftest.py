"""A small library, built by hand so that these tests need no reader, and a corpus folder for those that do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.model import (
    Amount,
    Bound,
    Clause,
    DocumentNumber,
    Instrument,
    Kind,
    Level,
    Office,
    OfficeRole,
    Period,
    Provision,
    ProvisionPath,
    Quantity,
    Repair,
    Role,
    Scheme,
    SourceDocument,
    Span,
    Step,
    Validity,
)
from index.build import build_index
from index.search import Index

MakeLibrary = Callable[..., Library]

#: Two towns that support the same things, and an instrument about something else.
TEXTS = {
    "north": (
        "一、零售业。首次进限的零售企业,一次性奖励4万元。",
        "二、批发业。首次进限的批发企业,一次性奖励8万元。",
        "三、品牌。获得中国驰名商标的,奖励60万元。",
        "四、附则。本意见自印发之日起施行,有效期2年。",
    ),
    "south": (
        "一、零售业。首次进限的零售企业,一次性奖励2万元。",
        "二、住宿业。提供30天以上的免费场地。",
        "三、品牌。获得中国驰名商标的,奖励50万元。",
    ),
    "roads": ("一、养护。道路养护经费由财政负担。", "二、巡查。每月巡查2次。"),
}
_FACTS = {
    "north": ("北安市", "北安市促进商贸业发展的意见", DocumentNumber("北政办发", 2023, 25)),
    "south": ("南平市", "南平市促进商贸业发展的意见", DocumentNumber("南政办发", 2022, 3)),
    "roads": ("北安市", "北安市道路养护工作方案", None),
}


def _path(number: int) -> ProvisionPath:
    return ProvisionPath((Step(Level.OUTLINE_1, str(number), "一二三四五六七八九"[number - 1] + "、"),))


def _clauses(instrument_id: str, texts: tuple[str, ...]) -> list[Clause]:
    clauses = []
    start = 0
    for number, text in enumerate(texts, start=1):
        span = Span(start, start + len(text))
        clauses.append(
            Clause(
                id=f"{instrument_id}~{_path(number)}",
                instrument_id=instrument_id,
                path=_path(number),
                level=Level.OUTLINE_1,
                headings=(text.split("。")[0],),
                span=span,
                text=text,
                amounts=(
                    Amount(
                        "4万元", span, Decimal("4E+4"), Decimal("40000.00"), "元", Bound.EXACT, Role.AWARD, per="家"
                    ),
                ),
                quantities=(Quantity("2次", span, Decimal(2), Decimal(2), "次", Bound.AT_LEAST, Role.OTHER),),
                periods=(
                    Period("2年", span, count=Decimal("2"), unit="year", anchor="印发之日", to_date=date(2025, 8, 28)),
                ),
                terms=(Validity(date(2023, 8, 28), date(2025, 8, 28), stated=True, basis="有效期2年", span=span),),
                offices=(Office("市商务局", OfficeRole.INTERPRETS, f"{instrument_id}~{_path(number)}"),),
                provisos=(f"{instrument_id}~{_path(len(texts))}",),
            )
        )
        start += len(text) + 1
    return clauses


@pytest.fixture(scope="session")
def make_library() -> MakeLibrary:
    def make(version: str = "sha256:1", texts: dict[str, tuple[str, ...]] = TEXTS) -> Library:
        documents, instruments, clauses = [], [], []
        for name, parts in texts.items():
            city, title, number = _FACTS.get(name, ("", f"关于{name}的通知", None))
            documents.append(
                SourceDocument(name, f"{name}.txt", "0" * 64, "\n".join(parts), (Repair(3, "業(yè)", "业", "拼音"),))
            )
            read = _clauses(name, parts)
            provisions = []
            for clause in read:
                middle = (clause.span.start + clause.span.end) // 2
                child_path = clause.path.child(Step(Level.PARAGRAPH, "2", "第二款", occurrence=2))
                child = Provision(
                    child_path,
                    Level.PARAGRAPH,
                    "第二款",
                    "",
                    Span(middle, clause.span.end),
                    Span(middle, clause.span.end),
                )
                own = Span(clause.span.start, middle)
                provisions.append(Provision(clause.path, clause.level, "一、", "品牌", own, clause.span, (child,)))
            instruments.append(
                Instrument(
                    id=name,
                    document_id=name,
                    number=number,
                    title=title,
                    issuer=city + "人民政府办公室" if city else "",
                    date=date(2023, 8, 28),
                    city=city,
                    kind=Kind.NORMATIVE,
                    scheme=Scheme.OUTLINE,
                    validity=Validity(expires_on=date(2025, 8, 28), stated=True),
                    provisions=tuple(provisions),
                    title_inferred=True,
                )
            )
            clauses += read
        return Library(version, tuple(documents), tuple(instruments), tuple(clauses))

    return make


@pytest.fixture(scope="session")
def library(make_library: MakeLibrary) -> Library:
    return make_library()


@pytest.fixture(scope="session")
def index(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Index:
    return build_index(library, tmp_path_factory.mktemp("index") / "built")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A corpus folder with one document."""
    folder = tmp_path / "corpus"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "north.txt").write_text(
        "北安市人民政府办公室关于印发北安市促进商贸业发展若干措施的通知\n北政办发〔2023〕25号\n"
        "一、零售业。首次进限的零售企业,一次性奖励4万元。\n二、批发业。首次进限的批发企业,一次性奖励8万元。\n"
        "三、附则。本措施自印发之日起施行,有效期2年。\n2023年8月28日\n",
        encoding="utf-8",
    )
    return folder


class Told(list[str]):
    """What ``tell`` was told, a line each."""

    def __call__(self, line: str) -> None:
        self.append(line)


@pytest.fixture
def told() -> Told:
    return Told()
