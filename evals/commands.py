"""The evals room's commands: run, check, facts, retrieval."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

from corpus.table import printable, table

if TYPE_CHECKING:
    from assistant.answer import Mode
    from assistant.pipeline import Assistant

FAILED = 1
_T = TypeVar("_T")


class Shell(Protocol):
    """What these commands need of ``ctx.obj``."""

    @property
    def corpus(self) -> Path:
        """The corpus folder."""

    @property
    def embedding(self) -> str:
        """The embedding model: ``embedded``, a folder or a name."""

    @property
    def assistant(self) -> Callable[[], Assistant]:
        """The assembled assistant, over an index that is up to date."""


json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@click.group("eval", help="评测：用已知答案的问题检查答复，或检查检索。")
def eval_group() -> None:
    """Commands about evaluation."""


@eval_group.command(
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
    with _progress(chosen, "提问") as bar:
        done = run_cases(chosen, assistant, as_of.date() if as_of else DAY, split=split, mode=mode, each=lambda _: bar)
    if output is not None:
        write_run(done, output, render_report(done))
    if as_json:
        _print_json(done.as_json())
        return
    click.echo(table([HEADINGS, *metric_rows(done.scores)]))
    wrong = len(failures(done.scores))
    where = f"，每条的问答和依据见 {output / 'report.md'}" if output else "；加 --output 文件夹 可得逐条报告"
    click.echo(printable(f"{len(done.scores)} 条用例，{wrong} 条不正确{where}。"), err=True)


@eval_group.command(
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


@eval_group.command(
    help="拿读出来的事实（金额、期限、单位、引用……）与人工清单对照：各读全了多少、读准了多少。\n\n"
    "清单的写法见 evals/inventory/README.md；--corpus 指明清单所讲的文件在哪里。",
    epilog="\n例：\n  policy-assistant eval facts evals/inventory/bundled --list amount",
)
@click.argument(
    "folder", metavar="清单", type=click.Path(path_type=Path, exists=True, file_okay=False), help="清单文件夹。"
)
@click.option("--list", "listed", metavar="种类", help="逐条列出这一种里缺的和多的，如 amount、office。")
@json_option
@click.pass_obj
def facts(shell: Shell, folder: Path, listed: str | None, as_json: bool) -> None:
    """Hold the facts that are read against a hand-made inventory."""
    from corpus.facts.rows import FactRow, fact_rows
    from corpus.library import read_library
    from evals.errors import InventoryError
    from evals.facts import ATTRIBUTE_NAMES, KIND_NAMES, compare, read_inventory

    inventories = read_inventory(folder)
    library = read_library(shell.corpus)
    read: dict[str, list[FactRow]] = {}
    for instrument in library.instruments:
        for name in {instrument.id, instrument.document_id} & inventories.keys():
            read.setdefault(name, []).extend(fact_rows(instrument, tuple(library.of_instrument(instrument.id))))
    if lacking := [name for name in inventories if name not in read]:
        raise InventoryError(
            f"{shell.corpus} 里没有清单 {printable(lacking[0])} 所讲的文件；请用 --corpus 指明清单所讲的文件在哪里。"
        )
    found = compare(read, inventories)
    if as_json:
        _print_json(found.as_json())
        return
    for difference in found.differences:
        if difference.fact["kind"] == listed:
            click.echo(printable(str(difference)))
    rows = [("种类", "清单", "读出", "读全", "读准")]
    for kind, tally in found.tallies.items():
        shares = (_share(tally.recall), _share(tally.precision))
        rows.append((KIND_NAMES[kind], str(tally.wanted), str(tally.read), *shares))
    click.echo(table(rows))
    agreeing = [f"{ATTRIBUTE_NAMES[name]} {_share(ok / of)}" for name, (ok, of) in found.agreeing.items() if of]
    if agreeing:
        click.echo(f"金额的属性相符：{'，'.join(agreeing)}。")


def _share(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


@eval_group.command(
    help="在 BEIR 格式的文件夹（corpus.jsonl、queries.jsonl、qrels/*.tsv）上检查检索，用现在设置的向量模型。",
    epilog="\n例：\n  policy-assistant eval retrieval 某评测集 --split test --json",
)
@click.argument(
    "folder", metavar="文件夹", type=click.Path(path_type=Path, exists=True, file_okay=False), help="评测集。"
)
@click.option("--split", metavar="名称", help="只用 qrels/名称.tsv 的判断；默认用全部。")
@click.option(
    "--confirmed",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="文件夹",
    help="另一个同样格式的文件夹，其中有判断的问题作为已确认的配对；检索目前还不会用它们，结果中会写明。",
)
@json_option
@click.pass_obj
def retrieval(shell: Shell, folder: Path, split: str | None, confirmed: Path | None, as_json: bool) -> None:
    """Index a benchmark folder, ask its questions and measure the rankings."""
    from evals.beir import read_benchmark
    from evals.retrieval import score_retrieval

    benchmark = read_benchmark(folder, split)
    pairs = len(read_benchmark(confirmed).judged) if confirmed else None
    if pairs is not None:
        click.echo(f"读到 {pairs} 个已确认的问题；检索目前还不会利用它们，以下结果没有用到。", err=True)
    click.echo(f"正在为 {len(benchmark.documents)} 篇文档建立索引。", err=True)
    report = score_retrieval(benchmark, shell.embedding, each=_shown, confirmed=pairs)
    if as_json:
        _print_json(report.as_json())
        return
    rows = [("指标", "值"), *((name, f"{value:.3f}") for name, value in report.metrics.items())]
    rows += [("每题毫秒", f"{report.ms_per_query:.1f}"), ("建索引秒数", f"{report.build_s:.1f}")]
    rows += [("内存峰值 MB", f"{report.peak_mb:.0f}"), ("问题", str(report.queries)), ("文档", str(report.documents))]
    click.echo(table(rows))
    if report.left_out:
        click.echo(f"另有 {report.left_out} 个问题没有判断，未计入。", err=True)


def _shown(items: Iterable[_T]) -> Iterable[_T]:
    with _progress(list(items), "检索") as bar:
        yield from bar


def _progress(items: Iterable[_T], label: str) -> AbstractContextManager[Iterable[_T]]:
    """The items with a bar on stderr, on a terminal only."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
