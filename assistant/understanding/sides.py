"""A question that sets things side by side → one question for each side (天门和鄂州各奖多少; 批发和零售奖得一样吗).

What is asked once is asked of each side; what only one side has stays with it (荆门2020年和天门2025年分别要多少家).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from assistant.vocabulary import kinds, lexicon

#: Words that ask which of several is more: what is asked of each is how much.
_WHICH = re.compile(
    r"(?:是)?(?:哪一?(?:个|边|种|家|样|座|头)|谁|哪里)(?:市|城市|地方|家)?(?:的)?[\u4e00-\u9fff]{0,5}?(?:更|比较|最)?(?:多|高|大|低|少|小|划算|优惠|合算|强|好|快|长|短|严)(?:些|一点|一些)?(?=[,?。!]|$)"
)
#: Words that ask whether, or by how much, they differ.
DIFFERS = re.compile(
    r"(?:的)?(?:说法|规定|标准|数量|金额)?(?:各|都)?(?:有)?(?:什么|啥|哪些)?(?:不同|区别|不一样|差别|差异)(?:吗|么)?|(?:的?说法)?(?:是不是|是否|是)?(?:都)?(?:一样|同样|一个标准|一回事|相同)(?:多|高)?(?:吗|么|不|没)?|"
    r"(?:相|之间|上)?差距?(?:有|是)?(?:多少|几|多大|多远)(?:钱|元|万|家|个)?(?:百分)?点?|(?:做个|来个)?(?:对比|比较?|摆一?起)(?:一下|一比|看看?)?(?=[,?。!]|$)"
)
_APART = re.compile(
    r"(?:相差|差)(?:了)?(?:多少|几)(?:个?百?分?点|钱|元|万|家|个)?|(?:高|多|低|少)(?:奖|补|给|拿|领|得|出|了)*(?:多少|几)(?:个?百?分?点|钱|元|万|家|个)?|差距(?:有|是)?(?:多大|多少|多远|几)?"
)
_ASK = re.compile(r"多少|(?<![十乎前])几(?![乎何])|多[久长大高]|什么时候|何时|哪|谁|什么|啥|怎么")
_EACH = r"(?:各自?|分别|都|一共)"
#: Where the ask begins that the last side says for all.
_TAIL = re.compile(rf"{_EACH}|(?:要|能|给|奖|补|定|做|达)*到?(?:多少|几(?![乎何]))|{DIFFERS.pattern}|{_WHICH.pattern}")
_JOINS = "和|跟|与|、|比|同|还是|及|或者?|vs|VS|,|:|;|[?]|\\s"


def asks_apart(text: str) -> bool:
    """Whether a question asks how far its sides lie apart."""
    return _APART.search(text) is not None


def compared_in(text: str) -> tuple[str, str]:
    """The words of a text that compare (哪个多, 相差多少), and the text without them; the former empty for most."""
    for compares in (_APART, DIFFERS, _WHICH):
        if found := compares.search(text):
            return found[0], text[: found.start()] + text[found.end() :]
    return "", text


def by_city(text: str, cities: Sequence[str]) -> tuple[str, ...]:
    """The questions of several cities, one for each, in the order of ``cities``."""
    return tuple(city_sides(text, cities).values())


def city_sides(text: str, cities: Sequence[str]) -> dict[str, str]:
    """The questions of several cities by their short names, in the order of ``cities``; none where none is named."""
    names = "|".join(f"{city.removesuffix('市')}市?" for city in cities)
    before, sides, behind = _sides(text, names)
    if not sides:
        return {}
    shared = ""
    if not all(_bare(own) for _, own in sides):
        # 天门、鄂州到2025年各要几家: what stands behind the last is said of all.
        *firsts, (last, own) = sides
        aside = re.match(r"\([^()]*\)", own)
        sides = [*firsts, (last, aside[0] if aside else "")]
        shared = _LISTED.sub("", own[aside.end() if aside else 0 :].lstrip("的"))
        common = [own for _, own in firsts if _bare(own) and not own.startswith("(")]
        if common and not aside:
            shared = ",".join((*common, shared))
            sides = [(name, own if own.startswith("(") else "") for name, own in sides]
    elif tail := _TAIL.search(sides[-1][1]):
        shared = sides[-1][1][tail.start() :]
        sides[-1] = (sides[-1][0], sides[-1][1][: tail.start()])
    parts: dict[str, str] = {}
    for name, own in sides:
        ask = "" if _ASK.search(own) else shared
        said = ",".join(filter(None, (f"{name}{before}{f'{own}{ask}'.lstrip(',的')}", behind)))
        if asked := _of_each(said):
            asked = asked if _ASK.search(asked) else f"{asked}多少"
            parts.setdefault(name.removesuffix("市"), f"{asked}?")
    return {short: parts[short] for city in cities if (short := city.removesuffix("市")) in parts}


#: 三家, 两地: so many cities.
_LISTED = re.compile(r"^(?:这?[两三四几]个?(?:[市地方家]|城市)方?(?=都|各|分|报|的|,|摆|对|比|$))?")


def _sides(text: str, names: str) -> tuple[str, list[tuple[str, str]], str]:
    """What stands in front of the cities, each city with the words behind it, and what follows the last."""
    before: list[str] = []
    sides: list[tuple[str, str]] = []
    behind: list[str] = []
    beside = False
    for piece in re.split(rf"[,:;?。!\s]+|(?:、|和|跟|与|比|同|还是|及|vs|VS)\s*(?={names})", text):
        named = re.search(names, piece)
        if named is None:
            (behind if sides else before).append(piece)
            continue
        if behind:
            sides[-1] = (sides[-1][0], ",".join((sides[-1][1], *behind)))
            behind = []
        before.append(re.sub("[在从]$", "", piece[: named.start()]))
        beside = beside or (not sides and named.start() > 0)
        sides.append((named[0], piece[named.end() :]))
    apart = "," if any(before) and not beside else ""
    return ",".join(filter(None, before)) + apart, sides, ",".join(filter(None, behind))


def _bare(own: str) -> str:
    """What a side says of its own, without what compares it."""
    return re.sub("[的,]", "", DIFFERS.sub("", _WHICH.sub("", own)))


def by_kind(text: str) -> tuple[str, ...]:
    """The questions for two or three kinds of firm, ranks or levels that are set against each other; else none."""
    compared = DIFFERS.search(text) or _WHICH.search(text) or asks_apart(text)
    if not (compared or re.search("各|分别", text)) or _TOGETHER.search(text):
        return ()
    return tuple(kind_sides(text, compared=bool(compared)).values())


def kind_sides(text: str, *, compared: bool = False) -> dict[str, str]:
    """The questions for two or three kinds that stand in one list, by the words that name them; else none.

    Where they are ``compared`` more may stand between them.
    """
    listed: list[tuple[int, int]] = []
    for before, after in pairwise(_named(text)):
        between = text[before[1] : after[0]]
        apart = compared and len(between) <= _NEAR and re.search("[,、和跟与比]|还是", between)
        near = _SET_BESIDE.fullmatch(between) or (apart and _akin(text, before, after))
        if near:
            listed += [after] if listed else [before, after]
        elif listed:
            break
    if not 2 <= len(listed) <= _MOST:
        return {}
    start, end = listed[0][0], listed[-1][1]
    return {text[a:b]: f"{_of_each(f'{text[:start]}{text[a:b]}{text[end:]}')}?" for a, b in listed}


#: What is had together is added up, not set side by side.
_TOGETHER = re.compile("一共|总共|合计|加起来|合起来|拢共|叠加|同时|一起(?![看比])")
#: What stands between two kinds that are set beside each other: 批发的和做服务业的, “小进规”“新进规”.
_SET_BESIDE = re.compile(
    r"(?:[”\"]|的|类|户)*(?:和|跟|与|、|比|同|还是|以?及|或者?)(?:做|搞|开|办|是|那)?[“\"]?|[”\"]\s?[“\"]"
)


def _akin(text: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    """Whether two words name things of one group."""
    words = text[slice(*a)], text[slice(*b)]
    return any(all(any(_names(word, name) for name in group) for word in words) for group in kinds())


def _names(word: str, name: str) -> bool:
    return name in word or word in lexicon().lay_for(name)


#: So far apart may two kinds stand that are set against each other, and so many may be.
_NEAR, _MOST = 9, 3


def _named(text: str) -> list[tuple[int, int]]:
    """The places of the kinds that a text names, lay words included, none inside another."""
    found: set[tuple[int, int]] = set()
    for name in (name for group in kinds() for name in group):
        for word in (name, *lexicon().lay_for(name)):
            if word in text:
                found.update(match.span() for match in re.finditer(re.escape(word), text))
    inside = {a for a in found for b in found if a != b and b[0] <= a[0] and a[1] <= b[1]}
    joined: list[tuple[int, int]] = []
    for place in sorted(found - inside):
        if joined and place[0] <= joined[-1][1]:
            joined[-1] = (joined[-1][0], place[1])
        else:
            joined.append(place)
    return joined


def _of_each(words: str) -> str:
    """What is asked of each side: how much, where it is asked which is more or how far they lie apart."""
    asked = re.sub(r"各(?:个)?(?:市|地|自)?(?![类项级种区个单部位行])|分别", "", words)
    bare = DIFFERS.sub("", _WHICH.sub("", _APART.sub("", asked)))
    said = "怎么规定" if _SAYING.search(words) else "多少"
    ask = "" if _ASK.search(bare) else said
    for compared in (_APART, _WHICH, DIFFERS):
        if compared.search(asked):
            asked, ask = compared.sub(ask, asked, count=1), ""
            asked = compared.sub("", asked)
    return re.sub(r"[,?。!\s]{2,}", ",", asked).strip(" ,?。!的:、自")


#: What is compared is what documents say, and not a figure.
_SAYING = re.compile(r"说法|写的|讲的|规定|一回事|怎么[说写讲]|有(?:什么|啥)(?:不同|区别)")
