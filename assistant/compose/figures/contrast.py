"""Words that tell the figures of one sentence apart: each names one side of a pair, and a question means one side.

单位费率由1.5%降至0.7%,个人费率由0.5%降至0.3%   公司这边交多少 → 0.7%
延期一般不超过6个月,最长不超过12个月            最长能拖几个月 → 12个月
当年奖励10万元,次年…再奖励5万元                 第一年先拿多少 → 10万元
"""

from __future__ import annotations

import re
from dataclasses import dataclass

#: What the right side is worth, and what it costs to be of the other or of none: little is gained, for figures of
#: other sentences compete as well, which speak of no such pair.
_RIGHT = 0.15
_NEITHER = -0.25
_WRONG = -0.4


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair: how people ask for it, and how a clause says it."""

    asked: re.Pattern[str]
    said: re.Pattern[str]


#: Each pair by what its sides are; the official words are those that clauses oppose to each other.
_PAIRS: tuple[tuple[Side, Side], ...] = (
    # Who pays or is paid.
    (
        Side(
            re.compile(
                r"单位|(?:公司|企业|厂里?|老板|雇主|用人方)(?:这边|这头|那边|那头|那?部分|要|该|应|得|来|承担|出|交|缴)"
            ),
            re.compile(r"单位|雇主"),
        ),
        Side(re.compile(r"个人|职工|员工|工人|本人|自己(?:这边|要|那|交|出|扣)"), re.compile(r"个人|职工|本人")),
    ),
    # Which year.
    (
        Side(
            re.compile(r"当年|首年|第1年|第一年|头1?一?年|先(?:一步)?(?:发|给|拿|领|得|奖|补|到手)"),
            re.compile(r"当年|首年|第一年|第1年"),
        ),
        Side(
            re.compile(r"次年|第二年|第2年|转年|隔年|来年|后(?:一年|面|头)|剩下|余下|再(?:奖|补|给|拿|发)"),
            re.compile(r"次年|第二年|第2年|再"),
        ),
    ),
    # The rule, and the utmost.
    (
        Side(re.compile(r"一般|通常|正常|平时"), re.compile(r"一般|原则上|通常")),
        Side(re.compile(r"最[长多高大久晚迟]|顶多|至多|撑死|极限"), re.compile(r"最[长多高大晚迟]")),
    ),
    # Before a change, and after it.
    (
        Side(
            re.compile(
                r"原来|原先|原本|本来|从前|以前|之前是|过去|老(?:费率|税率|标准|比例|政策|规定)|旧(?:费率|税率|标准|比例)"
            ),
            re.compile(r"(?:由|从|原)$"),
        ),
        Side(re.compile(r"现在|如今|新(?:费率|税率|标准|比例)|[降调减升提]低?高?到"), re.compile(r"(?:至|到|为)$")),
    ),
    # The whole, and what stands behind 其中.
    (
        Side(re.compile(r"总(?:共|计|费率|数|额|的|体)|一共|合计|全部"), re.compile(r"总|合计|全部")),
        Side(re.compile(r"其中|里(?:面|头)?[,的]{0,2}小微"), re.compile(r"其中|小微")),
    ),
)


def contrast(asked: str, own: str, sentence: str) -> float:
    """+ where a figure's own words are of the side that a question means, - where they are not.

    Only a sentence that speaks of both sides tells them apart; a question that names both asks for both.
    """
    weight = 0.0
    for sides in _PAIRS:
        wanted = [side for side in sides if side.asked.search(asked)]
        if len(wanted) != 1:
            continue
        other = next(side for side in sides if side is not wanted[0])
        if not _stands(wanted[0], sentence) or not _stands(other, sentence):
            continue
        ours, theirs = wanted[0].said.search(own), other.said.search(own)
        if ours and theirs:
            continue
        weight += _RIGHT if ours else _WRONG if theirs else _NEITHER
    return weight


def opposed(asked: str, first: str, second: str) -> bool:
    """Whether a question names both sides of a pair, and two figures are of one side each (单位和个人各扣多少)."""
    return any(
        one.asked.search(asked)
        and other.asked.search(asked)
        and {_side(first, one, other), _side(second, one, other)} == {1, 2}
        for one, other in _PAIRS
    )


def _side(own: str, one: Side, other: Side) -> int:
    return bool(one.said.search(own)) + 2 * bool(other.said.search(own))


def _stands(side: Side, sentence: str) -> bool:
    return re.search(side.said.pattern.removesuffix("$"), sentence) is not None
