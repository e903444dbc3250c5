"""The model path: the same clauses, put into one draft by a language model, kept only if it holds.

A draft that is not supported by the clauses it cites, or that drops the figure the clauses gave, goes back once with
what was found in it; what then does not hold is not shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Turn
from assistant.compose.status import status_words
from assistant.errors import DraftError, ModelError
from assistant.generation.generate import Draft, Passage
from assistant.generation.grounded import invented
from assistant.generation.kept import lost, notes
from assistant.orders import without_orders
from assistant.understanding.question import Question
from assistant.verify import Names, says_status, verify
from assistant.verify.figures import stated_in
from assistant.verify.sentences import sentences_of

if TYPE_CHECKING:
    from assistant.generation.generate import Exchange

_ENDED = re.compile(r"[。!?！？](?:\s*\[\d+\])*\s*$")
_STOP = re.compile(r"[。!?！？\s]*$")
_MARK = re.compile(r"\[(\d+)\]")


def rephrase(
    answer: Answer,
    question: Question,
    exchange: Exchange,
    names: Names,
    history: Sequence[Turn],
) -> Answer:
    """The answer in the model's words, at the second try at the latest; ``ModelError`` says why neither is used."""
    passages = [Passage(c.mark, _header(c, answer), without_orders(c.text)) for c in answer.citations]
    asked = answer.standalone_question
    try:
        draft = exchange.draft(asked, passages, answer.as_of, history)
        text, rephrased, wrong = _judged(draft, answer, question, names)
    except DraftError as error:
        text, rephrased, wrong = error.draft, None, [str(error)]
    if rephrased is not None and not wrong:
        return rephrased
    draft = exchange.repair(asked, passages, answer.as_of, text, wrong)
    _, rephrased, wrong = _judged(draft, answer, question, names)
    if wrong:
        # What was found repeats the draft: whoever asks is told that it failed, and not what it said.
        raise ModelError("改过一次仍没有通过与所引条款的核对")
    return rephrased


def _judged(draft: Draft, answer: Answer, question: Question, names: Names) -> tuple[str, Answer, list[str]]:
    """A draft's text, the answer that it would be, and what is wrong with it."""
    if draft.refused:
        raise ModelError("语言模型认为所给条款没有写明,与原文摘取的结果不一致")
    rephrased = _assembled(answer, draft.text)
    # What a clause tells a model to say is nothing that a draft can rest on.
    told = replace(rephrased, citations=tuple(replace(c, text=without_orders(c.text)) for c in rephrased.citations))
    wrong = [f"草稿中的“{found.words}”不能用:{found.why}" for found in verify(told, names)]
    wrong += [f"草稿中的“{words}”不能用:所引条款里没有这样说。" for words in invented(told, answer)]
    wrong += [f"草稿漏掉了条款的内容,请补上:{words}。" for words in lost(rephrased.text, draft.marks, answer, question)]
    return draft.text, rephrased, list(dict.fromkeys(wrong))


def _header(citation: Citation, answer: Answer) -> str:
    parts = (citation.city, citation.document_number, f"《{citation.title}》", citation.label)
    return " ".join(part for part in parts if part) + f"({status_words(citation.validity, answer.as_of)})"


def _assembled(answer: Answer, text: str) -> Answer:
    """The draft with the marks of the clauses that it uses, what sort of document they are in, and their status."""
    used = {int(mark) for mark in _MARK.findall(text)}
    kept = [citation for citation in answer.citations if citation.mark in used]
    order = {citation.mark: position for position, citation in enumerate(kept, 1)}
    citations = [replace(citation, mark=order[citation.mark]) for citation in kept]
    renumbered = _MARK.sub(lambda match: f"[{order[int(match[1])]}]", text)
    said = _marked(renumbered).rstrip()
    if citations:
        said += "" if _ENDED.search(said) else "。"
        said += "".join(notes(answer, said, citations))
        if not says_status(said):
            said += f"{status_words(citations[0].validity, answer.as_of)} [1]。"
    return replace(answer, mode="llm", text=said, citations=tuple(citations))


def _marked(text: str) -> str:
    """A draft in which a sentence with figures that names no clause rests on that of the next one, else the last."""
    sentences = list(sentences_of(text))
    pieces = []
    for i, sentence in enumerate(sentences):
        piece = text[sentence.start : sentence.end]
        if stated_in(sentence.text) and not sentence.marks:
            near = [*sentences[i + 1 :], *reversed(sentences[:i])]
            marks = "".join(f"[{mark}]" for mark in next((other.marks for other in near if other.marks), ()))
            piece = _STOP.sub(rf" {marks}\g<0>", piece, count=1)
        pieces.append(piece)
    return "".join(pieces)
