"""Notices kept as one paragraph: headings, units and lists in running text, without numbers or lines of their own."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status
from assistant.compose.prose.run_in import heading_in
from assistant.pipeline import Assistant
from index.build import open_index

TODAY = date(2026, 11, 22)

_MEASURES = (
    "岚汐区支持民营经济发展的若干措施 为支持民营经济，制定以下措施。"
    "方便开店办证。开店证照一次办理，一日办结，首套印章由区里免费刻制。（责任单位：区市场监管局、区行政审批局） "
    "清欠货款。机关采购货物的，收货后30日内付清，不得以内部流程为由拖延。（责任单位：区工信局） "
    "扩岗补助。招用毕业年度高校毕业生并参保满3个月的，按每人1500元发放。（责任单位：区人社局、区财政局） "
    "厂房租金。租用标准厂房的，头一年租金减半。（责任单位：区招商局）"
)
_LOAN = """岚汐区创业担保贷款实施办法
为促进创业，制定本办法。
个人申请创业担保贷款应当符合以下条件：
属于就业困难人员或者退役军人；
已取得营业执照；
没有其他商业银行贷款。
下列情形不予贴息：
贷款展期的；
贷款逾期的。
本办法由区人社局负责解释。
"""


@pytest.fixture(scope="module")
def lanxi(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("lanxi")
    (folder / "documents").mkdir()
    for name, text in (("measures", _MEASURES), ("loan", _LOAN)):
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(open_index(folder, folder / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str) -> Answer:
    answer = assistant.ask(Request(question, TODAY))
    assert answer.status is Status.ANSWERED
    return answer


@pytest.mark.parametrize(
    ("question", "units", "others"),
    [
        ("扩岗补助由哪个部门负责", ("区人社局", "区财政局"), ("区工信局", "区招商局")),
        ("标准厂房租金减半由哪个部门负责", ("区招商局",), ("区人社局", "区市场监管局")),
    ],
)
def test_of_several_lists_of_units_that_of_the_provision_is_told(
    lanxi: Assistant, question: str, units: tuple[str, ...], others: tuple[str, ...]
) -> None:
    answer = ask(lanxi, question)
    assert all(unit in answer.text for unit in units)
    assert not any(unit in answer.text for unit in others)


def test_an_answer_keeps_to_its_provision(lanxi: Assistant) -> None:
    answer = ask(lanxi, "机关采购货物怎么付款")
    assert "收货后30日内付清" in answer.text
    assert "责任单位" not in answer.text
    assert "扩岗" not in answer.text
    assert "印章" not in answer.text


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("哪些人可以个人申请创业担保贷款", ("退役军人", "营业执照", "没有其他商业银行贷款")),
        ("创业担保贷款哪些情形不予贴息", ("贷款展期的", "贷款逾期的")),
    ],
)
def test_a_list_without_numbers_is_told_whole(lanxi: Assistant, question: str, items: tuple[str, ...]) -> None:
    answer = ask(lanxi, question)
    assert all(item in answer.text for item in items)
    assert len(answer.citations) >= len(items) + 1


def test_a_heading_alone_is_no_answer(lanxi: Assistant) -> None:
    assert heading_in("扩岗补助。") == heading_in("扩岗补助 招用高校毕业生的,按每人1500元发放。") == "扩岗补助"
    assert heading_in("逾期作废。") == heading_in("招用高校毕业生的,按每人1500元发放。") == ""
    answer = ask(lanxi, "扩岗补助发给谁")
    assert "招用毕业年度高校毕业生并参保满3个月的" in answer.text
