"""Questions on whether something is in force, in everyday words: on documents that no rule can have been fitted to."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.answer import Answer, Request, Status
from assistant.pipeline import Assistant
from assistant.understanding.asked import Asked
from assistant.understanding.question import understand
from assistant.verify import verify
from corpus.model import ValidityStatus
from index.build import open_index

LAST, AFTER = date(2026, 4, 1), date(2026, 4, 2)

SHIPS = """临江政发〔2023〕7号
临江市支持船舶修造的三条意见
为支持船舶修造,制定本意见。
一、对新开工的修船企业一次性奖励6万元。
二、对使用岸电的码头,按岸电费用的30%给予补贴。执行期限至2024年6月30日。
三、对渔船改造给予每艘2万元补助。
本意见自2023年4月1日起施行,有效期3年,由市港航局负责解释。
"""
PLAN = """临江市茶叶产业发展行动方案(2022—2024年)
为发展茶叶产业,制定本方案。
一、到2024年,茶园面积达到5万亩。
二、对新建茶厂给予支持。
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "documents").mkdir()
    (corpus / "documents" / "船舶.txt").write_text(SHIPS, encoding="utf-8")
    (corpus / "documents" / "茶叶.txt").write_text(PLAN, encoding="utf-8")
    return Assistant(open_index(corpus, corpus / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str, day: date) -> Answer:
    answer = assistant.ask(Request(question, day))
    assert verify(answer) == ()
    return answer


@pytest.mark.parametrize(
    "question",
    [
        "修船企业开工奖6万的政策是不是已经停了",
        "新开工的修船企业那6万，今天去还赶得上吗",
        "修船企业开工奖励现在还有没有",
        "渔船改造补助的政策，眼下还在期限里头吗",
        "渔船改造每艘2万元，现在还能领吗",
        "渔船改造补助还发不发了",
        "船舶修造那三条意见，哪天起就不作数了",
        "船舶修造的三条意见截止日期是哪天",
        "三条意见从哪天算到哪天，管几年",
        "临江政发〔2023〕7号现在还生效着吗",
        "渔船改造的补助政策是什么时候开始执行、什么时候停的",
    ],
)
@pytest.mark.parametrize(("day", "status"), [(LAST, ValidityStatus.IN_FORCE), (AFTER, ValidityStatus.EXPIRED)])
def test_in_force_or_not_with_the_first_and_the_last_day(
    invented: Assistant, question: str, day: date, status: ValidityStatus
) -> None:
    answer = ask(invented, question, day)
    assert answer.status is Status.ANSWERED
    assert "2023年4月1日起施行" in answer.text
    assert "有效期至2026年4月1日" in answer.text
    first = answer.citations[0]
    assert "有效期3年" in first.quote
    assert first.validity.status(answer.as_of) is status
    assert ("已过期" in answer.text) is (status is ValidityStatus.EXPIRED)


def test_what_has_a_term_of_its_own_ends_with_it(invented: Assistant) -> None:
    answer = ask(invented, "码头用岸电的补贴，现在还能享受吗", LAST)
    assert "执行期限至2024年6月30日" in answer.text
    assert answer.citations[0].validity.expires_on == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("question", "on"),
    [
        ("渔船改造补助2026年4月2日还能申请吗", AFTER),
        ("渔船改造补助2026年4月1日以后还能用吗", AFTER),
        ("2026年4月1号去申请渔船改造补助，还给不给", LAST),
    ],
)
def test_the_day_that_the_question_states_is_the_one_asked_about(invented: Assistant, question: str, on: date) -> None:
    answer = ask(invented, question, date(2026, 11, 22))
    assert answer.as_of == on
    assert ("已过期" in answer.text) is (on == AFTER)


def test_before_the_first_day_it_is_not_yet_in_force(invented: Assistant) -> None:
    answer = ask(invented, "渔船改造补助今天能按意见去领了吗", date(2023, 3, 31))
    assert "2023年4月1日起施行" in answer.text
    assert "尚未施行" in answer.text


def test_a_plan_period_is_told_and_is_no_term(invented: Assistant) -> None:
    years = ask(invented, "茶叶产业行动方案是管哪几年的", LAST)
    assert "2022—2024年" in years.text
    assert "未写明有效期" in years.text
    term = ask(invented, "茶叶产业发展行动方案过期了吗", LAST)
    assert "未写明有效期" in term.text


def test_who_names_no_policy_is_asked_which(invented: Assistant) -> None:
    assert invented.ask(Request("这个补贴还能不能领", LAST)).status is Status.CLARIFY


def test_the_terms_of_a_bundle_are_told_together(assistant: Assistant) -> None:
    answer = ask(assistant, "25号文里的工业五条意见跟经营主体两条意见，是同一天失效的吗", LAST)
    assert [c.title[:8] for c in answer.citations] == ["关于加快工业企业", "关于支持经营主体"]
    assert "2025年8月28日" in answer.text
    assert "2025年8月1日" in answer.text


def test_a_part_of_a_clause_has_its_own_term(assistant: Assistant) -> None:
    answer = ask(assistant, "票据业务的优惠现在还有效吗", LAST)
    assert "长期有效" in answer.text
    assert answer.citations[0].validity.expires_on is None


def test_a_title_given_in_full_that_no_document_has_is_absent(assistant: Assistant) -> None:
    answer = ask(assistant, "鄂州市关于促进茶叶发展的意见第一条", LAST)
    assert answer.status is Status.NOT_FOUND
    assert "《关于促进茶叶发展的意见》" in answer.text


def test_a_day_of_the_month_is_no_document_number(assistant: Assistant) -> None:
    answer = ask(assistant, "合伙企业10日登记的，文件28号才印出来，那500块赶上了没有", date(2023, 9, 1))
    assert answer.citations[0].title == "关于支持经营主体发展的两条意见"
    assert "2023年8月1日起施行" in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "贷款什么时候到期",
        "补偿协议从啥时候开始生效",
        "什么情况不适用这个办法",
        "申报奖励的截止日期是几号",
        "今天才报上去，奖金还有没有，多少",
        "哪天之前到期的贷款可以展期",
        "第二年奖励还能领吗",
    ],
)
def test_the_end_of_other_things_is_no_question_of_validity(text: str) -> None:
    assert understand(text, LAST, ()).asked is not Asked.VALIDITY
