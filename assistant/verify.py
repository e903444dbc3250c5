"""Every figure, date, number and article in an answer stands in a cited clause or the question, or is derived.

Checked on every answer in every mode. What is compared is the value, not its spelling: 4万元 and 40000元 are one,
and so are 2023年8月28日 and 2023-08-28; a 4万元 in a clause that is not cited proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer
from assistant.present import plain
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.folding import fold
from corpus.model import DocumentNumber

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}〔(?:19|20)\d\d〕\d{1,5}号")
_ARTICLE = re.compile(r"第[一二三四五六七八九十百千零〇\d]+[条款项]")
_BARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
_PHONE = re.compile(r"(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)12345(?!\d)")


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something in an answer that no cited clause holds."""

    kind: str
    text: str


def verify(answer: Answer) -> tuple[Unsupported, ...]:
    """What in an answer's text is supported by nothing; empty for an answer that may be shown."""
    text = fold(plain(answer.text))
    sources = [fold(source) for source in _sources(answer)]
    joined = "\n".join(sources)
    found = [
        *_values(text, joined),
        *(Unsupported("document_number", m) for m in _NUMBER.findall(text) if not _has_number(m, joined)),
        *(Unsupported("article", m) for m in _ARTICLE.findall(text) if m not in joined),
        *(Unsupported("phone", m[0]) for m in _PHONE.finditer(text) if m[0] not in joined),
    ]
    return tuple(dict.fromkeys(found))


def _sources(answer: Answer) -> Iterable[str]:
    """The words that may support an answer: its citations in full, the question, the day, what is derived."""
    yield answer.question
    yield answer.standalone_question
    yield _day(answer.as_of)
    for citation in answer.citations:
        yield citation.text
        yield citation.title
        yield citation.label
        if citation.document_number:
            yield citation.document_number
        for validity in (citation.validity, *citation.others):
            yield validity.basis
            yield from (_day(day) for day in (validity.effective_on, validity.expires_on, validity.repealed_on) if day)
    yield from (derivation.value for derivation in answer.derivations)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _values(text: str, joined: str) -> Iterable[Unsupported]:
    stated = _figures(joined)
    covered: list[tuple[int, int]] = []
    for key, (start, end) in _placed_figures(text):
        covered.append((start, end))
        if key not in stated:
            yield Unsupported(str(key[0]), text[start:end])
    bare = set(_BARE.findall(joined))
    for match in _BARE.finditer(text):
        inside = any(start <= match.start() < end for start, end in covered)
        if not inside and match[0] not in bare:
            yield Unsupported("number", match[0])


def _figures(text: str) -> set[tuple[object, ...]]:
    return {key for key, _ in _placed_figures(text)}


def _placed_figures(text: str) -> list[tuple[tuple[object, ...], tuple[int, int]]]:
    amounts, quantities = amounts_of(text)
    found: list[tuple[tuple[object, ...], tuple[int, int]]] = [
        (("figure", m.low, m.high, m.unit), (m.span.start, m.span.end)) for m in (*amounts, *quantities)
    ]
    for period in periods_of(text):
        place = (period.span.start, period.span.end)
        if period.count is None:
            found += ((("date", day), place) for day in period.days)
        else:
            found.append((("period", period.least, period.count, period.unit), place))
    return found


def _has_number(text: str, joined: str) -> bool:
    try:
        number = DocumentNumber.parse(text)
    except ValueError:
        return False
    return f"〔{number.year}〕{number.serial}号" in joined and number.code[-3:] in joined
