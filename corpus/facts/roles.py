"""What a figure does in its clause: award, cap, rate, threshold, target, loan, fee.

Read from the words of the figure's own comma segment first, then from its sentence:

    给予一次性奖励50万元  award     单个企业最高不超过200万元  cap     按实际投入的30%给予补助  rate
    年产值5亿元以上的企业  threshold    力争达到300亿元  target     授信额度100万元  loan     年利率3.65%  fee
"""

from __future__ import annotations

import re

from corpus.facts.figures import MONEY, RATES, Figure
from corpus.model import Bound, Role

#: Words by which something is given, or a burden is lightened.
_GIVING = (
    "奖|补贴|补助|给予|给与|予以|资助|扶持|补偿|支持|返还|发放|退还|贴息|兑现|减免|扣减|减征|免征|减按|减半|优惠|配套|下调|"
    "下浮|抵扣|免除|减收|打折|让利"
)
_AWARD = re.compile(_GIVING)
#: Words that give counted things: 支持 and 扶持 give no 18.1万吨.
_GIVES = re.compile(r"奖励|奖补|补助|补贴|给予|发放|减免|赠送|资助")
#: What stands behind a figure that is given: 按4800元/年标准予以补贴, 30%给予补助, 10%的奖励, 50%贴息.
_GIVEN = re.compile(
    r"(?:的)?(?:年)?(?:标准|比例|额度|限额|费率)?(?:给予|予以|进行|实行|发放|支付|享受|连续|直接)?[^,。;、]{0,8}?"
    r"(?:奖励|补贴|补助|资助|奖补|补偿|贴息|返还|减免|减征|扶持|优惠|支持|配套)"
)
_LIMIT = re.compile(r"最高|不超过|不得超过|不高于|封顶|上限|最多|至多|以内|之内|限额|为限|控制在")
_LIMIT_BEHIND = re.compile(r"[^,。;]{0,2}(?:封顶|为限额|为上限|为限|以内|之内)")
_LOAN = re.compile(r"贷款|授信|借款|(?<!金)融资|再贷款|信用额度|担保额度|担保金额|循环额度")
_FEE = re.compile(
    r"费率|手续费|工本费|管理费|年费|保费|担保费|缴费|税率|征收率|预征率|利率|罚款|收取|缴存|缴费基数|LPR|保证金|滞纳金|违约金"
)
_TARGET = re.compile(
    r"力争|目标|到20\d\d年|达到?|突破|新增|培育|引进|建成|实现|完成|保持|提高|增长|累计|超过|增速|总规模|总额"
)
#: Growth and shares: what is aimed at, or was reached.
_GROWTH = re.compile(
    r"(?:增长|增速|增幅|同比|年均|提升|下降|降低|降幅|提高|占|比重|比例|率|高于|复工|完成|覆盖)"
    r"(?:[^,。;、]{0,12}?(?:达到?|超过?|突破|提升至|提高到|稳定在|保持在|不低于|分别|为|约|在|至|到)?)?$"
)
#: 费率降至1%, 缴费比例由20%降至19%, and behind the figure 1%征收率, 20%的税率: what is charged; 费率下调20% is relief.
_CHARGED = re.compile(
    r"(?:费率|税率|征收率|利率|缴费比例|缴费基数)[^,。;]{0,12}?(?:按|为|是|由|从|降至|降到|至|不超过|不高于|不低于|执行|统一|LPR\+?|加|上限|下限)[^,。;]{0,4}$"
)
_CHARGE_BEHIND = re.compile(r"(?:的)?(?:征收率|预征率|税率|费率|担保费率|利率)")
_LIGHTENED = re.compile(
    r"减按|减征|减免|减半|返还|下调|下浮|优惠|给予|予以|补助|补贴|贴息|奖励|预留|(?:租金|价格|标准|费率|利率|保费|成本价)[^,。;]{0,8}(?:降低|下降|减少)[^,。;]{0,3}$"
)
_CONDITION = re.compile(
    r"(?:达到?|超过|突破|首次|累计|不低于|不少于|未超过|不足|满|以上|以下|增长|上缴|销售|产值|收入|投资|面积|营业|贡献|额|资本|规模|实缴|占)[^。;]{0,40}的?[,]?$"
)
_SET_APART = re.compile(r"[^,。;]{0,14}的")
#: 3000万元以上的, 2000万元的企业, 1亿元及以上项目: the figure says which.
_OF_WHICH = re.compile(
    r"(?:的(?=[,。;、)]|$|再|给予|奖|按|分别|一次性)|(?:的)?[\u4e00-\u9fff]{0,10}(?:企业|项目|单位|工程|产业|货物|服务|个体|主体|纳税人|部分|平台|机构))"
)
#: 过100亿元企业, 10亿元级基地.
_WHICH_KIND = re.compile(r"级?(?:的)?(?:企业|产业|园区|集群|基地|项目|工业企业)(?![\u4e00-\u9fff]{0,4}(?:奖|补|贷))")
#: How large a fund is; nobody gets it.
_FUND = re.compile(r"(?:资金|基金|贴息|补偿|奖补|财政)[^,。;]{0,6}(?:规模|预算)[^,。;]{0,6}$|资金池[^,。;]{0,8}$")
#: No comma segment in front of a figure is longer; where commas are missing this much of it is read.
_SEGMENT = 100
_BOUNDED = frozenset({Bound.OVER, Bound.AT_LEAST, Bound.AT_MOST, Bound.UNDER, Bound.RANGE})
#: What is measured of an enterprise; 奖励总额 and 补助金额 are measured of what it gets.
_MEASURED = re.compile(
    r"(?<![奖补助贴励偿])(?:销售额|营业额|收入|产值|投资额?|所得额|资本|贡献|税收|纳税额?|面积|规模|利润|成交额|零售额|带货额|进出口额|增加值)"
    r"[^,。;]{0,10}(?:不超过|未超过|不高于|低于|在)?$"
)


def role_of(before: str, behind: str, figure: Figure, bound: Bound) -> Role:
    """The role of a figure; ``before`` and ``behind`` are the words of its sentence on either side."""
    segment = re.split(r"[,:()]", before)[-1][-_SEGMENT:]
    if figure.unit in RATES:
        return _role_of_rate(before, behind, segment, figure, bound)
    if figure.unit not in MONEY:
        return _role_of_count(before, behind, segment)
    if _is_cap(before, behind, segment, figure):
        return Role.CAP
    if not _GIVES.search(segment) and (_WHICH_KIND.match(behind) or (bound in _BOUNDED and _OF_WHICH.match(behind))):
        return Role.THRESHOLD
    if _LOAN.search(segment + behind[:12]) or (
        re.search(r"额度", segment) and _LOAN.search(before[-40:] + behind[:24])
    ):
        return Role.LOAN
    if _FUND.search(segment):
        return Role.OTHER
    if _is_threshold(segment, behind, bound):
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
    """Whether a figure is the most that is given: a limit is said, of something given and not of a firm or a loan."""
    if _LIMIT_BEHIND.match(behind) or re.search(r"以内|之内", figure.after):
        return _AWARD.search(before + behind) is not None and not _LOAN.search(segment)
    if not _LIMIT.search(segment) or _MEASURED.search(segment) or _LOAN.search(segment + behind[:12]):
        return False
    return _AWARD.search(before) is not None or _GIVEN.match(behind) is not None


def _is_threshold(segment: str, behind: str, bound: Bound) -> bool:
    """Whether a figure sets apart whom something is for."""
    if _GIVES.search(segment):
        return False
    if bound in _BOUNDED and _OF_WHICH.match(behind):
        return True
    if _AWARD.search(segment) and re.search(r"给予|予以|奖励", segment):
        return False
    if bound in (Bound.AT_LEAST, Bound.OVER) and _CONDITION.search(segment) and _AWARD.search(behind):
        return True
    return _CONDITION.search(segment) is not None and _SET_APART.match(behind) is not None


def _role_of_rate(before: str, behind: str, segment: str, figure: Figure, bound: Bound) -> Role:
    if _CHARGE_BEHIND.match(behind) or _CHARGED.search(segment):
        return Role.FEE
    if _is_cap(before, behind, segment, figure):
        return Role.CAP
    if bound in _BOUNDED and _OF_WHICH.match(behind) and not _GIVES.search(segment):
        return Role.THRESHOLD
    if _GIVEN.match(behind) or _LIGHTENED.search(segment):
        return Role.RATE
    if _is_threshold(segment, behind, bound):
        return Role.THRESHOLD
    if _FEE.search(segment + behind[:8]):
        return Role.FEE
    if _GROWTH.search(segment):
        return Role.THRESHOLD if re.match(r"[^,。;]{0,4}的", behind) else Role.TARGET
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
