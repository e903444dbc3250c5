"""What the options of the commands that change a corpus take, with a Chinese sentence for what they do not take."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of
from corpus.folding import fold


class Words(click.ParamType[str]):
    """Text that is not blank."""

    name = "文本"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` without blanks around it."""
        words = str(value).strip()
        if not words:
            self.fail("不能是空的。", param, ctx)
        return words


class Identifier(Words):
    """The id of a document."""

    name = "编号"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value``, which has no blanks, ``/`` and ``~``."""
        words = super().convert(value, param, ctx)
        if re.search(r"[\s/~]", words):
            self.fail(f"编号 {words!r} 不能含空格、/ 和 ~。", param, ctx)
        return words


class City(Words):
    """A city, with or without 市."""

    name = "城市"
    #: What ends in one of these is named in full without 市.
    _IN_FULL = re.compile(r"(?:市|自治州|地区|盟)$")
    _ABOVE_CITIES = re.compile(r"(?:省|自治区|特别行政区)$")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The city in full (天门市)."""
        words = super().convert(value, param, ctx)
        if not re.fullmatch(r"[\u3400-\u9fff]{2,15}", words):
            self.fail(f"{words!r} 不像城市名；应如 甲市，“市”字可省。", param, ctx)
        if self._ABOVE_CITIES.search(words):
            self.fail(f"{words} 不是市；省级和国家文件不用写城市。", param, ctx)
        return words if self._IN_FULL.search(words) else f"{words}市"


class Day(click.ParamType[date]):
    """A day, written as 2024-03-15 or 2024年3月15日."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date."""
        words = fold(str(value).strip())
        match = FULL_DATE.fullmatch(words) or NUMERIC_DATE.fullmatch(words)
        day = date_of(match) if match else None
        if day is None:
            self.fail(f"{words!r} 不是一个日期；应如 2024-03-15 或 2024年3月15日。", param, ctx)
        return day
