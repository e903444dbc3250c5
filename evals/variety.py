"""How a set of cases is worded: whether its questions copy the clauses, and whether they are all of one pattern.

A set whose questions use the clause's own words measures string matching; one that asks everything in the same
pattern measures that pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.library import Library
from evals.cases import Case
from evals.naming import provisions_named
from evals.wording import plain

#: A question that shares more of its pairs of characters with its clause copies it, and so many of a set may.
COPIES_ABOVE = 0.5
COPIES_AT_MOST = 1 / 3
#: So many cases may share a pattern.
ALIKE_AT_MOST = 3

#: Of fewer cases the share says nothing.
_FEW = 10
_CONTENT = re.compile(r"[\u4e00-\u9fff\w%]")
_END = "?？!！。，,. "


def overlap(case: Case, library: Library) -> float | None:
    """The share of the question's content bigrams that stand in the clauses named; None where none is named."""
    text = _named_text(case, library)
    if not text:
        return None
    asked = "".join(_CONTENT.findall(plain(case.question)))
    pairs = {asked[i : i + 2] for i in range(len(asked) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def pattern(case: Case, library: Library) -> str:
    """What is left of a question when all that its clauses say is taken out: 鄂州的…最高奖多少 as 〇的…奖多少.

    Runs of two and more characters that stand in the clauses named (in any document, where none is named) become …,
    digits #, cities of the corpus 〇.
    """
    text = _named_text(case, library) or "".join(plain(document.text) for document in library.documents)
    asked = plain(case.question)
    left, at = "", 0
    while at < len(asked):
        end = at
        while end < len(asked) and asked[at : end + 1] in text:
            end += 1
        taken = end - at >= 2
        left += "…" if taken else asked[at]
        at = end if taken else at + 1
    for city in library.cities:
        left = left.replace(city.removesuffix("市"), "〇")
    return re.sub("…+", "…", re.sub(r"\d+(?:\.\d+)?", "#", left)).strip(_END)


def copied(cases: Sequence[Case], library: Library) -> tuple[tuple[Case, float], ...]:
    """The cases whose question copies the clause, each with the share of its bigrams, the greatest first."""
    shares = [(case, share) for case in cases if (share := overlap(case, library)) is not None]
    return tuple(sorted((each for each in shares if each[1] > COPIES_ABOVE), key=lambda each: -each[1]))


def too_many_copied(cases: Sequence[Case], library: Library) -> Iterator[str]:
    """A sentence, where more of the cases that name a clause copy it than may."""
    named = sum(overlap(case, library) is not None for case in cases)
    found = len(copied(cases, library))
    if named >= _FEW and found > named * COPIES_AT_MOST:
        yield f"{found} 条问题照抄了条款（共有 {named} 条写明了条款，最多三分之一）：请用提问的人自己的话改写。"


def too_alike(cases: Sequence[Case], library: Library) -> Iterator[str]:
    """A sentence for each pattern that more cases share than may."""
    alike: dict[str, list[str]] = {}
    for case in cases:
        alike.setdefault(pattern(case, library), []).append(case.id)
    for shared, names in alike.items():
        if len(names) > ALIKE_AT_MOST:
            yield f"{len(names)} 条用例是同一个句式“{shared}”（最多 {ALIKE_AT_MOST} 条）：{'、'.join(names)}。"


def _named_text(case: Case, library: Library) -> str:
    found = [pair for name in case.expect.clauses for pair in provisions_named(name, library)]
    return plain("".join(library.text_of(instrument, provision) for instrument, provision in found))
