"""A figure of the asker's against the limits that rules set: the unit, the thing it is about, the way it is written."""

from __future__ import annotations

import pytest

from assistant.compose.prose.limits import is_about, misses, misses_count


@pytest.mark.parametrize(
    ("asking", "words"),
    [
        ("公司注册才八个月,能申请吗", "在本区登记注册满1年;近三年内未发生重大事故"),
        ("硕士42岁了还能申请吗", "硕士研究生,年龄不超过40周岁"),
        ("只签了2年合同能申请吗", "与本市企业签订3年以上劳动合同"),
        ("冷库库容300吨给补贴吗", "新建冷库库容500吨以上的,每吨补贴200元,最高60万元"),
        ("开了7家直营店,都奖吗", "每店奖励2万元,最多奖励5家"),
        ("200多人的公司算吗", "从业人员不超过200人的企业"),
        ("资产负债率75%能申报吗", "研发费用占比3%以上,资产负债率低于70%"),
        ("公司成立一年半能不能报", "成立时间2年以上"),
        ("我四年前就知道了,来得及吗", "应在知道受损之日起3年内提出"),
        ("展会结束三个月了还能申请吗", "展会结束后60日内提交申请"),
        ("报装3000千伏安免规费吗", "报装容量在8000千伏安以上的,免收规费"),
        ("住三星酒店补不补", "住宿四星级以上酒店的会议"),
        ("展览面积4000平能拿补助吗", "展览面积5000平方米以上的展览"),
        ("研发费占收入2%够格吗", "研发费用占收入的比重不低于百分之三"),
        ("季度卖了40万还免税吗", "月销售额未超过10万元(季度销售额未超过30万元)的"),
    ],
)
def test_a_figure_outside_a_limit_on_the_same_thing_misses_it(asking: str, words: str) -> None:
    assert misses(asking, words)
    assert is_about(asking, words)


def test_who_asks_for_so_much_is_held_to_what_is_given_at_most() -> None:
    assert misses("想贷80万行吗", "贷款额度不超过50万元")


@pytest.mark.parametrize(
    ("asking", "words"),
    [
        ("公司注册三年了,能申请吗", "在本区登记注册满1年"),
        ("只签了2年合同能申请吗", "签订劳动合同之日起6个月内提交申请"),  # until when, not how long
        ("用地15亩能单独供地吗", "用地面积不足20亩的,不单独供地"),
        ("那8万还给吗", "批发企业奖励8万元,销售额1亿元以上的再奖励"),  # the figure that the words give
        ("一家企业能报吗", "联合体不少于3家"),  # an article, no count
        ("投资了300万能补吗", "投资200万元以上的补助10%,最高不超过50万元"),  # a cap is no condition
        ("我们是2019年成立的,能报吗", "成立时间2年以上"),  # a year, no length
    ],
)
def test_no_limit_is_missed_by_what_is_inside_or_about_something_else(asking: str, words: str) -> None:
    assert not misses(asking, words)


@pytest.mark.parametrize(
    ("asking", "words", "missed"),
    [
        ("第四次还能申请吗", "累计次数不得超过3次", True),
        ("第三次还能申请吗", "累计次数不得超过3次", False),
        ("拿过3次了还能拿吗", "累计次数不超过3次", True),
        ("能延期两次吗", "可以申请延期一次", True),
    ],
)
def test_times_are_counted(asking: str, words: str, missed: bool) -> None:
    assert misses_count(asking, words) is missed
