"""How provisions and documents bear on each other, and which clauses govern which.

    不重复享受, 就高不就低, 以本意见为准, 从其规定, 总部经济除外, 《…》同时废止

What governs a clause travels with it as its provisos: closings and articles that speak of the whole instrument, clauses
that may not be combined with it, paragraphs that speak of those before them (以上奖励, 本部分政策).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

from corpus.facts.places import Places
from corpus.facts.spans import Taken
from corpus.folding import fold
from corpus.model import Clause, Level, Reference, Relation, RelationKind, Span

_GIVEN = "享受|奖励|奖补|申报|补助|兑现|补贴|支持|资助|计算|计奖|申请|申领|扶持|领取|补偿"
_NON_STACKING = re.compile(
    rf"不(?:得|能|可|予)?(?:再)?(?:重复|多头)(?:{_GIVEN})|不(?:得)?与[^。;,]{{2,30}}重复(?:{_GIVEN})"
    r"|(?:就高|从高|择优|从优)[、,]?不重复|不(?:得|可)?叠加|不(?:得|可|能)?同时享受|不重复(?:的)?原则"
    r"|不再(?:重复)?(?:享受|给予|奖励|补助|补贴)|只能?(?:享受|选择)[^。;,]{0,8}(?:一[次项]|其一)|不得重复(?=[,。;]|$)"
)
_PRECEDENCE = re.compile(r"以本[\u4e00-\u9fff]{2,6}为准|不一致的?,(?:一律)?按本[\u4e00-\u9fff]{2,6}执行")
_DEFERS = re.compile(
    r"从其(?:规定|约定)|(?:按|按照|遵照)(?:其|国家|省|上级|新|中央|有关)[^,。;]{0,10}(?:规定|政策)执行|以上级[^,。;]{1,8}为准"
)
#: One pattern a kind; what is told apart from each by a look ahead or behind only looks like it (解除外商限制).
_KINDS = (
    (RelationKind.NON_STACKING, _NON_STACKING),
    (
        RelationKind.HIGHER_OF,
        re.compile(
            r"就高|从高|从优|择优不重复|只奖励最高|按(?:照)?最高(?:标准|额|一项|档)?[^。;,]{0,6}(?:执行|奖励|补助|给予|享受|计算)"
        ),
    ),
    (RelationKind.PRECEDENCE, _PRECEDENCE),
    (RelationKind.DEFERS, _DEFERS),
    (
        RelationKind.EXCEPTION,
        re.compile(
            r"(?<![解免清扣减消排拆])除外(?![商部资贸地国籍])"
            r"|(?<![解免清扣减消排拆])除(?!夕|了)[^,。;()]{1,40}?(?:以)?外(?![地商资贸部国向])|不适用(?:本(?!条|款)|第|前)|不受[^,。;]{1,24}限"
        ),
    ),
    (RelationKind.REPEALS, re.compile(r"(?:同时|即行|予以|自行)?(?:废止|停止执行|不再执行|失效)(?!后|前|的(?:规|行))")),
    (
        RelationKind.AMENDS,
        re.compile(r"作(?:出)?(?:如下|以下|相应)(?:修改|调整|修订)|修改为|改为第|删去第|增加一[条款项]|新增一[条款项]"),
    ),
)
#: What one may not be combined with, or what goes before it: 与市级其他政策不重复享受, 与本意见不一致的.
_SUBJECT = re.compile(
    r"(?:与|和)(?P<with>[^,。;()与]{2,24}?)(?:的)?(?:有)?(?:不|存在|相)?(?=不重复|重复|不一致|冲突|不得|不能|不可|交叉|不叠加|不符)"
)
_FIRST = re.compile("|".join(pattern.pattern for _, pattern in _KINDS))

_GENERAL = re.compile(
    rf"{_NON_STACKING.pattern}|就高|{_PRECEDENCE.pattern}|{_DEFERS.pattern}|有效期|负责解释|起(?:施行|执行|实施)|除[^。,]{{2,20}}外|不适用本"
)
#: A sentence by which an article speaks of its whole instrument.
_OF_THE_WHOLE = re.compile(
    r"本(?:办法|规定|条例|细则|法|意见|措施|政策|解释|规则)[^。;]{0,30}(?:起(?:施行|执行|实施)|有效期|负责解释)"
    r"|不适用本(?!条|款|章|节)|(?:冲突|不一致)的?,[^。;]{0,12}以本[\u4e00-\u9fff]{2,4}为准"
    rf"|本(?:办法|规定|细则|意见|措施|政策)[^。;]{{0,40}}(?:{_NON_STACKING.pattern})"
)
#: A paragraph that speaks of those before it in its part (以上奖励, 上述补贴, 本部分所列政策).
_OF_THOSE_BEFORE = re.compile(
    r"(?:以上|上述|前述|本部分|本章|本节)[^。;]{0,24}(?:奖励|补贴|补助|政策|资金|措施|条款|项目|标准|扶持|支持)"
)


def relations_of(clause: Clause, references: Sequence[Reference]) -> tuple[Relation, ...]:
    """What a clause says of how things go together; ``references`` are the clause's own, to name what it speaks of."""
    folded = fold(clause.text)
    listed = tuple(_listed(references)) if _LISTS.search(fold("".join(clause.headings[:-1]))) else ()
    if not _FIRST.search(folded):
        return listed
    return (*listed, *_relations(clause, folded, references))


#: 一、废止下列文件: above a list of them.
_LISTS = re.compile(r"废止(?:下列|以下)|(?:下列|以下)[^。;]{0,20}(?:废止|失效)")


def _listed(references: Sequence[Reference]) -> Iterator[Relation]:
    """The documents that stand below a heading that repeals them."""
    for reference in references:
        if reference.title or reference.number:
            yield Relation(RelationKind.REPEALS, reference.text, reference.span, reference.text, reference.targets)


def _relations(clause: Clause, folded: str, references: Sequence[Reference]) -> Iterator[Relation]:
    offset = clause.span.start
    titles = Taken(r.span for r in references if r.title)
    seen: set[tuple[RelationKind, Span]] = set()
    for kind, pattern in _KINDS:
        for match in pattern.finditer(folded):
            place = Span(offset + match.start(), offset + match.end())
            if titles.covers(place):
                continue
            segment = _segment(folded, match)
            span = Span(offset + segment.start, offset + segment.end)
            if (kind, span) in seen:
                continue
            near = _of_sentence(references, folded, match, offset)
            documents = [r for r in near if r.title or r.number]
            changed = [r for r in near if not (r.title or r.number) and r.address != str(clause.path)]
            if kind in (RelationKind.REPEALS, RelationKind.AMENDS):
                if not documents and not (kind is RelationKind.AMENDS and (changed or "一" in match[0])):
                    continue
                pointed = documents or changed
                span = Span(min((r.span.start for r in pointed), default=span.start), span.end)
                span = Span(min(span.start, offset + segment.start), span.end)
            else:
                pointed = [r for r in changed if r.span in span]
            subject = "、".join(r.text for r in pointed) or _subject(segment.of(folded))
            targets = tuple(dict.fromkeys(t for r in pointed for t in r.targets))
            seen.add((kind, span))
            yield Relation(kind, clause.text[span.start - offset : span.end - offset].strip(), span, subject, targets)


#: No sentence is longer; where stops are missing this much of it is read.
_REACH = 600


def _segment(folded: str, match: re.Match[str]) -> Span:
    """The comma segment around a match; a bracket ends one too."""
    first, last = max(0, match.start() - _REACH), min(len(folded), match.end() + _REACH)
    start = max(first, *(folded.rfind(stop, first, match.start()) + 1 for stop in ",。;:\n("))
    ends = [i for stop in ",。;:\n)" if (i := folded.find(stop, match.end(), last)) >= 0]
    return Span(start, min(ends, default=last))


def _of_sentence(references: Sequence[Reference], folded: str, match: re.Match[str], offset: int) -> list[Reference]:
    """The references of the sentence that a match stands in, in front of its end."""
    first = max(0, match.start() - _REACH)
    start = max(first, *(folded.rfind(stop, first, match.start()) + 1 for stop in "。;\n"))
    at = bisect_left(references, offset + start, key=lambda r: r.span.start)
    return list(takewhile(lambda r: r.span.start < offset + match.end(), islice(references, at, None)))


def _subject(segment: str) -> str:
    match = _SUBJECT.search(segment)
    return match["with"] if match else ""


def provisos_of(clauses: Sequence[Clause], places: Places) -> dict[str, tuple[str, ...]]:
    """For each clause of one instrument the ids of the clauses that govern it.

    Closing paragraphs govern all; of a statute the articles that state validity, interpretation, conflict or what it
    does not apply to. A clause that may not be combined with another one (与第一条奖励不重复享受) governs that; a
    paragraph of its own that speaks of those before it (以上奖励不重复享受) governs what its part holds before it.
    """
    governing: dict[str, dict[str, None]] = defaultdict(dict)
    for clause in clauses:
        for governed in _named(clause, clauses):
            governing[governed.id][clause.id] = None
    for clause, before in _of_those_before(clauses, places):
        for governed in before:
            governing[governed.id][clause.id] = None
    general = [clause.id for clause in clauses if _governs_all(clause)]
    return {
        clause.id: tuple(i for i in dict.fromkeys([*governing[clause.id], *general]) if i != clause.id)
        for clause in clauses
        if clause.level is not Level.HEAD
    }


def _governs_all(clause: Clause) -> bool:
    folded = fold(clause.text)
    if clause.level is Level.TAIL:
        return _GENERAL.search(folded) is not None
    return clause.level is Level.ARTICLE and _OF_THE_WHOLE.search(folded) is not None


def _named(clause: Clause, clauses: Sequence[Clause]) -> Iterator[Clause]:
    """The clauses that the limits in a clause name (第一条奖励)."""
    limits = [r for r in clause.relations if r.kind in (RelationKind.NON_STACKING, RelationKind.HIGHER_OF)]
    targets = {target for relation in limits for target in relation.targets}
    for other in clauses if targets else ():
        if other is not clause and any(t == other.id or t.startswith(f"{other.id}__") for t in targets):
            yield other


def _of_those_before(clauses: Sequence[Clause], places: Places) -> Iterator[tuple[Clause, list[Clause]]]:
    for i, clause in enumerate(clauses):
        if clause.level is Level.PARAGRAPH and clause.relations and _OF_THOSE_BEFORE.search(fold(clause.text)):
            part = places.at(clause.span.start)[:1]
            yield clause, [c for c in clauses[:i] if places.at(c.span.start)[:1] == part]
