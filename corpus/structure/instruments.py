"""Canonical text → the instruments in it, each with its lines, before their structure is read.

A file may hold several: each number that stands alone on a line begins a document (a number inside a
sentence is a reference). A covering notice belongs to the instrument that it issues; of a bundle each
issued text is an instrument. What is neither (mastheads, navigation, page footers) is left out with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from corpus.model import DocumentNumber, LeftOut, Span
from corpus.structure.lines import Line, lines_of, squeeze
from corpus.structure.signatures import closing_signature, day_in_head, first_signature, is_marked
from corpus.structure.titles import (
    is_page_header,
    issued_titles,
    looks_like_addressees,
    looks_like_title,
    names_offices,
    number_of_line,
    own_title,
    republished,
)


@dataclass(frozen=True, slots=True)
class InstrumentText:
    """The words of one instrument: those of its covering notice, and its own.

    ``span`` covers both; a bundle's covering notice stands with the first of the bundle.
    """

    number: DocumentNumber | None
    title: str
    issuer: str
    date: date | None
    cover: tuple[Line, ...]
    body: tuple[Line, ...]
    span: Span
    bundled: bool = False


@dataclass(frozen=True, slots=True)
class Segmentation:
    """The instruments of a document in reading order, and what belongs to none."""

    instruments: tuple[InstrumentText, ...]
    left_out: tuple[LeftOut, ...]


_FOOTER = re.compile(
    r"扫一扫|主办单位|承办单位|版权所有|技术支持|网站标识码|网站备案|.{0,4}ICP备|.{0,4}公网安备|打印本页|关闭窗口|"
    r"责任编辑:|上一篇|下一篇|相关(?:链接|阅读|文章|解读)|下载附件|附件下载|文档附件|分享(?:到|:)|【?\s*(?:打印|关闭)"
)
#: A shorter line at the top of a page is a tab or a button.
_SHORTEST = 6


def segment(text: str, body: Span | None = None) -> Segmentation:
    """Cut a canonical text into instruments. Lossless: spans and left-out spans tile the text.

    Where ``body`` is given, the rest is a page around the document and is left out.
    """
    whole = Span(0, len(text))
    body = body if body is not None and len(body) else whole
    around = ((Span(whole.start, body.start), "网页页眉、导航"), (Span(body.end, whole.end), "网页页脚"))
    chrome = [LeftOut(span, reason) for span, reason in around if len(span)]
    lines = _lines_in(text, body)
    if not lines:
        return Segmentation((), (*chrome, LeftOut(body, "空白")) if len(body) else ())
    end = _footer_start(lines)
    starts = _document_starts(lines[:end])
    left_out = [*chrome, *_header(lines[: starts[0] + 1], lines[starts[0] : end], body.start)]
    tail = lines[end].begin if end < len(lines) else body.end
    instruments: list[InstrumentText] = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        limit = lines[stop].begin if stop < end else tail
        first = lines[start].begin if start > 0 else body.start
        instruments += _instruments(lines[start:stop], Span(first, limit))
    if tail < body.end:
        left_out.append(LeftOut(Span(tail, body.end), "网页页脚"))
    return Segmentation(tuple(instruments), tuple(sorted(left_out, key=lambda each: each.span)))


def _lines_in(text: str, body: Span) -> tuple[Line, ...]:
    """The lines of a part of a text, where they stand in the whole."""
    lines = lines_of(body.of(text))
    if not body.start:
        return lines
    return tuple(
        replace(
            line,
            span=Span(line.span.start + body.start, line.span.end + body.start),
            begin=line.begin + body.start,
        )
        for line in lines
    )


def _header(lines: Sequence[Line], behind: Sequence[Line], start: int) -> Iterator[LeftOut]:
    """What stands above the first instrument, whose first line is the last of ``lines``; ``behind`` is the text."""
    if len(lines) == 1:
        return
    text = {squeeze(line.text) for line in behind}
    reasons = [_reason(line, repeated=squeeze(line.text) in text) for line in lines[:-1]]
    for i, reason in enumerate(reasons):
        if i + 1 == len(reasons) or reasons[i + 1] != reason:
            stop = lines[i + 1].begin
            yield LeftOut(Span(start, stop), reason)
            start = stop


def _reason(line: Line, *, repeated: bool) -> str:
    if repeated:
        return "重复的标题"
    return "网页标题" if looks_like_title(line) else "刊头或网页页眉"


def _footer_start(lines: Sequence[Line]) -> int:
    """The line where a page footer begins, else the number of lines."""
    last_mark = max((i for i, line in enumerate(lines) if is_marked(line)), default=0)
    for i, line in enumerate(lines):
        if i > last_mark and _FOOTER.match(line.folded):
            return i
    return len(lines)


def _document_starts(lines: Sequence[Line]) -> list[int]:
    """The lines where documents begin: at each stand-alone number, else once; the first one below the page header."""
    numbers = [i for i, line in enumerate(lines) if number_of_line(line)]
    if not numbers:
        return [_first_line(lines)]
    above = lines[: numbers[0]]
    header = max((i for i, line in enumerate(above) if is_page_header(line)), default=-1)
    return [_first_line(above) if header < 0 < len(above) else header + 1, *numbers[1:]]


def _first_line(lines: Sequence[Line]) -> int:
    """The title of the first document, without one the first line that is not the page's."""
    first = next((i for i, line in enumerate(lines) if not is_page_header(line)), 0)
    for i in range(first, len(lines)):
        line = lines[i]
        if is_marked(line):
            break
        if is_page_header(line):
            continue
        if looks_like_title(line) or looks_like_addressees(line) or len(line.text) >= _SHORTEST:
            if i + 1 < len(lines) and squeeze(lines[i + 1].text) == squeeze(line.text):
                return i + 1
            return _top(lines, i)
    return first


def _top(lines: Sequence[Line], first: int) -> int:
    """The line where a document begins whose first sure line is ``first``: its offices may stand above it."""
    while first > 0 and _may_stand_above(lines[first - 1]):
        first -= 1
    return first


def _may_stand_above(line: Line) -> bool:
    """Whether a line is a title, or names the offices of a joint document."""
    return looks_like_title(line) or names_offices(line)


def _instruments(lines: Sequence[Line], span: Span) -> list[InstrumentText]:
    """The instruments of one document: what it issues, and the statutes that a decision republishes behind it."""
    starts = [0, *republished(lines)]
    ends = [lines[start].begin for start in starts[1:]]
    result: list[InstrumentText] = []
    for start, stop, first, end in zip(
        starts, [*starts[1:], len(lines)], [span.start, *ends], [*ends, span.end], strict=True
    ):
        result += _issued(lines[start:stop], Span(first, end))
    return result


def _issued(lines: Sequence[Line], span: Span) -> list[InstrumentText]:
    """One instrument, or for a bundle each text that its covering notice issues."""
    number = next((n for line in lines[:12] if (n := number_of_line(line))), None)
    signed = first_signature(lines)
    issued = issued_titles(lines, signed.line) if signed else []
    if not signed or not issued:
        own = own_title(lines)
        closing = closing_signature(lines)
        issuer, day = (closing.issuer, closing.day) if closing else ("", day_in_head(lines))
        return [
            InstrumentText(number, own.title, issuer, day, tuple(lines[: own.body]), tuple(lines[own.body :]), span)
        ]
    result = []
    for i, found in enumerate(issued):
        stop = issued[i + 1].start if i + 1 < len(issued) else len(lines)
        start = 0 if i == 0 else found.start
        limit = lines[stop].begin if stop < len(lines) else span.end
        result.append(
            InstrumentText(
                number,
                found.title,
                signed.issuer,
                signed.day,
                tuple(lines[start : found.end]),
                tuple(lines[found.end : stop]),
                Span(span.start if i == 0 else lines[start].begin, limit),
                bundled=len(issued) > 1,
            )
        )
    return result
