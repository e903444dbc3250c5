"""Units that a clause names for a task, with their role: leading, responsible, shared, interpreting.

    (责任单位:市经信局、市财政局)   [牵头单位:市商务局;配合单位:…]   (市经信局牵头,市税务局配合)   由市司法局负责解释

The first unit of a list leads, unless one is named as leading. Units that only appear (向市司法局提出申请) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.facts.spans import Taken
from corpus.folding import fold
from corpus.model import Clause, Office, OfficeRole, Span

_KIND = r"(?:责任|牵头|配合|主办|协办|承办|协同|落实|参加|参与|实施|主管|支持)(?:责任)?(?:单位|部门|处室|科室)"
_INNER = r"(?:[^()\[\]【】〔〕\n]|\([^()\n]{0,60}\)){0,600}"
#: Units named at the end of a paragraph: (责任单位:…) [责任单位:…], or on a line of their own. For folded text.
RESPONSIBLE = re.compile(rf"[(\[【〔]\s*{_KIND}{_INNER}[)\]】〕]|(?m:^\s*{_KIND}\s*:[^\n。]{{2,400}}[。]?$)")
#: (市商务局牵头,市财政局、市税务局配合), (市经信局、各县(市、区)政府按职责分工负责)
_LED = re.compile(
    r"[(\[【](?P<leads>(?:[\u4e00-\u9fff、]|\([^()\n]{1,20}\)){2,160}?)(?P<how>牵头(?:负责)?|(?:等)?(?:按(?:照)?职责(?:分工)?|分别)?负责)"
    r"(?:[,;](?P<others>(?:[\u4e00-\u9fff、,]|\([^()\n]{1,20}\)){2,300}?)"
    r"(?:按(?:照)?职责(?:分工)?负责|分别负责|(?:协同)?配合|参与|参加|协助|协办))?(?:落实)?[)\]】]"
)
_INTERPRETS = re.compile(
    r"由(?P<by>[\u4e00-\u9fff、]{2,60}?)(?:会同(?P<with>[\u4e00-\u9fff、]{2,60}?))?(?:共同)?(?:负责|承担|进行)[^。,;]{0,8}?解释"
    r"|解释(?:工作)?由(?P<work>[\u4e00-\u9fff、]{2,60}?)(?:负责|承担)|解释权归(?P<right>[\u4e00-\u9fff、]{2,60}?)(?:所有)?[。,;]"
)
_PART = re.compile(rf"(?P<kind>{_KIND})\s*:?\s*(?P<names>(?:(?!{_KIND})[^\]】〕。\n])*)")
_LEADING = re.compile(r"牵头|主办")
_JOINING = re.compile(r"配合|协办|协同|参加|参与|支持")
#: What the name of a unit ends with (党和国家机构改革 and local use), a short name in brackets behind it or not.
_UNIT = re.compile(
    r"(?:政府|委员会|管委会|办公室|督查室|领导小组|指挥部|专班|局|委|办|厅|部|署|中心|银行|支行|分行|农商行|法院|检察院|残联|农经站|"
    r"工商联|联合会|工会|妇联|团委|协会|商会|集团|公司|学校|大学|研究院|海关|支队|大队|场园|园区|开发区|街道|乡镇|部门|机构)(?:\([^()]{1,16}\))?$"
)
_CHARGE = re.compile(
    r"(?:等(?:有关|相关)?(?:部门|单位)(?:和单位)?)?(?:共同|具体|统一|分别|按规定|依法|主要|积极|协同|要|应当?|按(?:照)?(?:各自)?职责(?:分工)?)*"
    r"(?P<how>牵头|负责|组织|承担|统筹|受理|审核|审批|核准|备案|核定|认定|办理|落实|实施|兑现|拨付|督办|考核|配合)"
)
#: 由市科技局牵头,会同市财政局…: who joins in.
_JOINED_BY = re.compile(r"[^,。;]{0,10}[,;]?(?:会同|联合|协同)(?P<names>[^,。;]{2,80})")
#: 市司法局负责受理…, 区商务局牵头联合审核, 区财政局配合: a unit that begins its segment.
_DUTY = re.compile(r"负责(?!人)|牵头|配合(?![^,。;]{0,10}的)")
#: 市人社局自受理之日起10个工作日内完成审核: an authority that acts, at the start of a segment.
_ACTS = re.compile(
    r"(?<=[局委厅办会室门区])(?:自|于|在|应当?|要|须|会同|组织|核实|核查|核定|核验|审核|审定|审查|兑付|兑现|拨付|受理|建立|制定|完成|发布|出具|公示|落实|统筹|"
    r"安排|加强|按月|按季|按年|每年|每月|每季度|定期|及时|对(?!于|本))(?![^,。;]{0,6}解释)"
)
#: An authority of the place that speaks (市财政局, 县文旅局, 新区经发局); not 县级以上人民政府, which is whoever it is.
_AUTHORITY = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:开发区|高新区|管委会)|[市县区省]直(?:有关|相关)?部门|[\u4e00-\u9fff]{0,12}领导小组办公室"
    r"|[\u4e00-\u9fff]{0,4}?[市省区县镇州](?!级|场)(?![^()]*(?:抄送|报告|发挥|由|与))[\u4e00-\u9fff]{1,12}?"
    r"(?:局|委|厅|金融办|管委会|办公室|(?<!有关)(?<!相关)(?<!主管)(?<!行政)部门)(?:\([^()]{1,16}\))?"
)
_EXPLAINS = re.compile(r"[^。,;]{0,8}解释")
_STOPS = re.compile(r"[。;,:\n()\[\]【】]")
_REACH = 160
#: A label, 由 or a blank in front of a unit.
_LEAD = re.compile(r"\s*(?:第[一二三四五六七八九十百\d]{1,5}条\s*)?由?")
#: 以下工作均需…落实,不再列出: units of every later list; 以上任务均由…落实: of every earlier one.
_SHARED = re.compile(
    r"(?P<which>以下|以上|上述)[^。,;]{0,12}均?(?:需|由)(?P<names>(?:[\u4e00-\u9fff、]|\([^()\n]{1,20}\)){4,80}?)"
    r"(?:等)?(?:具体|抓好|负责|分别){0,3}(?:落实|负责|实施)"
)
#: 【县文旅局、县财政局】 at the end of a paragraph.
_LISTED = re.compile(r"[(\[【](?P<names>(?:[^()\[\]【】\n]|\([^()\n]{1,20}\)){2,400})[)\]】]\s*(?:$|\n)")


def offices_of(clause: Clause) -> tuple[Office, ...]:
    """The units that a clause names, in reading order; one that it names twice in one role is there once."""
    found = sorted(_offices(clause), key=lambda office: office.span or clause.span)
    return tuple(dict.fromkeys(found))


def _offices(clause: Clause) -> Iterator[Office]:
    folded = fold(clause.text)
    taken = Taken()
    for bracket in RESPONSIBLE.finditer(folded):
        taken.add(Span(bracket.start(), bracket.end()))
        for i, part in enumerate(_PART.finditer(folded, bracket.start(), bracket.end())):
            for k, name in enumerate(_names(folded, *part.span("names"))):
                leads = _LEADING.search(part["kind"]) or (i == k == 0 and not _JOINING.match(part["kind"]))
                yield _office(clause, name, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE)
    for bracket in _LED.finditer(folded):
        taken.add(Span(bracket.start(), bracket.end()))
        for k, name in enumerate(_names(folded, *bracket.span("leads"))):
            leads = k == 0 and bracket["how"].startswith("牵头")
            yield _office(clause, name, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE)
        for name in _names(folded, *bracket.span("others")):
            yield _office(clause, name, OfficeRole.RESPONSIBLE)
    for bracket in _LISTED.finditer(folded):
        if taken.overlaps(Span(bracket.start(), bracket.end())):
            continue
        names = list(_names(folded, *bracket.span("names")))
        if names and all(_is_unit(name.of(folded)) for name in names):
            taken.add(Span(bracket.start(), bracket.end()))
            for k, name in enumerate(names):
                yield _office(clause, name, OfficeRole.LEADS if k == 0 else OfficeRole.RESPONSIBLE)
    for match in _INTERPRETS.finditer(folded):
        taken.add(Span(match.start(), match.end()))
        for group in ("by", "with", "work", "right"):
            for name in _names(folded, *match.span(group)):
                yield _office(clause, name, OfficeRole.INTERPRETS)
    acting = ((place, OfficeRole.RESPONSIBLE) for place in _acting(folded))
    for place, role in (*_charged(folded), *_beginning(folded), *acting):
        if not taken.overlaps(place):
            taken.add(place)
            for name in _names(folded, place.start, place.end):
                yield _office(clause, name, role, listed=False)


def _charged(folded: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Units that something is done by: 由市经信局负责兑现, 由市科技局牵头,会同市财政局组织实施."""
    for by in re.finditer("由", folded):
        stop = _STOPS.search(folded, by.end(), by.end() + _REACH)
        end = stop.start() if stop else min(len(folded), by.end() + _REACH)
        for charge in _CHARGE.finditer(folded, by.end(), end):
            names = Span(by.end(), charge.start())
            if _are_units(folded, names, short=charge[0].startswith("等")):
                if not _EXPLAINS.match(folded, charge.end()):
                    leads = charge["how"] == "牵头"
                    yield names, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE
                    joined = _JOINED_BY.match(folded, charge.end())
                    if joined and (others := _units_at(folded, *joined.span("names"))):
                        yield others, OfficeRole.RESPONSIBLE
                break


def _beginning(folded: str) -> Iterator[tuple[Span, OfficeRole]]:
    """Units that begin their segment and are said to lead, to answer for something or to join in."""
    for duty in _DUTY.finditer(folded):
        since = max(0, duty.start() - _REACH)
        stops = list(_STOPS.finditer(folded, since, duty.start()))
        start = stops[-1].end() if stops else since
        while folded[start : start + 1].isspace():
            start += 1
        charge = next((m for m in _CHARGE.finditer(folded, start) if m.end() == duty.start() + 2), None)
        names = Span(start, charge.start() if charge else duty.start())
        short = charge is not None and charge[0].startswith("等")
        if _are_units(folded, names, short=short) and not _EXPLAINS.match(folded, duty.end()):
            leads = duty[0] == "牵头"
            yield names, OfficeRole.LEADS if leads else OfficeRole.RESPONSIBLE


def _acting(folded: str) -> Iterator[Span]:
    """Authorities that begin a segment and are said to act."""
    for act in _ACTS.finditer(folded):
        since = max(0, act.start() - _REACH)
        stops = list(_STOPS.finditer(folded, since, act.start()))
        lead = _LEAD.match(folded, stops[-1].end() if stops else since)
        begin = lead.end() if lead else since
        names = [name.of(folded) for name in _names(folded, begin, act.start())]
        if names and all(_AUTHORITY.fullmatch(name) for name in names):
            yield Span(begin, act.start())


def _are_units(folded: str, names: Span, *, short: bool) -> bool:
    """Whether a stretch lists units and nothing else; ``short`` names stand in front of 等部门 (市统计、发改等部门)."""
    found = list(_names(folded, names.start, names.end))
    if not found or len(names) > _REACH:
        return False
    return (short and len(found) > 1) or all(_is_unit(name.of(folded)) for name in found)


def _is_unit(name: str) -> bool:
    return _UNIT.search(name) is not None and re.search(r"抄送|报送|上报|通报", name) is None


def _units_at(folded: str, start: int, end: int) -> Span | None:
    """The longest beginning of a stretch that lists units."""
    for stop in range(end, start + 1, -1):
        if _UNIT.search(folded[start:stop]) and _are_units(folded, Span(start, stop), short=False):
            return Span(start, stop)
    return None


def _office(clause: Clause, place: Span, role: OfficeRole, *, listed: bool = True) -> Office:
    start = clause.span.start
    return Office(place.of(clause.text), role, clause.id, Span(start + place.start, start + place.end), listed)


def shared_offices(clause: Clause, *, behind: bool) -> tuple[Office, ...]:
    """Units that a clause makes responsible for all that stands ``behind`` it (以下…), else before it (以上…)."""
    folded = fold(clause.text)
    match = _SHARED.search(folded)
    if match is None or (match["which"] == "以下") != behind:
        return ()
    return tuple(_office(clause, name, OfficeRole.SHARED) for name in _names(folded, *match.span("names")))


#: 市财政局和市税务局 are two, 市工业和信息化局 is one.
_AND = re.compile(r"(?<=[局委办厅部府会署心行院区室组班])(?:和|与|及|以及)(?=[市省县区各镇乡])")
_UNFINISHED = re.compile(r"(?:各|市|所有)?(?:县|市|区|乡|镇|州|街道|市直|省直)(?:、(?:县|市|区|乡|镇))*")
_NO_NAME = re.compile(r"^(?:各?(?:有关|相关)单位按职责|按(?:照)?职责(?:分工)?负责)$")
_BEHIND = re.compile(
    r"(?:等(?:有关|相关|单位|部门)*)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实)?|分别负责|负责落实|等)?$"
)


def _names(folded: str, start: int, end: int) -> Iterator[Span]:
    """The names in a list, each where it stands."""
    if start < 0:
        return
    while (
        end > start and folded[end - 1] in ")]】 。" and folded.count(")", start, end) > folded.count("(", start, end)
    ):
        end -= 1
    depth, first = 0, start
    stops = []
    for i in range(start, end):
        if folded[i] in "(":
            depth += 1
        elif folded[i] in ")":
            depth = max(0, depth - 1)
        elif depth == 0 and folded[i] in "、,;":
            stops.append((first, i))
            first = i + 1
    stops.append((first, end))
    piece = -1
    for begin, stop in stops:
        piece = begin if piece < 0 else piece
        if stop < end and _UNFINISHED.fullmatch(folded, piece, stop):  # 各县、区人民政府
            continue
        for joint in [*_AND.finditer(folded, begin, stop), None]:
            last = joint.start() if joint else stop
            name = _trimmed(folded, piece, last)
            if 2 <= len(name) <= 30 and not _NO_NAME.match(name.of(folded)):
                yield name
            piece = joint.end() if joint else -1


def _trimmed(folded: str, start: int, end: int) -> Span:
    words = folded[start:end]
    lead = len(words) - len(words.lstrip())
    kept = _BEHIND.sub(
        "", words.rstrip(" )]】。") if words.count(")") > words.count("(") else words.rstrip(" 。")
    ).rstrip()
    return Span(start + lead, max(start + lead, start + len(kept)))


def without_responsible(folded: str) -> str:
    """Folded text with its lists of responsible units blanked out, length kept."""
    return RESPONSIBLE.sub(lambda match: " " * len(match[0]), folded)
