"""Words of a follow-up that go back to what was said before, or leave it."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: 换个事问: what was said before is dropped.
_DROPS = re.compile(
    r"^.{0,6}?(?:换(?:一?个|件)?(?:事|话题|问题|别的)|(?:另外?|再)(?:问)?(?:一个|一件|个)?(?:别的|其他|不相关)?(?:的)?(?:问题|事)|(?:问|说)(?:一?个|一?件|一?点)?(?:别的|其他的?))[^,。:?!]{0,6}[,。:!\s]+(?=.{6})"
)
#: 显示那块不问了,封装测试呢: what is left is no longer asked about.
_LEAVES = re.compile(
    r"^(?:算了|好了?)?[,。!\s]*(?:(?:[^,。?!]{1,12}?(?:就|先)?(?:不|别|不用|不必|不用再|不需要)(?:问|说|管|谈|看|讲|提)了)|算了)[,。!\s]*(?=.{2})"
)
#: 打错了,我们是工业企业: what follows takes the place of what was said.
_CORRECTS = re.compile(
    r"^(?:不好意思|抱歉|对不起)?[,。!\s]*(?:我)?(?:刚才|刚刚|上面)?(?:(?:打|说|写|搞|弄|输|问)错了?(?:字)?|口误|更正(?:一下)?|不对|不是这个|纠正(?:一下)?)(?:了|哈|啊)?[,。:!\s]+(?:应该|其实|实际上?)?(?:我(?:们)?(?:想|要)?(?:问|说|指)的(?:其实)?是(?!.{1,12}不是))?"
)
#: 不是甲,是乙; 我问的是乙不是甲: one takes the place of the other.
_NOT_BUT = (
    re.compile(
        r"不是(?:问|说|指)?(?P<old>[^,。?!是]{1,12}?)[,。\s]*(?:而|应该|应当)?是(?P<new>[^,。?!是不]{1,16}?)(?:[,。?!]|$)"
    ),
    re.compile(
        r"(?:问|说|指|要)?的?是(?P<new>[^,。?!是不]{1,16}?)[,。\s]*(?:而|并)?不是(?P<old>[^,。?!是]{1,12}?)(?:[,。?!]|$)"
    ),
)
_SAYS_BEFORE = re.compile(
    r"^(?:(?:好的?|谢谢(?:你|您)?|多谢|嗯+|哦+|噢+|额|呃|ok|行|明白了?|知道了?|懂了|了解了?|对了|收到|请问|你好|您好|麻烦(?:问一下)?|(?:我)?想?(?:再|顺便|还想)?问(?:一?下|一?句)?|补充(?:一下)?)[,。:!\s哈啊呀呢]+)+(?=.)"
)
#: A turn that only thanks or agrees asks nothing.
SMALL_TALK = re.compile(
    r"(?:好的?|谢谢|多谢|感谢|嗯+|哦+|噢+|ok|行|明白|知道|懂|了解|清楚|收到|辛苦|可以|没事|不用|再见|你|您|了|啊|哈|呀|哒|吧|[,。!?~\s])+",
    re.IGNORECASE,
)
POINTS_BACK = re.compile(
    r"(?:(?:这|那|上述|上面|刚才|前面)(?:一?个|一?条|一?项|一?份|一?些|笔|里|的|说的|几[个条项])|[该这此](?=政策|规定|文件|条款|奖励|补贴|办法|意见|措施|方案|项|条))"
    r"(?:政策|规定|文件|条款|奖励|补贴|办法|意见|措施|方案|钱|事|标准)?|(?<![其])它们?|(?<![尤])其中|其他的?(?=条件|要求|奖|补|材料)|同(?:一|样的?)(?:个)?(?:指标|政策|奖励|标准|事|目标)|"
    r"\b(?:that|this|the) one(?:'s)?|\bits?\b",
    re.IGNORECASE,
)
#: 宾馆也是这么多吗: the same question, of something else.
ASKS_SAME = re.compile(
    r"也(?:是|有|能|可以|要|算|给|按|行|奖|补|一样|适用|享受)|(?:这|那)么多|(?:这|那)个数|一样(?:多|的)?(?:吗|么|不|吧|[?]|$)|同样"
)
ENDS_OPEN = re.compile(r"(?:呢|嘞|咧|哩|的话)(?:[?。!,]|$)")
_OPENS = re.compile(
    r"^(?:那么?|要是|如果|假如|换成|改成|换作|只|还|再|其余|剩下|剩余|余下|后面|后来|接下来|然后|之后|以后|同时|另外|除此|除了这|而|但|可是|不过|or|and)",
    re.IGNORECASE,
)
#: Questions that never say what they are about: 过期了吗, 归谁管, 什么条件.
ABOUT_BEFORE = re.compile(
    r"^(?:那|那么)?(?:还|现在|目前|是否|什么时候|啥时候|到什么时候|哪天|何时)?[^,。?]{0,4}(?:过期|有效|失效|执行|到期|截止|有效期|作废)|"
    r"^(?:那|那么)?(?:由|是|找|归|该找|要找)?(?:谁|哪个(?:部门|单位|局))[^,。?]{0,8}(?:[,。?]|$)|^(?:还)?(?:需要|要|有)?(?:别的|其他|其它)?(?:什么|哪些|啥)?(?:条件|要求|材料|手续)[^,。?]{0,4}$|"
    r"^(?:为什么|怎么(?:申请|办|领)|依据(?:是)?(?:什么|哪)|哪(?:份|个)文件|文号(?:是)?(?:多少|什么)?|出处)[^,。?]{0,6}$"
)
ASKED = re.compile(
    r"多[少久长大高快]|几(?![乎何])|吗|(?<![什怎那这])么(?:[,?]|$)|什么|啥|哪|谁|怎|咋|如何|能不能|是否|是不是|有没有|算不算|要不要|[没不](?:有)?[?]?$|(?P<verb>[\u4e00-\u9fff])不(?P=verb)"
)
REFERS = re.compile(r"\d号|号文|第.{1,4}条|《")


#: 期限呢, 条件呢: something of what was asked about, and what is asked of it.
_SOMETHING_OF_IT = (
    (re.compile(r"(?:还款|贷款|办理|申请|最长)?(?:期限|时限|时间|周期)"), "多久"),
    (re.compile(r"(?:贷款|补贴|奖励|贴息)?(?:利率|利息|比例|费率|金额|额度|上限|封顶)"), "多少"),
    (re.compile(r"(?:申请|申报|办理)?(?:条件|材料|流程|手续|程序|范围|对象|门槛|要求)"), "是什么"),
    (re.compile(r"(?:负责|牵头|主管|责任)?(?:的)?(?:部门|单位)"), "是哪个"),
)


def asked_of_it(subject: str) -> str:
    """What a follow-up asks that only names something of what was asked about; empty where it names another thing."""
    return next((f"{subject}{ask}" for words, ask in _SOMETHING_OF_IT if words.fullmatch(subject)), "")


@dataclass(frozen=True, slots=True)
class Own:
    """What a follow-up says itself, without what only leads in to it.

    It may drop what was said before (换个事问), or say that it takes its place (打错了, 显示那块不问了).
    """

    words: str
    drops: bool = False
    replaces: bool = False


def own_of(folded: str) -> Own:
    """What a folded follow-up says itself."""
    rest = _SAYS_BEFORE.sub("", folded)
    if dropped := _DROPS.match(rest):
        return Own(rest[dropped.end() :], drops=True)
    left = _CORRECTS.sub("", _LEAVES.sub("", rest))
    return Own(left, replaces=left != rest)


def put_right(before: str, own: str) -> str:
    """A question with what a follow-up puts in the place of something in it (不是甲,是乙); empty where it does not."""
    for pattern in _NOT_BUT:
        if (said := pattern.search(own)) and (old := said["old"].strip("“”\"' 的")) and old in before:
            return before.replace(old, said["new"].strip("“”\"' 的"))
    return ""


def goes_back(folded: str) -> bool:
    """Whether a follow-up says by a word of its own that it is about what was said before."""
    return any(mark.search(folded) for mark in (POINTS_BACK, ENDS_OPEN, _OPENS, ABOUT_BEFORE, ASKS_SAME))


def without_opening(folded: str) -> str:
    """A follow-up without the words that it takes up the thread with (那, 要是, 换成)."""
    rest = re.sub(
        r"^(?:那么?(?![一两三几]?[个条项份些里块边种笔年])|那如果|如果是?|假如是?|要是|换成|改成|换作|另外|再问|然后|而|但是?|不过)+[,]?\s*",
        "",
        folded,
    )
    return rest or folded
