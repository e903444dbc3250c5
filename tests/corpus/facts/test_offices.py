"""Offices that a clause names, with their roles."""

import pytest

from corpus.facts.offices import offices_of, shared_offices, without_responsible
from corpus.model import OfficeRole

LEADS, RESPONSIBLE, INTERPRETS = OfficeRole.LEADS, OfficeRole.RESPONSIBLE, OfficeRole.INTERPRETS


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        (
            "甲。(责任单位:市人社局、市财政局,各乡镇办场)",
            [("市人社局", LEADS), ("市财政局", RESPONSIBLE), ("各乡镇办场", RESPONSIBLE)],
        ),
        ("甲。[责任单位:市汽车办、市经信委]", [("市汽车办", LEADS), ("市经信委", RESPONSIBLE)]),
        ("甲。（责任单位：市经信局）", [("市经信局", LEADS)]),
        (
            "甲。(责任单位:市经信局、市商务局。以下工作均需各区人民政府具体落实,不再列出)",
            [("市经信局", LEADS), ("市商务局", RESPONSIBLE)],
        ),
        (
            "甲。(牵头单位:市经信局、市发改委;配合单位:市财政局)",
            [("市经信局", LEADS), ("市发改委", LEADS), ("市财政局", RESPONSIBLE)],
        ),
        ("甲。\n责任单位:市经信局、市财政局", [("市经信局", LEADS), ("市财政局", RESPONSIBLE)]),
        (
            "甲。(责任单位:市经信局(市中小企业局)、市财政局)",
            [("市经信局(市中小企业局)", LEADS), ("市财政局", RESPONSIBLE)],
        ),
        (
            "甲。(市商务局牵头,市财政局、市税务局配合)",
            [("市商务局", LEADS), ("市财政局", RESPONSIBLE), ("市税务局", RESPONSIBLE)],
        ),
        ("甲。(市经信局负责)", [("市经信局", RESPONSIBLE)]),
        (
            "甲。(市发改委、各县(市、区)政府按职责分工负责)",
            [("市发改委", RESPONSIBLE), ("各县(市、区)政府", RESPONSIBLE)],
        ),
        (
            "甲。\n牵头单位：市科技局\n配合单位：市财政局、甲大学",
            [("市科技局", LEADS), ("市财政局", RESPONSIBLE), ("甲大学", RESPONSIBLE)],
        ),
        ("甲。【县文旅局、各县、区人民政府】", [("县文旅局", LEADS), ("各县、区人民政府", RESPONSIBLE)]),
        ("由市科技局牵头,会同市财政局组织实施。", [("市科技局", LEADS), ("市财政局", RESPONSIBLE)]),
        (
            "区商务局牵头联合审核,区财政局、区税务局配合;",
            [("区商务局", LEADS), ("区财政局", RESPONSIBLE), ("区税务局", RESPONSIBLE)],
        ),
        ("(二)市人社局自受理之日起10个工作日内完成审核", [("市人社局", RESPONSIBLE)]),
        (
            "市统计、发改、税务等部门负责提供数据。",
            [("市统计", RESPONSIBLE), ("发改", RESPONSIBLE), ("税务", RESPONSIBLE)],
        ),
        ("由各县(市、区)人社局受理。", [("各县(市、区)人社局", RESPONSIBLE)]),
        ("由市交通运输局会同市财政局核定后拨付。", [("市交通运输局", RESPONSIBLE), ("市财政局", RESPONSIBLE)]),
        ("第三条 区科技局负责编制指南。", [("区科技局", RESPONSIBLE)]),
        ("甲。（责任单位：市经信局，各县〔区〕人民政府）", [("市经信局", LEADS), ("各县〔区〕人民政府", RESPONSIBLE)]),
        ("4 | 补助 | 50万元 | 县科技局、县税务局", [("县科技局", LEADS), ("县税务局", RESPONSIBLE)]),
        ("市人社局负责人才认定,负责人签字。", [("市人社局", RESPONSIBLE)]),
        ("由市财政局拨付,由市财政局负责公示。", [("市财政局", RESPONSIBLE), ("市财政局", RESPONSIBLE)]),
        ("由市工信局商市财政局负责解释。", [("市工信局", INTERPRETS), ("市财政局", INTERPRETS)]),
        ("由经济发展局会同自然资源分局解释。", [("经济发展局", INTERPRETS), ("自然资源分局", INTERPRETS)]),
        ("由市商务局(市会展办)负责解释。", [("市商务局(市会展办)", INTERPRETS)]),
        ("市财政局、市税务局等按职责分工抓好落实。", [("市财政局", RESPONSIBLE), ("市税务局", RESPONSIBLE)]),
        ("县级以上人民政府应当加强领导。", []),
        ("向市司法局提出申请,抄送各地党委、政府负责人。", []),
        ("本意见自印发之日起施行,有效期2年,由市经信局负责解释。", [("市经信局", INTERPRETS)]),
        ("本办法由市商务局会同市财政局负责解释。", [("市商务局", INTERPRETS), ("市财政局", INTERPRETS)]),
        ("具体解释工作由市商务局承担。", [("市商务局", INTERPRETS)]),
        ("(一)对企业给予支持(含个体工商户)。", []),
        ("由市经信局办理。", [("市经信局", RESPONSIBLE)]),
        ("奖励由市财政局按季度拨付。", [("市财政局", RESPONSIBLE)]),
        ("由市财政局的干部解答。", []),
        (
            "市科技服务中心(以下简称“服务中心”)负责日常管理。",
            [("市科技服务中心", RESPONSIBLE)],
        ),
        (
            "甲。\n牵头单位:市科技局\n责任单位:市财政局、市税务局",
            [("市科技局", LEADS), ("市财政局", RESPONSIBLE), ("市税务局", RESPONSIBLE)],
        ),
    ],
)
def test_offices(clause_of, text: str, offices: list[tuple[str, OfficeRole]]) -> None:
    clause = clause_of(text)
    found = offices_of(clause)
    assert [(office.name, office.role) for office in found] == offices
    assert {office.clause_id for office in found} <= {clause.id}


def test_units_shared_by_all_that_follows(clause_of) -> None:
    text = "甲。(责任单位:市发改委。以下工作均需各区人民政府、葛店经开区、临空经济区管委会具体落实,不再列出)"
    shared = shared_offices(clause_of(text), behind=True)
    assert [office.name for office in shared] == ["各区人民政府", "葛店经开区", "临空经济区管委会"]
    assert {office.role for office in shared} == {OfficeRole.SHARED}
    assert shared_offices(clause_of(text), behind=False) == ()
    assert shared_offices(clause_of("以下简称市经信局。"), behind=True) == ()
    before = shared_offices(clause_of("(三)以上工作任务均由各县(市、区)人民政府、高新区管委会抓好落实。"), behind=False)
    assert [office.name for office in before] == ["各县(市、区)人民政府", "高新区管委会"]


def test_shared_units_stand_in_every_later_list_of_the_sample(library) -> None:
    clauses = [c for c in library.clauses if library.instrument[c.instrument_id].city == "鄂州市"]
    (first,) = [i for i, c in enumerate(clauses) if "以下工作均需" in c.text]
    for i, clause in enumerate(clauses):
        shared = [office.name for office in clause.offices if office.role is OfficeRole.SHARED]
        listed = bool(clause.offices) and i >= first
        assert shared == (["各区人民政府", "葛店经开区", "临空经济区管委会"] if listed else [])
        assert all(
            office.clause_id == clauses[first].id for office in clause.offices if office.role is OfficeRole.SHARED
        )


@pytest.mark.parametrize(
    ("title", "office"),
    [
        ("工业企业进规入库", "市经信局"),
        ("商贸企业进限纳统", "市商务局"),
        ("服务业企业进规纳统", "市发改委"),
        ("建筑业企业培育", "市住建局"),
        ("支持经营主体发展的两条", "市市场监管局"),
    ],
)
def test_who_interprets_each_of_a_bundle(library, clause, title: str, office: str) -> None:
    assert [(o.name, o.role) for o in clause(library, title, "末段").offices] == [(office, INTERPRETS)]


def test_lists_of_units_can_be_blanked_out() -> None:
    text = "奖励4万元。(责任单位:市经信局、市财政局)乙"
    blanked = without_responsible(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["奖励4万元。", "乙"]
