"""Who spoke at a press conference, who asked, and what: through the whole assistant, on the bundled one."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Request, Status
from assistant.pipeline import Assistant
from assistant.verify import verify


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("发布会上谁讲的招商引资目标", "黄祥斌"),
        ("发布会上哪位领导介绍的数实融合", "陈明敏"),
        ("发布会上高效办成一件事是谁说的", "陈晓敏"),
        ("发布会主持人是谁", "黄勤"),
        ("哪个记者问的招商引资", "经济日报记者"),
        ("发布会上传统产业转型升级是哪家媒体问的", "极目新闻记者"),
        ("新华网记者问了什么", "加快推进项目建设"),
        ("湖北日报记者提的问题是谁回答的", "夏齐飞"),
    ],
)
def test_whose_words_they_are(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(Request(question, date(2024, 6, 1)))
    assert answer.status is Status.ANSWERED
    assert verify(answer) == ()
    assert said in answer.text


def test_a_question_and_who_answered_it(assistant: Assistant) -> None:
    answer = assistant.ask(Request("央广网记者问的啥，谁答的", date(2024, 6, 1)))
    assert answer.text.startswith("央广网记者:")
    assert "陈晓敏" in answer.text


def test_who_decides_is_no_question_of_words_spoken(assistant: Assistant) -> None:
    answer = assistant.ask(Request("鄂州工业用地控制线谁说了算", date(2024, 6, 1)))
    assert "市自然资源和规划局" in answer.text


def test_a_plan_for_the_year_is_not_what_was_counted_so_far(assistant: Assistant) -> None:
    answer = assistant.ask(Request("发布会说天门固投今年要增长多少", date(2024, 6, 1)))
    assert "12%以上:" in answer.text


def test_a_figure_of_last_year_is_no_target(assistant: Assistant) -> None:
    answer = assistant.ask(Request("天门去年服装电商交易额多少", date(2024, 6, 1)))
    assert "400亿元" in answer.text
