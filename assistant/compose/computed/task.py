"""What a question asks to be worked out, and the plain questions whose figures it is worked out from.

小进规当年和次年一共能拿多少        →  total of        小进规当年和次年能拿多少
批发企业刚进限又排名第一,一共多少     →  total of        批发企业刚进限奖多少 / 批发排名第一奖多少
2024年9月27日交的申请,最晚哪天答复   →  last day of     交的申请,多久答复
批发比零售多奖多少                 →  difference of   批发奖多少 / 零售奖多少
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.understanding.asked import Asked
from assistant.understanding.followup import kin_word
from assistant.understanding.question import Question
from assistant.understanding.since import ENDS, PAST
from corpus.model import Amount, Quantity


class Rule(StrEnum):
    """How the answer is worked out."""

    LAST_DAY = "last_day"
    MONEY = "money"
    SUM = "sum"
    DIFFERENCE = "difference"
    FALL = "fall"


@dataclass(frozen=True, slots=True)
class Task:
    """``asks`` are plain questions, each for one figure; ``total`` tells that all of something is asked for."""

    rule: Rule
    asks: tuple[str, ...]
    total: bool = False


#: Words that ask for all of it.
TOTAL = re.compile(
    r"(?:这?[两三四五]年)?(?:下来|算下来)?(?:一共|总共|合计|总计|累计|加起来|加在一起|加一起|合起来|全部加起来|全部|拢共|统共|通共)(?:起来)?(?:总)?|总的|(?<=[能可])共|共(?=[能可计多])"
)
#: Words that say that several things are met at once.
_ALL_MET = re.compile(
    r"(?:两个|两项|两条|三项|几项)?(?:都|同时|全)(?:满足|符合|达到|拿到|拿下|评上|有|占|做到|达标|够)(?:了|的话|条件)?|同时"
)
_APART = re.compile(
    r",|;|、|又(?!叫)|(?<=[\u4e00-\u9fff]{2})(?:和|跟|与|加上|再加上)|还(?=[被评拿是获])|并且|而且|并(?=[获被评])|同时|再加|也(?=[拿评获是])"
)
_MONEY_ASK = (
    r"(?:最多|最高|大概)?(?:能|可以?|会|应该?|要|给|又)*(?:最多|最高)?(?:一次性)?(?:奖励|补贴|补助|奖补|奖|补|给|拿到?|领到?|得到?|返|享受|抵扣?|扣减?|减免?|省)?(?:到|了|的)?(?:多少|几)"
    r"(?:钱|税|奖励|补贴|补助|奖金|万元?|元|块钱)?(?:的?奖励|的?补贴|的?奖金)?"
)
_ASK_AT_END = re.compile(rf"[,]?(?:我们?|企业|公司)?{_MONEY_ASK}[呢啊呀?。!]*$")
_COMPARED = re.compile(
    r"^(?P<more>.{2,24}?)(?:比|较)(?P<less>.{1,24}?)(?:要|能|会)?(?:多|少|高|低)(?:奖励?|补贴?|给|拿|得|出)?(?:了|出)?(?P<ask>多少|几).{0,6}$"
)
_APART_BY = re.compile(
    r"^(?P<more>.{2,24}?)(?:和|跟|与|同)(?P<less>.{2,24}?)(?:之间)?(?:的)?(?P<what>奖励|奖补|补贴|奖金|奖|金额)?(?:上)?(?:相)?(?:差|相差|差距)(?:是)?(?:多少|几).{0,6}$"
)
_RANK = re.compile(r"第[一二三四五六七八九十](?:名|年|档|批|次)?|当年|次年|首年|[特一二三]级(?:资质)?|首次")
_FALLS = re.compile(
    r"(?:下?降低?|下调|调低|降低|减少|提高|上调|上升|调高|少交|少缴)(?:了|幅度)?(?:是|有)?(?:多少|几)(?:个?百分点|个点|点)?(?!钱|元|万)|降幅"
)
_YEARS = re.compile(r"(?:连续)?[两二三四五六2-6]年(?:(?:下来|时间|里|内|都)*(?=[,一总共加合能最]|$))")


def tasks_of(question: Question) -> tuple[Task, ...]:
    """What may be to be worked out for a question, the likeliest first; nothing for most."""
    if question.since is not None:
        return _last_day(question)
    if question.asked is Asked.RATE and _FALLS.search(question.topic):
        return (Task(Rule.FALL, (_FALLS.sub("多少", question.topic),)),)
    if question.asked not in (Asked.MONEY, Asked.FIGURE, Asked.COUNT, Asked.RATE):
        return ()
    compared = _COMPARED.search(question.topic) or _APART_BY.search(question.topic)
    if compared:
        return (_difference(compared),)
    return () if question.asked is Asked.RATE else tuple(_of_money(question))


def _last_day(question: Question) -> tuple[Task, ...]:
    if question.since is None or question.asked is Asked.INTERPRETER:
        return ()
    plain = PAST.sub("", ENDS.sub("", question.topic, count=1)).strip(" ,?。吗了")
    return (Task(Rule.LAST_DAY, (f"{plain},多久",)),)


def _difference(found: re.Match[str]) -> Task:
    more, less = found["more"].strip(" ,"), found["less"].strip(" ,")
    what = found.groupdict().get("what") or ""
    if old := kin_word(more, less):
        less = more.replace(old, less, 1)
    elif (old_rank := _RANK.search(more)) and (rank := _RANK.fullmatch(less)):
        less = more.replace(old_rank[0], rank[0], 1)
    return Task(Rule.DIFFERENCE, (f"{more}{what}奖多少", f"{less}{what}奖多少"))


def _of_money(question: Question) -> Iterator[Task]:
    total = TOTAL.search(question.topic) is not None
    met = _ALL_MET.search(question.topic) is not None
    money = [figure for figure in question.figures if isinstance(figure, Amount) and figure.unit == "元"]
    counts = [figure for figure in question.figures if isinstance(figure, Quantity)]
    if total or met:
        pieces = _pieces(question)
        if len(pieces) > 1:
            yield Task(Rule.SUM, tuple(f"{piece}奖多少" for piece in pieces), total)
        if len(pieces) > 2:  # the first may only say of whom the others are asked
            yield Task(Rule.SUM, tuple(f"{piece}奖多少" for piece in pieces[1:]), total)
    lengths = [period for period in question.periods if period.unit == "year"]
    if total or money or counts or lengths or COUNTED.search(question.topic):
        yield Task(Rule.MONEY, (_plain(question),), total)


#: 三家, 两个: counts in words, which are speech in a clause and a count in a question.
COUNTED = re.compile(
    r"(?<![第十])(?P<count>[两二三四五六七八九十]{1,3})(?P<unit>家|户|人|名|位|台|辆|个)(?!月|季度|工作日|点|百分)"
)


def _plain(question: Question) -> str:
    """The question without what only says that a total is asked for, and without the figures of the case."""
    words = question.topic
    for figure in reversed(question.figures):
        if figure.span.of(words) == figure.text and figure.unit in (
            "元",
            "家",
            "户",
            "人",
            "名",
            "位",
            "台",
            "个",
            "辆",
        ):
            rest = words[figure.span.end :].removeprefix("元")
            words = f"{words[: figure.span.start]}{rest}"
    words = _YEARS.sub("", COUNTED.sub("", TOTAL.sub("", words)))
    return re.sub(r",{2,}", ",", words).strip(" ,")


#: What a piece may hold that names nothing: 又有2万, 每家20万元.
_ONLY_FIGURE = re.compile(r"\d[\d.]*(?:万|亿)?(?:元|块)?|[有拿给领奖补每家又能]|[^\u4e00-\u9fff]")


#: Who asks, and for whom: 替客户问:…, 帮朋友打听,….
_ASKED_FOR = re.compile(r"^[^,:;?]{0,14}(?:问|打听|咨询|请教)(?:一下|下|个事)?[:,]")
#: When it was, and for which customer: names no thing that is given.
_IN_PASSING = re.compile(
    r"(?:今年|去年|上半年|下半年|上个?月|这个?月)(?:\d{1,2}月|[一二三四五六七八九十]{1,2}月)?(?:份)?|[给帮替](?:客户|人家|别人|朋友|他们)"
)
#: A piece that asks something itself is no thing that is had.
_STILL_ASKS = re.compile(r"多少|多[大高久]|几|哪|什么|比例|吗$")


def _pieces(question: Question) -> tuple[str, ...]:
    """The things that a question names one after the other, each with the kind of firm that the first is about."""
    words = _ALL_MET.sub(",", TOTAL.sub(",", _YEARS.sub("", question.topic))).strip(" ,?。")
    words = _ASKED_FOR.sub("", _ASK_AT_END.sub("", words)).strip(" ,?。")
    pieces = [piece.strip(" 了的") for piece in _APART.split(_IN_PASSING.sub("", words))]
    named = [piece for piece in pieces if len(_ONLY_FIGURE.sub("", piece)) >= 2]
    if not 2 <= len(named) <= 3 or any(_STILL_ASKS.search(piece) for piece in named):
        return ()
    first, *others = named
    return (first, *(_with_verb(first, _with_kind(first, piece)) for piece in others))


def _with_verb(first: str, piece: str) -> str:
    """2个退役军人 behind 招了3个大学生 is 招了2个退役军人."""
    counted = _BEGINS_COUNT.search(first)
    return first[: counted.start()] + piece if counted and _BEGINS_COUNT.match(piece) else piece


_BEGINS_COUNT = re.compile(r"(?:\d+|[两二三四五六七八九十])(?:家|户|人|名|位|台|辆|个)")


def _with_kind(first: str, piece: str) -> str:
    """排名第一 behind 批发企业刚进限 is 批发企业排名第一."""
    own = kin_word(piece, "")
    name = kin_word(first, "")
    return piece if own or not name else f"{name}{piece}"
