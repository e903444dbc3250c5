"""The names of units in a list: 市经信局、各县(市、区)政府,市工业和信息化局和市税务局. For folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.model import Span

#: What the name of a unit ends with (党和国家机构改革 and local use), a short name in brackets behind it or not.
_UNIT = re.compile(
    r"(?:政府|委员会|管委会|办公室|督查室|领导小组|指挥部|专班|局|委|办|厅|部|署|中心|银行|支行|分行|农商行|法院|检察院|"
    r"残联|农经站|工商联|联合会|工会|妇联|团委|协会|商会|集团|公司|学校|大学|研究院|海关|支队|大队|场园|园区|开发区|街道|"
    r"乡镇|部门|机构)(?:\([^()]{1,16}\))?$"
)
#: Words that no name of a unit holds.
_NO_UNIT = re.compile(r"抄送|报送|上报|通报|申请|提出|[。;:\d]")
_LONGEST = 30
#: 市财政局和市税务局 are two, 市工业和信息化局 is one; 市交通运输局会同市财政局 are two.
_AND = re.compile(r"(?<=[局委办厅部府会署心行院区室组班])(?:和|与|及|以及|会同|联合|商)(?=[市省县区各镇乡])")
#: 各县 in 各县、区人民政府.
_UNFINISHED = re.compile(r"(?:各|市|所有)?(?:县|市|区|乡|镇|州|街道|市直|省直)(?:、(?:县|市|区|乡|镇))*")
#: 市科技服务中心(以下简称“服务中心”): no part of the name.
SHORT_FOR = re.compile(r"\((?:以下)?(?:统一)?简称[^()\n]{1,24}\)")
_NO_NAME = re.compile(r"(?:各?(?:有关|相关)单位按职责|按(?:照)?职责(?:分工)?负责)")
_BEHIND = re.compile(
    r"(?:等(?:有关|相关|单位|部门)*)?(?:按(?:照)?(?:各自)?职责(?:分工)?(?:负责|落实)?|分别负责|负责落实|等)?$"
)


def names_in(folded: str, start: int, end: int) -> Iterator[Span]:
    """The names that a stretch lists, each where it stands; none for the stretch ``-1, -1`` of an absent group."""
    if start < 0:
        return
    end = _without_closing(folded, start, end)
    piece = -1
    for begin, stop in _pieces(folded, start, end):
        piece = begin if piece < 0 else piece
        if stop < end and _UNFINISHED.fullmatch(folded, piece, stop):
            continue
        for joint in [*_AND.finditer(folded, begin, stop), None]:
            last = joint.start() if joint else stop
            name = _trimmed(folded, piece, last)
            if 2 <= len(name) <= _LONGEST and not _NO_NAME.fullmatch(name.of(folded)):
                yield name
            piece = joint.end() if joint else -1


def is_unit(name: str) -> bool:
    """Whether a name ends as those of units do."""
    return _UNIT.search(name) is not None and _NO_UNIT.search(name) is None


def are_units(folded: str, start: int, end: int) -> bool:
    """Whether a stretch lists units and nothing else."""
    names = list(names_in(folded, start, end))
    return bool(names) and all(is_unit(name.of(folded)) for name in names)


def units_from(folded: str, start: int, end: int) -> Span | None:
    """The longest beginning of a stretch that lists units."""
    for stop in range(end, start + 1, -1):
        if _UNIT.search(folded[start:stop]) and are_units(folded, start, stop):
            return Span(start, stop)
    return None


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch cut at 、 , and ; outside of brackets."""
    depth, first = 0, start
    for i in range(start, end):
        if folded[i] == "(":
            depth += 1
        elif folded[i] == ")":
            depth = max(0, depth - 1)
        elif depth == 0 and folded[i] in "、,;":
            yield first, i
            first = i + 1
    yield first, end


def _without_closing(folded: str, start: int, end: int) -> int:
    """The end of a list without the bracket that closes it; one that belongs to a name stays."""
    while end > start and folded[end - 1] in ")]】 。" and _is_open(folded[start:end]):
        end -= 1
    return end


def _is_open(words: str) -> bool:
    return words.count(")") > words.count("(") or words.endswith(("]", "】", " ", "。"))


def _trimmed(folded: str, start: int, end: int) -> Span:
    words = folded[start:end]
    lead = len(words) - len(words.lstrip(" \n“"))
    words = SHORT_FOR.sub(lambda match: " " * len(match[0]), words)
    kept = _BEHIND.sub("", words.rstrip(" \n。")).rstrip()
    return Span(start + lead, max(start + lead, start + len(kept)))
