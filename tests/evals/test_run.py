import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Request
from assistant.pipeline import Assistant
from corpus.library import Library
from evals.cases import Case
from evals.errors import CaseError
from evals.report import failures, metric_rows, render_report, wrongs
from evals.run import DAY, Run, answer_of, cities_of, run_cases, write_run
from tests.evals.conftest import MakeCase

SOUTH = "南政发〔2022〕3号"


@pytest.fixture(scope="module")
def cases(make_case: MakeCase) -> tuple[Case, ...]:
    expired = {"validity": {"status": "expired", "expires_on": "2025-08-28"}}
    return (
        make_case(expired, question="北安零售企业首次进限奖励多少？"),
        make_case(
            {"validity": {"status": "in_force"}}, id="day", question="北安零售企业进限奖多少？", as_of="2024-03-15"
        ),
        make_case(
            {"clauses": [{"document": SOUTH, "path": ["三、"]}], "say": [["100万元"]]},
            id="cold-store",
            question="南平新建冷库最高补助多少？",
            kind="cap",
            source="最高不超过100万元",
        ),
        make_case({"say": [["400万元"]]}, id="wrong", question="北安零售企业首次进限，一次性奖励<多少>？", kind="cap"),
        make_case(
            {"status": ["not_found"], "clauses": [], "say": []},
            id="elsewhere",
            question="武汉零售企业进限奖多少？",
            kind="near_miss",
            source="",
        ),
    )


@pytest.fixture(scope="module")
def run(cases: tuple[Case, ...], assistant: Assistant) -> Run:
    return run_cases(cases, assistant)


def test_answers_are_scored_in_order(run: Run) -> None:
    assert [score.case.id for score in run.scores] == ["north-1", "day", "cold-store", "wrong", "elsewhere"]
    assert [score.correct for score in run.scores] == [True, True, True, False, True]
    assert [score.case.id for score in failures(run.scores)] == ["wrong"]
    assert wrongs(run.scores[3]) == ("内容不对", "没有说：400万元")


def test_a_case_may_have_a_day_of_its_own(run: Run) -> None:
    assert [score.answer["as_of"] for score in run.scores[:2]] == [DAY.isoformat(), "2024-03-15"]


def test_the_day_of_a_run_decides(cases: tuple[Case, ...], assistant: Assistant) -> None:
    early = run_cases(cases[:2], assistant, date(2024, 1, 1))
    assert [score.validity for score in early.scores] == [False, True]


def test_cities_by_number_and_title(library: Library) -> None:
    cities = cities_of(library)
    assert cities["北政办发(2023)25号"] == "北安市"
    assert cities["北安市促进商贸业发展若干措施"] == "北安市"
    assert cities["南政发(2022)3号"] == "南平市"


def test_a_case_that_breaks_the_assistant_is_a_result(cases: tuple[Case, ...], assistant: Assistant) -> None:
    class Broken(Assistant):
        def ask(self, request: Request) -> Any:
            raise ZeroDivisionError(request.question)

    broken = Broken(assistant.index)
    answer = answer_of(cases[0], broken, DAY, "extractive")
    assert answer["status"] == "error"
    assert "ZeroDivisionError" in answer["answer"]
    scores = run_cases(cases, broken).scores
    assert not any(score.status for score in scores)


def test_the_summary_has_every_metric_by_kind_and_city(run: Run, library: Library) -> None:
    values = run.as_json()
    assert values["cases"] == 5
    assert values["as_of"] == "2026-11-22"
    assert values["corpus_version"] == library.version
    assert values["metrics"]["correct"]["value"] == 0.8
    assert values["metrics"]["true_refusal"] == {"n": 1, "value": 1.0, "low": 0.0, "high": 1.0}
    assert values["by_kind"]["cap"]["correct"]["value"] == 0.5
    assert values["by_city"]["南平市"]["correct"]["n"] == 1
    assert set(values["latency_ms"]) == {"median", "p95"}


def test_what_is_written(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "new" / "out"
    write_run(run, folder, render_report(run))
    lines = [json.loads(line) for line in (folder / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["north-1", "day", "cold-store", "wrong", "elsewhere"]
    assert lines[3]["scores"]["content"] is False
    assert lines[3]["unsaid"] == ["400万元"]
    assert lines[0]["answer"]["citations"][0]["document_number"] == "北政办发〔2023〕25号"
    assert json.loads((folder / "summary.json").read_text(encoding="utf-8")) == run.as_json()
    assert (folder / "report.md").read_text(encoding="utf-8") == render_report(run)


def test_a_folder_that_cannot_be_written_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CaseError, match="结果写不到"):
        write_run(run, tmp_path / "file", "")


def test_the_report_shows_every_failure(run: Run) -> None:
    report = render_report(run)
    assert "用例：5 条，完全正确 4 条" in report
    assert "| 完全正确 | 80.0% |" in report
    assert "| cap | 2 | 50.0% |" in report
    assert "## 不正确的 1 条" in report
    failure = report.split("### ")[1]
    assert failure.startswith("wrong（cap）：内容不对；没有说：400万元")
    for words in ("- 问：", "- 答：已答复：", "- 期望：已答复；引用 北政办发", "说 400万元", "- 引用 [1] "):
        assert words in failure
    assert "原文依据：对当年首次进限的零售企业" in failure
    assert "cases.jsonl:1" in failure
    assert "north-1" not in report


def test_what_an_answer_says_is_not_taken_for_markdown(run: Run) -> None:
    score = replace(run.scores[3], answer=run.scores[3].answer | {"answer": "<script>*x*</script>\n# 标题"})
    report = render_report(replace(run, scores=(score,)))
    assert "\\<script\\>\\*x\\*\\</script\\> \\# 标题" in report
    assert "一次性奖励\\<多少\\>" in report


def test_a_metric_without_cases_shows_a_dash(run: Run) -> None:
    rows = {row[0]: row[1:4] for row in metric_rows(run.scores[4:])}
    assert rows["内容正确"] == ("—", "—", "0")
    assert rows["该拒则拒"][0] == "100.0%"
