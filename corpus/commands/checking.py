"""``corpus check``: what was repaired and left out, and whether anything was lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from corpus.commands.shell import GATE_NOT_MET, json_option, print_json
from corpus.commands.words import changes_in_words, quoted
from corpus.model import Instrument, Level, Span
from corpus.table import printable

if TYPE_CHECKING:
    from corpus.document import DocumentReading


@click.command(
    help="检查读得是否完整：每个字都在条款里，或者说明了为什么略去。\n\n有字既不在条款里也没有略去时退出码为 4。"
)
@json_option
@click.pass_context
def check(ctx: click.Context, as_json: bool) -> None:
    """Say what was repaired and left out, and whether anything was lost."""
    from corpus.library import readings

    checked, lost = [], 0
    for reading in readings(ctx.obj.corpus):
        missing = tuple(unplaced(reading))
        lost += sum(len(span) for span in missing)
        if as_json:
            checked.append(check_json(reading))
        else:
            click.echo(printable("\n".join(_report(reading, missing))))
    if as_json:
        print_json({"documents": checked})
    if lost:
        click.echo(f"有 {lost} 个字既不在条款里，也没有略去。", err=True)
        ctx.exit(GATE_NOT_MET)


def check_json(reading: DocumentReading) -> dict[str, Any]:
    """What was read of a document, as the contract writes it, with what was ``unplaced``."""
    document = reading.document
    counted = [counts_of(instrument) for instrument in reading.instruments]
    return {
        "file": document.file,
        "articles": sum(counts["articles"] for counts in counted),
        "clauses": len(reading.clauses),
        "characters": len(document.text),
        "left_out": [
            {"start": each.span.start, "end": each.span.end, "reason": each.reason} for each in document.left_out
        ],
        "repairs": [
            {"at": repair.at, "before": repair.before, "after": repair.after, "reason": repair.reason}
            for repair in document.repairs
        ],
        "warnings": list(document.warnings),
        "unplaced": [{"start": span.start, "end": span.end} for span in unplaced(reading)],
        "instruments": [
            {
                "id": instrument.id,
                "number": str(instrument.number) if instrument.number else None,
                "title": instrument.title,
                "scheme": instrument.scheme.value,
                **counts,
            }
            for instrument, counts in zip(reading.instruments, counted, strict=True)
        ],
    }


def unplaced(reading: DocumentReading) -> Iterator[Span]:
    """The spans of a document that are in no provision's own text and not left out; there should be none."""
    document = reading.document
    placed = [each.span for each in document.left_out]
    placed += (provision.own for instrument in reading.instruments for provision in instrument.walk())
    reached = 0
    for span in sorted(placed):
        if span.start > reached:
            yield Span(reached, span.start)
        reached = max(reached, span.end)
    if reached < len(document.text):
        yield Span(reached, len(document.text))


def counts_of(instrument: Instrument) -> dict[str, int]:
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


def _report(reading: DocumentReading, lost: Sequence[Span]) -> Iterator[str]:
    facts, document = check_json(reading), reading.document
    counts = f"{facts['characters']} 字，{len(facts['instruments'])} 个文件，{facts['clauses']} 个条款单元"
    yield f"{document.file}：{counts}"
    for instrument in facts["instruments"]:
        yield f"  {instrument['number'] or '（无文号）'} 《{instrument['title']}》 {instrument['provisions']} 条款"
    yield from (f"  {line}" for line in changes_in_words(document))
    for span in lost:
        yield f"  遗漏 {len(span)} 字，第 {span.start}—{span.end} 字：{quoted(span.of(document.text))}"
