"""What is wrong with a lexicon: ``faults`` gives a line of Chinese for each."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from assistant.vocabulary.rows import Synonyms

#: What a row may be about.
FIELDS = (
    "tax",
    "fee",
    "loan",
    "insurance",
    "people",
    "registration",
    "licence",
    "inspection",
    "legal",
    "premises",
    "procurement",
    "award",
    "technology",
    "digital",
    "trade",
    "trade_kind",
    "logistics",
    "energy",
    "construction",
    "statistics",
    "investment",
    "agriculture",
    "office",
    "money",
    "time",
    "procedure",
)
#: A shorter word stands inside too many others.
_SHORTEST = 2
#: 《…》, 〔2023〕12号: a document, no word of the field.
_DOCUMENT = re.compile(r"[《》〔〕]|\d号")


def faults(rows: Sequence[Synonyms], places: Iterable[str]) -> list[str]:
    """Everything that is wrong, row by row; ``places`` are the names that no word may hold."""
    names = frozenset(places)
    found = [fault for row in rows for fault in _of_row(row, names)]
    twice = Counter(lay.casefold() for row in rows for lay in row.lay)
    found += [f"俗称“{lay}”出现了 {times} 次。" for lay, times in twice.items() if times > 1]
    return found + list(_in_another_sense(rows))


def by_field(rows: Iterable[Synonyms]) -> Mapping[str, tuple[int, int]]:
    """How many rows and how many lay words each field has."""
    counted: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in rows:
        of_field, words = counted[row.field]
        counted[row.field] = (of_field + 1, words + len(row.lay))
    return dict(counted)


def _of_row(row: Synonyms, places: frozenset[str]) -> Iterator[str]:
    name = f"“{'、'.join(row.lay[:1] or row.official[:1])}”这一行"
    if not row.lay or not row.official or not all(word.strip() for word in (*row.lay, *row.official)):
        yield f"{name}有空的词。"
    if not row.source.strip():
        yield f"{name}没有写来源。"
    if row.field not in FIELDS:
        yield f"{name}的 field 应为 {'、'.join(FIELDS)} 之一，不是“{row.field}”。"
    for word in (*row.lay, *row.official):
        if word.strip() and len(word) < _SHORTEST:
            yield f"“{word}”太短，至少 {_SHORTEST} 个字。"
    for lay in row.lay:
        if row.official == (lay,):
            yield f"俗称“{lay}”就是文件用词，不用再写。"
    for word in (*row.lay, *row.official):
        if _DOCUMENT.search(word) or any(place in word for place in places):
            yield f"“{word}”含有地名或文件名。"


def _in_another_sense(rows: Sequence[Synonyms]) -> Iterator[str]:
    """Lay words that stand inside an official word of a row that speaks of something else."""
    for row in rows:
        own = set(row.official)
        for lay in row.lay:
            for other in rows:
                if other is row or own.intersection(other.official):
                    continue
                for official in other.official:
                    if lay in official and not any(word in official or official in word for word in own):
                        yield f"俗称“{lay}”（{row.official[0]}）在另一行的文件用词“{official}”里，意思不同。"
