"""The field's vocabulary as data: lay words with the words documents use, words of one kind, names of places."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``lay`` words mean what documents write as one of ``official``."""

    lay: tuple[str, ...]
    official: tuple[str, ...]


@cache
def synonyms() -> tuple[Synonyms, ...]:
    """All rows of ``synonyms.toml``, the lay words of each from the longest."""
    rows = tomllib.loads((_FOLDER / "synonyms.toml").read_text(encoding="utf-8"))["row"]
    return tuple(Synonyms(tuple(sorted(row["lay"], key=len, reverse=True)), tuple(row["official"])) for row in rows)


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
