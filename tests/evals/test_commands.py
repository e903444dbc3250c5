import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from assistant.pipeline import Assistant
from evals.asking import Asked, ask_case
from evals.cases import Case
from evals.commands import eval_group
from evals.errors import CaseError, GateError, RunError
from tests.evals.conftest import case_json
from tests.evals.test_retrieval import write

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(corpus: Path, assistant: Assistant) -> Invoke:
    shell = SimpleNamespace(
        corpus=corpus, embedding="embedded", embedding_key=None, assistant=lambda: assistant, config=dict
    )
    return lambda *args: CliRunner().invoke(eval_group, [str(arg) for arg in args], obj=shell)


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    question = "北安零售企业首次进限奖励多少？"
    lines = [
        case_json({"validity": "expired"}, question=question),
        case_json({"say": [["400万元"]]}, id="wrong", question=question, split="test", source="没有的话"),
    ]
    file = tmp_path / "cases.jsonl"
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), encoding="utf-8")
    return file


def test_the_group_is_called_eval() -> None:
    assert isinstance(eval_group, click.Group)
    assert eval_group.name == "eval"
    assert {"run", "check", "facts", "retrieval"} <= set(eval_group.commands)


def test_run_shows_a_table_and_writes_the_results(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    result = invoke("run", cases, "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:2] == ["完全正确", "50.0%"]
    assert "2 条用例，1 条不正确" in result.stderr
    written = {"results.jsonl", "summary.json", "report.md", "report.html", "junit.xml"}
    assert {path.name for path in (tmp_path / "out").iterdir()} == written


def test_run_as_json_is_the_summary(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    result = invoke("run", cases, "--split", "dev", "--json", "--output", tmp_path)
    values = json.loads(result.stdout)
    assert (values["cases"], values["split"], values["as_of"]) == (1, "dev", "2026-11-22")
    assert values["metrics"]["correct"]["value"] == 1.0
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8")) == values


def test_run_on_another_day(invoke: Invoke, cases: Path) -> None:
    values = json.loads(invoke("run", cases, "--split", "dev", "--as-of", "2024-03-15", "--json").stdout)
    assert values["as_of"] == "2024-03-15"
    assert values["metrics"]["validity"]["value"] == 0.0


def test_a_gate_decides_the_exit_code(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text("[metrics.correct]\nmin = 0.5\n", encoding="utf-8")
    met = invoke("run", cases, "--gate", gate, "--output", tmp_path / "out")
    assert met.exit_code == 0
    assert "达标 metrics.correct（完全正确）：要求至少 0.5，实际 0.5" in met.stderr
    gate.write_text("[metrics.correct]\nmin = 0.51\n", encoding="utf-8")
    missed = invoke("run", cases, "--gate", gate, "--output", tmp_path / "out")
    assert missed.exit_code == 4
    assert "未达标 metrics.correct（完全正确）" in missed.stderr
    # The reports are there all the same, and say so.
    assert "未达标 metrics.correct（完全正确）" in (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    values = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert values["gate"] == [{"path": "metrics.correct", "min": 0.51, "max": None, "value": 0.5, "met": False}]


def test_a_gate_that_cannot_be_used_stops_before_anything_is_asked(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text("[metrics.correct]\nleast = 1\n", encoding="utf-8")
    result = invoke("run", cases, "--gate", gate, "--output", tmp_path / "out")
    assert isinstance(result.exception, GateError)
    assert not (tmp_path / "out").exists()


def test_a_run_against_an_earlier_one(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    invoke("run", cases, "--output", tmp_path / "before")
    results = tmp_path / "before" / "results.jsonl"
    lines = [json.loads(line) for line in results.read_text(encoding="utf-8").splitlines()]
    lines[1]["scores"]["correct"] = True
    results.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    result = invoke("run", cases, "--baseline", tmp_path / "before", "--json")
    values = json.loads(result.stdout)["baseline"]
    assert (values["both"], values["better"], values["worse"], values["worse_cases"]) == (2, 0, 1, ["wrong"])
    assert values["metrics"]["correct"]["value"] == -0.5
    assert "变差 wrong：北安零售企业首次进限奖励多少？" in result.stderr


def test_an_earlier_run_may_be_a_threshold_too(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    gate = tmp_path / "gate.toml"
    gate.write_text("[baseline.worse]\nmax = 0\n", encoding="utf-8")
    invoke("run", cases, "--output", tmp_path / "out")
    assert invoke("run", cases, "--baseline", tmp_path / "out", "--gate", gate).exit_code == 0
    # Without an earlier run there is no such figure, which is said.
    assert "没有 baseline.worse 这一项" in str(invoke("run", cases, "--gate", gate).exception)


def test_a_run_that_broke_off_is_taken_up(
    invoke: Invoke, cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def one_and_no_more(case: Case, *arguments: Any) -> Asked:
        if asked:
            raise KeyboardInterrupt
        asked.append(case.id)
        return ask_case(case, *arguments)

    monkeypatch.setattr("evals.run.ask_case", one_and_no_more)
    invoke("run", cases, "--output", tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"results.partial.jsonl"}
    monkeypatch.undo()
    result = invoke("run", cases, "--output", tmp_path / "out")
    assert "接着上次中断的评测：已有 1 条答复" in result.stderr
    assert "2 条用例" in result.stderr
    assert not (tmp_path / "out" / "results.partial.jsonl").exists()


def test_ragas_samples_on_demand(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    invoke("run", cases, "--ragas", tmp_path / "samples" / "ragas.jsonl")
    lines = (tmp_path / "samples" / "ragas.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["reference"] for line in lines] == ["4万元", "400万元"]


def test_broken_cases_stop_a_run(invoke: Invoke, cases: Path) -> None:
    cases.write_text("{}\n", encoding="utf-8")
    result = invoke("run", cases)
    assert isinstance(result.exception, CaseError)
    assert f"{cases}:1 缺少 id" in str(result.exception)


def test_a_day_that_is_none_is_wrong_usage(invoke: Invoke, cases: Path) -> None:
    assert invoke("run", cases, "--as-of", "昨天").exit_code == 2


def test_check_names_each_problem(invoke: Invoke, cases: Path) -> None:
    result = invoke("check", cases)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert f"{cases}:2 wrong：source 不在文件里：没有的话" in lines
    assert f"{cases}:2 wrong：say 里的“400万元”不在文件里，请照文件抄写。" in lines
    assert any("既在 test 又在 dev" in line for line in lines)
    assert "2 条用例，3 处不对" in result.stderr
    # Those that copy their clause are named.
    assert "2 条的问题有一半以上是条款的原话：north-1、wrong。" in result.stderr


def test_check_of_right_cases(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "right.jsonl"
    lines = [case_json(), case_json(id="draft", draft=True)]
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), encoding="utf-8")
    result = invoke("check", file)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 条用例（其中 1 条是草稿），0 处不对。" in result.stderr


def test_retrieval(invoke: Invoke, tmp_path: Path) -> None:
    folder = write(tmp_path / "bench", "query-id\tcorpus-id\tscore\nq1\tbrand\t1\n")
    shown = invoke("retrieval", folder, "--split", "dev")
    assert shown.exit_code == 0
    assert "ndcg@10" in shown.stdout
    assert "另有 3 个问题没有判断" in shown.stderr
    result = invoke("retrieval", folder, "--confirmed", folder, "--json")
    values = json.loads(result.stdout)
    assert values["metrics"]["recall@5"] == 1.0
    assert values["confirmed"] == 1
    assert "1 个已确认的问题" in result.stderr


def test_a_model_that_is_not_there_is_not_measured(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    result = invoke("run", cases, "--mode", "llm", "--output", tmp_path / "out")
    assert isinstance(result.exception, RunError)
    assert "没有配置语言模型" in str(result.exception)


def test_judgements_of_other_questions_are_said(invoke: Invoke, tmp_path: Path) -> None:
    folder = write(tmp_path / "bench", "query-id\tcorpus-id\tscore\nnobody\tbrand\t1\n")
    assert "没有一个问题有相关的判断" in str(invoke("retrieval", folder).exception)
