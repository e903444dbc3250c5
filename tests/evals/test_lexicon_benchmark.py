import json
from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from assistant.vocabulary import Synonyms, lexicon, synonyms
from evals.benchmarks import lexicon as benchmark
from evals.cases import Case
from tests.evals.conftest import case_json


def rows(count: int) -> tuple[Synonyms, ...]:
    return tuple(Synonyms((f"俗称{n}",), (f"用词{n}",), "x", "tax" if n % 2 else "fee") for n in range(count))


def test_each_tenth_is_left_out_once() -> None:
    parts = list(benchmark.parts(rows(25), "tenth"))
    assert [len(chosen) for _, chosen in parts] == [25, 0, *[22] * 5, *[23] * 5]
    left_out = [row for _, chosen in parts[2:] for row in rows(25) if row not in chosen]
    assert sorted(left_out, key=str) == sorted(rows(25), key=str)


def test_each_field_is_left_out_once() -> None:
    assert [(what, len(chosen)) for what, chosen in benchmark.parts(rows(5), "field")][2:] == [
        ("without fee", 2),
        ("without tax", 3),
    ]


def test_a_row_is_worth_what_its_questions_lose_without_it(assistant: Assistant, cases: tuple[Case, ...]) -> None:
    measured = list(benchmark.measure(cases[:1], assistant, synonyms()))
    assert [row.rows for row in measured[:2]] == [len(synonyms()), 0]
    assert len(measured) == 12
    assert all(set(row.totals) == set(benchmark.METRICS) for row in measured)
    assert len(lexicon()) == len(synonyms())
    assert benchmark.line(measured[0]).startswith(f"| the whole lexicon | {len(synonyms()):,} |")


def test_the_table_names_no_question(corpus: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = case_json(split="test")
    (tmp_path / "cases.jsonl").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    assert benchmark.main([str(tmp_path), "--corpus", str(corpus)]) == 0
    shown = capsys.readouterr().out
    assert "| without tenth 9 |" in shown
    assert "lay words in a question" in shown
    assert case["question"] not in shown
    assert benchmark.main([str(tmp_path), "--corpus", str(corpus), "--json", "--by", "field"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines[0]["what"] == "the whole lexicon"
    assert lines[-1]["lookup_ms"] < 1


def test_cases_that_are_not_there_are_said_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert benchmark.main([str(tmp_path)]) == 1
    assert ".jsonl" in capsys.readouterr().err
