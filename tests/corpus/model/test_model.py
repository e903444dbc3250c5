"""The domain types: document numbers, addresses, validity on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import DocumentNumber, Level, ProvisionPath, Span, Step, Validity, ValidityStatus

HAN = st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=10)


@pytest.mark.parametrize("brackets", ["〔〕", "[]", "()", "【】", "（）", "［］", "﹝﹞"])
@given(code=HAN, year=st.integers(1949, 2099), serial=st.integers(1, 99999))
def test_document_numbers_in_any_brackets_print_in_one(brackets: str, code: str, year: int, serial: int) -> None:
    opening, closing = brackets
    number = DocumentNumber.parse(f" {code}{opening}{year}{closing}{serial}号")
    assert number == DocumentNumber(code, year, serial)
    assert str(number) == f"{code}〔{year}〕{serial}号"
    assert DocumentNumber.parse(str(number)) == number


def test_a_document_number_loses_leading_zeros_and_di() -> None:
    assert str(DocumentNumber.parse("天政办发〔2023〕第020号")) == "天政办发〔2023〕20号"


@pytest.mark.parametrize(
    "text", ["", "20号", "天政办发2023 20号", "天政办发〔23〕20号", "见天政办发〔2023〕20号文", "国务院令第361号"]
)
def test_what_is_no_document_number_is_said_so(text: str) -> None:
    with pytest.raises(ValueError, match="不是发文字号"):
        DocumentNumber.parse(text)


@pytest.mark.parametrize(
    ("steps", "address", "labels", "label"),
    [
        (
            [(Level.OUTLINE_1, "4", "四、"), (Level.OUTLINE_2, "18", "(十八)")],
            "h1_4__h2_18",
            ("四、", "(十八)"),
            "四、(十八)",
        ),
        (
            [(Level.ARTICLE, "12", "第十二条"), (Level.PARAGRAPH, "2", "第二款"), (Level.SUBPARAGRAPH, "3", "(三)")],
            "art_12__para_2__subpara_3",
            ("第十二条", "第二款", "(三)"),
            "第十二条第二款第(三)项",
        ),
        (
            [(Level.ARTICLE, "10-1", "第十条之一"), (Level.SUBPARAGRAPH, "1", "（一）"), (Level.ITEM, "2", "2.")],
            "art_10-1__subpara_1__item_2",
            ("第十条之一", "（一）", "2."),
            "第十条之一第（一）项第2目",
        ),
        ([(Level.HEAD, "", "题头")], "head", ("题头",), "题头"),
        ([(Level.TAIL, "1", "末段")], "tail_1", ("末段",), "末段"),
        ([(Level.NOTICE, "", "通知"), (Level.OUTLINE_1, "2", "二、")], "notice__h1_2", ("通知", "二、"), "通知二、"),
        ([(Level.TURN, "4", "市长甲"), (Level.PARAGRAPH, "1", "")], "turn_4__para_1", ("市长甲",), "市长甲"),
    ],
)
def test_addresses(steps, address: str, labels: tuple[str, ...], label: str) -> None:
    path = ProvisionPath(tuple(Step(*step) for step in steps))
    assert (str(path), path.labels, path.label) == (address, labels, label)


def test_siblings_with_one_number_stay_apart() -> None:
    assert str(ProvisionPath((Step(Level.ORDINAL, "3", "三是", occurrence=2),))) == "ordinal_3_2"


@pytest.mark.parametrize(
    ("on", "status"),
    [
        (date(2023, 8, 27), ValidityStatus.NOT_YET),
        (date(2023, 8, 28), ValidityStatus.IN_FORCE),
        (date(2025, 8, 28), ValidityStatus.IN_FORCE),
        (date(2025, 8, 29), ValidityStatus.EXPIRED),
    ],
)
def test_both_ends_of_a_term_are_days_in_force(on: date, status: ValidityStatus) -> None:
    assert Validity(date(2023, 8, 28), date(2025, 8, 28), stated=True).status(on) is status


@pytest.mark.parametrize(
    ("validity", "on", "status"),
    [
        (Validity(), date(2024, 1, 1), ValidityStatus.UNKNOWN),
        (Validity(effective_on=date(2024, 1, 1)), date(2024, 6, 1), ValidityStatus.UNKNOWN),
        (Validity(stated=True), date(2024, 1, 1), ValidityStatus.IN_FORCE),
        (Validity(date(2024, 1, 1), stated=True), date(2030, 1, 1), ValidityStatus.IN_FORCE),
        (
            Validity(date(2020, 1, 1), date(2030, 1, 1), date(2024, 1, 1), True),
            date(2023, 12, 31),
            ValidityStatus.IN_FORCE,
        ),
        (
            Validity(date(2020, 1, 1), date(2030, 1, 1), date(2024, 1, 1), True),
            date(2024, 1, 1),
            ValidityStatus.REPEALED,
        ),
        (Validity(repealed_on=date(2024, 1, 1)), date(2023, 1, 1), ValidityStatus.UNKNOWN),
    ],
)
def test_long_unknown_and_repealed(validity: Validity, on: date, status: ValidityStatus) -> None:
    assert validity.status(on) is status


def test_spans_are_half_open() -> None:
    assert Span(1, 3).of("甲乙丙丁") == "乙丙"
    assert len(Span(1, 3)) == 2
    assert Span(1, 3) in Span(0, 3)
    assert Span(0, 4) not in Span(0, 3)
