"""The day on which something was done, where a question asks for the end of a period that runs from it.

    2024年9月27日交的申请,最晚哪天告知受理结果    →  2024-09-27; the rest is what is searched for

Such a day is the subject of the question and not the day asked about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of, in_words

#: 2024年3月11日, and as people say it 2024年3月11号.
_FULL = re.compile(f"{FULL_DATE.pattern[:-1]}[日号]")
_DAY = re.compile(r"(?<![\d月年])(?P<m>\d{1,2})月(?P<d>\d{1,2})[日号]")
_TODAY = re.compile(r"今天|今日|当天(?=[交提申收受])")
#: What is done on a day, close behind it or in front of it.
_ACT = (
    r"交|提交|递|提出|申请|申报|受理|接收|收到|收的|收了|送达|登记|注册|领|拿到|取得|放|办|履行|完成|竣工|结束|签|知道|知晓|发现|得知|认定|评上|批|放款|"
    r"发放|入职|招|公示|备案|开业|通知|作出|做出|下达|发生|到账|投产|缴|认为"
)
_ACT_BEHIND = re.compile(rf"[^,。;?]{{0,12}}?(?:{_ACT})")
_ACT_BEFORE = re.compile(rf"(?:{_ACT})[^,。;?]{{0,8}}(?:是|在|为|于)$|(?:自|从)$")
#: The days of a document itself.
_OF_DOCUMENT = re.compile(r"(?:起)?(?:印发|发布|出台|公布|施行|实施|生效|执行|发文)")
#: Words that ask for the end of a period, or whether it is past.
ENDS = re.compile(
    r"(?:最晚|最迟|至迟|应该?|要|得)?(?:到|在|于)?(?:什么时候|啥时候|何时|哪(?:一)?天|几号|什么时间|几月几[号日]|哪(?:个)?月)(?:之?前|为止|以前)?|最晚|最迟|截止(?:日期|时间)?|到期(?:日)?"
)
PAST = re.compile(
    r"(?:有没有|是不是|是否|算不算|算|已经|就|会)?(?:超期|逾期|超时|超了?(?:期限|时限)|过期|过了?(?:期限|时限|时间))(?:了|吗|么|没有?|不)*|(?:还)?来(?:得|不)及(?:吗|么|不)?|(?:现在|今天|目前)还(?:能|可以)|晚了(?:吗|没)"
)


@dataclass(frozen=True, slots=True)
class Since:
    """The ``day`` of the event, as the question prints it, and what the question says besides (``rest``).

    今天 is printed as the day asked on.

    ``until`` is a second day, of which it is asked whether it is in time; the day asked on where none is printed.
    ``year_given`` is False where the year is that of the day asked on.
    """

    day: date
    printed: str
    rest: str
    year_given: bool = True
    until: date | None = None
    until_printed: str = ""


def since_of(folded: str, asked_on: date) -> Since | None:
    """The day from which a period runs whose end is asked for; None where none is told, or several might be."""
    if not (ENDS.search(folded) or PAST.search(folded)):
        return None
    days = _days(folded, asked_on)
    if not days or len(days) > 2:
        return None
    (day, match), *later = days
    behind, before = folded[match.end() :], folded[: match.start()]
    if _OF_DOCUMENT.match(behind) or not (_ACT_BEHIND.match(behind) or _ACT_BEFORE.search(before)):
        return None
    past = PAST.search(folded) is not None
    later = [(_following(day, when) if found.re is _DAY else when, found) for when, found in later]
    if later and (not past or later[0][0] < day):
        return None
    rest = folded
    for _, found in reversed(days):
        rest = f"{rest[: found.start()].removesuffix('自').removesuffix('从')},{rest[found.end() :].removeprefix('起')}"
    return Since(
        day=day,
        printed=in_words(day) if match.re is _TODAY else match[0],
        rest=re.sub(r"[,\s]{2,}", ",", rest).strip(", "),
        year_given=match.re is not _DAY,
        until=(later[0][0] if later else asked_on) if past else None,
        until_printed=later[0][1][0] if later else in_words(asked_on),
    )


def _days(folded: str, asked_on: date) -> list[tuple[date, re.Match[str]]]:
    """The days that a question prints, in reading order; one without a year is of the year asked in."""
    found: list[tuple[date, re.Match[str]]] = []
    for pattern in (_FULL, NUMERIC_DATE, _DAY, _TODAY):
        for match in pattern.finditer(folded):
            if any(match.start() < known.end() and known.start() < match.end() for _, known in found):
                continue
            day = _day(match, asked_on)
            if day is not None:
                found.append((day, match))
    return sorted(found, key=lambda pair: pair[1].start())


def _following(first: date, second: date) -> date:
    """The day that a second one without a year is: the next such day after the first (12月30日交的,1月8日还没答复)."""
    for year in (first.year, first.year + 1):
        try:
            found = second.replace(year=year)
        except ValueError:
            continue
        if found >= first:
            return found
    return second


def _day(match: re.Match[str], asked_on: date) -> date | None:
    if match.re is _TODAY:
        return asked_on
    if match.re is not _DAY:
        return date_of(match)
    try:
        return date(asked_on.year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
