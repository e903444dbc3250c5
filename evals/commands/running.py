"""``eval run``: ask all cases, score, write the reports, hold the run against an earlier one and against a gate."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.table import printable, table
from evals.commands.shell import GATE_NOT_MET, Shell, json_option, print_json, progress

if TYPE_CHECKING:
    from assistant.answer import Mode


@click.command(
    help="用一个用例文件（或文件夹里的全部 .jsonl）提问并评分。\n\n"
    "用例怎么写、指标是什么意思见 evals/README.md。中断之后再运行一次同样的命令，从断的地方接着做。\n\n"
    "门槛没有达到时退出码为 4。",
    epilog="\n例：\n  policy-assistant eval run evals/cases --split dev --output 评测结果\n"
    "  policy-assistant eval run evals/cases --output 新结果 --split dev --baseline 评测结果 --gate evals/gate.toml",
)
@click.argument("cases", metavar="用例", type=click.Path(path_type=Path, exists=True), help="用例文件或文件夹。")
@click.option(
    "--output",
    type=Path,
    metavar="文件夹",
    help="逐题结果 results.jsonl、汇总 summary.json、报告 report.html 和 report.md、junit.xml 写到这里；"
    "不给就只显示总表。",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="日期",
    help="按哪一天提问，如 2024-03-15；用例自己写明的日期优先。默认 2026-11-22，好让每次评测问的是同一天。",
)
@click.option("--split", metavar="名称", help="只评这一部分，如 dev、test；test 只用来报告。")
@click.option(
    "--mode",
    type=click.Choice(["extractive", "llm"]),
    default="extractive",
    help="extractive 摘原文作答（默认），llm 由语言模型组织。",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path, exists=True),
    metavar="文件夹",
    help="与这一次评测的结果（当时的 --output）逐条相比：哪些变好，哪些变差。",
)
@click.option(
    "--gate",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="文件",
    help="门槛（TOML，写法见 evals/README.md）；有一项没达到，退出码为 4。",
)
@click.option("--ragas", type=Path, metavar="文件", help="另按 RAGAS 的字段名写一份 .jsonl。")
@json_option
@click.pass_obj
def run(
    shell: Shell,
    cases: Path,
    output: Path | None,
    as_of: datetime | None,
    split: str | None,
    mode: Mode,
    baseline: Path | None,
    gate: Path | None,
    ragas: Path | None,
    as_json: bool,
) -> None:
    """Ask all cases, score, and say how it went."""
    from evals.cases import read_cases
    from evals.compare import compare, differing
    from evals.errors import GateError, RunError
    from evals.gate import judge, read_gate
    from evals.provenance import fingerprint, provenance
    from evals.report.markdown import HEADINGS, metric_rows
    from evals.report.ragas import render_ragas
    from evals.report.words import ReportData, failures
    from evals.run import DAY, run_cases
    from evals.store import finish, progress_in, read_results, settings_of, write_whole

    chosen = read_cases(cases, split)
    earlier = read_results(baseline) if baseline is not None else None
    thresholds = read_gate(gate) if gate is not None else ()
    assistant = shell.assistant()
    if mode == "llm" and assistant.model is None:
        raise RunError("没有配置语言模型，不能用 --mode llm 评测；请先设置 LLM_BASE_URL 和 LLM_MODEL。")
    day = as_of.date() if as_of else DAY
    about = provenance(assistant, chosen, day, mode, shell.config())
    with progress_in(output, fingerprint(about)) as kept, progress(chosen, "提问") as bar:
        if kept.answered:
            click.echo(f"接着上次中断的评测：已有 {len(kept.answered)} 条答复。", err=True)
        done = run_cases(chosen, assistant, about, day, split=split, mode=mode, progress=kept, each=lambda _: bar)
    comparison = compare(done.scores, earlier) if earlier is not None else None
    values = done.as_json() | ({"baseline": comparison.as_json()} if comparison is not None else {})
    try:
        verdicts = judge(thresholds, values)
    except GateError:
        # What was asked is not lost for a threshold that names nothing.
        if output is not None:
            finish(output, _files(ReportData(done, comparison), values))
        raise
    if verdicts:
        values["gate"] = [verdict.as_json() for verdict in verdicts]
    if output is not None:
        finish(output, _files(ReportData(done, comparison, verdicts), values))
    if ragas is not None:
        write_whole(ragas, render_ragas(done))
    if as_json:
        print_json(values)
    else:
        click.echo(table([HEADINGS, *metric_rows(done.scores)]))
    _say(done.scores, failures(done.scores), done.drafts, output)
    for line in _caveats(done):
        click.echo(printable(line), err=True)
    if comparison is not None and baseline is not None:
        for name, (then, now) in differing(settings_of(baseline), about).items():
            click.echo(printable(f"注意：上次的{name}是 {then}，这次是 {now}，变化可能由此而来。"), err=True)
        both = f"两次都有的 {comparison.both} 条里，" if comparison.both else "没有一条两次都有，无从比较："
        click.echo(f"与上次相比：{both}变好 {len(comparison.better)} 条，变差 {len(comparison.worse)} 条。", err=True)
        for each in comparison.worse:
            click.echo(printable(f"  变差 {each.now.case.id}：{each.now.case.question}"), err=True)
    for verdict in verdicts:
        click.echo(printable(str(verdict)), err=True)
    if not all(verdict.met for verdict in verdicts):
        click.get_current_context().exit(GATE_NOT_MET)


def _caveats(done: Any) -> list[str]:
    """What a reader of the figures must know first."""
    said = []
    if done.unknown:
        said.append(
            f"注意：{len(done.unknown)} 条用例写明的条款语料里没有（如 {done.unknown[0]}），这些题的引用不可能对；"
            "请检查 --corpus 和用例，eval check 会逐条指出。"
        )
    if done.fallbacks:
        said.append(f"注意：{done.fallbacks} 条没有采用语言模型的答复，用的是摘取的原文。")
    return said


def _files(data: Any, values: Any) -> dict[str, str]:
    """Everything that a run leaves in its folder."""
    from evals.report.junit import render_junit
    from evals.report.markdown import render_markdown
    from evals.report.page import render_page
    from evals.run import result_json
    from evals.store import RESULTS, SUMMARY

    return {
        RESULTS: "".join(json.dumps(result_json(each), ensure_ascii=False) + "\n" for each in data.run.scores),
        SUMMARY: json.dumps(values, ensure_ascii=False, indent=2) + "\n",
        "report.md": render_markdown(data),
        "report.html": render_page(data),
        "junit.xml": render_junit(data),
    }


def _say(scores: Any, wrong: Any, drafts: int, output: Path | None) -> None:
    where = f"，每条的问答和依据见 {output / 'report.html'}" if output else "；加 --output 文件夹 可得逐条报告"
    waiting = f"另有 {drafts} 条草稿还没有人确认，没有计入。" if drafts else ""
    click.echo(printable(f"{len(scores)} 条用例，{len(wrong)} 条不正确{where}。{waiting}"), err=True)
