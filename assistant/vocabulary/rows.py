"""One row of the lexicon, and how its files are read."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import PolicyError

LEXICON = Path(__file__).parent / "lexicon"

_KEYS = frozenset({"lay", "official", "source", "field"})


class VocabularyError(PolicyError):
    """A file of the vocabulary is not written as it must be."""


@dataclass(frozen=True, slots=True)
class Synonyms:
    """``lay`` words mean what documents write as one of ``official``.

    ``source`` is where the two are found to mean the same: a law or standard, or everyday speech. ``field`` is what the
    row is about (tax, loan, registration …).
    """

    lay: tuple[str, ...]
    official: tuple[str, ...]
    source: str = ""
    field: str = ""


def read_rows(path: Path) -> tuple[Synonyms, ...]:
    """The rows of one file, or of all ``.toml`` files of a folder by name.

    A file says its ``field`` once at its top; a row may have another.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return tuple(row for file in files for row in _rows(file))


def _rows(file: Path) -> Iterator[Synonyms]:
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise VocabularyError(f"{file} 读不出来：{error}。") from error
    for number, row in enumerate(values.get("row", ()), 1):
        yield _row(row, str(values.get("field", "")), f"{file} 第 {number} 行词")


def _row(values: Mapping[str, Any], field: str, place: str) -> Synonyms:
    unknown = values.keys() - _KEYS
    if unknown:
        raise VocabularyError(f"{place}：不认识的字段 {'、'.join(sorted(unknown))}。")
    words: dict[str, tuple[str, ...]] = {}
    for key in ("lay", "official"):
        given = values.get(key)
        if not isinstance(given, list) or not all(isinstance(word, str) for word in given):
            raise VocabularyError(f"{place}：{key} 应为一列词。")
        words[key] = tuple(given)
    lay = tuple(sorted(words["lay"], key=len, reverse=True))
    return Synonyms(lay, words["official"], str(values.get("source", "")), str(values.get("field", field)))
