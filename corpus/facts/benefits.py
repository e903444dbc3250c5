"""惠企事项: what somebody gets under a clause, one record for each that gets it and each thing that is given.

    对当年新进限纳统的批发企业一次性奖励8万元,对…零售、住宿、餐饮企业一次性奖励4万元     two awards
    年产值首次突破50亿元、30亿元的,相应奖励100万元、50万元                           two awards, paired
    按实际投入的30%给予补助,最高不超过50万元                                        one subsidy with its cap
    免征增值税; 给予贷款贴息; 免费提供…服务                                          without a figure

Targets, plans and duties of offices are none: 力争…奖补资金达到1亿元, 推动…, 加强….
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile

from corpus.facts.phrases import segments_of, sentence_of
from corpus.folding import fold
from corpus.model import (
    Amount,
    Benefit,
    BenefitKind,
    Clause,
    Kind,
    Level,
    OfficeRole,
    Relation,
    RelationKind,
    Role,
    Span,
    Validity,
)

_RELIEF = (
    "免征|免收|免缴|免除|免交|免于|全免|免租|减征|减免|减半|减按|扣减|抵扣|抵减|退税|缓缴|延缴|暂缓|分期缴纳|延期缴纳|下调|不再收取|不另行收取|不收取|"
    "不予处罚|从轻|延期还本付息|予以退还|取消[^,。;]{0,16}(?:费|金)|实行[^,。;]{0,12}优惠|降至|费率按|预缴增值税"
)
_SUBSIDY = "补贴|补助|贴息|资助|补偿|消费券|返还|财政后补助|资金支持|配套支持|津贴|安家费"
_AWARD = "奖励|奖补|奖金|激励|奖"
_LOAN = "信用贷款|担保贷款|创业担保|不抽贷|续贷|展期|无还本|授信|贷款支持|融资支持|转贷|利率优惠|融资利率|担保费率"
_SERVICE = "免费|绿色通道|代办|代理记账|入驻|咨询服务|一站式|专属|上门服务|培训服务|回访帮扶|法治体检"
_KINDS = (
    (BenefitKind.RELIEF, re.compile(_RELIEF)),
    (BenefitKind.SUBSIDY, re.compile(_SUBSIDY)),
    (BenefitKind.AWARD, re.compile(_AWARD)),
    (BenefitKind.LOAN, re.compile(_LOAN)),
    (BenefitKind.SERVICE, re.compile(_SERVICE)),
)
#: By these words something is given where no figure says what.
_GIVES = re.compile(
    rf"{_RELIEF}|(?:给予|给与|予以|(?<![得再未已过复])享受(?!过)|落实|发放|兑现|安排|实行)[^,。;:]{{0,24}}?(?:{_SUBSIDY}|奖励|奖补|激励|支持|扶持|优惠|倾斜|政策)"
    rf"|(?:优先|(?<!许)可(?:以)?(?:按规定)?(?:申请|享受|自愿|继续|折算|适当|落户)|(?<!不)允许|视同|授予)[^,。;]{{2,40}}|{_LOAN}"
    r"|免费[^,。;]{2,30}|提供[^,。;]{2,30}服务|(?:开展|实行)[^,。;]{2,20}(?:服务|帮扶|包保|快审|快贷)|不(?:盲目)?“?(?:断贷|抽贷|压贷)"
)
#: A segment that begins so tells an office or somebody else what to do.
_DUTY = re.compile(
    r"^(?:鼓励|支持(?:银行|金融|各|有条件)|力争|加强|加快|加大|推动|推进|完善|建立|健全|强化|深化|统筹|引导|组织|争取|探索|规范|制定|出台|研究|梳理|宣传|督促|"
    r"做好|落实好|严格|依法严厉|依法查处|提升|扩大|协助|协调|发展|打造|保障个体|开展“|依托|发挥|定期|对已|严禁|不得)"
)
#: What a statement to the press says of the past.
_PAST = re.compile(r"共|累计|已|去年|20\d\d年(?!起)|兑现|争取|撬动|发放了")
_WHO = re.compile(
    r"^\s*(?:支持|鼓励|凡|其中|同时)?(?:对于|对|为|向)(?P<to>[^,。;:]{2,90}?)(?=,|的?(?:一次性|给予|予以|每|按|分别|奖(?=[励补\d])|补(?=[助贴\d])|实行|免|减|提供|开展|发放(?!的)|相应|再)|$)"
)
_SUBJECT_FIRST = re.compile(
    r"^(?P<to>[^,。;:]{2,60}?(?:企业|个体工商户|项目|单位|机构|平台|人员|人才|纳税人|市场主体|经营主体|园区|基地|商户|高校毕业生|农户|合作社|乡镇|区))"
)
_GIVEN_TO = "企业|个体工商户|项目|单位|机构|平台|人员|人才|园区|基地|商户|农户|合作社"
#: ,商贸企业奖励6万元 behind what somebody else gets.
_NEXT = re.compile(
    rf"^\s*(?P<to>(?!每|单|同|该|其|按|对|向|给|支持|鼓励|引导|可|由|再|并)[^,。;:\d]{{0,20}}(?:{_GIVEN_TO}))"
    r"的?(?:一次性)?(?:再)?(?:给予|奖励|奖补|补贴|补助|资助)[^,。;:]{0,10}\d"
)
#: 、商贸企业奖励6万元 behind what somebody else gets.
_ANOTHER = re.compile(
    r"^、(?P<to>[^,。;:\d]{2,24}?)的?(?:一次性)?(?:再)?(?:给予|奖励|奖补|补贴|补助|资助|按|最高)[^,。;:]{0,10}\d"
)
_CONDITIONED = re.compile(r"[^,。;]{2,60}(?:的|者)$|(?:以上|超过|达到|首次|符合|经|连续|满)[^,。;]{2,60}$")
_GIVEN_ROLES = frozenset({Role.AWARD, Role.CAP, Role.RATE})
#: Words beside a figure that say it is given.
_GIVING = re.compile(rf"{_RELIEF}|{_SUBSIDY}|{_AWARD}|{_LOAN}|给予|予以|优惠|支持|扶持|让利|发放|计入|预留|底价|免")
#: 可申请额度不超过30万元的创业担保贷款; 费率由2%降至1%, 减按1%征收率.
_APPLIED_FOR = re.compile(r"(?:可|可以)?(?:申请|发放|提供|给予)[^,。;]{0,40}(?:贷款|授信|担保)")
_LOWERED = re.compile(r"降至|降到|减按|按\d|优惠|低于?\d|下调|不超过[^,。;]{0,8}(?:费率|利率)|低[^,。;]{0,4}%")
#: A clause states no more limits or overlapping terms; a longer list of them is a list of something else.
_MOST = 20
_LIMITS = frozenset({RelationKind.NON_STACKING, RelationKind.HIGHER_OF})


def benefits_of(
    clause: Clause, terms: Sequence[Validity], kind: Kind, governing: Sequence[Clause] = ()
) -> tuple[Benefit, ...]:
    """The entitlements that a clause states; ``terms`` are its own, ``governing`` the clauses that govern it.

    A statement to the press gives figures only.
    """
    if clause.level in (Level.HEAD, Level.TAIL, Level.ANNEX, Level.BOX) or kind is Kind.STATUTE:
        return ()
    folded = fold(clause.text)
    if not _GIVES.search(folded) and not any(amount.role in _GIVEN_ROLES for amount in clause.amounts):
        return ()
    ordered = sorted(terms, key=lambda term: term.span.start if term.span else 0)
    relations = (relation for each in (clause, *governing) for relation in each.relations)
    limits = tuple(islice((relation for relation in relations if relation.kind in _LIMITS), _MOST))
    return tuple(_Reader(clause, folded, ordered, limits, spoken=kind is Kind.PRESS).read())


@dataclass
class _Reader:
    """Goes through a clause sentence by sentence; who is spoken of goes on until somebody else is named."""

    clause: Clause
    folded: str
    terms: Sequence[Validity]
    limits: tuple[Relation, ...]
    spoken: bool
    who: str = ""

    def read(self) -> Iterator[Benefit]:
        label = self.clause.path.steps[-1].label
        at = len(label) if self.clause.text.startswith(label) else 0
        while at < len(self.folded):
            sentence = sentence_of(self.folded, Span(at, at))
            sentence = Span(at, max(sentence.end, at))
            yield from self._of_sentence(sentence)
            at = sentence.end + 1

    def _of_sentence(self, sentence: Span) -> Iterator[Benefit]:
        if first := _SUBJECT_FIRST.match(sentence.of(self.folded).strip()):
            self.who = first["to"].strip()
        segments = segments_of(self.folded, sentence)
        open_benefit: Benefit | None = None
        conditions: list[str] = []
        for segment in segments:
            said = segment.of(self.folded)
            before = self.folded[segment.start - 1 : segment.start] if segment.start else ""
            if named := _WHO.match(said) or _ANOTHER.match(before + said) or _NEXT.match(said):
                self.who = named["to"].strip()
            figures = self._given(segment)
            if not figures:
                if not self.spoken and _gives(said):
                    if open_benefit:
                        yield open_benefit
                    open_benefit = None
                    yield self._benefit(segment, None, conditions)
                elif _CONDITIONED.search(said.strip()):
                    conditions = [*conditions, said.strip()]
                continue
            for figure in figures:
                if figure.role is Role.CAP and open_benefit is not None and open_benefit.cap is None:
                    open_benefit = replace(open_benefit, cap=figure)
                    continue
                if open_benefit:
                    yield open_benefit
                open_benefit = self._benefit(segment, figure, conditions)
        if open_benefit:
            yield open_benefit

    def _given(self, segment: Span) -> list[Amount]:
        """The figures of a segment that are given."""
        start = self.clause.span.start
        at = bisect_left(self.clause.amounts, segment.start + start, key=lambda amount: amount.span.start)
        inside = list(takewhile(lambda a: a.span.end <= segment.end + start, islice(self.clause.amounts, at, None)))
        said = segment.of(self.folded)
        if not _GIVING.search(said) or (self.spoken and _PAST.search(said)):
            return [amount for amount in inside if amount.role is Role.CAP and not self.spoken]
        found = [amount for amount in inside if amount.role in _GIVEN_ROLES]
        if not found and not _DUTY.match(said.strip()):
            other = Role.LOAN if _APPLIED_FOR.search(said) else Role.FEE if _LOWERED.search(said) else None
            found = [amount for amount in inside if amount.role is other][-1:]
        return found

    def _term(self, span: Span) -> Validity | None:
        """The term that governs a place."""
        at = bisect_left(self.terms, span.start + 1, key=lambda term: term.span.start if term.span else 0)
        near = reversed(self.terms[max(0, at - _MOST) : at])
        return next((term for term in near if term.span is not None and span in term.span), None)

    def _benefit(self, segment: Span, figure: Amount | None, conditions: Sequence[str]) -> Benefit:
        start = self.clause.span.start
        said = segment.of(self.folded)
        lead = len(said) - len(said.lstrip())
        span = Span(start + segment.start + lead, start + segment.start + len(said.rstrip()))
        paired = [figure.key] if figure and figure.key else []
        return Benefit(
            kind=_kind_of(said),
            what=self.clause.text[span.start - start : span.end - start],
            span=span,
            clause_id=self.clause.id,
            who=self.who,
            amount=figure if figure and figure.role is not Role.CAP else None,
            cap=figure if figure and figure.role is Role.CAP else None,
            conditions=(*conditions, *paired),
            term=self._term(span),
            offices=tuple(o for o in self.clause.offices if o.role is not OfficeRole.INTERPRETS),
            not_with=self.limits,
        )


def _gives(said: str) -> bool:
    return _GIVES.search(said) is not None and not _DUTY.match(said.strip())


def _kind_of(said: str) -> BenefitKind:
    """The kind that the last giving word of a segment says (贷款贴息 is a subsidy)."""
    found = [(match.start(), kind) for kind, pattern in _KINDS for match in pattern.finditer(said)]
    return max(found, key=lambda each: each[0])[1] if found else BenefitKind.OTHER
