"""What a figure does in its clause."""

import pytest

from corpus.facts.amounts import amounts_of


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("给予一次性奖励50万元", ["award"]),
        ("按3600元/年标准予以补贴", ["award"]),
        ("单个企业每年最高不超过200万元", ["target"]),
        ("按实际投入的30%给予补助,单个项目最高不超过50万元", ["rate", "cap"]),
        ("年产值5亿元以上的企业,奖励10万元", ["threshold", "award"]),
        ("次年主营业务收入增长15%以上,再奖励5万元", ["threshold", "award"]),
        ("年应纳税所得额不超过100万元的部分,减按25%计入", ["threshold", "rate"]),
        ("力争产值达到300亿元,年均增长8%", ["target", "target"]),
        ("可申请额度不超过30万元的创业担保贷款", ["loan"]),
        ("失业保险费率按1%执行", ["fee"]),
        ("由2%降至1%的费率", ["fee", "fee"]),
        ("减按1%征收率征收", ["fee"]),
        ("工伤保险费率下调20%", ["rate"]),
        ("按贷款利率的50%给予贴息", ["rate"]),
        ("打造100亿元企业3家", ["threshold"]),
        ("贴息资金规模3000万元", ["other"]),
    ],
)
def test_roles(text: str, roles: list[str]) -> None:
    amounts, _ = amounts_of(text)
    assert [amount.role.value for amount in amounts] == roles
