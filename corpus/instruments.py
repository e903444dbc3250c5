"""Canonical text → the instruments in it, each with its lines, before their structure is read.

A file may hold several: each number that stands alone on a line begins a document (a number inside a
sentence is a reference). A covering notice belongs to the instrument that it issues; of a bundle each
issued text is an instrument. What is neither (mastheads, navigation, page footers) is left out with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of
from corpus.lines import Line, article_mark, grouping_mark, lines_of, outline_mark, squeeze
from corpus.model import DocumentNumber, LeftOut, Span


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


_TITLE_WORDS = (
    "通知|意见|办法|规定|措施|方案|计划|规划|决定|细则|条例|法|公告|通告|函|批复|报告|要点|纲要|分解|政策|解释|"
    "章程|制度|规则|规程|标准|指南|清单|决议|令|举措|公约|准则|实录"
)
_TITLE = re.compile(rf"[^。;!?]{{3,90}}(?:{_TITLE_WORDS})(?:\([^()]{{1,24}}\))?")
_FOOTER = re.compile(
    r"扫一扫|主办单位|承办单位|版权所有|技术支持|网站标识码|网站备案|.{0,4}ICP备|.{0,4}公网安备|打印本页|关闭窗口|"
    r"责任编辑:|上一篇|下一篇|相关(?:链接|阅读|文章|解读)|下载附件|分享到"
)
_PAGE_META = re.compile(r"(?:发布|发文|更新)(?:时间|日期):|浏览次数|点击(?:数|量)|索\s*引\s*号|字号:|来源:|作者:")
_MASTHEAD = re.compile(r".{2,30}公报.{0,12}第?\s*\d+\s*[期号]")
_NAVIGATION = re.compile(r"\S{1,6}(?:\s+\S{1,6}){3,}")
_ADDRESSEES = re.compile(r"[^。;]{2,200}[:]")
_ISSUES = re.compile(r"印发|转发|发布|公布")
_QUOTED = re.compile(r"《([^《》]+)》")


def segment(text: str) -> Segmentation:
    """Cut a canonical text into instruments. Lossless: spans and left-out spans tile the text."""
    lines = lines_of(text)
    if not lines:
        return Segmentation((), (LeftOut(Span(0, len(text)), "空白"),) if text else ())
    end = _footer_start(lines)
    starts = _document_starts(lines[:end])
    left_out = []
    if starts[0] > 0:
        left_out.append(LeftOut(Span(0, lines[starts[0]].span.start), "刊头或网页页眉"))
    tail = lines[end].span.start if end < len(lines) else len(text)
    instruments: list[InstrumentText] = []
    for start, stop in zip(starts, [*starts[1:], end], strict=True):
        limit = lines[stop].span.start if stop < end else tail
        first = lines[start].span.start if start > 0 else 0
        instruments += _instruments(lines[start:stop], Span(first, limit))
    if tail < len(text):
        left_out.append(LeftOut(Span(tail, len(text)), "网页页脚"))
    return Segmentation(tuple(instruments), tuple(left_out))


def _footer_start(lines: Sequence[Line]) -> int:
    """The line where a page footer begins, else the number of lines."""
    last_mark = max((i for i, line in enumerate(lines) if _is_marked(line)), default=0)
    for i, line in enumerate(lines):
        if i > last_mark and _FOOTER.match(line.folded):
            return i
    return len(lines)


def _document_starts(lines: Sequence[Line]) -> list[int]:
    """The lines where documents begin: at each stand-alone number, else once, after the page header."""
    numbers = [i for i, line in enumerate(lines) if _number_of(line)]
    if numbers:
        first = numbers[0]
        while first > 0 and _TITLE.fullmatch(lines[first - 1].folded) and not _is_page_header(lines[first - 1]):
            first -= 1
        return [first, *numbers[1:]] if first < numbers[0] else numbers
    for i, line in enumerate(lines):
        if _is_page_header(line):
            continue
        if (
            _TITLE.fullmatch(line.folded)
            or _ADDRESSEES.fullmatch(line.folded)
            or _is_marked(line)
            or len(line.text) > 8
        ):
            repeated = i + 1 < len(lines) and squeeze(lines[i + 1].text) == squeeze(line.text)
            return [i + 1 if repeated else i]
    return [0]


def _is_page_header(line: Line) -> bool:
    return bool(
        _PAGE_META.search(line.folded) or _MASTHEAD.fullmatch(line.folded) or _NAVIGATION.fullmatch(line.folded)
    )


def _is_marked(line: Line) -> bool:
    return (outline_mark(line) or article_mark(line) or grouping_mark(line)) is not None


def _number_of(line: Line) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(line.text)
    except ValueError:
        return None


def _instruments(lines: Sequence[Line], span: Span) -> list[InstrumentText]:
    """The instruments of one document: one, or for a bundle each text that its covering notice issues."""
    number = next((n for line in lines[:12] if (n := _number_of(line))), None)
    signed = _signature(lines)
    issued = _issued_titles(lines, signed.line) if signed else []
    if not signed or not issued:
        title, after = _own_title(lines)
        closing = _closing_signature(lines)
        issuer, day = (closing.issuer, closing.day) if closing else ("", _day_in_head(lines))
        return [InstrumentText(number, title, issuer, day, tuple(lines[:after]), tuple(lines[after:]), span)]
    result = []
    for i, found in enumerate(issued):
        stop = issued[i + 1].start if i + 1 < len(issued) else len(lines)
        start = 0 if i == 0 else found.start
        limit = lines[stop].span.start if stop < len(lines) else span.end
        result.append(
            InstrumentText(
                number,
                found.title,
                signed.issuer,
                signed.day,
                tuple(lines[start : found.end]),
                tuple(lines[found.end : stop]),
                Span(span.start if i == 0 else lines[start].span.start, limit),
                bundled=len(issued) > 1,
            )
        )
    return result


@dataclass(frozen=True, slots=True)
class _Signature:
    line: int
    issuer: str
    day: date


def _signature_at(lines: Sequence[Line], i: int) -> _Signature | None:
    """A date that stands alone, or at the end of a line behind the signing office and blanks."""
    match = FULL_DATE.search(lines[i].folded)
    if match is None or lines[i].folded[match.end() :].strip() or (day := date_of(match)) is None:
        return None
    before = lines[i].text[: match.start()]
    if not before.strip():
        above = lines[i - 1] if i else None
        unsigned = above is None or len(above.text) > 40 or "。" in above.text or _is_marked(above)
        return _Signature(i, "" if unsigned or above is None else re.sub(r"\s+", " ", above.text), day)
    if re.search(r"\s{2,}$", before) and "。" not in before and len(before.strip()) <= 40:
        return _Signature(i, before.strip(), day)
    return None


def _signature(lines: Sequence[Line]) -> _Signature | None:
    """The signature of a covering notice: the first date line that has a text behind it."""
    return next((s for i in range(len(lines) - 1) if (s := _signature_at(lines, i))), None)


def _closing_signature(lines: Sequence[Line]) -> _Signature | None:
    """The signature at the end of an instrument."""
    return next(
        (s for i in range(len(lines) - 1, max(len(lines) - 40, -1), -1) if (s := _signature_at(lines, i))), None
    )


@dataclass(frozen=True, slots=True)
class _Issued:
    title: str
    start: int
    end: int


def _issued_titles(lines: Sequence[Line], signed: int) -> list[_Issued]:
    """Where the texts that a covering notice names in 《》 begin: lines that together are one of those titles."""
    notice = "".join(line.text for line in lines[:signed])
    if not _ISSUES.search(notice):
        return []
    wanted = {squeeze(title) for title in _QUOTED.findall(notice)}
    found = []
    i = signed + 1
    while i < len(lines):
        joined = ""
        best = 0
        for k, line in enumerate(lines[i : i + 4], 1):
            joined += squeeze(line.text)
            if joined in wanted:
                best = k
        if best:
            found.append(_Issued(_join(lines[i : i + best]), i, i + best))
            wanted.discard(squeeze(found[-1].title))
        i += best or 1
    if not found and signed + 1 < len(lines) and _TITLE.fullmatch(lines[signed + 1].folded):
        found.append(_Issued(lines[signed + 1].text, signed + 1, signed + 2))
    return found


def _join(lines: Sequence[Line]) -> str:
    return "".join(line.text for line in lines)


def _own_title(lines: Sequence[Line]) -> tuple[str, int]:
    """The title that heads a text without a covering notice, and the line where the body begins.

    The body begins at the first mark, or behind the title where nothing is marked. A text that prints no
    title has an empty one.
    """
    marked = next((i for i, line in enumerate(lines) if _is_marked(line)), None)
    head = [i for i in range(len(lines) if marked is None else marked) if _may_head(lines[i])]
    for start in head[:3]:
        if _ADDRESSEES.fullmatch(lines[start].folded) or lines[start].folded.endswith(("。", ";")):
            break
        for count in (4, 3, 2, 1):
            part = lines[start : start + count]
            joined = "".join(line.folded for line in part)
            if len(part) == count and len(joined) >= _SHORTEST_TITLE and _is_title(part, joined):
                return _join(part), start + count if marked is None else marked
    for i in head[:3]:
        if 8 <= len(lines[i].text) <= 80 and not lines[i].folded.endswith(("。", ":", ";", ",")):
            return lines[i].text, i + 1 if marked is None else marked
    return "", 0 if marked is None else marked


_SHORTEST_TITLE = 6


def _may_head(line: Line) -> bool:
    return _number_of(line) is None and not _is_page_header(line)


def _is_title(part: Sequence[Line], joined: str) -> bool:
    unbroken = all(_may_head(line) and not line.folded.endswith((":", "。")) for line in part)
    return unbroken and bool(_TITLE.fullmatch(joined)) and not any(_TITLE.fullmatch(x.folded) for x in part[:-1])


def _day_in_head(lines: Sequence[Line]) -> date | None:
    """The day most often named before the text begins (a page header's 时间:2024-03-25)."""
    days: Counter[date] = Counter()
    for line in lines[:12]:
        if len(line.text) > 400:
            break
        for pattern in (FULL_DATE, NUMERIC_DATE):
            days.update(day for match in pattern.finditer(line.folded) if (day := date_of(match)))
    return days.most_common(1)[0][0] if days else None
