"""Periods: counts with their anchor, and dates."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts.periods import periods_of


@pytest.mark.parametrize(
    ("text", "count", "unit", "anchor"),
    [
        ("行政机关接收申请材料后,应于7个工作日内决定", 7, "working_day", "行政机关接收申请材料"),
        ("第十条 行政机关应当自受理企业申请之日起两个月内核查", 2, "month", "受理企业申请"),
        ("第七条 企业应在知道或应当知道其合法权益受损之日起3年内提出", 3, "year", "知道或应当知道其合法权益受损"),
        ("行政机关应当在补偿救济义务履行完毕后的10个工作日内备案", 10, "working_day", "补偿救济义务履行完毕"),
        ("自办理个体工商户登记当月起,在3年内扣减", 3, "year", "办理个体工商户登记"),
        ("申请人收到通知后,应当在15日内补正", 15, "day", "申请人收到通知"),
        ("本意见自印发之日起施行,有效期2年", 2, "year", "印发"),
        ("有效期一年", 1, "year", ""),
        ("失业半年以上", 6, "month", ""),
        ("审核通过后一周内拨付", 7, "day", "审核通过"),
        ("自印发之日起30日后施行", 30, "day", "印发"),
        ("免费提供一年代理记账服务", 1, "year", ""),
        ("展期不超过一个季度", 3, "month", ""),
        ("以1个季度为纳税期", 3, "month", ""),
        ("运营满两个会计年度", 2, "year", ""),
        ("延期最长不超过12个月", 12, "month", ""),
        ("公示5天", 5, "day", ""),
    ],
)
def test_counts(text: str, count: int, unit: str, anchor: str) -> None:
    (period,) = periods_of(text)
    assert (period.count, period.unit, period.anchor) == (count, unit, anchor)
    assert period.text in text


def test_a_time_that_is_named_is_a_period_too() -> None:
    (period,) = periods_of("补贴期自2023年1月1日至2024年底", offset=7)
    assert (str(period.from_date), str(period.to_date), period.count) == ("2023-01-01", "2024-12-31", None)
    assert period.span.start == 7 + 4


def test_a_range_has_both_ends() -> None:
    (period,) = periods_of("可支付月数在18(含)至23个月时")
    assert (period.least, period.count, period.unit) == (18, 23, "month")


@pytest.mark.parametrize(
    "text",
    [
        "3月25日下午",
        "每月27日之前",
        "1年期LPR",
        "第三至五年",
        "每半年公布一次",
        "三年行动方案",
        "一年一度",
        "《三年工作方案(2023—2025年)》",
        "第2年",
        "2024年2月30日",
        "百百年",
        "年初",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert periods_of(text) == ()


def test_periods_stand_where_their_spans_say() -> None:
    text = "应于７个工作日内决定,至2024年底"
    for period in periods_of(text, offset=50):
        assert text[period.span.start - 50 : period.span.end - 50] == period.text.translate(str.maketrans("7", "７"))


@given(
    st.text(
        alphabet=st.sampled_from("0123456789一二三十百半年月日天个工作季度底末初内至—自之起后《》。, "), max_size=80
    )
)
def test_no_text_of_times_breaks_the_grammar(text: str) -> None:
    assert all(text[p.span.start : p.span.end] == p.text for p in periods_of(text))
