"""Answers and look-ups as text for a terminal.

The answer comes first, then what it rests on, each clause with its number, title, label, validity and offices.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, CitationRole, DerivationRule
from corpus.dates import in_words
from corpus.model import OfficeRole, Validity, ValidityStatus
from corpus.table import printable

if TYPE_CHECKING:
    from assistant.pipeline import Lookup

#: The standing notice that every face of the assistant shows.
NOTICE = "本答复由人工智能辅助生成，仅供参考，以文件原文和主管部门的解释为准。"

#: A clause up to this long is shown whole under an answer; of a longer one, the words relied on.
_WHOLE = 300

_STATUS = {
    ValidityStatus.NOT_YET: "尚未施行",
    ValidityStatus.IN_FORCE: "现行有效",
    ValidityStatus.EXPIRED: "已过期",
    ValidityStatus.REPEALED: "已废止",
    ValidityStatus.UNKNOWN: "文件未写明有效期",
}
_OFFICE = {
    OfficeRole.RESPONSIBLE: "责任单位",
    OfficeRole.LEADS: "牵头",
    OfficeRole.SHARED: "配合",
    OfficeRole.INTERPRETS: "负责解释",
}
_RULE: dict[DerivationRule, str] = {
    "sum": "相加",
    "product": "相乘",
    "difference": "相减",
    "count": "计数",
    "date_plus": "按日期推算",
    "working_days": "按工作日推算",
}
_ROLE = {CitationRole.NEAREST: "（相近条款，未直接回答）"}


def validity_in_words(validity: Validity, on: date) -> str:
    """A validity as a person reads it: 已过期（2023年8月28日起施行，有效期至2025年8月28日）."""
    status = validity.status(on)
    dates = []
    if validity.effective_on is not None:
        dates.append(f"{in_words(validity.effective_on)}起施行")
    if validity.expires_on is not None:
        dates.append(f"有效期至{in_words(validity.expires_on)}")
    elif status is ValidityStatus.IN_FORCE:
        dates.append("长期")
    if validity.repealed_on is not None:
        dates.append(f"{in_words(validity.repealed_on)}废止")
    scope = f"{validity.scope}：" if validity.scope else ""
    said = f"（{'，'.join(dates)}）" if dates else ""
    return f"{scope}{_STATUS[status]}{said}"


def render_answer(answer: Answer) -> str:
    """An answer: its text, the citations, warnings and derivations, the hand-off, and the standing notice."""
    parts = [answer.text]
    if answer.citations:
        parts.append(f"依据（效力截至{in_words(answer.as_of)}）：")
        parts += [_citation(citation, answer.as_of, whole=False) for citation in answer.citations]
    if answer.warnings:
        parts.append(_listed("提示", dict.fromkeys(warning.text for warning in answer.warnings)))
    if answer.derivations:
        derived = (f"{d.value}：由{'、'.join(d.sources)}{_RULE[d.rule]}得出" for d in answer.derivations)
        parts.append(_listed("推算", derived))
    if answer.handoff:
        parts.append(answer.handoff)
    return printable("\n\n".join([*parts, NOTICE]))


def render_lookup(lookup: Lookup) -> str:
    """A look-up: every clause found with its whole text; these are the documents' own words."""
    if not lookup.matches:
        return printable(f"没有找到与“{lookup.query}”相符的条款。")
    parts = [_citation(match, lookup.as_of, whole=True) for match in lookup.matches]
    if lookup.total > len(lookup.matches):
        parts.append(f"共 {lookup.total} 条，以上是前 {len(lookup.matches)} 条。")
    return printable("\n\n".join(parts))


def _citation(citation: Citation, on: date, whole: bool) -> str:
    source = " ".join(filter(None, (citation.city, citation.document_number, f"《{citation.title}》", citation.label)))
    lines = [f"【{citation.mark}】{source}{_ROLE.get(citation.role, '')}"]
    lines.append(f"效力：{validity_in_words(citation.validity, on)}{_basis(citation.validity)}")
    lines += [f"另：{validity_in_words(other, on)}{_basis(other)}" for other in citation.others]
    offices: dict[str, list[str]] = {}
    for office in citation.offices:
        offices.setdefault(_OFFICE[office.role], []).append(office.name)
    if offices:
        lines.append("单位：" + "；".join(f"{'、'.join(names)}（{role}）" for role, names in offices.items()))
    if whole or len(citation.text) <= _WHOLE or not citation.quote:
        lines.append(f"原文：{_indented(citation.text)}")
    else:
        lines.append(f"原文摘录：{_indented(citation.quote)}")
    head, *rest = lines
    return "\n".join([head, *(f"    {line}" for line in rest)])


def _basis(validity: Validity) -> str:
    return f"，依据“{validity.basis}”" if validity.basis else ""


def _indented(text: str) -> str:
    first, *rest = re.split(r"\n+", text.strip())
    return "\n".join([first, *(textwrap.indent(line, " " * 4) for line in rest)])


def _listed(heading: str, items: Iterable[str]) -> str:
    return "\n".join([f"{heading}：", *(f"- {item}" for item in items)])
