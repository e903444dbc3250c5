"""How well and how fast statutes are read into articles.

    python -m evals.benchmarks.structure DIR [--json]

``DIR`` holds ``documents/`` and ``articles.tsv`` (tab-separated, columns ``file`` and ``articles``: how many 第X条 a
file has). Prints a Markdown table. The texts are read once as they are and once with their line breaks removed, the
lines joined by nothing and by a blank; an article comes back the same where its number and its words, but for blanks,
are those of the first reading. The speed is of the way from file to facts, in processor time of one core.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
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
#: What lines are joined by once their breaks are removed.
_JOINTS = ("", " ")


@dataclass(frozen=True, slots=True)
class Statutes:
    """What the reading of a folder of statutes came to.

    ``wrong`` are the files with another number of articles than stated; ``lost`` counts the characters that are in no
    provision and not left out; ``same_joined`` and ``same_spaced`` are the shares of articles that come back the same
    without line breaks, the lines joined by nothing and by a blank.
    """

    files: int
    articles: int
    wrong: tuple[str, ...]
    lost: int
    same_joined: float
    same_spaced: float
    megabytes: float
    seconds: float

    @property
    def speed(self) -> float:
        """Megabytes a second, from file to facts."""
        return self.megabytes / self.seconds if self.seconds else 0.0


def measure(folder: Path) -> Statutes:
    """Read all statutes of a folder; ``BenchmarkError`` where it is none."""
    articles, lost, size = 0, 0, 0
    seconds = 0.0
    wrong: list[str] = []
    same = [0] * len(_JOINTS)
    stated = _stated(folder)
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
        if len(found) != count:
            wrong.append(name)
        for i, joint in enumerate(_JOINTS):
            joined = joint.join(line.strip() for line in text.splitlines() if line.strip())
            same[i] += sum((Counter(found) & Counter(_articles(_provisions(joined), joined))).values())
    joined_alike, spaced_alike = (count / articles if articles else 0.0 for count in same)
    return Statutes(
        len(stated), articles, tuple(wrong), lost, joined_alike, spaced_alike, megabytes=size / 1e6, seconds=seconds
    )


def _stated(folder: Path) -> dict[str, int]:
    """The files with their numbers of articles."""
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


def table(found: Statutes) -> str:
    """The measurements as a Markdown table."""
    rows = (
        ("files", f"{found.files:,}"),
        ("articles", f"{found.articles:,}"),
        ("files with a wrong count", f"{len(found.wrong):,}"),
        ("characters lost", f"{found.lost:,}"),
        ("the same without line breaks, joined by nothing", f"{found.same_joined:.2%}"),
        ("the same without line breaks, joined by a blank", f"{found.same_spaced:.2%}"),
        ("MB/s, from file to facts", f"{found.speed:.2f}"),
    )
    return "\n".join(["| what | measured |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code says whether the folder could be read."""
    parser = argparse.ArgumentParser(description="Measures how statutes are read; prints a Markdown table.")
    parser.add_argument("folder", type=Path, metavar="DIR", help=f"a folder with {_DOCUMENTS}/ and {_LIST}")
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
        print(*found.wrong, sep="\n", file=sys.stderr, end="\n" if found.wrong else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
