"""Answers that are no figure, from made-up documents: yes or no, lists, terms, purposes, what may be had together."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status
from assistant.pipeline import Assistant
from index.build import open_index

TODAY = date(2026, 11, 22)

_MEASURES = """云岭市支持夜间经济若干措施
云政办发〔2025〕3号

为激发夜间消费活力,结合我市实际,制定以下措施。
一、放宽外摆经营。经城管部门同意,允许沿街餐饮商户在划定时段适度外摆经营。
二、减免摊位费用。对夜市集中区的摊主免收摊位管理费,占道费减按50%收取。
三、支持改造提升。对投资200万元以上的夜市改造项目,给予一次性补助30万元(连锁加盟店除外)。此项补助与第四条奖励不重复享受。
四、奖励示范街区。对获评省级夜间消费示范街区的,给予运营单位一次性奖励20万元。落实“点亮”(统一灯光、统一标识、统一收银)行动。
五、规范经营秩序。禁止在居民楼一层从事露天烧烤。同一摊主申请外摆累计次数不得超过3次。
六、保障纳税便利。对月销售额10万元以下的小规模纳税人免征增值税。
七、本措施自2025年1月1日起施行,有效期至2027年12月31日,由市商务局负责解释。
"""

_NOTICE = """云岭市商务局关于申报2025年老字号传承资金的通知
云商发〔2025〕7号

各县区商务局:
现就申报工作通知如下。
一、申报条件
(一)在本市登记注册满10年;
(二)持有有效商标;
(三)近3年无重大违法记录。
二、申报材料
(一)老字号传承资金申请表;
(二)营业执照复印件;
(三)商标注册证复印件。
三、资金监管
申报单位弄虚作假的,追回资金,3年内不得申报。资金不足时按比例折算。
"""


@pytest.fixture(scope="module")
def yunling(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("yunling")
    (folder / "documents").mkdir()
    (folder / "documents" / "measures.txt").write_text(_MEASURES, encoding="utf-8")
    (folder / "documents" / "notice.txt").write_text(_NOTICE, encoding="utf-8")
    return Assistant(open_index(folder, folder / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Request(question, TODAY))


@pytest.mark.parametrize(
    ("question", "said", "words"),
    [
        ("餐饮商户沿街能不能外摆经营", "可以", "允许沿街餐饮商户"),
        ("居民楼一层从事露天烧烤行不行", "不可以", "禁止在居民楼一层"),
        ("夜市摊主的摊位管理费收不收", "不用", "免收摊位管理费"),
        ("连锁加盟店的夜市改造项目有没有补助", "没有", "连锁加盟店除外"),
        ("夜市改造项目投资了120万,能给补助吗", "不能", "200万元以上"),
        ("外摆已经申请过3次了,同一摊主第四次还能申请吗", "不能", "不得超过3次"),
        ("小规模纳税人月销售额12万元,能免征增值税吗", "不能", "10万元以下"),
    ],
)
def test_yes_or_no_comes_first_with_the_sentence_that_decides(
    yunling: Assistant, question: str, said: str, words: str
) -> None:
    answer = ask(yunling, question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(f"{said}:")
    assert words in answer.text
    assert words in answer.citations[0].quote


@pytest.mark.parametrize(
    "question",
    [
        "夜市改造项目是不是就不能申请补助了",  # asked in the negative: yes and no would both be misread
        "夜市改造项目补助是不是商务局一家说了算",  # the sentence says nothing of it
    ],
)
def test_nothing_is_decided_that_the_sentence_does_not(yunling: Assistant, question: str) -> None:
    assert ":" not in ask(yunling, question).text[:6]


def test_what_cannot_be_had_together_is_answered_by_the_rule_against_it(yunling: Assistant) -> None:
    text = ask(yunling, "夜市改造补助拿了,示范街区奖励还能一起拿吗").text
    assert text.startswith("不能重复享受:")
    assert "与第四条奖励不重复享受" in text


@pytest.mark.parametrize(
    ("question", "items"),
    [
        ("老字号传承资金要交什么材料", ("申请表", "营业执照复印件", "商标注册证复印件")),
        ("申报老字号传承资金有什么条件", ("满10年", "有效商标", "无重大违法记录")),
    ],
)
def test_items_that_are_clauses_of_their_own_are_one_list(
    yunling: Assistant, question: str, items: tuple[str, ...]
) -> None:
    answer = ask(yunling, question)
    assert all(item in answer.text for item in items)
    assert len({citation.clause_id for citation in answer.citations}) >= len(items)


def test_what_one_can_get_is_listed_from_all_clauses_that_give_it(yunling: Assistant) -> None:
    answer = ask(yunling, "云岭市夜间经济有哪些奖励补助")
    assert "一次性补助30万元" in answer.text
    assert "一次性奖励20万元" in answer.text
    given = [citation.path for citation in answer.citations if citation.role == "answers"]
    assert ("三、",) in given
    assert ("四、",) in given


def test_a_quoted_term_is_explained_by_the_sentence_that_holds_it(yunling: Assistant) -> None:
    text = ask(yunling, "夜间经济措施里说的“点亮”是什么意思").text
    assert "统一灯光、统一标识、统一收银" in text


def test_a_purpose_is_what_the_preamble_says(yunling: Assistant) -> None:
    assert "激发夜间消费活力" in ask(yunling, "云岭市为什么出台夜间经济措施").text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("老字号传承资金弄虚作假会有什么后果", "追回资金"),
        ("老字号传承资金不足时怎么处理", "按比例折算"),
    ],
)
def test_the_sentence_says_what_the_asking_word_wants(yunling: Assistant, question: str, words: str) -> None:
    assert words in ask(yunling, question).text
