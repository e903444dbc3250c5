"""What takes the place of its kind in a question: a city, a year, a rank, an amount, a kind of firm.

零售企业进限奖多少 + 批发 → 批发企业进限奖多少
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.vocabulary import kinds, lexicon, places

_FIGURE = re.compile(r"\d[\d.]*(?:万|亿)?元?(?![\d年月日号%个家])")
_RANK = r"[一二三四五六七八九十\d]+"
_ORDINAL = re.compile(
    rf"(?:排名?)?第{_RANK}(?:年|名|档|批|次|位)|排名?第{_RANK}|(?:排|行)?老[大二三四五]|当年|次年|首年|第一档|明年|后年|头一年|头年"
)
#: 排老二: speech for a rank.
_BY_AGE = {"大": "一", "二": "二", "三": "三", "四": "四", "五": "五"}
#: Which statistics a firm is in goes with its trade.
_LISTED = "(?:规上|限上|规模以上|限额以上)"
_OTHER_CITIES = re.compile(r"(?:其他|其它|别的|其余|另外(?:几|两|三)个?)的?(?:城市|地方|市|地市)(?:的|里)?(?:都)?")
#: Trades of which the statistics take in firms above a limit (限额以上), and those from a size on (规模以上).
#: Source: 国家统计局 统计单位划分及具体处理办法.
_LIMITED = ("批发", "零售", "住宿", "餐饮", "商贸")
_SIZED = ("工业", "服务业")
_YEAR = re.compile(r"20\d\d年?|(?<!\d)\d\d年(?=底|的)")


def place_in(words: str, cities: Sequence[str]) -> str:
    """The place that some words name: a city of the corpus or another one."""
    known = {city.removesuffix("市") for city in cities} | places()[1]
    return next((name for name in sorted(known, key=len, reverse=True) if name in words), "")


def places_in(words: str, cities: Sequence[str]) -> str:
    """The places that some words name, as they list them (甲城和乙城); of other cities (别的城市呢) none is named."""
    found = re.search(_run_of(cities, place_in(words, cities)), words)
    return found[0] if found else ""


def _run_of(cities: Sequence[str], place: str) -> str:
    known = sorted({city.removesuffix("市") for city in cities} | {place} - {""}, key=len, reverse=True)
    one = rf"(?:{'|'.join(known)})市?" if known else "(?!)"
    return rf"{one}(?:(?:、|和|跟|与|及){one})*"


def with_place(before: str, place: str, cities: Sequence[str]) -> str:
    """A question asked of another place; that one takes the place of all that are listed (甲城和乙城)."""
    old = places_in(before, cities)
    return before.replace(old, place, 1) if old else f"{place}{before}"


def swapped(before: str, own: str, cities: Sequence[str]) -> tuple[str, str]:
    """``before`` with what ``own`` says in the place of its kind, and what is left of ``own``."""
    rest = own
    if place := places_in(own, cities):
        before, rest = with_place(before, place, cities), re.sub(rf"{place}的?", "", rest)
    elif (others := _OTHER_CITIES.search(own)) is not None:
        named = places_in(before, cities)
        left = [short for city in cities if (short := city.removesuffix("市")) not in named]
        if named and left:
            before, rest = before.replace(named, "、".join(left), 1), rest.replace(others[0], "", 1)
    for pattern in (_ORDINAL, _YEAR, _FIGURE):
        new, old = pattern.search(rest), pattern.search(before)
        if new and old and (pattern is not _YEAR or new[0][:4] != old[0][:4]):
            meant = f"第{_BY_AGE[new[0][-1]]}名" if "老" in new[0] else new[0]
            before, rest = before.replace(old[0], meant, 1), rest.replace(new[0], "", 1)
    for group in kinds():
        old_word, new_word = _old_and_new(group, before, rest)
        if old_word and new_word:
            before = re.sub(rf"{_LISTED}?{old_word}", new_word, before, count=1)
            before = _in_statistics_of(before, old_word, new_word)
            rest = rest.replace(new_word, "", 1)
    return _other_trade(before, rest)


#: 生物医药产业2025年产值多少: a branch of industry by its name, behind what may stand in front of it.
_BRANCH = re.compile(r"(?:^|的|市|,|[?])(?P<name>[\u4e00-\u9fff、]{2,12}?)(?P<noun>产业|行业|领域)(?!园|链|集群|政策)")
#: 装备制造那一块呢, 纺织服装的呢: nothing but the name of another.
_NAMED = re.compile(
    r"^(?P<name>[\u4e00-\u9fff、]{2,8}?)(?:产业|行业|领域)?(?:的|那一?块|这一?块|方面|那边)?(?P<end>呢|嘞|咧|哩)(?=[?,。]|$)"
)


def _other_trade(before: str, own: str) -> tuple[str, str]:
    """The same with the name of a branch of industry in the place of another."""
    named, old = _NAMED.search(own), _BRANCH.search(before)
    if named is None or old is None or named["name"] in before:
        return before, own
    start, end = old.span("name")
    place = next((p for p in sorted(places()[1], key=len, reverse=True) if before.startswith(p, start)), "")
    if place and before.startswith("市", start + len(place)):
        place += "市"
    return f"{before[: start + len(place)]}{named['name']}{before[end:]}", own[named.end() :].lstrip("?,。")


def _in_statistics_of(question: str, old: str, new: str) -> str:
    """A question of a firm of another trade says 进规 where that of a shop says 进限, and the other way round."""
    was, is_ = (any(_meant(word, name) for name in _LIMITED) for word in (old, new))
    others = any(_meant(word, name) for word in (old, new) for name in _SIZED)
    if was == is_ or not others:
        return question
    return (
        re.sub("(?<=[进入升])限|限(?=上)", "规", question)
        if was
        else re.sub("(?<=[进入升])规|规(?=上)", "限", question)
    )


def _meant(word: str, name: str) -> bool:
    return name in word or word in lexicon().lay_for(name)


def _old_and_new(group: Sequence[str], before: str, own: str) -> tuple[str, str]:
    """The word of a group in ``before`` that one in ``own`` takes the place of, and that one; lay words count too."""
    meant = [(name, name if name in own else _lay(own, name)) for name in group]
    new = [(name, word) for name, word in meant if word]
    names = {name for name, _ in new}
    if not new:
        return "", ""
    for name in group:
        if name in names or any(name in other or other in name for other in names):
            continue
        if name in before:
            return name, new[0][1]
        if found := _lay(before, name):
            return found, new[0][1]
    return "", ""


def kin_word(base: str, subject: str) -> str:
    """The word in ``base`` of the same kind as one in ``subject``; with no subject, the first of any kind there."""
    if subject:
        return next((old for group in kinds() if (old := _old_and_new(group, base, subject)[0])), "")
    found = [(name if name in base else _lay(base, name)) for group in kinds() for name in group]
    return min((name for name in found if name), key=base.find, default="")


def _lay(text: str, official: str) -> str:
    return next((lay for lay in lexicon().lay_for(official) if lay in text), "")
