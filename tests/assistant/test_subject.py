"""Figures of another matter, kind, rank, year or part than the one asked about are not shown."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status
from assistant.pipeline import Assistant
from assistant.verify import verify
from index.build import open_index

TODAY = date(2026, 11, 22)

INVENTED = """南屏市支持茶产业办法
第一条 为支持茶产业,制定本办法。
第二条 对综合排名前三的茶厂,分别奖励9万元、6万元、3万元。
第三条 降低雨灾保险费率,雨灾保险费率按2%执行。鼓励茶农参加冻害保险。
第四条 对新登记的茶叶合作社、茶叶公司,每家给予700元奖补。
第五条 对获得“云岭名茶”认定的茶厂奖励15万元。支持茶厂参加展销。
第六条 对新引进的茶机企业(贸易型除外),当年按地方留成额的80%予以奖励,第二年、第三年分别按50%、30%予以奖励。
第七条 对出口茶叶的茶厂给予运费支持。
第八条 对新建的茶叶体验馆奖励8万元,对新建的茶叶仓库奖励5万元。
第九条 对投资达到500万元以上的茶园基地,按贷款的4%给予贴息。
第十条 本办法自2024年3月1日起施行,有效期3年。
"""
PLAN = """南屏市茶产业三年计划(2024—2026年)
一、到2026年,茶园面积达到8万亩,茶叶加工企业达到90家。
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "documents").mkdir()
    (corpus / "documents" / "茶.txt").write_text(INVENTED, encoding="utf-8")
    (corpus / "documents" / "计划.txt").write_text(PLAN, encoding="utf-8")
    return Assistant(open_index(corpus, corpus / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str) -> Answer:
    answer = assistant.ask(Request(question, TODAY))
    assert verify(answer) == ()
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "茶厂综合排名第四，奖多少万",
        "冻害保险费率按百分之几执行",
        "茶厂评上“江南名茶”，奖多少",
        "茶机企业第五年按留成额的百分之几奖励",
        "茶叶加工企业2030年要达到多少家",
        "茶厂出口茶叶奖多少万",
        "2022年登记茶叶合作社，奖补多少元",
        "茶园基地只投资了300万元，贴息百分之几",
    ],
)
def test_a_near_miss_is_refused_without_a_figure(invented: Assistant, question: str) -> None:
    answer = ask(invented, question)
    assert answer.status in (Status.NOT_FOUND, Status.PARTIAL)
    assert not {"9万元", "15万元", "2%", "30%", "90家", "700元"} & set(answer.text.split(":"))
    assert not any(figure in answer.text for figure in ("万元", "%", "90家", "700元"))
    assert answer.citations


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("茶厂综合排名第三，奖多少万", "3万元"),
        ("雨灾保险费率按百分之几执行", "2%"),
        ("茶厂评上“云岭名茶”，奖多少", "15万元"),
        ("茶机企业第三年按留成额的百分之几奖励", "30%"),
        ("茶叶加工企业2026年要达到多少家", "90家"),
        ("2025年登记茶叶合作社，奖补多少元", "700元"),
        ("茶园基地投资了900万元，贴息百分之几", "4%"),
    ],
)
def test_the_right_one_is_answered(invented: Assistant, question: str, lead: str) -> None:
    answer = ask(invented, question)
    assert answer.status is Status.ANSWERED
    assert lead in answer.text


def test_what_is_excepted_is_told_so(invented: Assistant) -> None:
    answer = ask(invented, "贸易型的茶机企业新引进，当年按留成额的百分之几奖励")
    assert answer.text.startswith("不适用")


def test_where_the_question_does_not_tell_both_are_given(invented: Assistant) -> None:
    answer = ask(invented, "南屏新建茶叶项目奖励多少")
    assert "8万元" in answer.text
    assert "5万元" in answer.text


@pytest.mark.parametrize(
    "question", ["进限奖励的申请表从哪里下载", "市司法局在哪条街几号楼", "惠企政策申报的网址是什么", "奖金几时打到账上"]
)
def test_forms_and_places_that_are_not_stated_are_refused(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status is Status.NOT_FOUND
