"""An answer's text as sentences with the marks that each piece of them rests on, in one spelling.

批发8万元[1],零售4万元[2]。文件未写明有效期。   →   批发8万元 (1), 零售4万元 (2) │ 文件未写明有效期 (no mark of its own)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.dates import NUMERIC_DATE, date_of, in_words
from corpus.folding import fold

#: A title in 《》 may hold a stop; marks behind a stop belong to the sentence before it.
_SENTENCE = re.compile(r"(?:《[^《》\n]{0,200}》|[^。!?！？\n])*(?:[。!?！？\n]+|\Z)(?:\s*[\[［]\d{1,3}[\]］])*[。\n]?")
#: A mark has few digits; 国发[2020]9号 has none.
_MARKS = re.compile(r"\s*(?:\[\d{1,3}\])+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_APART = re.compile(r"(?<=\d)\s+(?=[万亿千元%年月日个家])|(?<=[万亿])\s+(?=元)")
_MONTH_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})(?![-/.\d])")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence at ``start`` to ``end`` of the answer's text; ``text`` is it without marks, in one spelling.

    ``groups`` are the marks in it, each with the place in ``text`` behind which they stand.
    """

    text: str
    start: int
    end: int
    groups: tuple[tuple[int, tuple[int, ...]], ...]

    @property
    def marks(self) -> tuple[int, ...]:
        """All its marks, each once."""
        return tuple(dict.fromkeys(mark for _, marks in self.groups for mark in marks))

    def marks_at(self, place: int) -> tuple[int, ...]:
        """The marks that words at a place rest on: the next behind it, else the last in the sentence."""
        for behind, marks in self.groups:
            if place < behind:
                return marks
        return self.groups[-1][1] if self.groups else ()


def sentences_of(text: str) -> Iterator[Sentence]:
    """The sentences of an answer's text, in order; marks behind a full stop belong to the sentence before it."""
    for match in _SENTENCE.finditer(text):
        if match[0].strip():
            yield _sentence(match[0], match.start(), match.end())


def _sentence(text: str, start: int, end: int) -> Sentence:
    spelled = one_spelling(text)
    pieces: list[str] = []
    groups: list[tuple[int, tuple[int, ...]]] = []
    at = length = 0
    for match in _MARKS.finditer(spelled):
        piece = spelled[at : match.start()]
        pieces.append(piece)
        length += len(piece)
        groups.append((length, tuple(int(mark) for mark in re.findall(r"\d{1,6}", match[0]))))
        at = match.end()
    return Sentence("".join([*pieces, spelled[at:]]), start, end, tuple(groups))


def one_spelling(text: str) -> str:
    """``text`` folded, with days as 2025年8月28日 and numbers without thousands separators or blanks inside."""
    folded = _APART.sub("", _THOUSANDS.sub("", fold(text)))
    return _MONTH_DATE.sub(_month, NUMERIC_DATE.sub(_day, folded))


def _day(match: re.Match[str]) -> str:
    day = date_of(match)
    return in_words(day) if day else match[0]


def _month(match: re.Match[str]) -> str:
    year, month = int(match[1]), int(match[2])
    return f"{date(year, month, 1).year}年{month}月" if 1 <= month <= 12 else match[0]
