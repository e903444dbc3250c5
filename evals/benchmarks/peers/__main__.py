"""Command: see :mod:`evals.benchmarks.peers`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.errors import PolicyError
from corpus.library import BUNDLED, read_library
from evals.benchmarks.peers import compare, table
from evals.benchmarks.peers.installed import FOLDER, NotInstalledError, enable, megabytes, versions
from evals.benchmarks.peers.stack import Corpus, Peer, documents_of
from evals.cases import read_cases
from index.static_embedding import EMBEDDED

_CASES = BUNDLED.parent / "evals" / "cases"


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare and print; the exit code says whether this could be done."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.benchmarks.peers",
        description="Other retrieval stacks beside this one; prints a Markdown table.",
    )
    parser.add_argument("--cases", type=Path, default=_CASES, help="the cases that are asked")
    parser.add_argument("--split", help="only the cases of one part, e.g. test")
    parser.add_argument(
        "--embedding",
        default=EMBEDDED,
        metavar="NAME",
        help="a model of sentence-transformers (folder or name) for all",
    )
    parser.add_argument(
        "--installed", type=Path, default=FOLDER, metavar="DIR", help="where the other stacks are installed"
    )
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory(prefix="policy-assistant-peers-") as work:
            _run(options, Path(work))
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _run(options: argparse.Namespace, work: Path) -> None:
    enable(options.installed)
    library = read_library(BUNDLED)
    asked = compare.asked_of(read_cases(options.cases, options.split), library)
    machine = f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    print(f"{machine}; embedding: {options.embedding}")
    print(
        f"{len(asked.answerable)} questions with an answer, {len(asked.unanswerable)} without; "
        f"{asked.follow_ups} follow-ups left out\n"
    )
    print(table.HEAD, flush=True)
    used: dict[str, None] = {}
    corpus = Corpus(BUNDLED, work, documents_of(library), options.embedding)
    for row in compare.compare(compare.PEERS, asked, corpus, _absent):
        print(table.line(row, megabytes(row.peer.packages, options.installed)), flush=True)
        used.update(dict.fromkeys(row.peer.packages))
    if used:
        print(f"\n{versions(list(used))}")


def _absent(peer: Peer, error: NotInstalledError) -> None:
    print(f"{peer.name}（{peer.setting}）没有列入：{error}。安装：make peers", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
