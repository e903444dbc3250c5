"""Questions about notices whose words no fact is read from, and which of several notices they are about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, CitationRole, Request, Status
from assistant.matching import topic_of
from assistant.pipeline import Assistant
from index.build import open_index

TODAY = date(2026, 11, 22)

_CLOSED = """岚汐区关于加强小区管理的通告
为维护居民安全，现通告如下。
一、出入管理。每户家庭每两天可指派1名成员外出采购一次，凭出入证通行。出租房屋的房东应在6小时内向社区报告租客返回情况。
二、物资采购。学生的口罩由区级财政统一采购，每名学生不少于20只。社区网格员是消毒工作的第一责任人。
三、法律责任。没有违法所得的，处5万元以上50万元以下罚款。冒用社区名义募捐的，依法追究责任。社区没有委托任何个人上门募捐，谨防诈骗。
四、上课安排。开学后首周不上新课，开展心理疏导和防疫教育。复课后第一天由班主任检查卫生。
"""

_INSURANCE = """岚汐区关于阶段性减免社会保险费的意见
一、困难企业可以申请缓缴，缓缴期限不超过6个月，缓缴期间免收滞纳金。
二、企业划型由税务部门会同统计部门确定。
"""

_OTHER = """岚汐区促进个体工商户发展措施
一、个体工商户缴纳社会保险费有困难的，可暂缓至2023年底前补缴，分期缴纳、延期缴纳的免收滞纳金。
二、鼓励个体工商户参加社会保险。
"""


@pytest.fixture(scope="module")
def lanxi(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("lanxi")
    (folder / "documents").mkdir()
    for name, text in (("closed", _CLOSED), ("insurance", _INSURANCE), ("other", _OTHER)):
        (folder / "documents" / f"{name}.txt").write_text(text, encoding="utf-8")
    return Assistant(open_index(folder, folder / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, TODAY))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("没有违法所得的罚多少钱", "处5万元以上50万元以下罚款"),
        ("出租房屋的房东多久之内要向社区报告租客返回情况", "6小时内"),
        ("学生的口罩由谁采购", "由区级财政统一采购"),
        ("消毒工作的第一责任人是谁", "社区网格员是消毒工作的第一责任人"),
    ],
)
def test_what_is_said_in_words_answers_where_no_fact_is_read(lanxi: Assistant, question: str, said: str) -> None:
    answer = ask(lanxi, question)
    assert answer.status is Status.ANSWERED
    assert said in answer.text


@pytest.mark.parametrize("question", ["网格员每月补贴多少钱", "社区主任由谁任命", "房东最高能拿多少奖励"])
def test_a_sentence_that_says_no_such_thing_is_no_answer(lanxi: Assistant, question: str) -> None:
    assert ask(lanxi, question).status is Status.NOT_FOUND


def test_the_words_of_the_question_choose_the_document_before_their_official_ones(lanxi: Assistant) -> None:
    topic = topic_of("社保缓缴最长多久", lanxi.index)
    assert {"暂缓", "分期缴纳", "延期缴纳"} <= {more.words for more in topic.also}
    assert all(more.weight < 1 for more in topic.also)
    answer = ask(lanxi, "社保缓缴最长多久")
    assert "6个月" in answer.text
    assert answer.citations[0].title == "岚汐区关于阶段性减免社会保险费的意见"


def test_where_the_sentence_is_in_doubt_the_next_is_shown_behind_it(lanxi: Assistant) -> None:
    answer = ask(lanxi, "开学第一天学生上什么内容")
    assert answer.status is Status.ANSWERED
    assert "开展心理疏导" in answer.text
    assert "由班主任检查卫生" in answer.text
    others = [citation for citation in answer.citations[1:] if citation.role is not CitationRole.SUPPORTS]
    assert all(citation.role is CitationRole.NEAREST for citation in others)
