"""What a figure does in its clause: award, cap, rate, threshold, target, loan, fee."""

from __future__ import annotations

import re

from corpus.facts.figures import MONEY, RATES, Figure
from corpus.model import Bound, Role

_AWARD = re.compile(r"奖|补贴|补助|给予|资助|扶持|补偿|支持|返还|发放|退还|贴息|兑现|减免|扣减|减征|免征|优惠")
#: Words that give counted things: 支持 and 扶持 give no 18.1万吨.
_GIVES = re.compile(r"奖励|奖补|补助|补贴|给予|发放|减免|赠送")
#: What stands behind a figure that is given: 按4800元/年标准予以补贴.
_GIVEN = re.compile(
    r"(?:的)?(?:标准|比例|额度)?(?:,)?(?:给予|予以|进行|实行|发放)?(?:一次性)?(?:奖励|补贴|补助|资助|奖补|补偿|贴息|返还|减免)"
)
_LIMIT = re.compile(r"最高|不超过|封顶|上限|以内|之内|限额|为限")
_LOAN = re.compile(r"贷款|授信|借款|(?<!金)融资|再贷款")
_FEE = re.compile(r"费率|手续费|工本费|管理费|年费|保费|担保费|缴费|税率|征收率|预征率|利率|罚款|收取|缴存")
_TARGET = re.compile(r"力争|目标|到20\d\d年|达到|突破|新增|培育|引进|建成|实现|完成|保持|提高|增长|累计")
#: A share or a rate of success that is to be reached.
_SHARE = re.compile(r"(?:率|占比|比重|比例|比)(?:达到?|超过?|突破|提升至|提高到|稳定在|保持在|不低于)?$")
_CONDITION = re.compile(
    r"(?:达到|超过|突破|首次|累计|不低于|未超过|满|以上|以下|增长|上缴|销售|产值|收入|投资|面积|营业)[^。;]{0,40}的?[,]?$"
)
_SET_APART = re.compile(r"[^,。;]{0,14}的")
#: 过10亿元电子信息企业, 3000万元以上的工业项目: the figure says which firms.
_WHICH = re.compile(r"(?:的)?[\u4e00-\u9fff]{0,10}(?:企业|项目|单位|工程|产业|货物|服务)")
#: No comma segment in front of a figure is longer; where commas are missing this much of it is read.
_SEGMENT = 100
_BOUNDED = frozenset({Bound.OVER, Bound.AT_LEAST, Bound.AT_MOST, Bound.UNDER})


def role_of(before: str, behind: str, figure: Figure, bound: Bound) -> Role:
    """The role from the words of the figure's own segment first, then of its sentence.

    ``before`` and ``behind`` are the words of its sentence on either side.
    """
    segment = re.split(r"[,:()]", before)[-1][-_SEGMENT:]
    if figure.unit in RATES:
        return _role_of_rate(before, behind, segment, figure)
    if figure.unit not in MONEY:
        return _role_of_count(before, behind, segment)
    if _is_cap(before, behind, segment, figure):
        return Role.CAP
    if _LOAN.search(segment + behind[:12]) or (re.search(r"额度", segment) and _LOAN.search(behind[:24])):
        return Role.LOAN
    if _is_threshold(segment, behind) or (bound in _BOUNDED and _WHICH.match(behind) and not _GIVES.search(segment)):
        return Role.THRESHOLD
    if _AWARD.search(segment) or _GIVEN.match(behind) or (_AWARD.search(before) and re.search(r"[、和]$", segment)):
        return Role.AWARD
    if _FEE.search(segment):
        return Role.FEE
    if _CONDITION.search(segment) and _AWARD.search(behind):
        return Role.THRESHOLD
    if _TARGET.search(segment) or _TARGET.search(before):
        return Role.TARGET
    return Role.AWARD if _AWARD.search(before) else Role.OTHER


def _is_cap(before: str, behind: str, segment: str, figure: Figure) -> bool:
    if _AWARD.search(segment) and _LIMIT.search(segment + figure.after):
        return True
    if re.search(r"最高不?超过?|封顶", segment) and _AWARD.search(before) and not _LOAN.search(segment + behind[:12]):
        return True
    return re.search(r"封顶|为限额|为上限|以内", behind[:6]) is not None and _AWARD.search(before + behind) is not None


def _is_threshold(segment: str, behind: str) -> bool:
    gives = _AWARD.search(segment) and re.search(r"奖励|给予|补贴|奖补", segment)
    return not gives and _CONDITION.search(segment) is not None and _SET_APART.match(behind) is not None


def _role_of_rate(before: str, behind: str, segment: str, figure: Figure) -> Role:
    if _is_cap(before, behind, segment, figure):
        return Role.CAP
    if _FEE.search(segment + behind[:8]):
        return Role.FEE
    if _is_threshold(segment, behind):
        return Role.THRESHOLD
    if _SHARE.search(segment) and not _AWARD.search(segment + behind[:10]):
        return Role.TARGET
    if _AWARD.search(before + behind[:10]):
        return Role.RATE
    return Role.TARGET if _TARGET.search(before) else Role.RATE


def _role_of_count(before: str, behind: str, segment: str) -> Role:
    if _CONDITION.search(segment) and _SET_APART.match(behind) and not _GIVES.search(segment):
        return Role.THRESHOLD
    if _GIVES.search(segment):
        return Role.CAP if _LIMIT.search(segment) else Role.AWARD
    if _CONDITION.search(segment) and _AWARD.search(behind):
        return Role.THRESHOLD
    return Role.TARGET if _TARGET.search(segment) or _TARGET.search(before) else Role.OTHER
