"""Days counted by hand from the State Council's notices for 2024, 2025 and 2026."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import SettingsError
from assistant.settings import load_settings
from assistant.workdays import PUBLIC, WorkCalendar, read_calendar

DAYS = st.dates(date(2005, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        # 国庆 2024: off 1 to 7 October; worked Sunday 29 September and Saturday 12 October.
        ("2024-09-27", 7, "2024-10-12"),
        ("2024-09-27", 8, "2024-10-14"),
        ("2024-09-30", 1, "2024-10-08"),
        # 国庆 and 中秋 2025: off 1 to 8 October; worked Sunday 28 September and Saturday 11 October.
        ("2025-09-26", 5, "2025-10-10"),
        ("2025-09-29", 10, "2025-10-20"),
        # 国庆 2026: off 1 to 7 October; worked Saturday 10 October.
        ("2026-09-28", 7, "2026-10-13"),
        # 春节 2024: off 10 to 17 February; worked Sunday 4 and Sunday 18 February.
        ("2024-02-02", 1, "2024-02-04"),
        ("2024-02-05", 7, "2024-02-20"),
        # 春节 2025: off 28 January to 4 February; worked Sunday 26 January and Saturday 8 February.
        ("2025-01-24", 7, "2025-02-10"),
        # 春节 2026: off 15 to 23 February; worked Saturday 14 and Saturday 28 February.
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-02-27", 1, "2026-02-28"),
        # An ordinary week, and none at all.
        ("2024-07-05", 5, "2024-07-12"),
        ("2024-07-05", 0, "2024-07-05"),
        # 2027 is not known: weekends only, so that 1 January counts.
        ("2026-12-30", 5, "2027-01-06"),
    ],
)
def test_working_days(start: str, count: int, last: str) -> None:
    assert PUBLIC.after(date.fromisoformat(start), count) == date.fromisoformat(last)


@pytest.mark.parametrize(
    ("day", "moved"),
    [
        ("2024-03-31", "2024-04-01"),  # a Sunday
        ("2024-10-05", "2024-10-08"),  # in 国庆
        ("2024-10-12", "2024-10-12"),  # a Saturday that is worked
        ("2025-02-28", "2025-02-28"),
    ],
)
def test_a_last_day_that_is_a_day_off_moves_to_the_next_working_day(day: str, moved: str) -> None:
    assert PUBLIC.moved(date.fromisoformat(day)) == date.fromisoformat(moved)


def test_what_is_known() -> None:
    assert PUBLIC.knows(date(2024, 9, 27), date(2026, 12, 31))
    assert not PUBLIC.knows(date(2026, 12, 30), date(2027, 1, 6))
    assert WorkCalendar(years=frozenset({2027})).knows(date(2026, 12, 30), date(2027, 1, 6))


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_more_working_days_end_no_earlier(start: date, first: int, more: int) -> None:
    assert PUBLIC.after(start, first) <= PUBLIC.after(start, first + more)


@given(DAYS, st.integers(0, 30), st.integers(1, 30))
def test_a_later_start_ends_no_earlier(start: date, count: int, later: int) -> None:
    assert PUBLIC.after(start, count) <= PUBLIC.after(start + timedelta(later), count)


@given(DAYS, st.integers(1, 40))
def test_the_last_day_is_worked(start: date, count: int) -> None:
    last = PUBLIC.after(start, count)
    assert PUBLIC.is_working_day(last)
    assert PUBLIC.moved(last) == last


def test_a_file_of_ones_own_goes_before_the_public_calendar(tmp_path: Path) -> None:
    file = tmp_path / "节假日.toml"
    file.write_text("days_off = [2027-01-01, 2024-07-08]\nwork_days = [2027-01-02]\nyears = [2027]\n", encoding="utf-8")
    calendar = read_calendar(file)
    assert calendar.after(date(2026, 12, 31), 1) == date(2027, 1, 2)
    assert calendar.after(date(2024, 7, 5), 1) == date(2024, 7, 9)
    assert calendar.after(date(2024, 9, 27), 7) == date(2024, 10, 12)
    assert calendar.knows(date(2027, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("holidays = []", "holidays"),
        ('days_off = ["2027-01-01"]', "days_off"),
        ("work_days = 2027-01-01", "work_days"),
        ("years = [2027.5]", "years"),
        ("days_off = [2027-01-01]\nwork_days = [2027-01-01]", "2027-01-01"),
        ("days_off = [", "TOML"),
    ],
)
def test_a_file_that_cannot_be_used_is_an_error(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "节假日.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        read_calendar(file)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="读不出来"):
        read_calendar(tmp_path / "没有.toml")


def test_the_file_is_a_setting(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("POLICY_ASSISTANT_CALENDAR", str(tmp_path / "a.toml"))
    assert load_settings().calendar == tmp_path / "a.toml"
    monkeypatch.delenv("POLICY_ASSISTANT_CALENDAR")
    settings = tmp_path / "settings.toml"
    settings.write_text('calendar = "a.toml"\n', encoding="utf-8")
    assert load_settings(file=settings).calendar == tmp_path / "a.toml"
