"""The city that a document is of, from its own words; no list of names.

A name stands in front of 市, two characters long at least. It is longer (石家庄, 呼和浩特) where the text prints the
same character in front of it nearly every time, or where an office's name begins with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cached_property

from corpus.folding import fold

_ABOVE_CITIES = re.compile(
    r"中华人民共和国|国务院|全国人民|最高人民|中央|国家[\u4e00-\u9fff]{1,8}(?:部|总局|委)(?![\u4e00-\u9fff]{2,4}市)|(?:省|自治区)人民|^省"
)
_CITY = re.compile(r"(?=(?P<name>[\u4e00-\u9fff]{2})市(?![场值价面容民]|部(?!门)|政(?!府)|商(?!务)))")
#: Characters that no city's name ends with; with 市 they make other words: 全市 县市 城市 上市 超市 强市 直辖市.
_NEVER_LAST = frozenset(
    "全我本各县省城都超股夜该两上进出入退开收休停债汇外内互乡镇区盟旗辖级列等及和与或的在由对向为到于从国部委局院府署处"
    "贸发办民强地副原市了"
)
_NEVER_FIRST = frozenset("我各该两省市区县在由对向为与及到的等是国其每")
_OTHER_WORDS = frozenset({"部门", "广大", "单列", "集中", "中小", "大中", "地州"})
#: What may stand in front of a name and is no part of it.
_BEFORE = frozenset("省区盟州于在由对向为与及和到的等是自从据按往至驻赴发印制关持进布实彻局委部厅行院会府")
#: What a title may begin with in front of a name: 关于天门市, 转发天门市.
_LEADS_UP = frozenset("省区关于发印对向支持促进推到")
#: A place below a city that an issuer's name or a title begins with: 清源县人民政府, 江浦新区人才引进办法.
_BELOW_CITY = re.compile(
    r"(?!.{0,4}市)(?P<name>(?![全本各省该我])[\u4e00-\u9fff]{1,4}?(?:(?<![各全本外])县|旗|(?<![园社小地城市全本各景校山库片特省治])区|镇|街道)|"
    r"[\u4e00-\u9fff]{2,8}?(?:开发区|高新区|经开区|新区))(?!别|域|间|级)"
)
_SUFFIX = re.compile(r"(?:市|县|旗|区|镇|街道|(?:经济|高新)?(?:技术)?(?:产业)?开发区|高新区|经开区|新区)$")
_NO_PLACE = frozenset({"", "旗", "郊", "国家", "国家级", "省级", "开发", "经济", "高新", "民族", "自治", "民族自治"})
_LONGEST = 4
_TIMES, _SHARE = 2, 0.8


class Cities:
    """The cities that a document speaks of. Its text is looked through once, however many instruments it holds."""

    def __init__(self, text: str) -> None:
        self._text = fold(text)
        self._full: dict[str, str] = {}

    def of(self, issuer: str, title: str) -> str:
        """The city of an instrument in full (天门市): of its issuer, of its title, else the one its text names most.

        Where no city is named, the county, district or town that its issuer or title begins with (清源县). "" for an
        instrument of a province or the state, and where nothing is said.
        """
        for source in (fold(issuer), fold(title)):
            if _ABOVE_CITIES.search(source):
                return ""
            words = source.lstrip("《〈“ ").removeprefix("中共")
            for name in _names(words):
                start = words.index(name)
                heads = start <= _LONGEST - len(name) and not _LEADS_UP & set(words[:start])
                return f"{words[: start + len(name)] if heads else self._in_full(name)}市"
        return self._most_named or _below_city(issuer) or _below_city(title)

    @cached_property
    def _most_named(self) -> str:
        counted = Counter(_names(self._text))
        name, count = max(counted.items(), key=lambda item: item[1], default=("", 0))
        return f"{self._in_full(name)}市" if count >= _TIMES else ""

    def _in_full(self, name: str) -> str:
        """The name with the characters in front that the text never leaves out."""
        if name not in self._full:
            self._full[name] = _extended(name, self._text)
        return self._full[name]


def short_name(city: str) -> str:
    """A city's name as people say it, without 市, 县, 区 behind it (天门); whole where one character would be left."""
    short = _SUFFIX.sub("", city)
    return short if len(short) > 1 else city


def _below_city(words: str) -> str:
    found = _BELOW_CITY.match(re.sub(r"^[《〈“ ]*(?:中共|关于(?:印发|转发|公布)?[《〈“]?)?", "", fold(words)))
    return found["name"] if found and _SUFFIX.sub("", found["name"]) not in _NO_PLACE else ""


def _extended(name: str, folded: str) -> str:
    while len(name) < _LONGEST:
        before = Counter(match[1] for match in re.finditer(rf"([\u4e00-\u9fff]?){name}市", folded))
        character, count = max(before.items(), key=lambda item: item[1], default=("", 0))
        if not character or character in _BEFORE or count < _TIMES or count < _SHARE * before.total():
            break
        name = character + name
    return name


def _names(folded: str) -> Iterator[str]:
    for match in _CITY.finditer(folded):
        name = match["name"]
        if name[1] not in _NEVER_LAST and name[0] not in _NEVER_FIRST and name not in _OTHER_WORDS:
            yield name
