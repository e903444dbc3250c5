"""The reports of one run with a failure, read as those who get them read them."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from junitparser import JUnitXml
from playwright.sync_api import Browser, Page

from evals.compare import compare
from evals.gate import Threshold, judge
from evals.metrics import METRICS, Score, score
from evals.report.junit import render_junit
from evals.report.markdown import metric_rows, render_markdown
from evals.report.page import render_page
from evals.report.ragas import render_ragas
from evals.report.words import ReportData, failures, wrongs
from evals.run import Run, result_json

EVIL = "<script>document.title='x'</script>\n# 标题 |*x* ]]>\x07"


@pytest.fixture(scope="module")
def data(run: Run) -> ReportData:
    """The run held against one in which the first case was wrong and the fourth right, and against two thresholds."""
    lines = [json.loads(json.dumps(result_json(each))) for each in run.scores]
    lines[0]["scores"]["correct"] = False
    lines[3]["scores"]["correct"] = True
    gate = (Threshold(("metrics", "correct"), least=0.9), Threshold(("metrics", "unsupported"), most=0.0))
    return ReportData(run, compare(run.scores, lines), judge(gate, run.as_json()))


@pytest.fixture(scope="module")
def evil(run: Run) -> ReportData:
    """The failure with an answer that would break out of a page, a table or a file of XML."""
    seen = run.scores[3].seen
    case = replace(seen.case, question=EVIL, kind=EVIL)
    return ReportData(
        replace(run, scores=(score(replace(seen, case=case, answer=dict(seen.answer) | {"answer": EVIL})),))
    )


def test_what_is_wrong_is_said_in_words(run: Run) -> None:
    (wrong,) = failures(run.scores)
    assert wrong.case.id == "wrong"
    assert wrongs(wrong) == ("内容不对", "首个数字不对", "没有说：400万元")


class TestMarkdown:
    def test_it_shows_every_failure(self, data: ReportData) -> None:
        report = render_markdown(data)
        assert "**6 条用例，完全正确 5 条。**" in report
        assert "| 完全正确 | 83.3% |" in report
        assert "| 上限 | 2 | 50.0% |" in report
        shown = report.split("## 不正确的 1 条")[1]
        assert "### wrong（上限）：内容不对；首个数字不对；没有说：400万元" in shown
        for words in ("- 问：", "- 答：已答复：", "- 期望：已答复；引用 北政办发", "说 400万元", "- 引用 [1] （回答）"):
            assert words in shown
        assert "1. **期望** 《北安市促进商贸业发展若干措施》一、：" in shown
        assert "原文依据：对当年首次进限的零售企业" in shown
        assert "cases.jsonl:1" in shown
        assert "north-1" not in shown

    def test_it_shows_gate_and_changes(self, data: ReportData) -> None:
        report = render_markdown(data)
        assert "- 未达标 metrics.correct（完全正确）：要求至少 0.9，实际 0.8333" in report
        assert "- 达标 metrics.unsupported（含无据数字）：要求至多 0，实际 0" in report
        assert "变好 1 条，变差 1 条" in report
        worse = report.split("### 变差的")[1].split("### 变好的")[0]
        assert worse.strip().startswith("- wrong：")

    def test_it_shows_curve_roles_and_verifier(self, data: ReportData) -> None:
        report = render_markdown(data)
        for words in ("## 少答一些，能准多少", "| 奖补多少 | 100.0% |", "| 改金额 | 0.0% |", "| 原样 | 0.0% |"):
            assert words in report

    def test_what_an_answer_says_is_not_taken_for_markup(self, evil: ReportData) -> None:
        report = render_markdown(evil)
        assert "<script>" not in report
        assert "\\<script\\>" in report
        assert "\n# 标题" not in report
        assert "\\# 标题" in report

    def test_a_metric_without_cases_shows_a_dash(self, run: Run) -> None:
        rows = {row[0]: row[1:4] for row in metric_rows(run.scores[4:5])}
        assert rows["内容正确"] == ("—", "—", "0")
        assert rows["该拒则拒"][0] == "100.0%"


class TestPage:
    @pytest.fixture
    def opened(self, browser: Browser, tmp_path: Path) -> Any:
        pages = []

        def opened(data: ReportData) -> tuple[Page, list[str]]:
            (tmp_path / "report.html").write_text(render_page(data), encoding="utf-8")
            page = browser.new_page()
            pages.append(page)
            asked_for: list[str] = []
            page.on("request", lambda request: asked_for.append(request.url))
            page.on("pageerror", lambda error: asked_for.append(str(error)))
            page.goto((tmp_path / "report.html").as_uri())
            return page, asked_for

        yield opened
        for page in pages:
            page.close()

    def test_a_person_reads_it(self, opened: Callable[..., tuple[Page, list[str]]], data: ReportData) -> None:
        page, asked_for = opened(data)
        # The page itself, and nothing from outside.
        assert len(asked_for) == 1
        text = page.inner_text("main")
        assert "6 条用例，5 条完全正确，1 条不正确。门槛：1 项未达标。与上次相比：变好 1 条，变差 1 条。" in text
        for metric in METRICS:
            assert metric.name in text
        assert page.locator("figure svg").count() == 4
        assert page.locator("script").count() == 1
        for plot in page.locator("figure svg").all():
            box = plot.bounding_box()
            assert box is not None
            assert box["height"] > 100

    def test_a_failure_tells_what_and_why(
        self, opened: Callable[..., tuple[Page, list[str]]], data: ReportData
    ) -> None:
        page, _ = opened(data)
        failure = page.locator("details[data-kind]")
        assert failure.count() == 1
        failure.locator("summary").click()
        text = failure.inner_text()
        for words in ("400万元", "原文依据：对当年首次进限的零售企业", "[1] （回答）北政办发〔2023〕25号", "为什么"):
            assert words in text
        first = failure.locator("tr.wanted td").all_inner_texts()
        assert first[:2] == ["1", "《北安市促进商贸业发展若干措施》一、"]
        assert "零售" in first[5]

    def test_failures_can_be_chosen(self, opened: Callable[..., tuple[Page, list[str]]], data: ReportData) -> None:
        page, _ = opened(data)
        page.fill("#words", "没有这样的话")
        assert not page.locator("details[data-kind]").is_visible()
        assert page.inner_text("#shown") == "显示 0 条"
        page.fill("#words", "")
        assert page.locator("details[data-kind]").is_visible()
        page.select_option("#kind", "上限")
        assert page.locator("details[data-kind]").is_visible()

    def test_what_an_answer_says_is_text(self, opened: Callable[..., tuple[Page, list[str]]], evil: ReportData) -> None:
        page, asked_for = opened(evil)
        assert len(asked_for) == 1
        assert page.title() != "x"
        assert "<script>document.title='x'</script>" in page.inner_text("main")

    def test_it_fits_a_phone(self, opened: Callable[..., tuple[Page, list[str]]], data: ReportData) -> None:
        page, _ = opened(data)
        page.set_viewport_size({"width": 360, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    def test_the_same_run_gives_the_same_page(self, data: ReportData) -> None:
        assert render_page(data) == render_page(data)


class TestJunit:
    def test_a_test_for_each_case_and_each_threshold(self, data: ReportData) -> None:
        document = JUnitXml.fromstring(render_junit(data).encode())
        assert (document.tests, document.failures) == (8, 2)
        suites = {suite.name: {case.name: bool(case.result) for case in suite} for suite in document}
        assert suites["cap"] == {"cold-store": False, "wrong": True}
        assert suites["门槛"] == {"metrics.correct": True, "metrics.unsupported": False}

    def test_what_xml_cannot_hold_is_left_out(self, evil: ReportData) -> None:
        document = JUnitXml.fromstring(render_junit(evil).encode())
        (suite,) = document
        (case,) = suite
        assert "<script>" in case.result[0].text
        assert "\x07" not in case.result[0].text


def test_ragas_samples_have_its_field_names(run: Run) -> None:
    samples = [json.loads(line) for line in render_ragas(run).splitlines()]
    assert len(samples) == 6
    first = samples[0]
    assert first["user_input"] == "北安零售企业首次进限奖励多少？"
    assert first["response"].startswith("4万元")
    assert "[1]" not in first["response"]
    assert first["retrieved_contexts"][0].startswith("一、鼓励进限纳统")
    assert first["reference_context_ids"][0] in first["retrieved_context_ids"]
    assert first["reference"] == "4万元"
    assert first["reference_contexts"] == ["对当年首次进限的零售企业,一次性奖励4万元"]
    # A follow-up as the question that it was rewritten to: every line is a single turn.
    assert samples[-1]["user_input"] == "南平获得中国驰名商标的企业奖励多少？"


def test_a_run_without_a_failure_has_reports_too(run: Run) -> None:
    scores: tuple[Score, ...] = run.scores[:1]
    data = ReportData(replace(run, scores=scores))
    assert "不正确的 0 条" in render_page(data)
    assert "不正确的 0 条" in render_markdown(data)
    assert JUnitXml.fromstring(render_junit(data).encode()).failures == 0
