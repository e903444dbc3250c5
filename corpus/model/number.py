"""发文字号: how documents are named by number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.model.text import Span


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """发文字号: authority code, year in 〔〕, serial (GB/T 9704-2012, 7.2.5)."""

    code: str
    year: int
    serial: int

    _PATTERN = re.compile(
        r"(?P<code>[\u4e00-\u9fff]{2,12}?)\s*[〔\[(【（［﹝]\s*(?P<year>(?:19|20)\d\d)\s*[〕\])】）］﹞]"
        r"\s*第?\s*0*(?P<serial>\d{1,5})\s*[号號]"
    )

    #: What every number holds; quicker to look for than the number.
    _YEAR = re.compile(r"[〔\[(【（［﹝]\s*(?:19|20)\d\d")

    def __str__(self) -> str:
        return f"{self.code}〔{self.year}〕{self.serial}号"

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """The number that ``text`` is, in any bracket style; ``ValueError`` where it is none."""
        match = cls._PATTERN.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"不是发文字号:{text!r};应如 天政办发〔2023〕26号")
        return cls(match["code"], int(match["year"]), int(match["serial"]))

    @classmethod
    def find(cls, text: str) -> Iterator[tuple[Span, DocumentNumber]]:
        """The numbers in a text, each where it stands; the code may have swallowed words in front of it."""
        if cls._YEAR.search(text) is None:
            return
        for match in cls._PATTERN.finditer(text):
            yield Span(match.start(), match.end()), cls(match["code"], int(match["year"]), int(match["serial"]))
