"""The things that a question names: what it asks a list of, the sum it points at, the heading these stand under."""

from __future__ import annotations

import re
from functools import lru_cache

from assistant.compose.prose.limits import Limit, limits_of

#: What is listed where a question asks for several: 哪些补偿方式, 补偿方式有哪几种.
_ASKED_NOUN = (
    re.compile(r"哪(?:些|几(?:[个种类项条样块]|方面|大)?)的?([\u4e00-\u9fff]{2,4})"),
    re.compile(r"([\u4e00-\u9fff]{2,4})(?:都|主要|分别)?(?:有|是|包括|分为?|含)(?:哪|几[种类个])"),
)
#: 哪四个行动, 是哪三不: a sentence that has that many of them says which.
_COUNTED = re.compile(
    r"(?:哪|(?:是|有|这))(?P<many>[两二三四五六七八九十])(?:大|个|项|类|条|种|块|方面)?(?P<what>[\u4e00-\u9fff]{1,3}?)(?:[?,。]|$|是|都|分别|各)"
)
#: What a sentence counts that lists at least three of the very things asked for.
_LISTS_THEM = 0.4


def lists_asked(topic: str, words: str) -> float:
    """What it counts that some words list what is asked for: A、B、C等补偿方式, 补偿方式包括A、B、C."""
    asked = next((found for pattern in _ASKED_NOUN if (found := pattern.search(topic))), None)
    counted = _COUNTED.search(topic)
    if counted and re.search(rf"{counted['many']}(?:大|个|项|类|条|种|档)?[^,。;、]{{0,4}}{counted['what']}", words):
        return _LISTS_THEM
    if asked is None or words.count("、") + words.count("”“") < 2:
        return 0.0
    noun = asked[1]
    heads = {noun, noun[-2:], noun[:2]} | ({"方式", "办法"} if noun.endswith("法") else set())
    listed = any(
        re.search(
            rf"、[^。;]{{1,40}}?(?:等|以及|和|及)?[^。;、]{{0,6}}{head}|{head}(?:主要)?(?:包括|有|为|分为|如下|:)",
            words,
        )
        for head in heads
    )
    return _LISTS_THEM if listed else 0.0


#: 那10万, 那一个亿, 砍50%: a figure that is pointed at is the one meant.
_POINTED = re.compile(
    r"(?:那|这|拿|领|的|砍|降|减)(?:笔|个|份|些)?(?P<figure>(?:\d+(?:\.\d+)?|[一二两三四五六七八九十百]+)个?(?:[万亿千](?![伏瓦]))?[元块%]?)(?![\d年月日家户次号])"
)
_MEANT = 0.5


def points_at(topic: str, words: str) -> float:
    """What it counts that some words hold the very sum that a question points at."""
    meant = {(own.unit, own.low) for own in _pointed(topic)}
    return _MEANT if meant and any((found.unit, found.low) in meant for found in limits_of(words)) else 0.0


@lru_cache(maxsize=64)
def _pointed(topic: str) -> tuple[Limit, ...]:
    figures = (match["figure"].replace("个", "").replace("块", "元") for match in _POINTED.finditer(topic))
    return tuple(limit for figure in figures for limit in limits_of(figure))


#: What the heading above says where what stands below it is asked for.
_HEADINGS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"材料|资料|凭[据证]|证件|文件|东西|证明"), re.compile(r"材料|资料|清单|要件")),
    (re.compile(r"条件|要求|门槛|够格|资格|满足|符合|前提"), re.compile(r"条件|要求|资格")),
    (re.compile(r"对象|范围|哪些(?:企业|单位|人|机构)|面向"), re.compile(r"对象|范围|主体")),
    (
        re.compile(r"流程|程序|步骤|手续|怎么(?:申请|申报|办|走)|如何(?:申请|申报|办)"),
        re.compile(r"程序|流程|步骤|方式|时间安排"),
    ),
    (re.compile(r"废止|废掉|作废|失效|不再执行"), re.compile(r"废止|失效|停止执行")),
    (re.compile(r"修改|改了|调整|修订"), re.compile(r"修改|修订")),
    (
        re.compile(r"哪些(?:支持|奖励|补贴|优惠|扶持|政策)|支持(?:方向|内容)|奖哪|补哪|哪几[类项种]|几[类种]"),
        re.compile(r"支持|扶持|奖励|补助|标准|类别|内容|方向"),
    ),
    (re.compile(r"原则"), re.compile(r"原则")),
    (re.compile(r"目标"), re.compile(r"目标")),
    (re.compile(r"任务|工作|措施|举措|行动"), re.compile(r"任务|措施|举措|行动")),
)


def heading_fits(topic: str, heading: str) -> bool:
    """Whether a heading names what a question asks for: 申报材料, 申报条件."""
    return any(asked.search(topic) and said.search(heading) for asked, said in _HEADINGS)
