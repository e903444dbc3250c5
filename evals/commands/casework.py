"""The commands about cases themselves: check."""

from __future__ import annotations

from pathlib import Path

import click

from corpus.table import printable
from evals.commands.shell import FAILED


@click.command(
    help="检查用例写得对不对：格式、依据是否在文件里、条款是否存在、同一条款是否跨了两个部分。\n\n"
    "有不对的退出码为 1，每处一行，写明文件和行号。"
)
@click.argument("cases", metavar="用例", type=click.Path(path_type=Path, exists=True), help="用例文件或文件夹。")
@click.pass_context
def check(ctx: click.Context, cases: Path) -> None:
    """Compare cases with the documents."""
    from corpus.library import read_library
    from evals.cases import read_cases
    from evals.check import check_cases

    chosen = read_cases(cases)
    problems = check_cases(chosen, read_library(ctx.obj.corpus))
    for problem in problems:
        click.echo(printable(problem))
    click.echo(f"{len(chosen)} 条用例，{len(problems)} 处不对。", err=True)
    if problems:
        ctx.exit(FAILED)
