"""A benchmark folder in the format of BEIR: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/*.tsv``.

``corpus.jsonl`` has ``_id``, ``title``, ``text`` a line, ``queries.jsonl`` ``_id`` and ``text``, a file of judgements
the columns ``query-id``, ``corpus-id``, ``score`` under a heading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.errors import BenchmarkError


@dataclass(frozen=True, slots=True)
class Passage:
    """A document of the folder."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class Benchmark:
    """Documents, questions, and for each judged question the gain of its documents."""

    documents: tuple[Passage, ...]
    queries: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, float]]

    @property
    def judged(self) -> tuple[str, ...]:
        """The ids of the questions that have a relevant document, in the order of the file."""
        return tuple(q for q in self.queries if any(gain > 0 for gain in self.judgements.get(q, {}).values()))


def read_benchmark(folder: Path, split: str | None = None) -> Benchmark:
    """Read a folder: all its judgements, or those of ``qrels/<split>.tsv`` alone.

    ``BenchmarkError`` says which file, and where it can which line, is wrong.
    """
    documents = tuple(_entries(folder / "corpus.jsonl"))
    queries = {query.id: query.text for query in _entries(folder / "queries.jsonl")}
    if not documents or not queries:
        raise BenchmarkError(f"{folder} 里没有文档或没有问题。")
    return Benchmark(documents, queries, _judgements(folder / "qrels", split))


def _entries(file: Path) -> Iterator[Passage]:
    for place, line in _lines(file):
        try:
            values = json.loads(line)
            yield Passage(str(values["_id"]), str(values.get("title") or ""), str(values["text"]))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise BenchmarkError(f"{place} 读不懂，每行应为有 _id 和 text 的 JSON 对象。") from None


def _judgements(folder: Path, split: str | None) -> Mapping[str, Mapping[str, float]]:
    files = sorted(folder.glob("*.tsv"))
    if split is not None:
        files = [file for file in files if file.stem == split]
    if not files:
        raise BenchmarkError(f"{folder} 里没有 {split or '*'}.tsv。")
    judgements: dict[str, dict[str, float]] = {}
    for file in files:
        for number, (place, line) in enumerate(_lines(file)):
            cells = line.split("\t")
            if number == 0 and cells[-1].strip() == "score":
                continue
            try:
                query, document, gain = cells[0], cells[1], float(cells[2])
            except (ValueError, IndexError):
                raise BenchmarkError(f"{place} 应有三列：query-id、corpus-id、score。") from None
            judgements.setdefault(query, {})[document] = gain
    return judgements


def _lines(file: Path) -> Iterator[tuple[str, str]]:
    try:
        # Read line by line: such files are large.
        with file.open(encoding="utf-8-sig", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{file}:{number}", line.rstrip("\r\n")
    except OSError as error:
        raise BenchmarkError(f"{file} 读不出来（{error.strerror}）。") from error
    except UnicodeDecodeError:
        raise BenchmarkError(f"{file} 不是 UTF-8 编码。") from None
