"""Numerals and dates as documents print them; counting on (民法典 202)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import FULL_DATE, NUMERIC_DATE, add_months, date_of, in_words, last_day
from corpus.numerals import han_number, number_of


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("三十四", 34),
        ("十", 10),
        ("一千二百六十", 1260),
        ("一百零一", 101),
        ("二〇二三", 2023),
        ("12", 12),
        ("１２", 12),
        ("②", 2),
        ("两", 2),
    ],
)
def test_numerals(numeral: str, value: int) -> None:
    assert number_of(numeral) == value


@pytest.mark.parametrize("numeral", ["", "百百", "甲", "1.5"])
def test_what_is_no_numeral(numeral: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        number_of(numeral)


@given(st.integers(1, 9999))
def test_han_numerals_are_read_back(value: int) -> None:
    assert number_of(han_number(value)) == value


def test_han_numerals_are_printed_as_laws_print_them() -> None:
    assert [han_number(n) for n in (1, 10, 12, 20, 110, 1260)] == [
        "一",
        "十",
        "十二",
        "二十",
        "一百一十",
        "一千二百六十",
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023年8月1日", date(2023, 8, 1)),
        ("2023 年 8 月 1 日", date(2023, 8, 1)),
        ("二〇二三年八月一日", date(2023, 8, 1)),
        ("二○二三年十二月三十一日", date(2023, 12, 31)),
        ("二零二四年二月二十九日", date(2024, 2, 29)),
        ("2023年2月30日", None),
        ("2023年13月1日", None),
    ],
)
def test_dates_in_words(text: str, day: date | None) -> None:
    match = FULL_DATE.search(text)
    assert match is not None
    assert date_of(match) == day


@pytest.mark.parametrize("text", ["2024-03-25", "2024/3/25", "2024.03.25"])
def test_dates_in_figures(text: str) -> None:
    match = NUMERIC_DATE.search(f"时间:{text} 15:37")
    assert match is not None
    assert date_of(match) == date(2024, 3, 25)


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        (date(2023, 8, 28), 24, date(2025, 8, 28)),
        (date(2023, 8, 29), 12, date(2024, 8, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 8, 31), 6, date(2024, 2, 29)),
        (date(2023, 12, 1), 1, date(2024, 1, 1)),
        (date(2023, 12, 31), 18, date(2025, 6, 30)),
    ],
)
def test_the_corresponding_day_or_the_last_of_the_month(start: date, months: int, day: date) -> None:
    assert add_months(start, months) == day


@given(st.dates(date(1990, 1, 1), date(2080, 12, 31)), st.integers(0, 600))
def test_some_months_on_is_never_later_than_the_day_itself(start: date, months: int) -> None:
    day = add_months(start, months)
    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    assert day.day == min(start.day, last_day(day.year, day.month).day)


def test_last_days_and_words() -> None:
    assert last_day(2023) == date(2023, 12, 31)
    assert last_day(2024, 2) == date(2024, 2, 29)
    assert in_words(date(2025, 8, 28)) == "2025年8月28日"
