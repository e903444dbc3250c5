"""The report that a person reads: the figures, the slices, and every failure with what was asked, said and cited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.model import ValidityStatus
from evals.cases import Case, ExpectedValidity
from evals.metrics import METRICS, Estimate, Score, slices, summary
from evals.run import Run

_STATUS = {
    "answered": "已答复",
    "partial": "部分答复",
    "clarify": "反问",
    "not_found": "未找到",
    "out_of_scope": "不在范围",
    "error": "出错",
}
_VALIDITY = {
    ValidityStatus.NOT_YET: "尚未施行",
    ValidityStatus.IN_FORCE: "有效",
    ValidityStatus.EXPIRED: "已过期",
    ValidityStatus.REPEALED: "已废止",
    ValidityStatus.UNKNOWN: "未写明",
}
_WRONG = {"status": "状态不对", "content": "内容不对", "first_citation": "首条引用不对", "validity": "效力不对"}
_VALUE = {metric.key: metric.value for metric in METRICS}
_SLICED = ("correct", "status", "content", "first_citation", "validity")
HEADINGS = ("指标", "值", "95% 区间", "n", "")


def metric_rows(scores: Sequence[Score]) -> list[tuple[str, str, str, str, str]]:
    """Every metric over some scores, under :data:`HEADINGS`; a dash where no case applies."""
    estimates = summary(scores)
    return [
        (metric.name, *_cells(estimates[metric.key]), "越低越好" if metric.better == "lower" else "")
        for metric in METRICS
    ]


def render_report(run: Run) -> str:
    """The whole report in Markdown."""
    return "\n".join(_report(run)) + "\n"


def failures(scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores that are not correct, in the order of the cases."""
    return tuple(each for each in scores if not each.correct)


def wrongs(each: Score) -> tuple[str, ...]:
    """What is wrong with one answer, in words."""
    wrong = [words for key, words in _WRONG.items() if _VALUE[key](each) is False]
    if each.unsaid:
        wrong.append(f"没有说：{'、'.join(each.unsaid)}")
    if each.forbidden:
        wrong.append("说了不该说的")
    if each.wrong_city:
        wrong.append("引错城市")
    if each.unsupported:
        wrong.append(f"无据数字：{'、'.join(each.unsupported)}")
    return tuple(wrong)


def _report(run: Run) -> Iterator[str]:
    failed = failures(run.scores)
    latency = run.latency()
    yield "# 评测报告"
    yield ""
    part = f"（{run.split} 部分）" if run.split else ""
    yield f"- 用例：{len(run.scores)} 条{part}，完全正确 {len(run.scores) - len(failed)} 条"
    yield f"- 日期：{run.day}（用例另有日期的从其日期）；方式：{run.about.get('mode', '')}"
    yield f"- 程序：{run.about.get('version', '')}；向量：{run.about.get('embedding', '')}"
    yield f"- 语料：{run.about.get('corpus_version', '')}"
    yield f"- 每题毫秒：中位 {latency['median']}，95% 以内 {latency['p95']}"
    yield ""
    yield "## 总表"
    yield ""
    yield from _table([HEADINGS, *metric_rows(run.scores)])
    for title, by in (("按问题类型", lambda s: s.case.kind), ("按城市", lambda s: s.city)):
        yield ""
        yield f"## {title}"
        yield ""
        yield from _slices(slices(run.scores, by))
    yield ""
    yield f"## 不正确的 {len(failed)} 条"
    for each in failed:
        yield ""
        yield from _failure(each)


def _slices(groups: Mapping[str, Sequence[Score]]) -> Iterator[str]:
    chosen = [metric for metric in METRICS if metric.key in _SLICED]
    rows = [("", "条数", *(metric.name for metric in chosen))]
    for name, scores in groups.items():
        estimates = summary(scores)
        rows.append((name, str(len(scores)), *(_cells(estimates[metric.key])[0] for metric in chosen)))
    yield from _table(rows)


def _failure(each: Score) -> Iterator[str]:
    case, answer = each.case, each.answer
    asked = {"日期": case.as_of, "城市": case.city}
    given = "，".join(f"{name} {value}" for name, value in asked.items() if value)
    yield f"### {case.id}（{case.kind}）：{'；'.join(wrongs(each))}"
    yield ""
    for turn in case.history:
        yield f"- {'问' if turn.role == 'user' else '答'}（此前）：{_inline(turn.content)}"
    yield f"- 问：{_inline(case.question)}{f'（{given}）' if given else ''}"
    yield f"- 答：{_status(str(answer.get('status', '')))}：{_inline(str(answer.get('answer', '')))}"
    yield f"- 期望：{_inline(_expected(case))}"
    for citation in answer.get("citations", ()):
        yield f"- 引用 [{citation['mark']}] {_inline(_cited(citation))}"
    if case.source:
        yield f"- 原文依据：{_inline(' … '.join(case.source))}"
    yield f"- 用例：`{case.place}`"


def _expected(case: Case) -> str:
    expect = case.expect
    parts = [" 或 ".join(_status(status.value) for status in sorted(expect.status))]
    if expect.clauses:
        parts.append("引用 " + "、".join(map(str, expect.clauses)))
    if expect.say:
        parts.append("说 " + "，".join(" / ".join(group) for group in expect.say))
    if expect.not_say:
        parts.append("不说 " + "、".join(expect.not_say))
    if expect.validity:
        parts.append("效力 " + _validity(expect.validity))
    return "；".join(parts)


def _validity(expected: ExpectedValidity) -> str:
    words = [_VALIDITY[expected.status]] if expected.status else []
    if "effective_on" in expected.stated:
        words.append(f"自 {expected.effective_on}")
    if "expires_on" in expected.stated:
        words.append(f"至 {expected.expires_on}" if expected.expires_on else "不写到期日")
    return " ".join(words)


def _cited(citation: Mapping[str, Any]) -> str:
    validity = citation.get("validity") or {}
    until = f"，至 {validity['expires_on']}" if validity.get("expires_on") else ""
    status = _VALIDITY.get(validity.get("status", ""), validity.get("status", ""))
    name = f"{citation.get('document_number') or ''}《{citation.get('title', '')}》{citation.get('label', '')}"
    return f"（{citation.get('role', '')}）{name}（{status}{until}）：{citation.get('quote', '')}"


def _status(status: str) -> str:
    return _STATUS.get(status, status)


def _cells(estimate: Estimate) -> tuple[str, str, str]:
    if estimate.value is None:
        return "—", "—", "0"
    return f"{estimate.value:.1%}", f"{estimate.low:.1%}–{estimate.high:.1%}", str(estimate.n)


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield f"| {' | '.join(_cell(cell) for cell in row)} |"
        if number == 0:
            yield f"|{'---|' * len(row)}"


def _cell(text: str) -> str:
    return _inline(text).replace("|", "\\|")


def _inline(text: str) -> str:
    """One line, in which what a document or an answer says is not taken for Markdown or HTML."""
    line = " ".join(text.split())
    for sign in "\\`*_#<>":
        line = line.replace(sign, f"\\{sign}")
    return line
