"""``eval run``: ask all cases, score, write reports, compare, gate."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.table import printable, table
from evals.commands.shell import Shell, json_option, print_json, progress

if TYPE_CHECKING:
    from assistant.answer import Mode


@click.command(
    help="用一个用例文件（或文件夹里的全部 .jsonl）提问并评分。\n\n用例怎么写见 evals/README.md。",
    epilog="\n例：\n  policy-assistant eval run evals/cases --split dev --output 评测结果",
)
@click.argument("cases", metavar="用例", type=click.Path(path_type=Path, exists=True), help="用例文件或文件夹。")
@click.option(
    "--output",
    type=Path,
    metavar="文件夹",
    help="逐题结果 results.jsonl、汇总 summary.json、报告 report.md 写到这里；不给就只显示总表。",
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
@json_option
@click.pass_obj
def run(
    shell: Shell, cases: Path, output: Path | None, as_of: datetime | None, split: str | None, mode: Mode, as_json: bool
) -> None:
    """Ask all cases, score, and say how it went."""
    from evals.cases import read_cases
    from evals.report import HEADINGS, failures, metric_rows, render_report
    from evals.run import DAY, run_cases, write_run

    chosen = read_cases(cases, split)
    assistant = shell.assistant()
    with progress(chosen, "提问") as bar:
        done = run_cases(chosen, assistant, as_of.date() if as_of else DAY, split=split, mode=mode, each=lambda _: bar)
    if output is not None:
        write_run(done, output, render_report(done))
    if as_json:
        print_json(done.as_json())
        return
    click.echo(table([HEADINGS, *metric_rows(done.scores)]))
    wrong = len(failures(done.scores))
    where = f"，每条的问答和依据见 {output / 'report.md'}" if output else "；加 --output 文件夹 可得逐条报告"
    click.echo(printable(f"{len(done.scores)} 条用例，{wrong} 条不正确{where}。"), err=True)
