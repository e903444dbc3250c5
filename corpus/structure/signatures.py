"""Signatures: the office that signs and the date of a document (发文机关署名, 成文日期: GB/T 9704-2012, 7.3.5)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of
from corpus.structure.lines import Line
from corpus.structure.marks import annex_mark, article_mark, dash_mark, grouping_mark, outline_mark

_LONGEST_OFFICE = 40
#: So far from the end a closing signature may stand: annexes and colophons follow it.
_FROM_END = 40
_HEAD = 12


@dataclass(frozen=True, slots=True)
class Signature:
    """Where a signature begins, the line of its date, who signs ("" where nobody does) and when."""

    start: int
    line: int
    issuer: str
    day: date
    #: That of a colophon, which says when a document was printed (印发机关和印发日期: GB/T 9704-2012, 7.4.2).
    printed: bool = False


_BEHIND_DAY = re.compile(r"\s*(?P<printed>印发)?\s*")


def signature_at(lines: Sequence[Line], i: int) -> Signature | None:
    """The signature whose date stands in a line: alone, or behind the signing office and a blank."""
    match = FULL_DATE.search(lines[i].folded)
    ends = _BEHIND_DAY.fullmatch(lines[i].folded, match.end()) if match else None
    if match is None or ends is None or (day := date_of(match)) is None:
        return None
    printed = ends["printed"] is not None
    before = lines[i].text[: match.start()]
    if before.strip():
        signs = re.search(r"\s$", before) and _may_sign(before)
        return Signature(i, i, _one_line(before), day, printed) if signs and not is_marked(lines[i]) else None
    above = lines[i - 1] if i else None
    if above is None or not _may_sign(above.text) or is_marked(above):
        return Signature(i, i, "", day, printed)
    start = i - 1
    while start and _may_cosign(lines[start - 1], above):
        start -= 1
    return Signature(start, i, _one_line(above.text), day, printed)


def closing_signature(lines: Sequence[Line]) -> Signature | None:
    """The signature at the end of an instrument; the colophon's only where there is no other."""
    last = range(len(lines) - 1, max(len(lines) - _FROM_END, 0) - 1, -1)
    found = [signed for i in last if (signed := signature_at(lines, i))]
    return next((signed for signed in found if not signed.printed), found[0] if found else None)


def last_signature(lines: Sequence[Line]) -> int:
    """The line where the signature behind the text, before its annexes, begins; the number of lines without one."""
    annexes = next((i for i, line in enumerate(lines) if i and annex_mark(line)), len(lines))
    start = len(lines)
    for i in range(annexes - 1, -1, -1):
        if is_marked(lines[i]):
            break
        if signed := signature_at(lines, i):
            start = signed.start
    return start


def first_signature(lines: Sequence[Line]) -> Signature | None:
    """The first signature that has a text behind it: that of a covering notice."""
    return next((found for i in range(len(lines) - 1) if (found := signature_at(lines, i))), None)


def day_in_head(lines: Iterable[Line]) -> date | None:
    """The day most often named before a text begins (a page header's 时间:2024-03-25).

    Of several the latest, which of a statute is that of its last revision.
    """
    days: Counter[date] = Counter()
    for line in list(lines)[:_HEAD]:
        if len(line.text) > 400 or is_marked(line):
            break
        dates = (match for pattern in (FULL_DATE, NUMERIC_DATE) for match in pattern.finditer(line.folded))
        days.update(day for match in dates if not _is_of_a_term(match) and (day := date_of(match)))
    return max(days, key=lambda day: (days[day], day), default=None)


def _is_of_a_term(match: re.Match[str]) -> bool:
    """至2021年7月31日, 2020年2月10日前: a day that ends or begins something is not the document's."""
    before, behind = match.string[: match.start()].rstrip(), match.string[match.end() :].lstrip()
    return before.endswith(("至", "到", "自", "从")) or behind.startswith(("前", "止", "起", "至"))


def is_marked(line: Line) -> bool:
    """Whether a line begins with a mark of the text's numbering."""
    return (outline_mark(line) or article_mark(line) or grouping_mark(line) or dash_mark(line)) is not None


def _may_sign(text: str) -> bool:
    return len(text.strip()) <= _LONGEST_OFFICE and not re.search(r"[。;；:：,，|]", text)


def _may_cosign(line: Line, last: Line) -> bool:
    """Whether a line is one more office above the last one: as short, and ending like one."""
    alike = re.search(
        r"(?:政府|局|委|部|厅|办|办公室|委员会|银行|院|会|集团|公司|中心|组|署|社|处)$", line.text.strip()
    )
    return alike is not None and _may_sign(line.text) and not is_marked(line) and len(last.text) <= _LONGEST_OFFICE


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip())
