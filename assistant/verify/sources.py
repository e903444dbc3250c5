"""What an answer may rest on: its citations, and beside them the question and the day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.answer import Answer, Citation
from assistant.understanding.question import normalise
from assistant.verify.figures import Key, Stated, stated_in
from assistant.verify.sentences import one_spelling
from corpus.dates import in_words
from corpus.model import DocumentNumber, Validity

_BARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")


@dataclass(frozen=True, slots=True)
class Names:
    """What the documents there are, and their cities, are called: an answer may list them without citing any."""

    titles: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    cities: frozenset[str] = frozenset()
    headings: str = ""


NO_NAMES = Names()


class Source:
    """A citation in one spelling, with the figures of its clause."""

    def __init__(self, citation: Citation) -> None:
        self.citation = citation
        self.mark = citation.mark
        self.text = _spelled(citation.text)
        self.title = _spelled(citation.title)
        self.label = re.sub(r"\s", "", _spelled(citation.label))
        self.number = citation.document_number or ""
        self.validities: tuple[Validity, ...] = (citation.validity, *citation.others)
        self.bases = "\n".join(_spelled(validity.basis) for validity in self.validities)

    @property
    def figures(self) -> tuple[Stated, ...]:
        """The figures of the clause."""
        return stated_in(self.text)

    @cached_property
    def days(self) -> tuple[Key, ...]:
        """The days that the validity begins and ends on, and the terms that its basis says."""
        found: list[Key] = []
        for validity in self.validities:
            for begins in (validity.effective_on, validity.repealed_on):
                found += [("date", begins, None)] if begins else []
            found += [("date", None, validity.expires_on)] if validity.expires_on else []
            if validity.basis:
                found += [stated.key for stated in stated_in(_spelled(validity.basis))]
        return tuple(found)

    @cached_property
    def words(self) -> str:
        """All that may be repeated from it, without blanks."""
        offices = " ".join(office.name for office in self.citation.offices)
        parts = (
            self.text,
            self.title,
            self.label,
            self.number,
            self.bases,
            _spelled(offices),
            self.citation.city or "",
        )
        return "\n".join(re.sub(r"\s", "", part) for part in parts)

    @cached_property
    def numbers(self) -> frozenset[DocumentNumber]:
        """The document numbers: its own, and those that its clause names."""
        return frozenset(number for _, number in DocumentNumber.find(f"{self.number}\n{self.text}\n{self.title}"))

    @cached_property
    def bare(self) -> frozenset[str]:
        """The numerals in it, whatever they count."""
        days = " ".join(in_words(d) for v in self.validities for d in (v.effective_on, v.expires_on) if d)
        return frozenset(_BARE.findall(f"{self.text} {self.title} {self.label} {self.number} {self.bases} {days}"))


class Sources:
    """What the sentences of one answer may rest on."""

    def __init__(self, answer: Answer, names: Names) -> None:
        self.answer = answer
        self.names = names
        self.all = tuple(Source(citation) for citation in answer.citations)
        self._by_mark = {source.mark: source for source in self.all}
        # Also as it was read: a refusal repeats 几多 as 多少.
        asked = f"{answer.question}\n{answer.standalone_question}\n{normalise(answer.standalone_question)}"
        self.question = one_spelling(asked)
        self.asked = stated_in(self.question)
        self.numbers_asked = frozenset(number for _, number in DocumentNumber.find(self.question))
        self.bare_asked = frozenset(_BARE.findall(f"{self.question} {in_words(answer.as_of)}"))

    def cited_by(self, marks: Iterable[int]) -> tuple[Source, ...]:
        """The sources of some marks; of none, all that the answer cites."""
        wanted = [self._by_mark[mark] for mark in marks if mark in self._by_mark]
        return tuple(wanted) or self.all

    def is_mark(self, mark: int) -> bool:
        """Whether there is a citation with a mark."""
        return mark in self._by_mark


def said_in(sources: Sequence[Source], words: str) -> bool:
    """Whether words stand in one of the sources, blanks aside."""
    plain = re.sub(r"\s", "", words)
    return any(plain in source.words for source in sources)


def quotes_whole(words: str, sources: Sequence[Source]) -> bool:
    """Whether words stand in one of the sources as they are, from the beginning of a sentence of it on."""
    plain = re.sub(r"\s", "", words).rstrip("。;,")
    if len(plain) < _SHORTEST_QUOTE:
        return False
    for source in sources:
        text = re.sub(r"\s", "", source.text)
        at = text.find(plain)
        while at >= 0:
            if at == 0 or text[at - 1] in "。;:!?" or _BEGINS.search(text[max(0, at - 8) : at]):
                return True
            at = text.find(plain, at + 1)
    return False


#: A label in front of a sentence: (一), 1., 第九条.
_BEGINS = re.compile(
    r"(?:^|[。;:!?])(?:\([一二三四五六七八九十\d]{1,4}\)|[一二三四五六七八九十\d]{1,3}[、.]|第.{1,5}条|——|.是)$"
)
#: Fewer characters are no quotation of a sentence.
_SHORTEST_QUOTE = 8
_spelled = lru_cache(maxsize=4096)(one_spelling)
