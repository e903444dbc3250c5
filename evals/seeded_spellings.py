"""An answer as it is, and with its figures in other spellings of the same values: none of it is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from assistant.answer import Answer

_MONEY = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>[万亿]*)元")
_RATE = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>)%")
_LENGTH = re.compile(r"(?<![\d.])(?P<n>\d+)(?P<scale>)(?=个工作日|个月|年内|年(?![\d度底末初]))")
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
#: The first of 5—10万元 has its scale behind the second.
_BEFORE_RANGE = re.compile(r"\d(?:—|-|~|至|、)$")
_QUOTE = re.compile(r"(原文:[^。]*|“[^”]*”)")
_HAN = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def spellings(answer: Answer) -> Iterator[tuple[str, Answer]]:
    """The answer as it is, then one for each spelling that changes its text."""
    text = answer.text
    spelled = {
        "as_is": text,
        "yuan": _outside_quotes(_MONEY, lambda match: _in_yuan(match, commas=False), text),
        "thousands": _outside_quotes(_MONEY, lambda match: _in_yuan(match, commas=True), text),
        "iso_day": _outside_quotes(_DAY, lambda m: f"{m['y']}-{int(m['m']):02}-{int(m['d']):02}", text),
        "numeral": _outside_quotes(_LENGTH, lambda m: _HAN[int(m["n"])] if 2 < int(m["n"]) < 10 else m[0], text),
        "percent": _outside_quotes(_RATE, _in_words, text),
        "width": text.translate(_FULL_WIDTH),
        "wide_marks": text.replace("[", "［").replace("]", "］"),
    }
    for kind, other in spelled.items():
        if kind == "as_is" or other != text:
            yield kind, replace(answer, text=other)


def _outside_quotes(pattern: re.Pattern[str], spell: Callable[[re.Match[str]], str], text: str) -> str:
    """``text`` spelled otherwise; words that are given as the document's own (原文:…, “…”) stay as they are."""
    parts = _QUOTE.split(text)
    return "".join(part if i % 2 else pattern.sub(spell, part) for i, part in enumerate(parts))


def _in_yuan(match: re.Match[str], *, commas: bool) -> str:
    """4万元 as 40000元 or 40,000元; one end of a range alone would be another value."""
    if _BEFORE_RANGE.search(match.string[: match.start()]):
        return match[0]
    value = Decimal(match["n"])
    for scale in match["scale"]:
        value *= {"万": 10_000, "亿": 100_000_000}[scale]
    if value != int(value):
        return match[0]
    return f"{int(value):,}元" if commas else f"{int(value)}元"


def _in_words(match: re.Match[str]) -> str:
    """50% as 百分之五十, where it is a whole number below a hundred."""
    value = Decimal(match["n"])
    if value != int(value) or not 0 < value < 100 or _BEFORE_RANGE.search(match.string[: match.start()]):
        return match[0]
    tens, ones = divmod(int(value), 10)
    shown = f"{_HAN[tens] if tens > 1 else ''}{'十' if tens else ''}{_HAN[ones] if ones else ''}"
    return f"百分之{shown}"
