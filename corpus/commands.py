"""The corpus room's commands: list, show, check. ``ctx.obj.corpus`` is the folder, ``ctx.obj.today`` the day."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

from corpus.model import Instrument, Kind, Level, Provision, SourceDocument, Span, Validity, ValidityStatus
from corpus.table import printable, table

if TYPE_CHECKING:
    from corpus.library import Library

NOTHING_FOUND, GATE_NOT_MET = 3, 4

#: How much of a provision's text a tree shows.
_BEGINNING = 40

_KIND = {
    Kind.STATUTE: "法律法规",
    Kind.NORMATIVE: "规范性文件",
    Kind.PLAN: "方案规划",
    Kind.NOTICE: "通知",
    Kind.PRESS: "新闻发布",
    Kind.OTHER: "其他",
}
_STATUS = {
    ValidityStatus.NOT_YET: "尚未施行",
    ValidityStatus.IN_FORCE: "有效",
    ValidityStatus.EXPIRED: "已过期",
    ValidityStatus.REPEALED: "已废止",
    ValidityStatus.UNKNOWN: "未写明",
}


class Shell(Protocol):
    """What these commands need of ``ctx.obj``."""

    @property
    def corpus(self) -> Path:
        """The corpus folder."""

    @property
    def today(self) -> date:
        """The day on which validity is shown."""


json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@click.group(help="查看语料：有哪些文件、结构如何、读得是否完整。")
def corpus() -> None:
    """Commands about the corpus."""


@corpus.command("list", help="列出全部文件：编号、文号、城市、日期、类型、效力、标题。")
@json_option
@click.pass_obj
def list_(shell: Shell, as_json: bool) -> None:
    """List the instruments."""
    library = _read(shell)
    if as_json:
        _print_json([instrument_json(instrument, shell.today) for instrument in library.instruments])
        return
    rows = [("编号", "文号", "城市", "日期", "类型", "效力", "标题")]
    for instrument in library.instruments:
        number, day = str(instrument.number or "—"), str(instrument.date or "—")
        status = _validity_in_words(instrument.validity, shell.today)
        kind = _KIND[instrument.kind]
        rows.append((instrument.id, number, instrument.city or "—", day, kind, status, instrument.title))
    click.echo(printable(table(rows)))
    click.echo(f"共 {len(library.instruments)} 个文件，{len(library.clauses)} 个条款单元。", err=True)


@corpus.command(help="以树的形式显示一个文件：条款号、标题和开头的文字。\n\n没有这个文件时退出码为 3。")
@click.argument("identifier", metavar="编号", help="文件的编号，或只属于一个文件的文号。")
@json_option
@click.pass_context
def show(ctx: click.Context, identifier: str, as_json: bool) -> None:
    """Show one instrument as a tree."""
    library = _read(ctx.obj)
    instrument = _find(library, identifier)
    if instrument is None:
        close = difflib.get_close_matches(identifier, list(library.instrument), n=3, cutoff=0.4)
        hint = f"是不是 {' 或 '.join(close)}？" if close else "全部编号见 policy-assistant corpus list。"
        click.echo(printable(f"没有编号为 {identifier} 的文件。{hint}"), err=True)
        ctx.exit(NOTHING_FOUND)
    if as_json:
        _print_json(tree_json(library, instrument, ctx.obj.today))
        return
    click.echo(printable("\n".join(_tree(library, instrument, ctx.obj.today))))


@corpus.command(
    help="检查读得是否完整：每个字都在条款里，或者说明了为什么略去。\n\n有字既不在条款里也没有略去时退出码为 4。"
)
@json_option
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Say what was repaired and left out, and whether anything was lost."""
    library = _read(ctx.obj)
    lost = {document.id: tuple(unplaced(library, document)) for document in library.documents}
    if as_json:
        _print_json({"documents": [check_json(library, document) for document in library.documents]})
    else:
        for document in library.documents:
            click.echo(printable("\n".join(_report(library, document, lost[document.id]))))
    if any(lost.values()):
        count = sum(len(span) for spans in lost.values() for span in spans)
        click.echo(f"有 {count} 个字既不在条款里，也没有略去。", err=True)
        ctx.exit(GATE_NOT_MET)


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


def tree_json(library: Library, instrument: Instrument, on: date) -> dict[str, Any]:
    """An instrument with its provisions: address, printed path, heading and own text of each."""
    text = library.document[instrument.document_id].text

    def node(provision: Provision) -> dict[str, Any]:
        return {
            "address": str(provision.path),
            "level": provision.level.value,
            "path": list(provision.path.labels),
            "label": provision.label,
            "heading": provision.heading,
            "text": provision.own.of(text).strip(),
            "children": [node(child) for child in provision.children],
        }

    return {
        **instrument_json(instrument, on),
        "scheme": instrument.scheme.value,
        "provisions": [node(provision) for provision in instrument.provisions],
    }


def check_json(library: Library, document: SourceDocument) -> dict[str, Any]:
    """What was read of a document, as the contract writes it, with what was ``unplaced``."""
    instruments = [i for i in library.instruments if i.document_id == document.id]
    ids = {instrument.id for instrument in instruments}
    counted = [_counts(instrument) for instrument in instruments]
    return {
        "file": document.file,
        "articles": sum(counts["articles"] for counts in counted),
        "clauses": sum(clause.instrument_id in ids for clause in library.clauses),
        "characters": len(document.text),
        "left_out": [
            {"start": each.span.start, "end": each.span.end, "reason": each.reason} for each in document.left_out
        ],
        "repairs": [
            {"at": repair.at, "before": repair.before, "after": repair.after, "reason": repair.reason}
            for repair in document.repairs
        ],
        "warnings": list(document.warnings),
        "unplaced": [{"start": span.start, "end": span.end} for span in unplaced(library, document)],
        "instruments": [
            {
                "id": instrument.id,
                "number": str(instrument.number) if instrument.number else None,
                "title": instrument.title,
                "scheme": instrument.scheme.value,
                **counts,
            }
            for instrument, counts in zip(instruments, counted, strict=True)
        ],
    }


def unplaced(library: Library, document: SourceDocument) -> Iterator[Span]:
    """The spans of a document that are in no provision's own text and not left out; there should be none."""
    placed = [each.span for each in document.left_out]
    for instrument in library.instruments:
        if instrument.document_id == document.id:
            placed += [provision.own for provision in instrument.walk()]
    reached = 0
    for span in sorted(placed):
        if span.start > reached:
            yield Span(reached, span.start)
        reached = max(reached, span.end)
    if reached < len(document.text):
        yield Span(reached, len(document.text))


def _read(shell: Shell) -> Library:
    from corpus.library import read_library

    return read_library(shell.corpus)


def _print_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _find(library: Library, identifier: str) -> Instrument | None:
    """The instrument with an id, or the only one with a document number."""
    if identifier in library.instrument:
        return library.instrument[identifier]
    numbered = [i for i in library.instruments if str(i.number) == identifier]
    return numbered[0] if len(numbered) == 1 else None


def _counts(instrument: Instrument) -> dict[str, int]:
    """How many provisions there are of each level; ``items`` are 项 and 目."""
    levels = Counter(provision.level for provision in instrument.walk())
    return {
        "parts": levels[Level.PART],
        "chapters": levels[Level.CHAPTER],
        "sections": levels[Level.SECTION],
        "articles": levels[Level.ARTICLE],
        "paragraphs": levels[Level.PARAGRAPH],
        "items": levels[Level.SUBPARAGRAPH] + levels[Level.ITEM],
        "provisions": levels.total(),
    }


def _validity_in_words(validity: Validity, on: date) -> str:
    until = f"，至 {validity.expires_on}" if validity.expires_on else ""
    return f"{_STATUS[validity.status(on)]}{until}"


def _tree(library: Library, instrument: Instrument, on: date) -> Iterator[str]:
    text = library.document[instrument.document_id].text
    yield f"《{instrument.title}》"
    facts = (instrument.number, instrument.issuer, instrument.city, instrument.date, _KIND[instrument.kind])
    yield " · ".join(str(fact) for fact in facts if fact)
    yield f"效力：{_validity_in_words(instrument.validity, on)}"

    def below(provisions: Sequence[Provision], depth: int) -> Iterator[str]:
        for provision in provisions:
            words = " ".join(provision.own.of(text).split())
            name = f"{provision.label} " if not words.startswith(provision.label) else ""
            shown = words if len(words) <= _BEGINNING else f"{words[:_BEGINNING]}…"
            yield f"{'  ' * depth}{name}{shown}".rstrip()
            yield from below(provision.children, depth + 1)

    yield from below(instrument.provisions, 0)


def _report(library: Library, document: SourceDocument, lost: Sequence[Span]) -> Iterator[str]:
    facts = check_json(library, document)
    counts = f"{facts['characters']} 字，{len(facts['instruments'])} 个文件，{facts['clauses']} 个条款单元"
    yield f"{document.file}：{counts}"
    for instrument in facts["instruments"]:
        yield f"  {instrument['number'] or '（无文号）'} 《{instrument['title']}》 {instrument['provisions']} 条款"
    for warning in document.warnings:
        yield f"  注意：{warning}"
    repairs = Counter(repair.reason for repair in document.repairs)
    for reason, count in repairs.most_common():
        example = next(repair for repair in document.repairs if repair.reason == reason)
        yield f"  修复 {count} 处：{reason}，如 {_shown(example.before)} → {_shown(example.after)}"
    for left_out in document.left_out:
        yield f"  略去 {len(left_out.span)} 字：{left_out.reason}：{_shown(left_out.span.of(document.text))}"
    for span in lost:
        yield f"  遗漏 {len(span)} 字，第 {span.start}—{span.end} 字：{_shown(span.of(document.text))}"


def _shown(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= _BEGINNING else words[:_BEGINNING] + '…'}”"
