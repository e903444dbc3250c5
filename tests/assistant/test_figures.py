"""Which of the figures of a clause is the answer: on a document that no rule can have been fitted to."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Request, Status
from assistant.derive import recomputes
from assistant.pipeline import Assistant
from assistant.understanding.question import normalise
from assistant.verify import verify
from index.build import open_index

TODAY = date(2026, 11, 22)

INVENTED = """临江市支持产业升级办法
第一条 为支持产业升级,制定本办法。
第二条 降低互助金缴存比例,将互助金总缴存比例由4.2%降至2.8%,其中,单位缴存比例由3%降至2%,个人缴存比例由1.2%降至0.8%。
第三条 困难企业可以申请延期缴存互助金,延期一般不超过3个月,最长不超过9个月。
第四条 对主营业务收入首次超过40亿元、15亿元的工业企业,分别一次性奖励60万元、25万元。
第五条 120万元以下的办公用品以及360万元以下的修缮工程,原则上全部面向中小企业采购。
第六条 企业获得临江质量金奖、银奖的,分别给予40万元、8万元奖励。
第七条 政府采购预留采购份额的30%以上给中小企业,其中预留给小微企业的比例不低于55%。
第八条 对新认定的智能车间给予30万元奖励;其中,认定当年奖励18万元,次年通过复核的再奖励12万元。
第九条 对新引进的软件企业,当年按地方留成额的90%予以奖励,第二年、第三年分别按60%、40%予以奖励。
第十条 对新登记的家庭农场,每家给予800元奖补。对新登记的农业公司,每家给予2000元奖补。
第十一条 小型冷库可以申请冷链贷款,贷款额度最高80万元,每年申请次数不超过2次。
第十二条 本办法自2025年4月1日起施行,有效期3年。
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "documents").mkdir()
    (corpus / "documents" / "升级.txt").write_text(INVENTED, encoding="utf-8")
    return Assistant(open_index(corpus, corpus / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str, day: date = TODAY) -> Answer:
    answer = assistant.ask(Request(question, day))
    assert verify(answer) == ()
    assert all(recomputes(derivation) for derivation in answer.derivations)
    return answer


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("互助金公司这边要交的比例降到多少了", "2%"),
        ("互助金员工自己那部分比例降到多少", "0.8%"),
        ("互助金个人缴存比例原来是多少", "1.2%"),
        ("互助金单位和个人缴存比例各是多少", "2%"),
        ("困难企业延期缴存互助金，最长能拖几个月", "不超过9个月"),
        ("困难企业延期缴存互助金，一般给拖几个月", "不超过3个月"),
        ("办公用品多少钱以下全部向中小企业采购", "120万元以下"),
        ("修缮工程多少钱以下全部向中小企业采购", "360万元以下"),
        ("质量金奖没评上，拿了个质量银奖，给好多钱", "8万元"),
        ("质量金奖和银奖各奖多少", "40万元、8万元"),
        ("政府采购里小微企业要占几成以上", "不低于55%"),
        ("新认定智能车间第一年先给多少", "18万元"),
        ("新认定智能车间次年再给多少", "12万元"),
        ("新认定智能车间总共奖多少", "一共30万元"),
        ("小型冷库冷链贷款顶多能贷几十万", "最高80万元"),
        ("工业企业主营业务收入首次过20亿，奖几多", "25万元"),
    ],
)
def test_the_figure_that_is_asked_for_and_not_its_neighbour(invented: Assistant, question: str, lead: str) -> None:
    answer = ask(invented, question)
    assert answer.status is Status.ANSWERED
    assert answer.text.removeprefix("文件没有用您这样的说法,最接近的规定是——").startswith(lead)


def test_both_sides_of_a_pair_where_both_are_asked_for(invented: Assistant) -> None:
    answer = ask(invented, "互助金老比例单位和个人各是多少")
    assert "3%:" in answer.text
    assert "1.2%:" in answer.text


def test_a_case_below_every_tier_gets_none_of_their_figures(invented: Assistant) -> None:
    answer = ask(invented, "工业企业主营业务收入首次过6亿，奖多少")
    assert answer.status is Status.NOT_FOUND
    assert "万元" not in answer.text


def test_another_prize_or_grade_is_a_near_miss(invented: Assistant, assistant: Assistant) -> None:
    for answer in (
        ask(invented, "企业评上北原质量金奖，奖多少万"),
        ask(assistant, "二级资质的施工总承包企业迁入天门，奖励多少"),
    ):
        assert answer.status is Status.NOT_FOUND
        assert "万元" not in answer.text
        assert answer.citations


def test_a_condition_is_told_by_what_follows_from_it(assistant: Assistant) -> None:
    answer = ask(assistant, "工伤保险费率下调50%要基金结存可支付多少个月")
    assert "24个月" in answer.text
    assert "23个月" not in answer.text


def test_what_must_be_reached_is_not_what_is_given(invented: Assistant) -> None:
    answer = ask(invented, "工业企业拿60万元奖励，主营业务收入要达到多少")
    assert answer.status is Status.ANSWERED
    assert "40亿元" in answer.text[:12]


def test_the_day_something_began_is_no_end_of_it(assistant: Assistant) -> None:
    answer = ask(assistant, "天门汽车补贴的六条意见，申领截止到哪一天")
    assert answer.status is Status.NOT_FOUND
    assert "1月23日" not in answer.text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("化工园区要按几个“一体化”来建", "六个"),
        ("天门要建多少座5G基站", "1500个以上"),
    ],
)
def test_counts_in_the_words_and_measures_of_the_asker(assistant: Assistant, question: str, lead: str) -> None:
    answer = ask(assistant, question)
    assert lead in answer.text.split(":")[0]


@pytest.mark.parametrize(
    ("question", "lead", "sources"),
    [
        (
            "新引进的软件企业，三年地方留成额分别是10万、20万、30万，一共奖多少",
            "合计33万元(按10万×90%+20万×60%+30万×40%计算)",
            ("10万", "90%", "20万", "60%", "30万", "40%"),
        ),
        (
            "替客户问：新登记3家家庭农场、1家农业公司，奖补加起来多少",
            "合计4400元(按800元×3家+2000元计算)",
            ("800元", "3家", "2000元"),
        ),
    ],
)
def test_sums_of_products(invented: Assistant, question: str, lead: str, sources: tuple[str, ...]) -> None:
    answer = ask(invented, question)
    assert answer.text.startswith(lead)
    assert [(each.rule, each.sources) for each in answer.derivations] == [("sum", sources)]


def test_of_two_counts_neither_is_taken_alone(invented: Assistant) -> None:
    answer = ask(invented, "新登记3家农业公司、1家民宿，奖补加起来多少")
    assert "×3家计算)" not in answer.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("给好多", "给多少"),
        ("有好多企业拿到了", "有好多企业拿到了"),
        ("第二年有几多钱", "第二年有多少钱"),
        ("能拿几个钱", "能拿多少钱"),
        ("卖了800万自产的货", "卖了800万元自产的货"),
        ("缴税1200万回来", "缴税1200万,回来"),
        ("注册用户300万的平台", "注册用户300万的平台"),
    ],
)
def test_speech_is_read_as_it_is_meant(typed: str, read: str) -> None:
    assert normalise(typed) == read


@pytest.mark.parametrize(
    ("question", "day", "said"),
    [
        ("产业升级办法今天还算不算数", date(2028, 4, 1), "2028年4月1日有效"),
        ("产业升级办法停了没有", date(2028, 4, 2), "截至2028年4月2日已过期"),
        ("产业升级那12条今天是最后一天了吧", date(2028, 4, 1), "有效期至2028年4月1日"),
        ("产业升级办法今天就能用了吗", date(2025, 3, 31), "2025年3月31日尚未施行"),
        ("智能车间的奖励现在还管用不", date(2026, 5, 1), "2026年5月1日在有效期内"),
        ("智能车间的奖励管几年", date(2026, 5, 1), "有效期3年"),
        ("产业升级办法管到几时", TODAY, "有效期至2028年4月1日"),
    ],
)
def test_whether_something_is_in_force_in_anybodys_words(
    invented: Assistant, question: str, day: date, said: str
) -> None:
    answer = ask(invented, question, day)
    assert answer.status is Status.ANSWERED
    assert said in answer.text


def test_a_document_called_by_the_number_of_its_articles(assistant: Assistant) -> None:
    answer = ask(assistant, "天门商贸进限那五条，今天是最后一天了吧？还算不算数", date(2025, 8, 28))
    assert answer.status is Status.ANSWERED
    assert answer.citations[0].path == ("末段",)
    several = assistant.ask(Request("那五条还有效吗", TODAY))
    assert several.status is Status.CLARIFY
    assert "五条意见" in several.text
    assert "两条意见" not in several.text


def test_what_runs_on_from_an_older_rule_is_not_the_term_of_the_document(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    text = (
        "东岭区支持直播经济若干政策\n东商发〔2024〕11号\n一、直播基地奖励。对新建直播基地,一次性奖励30万元。\n"
        "二、附则。本政策自2024年7月1日起实施,有效期2年.原《东岭区电子商务扶持办法》停止执行."
        "已按原办法受理的事项,继续按原办法兑现至2024年12月31日.\n"
    )
    (tmp_path / "documents" / "直播.txt").write_text(text, encoding="utf-8")
    assistant = Assistant(open_index(tmp_path, tmp_path / "index", "embedded", lambda _: None))
    answer = ask(assistant, "新建直播基地奖多少")
    assert "该政策有效期至2026年7月1日" in answer.text


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("批发进限给8萬還是4萬", "8万元:"),
        ("天门零售进限是8万，对吗", "4万元:"),
        ("零售店刚进限，奖4万对不对？", "4万元:"),
    ],
)
def test_a_guess_is_answered_with_the_figure_of_the_clause(assistant: Assistant, question: str, lead: str) -> None:
    assert ask(assistant, question).text.startswith(lead)
