"""Figures that an answer states and nothing that it cites holds.

Written apart from the assistant's own verification on purpose: a measure that shared its code would share its
blind spots. It reads the answer object of the contract only.

    answer text → figures ─┐
    cited texts, question → figures ┴→ those without support
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from corpus.numerals import number_of
from evals.wording import without_marks


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in its base unit (40000 元, 15 %), or a day, month or year.

    ``unit`` is empty where none follows, as for the first of 100—1000元; ``label`` marks a numeral that may be a label
    (二、 第二条), which is no figure of anything.
    """

    text: str
    value: Decimal | None = None
    unit: str = ""
    day: tuple[int, ...] = ()
    label: bool = False

    def supported_by(self, other: Figure) -> bool:
        """Equal in value and not of another unit; a month stands in a day of it, a year in a month of it."""
        if self.day or other.day:
            return bool(self.day) and other.day[: len(self.day)] == self.day
        if other.label and self.unit:
            return False
        return self.value == other.value and (self.unit == other.unit or not (self.unit and other.unit))


_HAN = "〇零一二两三四五六七八九十百千"
#: What follows a number, longest first; the same unit under all its names.
_UNITS = {
    "个工作日": "工作日",
    "工作日": "工作日",
    "个百分点": "%",
    "个月": "月",
    "平方米": "平方米",
    "千伏安": "千伏安",
}
_UNITS |= {"块钱": "元", "周岁": "年", "小时": "小时", "分钟": "分钟", "块": "元", "天": "日"}
_UNITS |= {unit: unit for unit in "元%‰折倍成年月日家户人次个项件名亩吨"}
_UNIT = "|".join(_UNITS)
_DATE = re.compile(r"((?:19|20)\d\d)(?:年(?:0?(\d{1,2})月(?:0?(\d{1,2})日)?)?|-(\d{1,2})-(\d{1,2})(?!\d))")
_NUMBER = re.compile(rf"(?P<digits>\d+(?:\.\d+)?)(?P<scale>[万亿千]*)(?P<unit>{_UNIT})?")
_HAN_NUMBER = re.compile(rf"(?<!第)(?P<digits>[{_HAN}]+)(?P<scale>[万亿]*)(?P<unit>{_UNIT})")
_HAN_RUN = re.compile(f"[{_HAN}]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APART = re.compile(rf"(?<=\d)\s+(?=[千万亿]|{_UNIT})")
_SCALE = {"千": 1_000, "万": 10_000, "亿": 100_000_000}


def figures_of(text: str) -> Iterator[Figure]:
    """The days and numbers of a text as they are read, those in Chinese numerals where a unit follows (两个月).

    An ordinal (第二条) is none.
    """
    folded = _APART.sub("", _THOUSANDS.sub("", unicodedata.normalize("NFKC", text)))
    yield from (figure for _, figure in sorted(_placed(folded), key=lambda placed: placed[0]))


def _placed(folded: str) -> Iterator[tuple[int, Figure]]:
    for match in _DATE.finditer(folded):
        yield match.start(), Figure(match[0], day=tuple(int(part) for part in match.groups() if part))
    rest = _DATE.sub(lambda match: "\n" * len(match[0]), folded)
    for pattern in (_NUMBER, _HAN_NUMBER):
        for match in pattern.finditer(rest):
            value = _value(match["digits"])
            if value is not None:
                for scale in match["scale"]:
                    value *= _SCALE[scale]
                yield match.start(), Figure(match[0], value, _UNITS.get(match["unit"] or "", ""))


def unsupported(answer: Mapping[str, Any]) -> tuple[str, ...]:
    """The figures of an answer object that stand neither in what it cites nor in the question nor in a derivation."""
    known = list(_known(answer))
    stated = figures_of(without_marks(str(answer.get("answer", ""))))
    missing = [figure.text for figure in stated if not any(figure.supported_by(each) for each in known)]
    return tuple(dict.fromkeys(missing))


def stated(answer: Mapping[str, Any]) -> int:
    """How many figures an answer states."""
    return sum(1 for _ in figures_of(without_marks(str(answer.get("answer", "")))))


def _known(answer: Mapping[str, Any]) -> Iterator[Figure]:
    for text in _supporting(answer):
        yield from figures_of(text)
        # An answer may name 第9条 where the label is 第九条.
        for match in _HAN_RUN.finditer(text):
            if (value := _value(match[0])) is not None:
                yield Figure(match[0], value, label=True)


def _supporting(answer: Mapping[str, Any]) -> Iterator[str]:
    yield from (str(answer.get(field) or "") for field in ("question", "standalone_question", "as_of"))
    for derivation in answer.get("derivations", ()):
        yield str(derivation["value"])
    for citation in answer.get("citations", ()):
        yield from (str(citation.get(field) or "") for field in ("text", "quote", "title", "document_number", "label"))
        yield from (str(office.get("name", "")) for office in citation.get("offices", ()))
        validity = citation.get("validity") or {}
        for term in (validity, *validity.get("others", ())):
            yield str(term.get("basis") or "")
            yield from (day for field in ("effective_on", "expires_on") if (day := _day(term.get(field))))


def _day(value: Any) -> str:
    return date.fromisoformat(value).isoformat() if value else ""


def _value(numeral: str) -> Decimal | None:
    if numeral[0].isdigit():
        return Decimal(numeral)
    try:
        return Decimal(number_of(numeral))
    except ValueError:
        return None
