"""Follow-ups → questions that stand alone (荆门呢 after 鄂州评上中国驰名商标奖多少).

By rule. A complete question is left as it is; one that changes the subject drops the old one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.question import normalise
from assistant.vocabulary import kinds, lexicon, places

_ELLIPSIS = re.compile(
    r"^(?:那么?|那如果|如果是?|要是|换成|改成|还有|另外|再问|然后)?[,]?\s*(?P<what>.{1,24}?)(?:呢|怎么样|又如何|行吗)?[?。!]*$"
)
_ENDS_OPEN = re.compile(r"呢[?。!]*$|^(?:那么?|那如果|换成|要是|如果是)")
_POINTS_BACK = re.compile(
    r"(?:(?:这|那|上述|上面|刚才)(?:个|条|项|份|些|里|的|说的)|[该这](?=政策|规定|文件|条款|奖励|补贴|办法|意见|措施|方案|项|条))"
    r"(?:政策|规定|文件|条款|奖励|补贴|办法|意见|措施|方案|钱|事|标准)?|它|^其中"
)
_ABOUT_BEFORE = re.compile(
    r"^(?:那|那么)?(?:还|现在|目前|是否|什么时候|啥时候|到什么时候|哪天|何时)?[^,。?]{0,4}(?:过期|有效|失效|执行|到期|截止|有效期|作废)|"
    r"^(?:那|那么)?(?:由|是|找|归|该找|要找)?(?:谁|哪个(?:部门|单位))[^,。?]{0,8}$|^(?:需要|要|有)?(?:什么|哪些)(?:条件|要求|材料|手续)[^,。?]{0,4}$|"
    r"^(?:为什么|怎么(?:申请|办|领)|依据(?:是)?(?:什么|哪)|哪(?:份|个)文件|文号(?:是)?(?:多少|什么)?|出处)[^,。?]{0,6}$"
)
_ASKED = r"多[少久长大]|几|吗|什么|啥|哪|谁|怎么|咋|如何|能不能|是否"
#: A follow-up that asks by itself and is longer than this says what it is about.
_WHOLE = 8
_FIGURE = r"\d[\d.]*(?:万|亿)?元?(?![年月日号])"
_ORDINALS = r"第[一二三四五六七八九十\d]+(?:年|名|档|批|次)|当年|次年|首年|第一档|排第[一二三]|明年|后年"
_ASKS = re.compile(
    r"(?:(?:能|可以|一共|总共|大概|到底|最高|最多)*(?:奖(?!励)|补(?!贴|助)|给|拿|领|得|贷(?!款)|返|减(?!免)|免|扣)[^,。?]{0,3})?(?:最多|最高|能|可以)*(?:是|有)?(?:多少|几)[^,。?]{0,6}$"
    r"|(?:吗|呢|么)$"
)


def standalone(question: str, history: Sequence[Turn], cities: Sequence[str]) -> str:
    """The question as it stands alone, given what was asked before. Answers are context, never a source."""
    asked = [turn.content.strip() for turn in history if turn.role == "user" and turn.content.strip()]
    if not asked:
        return question
    previous = asked[0]
    for following in [*asked[1:], question]:
        previous = _joined(previous, following, cities)
    return previous


def _joined(before: str, question: str, cities: Sequence[str]) -> str:
    folded = normalise(question)
    if _is_complete(folded):
        return question
    what = _what(folded)
    place = _place(what, cities)
    if place and len(what) <= len(place) + 3:
        return _with_place(before, what.strip("的"), cities)
    if _ABOUT_BEFORE.search(folded) or _POINTS_BACK.match(folded) or _POINTS_BACK.search(folded):
        return _about(before, folded)
    if _ENDS_OPEN.search(folded) or len(what) <= 8:
        return _with_subject(before, what, place, cities)
    return question


def _is_complete(folded: str) -> bool:
    """Whether a question says by itself what it is about."""
    if _POINTS_BACK.match(folded) or _ENDS_OPEN.search(folded) or _ABOUT_BEFORE.search(folded):
        return False
    return len(re.sub(r"[?。!,\s]", "", folded)) > 10 or re.search(r"号|第.{1,4}条|《", folded) is not None


def _what(folded: str) -> str:
    match = _ELLIPSIS.match(folded)
    return (match["what"] if match else folded).strip(" ,?。")


def _place(words: str, cities: Sequence[str]) -> str:
    known = {city.removesuffix("市") for city in cities} | places()[1]
    return next((name for name in sorted(known, key=len, reverse=True) if name in words), "")


def _with_place(before: str, place: str, cities: Sequence[str]) -> str:
    old = _place(normalise(before), cities)
    bare = place.removesuffix("的")
    if old and old in before:
        return re.sub(rf"{old}市?", bare, before, count=1)
    return f"{bare}{before}"


def _about(before: str, folded: str) -> str:
    """这条过期了吗? asks of what was asked before."""
    topic = _ASKS.sub("", normalise(before).rstrip("?。! ")).rstrip(",的 ")
    rest = _POINTS_BACK.sub("", folded, count=1).lstrip(",的那么 ")
    return f"{topic},{rest}" if rest else before


def _with_subject(before: str, what: str, place: str, cities: Sequence[str]) -> str:
    """那零售的呢? puts its subject in the place of the one of its kind before."""
    if re.search(_ASKED, what):
        return what if len(what) > _WHOLE else _about(before, what)
    base = _with_place(before, place, cities) if place else before
    subject = re.sub(rf"{place}市?的?", "", what).strip("的, ") if place else what.strip("的, ")
    if not subject:
        return base
    figure, old_figure = re.search(_FIGURE, subject), re.search(_FIGURE, base)
    if figure and old_figure:
        return base.replace(old_figure[0], figure[0], 1)
    ordinal = re.search(_ORDINALS, subject)
    old_ordinal = re.search(_ORDINALS, base)
    if ordinal and old_ordinal:
        return base.replace(old_ordinal[0], ordinal[0], 1)
    old = _kin(base, subject)
    if old:
        return base.replace(old, subject, 1)
    stripped = _ASKS.search(normalise(base).rstrip("?。! "))
    if stripped and stripped.start() > 0 and not ordinal:
        return f"{subject},{base}"
    return f"{base.rstrip('?。!？ ')},{subject}"


def _kin(base: str, subject: str) -> str:
    """The word in ``base`` of the same group as one in ``subject``, lay words included."""
    for group in kinds():
        meant = [name for name in group if name in subject or _lay(subject, name)]
        if not meant:
            continue
        for name in group:
            if name not in meant and name in base:
                return name
            found = _lay(base, name)
            if name not in meant and found:
                return found
    return ""


def kin_word(base: str, subject: str) -> str:
    """The word in ``base`` of the same kind as one in ``subject``; with no subject, the first of any kind there."""
    if subject:
        return _kin(base, subject)
    found = [(name if name in base else _lay(base, name)) for group in kinds() for name in group]
    return min((name for name in found if name), key=base.find, default="")


def _lay(text: str, official: str) -> str:
    return next((lay for lay in lexicon().lay_for(official) if lay in text), "")
