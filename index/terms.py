"""Text as search terms: folded, cut into units, then the units and the pairs of neighbours.

    奖励50万元 → 奖 励 50 万 元 · 奖励 励50 50万 万元

A unit is a Chinese character, a whole number, a whole Latin word, or a sign that belongs to a figure. All of it is
for matching only: nothing that is folded here is ever shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.numerals import number_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

QUESTION_WORDS = Path(__file__).with_name("question_words.txt")

_TOKEN = re.compile(
    r"""
    \d+(?:\.\d+)+     # 1.5
    | [a-z0-9]+       # mba, 50, 5g
    | [%‰]            # belongs to the figure before it
    | [^\W_]          # 奖, and the letters of other scripts
    | (?P<mark>\S)    # a mark parts its neighbours; a blank does not: 总 则
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_HAN_NUMERAL = "〇零一二三四五六七八九十百千两"
#: 二十三, 一百五十, 十; or one numeral alone: 三年. Not 十四五, 二三产业, 百强.
_NUMERAL = re.compile(
    rf"(?<![{_HAN_NUMERAL}])"
    rf"(?:[一二三四五六七八九两]?[十百千][{_HAN_NUMERAL}]*|[一二三四五六七八九两])"
    rf"(?![{_HAN_NUMERAL}])"
)


def fold(text: str) -> str:
    """One spelling for what reads the same: width, case, script, 14,400 and 14400, 二十 and 20."""
    folded = simplify(unicodedata.normalize("NFKC", text)).casefold()
    folded = _THOUSANDS.sub(lambda m: m[0].replace(",", ""), folded)
    return _NUMERAL.sub(lambda m: _arabic(m[0]), folded)


def simplify(text: str) -> str:
    """Traditional characters as simplified ones."""
    return _simplifier()(text)


def terms(text: str) -> list[str]:
    """The terms of a text with repetitions, units before pairs."""
    return _terms(fold(text))


def query_terms(question: str) -> tuple[str, ...]:
    """The distinct terms of what a question is about; empty for one made of question phrases alone."""
    return tuple(dict.fromkeys(_terms(content(question))))


def content(question: str) -> str:
    """The folded question with a mark in the place of each question phrase (多少, 请问)."""
    return _question_phrase().sub("|", fold(question))


def _terms(folded: str) -> list[str]:
    runs = list(_runs(folded))
    units = [unit for run in runs for unit in run]
    return units + [left + right for run in runs for left, right in pairwise(run)]


def _runs(folded: str) -> Iterator[list[str]]:
    run: list[str] = []
    for token in _TOKEN.finditer(folded):
        if token["mark"] is None:
            run.append(token[0])
        elif run:
            yield run
            run = []
    if run:
        yield run


def _arabic(numeral: str) -> str:
    try:
        return str(number_of(numeral))
    except ValueError:
        return numeral


@cache
def _simplifier() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


@cache
def _question_phrase() -> re.Pattern[str]:
    """The phrases of the data file, the longest first, folded like the question."""
    lines = QUESTION_WORDS.read_text(encoding="utf-8").splitlines()
    phrases = {fold(line.strip()) for line in lines if line.strip() and not line.startswith("#")}
    return re.compile("|".join(map(re.escape, sorted(phrases, key=lambda p: (-len(p), p)))))
