"""The run as JUnit XML: a suite for each kind of question, a test for each case, and a suite for the gate."""

from __future__ import annotations

from evals.metrics import SLICES, Score, slices
from evals.report.words import ReportData, failure, xml_text


def render_junit(data: ReportData) -> str:
    """The document; times are those of the answers, in seconds."""
    from junitparser import Failure, JUnitXml, TestCase, TestSuite

    document = JUnitXml("policy-assistant eval")
    for kind, scores in slices(data.run.scores, SLICES["by_kind"]).items():
        suite = TestSuite(xml_text(kind))
        for each in scores:
            case = TestCase(xml_text(each.case.id), classname=xml_text(kind), time=round(each.elapsed_ms / 1000, 4))
            if not each.correct:
                shown = failure(each, data.run.library)
                result = Failure(xml_text("；".join(shown.wrong)), "incorrect")
                result.text = xml_text(_details(each, data))
                case.result = [result]
            suite.add_testcase(case)
        document.add_testsuite(suite)
    if data.verdicts:
        gate = TestSuite("门槛")
        for verdict in data.verdicts:
            case = TestCase(xml_text(verdict.threshold.name), classname="门槛")
            if not verdict.met:
                case.result = [Failure(xml_text(str(verdict)), "gate")]
            gate.add_testcase(case)
        document.add_testsuite(gate)
    document.update_statistics()  # type: ignore[no-untyped-call]
    text = document.tostring()  # type: ignore[no-untyped-call]
    return text.decode("utf-8") if isinstance(text, bytes) else str(text)


def _details(each: Score, data: ReportData) -> str:
    shown = failure(each, data.run.library)
    lines = [f"问：{shown.question}", f"答：{shown.status}：{shown.answer}", f"期望：{shown.expected}", shown.place]
    return "\n".join(lines)
