"""Facts in Chinese, as the commands of this room print them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from corpus.model import Kind, Scheme, SourceDocument, Validity, ValidityStatus

if TYPE_CHECKING:
    from corpus.facts.rows import FactRow

#: How much of a text a line shows.
_BEGINNING = 40

KIND = {
    Kind.STATUTE: "法律法规",
    Kind.NORMATIVE: "规范性文件",
    Kind.PLAN: "方案规划",
    Kind.NOTICE: "通知",
    Kind.PRESS: "新闻发布",
    Kind.OTHER: "其他",
}
SCHEME = {
    Scheme.STATUTE: "法条式（第几条）",
    Scheme.OUTLINE: "提纲式（一、（一）1.）",
    Scheme.TRANSCRIPT: "问答实录",
}
_STATUS = {
    ValidityStatus.NOT_YET: "尚未施行",
    ValidityStatus.IN_FORCE: "有效",
    ValidityStatus.EXPIRED: "已过期",
    ValidityStatus.REPEALED: "已废止",
    ValidityStatus.UNKNOWN: "未写明",
}


def validity_in_words(validity: Validity, on: date) -> str:
    """The status on a day, with the last day in force where there is one."""
    until = f"，至 {validity.expires_on}" if validity.expires_on else ""
    return f"{_STATUS[validity.status(on)]}{until}"


def shortened(text: str) -> str:
    """The first words of a text, on one line."""
    words = " ".join(text.split())
    return words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"


def quoted(text: str) -> str:
    """The first words of a text in quotation marks."""
    return f"“{shortened(text)}”"


def changes_in_words(document: SourceDocument) -> Iterator[str]:
    """The warnings about a document, its repairs by reason with an example, and what was left out of it."""
    for warning in document.warnings:
        yield f"注意：{warning}"
    repairs = Counter(repair.reason for repair in document.repairs)
    for reason, count in repairs.most_common():
        example = next(repair for repair in document.repairs if repair.reason == reason)
        yield f"修复 {count} 处：{reason}，如 {quoted(example.before)} → {quoted(example.after)}"
    for left_out in document.left_out:
        yield f"略去 {len(left_out.span)} 字：{left_out.reason}：{quoted(left_out.span.of(document.text))}"


#: The kinds of facts as ``corpus facts`` names them.
FACT = {
    "amount": "金额",
    "quantity": "数量",
    "period": "期限",
    "validity": "效力",
    "office": "单位",
    "reference": "引用",
    "relation": "关系",
    "benefit": "惠企",
}
_ROLE = {
    "award": "奖励",
    "cap": "上限",
    "rate": "比例",
    "threshold": "条件",
    "target": "目标",
    "loan": "贷款",
    "fee": "费用",
    "other": "",
    "leads": "牵头",
    "responsible": "负责",
    "shared": "共同负责",
    "interprets": "解释",
    "document": "",
    "provision": "",
    "non_stacking": "不重复",
    "higher_of": "就高",
    "precedence": "优先",
    "defers": "从其规定",
    "exception": "例外",
    "repeals": "废止",
    "amends": "修改",
    "subsidy": "补贴",
    "relief": "减免",
    "service": "服务",
}


def fact_in_words(row: FactRow) -> str:
    """A fact on a line: 金额 50万元 奖励 (与 30亿元 2000万元 对应)."""
    words = [FACT[row.kind], shortened(row.text), _ROLE.get(row.role, row.role)]
    if row.kind == "benefit" and row.value:
        words.append(f"{row.value}{row.unit}")
    if row.per:
        words.append(f"每{row.per}")
    if row.from_date or row.to_date:
        words.append(f"{row.from_date or '…'} 至 {row.to_date or '…'}")
    notes = (
        ("自", row.anchor),
        ("对应 ", row.key),
        ("上限 ", row.cap),
        (
            "给 " if row.kind == "benefit" else "",
            row.subject if row.kind in ("benefit", "relation", "validity") else "",
        ),
        ("→ ", row.targets),
    )
    words += (f"（{label}{shortened(note)}）" for label, note in notes if note)
    return " ".join(filter(None, words))
