"""The model path: the same clauses, put into one draft by a language model, kept only if it holds.

A draft that is not supported by the clauses it cites, or that drops the figure the clauses gave, goes back once with
what was found in it; what then does not hold is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, CitationRole, Turn
from assistant.compose.status import status_words
from assistant.errors import DraftError, ModelError
from assistant.generate import Draft, Passage
from assistant.present import clause_citation, plain
from assistant.question import Question
from assistant.retrieve import Evidence
from assistant.verify import Names, says_status, verify
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.folding import fold
from corpus.library import Library

if TYPE_CHECKING:
    from assistant.generate import Exchange

#: So many clauses at most are put before the model.
_PASSAGES = 6
_ENDED = re.compile(r"[。!?！？](?:\s*\[\d+\])*\s*$")
_MARK = re.compile(r"\[(\d+)\]")


def rephrase(
    answer: Answer,
    question: Question,
    evidence: Evidence,
    exchange: Exchange,
    library: Library,
    names: Names,
    history: Sequence[Turn],
) -> Answer:
    """The answer in the model's words, at the second try at the latest; ``ModelError`` says why neither is used."""
    shown = _passages(answer, evidence, library)
    passages = [Passage(c.mark, _header(c, answer), c.text) for c in shown]
    asked = answer.standalone_question
    try:
        draft = exchange.draft(asked, passages, answer.as_of, history)
        text, rephrased, wrong = _judged(draft, answer, question, shown, names)
    except DraftError as error:
        text, rephrased, wrong = error.draft, None, [str(error)]
    if rephrased is not None and not wrong:
        return rephrased
    draft = exchange.repair(asked, passages, answer.as_of, text, wrong)
    _, rephrased, wrong = _judged(draft, answer, question, shown, names)
    if wrong:
        raise ModelError(wrong[0])
    return rephrased


def _judged(
    draft: Draft, answer: Answer, question: Question, shown: Sequence[Citation], names: Names
) -> tuple[str, Answer, list[str]]:
    """A draft's text, the answer that it would be, and what is wrong with it."""
    if draft.refused:
        raise ModelError("语言模型认为所给条款没有写明,与原文摘取的结果不一致")
    rephrased = _assembled(answer, draft.text, shown)
    wrong = [f"草稿中的“{found.words}”不能用:{found.why}" for found in verify(rephrased, names)]
    if not wrong and question.asked.is_figure and not _keeps_figure(answer, rephrased):
        wrong = [f"草稿没有写出条款给出的数额或期限:{_first_sentence(answer)}"]
    return draft.text, rephrased, list(dict.fromkeys(wrong))


def _first_sentence(answer: Answer) -> str:
    return plain(answer.text).split("。")[0]


def _passages(answer: Answer, evidence: Evidence, library: Library) -> list[Citation]:
    """The clauses of the answer first, then the next best found."""
    shown = list(answer.citations)
    known = {citation.clause_id for citation in shown}
    for clause, instrument, _ in evidence.ranked:
        if len(shown) >= _PASSAGES:
            break
        if clause.id not in known:
            citation = clause_citation(instrument, clause, len(shown) + 1, library)
            shown.append(replace(citation, role=CitationRole.SUPPORTS))
    return shown


def _header(citation: Citation, answer: Answer) -> str:
    parts = (citation.city, citation.document_number, f"《{citation.title}》", citation.label)
    return " ".join(part for part in parts if part) + f"({status_words(citation.validity, answer.as_of)})"


def _assembled(answer: Answer, text: str, shown: Sequence[Citation]) -> Answer:
    """The draft with its marks renumbered in order of use, and the status added where it says none."""
    used = list(dict.fromkeys(int(mark) for mark in _MARK.findall(text)))
    by_mark = {citation.mark: citation for citation in shown}
    order = {mark: position for position, mark in enumerate(used, 1)}
    citations = [
        replace(
            by_mark[mark], mark=order[mark], role=CitationRole.ANSWERS if order[mark] == 1 else CitationRole.SUPPORTS
        )
        for mark in used
    ]
    renumbered = _MARK.sub(lambda match: f"[{order[int(match[1])]}]", text)
    if citations and not says_status(renumbered):
        stop = "" if _ENDED.search(renumbered) else "。"
        renumbered = f"{renumbered.rstrip()}{stop}{status_words(citations[0].validity, answer.as_of)} [1]。"
    return replace(answer, mode="llm", text=renumbered, citations=tuple(citations))


def _keeps_figure(answer: Answer, rephrased: Answer) -> bool:
    """Whether the figure that the extractive answer leads with stands in the draft."""
    leading = _values(answer.text)
    return not leading or leading[0] in _values(rephrased.text)


def _values(text: str) -> list[tuple[object, ...]]:
    folded = fold(plain(text))
    amounts, quantities = amounts_of(folded)
    found: list[tuple[int, tuple[object, ...]]] = [
        (m.span.start, (m.low, m.high, m.unit)) for m in (*amounts, *quantities)
    ]
    found += [(p.span.start, (p.least, p.count, p.unit, p.days)) for p in periods_of(folded)]
    return [value for _, value in sorted(found, key=lambda pair: pair[0])]
