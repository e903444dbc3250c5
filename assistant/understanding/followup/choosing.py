"""One of several things that the question before set side by side: 甲城的清楚了,讲讲乙城; 后者呢.

What is chosen is asked of it alone. A word that says its place (前者) or that drops the others chooses as well as its
name does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.understanding.followup.slots import place_in, with_place
from assistant.understanding.question import normalise
from assistant.understanding.sides import city_sides, kind_sides
from assistant.vocabulary import lexicon

_ONE = r"(?:面|边|头)?的?(?:那|这)?一?(?:个|种|家|类|项|边|座)(?!月|季|年|工作|体|人)"
_FIRST = re.compile(rf"前者|(?<![以之目当提先])前{_ONE}|头一个|(?<!倒数)第一个|前面的(?=[呢,?]|$)")
_LAST = re.compile(rf"后者|(?<![以之然今先])后{_ONE}|最后(?:那)?一?个|(?<!倒数)第二个|后面的(?=[呢,?]|$)")
#: 不用再管, 我已经清楚了: what is no longer asked about.
_DONE = re.compile(
    r"(?:不用|不必|别|甭|无需|不需要?|不想|没必要)(?:再|去)?(?:管|问|说|讲|谈|看|提|查|答|理|要)|不(?:再)?(?:管|问|说|讲|谈|提|要|用|看)了|"
    r"(?:已经|都|早)?(?:清楚|知道|明白|晓得|懂|了解|查到|看到|有)了|算了|够了|跳过|略过|先(?:放|搁)(?:一放|一边|着)?"
)
#: Words around a choice that say nothing of what is asked.
_LEADS = re.compile(
    r"请|麻烦|您|你|帮?我|就|只|光|单独|单|仅|专门|再|还是|具体|详细|讲讲?|说说?|谈谈?|看看?|查查?|问问?|介绍|告诉|想|要|知道|听|一下|的?(?:那|这)(?:一?个|边|份|条|部分|块)"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """The question asked of what is chosen alone, and what is left of the follow-up.

    ``by_place`` tells that a word for its place chose it, which only goes back.
    """

    question: str
    rest: str
    by_place: bool


def chosen(before: str, own: str, cities: Sequence[str], answered: str = "") -> Choice | None:
    """What a follow-up chooses of the things that stand side by side in a question, or in its answer; else nothing."""
    sides = _sides(normalise(before), cities, answered)
    if len(sides) < 2:
        return None
    names = list(sides)
    for words, name in ((_FIRST, names[0]), (_LAST, names[-1])):
        if words.search(own) and not (len(names) > 2 and "第二" in own):
            return Choice(sides[name], _without(words.sub("", own, count=1), ()), by_place=True)
    dropped: list[str] = []
    kept: list[str] = []
    left = []
    for part in re.split(r"[,。;!?]", own):
        here = [name for name in names if _names(part, name)]
        done = _DONE.search(part) is not None
        (dropped if done else kept).extend(here)
        if not (done and here):
            left.append(part)
    wanted = [name for name in names if name in kept] or [name for name in names if dropped and name not in dropped]
    rest = _without(",".join(left), names)
    if not 0 < len(wanted) < len(names) or place_in(rest, cities):
        return None
    question = sides[wanted[0]] if len(wanted) == 1 else with_place(before, "和".join(wanted), cities)
    return Choice(question, rest, by_place=False)


def several_in(question: str, cities: Sequence[str]) -> bool:
    """Whether a question sets several things side by side."""
    return len(_sides(normalise(question), cities, "")) > 1


def _sides(before: str, cities: Sequence[str], answered: str) -> dict[str, str]:
    """The questions that a question holds, by the names of what it sets side by side, as they are named in it."""
    named = [city for city in cities if city.removesuffix("市") in before]
    if len(named) > 1:
        sides = city_sides(before, named)
        return dict(sorted(sides.items(), key=lambda side: before.find(side[0])))
    if kinds := kind_sides(before):
        return kinds
    headed = re.findall(r"【([^【】]{2,8}?)市?】", answered)
    of_cities = [city.removesuffix("市") for city in cities if city.removesuffix("市") in headed]
    return {name: with_place(before, name, cities) for name in sorted(of_cities, key=headed.index)}


def _names(words: str, name: str) -> bool:
    """Whether some words name a side, by its own or by the official word."""
    official = (word for _, row in lexicon().found_in(name) for word in row.official)
    return name in words or any(word in words for word in official)


def _without(own: str, names: Sequence[str]) -> str:
    """A follow-up without what is chosen in it and the words around that."""
    for name in names:
        own = re.sub(rf"{name}市?(?:的|那|这)?", "", own)
    return _LEADS.sub("", own).strip(" ,。?!的呢吧")
