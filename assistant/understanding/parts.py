"""A question that asks several things → questions that each ask one (天门和鄂州各奖多少; 奖多少,什么时候截止)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.understanding.asked import ABOUT_DOCUMENTS
from assistant.understanding.followup import standalone
from assistant.understanding.question import Question
from assistant.understanding.sides import DIFFERS, by_city, by_kind

#: A question for more cities or with more asks is not taken apart: none of them may go unanswered in silence.
_MOST = 4
_ASK = re.compile(
    r"多少|(?<![十乎前])(?<![招缺来请雇带]了)几(?![乎何]|个(?:部门|单位)[^,。?]{3})|多[久长]|什么时候|啥时候|何时|哪(?![怕吒])|谁|(?:什么|啥)(?:条件|要求|材料|手续|流程)|怎么|咋"
)
#: A thing of which the same is asked, at the end: 驰名商标给多少,精品认定呢.
_SAME_OF = re.compile(r"^[^,;?。]{2,14}呢[?。]?$")


def parts_of(question: Question) -> tuple[str, ...]:
    """The questions, each standing alone, that a question holds: one for each city, else one for each ask."""
    if len(question.cities) > 1:
        asking = _asking_city(question.text, question.cities)
        parts = (asking,) if asking else by_city(question.text, question.cities)
    elif question.asked in ABOUT_DOCUMENTS:
        parts = ()
    else:
        parts = by_kind(question.text) or _by_ask(question.text, question.cities)
    return parts if len(parts) <= _MOST else ()


def _asking_city(text: str, cities: Sequence[str]) -> str:
    """The question where only one of the cities is asked about (天门定了130家,荆门要多少家); empty otherwise."""
    segments = [segment for segment in re.split(r"[,;?。\s]+", text) if segment]
    short = [city.removesuffix("市") for city in cities]
    asking = [segment for segment in segments if _ASK.search(segment) or DIFFERS.search(segment)]
    named = [city for city in short if any(city in segment for segment in asking)]
    told = [segment for segment in segments if segment not in asking and any(city in segment for city in short)]
    if len(named) != 1 or not told or any(named[0] in segment for segment in told):
        return ""
    places = "|".join(f"{city}市?" for city in short)
    subject = re.sub(rf"{places}|\d+年|\d[\d.]*[\u4e00-\u9fff%]?|(?:定|给|奖|补|是|有|要)了?(?=\d|$)", "", told[0])
    return ",".join(asking).replace(named[0], named[0] + subject, 1)


def _by_ask(text: str, cities: Sequence[str]) -> tuple[str, ...]:
    parts: list[str] = []
    pending = ""
    for segment in re.split(r"(?<=[,;?。、\s])", text):
        pending += segment
        if _ASK.search(segment) or (parts and _SAME_OF.search(segment)):
            parts.append(pending.strip(" ,;?。、"))
            pending = ""
    if len(parts) < 2:
        return ()
    parts[-1] += pending
    whole = [parts[0]]
    for part in parts[1:]:
        whole.append(standalone(part, [Turn("user", whole[0])], cities))
    return tuple(whole)
