"""What somebody gets: one record for each that gets it and each thing that is given."""

import pytest

OUTLINE = "甲市若干措施\n一、甲。{}\n二、乙。"


def benefits(read, text: str) -> list[tuple[str, str, str, str]]:
    """Kind, who, amount or rate, cap."""
    reading = read(OUTLINE.format(text))
    (clause,) = [c for c in reading.clauses if str(c.path) == "h1_1"]
    for benefit in clause.benefits:
        assert reading.document.text[benefit.span.start : benefit.span.end] == benefit.what
    return [
        (b.kind.value, b.who, b.amount.text if b.amount else "", b.cap.text if b.cap else "") for b in clause.benefits
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "对当年新进限纳统的批发企业一次性奖励8万元,对零售、住宿、餐饮企业一次性奖励4万元。",
            [("award", "当年新进限纳统的批发企业", "8万元", ""), ("award", "零售、住宿、餐饮企业", "4万元", "")],
        ),
        (
            "对实施技改的工业企业,按实际投入的30%给予补助,最高不超过50万元。",
            [("subsidy", "实施技改的工业企业", "30%", "50万元")],
        ),
        (
            "建筑业企业年产值首次突破50亿元、30亿元的,分别奖励100万元、50万元。",
            [("award", "建筑业企业", "100万元", ""), ("award", "建筑业企业", "50万元", "")],
        ),
        ("对小规模纳税人,免征增值税。", [("relief", "小规模纳税人", "", "")]),
        ("对技改项目给予贷款贴息。", [("subsidy", "技改项目", "", "")]),
        ("为个体工商户免费提供记账服务。", [("service", "个体工商户", "", "")]),
        ("符合条件的个人可申请额度不超过30万元的创业担保贷款。", [("loan", "", "30万元", "")]),
        ("对获得国家科技进步奖的,给予奖励。", [("award", "获得国家科技进步奖的", "", "")]),
        ("力争到2025年,产值突破100亿元。", []),
        ("加大招商力度,推动企业做大做强,完善奖补政策。", []),
        ("同一事项不得重复享受补贴政策。", []),
    ],
)
def test_benefits(read, text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert [
        (kind, who if expected and expected[0][1] else "", *rest) for kind, who, *rest in benefits(read, text)
    ] == expected


def test_who_is_named_in_a_paragraph_that_prints_no_number(read) -> None:
    unit = "[责任单位:市财政局]"
    reading = read(f"甲市任务分解\n一、甲\n对新成长的企业,给予奖补。{unit}\n对领军企业,给予补助。{unit}")
    assert [b.who for c in reading.clauses for b in c.benefits] == ["新成长的企业", "领军企业"]


def test_tiers_say_which_condition_is_whose(read) -> None:
    reading = read(OUTLINE.format("建筑业企业年产值首次突破50亿元、30亿元的,分别奖励100万元、50万元。"))
    given = [b.conditions[-1] for c in reading.clauses for b in c.benefits]
    assert given == ["50亿元", "30亿元"]


def test_who_is_spoken_of_goes_on_until_somebody_else_is_named(read) -> None:
    text = "对新进规企业,每家给予15万元奖励。其中,进规当年奖励10万元。对老企业奖励1万元。"
    assert [who for _, who, *_ in benefits(read, text)] == ["新进规企业", "新进规企业", "老企业"]


@pytest.mark.parametrize("joint", ["、", ",", ";"])
def test_each_of_those_listed_with_a_figure_of_their_own_gets_that(read, joint: str) -> None:
    text = f"对首次升规的工业企业奖励10万元{joint}商贸企业奖励6万元。"
    given = [(who, amount) for _, who, amount, _ in benefits(read, text)]
    assert given == [("首次升规的工业企业", "10万元"), ("商贸企业", "6万元")]
    (clause,) = [c for c in read(OUTLINE.format(text)).clauses if str(c.path) == "h1_1"]
    assert clause.amounts[1].subject == "商贸企业奖励"


def test_a_benefit_carries_its_term_and_what_it_may_not_be_combined_with(read) -> None:
    text = "对企业奖励5万元,执行期限至2025年12月31日。(此条奖励与第二条奖励不重复享受)"
    reading = read(OUTLINE.format(text))
    (benefit,) = [b for c in reading.clauses for b in c.benefits]
    assert benefit.term is not None
    assert str(benefit.term.expires_on) == "2025-12-31"
    assert [relation.text for relation in benefit.not_with] == ["此条奖励与第二条奖励不重复享受"]


def test_a_benefit_names_its_clause_its_offices_and_the_limits_that_govern_it(read) -> None:
    text = "甲市若干措施\n一、对企业奖励1万元。(责任单位:市经信局、市财政局)\n本措施由市司法局解释,不重复享受。"
    (benefit,) = [b for c in read(text).clauses for b in c.benefits]
    assert benefit.clause_id.endswith("~h1_1")
    assert [office.name for office in benefit.offices] == ["市经信局", "市财政局"]
    assert [relation.kind.value for relation in benefit.not_with] == ["non_stacking"]


def test_what_a_statement_to_the_press_reports_is_no_benefit(library) -> None:
    press = [c for c in library.clauses if library.instrument[c.instrument_id].kind.value == "press"]
    assert {b.amount.text for c in press for b in c.benefits if b.amount} <= {"1万元", "25%"}
