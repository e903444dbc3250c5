"""Amounts and quantities: value, unit, bound, per, role."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts.amounts import amounts_of
from corpus.model import Measure


def measures(text: str) -> list[Measure]:
    amounts, quantities = amounts_of(text)
    return sorted((*amounts, *quantities), key=lambda measure: measure.span)


def only(text: str) -> Measure:
    (found,) = measures(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("奖励4万元", 40_000, "元"),
        ("奖励４万元", 40_000, "元"),
        ("奖励 50 万元", 500_000, "元"),
        ("奖励1,000元", 1000, "元"),
        ("奖励三万元", 30_000, "元"),
        ("奖励五十万元", 500_000, "元"),
        ("贷款4.35亿元", 435_000_000, "元"),
        ("安排1万亿元", 10**12, "元"),
        ("收费10块钱", 10, "元"),
        ("出口200万美元", 2_000_000, "美元"),
        ("贷款30万", 300_000, "元"),
        ("按15%给予补贴", 15, "%"),
        ("按百分之十五给予补贴", 15, "%"),
        ("加收万分之五", Decimal("0.05"), "%"),
        ("按2‰收取", 2, "‰"),
        ("按千分之二收取", 2, "‰"),
        ("占四分之一", 25, "%"),
        ("提高10个百分点", 10, "个百分点"),
        ("实行5折优惠", 5, "折"),
        ("实行八五折优惠", Decimal("8.5"), "折"),
        ("规定标准的1倍", 1, "倍"),
        ("规定标准的两倍", 2, "倍"),
        ("企业400家", 400, "家"),
        ("年产1500万双", 15_000_000, "双"),
        ("建设面积10平方公里", 10, "平方公里"),
        ("面积200㎡", 200, "平方米"),
        ("注册量突破6亿", 600_000_000, "个"),
        ("税收过千万元企业", 10_000_000, "元"),
        ("引进亿元以上项目", 100_000_000, "元"),
        ("产值超百亿元", 10**10, "元"),
    ],
)
def test_values_in_the_base_unit(text: str, value: int | Decimal, unit: str) -> None:
    found = only(text)
    assert (found.low, found.high, found.unit) == (value, value, unit)
    assert isinstance(found.low, Decimal)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "per"),
    [
        ("给予100—1000元/人的补贴", 100, 1000, "元", "人"),
        ("奖励5-10万元", 50_000, 100_000, "元", ""),
        ("奖励50万元至100万元", 500_000, 1_000_000, "元", ""),
        ("新增2—4家", 2, 4, "家", ""),
        ("提高10%~20%", 10, 20, "%", ""),
    ],
)
def test_ranges(text: str, low: int, high: int, unit: str, per: str) -> None:
    found = only(text)
    assert (found.low, found.high, found.unit, found.per, found.bound) == (low, high, unit, per, "range")


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("奖励4万元", "exact"),
        ("达到1000万元以上", "at_least"),
        ("不低于1亿元", "at_least"),
        ("工业投资不低于全部固定资产投资的50%", "at_least"),
        ("不少于2次", "at_least"),
        ("至少10家", "at_least"),
        ("最低5折", "at_least"),
        ("3年以下,1%以下", "at_most"),
        ("不超过500万元", "at_most"),
        ("不超过规定标准的1倍", "at_most"),
        ("最高1000万元", "at_most"),
        ("5万元以内", "at_most"),
        ("超过2000万元", "over"),
        ("产值过10亿元", "over"),
        ("突破2500亿元", "over"),
        ("引进100多名人才", "over"),
        ("资料500余份", "over"),
        ("通过3家", "exact"),
        ("不满30家", "under"),
        ("未超过10万元", "under"),
        ("低于10万元", "under"),
        ("由20%降至", "exact"),
        ("24个工作日内,报送3份", "exact"),
    ],
)
def test_bounds(text: str, bound: str) -> None:
    assert measures(text)[-1].bound == bound


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("按4800元/年标准", "年"),
        ("200元/亩·年", "亩·年"),
        ("每户每年14400元", "户年"),
        ("每家给予15万元奖励", "家"),
        ("每年盘活困难企业30家", "年"),
        ("乡镇每完成一家工业企业进规,奖励3万元", "家"),
        ("每新增一家限上企业奖励管理方1万元", "家"),
        ("每月不少于2次", "月"),
        ("每家企业当年新增产值过5亿元的项目", ""),
        ("每年召开会议,奖励3万元", ""),
    ],
)
def test_per(text: str, per: str) -> None:
    assert measures(text)[-1].per == per


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("对当年新进限的批发企业一次性奖励8万元。", ["award"]),
        ("统计报表报送及时的,按4800元/年标准予以补贴。", ["award"]),
        ("当年上缴税收达到1000万元以上的,给予贡献10%的奖励,最高不超过100万元。", ["threshold", "rate", "cap"]),
        ("年产值首次突破50亿元、30亿元的,相应奖励100万元、50万元。", ["threshold", "threshold", "award", "award"]),
        ("对新增纳税超3000万元以上的工业企业,给予100万元奖励。", ["threshold", "award"]),
        ("给予不超过500万元支持。", ["cap"]),
        ("按每户每年14400元为限额依次扣减其税费。", ["cap"]),
        ("可申请额度不超过30万元的创业担保贷款。", ["loan"]),
        ("政府性担保机构将担保费率降至1%以下。", ["fee"]),
        ("对中小微企业不超过1%的担保费率政策。", ["fee"]),
        ("到2025年,规上工业总产值力争达到600亿元以上。", ["target"]),
        ("高新技术企业占比达50%以上。", ["target"]),
        ("产值规模过10亿元电子信息企业达到3—5家。", ["threshold", "target"]),
        ("支持通威生物年产18.1万吨饲料技改。", ["other"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    assert [measure.role for measure in measures(text)] == roles


@pytest.mark.parametrize(
    "text",
    [
        "千家万户",
        "一次性奖励",
        "第三条",
        "一家企业",
        "2023年8月1日",
        "7个工作日",
        "三元正极材料",
        "0人工干预",
        "世界500强",
        "1个季度",
        "《关于促进100家企业发展的意见》",
        "天政办发〔2023〕20号",
        "九届七次全会",
        "实现一次办好",
        "GB/T4754",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert measures(text) == []


def test_figures_stand_where_their_spans_say() -> None:
    text = "对批发企业奖励８万元,零售企业奖励4万元。"
    for measure in amounts_of(text, offset=100)[0]:
        assert text[measure.span.start - 100 : measure.span.end - 100] == measure.text


def test_what_a_figure_is_said_of() -> None:
    first, second = amounts_of("对当年新进限纳统的批发企业一次性奖励8万元,零售、住宿、餐饮企业一次性奖励4万元。")[0]
    assert "批发企业" in first.subject
    assert "零售、住宿、餐饮企业" in second.subject
    assert "批发" not in second.subject


@given(
    st.text(
        alphabet=st.sampled_from("0123456789.,%一二三十百千万亿元家个年月折倍以上下不超过低于每/—至《》。、第 奖励"),
        max_size=80,
    )
)
def test_no_text_of_figures_breaks_the_grammar(text: str) -> None:
    for measure in measures(text):
        assert measure.low <= measure.high
        assert text[measure.span.start : measure.span.end] == measure.text
