"""A question about what two documents, or two places of one, say differently → the plain question that each answers.

产业产值2025年要到多少亿,两份方案写得不一样   → 产业产值2025年要到多少亿
产业占比到底是3%还是10%                     → 产业占比多少
局长是谁,名单和发布会上对不上                 → 局长是谁
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

#: What may say something: a document by its noun or number, a press conference, who speaks there.
_SOURCE = re.compile(
    r"《[^《》]{2,40}》|\d{1,4}号文?(?:件)?|(?:新闻)?发布会|记者会|(?:行动|工作|实施)?方案|行动计划|规划|文件|意见(?!是|不)|办法(?!律)|措施|通知|"
    r"附件(?:里|上)?的?名单|附件|名单|(?:市长|局长|主任|书记|领导)(?=[在]?(?:发布会)?(?:上)?(?:又)?(?:说|讲|介绍|怎么))"
)
_PRESS = re.compile("发布会|记者会|市长|局长|主任|书记|领导")
#: Words that say that they differ, or ask whether they do.
_DIFFERS = re.compile(
    r"对不上|打架|(?:不|没)(?:太|大)?(?:一样|一致|统一|相同)|不同|不是(?:同)?一个(?:数|人|说法|口径)|是(?:不是)?(?:同)?一个(?:数|人|说法)|一(?:样|致|不一样)(?:吗|么|不|没)?|统一的?(?:吗|么)|矛盾|冲突|"
    r"(?:哪|谁)(?:个|份|边|处)(?:才|更)?(?:算数|作数|为准|对|准|写哪个)|以(?:哪|谁)(?:个|份|边)?为准|口径|一个(?:写|说|讲|是)[^,。?]{0,10}(?:一个|另一个|又)|一个(?:名字|说法|样)|各(?:写|说|讲|是)|怎么[^,。?]{0,6}(?:还|反而)"
)
#: 到底是3%还是10%, 姓陈还是姓夏: the two things that were read.
_EITHER = re.compile(
    r"(?:到底|究竟)?(?:应该|应当)?(?:是|姓|叫|写的?是?)(?P<one>[^,。?是还]{1,10}?)(?:,)?还是(?:姓|叫|写)?(?P<other>[^,。?是]{1,10}?)(?=[?。,]|呢|啊|的?$)"
)
_FIGURE = re.compile(r"\d")
_ASK = re.compile(
    r"(?:要|有|是|到|达到|占|定的?|写的?)*(?:多少|百分之几|几)(?:[亿万千百十]?元?|[家个户人项台%])?|(?:是)?(?:哪[位个年些天月家]|谁)[^,。?]{0,8}|什么时候|何时|多[久长大]"
)
#: A post that somebody holds.
_POST = re.compile(r"(?:市长|局长|主任|书记|组长|区长|县长|厅长|领导|负责人)")
#: Words that only lead from a source to what it says.
_SAYS = re.compile(
    r"(?:里头?|上|中|里面)?(?:面)?的?(?:又|都|也)?(?:写着?|说|讲|(?<!固)定|要求|规定|提)(?:的是|的|了)?|到底|究竟|我(?:手上|看着?|记得)|好像|似乎|各|分别"
)


@dataclass(frozen=True, slots=True)
class Dispute:
    """``plain`` is what each is asked; ``press`` tells that one of them is a press conference.

    ``sources`` are the words for what is said to differ, as far as the question names any; ``surely`` tells that it
    says that they differ and does not only set them side by side.
    """

    plain: str
    press: bool
    sources: tuple[str, ...]
    surely: bool


def dispute_of(text: str, cities: Sequence[str]) -> Dispute | None:
    """What a folded question sets against each other; None where it asks of one thing."""
    sources = tuple(match[0] for match in _SOURCE.finditer(text))
    either = _EITHER.search(text)
    figures = either is not None and bool(_FIGURE.search(either["one"]) and _FIGURE.search(either["other"]))
    named = either is not None and _POST.search(text[: either.start()]) is not None
    differs = _DIFFERS.search(text) is not None
    two = len(set(sources)) > 1
    if _ABOVE.search(text) or not (
        figures or named or (two and (differs or _asked_of_each(text))) or (differs and _TWO.search(text))
    ):
        return None
    how_much = _how_much(text)
    if either is not None and (figures or named):
        text = f"{text[: either.start()]}{'是谁' if named else how_much}{text[either.end() :]}"
    parts = [kept for part in re.split(r"[,。?:;!]", text) if (kept := _plain(part, cities))]
    plain = ",".join(parts)
    if not re.sub("|".join([",", *(city.removesuffix("市") for city in cities)]), "", plain):
        return None
    if not _ASK.search(plain):
        plain = f"{plain}{'是谁' if _POST.search(plain) else how_much}"
    return Dispute(plain, any(map(_PRESS.search, sources)), sources, figures or named or differs)


#: What goes before a document or behind it is another question than what two documents say.
_ABOVE = re.compile(r"法院|合同|协议|国家|省里|上级|法律|法规|上头")


def _how_much(text: str) -> str:
    """What is asked where two figures are named: 一个写120亿一个写90亿 asks how many 亿元."""
    unit = re.search(r"\d[\d.]*(?P<unit>[万亿]?(?:元|家|个|户|人|项)|[万亿]|%)", text)
    if unit is None:
        return "多少"
    return "百分之多少" if unit["unit"] == "%" else f"多少{unit['unit']}{'元' if unit['unit'] in '万亿' else ''}"


#: Two of something that is written: 两份方案, 前后两处, 一个写…一个写….
_TWO = re.compile(r"(?:两|2|几)(?:个|份|处|边|头|种)|前后|一个[^,。?]{1,10}一个")
_EACH = re.compile(r"各(?:自|是|写|说|讲|有|要)|分别|又(?:怎么|是|说|讲)|(?:和|跟|与|同|、)")


def _asked_of_each(text: str) -> bool:
    """Whether two sources stand in one list, or one behind the other with an ask of its own."""
    first, *_, last = list(_SOURCE.finditer(text))
    return _EACH.search(text, first.end()) is not None and last.start() - first.end() <= _APART


#: So far apart may two sources stand that are set against each other.
_APART = 16


def _plain(part: str, cities: Sequence[str]) -> str:
    """What is left of a part of the question when what only sets sources against each other is taken out."""
    sources = list(_SOURCE.finditer(part))
    differs = _DIFFERS.search(part)
    if not sources and differs is None:
        return part.strip()
    named = "".join(short for city in cities if (short := city.removesuffix("市")) in part)
    ask = _ASK.search(_SAYS.sub("", part))
    if ask is None or (differs is not None and re.match("(?:是)?哪[个份]", ask[0])):
        return named
    if len(sources) == 1 and differs is None:
        behind = re.sub(rf"^(?:{_SAYS.pattern})+", "", part[sources[0].end() :])
        return f"{named}{behind}"
    return f"{named}{ask[0]}"
