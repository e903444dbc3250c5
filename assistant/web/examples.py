"""Example questions that really work: taken from the corpus folder, and asked before they are shown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.answer import Request, Status
from corpus.errors import CorpusError

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from corpus.library import Library

#: Beside ``manifest.toml``: one question a line, ``#`` begins a comment.
FILE = "examples.txt"
SHOWN = 6


def working_examples(assistant: Assistant, folder: Path, as_of: date) -> tuple[str, ...]:
    """Up to :data:`SHOWN` questions that the assistant answers on ``as_of``.

    From ``examples.txt`` of the corpus folder; without one, questions about the validity of the documents themselves.
    """
    listed = _listed(folder / FILE)
    found: list[str] = []
    for question in listed or _about_documents(assistant.library):
        if assistant.ask(Request(question, as_of)).status is Status.ANSWERED:
            found.append(question)
        if len(found) == SHOWN:
            break
    return tuple(found)


def _listed(file: Path) -> tuple[str, ...]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"示例问题文件 {file} 读不出来，应为 UTF-8 文本，一行一个问题。") from error
    return tuple(dict.fromkeys(line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")))


def _about_documents(library: Library) -> Iterator[str]:
    """Questions about the documents (《…》的有效期到什么时候？), from each city in turn."""
    by_city: dict[str, list[str]] = {}
    for instrument in library.instruments:
        by_city.setdefault(instrument.city, []).append(f"《{instrument.title}》的有效期到什么时候？")
    for position in range(max(map(len, by_city.values()), default=0)):
        for questions in by_city.values():
            yield from questions[position : position + 1]
