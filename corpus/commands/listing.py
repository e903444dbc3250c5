"""``corpus list``: every instrument on a line."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from corpus.commands.shell import Shell, json_option, print_json, read
from corpus.commands.words import KIND, validity_in_words
from corpus.model import Instrument
from corpus.table import printable, table


@click.command("list", help="列出全部文件：编号、文号、城市、日期、类型、效力、标题。")
@json_option
@click.pass_obj
def list_(shell: Shell, as_json: bool) -> None:
    """List the instruments."""
    library = read(shell)
    if as_json:
        print_json([instrument_json(instrument, shell.today) for instrument in library.instruments])
        return
    rows = [("编号", "文号", "城市", "日期", "类型", "效力", "标题")]
    for instrument in library.instruments:
        number, day = str(instrument.number or "—"), str(instrument.date or "—")
        status = validity_in_words(instrument.validity, shell.today)
        kind = KIND[instrument.kind]
        rows.append((instrument.id, number, instrument.city or "—", day, kind, status, instrument.title))
    click.echo(printable(table(rows)))
    click.echo(f"共 {len(library.instruments)} 个文件，{len(library.clauses)} 个条款单元。", err=True)


def instrument_json(instrument: Instrument, on: date) -> dict[str, Any]:
    """An instrument as lists show it, with its validity on a day."""
    validity = instrument.validity
    return {
        "id": instrument.id,
        "document_number": str(instrument.number) if instrument.number else None,
        "title": instrument.title,
        "city": instrument.city or None,
        "kind": instrument.kind.value,
        "issuer": instrument.issuer or None,
        "date": instrument.date.isoformat() if instrument.date else None,
        "validity": {
            "status": validity.status(on).value,
            "effective_on": validity.effective_on.isoformat() if validity.effective_on else None,
            "expires_on": validity.expires_on.isoformat() if validity.expires_on else None,
            "basis": validity.basis,
            "basis_clause_id": validity.basis_clause_id,
        },
    }
