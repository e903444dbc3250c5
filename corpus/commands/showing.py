"""``corpus show``: one instrument as a tree, with its facts."""

from __future__ import annotations

import difflib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from corpus.commands.listing import instrument_json
from corpus.commands.shell import NOTHING_FOUND, json_option, print_json, read
from corpus.commands.words import KIND, fact_in_words, shortened, validity_in_words
from corpus.model import Instrument, Provision
from corpus.table import printable

if TYPE_CHECKING:
    from corpus.facts.rows import FactRow
    from corpus.library import Library


@click.command(
    help="以树的形式显示一个文件：条款号、标题、开头的文字，和每一条里的事实。\n\n没有这个文件时退出码为 3。"
)
@click.argument("identifier", metavar="编号", help="文件的编号，或只属于一个文件的文号。")
@json_option
@click.pass_context
def show(ctx: click.Context, identifier: str, as_json: bool) -> None:
    """Show one instrument as a tree with its facts."""
    library = read(ctx.obj)
    instrument = _find(library, identifier)
    if instrument is None:
        close = difflib.get_close_matches(identifier, list(library.instrument), n=3, cutoff=0.4)
        hint = f"是不是 {' 或 '.join(close)}？" if close else "全部编号见 policy-assistant corpus list。"
        click.echo(printable(f"没有编号为 {identifier} 的文件。{hint}"), err=True)
        ctx.exit(NOTHING_FOUND)
    if as_json:
        print_json(tree_json(library, instrument, ctx.obj.today))
        return
    click.echo(printable("\n".join(_tree(library, instrument, ctx.obj.today))))


def tree_json(library: Library, instrument: Instrument, on: date) -> dict[str, Any]:
    """An instrument with its provisions: address, printed path, heading, own text and facts of each."""
    facts = _facts(library, instrument)
    text = library.document[instrument.document_id].text

    def node(provision: Provision) -> dict[str, Any]:
        return {
            "address": str(provision.path),
            "level": provision.level.value,
            "path": list(provision.path.labels),
            "label": provision.label,
            "heading": provision.heading,
            "text": provision.own.of(text).strip(),
            "facts": [asdict(row) for row in facts.get(str(provision.path), ())],
            "children": [node(child) for child in provision.children],
        }

    return {
        **instrument_json(instrument, on),
        "scheme": instrument.scheme.value,
        "provisions": [node(provision) for provision in instrument.provisions],
    }


def _facts(library: Library, instrument: Instrument) -> dict[str, list[FactRow]]:
    """The facts of an instrument by the address of the clause that states them."""
    from corpus.facts.rows import fact_rows

    clauses = tuple(library.of_instrument(instrument.id))
    starts = [clause.span.start for clause in clauses]
    facts: dict[str, list[FactRow]] = {}
    for row in fact_rows(instrument, clauses):
        clause = clauses[max(bisect_right(starts, int(row.start)) - 1, 0)] if row.start else clauses[0]
        facts.setdefault(str(clause.path), []).append(row)
    return facts


def _find(library: Library, identifier: str) -> Instrument | None:
    """The instrument with an id, or the only one with a document number."""
    if identifier in library.instrument:
        return library.instrument[identifier]
    numbered = [i for i in library.instruments if str(i.number) == identifier]
    return numbered[0] if len(numbered) == 1 else None


def _tree(library: Library, instrument: Instrument, on: date) -> Iterator[str]:
    text = library.document[instrument.document_id].text
    yield f"《{instrument.title}》"
    head = (instrument.number, instrument.issuer, instrument.city, instrument.date, KIND[instrument.kind])
    yield " · ".join(str(each) for each in head if each)
    yield f"效力：{validity_in_words(instrument.validity, on)}"
    facts = _facts(library, instrument)

    def below(provisions: Sequence[Provision], depth: int) -> Iterator[str]:
        for provision in provisions:
            words = " ".join(provision.own.of(text).split())
            name = f"{provision.label} " if not words.startswith(provision.label) else ""
            yield f"{'  ' * depth}{name}{shortened(words)}".rstrip()
            yield from (f"{'  ' * depth}  · {fact_in_words(row)}" for row in facts.get(str(provision.path), ()))
            yield from below(provision.children, depth + 1)

    yield from below(instrument.provisions, 0)
