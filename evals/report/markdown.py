"""The report as Markdown: the figures, the slices, what changed, and every failure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from corpus.library import Library
from evals.compare import Change, Comparison
from evals.metrics import METRICS, SLICES, Score, slices, summary
from evals.metrics.estimates import Estimate
from evals.report.names import ROLES, SLICE_TITLES, TRIALS, slice_name
from evals.report.words import (
    ReportData,
    about,
    better_is,
    cells,
    failure,
    failures,
    moved,
    said,
    sliced_metrics,
    wrongs,
)
from evals.run import Run

HEADINGS = ("指标", "值", "95% 区间", "n", "")
#: So many points of the coverage–accuracy curve are printed.
_POINTS = 10


def metric_rows(scores: Sequence[Score]) -> list[tuple[str, str, str, str, str]]:
    """Every metric over some scores, under :data:`HEADINGS`; a dash where no case applies."""
    estimates = summary(scores)
    return [(metric.name, *cells(estimates[metric.key]), better_is(metric)) for metric in METRICS]


def render_markdown(data: ReportData) -> str:
    """The whole report."""
    return "\n".join(_report(data)) + "\n"


def _report(data: ReportData) -> Iterator[str]:
    run = data.run
    failed = failures(run.scores)
    yield "# 评测报告"
    yield ""
    yield f"**{len(run.scores)} 条用例，完全正确 {len(run.scores) - len(failed)} 条。**"
    yield ""
    yield from (f"- {name}：{_inline(value)}" for name, value in about(run).items())
    if data.verdicts:
        yield from ("", "## 门槛", "")
        yield from (f"- {_inline(str(verdict))}" for verdict in data.verdicts)
    if data.comparison:
        yield from _comparison(data.comparison)
    yield from ("", "## 总表", "")
    yield from _table([HEADINGS, *metric_rows(run.scores)])
    yield from _figures(run)
    for key, by in SLICES.items():
        groups = slices(run.scores, by)
        if groups:
            yield from ("", f"## {SLICE_TITLES[key]}", "")
            yield from _slices({slice_name(key, name): part for name, part in groups.items()})
    yield from ("", f"## 不正确的 {len(failed)} 条")
    for each in failed:
        yield ""
        yield from _failure(each, run.library)


def _figures(run: Run) -> Iterator[str]:
    roles, trials, curve = run.by_role(), run.by_trial(), run.curve
    if roles:
        yield from ("", "## 金额比例，按是什么数", "")
        yield from _estimates({ROLES.get(role, role): value for role, value in roles.items()})
    for name, title in (("missed", "改错了没被发现的"), ("false_alarm", "没改错却被拦下的")):
        if trials[name]:
            yield from ("", f"## 核对：{title}", "")
            yield from _estimates({TRIALS.get(kind, kind): value for kind, value in trials[name].items()})
    if curve is not None and curve.points:
        yield from ("", "## 少答一些，能准多少", "")
        yield f"把握不够的不答时，回答的占全部用例多少、其中多少正确（AURC {curve.aurc:.3f}，越低越好）："
        yield ""
        step = max(1, -(-len(curve.points) // _POINTS))
        shown = [*curve.points[step - 1 :: step]]
        if shown[-1] is not curve.points[-1]:
            shown.append(curve.points[-1])
        rows = [(f"{p.confidence:.2f}", f"{p.coverage:.1%}", f"{p.accuracy:.1%}") for p in shown]
        yield from _table([("把握至少", "回答", "正确"), *rows])


def _comparison(found: Comparison) -> Iterator[str]:
    yield from ("", "## 与上次相比", "")
    yield f"两次都有的 {found.both} 条里，变好 {len(found.better)} 条，变差 {len(found.worse)} 条。"
    if found.reworded or found.new or found.gone:
        yield f"另有改了问法的 {found.reworded} 条、新增的 {found.new} 条、去掉的 {found.gone} 条，不比较。"
    yield ""
    rows = [
        (metric.name, moved(found.metrics[metric.key]), better_is(metric))
        for metric in METRICS
        if found.metrics[metric.key].value
    ]
    if rows:
        yield from _table([("指标", "变化（百分点，95% 区间）", ""), *rows])
    for title, changes in (("变差的", found.worse), ("变好的", found.better)):
        if changes:
            yield from ("", f"### {title}", "")
            yield from (_change(each) for each in changes)


def _change(each: Change) -> str:
    case = each.now.case
    wrong = "；".join(wrongs(each.now)) or "正确"
    then, now = said(each.then["answer"]), said(each.now.seen.answer)
    return f"- {case.id}：{_inline(case.question)}（{_inline(wrong)}）<br>上次：{_inline(then)}<br>这次：{_inline(now)}"


def _slices(groups: Mapping[str, Sequence[Score]]) -> Iterator[str]:
    chosen = sliced_metrics()
    rows = [("", "条数", *(metric.name for metric in chosen))]
    for name, scores in groups.items():
        estimates = summary(scores)
        rows.append((name, str(len(scores)), *(cells(estimates[metric.key])[0] for metric in chosen)))
    yield from _table(rows)


def _estimates(values: Mapping[str, Estimate]) -> Iterator[str]:
    yield from _table([("", "值", "95% 区间", "n"), *((name, *cells(value)) for name, value in values.items())])


def _failure(each: Score, library: Library) -> Iterator[str]:
    shown = failure(each, library)
    yield f"### {_inline(shown.id)}（{_inline(shown.kind)}）：{_inline('；'.join(shown.wrong))}"
    yield ""
    for who, words in shown.history:
        yield f"- {who}（此前）：{_inline(words)}"
    yield f"- 问：{_inline(shown.question)}{f'（{_inline(shown.given)}）' if shown.given else ''}"
    yield f"- 答：{shown.status}：{_inline(shown.answer)}"
    yield f"- 期望：{_inline(shown.expected)}"
    for mark, name, quote in shown.citations:
        yield f"- 引用 [{mark}] {_inline(name)}：{_inline(quote)}"
    if shown.considered:
        yield f"- 检索“{_inline(shown.query)}”："
        for one in shown.considered:
            why = f"，字面 {one.lexical}（{_inline(one.terms)}），向量 {one.dense or '—'}" if one.lexical else ""
            yield f"  {one.place}. {'**期望** ' if one.expected else ''}{_inline(one.clause)}：{one.score}{why}"
    if shown.source:
        yield f"- 原文依据：{_inline(shown.source)}"
    yield f"- 用例：`{shown.place}`"


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
    for sign in "\\`*_#<>[]!&":
        line = line.replace(sign, f"\\{sign}")
    return line
