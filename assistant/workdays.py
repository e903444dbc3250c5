"""Working days as they are in China: weekends, public holidays and the days worked in exchange for them.

    chinesecalendar (the yearly notices of the State Council)  ←  a file of days off and worked days in settings

Past the last year that either knows, weekends alone count as days off: :attr:`WorkCalendar.knows` tells.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import SettingsError
from corpus.errors import place_of

_KEYS = ("days_off", "work_days", "years")
_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked. What is given here goes before the public calendar.

    ``years`` are those of which ``off`` and ``worked`` hold the whole arrangement.
    """

    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked; in a year that nothing is known of, whether it is no weekend."""
        if day in self.off or day in self.worked:
            return day in self.worked
        if day.year in self.years or not _is_public(day.year):
            return day.weekday() < _SATURDAY
        import chinese_calendar

        return bool(chinese_calendar.is_workday(day))

    def knows(self, first: date, last: date) -> bool:
        """Whether the arrangement of every year between two days is known."""
        return all(self.knows_year(year) for year in range(first.year, last.year + 1))

    def knows_year(self, year: int) -> bool:
        """Whether the arrangement of a year is known."""
        return year in self.years or _is_public(year)

    def after(self, start: date, count: int) -> date:
        """The last of so many working days; the day of the event itself does not count (民法典 201)."""
        day = start
        while count > 0:
            day += _ONE_DAY
            count -= self.is_working_day(day)
        return day

    def moved(self, day: date) -> date:
        """The last day of a period for an act: the first working day after it where it is a day off (民法典 203)."""
        while not self.is_working_day(day):
            day += _ONE_DAY
        return day


#: Without a file of one's own.
PUBLIC = WorkCalendar()


def _is_public(year: int) -> bool:
    return year in _public_years()


@cache
def _public_years() -> range:
    from chinese_calendar import constants

    return range(min(constants.holidays).year, max(constants.holidays).year + 1)


def read_calendar(file: Path) -> WorkCalendar:
    """The calendar of a TOML file: ``days_off`` and ``work_days`` (lists of days), ``years`` (of which all is said).

    ``SettingsError`` says what in it cannot be used.
    """
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except OSError:
        raise SettingsError(f"节假日文件 {file} 读不出来，请检查路径和权限。") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"节假日文件 {file} 的{place_of(error)}不符合 TOML 格式。") from None
    unknown = [name for name in values if name not in _KEYS]
    if unknown:
        raise SettingsError(f"节假日文件 {file} 里有不认识的项 {'、'.join(unknown)}；可用的有 {'、'.join(_KEYS)}。")
    off, worked = (_days(values, name, file) for name in ("days_off", "work_days"))
    if both := sorted(off & worked):
        days = "、".join(day.isoformat() for day in both)
        raise SettingsError(f"节假日文件 {file} 里 {days} 既是休息日又是上班日。")
    years = values.get("years", [])
    if not isinstance(years, list) or not all(type(year) is int and 1 <= year <= MAXYEAR for year in years):
        raise SettingsError(f"节假日文件 {file} 的 years 应为年份的列表，如 [2027]。")
    return WorkCalendar(off, worked, frozenset(years))


def _days(values: Mapping[str, Any], name: str, file: Path) -> frozenset[date]:
    days = values.get(name, [])
    if not isinstance(days, list) or not all(type(day) is date for day in days):
        raise SettingsError(f"节假日文件 {file} 的 {name} 应为日期的列表，日期不加引号，如 [2027-01-01]。")
    return frozenset(days)
