from pathlib import Path

import pytest

from evals.errors import GateError
from evals.gate import judge, read_gate

SUMMARY = {
    "cases": 200,
    "metrics": {"correct": {"n": 200, "value": 0.93, "low": 0.89}, "recall@5": {"n": 0, "value": None, "low": None}},
    "by_kind": {"validity": {"correct": {"n": 18, "value": 1.0}}},
    "latency_ms": {"median": 8.0, "p95": 17.0},
    "split": "dev",
}


def verdicts(tmp_path: Path, text: str) -> dict[str, bool]:
    file = tmp_path / "gate.toml"
    file.write_text(text, encoding="utf-8")
    return {verdict.threshold.name: verdict.met for verdict in judge(read_gate(file), SUMMARY)}


def test_the_tables_are_the_paths_of_the_summary(tmp_path: Path) -> None:
    text = """
    [metrics.correct]
    min = 0.93
    [metrics.correct.low]
    min = 0.9
    [by_kind.validity.correct]
    min = 1
    [latency_ms.p95]
    max = 17.0
    min = 1
    """
    met = {"metrics.correct": True, "metrics.correct.low": False, "by_kind.validity.correct": True}
    assert verdicts(tmp_path, text) == met | {"latency_ms.p95": True}


@pytest.mark.parametrize(
    ("limit", "met"), [("min = 0.94", False), ("max = 0.92", False), ("min = 0.9\nmax = 0.95", True)]
)
def test_a_change_of_the_threshold_decides(tmp_path: Path, limit: str, met: bool) -> None:
    assert verdicts(tmp_path, f"[metrics.correct]\n{limit}") == {"metrics.correct": met}


def test_what_was_measured_on_no_case_meets_nothing(tmp_path: Path) -> None:
    file = tmp_path / "gate.toml"
    file.write_text('[metrics."recall@5"]\nmin = 0\n', encoding="utf-8")
    (verdict,) = judge(read_gate(file), SUMMARY)
    assert not verdict.met
    assert str(verdict) == "未达标 metrics.recall@5（检索召回@5）：要求至少 0，没有一题用得上"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("metrics = 3", "metrics 不认识"),
        ("min = 3", "min 应为数，写在"),
        ("[metrics.correct]\nmin = 'viel'", "metrics.correct.min 应为数"),
        ("[metrics.correct]\nmin = true", "metrics.correct.min 应为数"),
        ("[metrics.correct]\nleast = 1", "metrics.correct.least 不认识"),
        ("", "没有门槛"),
        ("[metrics", "不符合 TOML 格式"),
        ("[metrics.accuracy]\nmin = 1", "没有 metrics.accuracy 这一项：metrics里有：correct、recall@5"),
        ("[kinds.amount]\nmin = 1", "没有 kinds.amount 这一项：最上一级里有：cases、metrics"),
        ("[split]\nmin = 1", "split 不是一个数"),
    ],
)
def test_a_gate_that_cannot_be_used_is_said(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(GateError, match=said.replace("(", "\\(")):
        verdicts(tmp_path, text)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(GateError, match="读不出来"):
        read_gate(tmp_path / "gate.toml")
