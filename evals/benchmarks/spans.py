"""Questions with known answer spans on notices that are not bundled: is the span in the answer, is the document cited.

    python -m evals.benchmarks.spans FOLDER [--output answers.jsonl]

``FOLDER`` holds ``documents/*.txt`` and ``questions.jsonl`` with ``{id, question, document, answer: {text}}`` a line,
where ``document`` is the name of the file. The documents are read as a corpus of their own, without a manifest; the
index is built into a temporary folder. Nothing is tuned on such a set: it scores.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Any

from assistant.answer import Request, Status
from assistant.pipeline import Assistant
from corpus.errors import PolicyError
from evals.errors import BenchmarkError
from evals.metrics.estimates import Estimate, estimate
from evals.run import DAY
from index.build import open_index

#: A span longer than this need not stand in the answer whole: most of its characters, in runs of at least two.
LONG = 30
MOST = 0.5
_SIGNS = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one question."""

    id: str
    question: str
    span: str
    answer: str
    status: str
    contains: bool
    quoted: bool
    document_first: bool
    elapsed_ms: float


def bare(text: str) -> str:
    """Text without widths, blanks and punctuation: what is compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def contains(text: str, span: str) -> bool:
    """Whether ``text`` holds a span; of a long one most of its characters, in the span's order."""
    wanted, there = bare(span), bare(text)
    if wanted in there:
        return True
    if len(wanted) <= LONG:
        return False
    blocks = SequenceMatcher(None, wanted, there, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size > 1) / len(wanted) >= MOST


def measure(folder: Path) -> Iterator[Outcome]:
    """Every question asked, in their order."""
    questions = _questions(folder)
    with tempfile.TemporaryDirectory(prefix="policy-assistant-spans-") as built:
        assistant = Assistant(open_index(folder, Path(built) / "index", "embedded", lambda _: None))
        library = assistant.library
        for row in questions:
            answer = assistant.ask(Request(row["question"], DAY))
            cited = [library.instrument[citation.instrument_id].document_id for citation in answer.citations]
            span = row["answer"]["text"]
            yield Outcome(
                id=str(row["id"]),
                question=row["question"],
                span=span,
                answer=answer.text,
                status=answer.status.value,
                contains=contains(answer.text, span),
                quoted=any(contains(citation.quote, span) for citation in answer.citations),
                document_first=bool(cited) and cited[0] == row["document"],
                elapsed_ms=answer.elapsed_ms,
            )


def _questions(folder: Path) -> Sequence[dict[str, Any]]:
    file = folder / "questions.jsonl"
    try:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        return [row for row in rows if row["question"] and row["document"] and row["answer"]["text"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BenchmarkError(f"{file} 读不出来：每行应有 id、question、document 和 answer.text。") from error


def _line(name: str, found: Estimate) -> str:
    return f"| {name} | {found.value:.3f} | {found.low:.3f}–{found.high:.3f} | {found.n} |"


def main() -> int:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description="Asks questions with known answer spans; prints a Markdown table.")
    parser.add_argument("folder", type=Path, help="documents/ and questions.jsonl")
    parser.add_argument("--output", type=Path, help="every question with its answer, one JSON object a line")
    options = parser.parse_args()
    try:
        outcomes = list(measure(options.folder))
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    if options.output:
        lines = (
            json.dumps({name: getattr(each, name) for name in Outcome.__slots__}, ensure_ascii=False) + "\n"
            for each in outcomes
        )
        options.output.write_text("".join(lines), encoding="utf-8")
    print("| | share | 95% interval | n |\n|---|---|---|---|")
    print(_line("the answer contains the span", estimate(each.contains for each in outcomes)))
    print(_line("the words quoted contain it", estimate(each.quoted for each in outcomes)))
    print(_line("the right document cited first", estimate(each.document_first for each in outcomes)))
    refused = (Status.NOT_FOUND.value, Status.OUT_OF_SCOPE.value)
    print(_line("refused", estimate(each.status in refused for each in outcomes)))
    times = sorted(each.elapsed_ms for each in outcomes)
    lengths = sorted(len(each.answer) for each in outcomes)
    print(f"\n{median(times):.1f} ms a question (median), {median(lengths):.0f} characters an answer (median)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
