"""Documents that a text names by their words and not by number or title: 补偿办法, 个体户那个措施, 工业进规五条.

A short name is some words of the title and the noun for what kind of document it is, or how many articles it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.vocabulary import lexicon
from corpus.folding import fold
from corpus.library import Library
from corpus.model import OUTLINE_LEVELS, Instrument, Kind, Level
from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.lines import squeeze

_COUNT = rf"(?P<count>{HAN_NUMERAL}{{1,4}}|\d{{1,3}})条(?:意见|措施|规定|政策|办法)?"
_NOUN = re.compile(
    rf"(?P<press>(?:新闻)?发布会|记者会)|(?P<noun>实施办法|管理办法|办法|若干措施|措施|若干意见|意见|行动方案|工作方案|方案|行动计划|计划|规划|规定|决定|细则|通知|公告|条例|任务分解|分解|指南|规则)|(?<![第\d])(?<!{HAN_NUMERAL}){_COUNT}"
)
#: How a short name is used: 办法里, 方案写的, 五条第二条.
_USED = re.compile(
    r"(?:里头?|中|上)?(?:面)?(?:的)?(?:(?<=[里中上面头])|第|写|说|讲|规定|谁|由谁|归谁|是谁|哪个?部门|什么时候|啥时候|何时|哪[天年]|几时|有效|还(?:有效|在|算|能用|管用)|到|截止|从|自|管|是不是|是否|有没有|已经|现|停|废|过期|失效|作废|管到|是(?:什么|哪)时候|附件|专栏|末段|最后|[一二三四五六七八九十]+、|今天|现在|试行|$|[,:?]|"
    # 工业五条和补偿办法: one of two.
    r"(?:和|跟|与|、|及|同)(?=[^,。?]{1,14}(?:办法|措施|意见|方案|规划|规定|通知|细则|[一二两三四五六七八九十]条)))"
)
_LEADS_IN = re.compile(r"(?:(?:那|这)(?:一?个|一?份|几|些)?|的|里的|出的|发的|市)*$")
#: Words in front of a noun that make it mean any document: 什么措施, 有关规定.
_ANY = re.compile(
    r"(?:什么|哪些|哪种|哪个|有关|相关|其他|其它|别的|任何|各种|具体|优惠|支持|扶持|没有|有|啥|国家|上级|省里?)(?:的)?$"
)
#: So many characters in front of the noun may be of the name.
_REACH = 12
#: So much of a name stands in the title.
_KNOWN = 0.5


@dataclass(frozen=True, slots=True)
class Mention:
    """The documents that a name may mean, and the stretch of the text that it takes."""

    instruments: tuple[Instrument, ...]
    start: int
    end: int


def mentions_of(
    text: str, library: Library, cities: Sequence[str] = (), *, addressed: bool = False
) -> tuple[Mention, ...]:
    """The short names of documents in a folded text, in reading order.

    ``addressed`` tells that an article is asked for: then any noun for a document that fits is a name.
    """
    pool = [i for i in library.instruments if not cities or not i.city or i.city in cities]
    found: list[Mention] = []
    for match in _NOUN.finditer(text):
        if found and match.start() < found[-1].end:
            continue
        head_start = max(found[-1].end if found else 0, match.start() - _REACH)
        head = re.split(r"[,。?:;!\s]", text[head_start : match.start()])[-1]
        if _ANY.search(head) or not (addressed or _USED.match(text, match.end())):
            continue
        named = _named(head, match, pool)
        if named is not None:
            instruments, length = named
            found.append(Mention(instruments, match.start() - length, match.end()))
    return tuple(found)


def _named(head: str, match: re.Match[str], pool: Sequence[Instrument]) -> tuple[tuple[Instrument, ...], int] | None:
    """The documents that a name means, and how many characters in front of its noun belong to it."""
    fitting = [i for i in pool if _fits(i, match)]
    if not fitting:
        return None
    if match["press"]:
        return tuple(fitting), 0
    bare = _LEADS_IN.sub("", head)
    for city in {i.city.removesuffix("市") for i in pool if i.city}:
        bare = re.sub(f"^.*{city}市?的?", "", bare)
    titles = {i.id: squeeze(fold(i.title)) for i in fitting}
    weights = {i.id: sum(weight for _, weight in _shared(bare, titles[i.id], titles.values())) for i in fitting}
    best = max(weights.values())
    if best <= 0:
        # 鄂州那份意见: the only one of its kind there.
        alone = len(fitting) == 1 and (bare != head if match["noun"] else not bare)
        return ((fitting[0],), len(head) - len(bare)) if alone else None
    meant = [i for i in fitting if weights[i.id] == best]
    starts = [at for i in meant for at, _ in _shared(bare, titles[i.id], titles.values())]
    name = bare[min(starts) :]
    known = {
        at for i in meant for start, _ in _shared(name, titles[i.id], titles.values()) for at in (start, start + 1)
    }
    if len(known) < _KNOWN * len(name):
        # 注册公司奖1000元的那个意见 is described, not named.
        return None
    lead = _LEADS_IN.search(head)
    return tuple(meant), len(name) + (len(lead[0]) if lead else 0)


def _fits(instrument: Instrument, match: re.Match[str]) -> bool:
    """Whether a document is of the kind, or of as many articles, as the noun of a name says."""
    if match["press"]:
        return instrument.kind is Kind.PRESS
    title = fold(instrument.title)
    if match["noun"]:
        return match["noun"] in title
    try:
        count = number_of(match["count"])
    except ValueError:
        return False
    told = re.search(rf"({HAN_NUMERAL}{{1,4}}|\d{{1,3}})条", title)
    return number_of(told[1]) == count if told else count > 2 and count in _lengths(instrument)


def _lengths(instrument: Instrument) -> set[int]:
    """How many provisions a document has on each level: 个体户34条."""
    levels = [p.level for p in instrument.walk()]
    return {levels.count(level) for level in (Level.ARTICLE, *OUTLINE_LEVELS[:3])}


def _shared(words: str, title: str, titles: Iterable[str]) -> list[tuple[int, float]]:
    """The places in some words of what a title says too, each with its weight: the more, the fewer titles say it."""
    all_titles = list(titles)

    def weight(word: str) -> float:
        return 1.0 / sum(word in other for other in all_titles)

    found = [(i, weight(words[i : i + 2])) for i in range(len(words) - 1) if words[i : i + 2] in title]
    for lay, row in lexicon().found_in(words):
        official = [word for word in row.official if word in title]
        if official and lay not in title:
            found.append((words.find(lay), weight(official[0])))
    return found
