"""The field's vocabulary as data: lay words with the words documents use, words of one kind, names of places.

    lexicon/*.toml → Synonyms → Lexicon     lexicon()
    kinds.toml, places.txt, plain.txt       kinds(), places(), plain()

``python -m assistant.vocabulary`` says what is wrong with the lexicon, and how many rows each field has.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from assistant.vocabulary.lookup import Lexicon
from assistant.vocabulary.rows import LEXICON, Synonyms, VocabularyError, read_rows

__all__ = ["Lexicon", "Synonyms", "VocabularyError", "kinds", "lexicon", "places", "plain", "synonyms", "using"]

_FOLDER = Path(__file__).parent
_chosen: ContextVar[Lexicon | None] = ContextVar("lexicon", default=None)


@cache
def synonyms() -> tuple[Synonyms, ...]:
    """All rows of the files in ``lexicon``, the lay words of each from the longest."""
    return read_rows(LEXICON)


@cache
def _bundled() -> Lexicon:
    return Lexicon(synonyms())


def lexicon() -> Lexicon:
    """The rows that questions are read with: all, unless :func:`using` says otherwise."""
    chosen = _chosen.get()
    return chosen if chosen is not None else _bundled()


@contextmanager
def using(rows: Iterable[Synonyms]) -> Iterator[Lexicon]:
    """Read questions with these rows only, in this context: for measuring what rows are worth."""
    token = _chosen.set(Lexicon(rows))
    try:
        yield lexicon()
    finally:
        _chosen.reset(token)


@cache
def kinds() -> tuple[tuple[str, ...], ...]:
    """The groups of ``kinds.toml``: of two names of one group in a conversation, the later is meant."""
    rows = tomllib.loads((_FOLDER / "kinds.toml").read_text(encoding="utf-8"))["kind"]
    return tuple(tuple(row["names"]) for row in rows)


@cache
def places() -> tuple[frozenset[str], frozenset[str]]:
    """Short names of provinces, and of cities (北京 and its like are both)."""
    lines = (_FOLDER / "places.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    municipalities = rows[0]
    provinces = {row[0] for row in rows[1:]}
    cities = {name for row in rows[1:] for name in row[1:]} | set(municipalities)
    return frozenset(provinces), frozenset(cities)


@cache
def plain() -> frozenset[str]:
    """Words that an answer may be put with, whatever it is about."""
    lines = (_FOLDER / "plain.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())
