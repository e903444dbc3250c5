"""Units that a sentence gives something to do, without a list of responsible units.

    由市经信局负责兑现   由市科技局牵头,会同市财政局组织实施   区商务局牵头联合审核,区财政局配合
    市人社局自受理之日起10个工作日内完成审核

For folded text. Units that only appear (向市司法局提出申请), and whoever it may be (县级以上人民政府), are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.units import SHORT_FOR, are_units, names_in, units_from
from corpus.model import OfficeRole, Span

_ADVERB = r"(?:共同|具体|予以|统一|分别|按规定|依法|主要|积极|协同|要|应当?|按(?:照)?(?:各自)?职责(?:分工)?|抓好)*"
#: Units by their short names: 市统计、发改、税务等部门.
_SHORT = r"(?P<short>等(?:有关|相关)?(?:部门|单位)(?:和单位)?)?"
_CHARGE = re.compile(
    rf"{_SHORT}{_ADVERB}(?P<how>牵头|负责|组织|承担|统筹|受理|审核|审批|核准|备案|核定|认定|办理|落实|实施|兑现|拨付|督办|考核|配合)"
)
#: 由市科技局牵头,会同市财政局…: who joins in.
_JOINED_BY = re.compile(r"[^,。;]{0,10}[,;]?(?:会同|联合|协同)(?P<names>[^,。;]{2,80})")
_DUTY = re.compile(
    rf"{_SHORT}{_ADVERB}(?:负责(?!人(?![才民社口力事]))|(?P<leads>牵头)|配合(?![^,。;]{{0,10}}的)|(?:抓好|做好)?落实(?!好|情况))"
)
_ACTS = re.compile(
    r"(?<=[局委厅办会室门区)])(?:自|于|在|应当?|要|须|会同|组织|核实|核查|核定|核验|审核|审定|审查|兑付|兑现|拨付|受理|建立|"
    r"制定|完成|发布|出具|公示|落实|统筹|安排|加强|按月|按季|按年|每年|每月|每季度|定期|及时|对(?!于|本))"
)
#: An authority of the place that speaks: 市财政局, 县文旅局, 新区经发局.
_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:开发区|高新区|管委会)|[市县区省]直(?:有关|相关)?部门|[\u4e00-\u9fff]{0,12}领导小组办公室"
    r"|[\u4e00-\u9fff]{0,4}?[市省区县镇州](?!级|场)(?![^()]*(?:抄送|报告|发挥|由|与))[\u4e00-\u9fff]{1,12}?"
    r"(?:局|委|厅|金融办|管委会|办公室|(?<!有关)(?<!相关)(?<!主管)(?<!行政)部门)(?:\([^()]{1,16}\))?"
)
_EXPLAINS = re.compile(r"[^。,;]{0,8}解释")
#: Some texts end their sentences with a Latin full stop.
_STOPS = re.compile(r"[。;,:\n()\[\]【】]|(?<=[\u4e00-\u9fff])\.(?=[\u4e00-\u9fff])")
#: A label, 由 or a blank in front of a unit.
_LEAD = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]{1,5}条\s*|\d{1,2}[.、]\s*|[一二三四五六七八九十]{1,3}、\s*)?由?"
)
#: Brackets inside the name of a unit: 各县(市、区)政府, 各镇(街道).
_INSIDE = re.compile(
    r"[(\[〔](?:县|市|区|镇|乡|旗|街道|开发区)(?:[、,](?:县|市|区|镇|乡|旗|街道|开发区|管委会))*[)\]〕]"
)
#: What is done by a unit that stands behind 由, within a few words: 由市财政局按季度拨付, 由区商务局发布通知.
_TASK = re.compile(
    r"[^,。;]{0,20}?(?:负责|牵头|组织|承担|统筹|受理|审核|审批|核准|备案|核定|核实|认定|确定|办理|落实|实施|兑现|兑付|拨付|发布|审定|公示|"
    r"安排|评审|出具|追回|督办|考核|配合)"
)
_REACH = 160


def duties_of(folded: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Stretches that list units with something to do, and the role that they have in it."""
    plain = SHORT_FOR.sub(lambda match: " " * len(match[0]), folded)
    plain = _INSIDE.sub(lambda match: "区" * len(match[0]), plain)
    yield from _charged(plain)
    yield from _beginning(plain)
    yield from _acting(plain)


def _role(leads: bool) -> OfficeRole:
    return OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE


def _charged(plain: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Units that something is done by."""
    for by in re.finditer("由", plain):
        stop = _STOPS.search(plain, by.end(), by.end() + _REACH)
        end = stop.start() if stop else min(len(plain), by.end() + _REACH)
        found = _charge(plain, by.end(), end)
        if found is None or _EXPLAINS.match(plain, found[1]):
            continue
        names, behind, role = found
        yield names, role
        joined = _JOINED_BY.match(plain, behind)
        if joined and (others := units_from(plain, *joined.span("names"))):
            yield others, OfficeRole.RESPONSIBLE


def _charge(plain: str, start: int, end: int) -> tuple[Span, int, OfficeRole] | None:
    """The units that a segment behind 由 begins with, where the words on what they do end, and their role."""
    for charge in _CHARGE.finditer(plain, start, end):
        names = Span(start, charge.start())
        if _lists(plain, names, short=bool(charge["short"])):
            return names, charge.end(), _role(charge["how"] == "牵头")
    units = units_from(plain, start, end)
    task = _TASK.match(plain, units.end, end) if units else None
    return (units, task.end(), OfficeRole.RESPONSIBLE) if units and task else None


def _beginning(plain: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Units that begin their segment and are said to lead, to answer for something or to join in."""
    for duty in _DUTY.finditer(plain):
        names = Span(_segment_start(plain, duty.start()), duty.start())
        if _lists(plain, names, short=bool(duty["short"])) and not _EXPLAINS.match(plain, duty.end()):
            yield names, _role(bool(duty["leads"]))


def _acting(plain: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Authorities that begin a segment and are said to act."""
    for act in _ACTS.finditer(plain):
        names = Span(_segment_start(plain, act.start()), act.start())
        found = [name.of(plain) for name in names_in(plain, names.start, names.end)]
        if found and all(_AUTHORITY.fullmatch(name) for name in found) and not _EXPLAINS.match(plain, act.end()):
            yield names, OfficeRole.RESPONSIBLE


def _segment_start(plain: str, end: int) -> int:
    """Where the comma segment in front of a place begins, behind its label."""
    since = max(0, end - _REACH)
    stops = list(_STOPS.finditer(plain, since, end))
    start = stops[-1].end() if stops else since
    lead = _LEAD.match(plain, start)
    return min(lead.end(), end) if lead else start


def _lists(plain: str, names: Span, *, short: bool) -> bool:
    """Whether a stretch lists units, in full or (in front of 等部门) by their short names."""
    if len(names) > _REACH:
        return False
    return are_units(plain, names.start, names.end) or (
        short and len(list(names_in(plain, names.start, names.end))) > 1
    )
