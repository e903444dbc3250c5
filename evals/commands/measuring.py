"""``eval facts`` and ``eval retrieval``: the rooms below the assistant, measured by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import click

from corpus.table import printable, table
from evals.commands.shell import Shell, json_option, print_json, progress

_T = TypeVar("_T")


@click.command(
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
        print_json(found.as_json())
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


@click.command(
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
    help="另一个同样格式的文件夹，其中有判断的问题作为已确认的配对，与答案所在的文档一起建立索引。",
)
@json_option
@click.pass_obj
def retrieval(shell: Shell, folder: Path, split: str | None, confirmed: Path | None, as_json: bool) -> None:
    """Index a benchmark folder, ask its questions and measure the rankings."""
    from evals.beir import read_benchmark
    from evals.retrieval import score_retrieval

    benchmark = read_benchmark(folder, split)
    pairs = read_benchmark(confirmed) if confirmed else None
    if pairs is not None:
        click.echo(f"读到 {len(pairs.judged)} 个已确认的问题，与答案所在的文档一起建立索引。", err=True)
    click.echo(f"正在为 {len(benchmark.documents)} 篇文档建立索引。", err=True)
    report = score_retrieval(benchmark, shell.embedding, each=_shown, confirmed=pairs, key=shell.embedding_key)
    if as_json:
        print_json(report.as_json())
        return
    rows = [("指标", "值"), *((name, f"{value:.3f}") for name, value in report.metrics.items())]
    rows += [("每题毫秒", f"{report.ms_per_query:.1f}"), ("建索引秒数", f"{report.build_s:.1f}")]
    rows += [("内存峰值 MB", f"{report.peak_mb:.0f}"), ("问题", str(report.queries)), ("文档", str(report.documents))]
    click.echo(table(rows))
    if report.left_out:
        click.echo(f"另有 {report.left_out} 个问题没有判断，未计入。", err=True)


def _shown(items: Iterable[_T]) -> Iterable[_T]:
    with progress(list(items), "检索") as bar:
        yield from bar
