"""``corpus facts``: the facts that the documents state, one a row."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from corpus.commands.shell import Shell, json_option
from corpus.commands.words import FACT, fact_in_words, shortened
from corpus.table import printable

if TYPE_CHECKING:
    from corpus.facts.rows import FactRow


@click.command(
    help="列出全部事实：金额、数量、期限、效力、单位、引用、关系、惠企事项，一行一个，并注明在哪一条。\n\n"
    "文件一份一份地读，边读边列。--csv 便于用表格软件核对，--json 一行一个对象。",
    epilog="\n例：\n  policy-assistant corpus facts --csv > 事实.csv",
)
@click.option("--csv", "as_csv", is_flag=True, help="输出 CSV（带表头，UTF-8）。")
@json_option
@click.option("--kind", type=click.Choice(list(FACT)), metavar="种类", help=f"只列这一种：{'、'.join(FACT)}。")
@click.pass_obj
def facts(shell: Shell, as_csv: bool, as_json: bool, kind: str | None) -> None:
    """List the facts of the corpus, reading one document at a time."""
    from corpus.facts.rows import COLUMNS

    rows = (row for row in _rows(shell) if kind in (None, row.kind))
    if as_csv:
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
    elif as_json:
        for row in rows:
            click.echo(json.dumps(asdict(row), ensure_ascii=False))
    else:
        _show(rows)


def _rows(shell: Shell) -> Iterator[FactRow]:
    from corpus.facts.rows import fact_rows
    from corpus.library import readings

    for reading in readings(shell.corpus):
        for instrument in reading.instruments:
            yield from fact_rows(instrument, [c for c in reading.clauses if c.instrument_id == instrument.id])


def _show(rows: Iterator[FactRow]) -> None:
    """The rows for a person: the title of each instrument, the path of each clause, a fact a line."""
    instrument = path = None
    count = 0
    for row in rows:
        if row.instrument != instrument:
            instrument, path = row.instrument, None
            click.echo(printable(f"《{row.title}》 {row.document_number}".rstrip()))
        if row.path != path:
            path = row.path
            click.echo(printable(f"  {shortened(path)}"))
        click.echo(printable(f"    {fact_in_words(row)}"))
        count += 1
    click.echo(f"共 {count} 个事实。", err=True)
