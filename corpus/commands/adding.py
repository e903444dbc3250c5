"""``corpus add``: a file into the corpus, with what was understood of it."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.commands.checking import check_json, unplaced
from corpus.commands.listing import instrument_json
from corpus.commands.options import City, Day, Identifier, Words
from corpus.commands.shell import Shell, json_option, print_json
from corpus.commands.words import KIND, SCHEME, changes_in_words, quoted, validity_in_words
from corpus.table import printable

if TYPE_CHECKING:
    from corpus.model import Instrument
    from corpus.upkeep.adding import Addition


@click.command(
    help="把一个文件加入语料：先说明读出了什么，再存入 documents 并列入 manifest.toml。\n\n"
    "文件自己写明的不用给出；选项只用于它没有写明的。内容相同或文号相同的文件不会再加。"
    "读不出来或没有添加时退出码为 1。",
    epilog="\n例：\n  policy-assistant corpus add 意见.txt --corpus 我的语料 --dry-run\n"
    "  policy-assistant corpus add 意见.txt --corpus 我的语料 --city 甲市",
)
@click.argument("file", metavar="文件", type=Words(), help="要添加的文件，原样复制，不会改动。")
@click.option("--city", type=City(), metavar="城市", help="哪个市的文件，“市”字可省。")
@click.option("--publisher", type=Words(), metavar="单位", help="发布单位。")
@click.option("--source", type=Words(), metavar="来源", help="网址或别的来源。")
@click.option("--published-on", type=Day(), metavar="日期", help="公开的日期，如 2024-03-15。")
@click.option("--title", type=Words(), metavar="标题", help="文件没有印标题时拟一个。")
@click.option("--date", "dated", type=Day(), metavar="日期", help="文件没有写明时的成文日期。")
@click.option("--id", "identifier", type=Identifier(), metavar="编号", help="编号，默认用文件名。")
@click.option("--note", type=Words(), metavar="说明", help="给维护人员看的说明。")
@click.option("--force", is_flag=True, help="语料里已有同一文号的文件时也添加。")
@click.option("--dry-run", is_flag=True, help="只看读出了什么，不作任何改动。")
@json_option
@click.pass_obj
def add(
    shell: Shell,
    file: str,
    city: str | None,
    publisher: str | None,
    source: str | None,
    published_on: date | None,
    title: str | None,
    dated: date | None,
    identifier: str | None,
    note: str | None,
    force: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add a file, or say what adding it would come to."""
    from corpus.upkeep.adding import Stated, add_document, plan_addition

    stated = Stated(
        id=identifier or "",
        city=city or "",
        publisher=publisher or "",
        published_on=published_on,
        source=source or "",
        note=note or "",
        title=title or "",
        dated=dated,
    )
    act = plan_addition if dry_run else partial(add_document, tell=partial(click.echo, err=True))
    addition = act(shell.corpus, Path(file), stated, force=force)
    if as_json:
        print_json(addition_json(addition, shell.today, added=not dry_run))
        return
    click.echo(printable("\n".join(_report(addition, shell.today))))
    if dry_run:
        click.echo(printable(f"这是试读，没有改动；添加后编号为 {addition.entry['id']}，存为 {addition.path}。"))
        return
    where = "" if addition.stored else "文件原来就在那里，没有列入清单；"
    click.echo(printable(f"{where}已列入 manifest.toml：编号 {addition.entry['id']}，{addition.path}。"))
    corpus = shlex.quote(str(shell.corpus))
    click.echo(
        printable(f"索引在下次使用时自动更新；马上更新：policy-assistant index build --corpus {corpus}"), err=True
    )


def addition_json(addition: Addition, on: date, *, added: bool) -> dict[str, Any]:
    """What was understood of a file, as ``corpus check`` and ``corpus list`` write it, and what is now stored of it."""
    from corpus.model import SourceDocument

    document: SourceDocument = addition.reading.document
    checked = check_json(addition.reading)
    listed = {each.id: instrument_json(each, on) for each in addition.reading.instruments}
    instruments = [listed[each["id"]] | each for each in checked["instruments"]]
    return {
        "added": added,
        "id": document.id,
        "path": str(addition.path),
        "sha256": document.sha256,
        "entry": _plain(addition.entry),
        **checked,
        "warnings": [*checked["warnings"], *addition.remarks],
        "instruments": instruments,
    }


def _plain(value: Any) -> Any:
    """A manifest entry with its dates as text."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value


def _report(addition: Addition, on: date) -> Iterator[str]:
    reading = addition.reading
    checked = check_json(reading)
    yield f"{reading.document.file}：{len(reading.document.text)} 字，{len(reading.instruments)} 个文件"
    for instrument, counts in zip(reading.instruments, checked["instruments"], strict=True):
        clauses = sum(clause.instrument_id == instrument.id for clause in reading.clauses)
        yield from (f"  {line}".rstrip() for line in _facts(instrument, counts, clauses, on))
    yield from changes_in_words(reading.document)
    yield from (f"注意：{remark}" for remark in addition.remarks)
    for span in unplaced(reading):
        yield f"遗漏 {len(span)} 字，第 {span.start}—{span.end} 字：{quoted(span.of(reading.document.text))}"


def _facts(instrument: Instrument, counts: dict[str, Any], clauses: int, on: date) -> Iterator[str]:
    yield f"《{instrument.title}》"
    yield f"  文号      {instrument.number or '—'}"
    yield f"  发文机关  {instrument.issuer or '—'}"
    yield f"  日期      {instrument.date or '—'}"
    yield f"  城市      {instrument.city or '—'}"
    yield f"  类型      {KIND[instrument.kind]}"
    parts = (("parts", "编"), ("chapters", "章"), ("sections", "节"), ("articles", "条"))
    by_level = "".join(f"{counts[key]} {unit}，" for key, unit in parts if counts[key])
    yield f"  结构      {SCHEME[instrument.scheme]}，{by_level}{counts['provisions']} 个条款，{clauses} 个条款单元"
    basis = f"（依据：{quoted(instrument.validity.basis)}）" if instrument.validity.basis else ""
    yield f"  效力      {validity_in_words(instrument.validity, on)}{basis}"
