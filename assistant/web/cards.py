"""An answer as HTML: the text with its figures, the warnings, how values were computed, the citations as cards.

    Answer → turn: question asked, answer, warnings, derivations, cards, hand-off, notice

Everything that comes from a document, a question or a model goes through :func:`html.escape` here, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from html import escape

from assistant.answer import Answer, Citation, CitationRole, Derivation, Status, WarningKind
from assistant.render import NOTICE, validity_in_words
from corpus.dates import in_words
from corpus.model import Kind, Office, OfficeRole, ValidityStatus

_HEADLINES = {
    Status.PARTIAL: "只找到一部分，没有写明的部分已在下面说明",
    Status.CLARIFY: "请再说明一点，才能查到准确的条款",
    Status.NOT_FOUND: "收录的文件里没有写明",
    Status.OUT_OF_SCOPE: "这不是收录的文件能回答的问题",
    Status.ERROR: "这次没有答成",
}
_REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE})
_ROLES = {
    CitationRole.ANSWERS: "直接依据",
    CitationRole.SUPPORTS: "相关依据",
    CitationRole.NEAREST: "最接近的条款",
}
_KINDS = {
    Kind.STATUTE: "法规规章",
    Kind.NORMATIVE: "规范性文件",
    Kind.PLAN: "方案、计划",
    Kind.NOTICE: "通知",
    Kind.PRESS: "新闻发布，不是规范性文件",
    Kind.OTHER: "其他文件",
}
_OFFICE_ROLES = {
    OfficeRole.INTERPRETS: "负责解释",
    OfficeRole.RESPONSIBLE: "责任单位",
    OfficeRole.LEADS: "牵头单位",
    OfficeRole.SHARED: "配合单位",
}
_STATUS_MARKS = {
    ValidityStatus.IN_FORCE: "●",
    ValidityStatus.EXPIRED: "✕",
    ValidityStatus.REPEALED: "✕",
    ValidityStatus.NOT_YET: "○",
    ValidityStatus.UNKNOWN: "？",
}
_SIGNS = {"sum": " ＋ ", "product": " × ", "difference": " － "}
_COMPUTED = {
    "sum": "合计",
    "product": "相乘",
    "difference": "相减",
    "count": "计数",
    "date_plus": "推算日期",
    "working_days": "按工作日推算",
}

_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_WORDED = r"[一二两三四五六七八九十百千]+"
_TELLING = re.compile(
    rf"""
    \[(?P<mark>\d+)\]                                                    # [1]
    | (?P<day>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)                           # 2025年8月28日
    | (?P<figure>
        (?:{_NUMBER}(?:\s*[-—~～至]\s*{_NUMBER})?|{_WORDED})\s*(?:万元|亿元|元|个百分点|个?工作日)  # 4万元, 100—1000元
        (?:/[人户家年月日次台套亩吨])?                                    # 元/人
      | {_NUMBER}(?:\s*[-—~～至]\s*{_NUMBER})?\s*[%％‰]                   # 15%
      | 百分之{_WORDED}
    )
    """,
    re.VERBOSE,
)
#: A longer first sentence is not a headline.
_LEAD_LENGTH = 90
_EXCERPT_LENGTH = 72


def asked(turn_id: str, question: str) -> str:
    """A turn that waits for its answer."""
    waiting = '<p class="waiting">正在查找依据<span aria-hidden="true">……</span></p>'
    return _turn(turn_id, question, waiting, busy=True)


def told(turn_id: str, question: str, sentence: str) -> str:
    """A turn that ends with a plain sentence of the page itself: nothing was looked up."""
    return _turn(turn_id, question, f'<p class="answer" data-spoken>{escape(sentence)}</p>')


def answered(turn_id: str, answer: Answer, repaired: Collection[str] = ()) -> str:
    """A turn with its answer.

    ``turn_id`` is made by the page, so that links within the turn find their cards; ``repaired`` holds the ids of
    cited clauses whose document was repaired, which a card says where the answer warns of it.
    """
    marks = {citation.mark for citation in answer.citations}
    return _turn(
        turn_id,
        answer.question,
        _headline(answer.status)
        + _restated(answer)
        + f'<div class="answer" data-spoken>{_text(answer.text, turn_id, marks, answer.status)}</div>'
        + _warnings(answer)
        + _derivations(answer.derivations)
        + _cards(turn_id, answer, repaired)
        + _handoff(answer)
        + f'<p class="notice">{escape(NOTICE)}</p>',
        status=answer.status,
    )


def _turn(turn_id: str, question: str, reply: str, *, busy: bool = False, status: Status | None = None) -> str:
    question_html = f'<h2 class="asked"><span class="glyph" aria-hidden="true">问</span>{escape(question)}</h2>'
    return (
        f'<article class="turn" id="{escape(turn_id)}" aria-busy="{str(busy).lower()}"'
        f' data-status="{status.value if status else ""}">'
        f'{question_html if question else ""}<div class="reply">'
        f'<span class="glyph filled" aria-hidden="true">答</span>{reply}</div></article>'
    )


def _headline(status: Status) -> str:
    words = _HEADLINES.get(status)
    return f'<p class="headline">{words}</p>' if words else ""


def _restated(answer: Answer) -> str:
    """The stand-alone question, where the words typed do not already say it."""
    if _bare(answer.standalone_question) == _bare(answer.question) or not answer.standalone_question.strip():
        return ""
    return f'<p class="restated">按这个问题作答：{escape(answer.standalone_question)}</p>'


def _bare(text: str) -> str:
    return re.sub(r"[\s，。？！,.?!]+", "", text)


def _text(text: str, turn_id: str, marks: set[int], status: Status) -> str:
    """The answer's paragraphs; the first sentence of an answer stands out, since it carries the figure."""
    paragraphs = [line.strip() for line in text.splitlines() if line.strip()]
    parts = []
    for position, paragraph in enumerate(paragraphs):
        end = paragraph.find("。") + 1 or len(paragraph)
        lead = position == 0 and end <= _LEAD_LENGTH and status in {Status.ANSWERED, Status.PARTIAL}
        if lead:
            parts.append(f'<p class="lead">{_telling(paragraph[:end], turn_id, marks)}</p>')
            paragraph = paragraph[end:].strip()  # noqa: PLW2901 - the rest of the same paragraph
        if paragraph:
            parts.append(f"<p>{_telling(paragraph, turn_id, marks)}</p>")
    return "".join(parts)


def _telling(text: str, turn_id: str, marks: set[int]) -> str:
    """Text with its figures emphasised and its marks linked to their cards."""

    def pieces() -> Iterator[str]:
        at = 0
        for match in _TELLING.finditer(text):
            yield escape(text[at : match.start()])
            at = match.end()
            words = escape(match[0])
            if match["mark"]:
                number = int(match["mark"])
                link = f'<a class="mark" href="#{turn_id}-c{number}" aria-label="依据[{number}]">{words}</a>'
                yield link if number in marks else words
            elif match["figure"]:
                yield f'<strong class="figure">{words}</strong>'
            else:
                yield f'<span class="day">{words}</span>'
        yield escape(text[at:])

    return "".join(pieces())


def _warnings(answer: Answer) -> str:
    if not answer.warnings:
        return ""
    kinds = {warning.text: warning.kind for warning in answer.warnings}  # the same words once
    items = "".join(f'<li data-kind="{kind.value}">{escape(text)}</li>' for text, kind in kinds.items())
    return f'<div class="warnings" data-spoken><p class="label">请注意</p><ul>{items}</ul></div>'


def _derivations(derivations: Sequence[Derivation]) -> str:
    if not derivations:
        return ""
    items = "".join(f"<li>{_calculation(derivation)}</li>" for derivation in derivations)
    return f'<div class="derivations"><p class="label">怎么算的</p><ul>{items}</ul></div>'


def _calculation(derivation: Derivation) -> str:
    """10万元 ＋ 5万元 ＝ 15万元（合计）."""
    sign = _SIGNS.get(derivation.rule, "，")
    equals = "＝" if derivation.rule in _SIGNS else "→"
    terms = escape(sign).join(f"<span>{escape(source)}</span>" for source in derivation.sources)
    return f"{terms} {equals} <strong>{escape(derivation.value)}</strong>（{_COMPUTED[derivation.rule]}）"


def _handoff(answer: Answer) -> str:
    return f'<p class="handoff">{escape(answer.handoff)}</p>' if answer.handoff else ""


def _cards(turn_id: str, answer: Answer, repaired: Collection[str]) -> str:
    if not answer.citations:
        return ""
    if not any(warning.kind is WarningKind.REPAIRED_TEXT for warning in answer.warnings):
        repaired = ()
    cards = "".join(
        f"<li>{_card(turn_id, citation, answer.as_of, citation.clause_id in repaired)}</li>"
        for citation in answer.citations
    )
    label = "最接近的条款" if answer.status in _REFUSALS else "依据"
    judged = f'<span class="judged">效力按{in_words(answer.as_of)}判断</span>'
    heading = f'<p class="label">{label}{judged}</p>'
    return f'<section class="citations" aria-label="{label}">{heading}<ol>{cards}</ol></section>'


def _card(turn_id: str, citation: Citation, on: date, repaired: bool) -> str:
    facts = [_ROLES[citation.role], citation.document_number or "无文号", citation.city, _KINDS[citation.kind]]
    status = citation.validity.status(on)
    others = "".join(
        f'<li class="validity" data-status="{other.status(on).value}">'
        f"另有期限：{escape(validity_in_words(other, on))}</li>"
        for other in citation.others
    )
    basis = citation.validity.basis
    return (
        f'<details class="card" id="{turn_id}-c{citation.mark}"><summary>'
        f'<span class="number">[{citation.mark}]</span>'
        f'<cite>《{escape(citation.title)}》<span class="address">{escape(citation.label)}</span></cite>'
        f'<span class="facts">{" · ".join(escape(fact) for fact in facts if fact)}</span>'
        f'<span class="validity" data-status="{status.value}">'
        f'<span aria-hidden="true">{_STATUS_MARKS[status]}</span> '
        f"{escape(validity_in_words(citation.validity, on))}</span>"
        f"{_offices(citation.offices)}"
        f'<span class="excerpt"><span class="tag">原文</span>{escape(_excerpt(citation.quote))}</span>'
        '<span class="toggle" aria-hidden="true"></span></summary>'
        '<div class="clause">'
        f'<p class="label"><span class="tag">原文</span>{"据修复文本，" if repaired else ""}'
        "逐字引用，加底色的是作答所依据的话</p>"
        f"<blockquote>{_highlighted(citation.text, citation.quote)}</blockquote>"
        + (f'<p class="basis">效力依据：“{escape(basis)}”</p>' if basis else "")
        + (f'<ul class="others">{others}</ul>' if others else "")
        + "</div></details>"
    )


def _offices(offices: Sequence[Office]) -> str:
    """负责解释：市商务局 · 责任单位：市财政局、市税务局."""
    named: dict[OfficeRole, list[str]] = {}
    for office in offices:
        names = named.setdefault(office.role, [])
        if office.name not in names:
            names.append(office.name)
    words = "；".join(f"{_OFFICE_ROLES[role]}：{'、'.join(names)}" for role, names in named.items())
    return f'<span class="office">{escape(words)}</span>' if words else ""


def _excerpt(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= _EXCERPT_LENGTH else words[:_EXCERPT_LENGTH] + "……"


def _highlighted(text: str, quote: str) -> str:
    """The clause with the words relied on marked; unmarked where the quote is not one run of it."""
    at = text.find(quote) if quote else -1
    if at < 0:
        return escape(text)
    end = at + len(quote)
    return f"{escape(text[:at])}<mark>{escape(text[at:end])}</mark>{escape(text[end:])}"
