"""What a model made of a follow-up, held against what was said: it may leave out and put together, but add nothing.

reply ─ a figure, place, document or word that nobody said │ a city or word of the follow-up lost → the rule's reading
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answer import Turn
from assistant.understanding.question import normalise, understand
from assistant.verify.figures import stated_in
from assistant.verify.sentences import one_spelling
from corpus.model import DocumentNumber

#: Characters that questions are put with, whatever they are about.
_PUT_WITH = frozenset(
    "的了呢吗么吧呀啊嘛那这哪是有在和与或及对为于由从到给按可以能会要想请问一下个条项些种什怎样多少几何如果换成改"
    "就还也都再又另外它其中我们您你他该本说看做办被把让得着过先后每各分别最高低谁时候应当需"
)
#: Places do not depend on the day that a question is asked on.
_ANY_DAY = date(2000, 1, 1)
_TITLE = re.compile(r"《([^《》]+)》")
_MARK = re.compile(r"\[\d+\]")
#: Of the characters of a condensed question so many may be nobody's; of those of a follow-up so many must be in it.
_NEW, _KEPT = 0.2, 0.7


def adds_nothing(condensed: str, question: str, history: Sequence[Turn], ruled: str, cities: Sequence[str]) -> bool:
    """Whether a condensed question holds only what was said, and all that the follow-up itself says.

    ``ruled`` is the question as the rules read it (``question`` where they change nothing): then the places must be
    those that the rules find. Amounts and terms count as said only by who asks, never by an earlier answer.
    """
    asked = "\n".join([question, *(turn.content for turn in history if turn.role == "user")])
    said = "\n".join([asked, *(turn.content for turn in history)])
    return (
        not _MARK.search(condensed)
        and _figures(condensed) <= _figures(asked)
        and _figures(question) <= _figures(condensed)
        and _names_only(condensed, said)
        and _names_only(question, condensed)
        and _has_places(condensed, question, said, ruled, cities)
        and _share(condensed, said) >= 1 - _NEW
        and (ruled == question or _share(question, condensed) >= _KEPT)
    )


def _has_places(condensed: str, question: str, said: str, ruled: str, cities: Sequence[str]) -> bool:
    names = _places_in(condensed, cities)
    if ruled != question:
        return names == _places_in(ruled, cities)
    return _places_in(question, cities) <= names <= _places_in(said, cities)


def _places_in(text: str, cities: Sequence[str]) -> frozenset[str]:
    """The cities of the documents that are named, and any other place: each by its short name."""
    known = understand(text, _ANY_DAY, tuple(cities)).cities
    others = understand(text, _ANY_DAY, ()).elsewhere
    return frozenset(name.removesuffix("市") for name in (*known, *others))


def _figures(text: str) -> frozenset[object]:
    return frozenset(stated.key for stated in stated_in(one_spelling(normalise(text))))


def _names_only(words: str, known: str) -> bool:
    """Whether the documents that words name are named in others too."""
    titles = {re.sub(r"\s", "", title) for title in _TITLE.findall(words)}
    numbers = [number for _, number in DocumentNumber.find(normalise(known))]
    return titles <= {re.sub(r"\s", "", title) for title in _TITLE.findall(known)} and all(
        any(_is_same(number, other) for other in numbers) for _, number in DocumentNumber.find(normalise(words))
    )


def _is_same(a: DocumentNumber, b: DocumentNumber) -> bool:
    """The code in front of a number may have swallowed words before it, on either side."""
    return (a.year, a.serial) == (b.year, b.serial) and (a.code.endswith(b.code) or b.code.endswith(a.code))


def _share(words: str, known: str) -> float:
    """How many of the characters that say something are known ones."""
    own = frozenset(re.findall(r"\w", normalise(words))) - _PUT_WITH
    return len(own & frozenset(normalise(known))) / len(own) if own else 1.0
