"""A question that asks several things → questions that each ask one (天门和鄂州各奖多少; 奖多少,什么时候截止)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.asked import ABOUT_DOCUMENTS
from assistant.followup import standalone
from assistant.question import Question

#: A question for more cities or with more asks is not taken apart: none of them may go unanswered in silence.
_MOST = 4
#: Words that set cities against each other: what is asked of each is how much.
_COMPARES = re.compile(
    r"(?:哪个|哪边|谁)(?:市|城市|地方|家)?(?:的)?(?:奖|给|补|定|要求)?(?:得)?(?:更|比较)?(?:多|高|大|低|少|划算|优惠)(?:些|一点|一些)?"
)
_DIFFERS = re.compile(
    r"(?:的)?(?:说法|规定|标准)?(?:各|都)?(?:有)?(?:什么|啥|哪些)?(?:不同|区别|不一样|差别|差异)(?:吗|么)?|(?:是不是|是否)?(?:都)?一样(?:吗|么|多|不)?|"
    r"(?:相|之间)?差(?:多少|几)(?:钱|元|万|家|个)?|对比(?:一下)?|比一?比"
)
_ASK = re.compile(
    r"多少|(?<![十乎前])几(?![乎何])|多[久长]|什么时候|啥时候|何时|哪(?![怕吒])|谁|(?:什么|啥)(?:条件|要求|材料|手续|流程)|怎么|咋"
)


def parts_of(question: Question) -> tuple[str, ...]:
    """The questions, each standing alone, that a question holds: one for each city, else one for each ask."""
    if len(question.cities) > 1:
        asking = _asking_city(question.text, question.cities)
        parts = (asking,) if asking else _by_city(question.text, question.cities)
    elif question.asked in ABOUT_DOCUMENTS:
        parts = ()
    else:
        parts = _by_ask(question.text, question.cities)
    return parts if len(parts) <= _MOST else ()


def _asking_city(text: str, cities: Sequence[str]) -> str:
    """The question where only one of the cities is asked about (天门定了130家,荆门要多少家); empty otherwise."""
    segments = [segment for segment in re.split(r"[,;?。\s]+", text) if segment]
    short = [city.removesuffix("市") for city in cities]
    asking = [segment for segment in segments if _ASK.search(segment) or _DIFFERS.search(segment)]
    named = [city for city in short if any(city in segment for segment in asking)]
    told = [segment for segment in segments if segment not in asking and any(city in segment for city in short)]
    if len(named) != 1 or not told or any(named[0] in segment for segment in told):
        return ""
    places = "|".join(f"{city}市?" for city in short)
    subject = re.sub(rf"{places}|\d+年|\d[\d.]*[\u4e00-\u9fff%]?|(?:定|给|奖|补|是|有|要)了?(?=\d|$)", "", told[0])
    return ",".join(asking).replace(named[0], named[0] + subject, 1)


def _by_city(text: str, cities: Sequence[str]) -> tuple[str, ...]:
    name = "|".join(f"{city.removesuffix('市')}市?" for city in cities)
    rest = re.sub(
        rf"(?:{name})(?:(?:和|跟|与|、|比|同|还是|,)(?:{name}))*(?:这?[两三四几]个?[市地]方?)?(?:都|各自?|分别)?",
        "",
        text,
    )
    rest = re.sub(r"各(?:个)?(?:市|地|自)?(?=[奖给补是要多几搞有定])|分别", "", rest)
    compared = _COMPARES.sub("多少" if not re.search(r"多少|几", _DIFFERS.sub("", rest)) else "", rest)
    rest = re.sub(r"[,?。!\s]{2,}", ",", _DIFFERS.sub("", compared)).strip(" ,?。!的")
    if not rest:
        return ()
    return tuple(f"{city.removesuffix('市')}{rest}?" for city in cities)


def _by_ask(text: str, cities: Sequence[str]) -> tuple[str, ...]:
    parts: list[str] = []
    pending = ""
    for segment in re.split(r"(?<=[,;?。、\s])", text):
        pending += segment
        if _ASK.search(segment):
            parts.append(pending.strip(" ,;?。、"))
            pending = ""
    if len(parts) < 2:
        return ()
    parts[-1] += pending
    whole = [parts[0]]
    for part in parts[1:]:
        whole.append(standalone(part, [Turn("user", whole[0])], cities))
    return tuple(whole)
