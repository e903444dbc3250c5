"""Days, months and years that a text names, alone, as a range, or by a word (今年): each as its first and last day.

    2023年8月1日起          from 2023-08-01             到2025年, 2024年底前       to 2025-12-31, 2024-12-31
    2023—2025年             2023-01-01 to 2025-12-31    2022年1月1日至12月31日     2022-01-01 to 2022-12-31
    2023年, 今年一季度      first and last day          12月31日前                 in the year that was named last

For folded text. What stands in 《》 is a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of, last_day
from corpus.model import Span
from corpus.numerals import number_of

#: A day that a text names: 2025年8月28日, 2024年底, 2023年6月底, 2025年12月.
DAY = re.compile(
    rf"(?P<full>{FULL_DATE.pattern})|(?P<ey>(?:19|20)\d\d)年(?:(?P<em>\d{{1,2}})月)?(?P<edge>底|末|年底|年末|初)"
    r"|(?P<my>(?:19|20)\d\d)年(?P<mm>\d{1,2})月(?!\d)"
)
#: :data:`DAY` without names, to stand inside other patterns.
ANY_DAY = re.sub(r"\?P<\w+>", "?:", DAY.pattern)


def day_in(text: str) -> date | None:
    """The day that a folded text is (what :data:`ANY_DAY` matched); 底 is the last day, 初 the first."""
    match = DAY.fullmatch(text.strip())
    if match is None:
        return None
    if match["full"]:
        return date_of(match)
    try:
        if match["my"]:
            return last_day(int(match["my"]), int(match["mm"]))
        if match["edge"] == "初":
            return date(int(match["ey"]), int(match["em"] or 1), 1)
        return last_day(int(match["ey"]), int(match["em"] or 12))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a time. Of one that ends something only ``last`` is there, of one that begins only ``first``."""

    span: Span
    first: date | None
    last: date | None


_ZERO = "〇零○O"
_DIGITS = r"(?:19|20)\d\d"
_YEAR = rf"(?:{_DIGITS}|二[{_ZERO}][{_ZERO}一二三四五六七八九]{{2}})"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_TO = r"\s*(?:—{1,2}|-|~|至|到)\s*"
#: Words that name a year by the day of the document; 以前年度 and 去年同期 hold one, 前年度 does not.
_BY_WORD = {"今年": 0, "去年": -1, "明年": 1}
#: Only in speech: in a rule 全年 is any year.
_SPOKEN = {"全年": 0}
_WORD = "|".join((*_BY_WORD, *_SPOKEN))
_PART = r"(?:(?:第)?[一二三四1-4]季度|前[二三]季度|上半年|下半年)"
_EDGE = r"年?[底末初](?!级|步|次|始|创|衷|心|线|数|价|盘|值|期|端|尾|尾|细|梢)"
_POINT = re.compile(
    rf"(?:(?<![\d.第〔])(?P<year>{_YEAR})\s?年(?!第\s?\d+号)(?:度(?!假))?|(?P<word>{_WORD})(?:年度)?|(?<![\d.])(?=(?:元|{_MONTH})[月至—-]))"
    rf"(?:(?:的|内)?\s?(?:(?P<part>{_PART})|(?P<month>元|(?<![\d.]){_MONTH})(?:(?={_TO}{_MONTH}月)|\s?月(?P<fen>份)?)"
    rf"(?:\s?(?P<day>{_DAY})(?:(?={_TO}{_DAY}日)|\s?[日号]))?))?(?P<edge>{_EDGE})?"
)
_CLOCK = r"(?:\s?\d{1,2}(?::\d{2}|时))?"
#: The far end of a range: what it leaves out is that of the near end.
_FAR = re.compile(
    rf"{_CLOCK}起?{_TO}(?:(?P<year>{_YEAR})\s?年度?(?:\s?(?P<month>{_MONTH})\s?月(?:\s?(?P<day>{_DAY})\s?[日号])?)?"
    rf"|(?P<word>今年|明年)?(?P<month2>{_MONTH})\s?月份?(?:\s?(?P<day2>{_DAY})\s?[日号])?|(?P<day3>{_DAY})\s?[日号])(?P<edge>{_EDGE})?"
)
_YEARS = re.compile(
    rf"(?<![\d.〔])(?P<first>{_DIGITS})(?P<own>年)?{_TO}(?P<last>{_DIGITS})年(?!\s?\d{{1,2}}月|底|末|初)"
)
_ENDS_BEFORE = re.compile(r"(?:[^达提遇想谈得直感找看]到|[^以乃甚不]至|^[到至]|截至|截止到?|直到|直至|[至到]“)$")
#: 每年10月31日前, 次年3月底: no day of one year.
_EVERY_YEAR = re.compile(r"(?:每年|次年|翌年|年度)的?$")
_ENDS_BEHIND = re.compile(r"(?:之|以)?前(?!三|两|列|期|往|后)|止|为止")
_BEGINS_BEFORE = re.compile(r"(?:自|从)(?:\w{0,2})?$")
_BEGINS_BEHIND = re.compile(r"(?:起|以来|之?后(?!续|勤|备|期)|以后|开始)")
_TITLES = re.compile(r"《[^《》]{0,200}》")
_NUMERIC = NUMERIC_DATE
_TODAY = re.compile(r"今天|今日")
#: A year that was named holds for its sentence, where the day of the document is known.
_NEXT_SENTENCE = re.compile(r"[。;\n]")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def mentions_of(
    folded: str, dated: date | None = None, *, year: int | None = None, spoken: bool = False
) -> Iterator[Mention]:
    """The times that a folded text names, in reading order.

    ``dated`` is the day of the document: 今年 and a month without a year are reckoned from it, and left out where it is
    not known; ``year`` is that of a document without a day, for its months. ``spoken`` text (a transcript) says more by
    word than a rule does (全年, 一季度).
    """
    titles = [Span(match.start(), match.end()) for match in _TITLES.finditer(folded)]
    year = own_year = dated.year if dated else year
    named = False
    at = i = 0
    searches = (_YEARS, _NUMERIC, _TODAY, _POINT) if spoken and dated else (_YEARS, _NUMERIC, _POINT)
    matches = {pattern: pattern.search(folded) for pattern in searches}
    while True:
        for pattern, match in matches.items():
            if match and match.start() < at:
                matches[pattern] = pattern.search(folded, at)
        found = min((m for m in matches.values() if m), key=lambda m: (m.start(), m.re is _POINT), default=None)
        if found is None:
            return
        if own_year and named and _NEXT_SENTENCE.search(folded, at, found.start()):
            year, named = own_year, False
        while i < len(titles) and titles[i].end <= found.start():
            i += 1
        if i < len(titles) and titles[i].start <= found.start():
            at = titles[i].end
            continue
        at = max(found.end(), at + 1)
        mention: Mention | None
        if found.re is _YEARS:
            first, last = int(found["first"]), int(found["last"])
            mention = Mention(Span(found.start(), found.end()), date(first, 1, 1), date(last, 12, 31))
            year, named = last, True
        elif found.re is not _POINT:
            day = dated if found.re is _TODAY else date_of(found)
            mention = Mention(Span(found.start(), found.end()), day, day) if day else None
        else:
            own = _year_of(found, dated, spoken=spoken)
            if own:
                year, named = own, True
            mention = _mention(folded, found, own or year, named=named, spoken=spoken)
        if mention is not None and mention.first and mention.last and mention.first > mention.last:
            mention = None
        if mention is not None:
            at = mention.span.end
            yield mention


def _year_of(point: re.Match[str], dated: date | None, *, spoken: bool) -> int | None:
    if point["year"]:
        return number_of(point["year"].replace("○", "〇").replace("O", "〇"))
    word = point["word"]
    if word and dated and (word in _BY_WORD or spoken):
        return dated.year + (_BY_WORD | _SPOKEN)[word]
    return None


def _mention(folded: str, point: re.Match[str], year: int | None, *, named: bool, spoken: bool) -> Mention | None:
    """What a point in time, with the far end of its range, says; None where it says too little."""
    if year is None or (point["word"] in _SPOKEN and not spoken):
        return None
    far = _FAR.match(folded, point.end()) if not point["edge"] else None
    end = far.end() if far else point.end()
    before, behind = folded[max(0, point.start() - 4) : point.start()], folded[end : end + 4]
    if _EVERY_YEAR.search(before):
        return None
    directed = point["edge"] or _ENDS_BEFORE.search(before) or _ENDS_BEHIND.match(behind)
    begins = _BEGINS_BEFORE.search(before) or _BEGINS_BEHIND.match(behind)
    by_itself = point["year"] or point["word"] or point["day"] or (point["month"] and far)
    if not by_itself and not (point["month"] and (directed or begins or point["fen"] or spoken)):
        return None
    if (
        not (point["year"] or point["word"])
        and not named
        and not (point["day"] or point["fen"] or directed or far or spoken)
    ):
        return None
    try:
        first, last = _bounds(point, year)
        if far:
            return Mention(Span(point.start(), end), first, _far_end(point, far, year))
    except ValueError:
        return None
    span = Span(point.start(), end)
    if point["edge"] and "初" in point["edge"]:
        return Mention(span, first, None)
    if directed:
        return Mention(span, None, last)
    return Mention(span, first, None if begins else last)


def _bounds(point: re.Match[str], year: int) -> tuple[date, date]:
    """The first and the last day of a point; ``ValueError`` where there is no such day."""
    if point["part"]:
        months = _months_of(point["part"])
        return date(year, months[0], 1), last_day(year, months[1])
    if not point["month"]:
        return date(year, 1, 1), date(year, 12, 31)
    month = _number(point["month"])
    if point["day"]:
        day = date(year, month, _number(point["day"]))
        return day, day
    return date(year, month, 1), last_day(year, month)


def _months_of(part: str) -> tuple[int, int]:
    if part == "上半年":
        return 1, 6
    if part == "下半年":
        return 7, 12
    quarter = _QUARTERS[part.removesuffix("季度")[-1]]
    return (1, 3 * quarter) if part.startswith("前") else (3 * quarter - 2, 3 * quarter)


def _far_end(point: re.Match[str], far: re.Match[str], year: int) -> date:
    year = number_of(far["year"]) if far["year"] else year + (far["word"] == "明年")
    day = far["day"] or far["day2"] or far["day3"]
    month = far["month"] or far["month2"] or (point["month"] if day else None)
    if day and month:
        return date(year, _number(month), _number(day))
    return last_day(year, _number(month) if month else 12)


def _number(numeral: str) -> int:
    return 1 if numeral == "元" else number_of(numeral)
