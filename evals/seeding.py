"""Errors put into answers on purpose, to see whether the assistant's own verification finds them.

    Answer → altered answers → Trial each            verifier_trials

Each kind of error is what a language model does to a draft: a wrong amount, rate, day, length of time, document number
or article, a phone number from nowhere, a figure that belongs to the neighbour in the same clause, a mark at the wrong
clause. The same values in another spelling (40000元 for 4万元) are put in too: a verifier that flags everything is of
no use (a checker that caught 94% of the errors also flagged 91% of the right answers: tteon/seocho, pull request 308).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from assistant.answer import Answer, Status
from assistant.verify import verify
from corpus.dates import in_words
from corpus.library import Library
from evals.figures import figures_of, unsupported
from evals.wording import without_marks

_MONEY = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>[万亿]*)元")
_RATE = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>)%")
_LENGTH = re.compile(r"(?<![\d.])(?P<n>\d+)(?P<scale>)(?=个工作日|个月|年内|年(?![\d度底末初]))")
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
#: So many clauses are tried in the place of one cited, of which so many characters are quoted.
_TRIED, _QUOTED = 12, 80
_HAN = "零一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


@dataclass(frozen=True, slots=True)
class Trial:
    """One altered answer: what was done to it, whether that made it wrong, and whether the verifier flagged it."""

    kind: str
    error: bool
    flagged: bool
    text: str

    def as_json(self) -> dict[str, Any]:
        """For ``results.jsonl``."""
        return {"kind": self.kind, "error": self.error, "flagged": self.flagged, "text": self.text}


def verifier_trials(answer: Answer, library: Library) -> tuple[Trial, ...]:
    """The trials of one answer: at most one of each kind; none for an answer that states nothing (a refusal).

    An error is one only if it is certain: the altered figure stands in nothing that the answer cites, which
    :func:`evals.figures.unsupported` decides and not the verifier's own code.
    """
    if answer.status not in (Status.ANSWERED, Status.PARTIAL) or not answer.citations:
        return ()
    found = [Trial(kind, True, bool(verify(wrong)), wrong.text) for kind, wrong in _errors(answer, library)]
    found += [Trial(kind, False, bool(verify(same)), same.text) for kind, same in _equivalents(answer)]
    return tuple(found)


def _errors(answer: Answer, library: Library) -> Iterator[tuple[str, Answer]]:
    text = answer.text
    altered = {
        "amount": _other_values(text, _MONEY),
        "rate": _other_values(text, _RATE),
        "length": _other_values(text, _LENGTH),
        "day": _other_days(text),
    }
    for kind, texts in altered.items():
        wrong = (replace(answer, text=each) for each in texts)
        yield from ((kind, each) for each in islice(filter(_is_wrong, wrong), 1))
    yield from (("neighbour", replace(answer, text=each)) for each in islice(_neighbours(answer), 1))
    yield from (("citation", each) for each in islice(filter(_is_wrong, _moved_citations(answer, library)), 1))
    number = next((c.document_number for c in answer.citations if c.document_number), "市政办发〔2023〕1号")
    elsewhere = re.sub(r"(\d+)号", lambda match: f"{int(match[1]) + 907}号", number)
    yield "document_number", replace(answer, text=f"{text}另见{elsewhere}。")
    yield "article", replace(answer, text=f"{text}另见第九百九十七条。")
    yield "phone", replace(answer, text=f"{text}咨询电话:0999-7654321。")


def _is_wrong(answer: Answer) -> bool:
    return bool(unsupported(answer.as_json()))


def _other_values(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The text with its first figure of a pattern changed: by one, by a place, to double."""
    match = pattern.search(text)
    if match is None:
        return
    value = Decimal(match["n"])
    for other in (value + 1, value * 10, value * 2, value + 3, value + 7):
        yield f"{text[: match.start('n')]}{other.normalize():f}{text[match.end('n') :]}"


def _other_days(text: str) -> Iterator[str]:
    """The text with its first day a day, a month or a year later."""
    match = _DAY.search(text)
    if match is None:
        return
    day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    for days in (1, 31, 366):
        yield text.replace(match[0], in_words(day + timedelta(days=days)), 1)


def _neighbours(answer: Answer) -> Iterator[str]:
    """The text with its first amount replaced by another one of the clause that is cited first."""
    for pattern in (_MONEY, _RATE):
        match = pattern.search(answer.text)
        if match is None:
            continue
        said = {figure.value for figure in figures_of(without_marks(answer.text))}
        for other in pattern.finditer(answer.citations[0].text):
            if all(figure.value not in said for figure in figures_of(other[0])):
                yield f"{answer.text[: match.start()]}{other[0]}{answer.text[match.end() :]}"


def _moved_citations(answer: Answer, library: Library) -> Iterator[Answer]:
    """The same text, with another clause of the same instrument in the place of what is cited."""
    if not any(figures_of(without_marks(answer.text))):
        return
    cited = {citation.clause_id for citation in answer.citations}
    others = (c for c in library.of_instrument(answer.citations[0].instrument_id) if c.id not in cited)
    for clause in islice(others, _TRIED):
        moved = tuple(replace(c, text=clause.text, quote=clause.text[:_QUOTED]) for c in answer.citations)
        yield replace(answer, citations=moved)


def _equivalents(answer: Answer) -> Iterator[tuple[str, Answer]]:
    """The answer as it is, and with its figures in other spellings of the same values."""
    text = answer.text
    spellings = {
        "as_is": text,
        "yuan": _MONEY.sub(_in_yuan, text),
        "iso_day": _DAY.sub(lambda m: f"{m['y']}-{int(m['m']):02}-{int(m['d']):02}", text),
        "numeral": _LENGTH.sub(lambda m: _HAN[int(m["n"])] if 2 < int(m["n"]) < 10 else m[0], text),
        "percent": _RATE.sub(_in_words, text),
        "width": text.translate(_FULL_WIDTH),
    }
    for kind, spelled in spellings.items():
        if kind == "as_is" or spelled != text:
            yield kind, replace(answer, text=spelled)


def _in_yuan(match: re.Match[str]) -> str:
    value = Decimal(match["n"])
    for scale in match["scale"]:
        value *= {"万": 10_000, "亿": 100_000_000}[scale]
    return f"{value.normalize():f}元"


def _in_words(match: re.Match[str]) -> str:
    """50% as 百分之五十, where it is a whole number below a hundred."""
    value = Decimal(match["n"])
    if value != int(value) or not 0 < value < 100:
        return match[0]
    tens, ones = divmod(int(value), 10)
    return f"百分之{_HAN[tens] if tens > 1 else ''}{'十' if tens else ''}{_HAN[ones] if ones else ''}"
