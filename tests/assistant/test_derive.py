from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Derivation, DerivationRule
from assistant.derive import day_in, multiplied, printed, recomputes, value_of
from assistant.workdays import WorkCalendar


@pytest.mark.parametrize(
    ("value", "rule", "sources"),
    [
        ("15万元", "sum", ("10万元", "5万元")),
        ("150000元", "sum", ("10万元", "50000元")),
        ("2.5万元", "sum", ("2万元", "5000元")),
        ("50万元", "product", ("500万", "10%")),
        ("9600元", "product", ("4800元/年", "两年")),
        ("9万元", "product", ("3万元", "3家")),
        ("9万元", "product", ("3万元", "三家")),
        ("2000—20000元", "product", ("100—1000元/人", "20个")),
        ("14400元", "product", ("1200元", "6个", "2年")),
        ("0.8个百分点", "difference", ("1.5%", "0.7%")),
        ("4万元", "difference", ("4万元", "8万元")),
        ("3项", "count", ("甲", "乙", "丙")),
        ("2024年10月12日", "working_days", ("2024年9月27日", "7个工作日")),
        ("2024年10月12日", "working_days", ("2024-09-27", "7个工作日内")),
        ("2024年10月12日", "working_days", ("9月27日", "7个工作日", "2024年11月1日")),
        ("2024年3月31日", "date_plus", ("2024年1月31日", "两个月")),
        ("2024年4月1日", "date_plus", ("2024年1月31日", "两个月")),  # a Sunday moves
        ("2024年2月29日", "date_plus", ("2023年8月31日", "6个月")),
        ("2025年2月28日", "date_plus", ("2024年2月29日", "一年")),
        ("2025年10月15日", "date_plus", ("2025年9月30日", "15日内")),
        ("2027年2月", "date_plus", ("2024年3月", "3年")),
    ],
)
def test_what_follows(value: str, rule: DerivationRule, sources: tuple[str, ...]) -> None:
    assert recomputes(Derivation(value, rule, sources))


@pytest.mark.parametrize(
    ("value", "rule", "sources"),
    [
        ("25万元", "sum", ("10万元", "5万元")),
        ("15亿元", "sum", ("10万元", "5万元")),
        ("15万元", "sum", ("10万元", "5%")),
        ("15万元", "sum", ("10万元", "五花八门")),
        ("50元", "product", ("500万", "10%")),
        ("50万元", "product", ("500万", "100万")),
        ("50万元", "product", ("500万",)),
        ("4万元", "difference", ("4万元",)),
        ("0.8%", "difference", ("1.5%", "0.7万元")),
        ("2项", "count", ("甲", "甲")),
        ("2024年10月11日", "working_days", ("2024年9月27日", "7个工作日")),
        ("2024年10月12日", "date_plus", ("2024年9月27日", "7个工作日")),
        ("2024年10月12日", "working_days", ("9月27日", "7个工作日")),
        ("2024年10月12日", "working_days", ("2024年9月27日",)),
        ("2024年4月2日", "date_plus", ("2024年1月31日", "两个月")),
        ("2027年3月", "date_plus", ("2024年3月", "3年")),
        ("9999年12月31日", "date_plus", ("9999年12月1日", "3年")),
    ],
)
def test_what_does_not(value: str, rule: DerivationRule, sources: tuple[str, ...]) -> None:
    assert not recomputes(Derivation(value, rule, sources))


def test_days_are_counted_by_the_calendar_of_the_derivation() -> None:
    own = WorkCalendar(off=frozenset({date(2024, 7, 8)}))
    assert recomputes(Derivation("2024年7月9日", "working_days", ("2024年7月5日", "1个工作日"), own))
    assert not recomputes(Derivation("2024年7月9日", "working_days", ("2024年7月5日", "1个工作日")))


def test_what_it_was_computed_from_must_be_printed() -> None:
    derivation = Derivation("15万元", "sum", ("10万元", "5万元"))
    assert printed(derivation, ["当年奖励10万元", "次年再奖励5万元"])
    assert not printed(derivation, ["当年奖励10万元"])
    assert printed(Derivation("5万元", "product", ("50万", "10%")), ["花了50w", "按10%补贴"])


@given(st.integers(1, 10**9), st.integers(1, 100))
def test_a_share_is_no_more_than_the_whole(base: int, rate: int) -> None:
    whole, part = value_of(f"{base}元"), value_of(f"{rate}%")
    assert whole is not None
    assert part is not None
    share = multiplied([whole, part])
    assert share is not None
    assert Decimal(0) < share.low <= whole.low


def test_a_day_of_which_there_is_none() -> None:
    assert day_in("2月30日", "2024年1月1日") is None
    assert day_in("没有日期") is None
