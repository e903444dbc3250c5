"""What the lexicon of lay words is worth: a set of cases with all of it, without it, and without each tenth of it.

    python -m evals.benchmarks.lexicon [CASES] [--split test] [--by tenth|field] [--json]

A tenth holds the rows whose number, in the order of the files, has the same remainder by ten; ``--by field`` leaves out
one field after the other instead. Prints a Markdown table of totals, and nothing of any one question: so the questions
stay unknown to whoever writes rows. The last lines are the time that looking up takes.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.vocabulary import Lexicon, Synonyms, synonyms, using
from corpus.errors import PolicyError
from corpus.library import BUNDLED
from evals.cases import Case, read_cases
from evals.run import run_cases

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

CASES = BUNDLED.parent / "evals" / "cases"
METRICS = ("recall@1", "recall@5", "correct", "false_refusal", "true_refusal")
_PARTS = 10


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: which rows were used, how many, and the totals of the cases with them."""

    what: str
    rows: int
    totals: Mapping[str, float | None]


def parts(rows: Sequence[Synonyms], by: str) -> Iterator[tuple[str, tuple[Synonyms, ...]]]:
    """The lexicon whole, gone, and without each part, each with its name."""
    yield "the whole lexicon", tuple(rows)
    yield "none of it", ()
    if by == "field":
        for field in dict.fromkeys(row.field for row in rows):
            yield f"without {field}", tuple(row for row in rows if row.field != field)
    else:
        for part in range(_PARTS):
            yield f"without tenth {part}", tuple(row for number, row in enumerate(rows) if number % _PARTS != part)


def measure(
    cases: Sequence[Case], assistant: Assistant, rows: Sequence[Synonyms] | None = None, by: str = "tenth"
) -> Iterator[Row]:
    """The totals of the cases with each choice of rows, each as soon as it is there; by default of the bundled rows."""
    for what, chosen in parts(synonyms() if rows is None else rows, by):
        with using(chosen):
            values = run_cases(cases, assistant, {}).as_json()["metrics"]
        yield Row(what, len(chosen), {key: values[key]["value"] if key in values else None for key in METRICS})


def lookup_ms(rows: Sequence[Synonyms], questions: Sequence[str]) -> float:
    """Milliseconds that looking up takes for one question, on average."""
    ready = Lexicon(rows)
    start = time.perf_counter()
    for question in questions:
        ready.found_in(question)
    return (time.perf_counter() - start) * 1000 / len(questions)


def line(row: Row) -> str:
    """A line of the Markdown table."""
    values = (row.totals[key] for key in METRICS)
    shown = " | ".join("—" if value is None else f"{value:.4f}" for value in values)
    return f"| {row.what} | {row.rows:,} | {shown} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; the exit code says whether the cases could be read."""
    parser = argparse.ArgumentParser(description="Measures what the lexicon is worth; prints a Markdown table.")
    parser.add_argument("cases", type=Path, nargs="?", default=CASES, metavar="CASES", help="a file or folder of cases")
    parser.add_argument("--split", default="test", help="the part of the cases that is asked; empty for all")
    parser.add_argument("--by", choices=("tenth", "field"), default="tenth", help="what is left out each time")
    parser.add_argument("--corpus", type=Path, default=BUNDLED, metavar="DIR", help="a corpus other than the bundled")
    parser.add_argument("--json", action="store_true", help="print JSON, one object a line")
    options = parser.parse_args(arguments)
    try:
        cases = read_cases(options.cases, options.split or None)
        with tempfile.TemporaryDirectory(prefix="policy-assistant-lexicon-") as folder:
            _print(cases, _assistant(options.corpus, Path(folder) / "index"), options.by, options.json)
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _assistant(corpus: Path, index: Path) -> Assistant:
    from assistant.pipeline import Assistant
    from index.build import open_index

    return Assistant(open_index(corpus, index, "embedded", lambda _: None))


def _print(cases: Sequence[Case], assistant: Assistant, by: str, as_json: bool) -> None:
    if not as_json:
        print(f"| {len(cases):,} cases | rows | {' | '.join(METRICS)} |")
        print(f"|---|{'---|' * (len(METRICS) + 1)}")
    for row in measure(cases, assistant, by=by):
        shown = json.dumps({"what": row.what, "rows": row.rows, **row.totals}) if as_json else line(row)
        print(shown, flush=True)
    took = lookup_ms(synonyms(), [case.question for case in cases])
    words = sum(len(row.lay) for row in synonyms())
    if as_json:
        print(json.dumps({"lay_words": words, "lookup_ms": round(took, 4)}))
    else:
        print(f"\nLooking up {words:,} lay words in a question: {took:.3f} ms.")


if __name__ == "__main__":
    sys.exit(main())
