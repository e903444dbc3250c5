import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from click.testing import CliRunner, Result

from assistant.pipeline import Assistant
from evals.commands import eval_group
from evals.errors import CaseError
from tests.evals.conftest import case_json
from tests.evals.test_retrieval import write

Invoke = Callable[..., Result]


@pytest.fixture
def invoke(corpus: Path, assistant: Assistant) -> Invoke:
    shell = SimpleNamespace(corpus=corpus, embedding="embedded", assistant=lambda: assistant)
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
    assert list(eval_group.commands) == ["run", "check", "facts", "retrieval"]


def test_run_shows_a_table_and_writes_the_results(invoke: Invoke, cases: Path, tmp_path: Path) -> None:
    result = invoke("run", cases, "--output", tmp_path / "out")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].split()[:2] == ["完全正确", "50.0%"]
    assert "2 条用例，1 条不正确" in result.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"results.jsonl", "summary.json", "report.md"}


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
    assert any("既在 test 又在 dev" in line for line in lines)
    assert "2 条用例，2 处不对" in result.stderr


def test_check_of_right_cases(invoke: Invoke, tmp_path: Path) -> None:
    file = tmp_path / "right.jsonl"
    file.write_text(json.dumps(case_json(), ensure_ascii=False), encoding="utf-8")
    result = invoke("check", file)
    assert (result.exit_code, result.stdout) == (0, "")


def test_retrieval(invoke: Invoke, tmp_path: Path) -> None:
    folder = write(tmp_path / "bench", "query-id\tcorpus-id\tscore\nq1\tbrand\t1\n")
    shown = invoke("retrieval", folder, "--split", "dev")
    assert shown.exit_code == 0
    assert "ndcg@10" in shown.stdout
    assert "另有 3 个问题没有判断" in shown.stderr
    result = invoke("retrieval", folder, "--confirmed", folder, "--json")
    values = json.loads(result.stdout)
    assert values["metrics"]["recall@5"] == 1.0
    assert values["confirmed"] == {"pairs": 1, "used": False}
    assert "不会利用" in result.stderr
