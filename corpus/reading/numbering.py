"""Word's automatic numbering: the label that Word prints before a paragraph but does not store in it.

By ECMA-376 part 1: 17.9 (numbering), 17.18.59 (ST_NumberFormat). Counters belong to the abstract list: two lists made
of the same one go on with each other's numbers unless the later one restarts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cn2an

from corpus.numerals import han_number

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LEVELS = 9
_HEAVENLY_STEMS = "甲乙丙丁戊己庚辛壬癸"
_EARTHLY_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
#: Bullets of the symbol fonts stand in the private area; what they look like.
_BULLETS = {"\uf06c": "●", "\uf06e": "■", "\uf075": "◆", "\uf0d8": "➢", "\uf0fc": "✓"}
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_PLACE = re.compile(r"%([1-9])")
#: Behind the label: Word's tab and blank are one blank.
_SUFFIX = {"nothing": ""}


@dataclass(frozen=True, slots=True)
class _Level:
    """One level of a list: 第%1条 from 1 on, in Chinese numerals."""

    text: str = ""
    style: str = "decimal"
    start: int = 1
    restart: int | None = None
    legal: bool = False
    suffix: str = " "


@dataclass(frozen=True, slots=True)
class _List:
    """A list that paragraphs name: its counters, its levels, and the levels that it begins anew."""

    counters: str
    levels: Mapping[int, _Level]
    begins: Mapping[int, int]


@dataclass(slots=True)
class Numbering:
    """The lists of a document and how far each has counted. Ask for the label of each paragraph once, in order."""

    _lists: Mapping[str, _List] = field(default_factory=dict)
    _counted: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, list_id: str, depth: int) -> str:
        """The label of the next paragraph at ``depth`` (0 … 8) of a list, "" where it prints none."""
        numbered = self._lists.get(list_id)
        level = numbered.levels.get(depth) if numbered else None
        if numbered is None or level is None:
            return ""
        counted = self._counted.setdefault(numbered.counters, [None] * LEVELS)
        if list_id not in self._begun:
            self._begun.add(list_id)
            for begun in numbered.begins:
                counted[begun] = None
        current = counted[depth]
        first = numbered.begins.get(depth, level.start)
        counted[depth] = first if current is None else current + 1
        for below in range(depth + 1, LEVELS):
            after = numbered.levels[below].restart if below in numbered.levels else None
            # lvlRestart 0 never restarts; N restarts behind level N or one above it.
            if after is None or (after and depth < after):
                counted[below] = None
        return self._printed(level, numbered, counted)

    def _printed(self, level: _Level, numbered: _List, counted: list[int | None]) -> str:
        if level.style == "none" and not _PLACE.sub("", level.text):
            return ""
        if level.style == "bullet":
            label = _PRIVATE.sub(lambda sign: _BULLETS.get(sign[0], "•"), level.text)
            return label + level.suffix if label.strip() else ""

        def number(place: re.Match[str]) -> str:
            named = int(place[1]) - 1
            of = numbered.levels.get(named, _Level())
            value = counted[named]
            value = numbered.begins.get(named, of.start) if value is None else value
            return numeral(value, "decimal" if level.legal and of.style != "none" else of.style)

        label = _PLACE.sub(number, level.text)
        return label + level.suffix if label.strip() else ""


def numeral(value: int, style: str) -> str:
    """A number as Word prints it in a style of ST_NumberFormat; styles that no Chinese document has are decimal."""
    if value < 0 or style == "decimal":
        return str(value)
    if style in ("chineseCountingThousand", "taiwaneseCountingThousand"):
        return han_number(value) if value else _DIGITS[0]
    if style in ("chineseCounting", "taiwaneseCounting"):
        return han_number(value) if 0 < value < 100 else _digit_by_digit(value, _DIGITS)
    if style in ("japaneseCounting", "koreanDigital2"):
        # 百一, 百十: neither 一 before a unit nor 零 between.
        return re.sub("一(?=[十百千])", "", han_number(value)).replace("零", "") if value else _DIGITS[0]
    if style in ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"):
        return str(cn2an.an2cn(value, "up"))
    simple = _SIMPLE.get(style)
    if simple is not None:
        return simple[value - 1] if 0 < value <= len(simple) else str(value)
    if style in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital"):
        return _digit_by_digit(value, _DIGITS)
    if style in ("decimalFullWidth", "decimalFullWidth2"):
        return _digit_by_digit(value, "０１２３４５６７８９")
    if style == "decimalZero":
        return f"{value:02d}"
    if style in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= 780 else str(value)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman"):
        letters = _roman(value) if 0 < value < 4000 else str(value)
        return letters.upper() if style == "upperRoman" else letters
    return "" if style == "none" else str(value)


_SIMPLE = {
    "ideographTraditional": _HEAVENLY_STEMS,
    "ideographZodiac": _EARTHLY_BRANCHES,
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "ideographEnclosedCircle": "㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉",
    "ideographParenthesized": "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
}


def _digit_by_digit(value: int, digits: str) -> str:
    return "".join(digits[int(digit)] for digit in str(value))


def _roman(value: int) -> str:
    letters = ""
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        letters += sign * count
    return letters


def numbering_of(part: _Element | None, linked: Mapping[str, str]) -> Numbering:
    """The lists of a ``numbering.xml``; ``linked`` says which list a list style stands for."""
    if part is None:
        return Numbering()
    abstract = {a.get(f"{W}abstractNumId", ""): a for a in part.iterchildren(f"{W}abstractNum")}
    stands_for = {n.get(f"{W}numId", ""): _value(n, "abstractNumId") or "" for n in part.iterchildren(f"{W}num")}
    lists = {}
    for num in part.iterchildren(f"{W}num"):
        counters = _value(num, "abstractNumId") or ""
        base = abstract.get(counters)
        style = _value(base, "numStyleLink") if base is not None else None
        if style is not None and style in linked:
            counters = stands_for.get(linked[style], counters)
            base = abstract.get(counters)
        levels = dict(_levels(base)) if base is not None else {}
        begins = {}
        for override in num.iterchildren(f"{W}lvlOverride"):
            depth = _integer(override.get(f"{W}ilvl"), 0)
            levels |= dict(_levels(override))
            if (start := _value(override, "startOverride")) is not None:
                begins[depth] = _integer(start, 1)
        lists[num.get(f"{W}numId", "")] = _List(counters, levels, begins)
    return Numbering(lists)


def _levels(parent: _Element) -> Iterator[tuple[int, _Level]]:
    for level in parent.iterchildren(f"{W}lvl"):
        depth = _integer(level.get(f"{W}ilvl"), 0)
        restart = _value(level, "lvlRestart")
        # A style that is not in the standard stands in an alternative; its fall-back is.
        formats = [f.get(f"{W}val", "decimal") for f in level.iter(f"{W}numFmt")]
        if 0 <= depth < LEVELS:
            yield (
                depth,
                _Level(
                    text=_value(level, "lvlText") or "",
                    style=next((f for f in reversed(formats) if f != "custom"), "decimal"),
                    start=_integer(_value(level, "start"), 0),
                    restart=None if restart is None else _integer(restart, 0),
                    legal=_is_on(level.find(f"{W}isLgl")),
                    suffix=_SUFFIX.get(_value(level, "suff") or "", " "),
                ),
            )


def _value(parent: _Element, name: str) -> str | None:
    child = parent.find(f"{W}{name}")
    return None if child is None else child.get(f"{W}val")


def _is_on(toggle: _Element | None) -> bool:
    return toggle is not None and toggle.get(f"{W}val", "true") not in ("0", "false", "off")


def _integer(value: str | None, default: int) -> int:
    """A number of the file, within what a list can have reached."""
    return int(value) if value and value.isdecimal() and len(value) <= 6 else default
