"""A draft as an answer that has been verified: what does not hold is quoted instead, or left out, or all is withheld.

Draft → without orders to whoever answers → present → verify ─ holds → Answer
└ a statement fails → its quotation in its place, else without it → verify again
└ the first one fails still → withheld: the nearest clause, and no figure
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.answer import Answer, CitationRole, Request, Status
from assistant.draft import Draft, Statement
from assistant.orders import without_orders
from assistant.present import present
from assistant.understanding.question import Question
from assistant.verify import Finding, Names, verify
from corpus.library import Library

_WITHHELD = "查到了相近的条款,但没有能够核对无误的答复,请直接查看原文"
_ORDERED = "条款中相关的这段话是写给问答程序的指令,不是政策内容,不能据此答复"


def checked(
    draft: Draft, request: Request, question: Question, standalone: str, library: Library, names: Names
) -> Answer:
    """The answer of a draft, with nothing in it that its citations do not bear out."""

    def shown(statements: Iterable[Statement]) -> Answer:
        return present(replace(draft, statements=tuple(statements)), request, question, standalone, library)

    kept = {i: without_orders(statement.text) for i, statement in enumerate(draft.statements)}
    if draft.statements and not kept[0]:
        return _withheld(draft, _ORDERED, request, question, standalone, library)
    statements = (replace(draft.statements[i], text=text) for i, text in kept.items() if text)
    draft = replace(draft, statements=tuple(statements))
    answer = shown(draft.statements)
    findings = verify(answer, names)
    if not findings:
        return answer
    failing = _failing(draft, answer, findings)
    quoted = [_quoted(statement) if i in failing else statement for i, statement in enumerate(draft.statements)]
    answer = shown(quoted)
    findings = verify(answer, names)
    if not findings:
        return answer
    failing = _failing(replace(draft, statements=tuple(quoted)), answer, findings)
    if 0 not in failing:
        answer = shown(statement for i, statement in enumerate(quoted) if i not in failing)
        if not verify(answer, names):
            return answer
    return _withheld(draft, _WITHHELD, request, question, standalone, library)


def _failing(draft: Draft, answer: Answer, findings: Iterable[Finding]) -> set[int]:
    """The statements that findings are in; one that is about no sentence is about the first."""
    places: list[tuple[int, int]] = []
    at = 0
    for statement in draft.statements:
        start = answer.text.find(statement.text, at)
        at = start + len(statement.text)
        places.append((start, at))
    failing = set()
    for finding in findings:
        inside = {i for i, (start, end) in enumerate(places) if start < finding.end and finding.start < end}
        whole = finding.end - finding.start >= len(answer.text)
        failing |= {0} if whole or not inside else inside
    return failing


def _quoted(statement: Statement) -> Statement:
    """A statement in the words that it rests on; as it is where it rests on none."""
    if not statement.quotes:
        return statement
    return replace(statement, text=re.sub(r"\s*\n\s*", "", statement.quotes[0].words).rstrip("。"))


def _withheld(
    draft: Draft, why: str, request: Request, question: Question, standalone: str, library: Library
) -> Answer:
    """No answer, and why: where to read instead, without a figure."""
    nearest = tuple(
        replace(quote, role=CitationRole.NEAREST)
        for statement in draft.statements[:1]
        for quote in statement.quotes[:1]
    )
    statement = Statement(why, nearest)
    refusal = Draft(Status.NOT_FOUND, (statement,), draft.warnings, confidence=0.0)
    return present(refusal, request, question, standalone, library)
