"""Titles: of an instrument, and of those that a covering notice issues."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.model import DocumentNumber
from corpus.structure.lines import Line, squeeze
from corpus.structure.marks import article_mark
from corpus.structure.signatures import is_marked

#: The kinds of document that a title ends with (党政机关公文处理工作条例, 第八条, and those of statutes and plans).
_WORDS = (
    "通知|意见|办法|规定|措施|方案|计划|规划|决定|细则|条例|法|公告|通告|公示|函|批复|报告|要点|纲要|分解|政策|解释|"
    "章程|制度|规则|规程|标准|指南|清单|决议|令|举措|公约|准则|实录|指引|通报|安排|修正案"
)
#: Kinds that a line alone does not say (名单 heads a list).
_MORE_WORDS = "问答|名单|预案|守则|规范|须知|倡议书|公开信|纪要"
_TITLE = re.compile(rf"[^。;!?]{{2,90}}(?:{_WORDS}|{_MORE_WORDS})(?:\([^()]{{1,24}}\))?")
_BARE_TITLE = re.compile(rf"(?:{_WORDS})")
_PAGE_META = re.compile(r"(?:发布|发文|更新)(?:时间|日期):|浏览次数|点击(?:数|量)|索\s*引\s*号|字号:|来源:|作者:")
_MASTHEAD = re.compile(r".{2,30}公报.{0,12}第?\s*\d{1,4}\s*[期号].{0,20}")
_NAVIGATION = re.compile(r"[\w·|>»]{1,6}(?:\s+[\w·|>»]{1,6}){3,40}")
_OFFICES = re.compile(
    r"(?:[\u4e00-\u9fff]{2,20}(?:政府|局|委|部|厅|办|办公室|委员会|银行|法院|检察院|会|集团|总公司|总署|署)[\s、]*){1,16}(?:文件)?"
)
_ADDRESSEES = re.compile(r"[^。;]{2,200}[:]")
_ISSUES = re.compile(r"印发|转发|发布|公布|下发")
#: A notice that passes a text on has it behind its signature, also where it names it otherwise than it is titled.
_PASSES_ON = re.compile(r"印发|转发|下发")
#: (此件公开发布) below a signature.
_NOTE = re.compile(r"\((?:此件|信息公开|联系)[^()]*\)")
_QUOTED = re.compile(r"《([^《》]{2,120})》")
_SHORTEST = 3
_LONGEST_TITLE = 60
#: The title of a document stands within its first lines.
_HEADS = 6


def looks_like_title(line: Line) -> bool:
    """Whether a line ends as titles do: 关于…的意见, …实施方案(2018-2020年)."""
    return len(line.folded) <= 120 and bool(_TITLE.fullmatch(line.folded) or _BARE_TITLE.fullmatch(squeeze(line.text)))


def looks_like_addressees(line: Line) -> bool:
    """各县市区人民政府,市政府各部门: ."""
    return _ADDRESSEES.fullmatch(line.folded) is not None


def names_offices(line: Line) -> bool:
    """Whether a line names nothing but offices, as a joint document does above its title."""
    return len(line.folded) <= 200 and _OFFICES.fullmatch(line.folded) is not None


def is_page_header(line: Line) -> bool:
    """Whether a line is a masthead, a navigation bar or a line about the page."""
    text = line.folded[:400]
    if _PAGE_META.search(text) or _MASTHEAD.fullmatch(text):
        return True
    return _NAVIGATION.fullmatch(text) is not None and not names_offices(line)


def number_of_line(line: Line) -> DocumentNumber | None:
    """The document number that is all of a line."""
    if len(line.text) > 60:
        return None
    try:
        return DocumentNumber.parse(line.text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class OwnTitle:
    """The title that heads a text, "" where it prints none, and the line where the body begins."""

    title: str
    body: int


def own_title(lines: Sequence[Line]) -> OwnTitle:
    """The title of a text without a covering notice.

    The body begins at the first mark, or behind the title where nothing is marked.
    """
    marked = next((i for i, line in enumerate(lines) if is_marked(line)), None)
    head = [i for i in range(len(lines) if marked is None else marked) if _may_head(lines[i])][:3]
    for start in head:
        if looks_like_addressees(lines[start]) or lines[start].folded.endswith(("。", ";")):
            break
        for count in (4, 3, 2, 1):
            part = lines[start : start + count]
            joined = "".join(line.folded for line in part)
            if len(part) == count and _SHORTEST <= len(joined) <= 200 and _is_title(part, joined):
                return OwnTitle(join(part), start + count if marked is None else marked)
    for i in head:
        if 8 <= len(lines[i].text) <= 80 and not lines[i].folded.endswith(("。", ":", ";", ",")):
            return OwnTitle(lines[i].text, i + 1 if marked is None else marked)
    return OwnTitle("", 0 if marked is None else marked)


def _may_head(line: Line) -> bool:
    return number_of_line(line) is None and not is_page_header(line)


def _is_title(part: Sequence[Line], joined: str) -> bool:
    unbroken = all(_may_head(line) and not line.folded.endswith((":", "。")) for line in part)
    return unbroken and bool(_TITLE.fullmatch(joined)) and not any(looks_like_title(line) for line in part[:-1])


@dataclass(frozen=True, slots=True)
class IssuedTitle:
    """A title printed above the text that a covering notice issues, and the lines it takes."""

    title: str
    start: int
    end: int


def issued_titles(lines: Sequence[Line], signed: int) -> list[IssuedTitle]:
    """Where the texts that a covering notice names in 《》 begin: lines that together are one of those titles.

    The notice ends with the line ``signed``.
    """
    notice = "".join(line.text for line in lines[:signed])
    if not _ISSUES.search(notice):
        return []
    wanted = {squeeze(title) for title in _QUOTED.findall(notice)}
    longest = max((len(title) for title in wanted), default=0)
    found = []
    i = signed + 1
    while i < len(lines):
        joined = ""
        best = 0
        for k, line in enumerate(lines[i : i + 4], 1):
            if len(joined) + len(line.text) > 2 * longest:
                break
            joined += squeeze(line.text)
            if joined in wanted:
                best = k
        if best:
            found.append(IssuedTitle(join(lines[i : i + best]), i, i + best))
            wanted.discard(squeeze(found[-1].title))
        i += best or 1
    first = next((i for i in range(signed + 1, len(lines)) if not _NOTE.fullmatch(lines[i].folded)), len(lines))
    if not found and first < len(lines) and _PASSES_ON.search(notice) and looks_like_title(lines[first]):
        found.append(IssuedTitle(lines[first].text, first, first + 1))
    return found


#: So far behind its title the first article of a text may stand: contents and notes are between.
_FRONT = 60


def republished(lines: Sequence[Line]) -> list[int]:
    """The lines where statutes begin that are printed behind the decision that amends them.

    Their titles stood in 《》 in the decision, their articles begin with the first.
    """
    if not any("决定" in line.text for line in lines[:_HEADS]):
        return []
    starts: list[int] = []
    wanted: set[str] = set()
    for i, line in enumerate(lines):
        if len(line.text) <= _LONGEST_TITLE and not line.quoted and (title := squeeze(line.text)) in wanted:
            marks = (mark for each in lines[i + 1 : i + _FRONT] if (mark := article_mark(each)))
            if (first := next(marks, None)) is not None and first.number == "1":
                starts.append(i)
                wanted.discard(title)
        if not starts:
            wanted |= {squeeze(title) for title in _QUOTED.findall(line.text)}
    return starts


def join(lines: Sequence[Line]) -> str:
    """A title broken over lines, in one."""
    return "".join(line.text for line in lines)
