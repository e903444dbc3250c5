"""How well and how fast documents are read, statutes into their articles.

    python -m evals.benchmarks.structure DIR [--json]

``DIR`` holds ``documents/`` and ``articles.tsv`` (tab-separated, columns ``file`` and ``articles``: how many 第X条 a
file has); without the list, the files of ``documents/`` are read and no count is compared. Prints a Markdown table.
The texts are read once as they are and once with their line breaks removed, the lines joined by nothing and by a blank;
an article comes back the same where its number and its words, but for blanks, are those of the first reading. The speed
is of the way from file to facts, in processor time of one core, once the first file has been read (which loads the
tables).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from corpus.document import DocumentReading, read_document
from corpus.errors import PolicyError
from corpus.model import Level, Provision
from corpus.structure.instruments import segment
from corpus.structure.provisions import provisions_of, scheme_of
from evals.errors import BenchmarkError

_LIST = "articles.tsv"
_DOCUMENTS = "documents"
#: Read where no list names the files.
_TEXTS = frozenset({".txt", ".md", ".html"})
#: What lines are joined by once their breaks are removed.
_JOINTS = ("", " ")


@dataclass(frozen=True, slots=True)
class Measured:
    """What the reading of a folder came to.

    ``wrong`` are the files with another number of articles than stated, None where nothing is stated; ``lost`` counts
    the characters that are in no provision and not left out; ``same_joined`` and ``same_spaced`` are the shares of
    articles that come back the same without line breaks, the lines joined by nothing and by a blank; None where there
    are no articles.
    """

    files: int
    articles: int
    wrong: tuple[str, ...] | None
    lost: int
    same_joined: float | None
    same_spaced: float | None
    megabytes: float
    seconds: float

    @property
    def speed(self) -> float:
        """Megabytes a second, from file to facts."""
        return self.megabytes / self.seconds if self.seconds else 0.0


def measure(folder: Path) -> Measured:
    """Read all documents of a folder; ``BenchmarkError`` where it is none."""
    articles, lost, size = 0, 0, 0
    seconds = 0.0
    wrong: list[str] = []
    same = [0] * len(_JOINTS)
    stated = _stated(folder)
    for name in list(stated)[:1]:
        read_document(folder / _DOCUMENTS / name, name)
    for name, count in stated.items():
        path = folder / _DOCUMENTS / name
        start = time.process_time()
        reading = read_document(path, name)
        seconds += time.process_time() - start
        size += path.stat().st_size
        text = reading.document.text
        found = list(_articles((top for each in reading.instruments for top in each.provisions), text))
        articles += len(found)
        lost += len(text) - _placed(reading)
        if count is not None and len(found) != count:
            wrong.append(name)
        for i, joint in enumerate(_JOINTS):
            joined = joint.join(line.strip() for line in text.splitlines() if line.strip())
            same[i] += sum((Counter(found) & Counter(_articles(_provisions(joined), joined))).values())
    joined_alike, spaced_alike = (count / articles if articles else None for count in same)
    return Measured(
        len(stated),
        articles,
        None if None in stated.values() else tuple(wrong),
        lost,
        joined_alike,
        spaced_alike,
        megabytes=size / 1e6,
        seconds=seconds,
    )


def _stated(folder: Path) -> Mapping[str, int | None]:
    """The files with their numbers of articles; of a folder without the list its documents, without numbers."""
    documents = folder / _DOCUMENTS
    if documents.is_dir() and not (folder / _LIST).exists():
        return {path.name: None for path in sorted(documents.iterdir()) if path.suffix in _TEXTS}
    try:
        with (folder / _LIST).open(encoding="utf-8", newline="") as lines:
            return {row["file"]: int(row["articles"]) for row in csv.DictReader(lines, delimiter="\t")}
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise BenchmarkError(f"{folder / _LIST} 读不出来：要有 file 和 articles 两列，用制表符分开。") from error


def _provisions(text: str) -> Iterator[Provision]:
    for part in segment(text).instruments:
        yield from provisions_of(part, scheme_of(part))


def _articles(tops: Iterator[Provision], text: str) -> Iterator[tuple[str, str]]:
    """The articles with their words, without blanks and Markdown signs."""
    for top in tops:
        for provision in top.walk():
            if provision.level is Level.ARTICLE:
                words = re.sub(r"\s|\*\*|#+(?=\s|$)", "", provision.span.of(text))
                yield provision.path.steps[-1].number, words


def _placed(reading: DocumentReading) -> int:
    """How many characters are in the own text of a provision, or left out."""
    own = sum(len(provision.own) for instrument in reading.instruments for provision in instrument.walk())
    return own + sum(len(part.span) for part in reading.document.left_out)


def table(found: Measured) -> str:
    """The measurements as a Markdown table."""
    rows = (
        ("files", f"{found.files:,}"),
        ("articles", f"{found.articles:,}"),
        ("files with a wrong count", "—" if found.wrong is None else f"{len(found.wrong):,}"),
        ("characters lost", f"{found.lost:,}"),
        ("the same without line breaks, joined by nothing", _share(found.same_joined)),
        ("the same without line breaks, joined by a blank", _share(found.same_spaced)),
        ("MB/s, from file to facts", f"{found.speed:.2f}"),
    )
    return "\n".join(["| what | measured |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.2%}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code says whether the folder could be read."""
    parser = argparse.ArgumentParser(description="Measures how documents are read; prints a Markdown table.")
    parser.add_argument(
        "folder", type=Path, metavar="DIR", help=f"a folder with {_DOCUMENTS}/, of statutes with {_LIST}"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")
    options = parser.parse_args(arguments)
    try:
        found = measure(options.folder)
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps({**asdict(found), "speed": found.speed}, ensure_ascii=False))
    else:
        print(table(found))
        for name in found.wrong or ():
            print(name, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
