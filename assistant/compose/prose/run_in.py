"""Headings in the running text of a clause, and the places where one provision ends in it and the next begins.

Notices that are kept as one paragraph have no lines to tell headings by: 扩岗补助。招用毕业年度高校毕业生的,按每人
1500元发放。(责任单位:县人社局) 用工管理 来自重点地区的员工,暂不返岗;已返回的,须居家观察14天。
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts.offices import RESPONSIBLE
from corpus.model import Span

_HEADING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|\d{1,2}[.、])?"
    r"(?:【(?P<boxed>[^【】]{2,16})】|(?P<alone>[\u4e00-\u9fff“”、]{2,8})。\s*$|(?P<words>[\u4e00-\u9fff“”、]{2,14})\s+(?=[\u4e00-\u9fff“]{2}))"
)
#: What says something has a verb of its own: no heading.
_SAYS = re.compile(
    r"^[未本该其]|[不是由按可应须的了]|必须|负责|除外|作废|另行|暂停|下[列调]|以下|如下|[一二三四五六七八九十几两]成|同意$|执行$|[局委办厅院]$"
)


#: Units in brackets alone: 【县文旅局、县国投公司】.
_UNITS = re.compile(r"【(?:[\u4e00-\u9fff]{2,16}(?:局|委|办|厅|公司|政府|中心|银行|管委会)[、,]?)+】")


def heading_in(words: str) -> str:
    """The heading that a sentence is, or that it begins with; empty where it has none."""
    found = _HEADING.match(words)
    heading = next((words for words in found.groups() if words), "") if found else ""
    return "" if _SAYS.search(heading) else heading


def is_heading(words: str) -> bool:
    """Whether a sentence is nothing but a heading."""
    return (
        bool(heading_in(words))
        and words.strip().endswith("。")
        and "。" not in words.strip()[:-1]
        and len(words.strip()) <= len(heading_in(words)) + 5
    )


def headings_over(text: str, sentences: Sequence[Span]) -> list[str]:
    """For each sentence of a folded text the heading in it that stands over it; empty where none does.

    A heading stands over what follows it up to the next, or to the units that are responsible for it.
    """
    ends = provision_ends(text)
    over: list[str] = []
    heading, since = "", 0
    for span in sentences:
        if any(since < end <= span.start for end in ends):
            heading = ""
        if found := heading_in(span.of(text)):
            heading = found
        over.append(heading)
        since = span.start
    return over


def provision_ends(text: str) -> list[int]:
    """Where a folded text names the units responsible for what stands before: the provision ends there."""
    return sorted(match.end() for units in (RESPONSIBLE, _UNITS) for match in units.finditer(text))
