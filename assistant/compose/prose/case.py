"""What a rule says of the case that the asker tells: a state it excludes, a deed it denies, another grade."""

from __future__ import annotations

import re

#: The state that a condition excludes: 无逾期记录, 未被列入失信名单, 未购房的.
_FREE_OF = re.compile(
    r"(?:没有|不存在|不得有|未(?:被)?(?:发生|列入|受到?|曾|有)?|无(?!法|偿|需|须|论|形|人|线|还本|抵押|纺|障碍))(?P<state>[^,。;、:的]{2,12})"
)
_DENIED = re.compile(r"(?:没有?|无|未|不|别)[^,。?]{0,3}$")
#: What is not done: 不单独供地, 不停供, 不再增收. Counts and conjunctions begin with 不 too.
_NOT_DONE = re.compile(r"(?<![可无要])不(?:再|得|予|会|另行|需要?)?(?P<what>[\u4e00-\u9fff]{2})")
_NO_DEED = re.compile(
    r"少于|低于|超过|高于|大于|多于|足|满|同|断|仅|动产|可抗|良|限|论|含|包括|符合|重复|锈|可|能|易|利|稳|强|高|大|多|少"
)


def is_in_state(told: str, text: str) -> bool:
    """Whether who asks says to be in the very state that a condition excludes (贷款逾期过, where 无逾期记录)."""
    for match in _FREE_OF.finditer(text):
        state = match["state"]
        pairs = {state[i : i + 2] for i in range(len(state) - 1)} - _OF_ANY
        for pair in pairs:
            place = told.find(pair)
            if place >= 0 and not _DENIED.search(told[:place]):
                return True
    return False


#: Pairs that say nothing of a state: what any condition is about.
_OF_ANY = frozenset(
    {
        "企业",
        "公司",
        "单位",
        "项目",
        "记录",
        "情况",
        "情形",
        "行为",
        "发生",
        "补贴",
        "补助",
        "奖励",
        "资金",
        "贷款",
        "本市",
        "申请",
        "享受",
        "人员",
    }
)


#: Members of a series that documents grade by: A类, 二级, 4A级.
_GRADE = re.compile(r"[A-Z一二三四五六](?=[类级档等]|至[A-Z一二三四五六][类级档等])")


def is_another(told: str, text: str) -> bool:
    """Whether some words grade by a series and leave out the member that a question names: E类, of A类、B类."""
    own, said = set(_GRADE.findall(told)), set(_GRADE.findall(text))
    return bool(own and said) and not own & said


def negated(asked: str, text: str) -> bool:
    """Whether some words say that just what is asked about is not done: 单独供地吗, where 不单独供地."""
    return any(
        match["what"] in asked and not _NO_DEED.match(match["what"]) and f"不{match['what']}" not in asked
        for match in _NOT_DONE.finditer(text)
    )
