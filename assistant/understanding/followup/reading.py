"""The question as it is read in the light of the conversation."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Turn
from assistant.understanding.asked import Asked, asked_of
from assistant.understanding.followup.choosing import chosen, several_in
from assistant.understanding.followup.comparing import both
from assistant.understanding.followup.marks import (
    ABOUT_BEFORE,
    ASKED,
    ASKS_SAME,
    POINTS_BACK,
    REFERS,
    SMALL_TALK,
    asked_of_it,
    goes_back,
    own_of,
    put_right,
    without_opening,
)
from assistant.understanding.followup.slots import place_in, swapped
from assistant.understanding.question import normalise
from assistant.understanding.sides import compared_in

#: Words of a follow-up that say nothing of what it is about.
_FILLER = re.compile(
    r"是不是|是否|能不能|可不可以|有没有|算不算|怎么样|怎样|如何|行吗|行不|那么|那如果|要是|如果|换成|改成|我们|咱们?|你们|他们|企业|公司|单位|属于|一样|同样|"
    r"(?:这|那)(?:么多|个数|个|块|边|里|部分|些|种|类)|同一个?指标|评上|拿到|每年|一年|补贴|奖励|补助|情况|标准|政策|目标|指标|多[少久长大高]|几多?|什么|啥|哪[个家些]?|谁|的话|"
    r"[也就都还又再呢吗么嘞咧哩哈啊吧的了是算有没不给定只我做搞开奖补要达到各,。?!:“”\"'、\s]"
)
#: What is left of a question whose other words are filler says what it is about, if it is that long.
_TELLING = 3
#: A question may stand alone if it says so much; one with a word that goes back, if it says more; and is this long.
_SAYS, _SAYS_MORE, _LONG = 5, 8, 10
_ASKS = re.compile(
    r"(?:(?:能|可以|一共|总共|大概|到底|最高|最多)*(?:奖(?![励奖])|补(?!贴|助)|给|拿|领|得|贷(?!款)|返|减(?!免)|免|扣|抵)[^,。?]{0,3})?"
    r"(?:最多|最高|能|可以|降到|达到|要到|执行|收|控制在|要|做到|拖|办|建|高)*(?:是|有|定)?(?:多少|几|多久|多长|多大|多高)[^,。?]{0,6}$"
    r"|(?:是)?(?:谁|哪位|哪家|什么|啥|哪些|怎么样|如何|咋样)$|(?:吗|呢|么|没|不|没有)$"
)
_SUBJECT_ONLY = re.compile(
    r"^(?:我们?|咱们?|企业|公司)?(?:属于|是|做|搞|算|评的是|评上|拿的是|换)(?:的)?(?=[^\s]{2})|的$"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """``text`` is the question as it stands alone.

    One that goes back to what was said before has its ``own`` words, the question ``before`` it and, as ``background``,
    what that one is about; ``same`` tells that the same is asked of something else (装备制造呢).
    """

    text: str
    own: str = ""
    before: str = ""
    background: str = ""
    same: bool = False


#: Whether a question without a word that goes back is about something else than the question before it.
Apart = Callable[[str, str], bool]


def standalone(question: str, history: Sequence[Turn], cities: Sequence[str]) -> str:
    """The question as it stands alone, given what was asked before. Answers are context, never a source."""
    return read(question, history, cities).text


def read(question: str, history: Sequence[Turn], cities: Sequence[str], apart: Apart | None = None) -> Reading:
    """The last question of a conversation, read in the light of those before it.

    ``apart`` is asked where no word of the question decides; without it a long question is taken to be complete.
    """
    turns = _turns(history)
    reading = Reading(turns[0][0]) if turns else Reading(question)
    earlier, before = "", reading.text
    for (_, answered), following in zip(turns, [*(text for text, _ in turns[1:]), question], strict=False):
        if compared := _comparing(earlier, before, following, cities):
            before, reading = compared
            continue
        earlier, reading = before, _next(before, following, cities, apart or _by_length, answered)
        before = reading.text
    return reading


def _comparing(earlier: str, before: str, question: str, cities: Sequence[str]) -> tuple[str, Reading] | None:
    """两个相差多少 of what the last question, or the last two, asked about; with the question about both."""
    compares, rest = compared_in(without_opening(own_of(normalise(question)).words))
    if not compares or _told(_BOTH.sub("", rest)) > 0:
        return None
    asked = both(earlier, before, cities) if earlier else ""
    if not (asked or several_in(before, cities)):
        return None
    asked = normalise(asked or before)
    return asked, Reading(f"{re.sub('各自?|分别', '', asked).rstrip('?。! ')},{compares}")


#: 这两个之间, 两边: what is compared, by no name.
_BOTH = re.compile(
    r"(?:这|那|它们?|他们)?(?:两|三|几|2|3)?(?:个|边|家|者|头|地|种|类)?(?:城市|市|地方|企业|标准|数)?(?:之间|相比|比起来|比)?"
)


def _turns(history: Sequence[Turn]) -> list[tuple[str, str]]:
    """What was asked, small talk left out, and what was answered to it."""
    turns: list[tuple[str, str]] = []
    for turn in history:
        text = turn.content.strip()
        if turn.role == "user" and text and not SMALL_TALK.fullmatch(normalise(text)):
            turns.append((text, ""))
        elif turn.role == "assistant" and turns and not turns[-1][1]:
            turns[-1] = (turns[-1][0], text)
    return turns


def _by_length(own: str, _before: str) -> bool:
    return len(re.sub(r"[?。!,\s]", "", own)) > _LONG


def _next(before: str, question: str, cities: Sequence[str], apart: Apart, answered: str = "") -> Reading:
    folded = normalise(question)
    said = own_of(folded)
    own = said.words
    if said.drops:
        return Reading(own)
    if righted := put_right(before, own):
        return Reading(righted)
    if choice := chosen(before, folded, cities, answered):
        about = ABOUT_BEFORE.search(choice.rest)
        if not about and _told(choice.rest) < _TELLING and _asks_no_other(choice.rest, before):
            return Reading(choice.question)
        if choice.by_place or about or _told(choice.rest) <= _SAYS:
            return _in_light(choice.question, choice.rest)
    if _is_complete(own, cities):
        return Reading(question if own == folded else own)
    changed, rest = swapped(before, without_opening(own), cities)
    nothing_else = _told(rest) < _TELLING
    if changed != before and nothing_else and _asks_no_other(rest, before):
        return Reading(changed)
    told = _told(own)
    surely = said.replaces or told <= _SAYS or (goes_back(own) and told <= _SAYS_MORE)
    if not surely and apart(own, before):
        return Reading(question)
    if not ASKED.search(own) and told <= _SAYS_MORE:
        return _of_something_else(changed, own)
    return _in_light(changed, own)


def _told(words: str) -> int:
    """How many characters of some words say what they are about."""
    return len(_FILLER.sub("", words))


def _is_complete(own: str, cities: Sequence[str]) -> bool:
    """Whether a question says by itself what it is about, and where."""
    if POINTS_BACK.match(without_opening(own)) or ABOUT_BEFORE.search(own):
        return False
    if REFERS.search(own):
        return True
    place = place_in(own, cities)
    told = _told(re.sub(f"{place}市?", "", own)) if place else 0
    if told > _SAYS:
        return True
    return told >= _TELLING and ASKED.search(own) is not None and not (POINTS_BACK.search(own) or ASKS_SAME.search(own))


def _asks_anew(rest: str) -> bool:
    """Whether a follow-up asks for something of its own, and not only of something else."""
    return re.search(r"多[少久长]|几(?![乎何])|什么|啥|谁|哪|怎|咋", rest) is not None


def _asks_no_other(rest: str, before: str) -> bool:
    """Whether a follow-up asks for nothing that the question before it does not ask for."""
    return not _asks_anew(rest) or (_asks_anew(before) and _same_ask(rest, before))


def _same_ask(own: str, before: str) -> bool:
    """Whether two questions ask for a figure of one kind: 每年补贴多少, 一年补多少."""
    first, second = asked_of(own), asked_of(normalise(before))
    return second.is_figure and first in (second, Asked.FIGURE)


def _of_something_else(changed: str, own: str) -> Reading:
    """装备制造呢? asks the same of something else, of no kind that is known."""
    named, _, more = (
        re.split(r"((?:那|这)?一?(?:块|边|个|部分)?(?:呢|嘞|咧|哩)[?,])", own, maxsplit=1)
        if _NAMES.search(own)
        else (own, "", "")
    )
    subject = _subject(named)
    if not subject or POINTS_BACK.search(own) or ABOUT_BEFORE.search(own) or ASKS_SAME.search(own):
        return _in_light(changed, own)
    if attribute := asked_of_it(subject):
        return _in_light(changed, attribute)
    ask = f"{more},{_ask_of(changed)}" if more else _ask_of(changed)
    return Reading(f"{subject},{changed}", f"{subject},{ask}", changed, subject_of(changed), same=True)


#: 装备制造那一块呢?三年都报一下: something else, and more about it.
_NAMES = re.compile(r"(?:呢|嘞|咧|哩)[?,].")


def _subject(own: str) -> str:
    """What a follow-up names, without the words around it: 那开宾馆的呢."""
    what = re.sub(r"(?:呢|嘞|咧|哩|怎么样|又如何|行吗|的话|吗|么)?[?。!]*$", "", without_opening(own))
    return _SUBJECT_ONLY.sub("", _SUBJECT_ONLY.sub("", what)).strip(" ,?。的")


def _in_light(before: str, own: str) -> Reading:
    """这条过期了吗? asks of what was asked before."""
    asked = without_opening(own)
    rest = POINTS_BACK.sub("", asked, count=1).lstrip(",的那么 ")
    if not rest:
        return Reading(before)
    background = subject_of(before)
    return Reading(f"{background},{rest}", rest, before, background)


def subject_of(question: str) -> str:
    """What a question is about: the question without its ask."""
    bare = normalise(question).rstrip("?。! ")
    return _ASKS.sub("", bare).rstrip(",的 ") or bare


def _ask_of(question: str) -> str:
    found = _ASKS.search(normalise(question).rstrip("?。! "))
    return found[0] if found else ""
