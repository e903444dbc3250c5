"""The calibration benchmark: weights anew, and how far a confidence can be believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.pipeline import Assistant
from evals.benchmarks.calibration import Trial, main, report, trials
from evals.cases import read_cases
from index.search import Index

CASES = Path(__file__).parents[2] / "evals" / "cases"


@pytest.fixture(scope="module")
def found(bundled: Index) -> list[Trial]:
    kept = [
        case for case in read_cases(CASES) if case.split == "dev" and case.kind in ("amount", "target", "near_miss")
    ]
    return list(trials(kept, Assistant(bundled)))


def test_right_answers_have_more_evidence_than_wrong_ones(found: list[Trial]) -> None:
    right = [trial.signs.confidence for trial in found if trial.right]
    wrong = [trial.signs.confidence for trial in found if not trial.right]
    assert len(right) > 30
    assert sum(right) / len(right) > sum(wrong) / len(wrong) + 0.2


def test_a_refusal_that_is_wanted_is_never_right_to_answer(found: list[Trial]) -> None:
    assert any(not trial.wanted for trial in found)
    assert not any(trial.right for trial in found if not trial.wanted)


def test_the_report_gives_weights_and_what_a_threshold_costs(found: list[Trial]) -> None:
    text = "\n".join(report(found))
    assert "weights: coverage" in text
    assert "AUROC" in text
    assert "| 0.5 |" in text


def test_cases_that_are_not_there_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nirgends.jsonl"]) == 1
    assert "nirgends.jsonl" in capsys.readouterr().err
