"""What is worked out, through the whole assistant: on the bundled documents, and on one with other words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Request, Status, WarningKind
from assistant.derive import recomputes
from assistant.pipeline import Assistant
from assistant.verify import verify
from assistant.workdays import WorkCalendar
from index.build import open_index
from index.search import Index

TODAY = date(2026, 11, 22)

#: No word of it but the grammar of policies stands in the bundled documents.
INVENTED = """临江市支持制造业绿色发展办法
第一条 为支持制造业绿色发展,制定本办法。
第二条 首次评为绿色工厂的企业,第一年资助30万元,第二年再资助20万元,第三年再资助10万元。
第三条 企业购置节能设备,设备投资额200万元以上的,按照设备投资额的8%给予补助,单个企业最高不超过150万元。
第四条 企业招用登记失业人员的,每招用一人给予1500元补贴。
第五条 企业参加境外展会的,按每个展位6000元给予补贴,最高不超过3万元。
第六条 市工业局应当自受理申请之日起5个工作日内作出决定。申请人应当自收到补正通知之日起15日内补正材料。
第七条 获得国家级节水标杆称号的企业奖励50万元,获得省级节水标杆称号的企业奖励20万元。以上称号按就高不重复的原则奖励。
第八条 租用公共仓库的企业,租金补贴1200元/月,补贴期限不超过2年。
第九条 企业建设余热电站,实际支出50万元—100万元的,按实际支出的10%补助;100万元—500万元的,按12%补助;\
500万元以上的,按15%补助。单个企业每年最高不超过60万元。
第十条 企业更换电机,按电机购置价的20%补助,其中列入能效领跑者目录的按30%补助。
第十一条 利用闲置厂房改建实训车间的,每间补助5000元。介绍机构每介绍1人就业满3个月,奖励200元。
第十二条 企业种植碳汇林300亩以上的,每亩每年补助100元,连补三年。
第十三条 采购节水产品预算在200万元以下的全部预留给小微企业,超过前述金额的,预留预算金额的40%以上。
第十四条 企业举办节能论坛的,主办单位应当在论坛结束后30日内提交总结。
第十五条 首次出口额达到10万美元的企业,奖励1万元;达到50万美元的,奖励3万元。
第十六条 本办法自2025年4月1日起施行,有效期3年。
"""


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    corpus = tmp_path_factory.mktemp("corpus")
    (corpus / "documents").mkdir()
    (corpus / "documents" / "绿色.txt").write_text(INVENTED, encoding="utf-8")
    return Assistant(open_index(corpus, corpus / "index", "embedded", lambda _: None))


def ask(assistant: Assistant, question: str, day: date = TODAY) -> Answer:
    answer = assistant.ask(Request(question, day))
    assert verify(answer) == ()
    assert all(recomputes(derivation) for derivation in answer.derivations)
    return answer


def derived(answer: Answer) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(each.value, each.rule, each.sources) for each in answer.derivations]


@pytest.mark.parametrize(
    ("question", "lead", "derivation"),
    [
        ("小进规企业当年和次年一共能拿多少奖励？", "一共15万元", ("15万元", "sum", ("10万元", "5万元"))),
        ("25号文小进规两年加起来多少", "一共15万元", ("15万元", "sum", ("10万元", "5万元"))),
        ("天门批发企业刚进限又排名第一，一共能拿多少？", "合计13万元", ("13万元", "sum", ("8万元", "5万元"))),
        (
            "天门建筑企业在市外施工，新增地方财政贡献500万，能奖多少？",
            "50万元(按500万×10%计算,未超过上限100万元)",
            ("50万元", "product", ("500万", "10%")),
        ),
        (
            "天门建筑企业外地施工上缴税收1200万，新增地方财政贡献2000万元，奖励多少钱",
            "100万元(按2000万元×10%计算为200万元,超过上限",
            ("200万元", "product", ("2000万元", "10%")),
        ),
        (
            "天门限上商贸企业增值税地方留成20万，第二年奖多少？",
            "16万元",
            ("16万元", "product", ("20万", "80%")),
        ),
        ("天门乡镇完成3家工业企业进规奖励多少？", "9万元", ("9万元", "product", ("3万元", "3家"))),
        ("天门专业市场新增两家限上企业奖多少", "2万元", ("2万元", "product", ("1万元", "两家"))),
        (
            "天门脱贫人口办个体户，三年总共最多能抵多少税？",
            "最多43200元",
            ("43200元", "product", ("14400元", "三年")),
        ),
        ("天门批发企业进限比零售企业多奖多少？", "相差4万元", ("4万元", "difference", ("8万元", "4万元"))),
        ("荆门失业保险单位费率降低多少", "0.8个百分点", ("0.8个百分点", "difference", ("1.5%", "0.7%"))),
        (
            "2024年9月27日交的涉企补偿申请，最晚哪天告诉我们受不受理？",
            "最晚2024年10月12日",
            ("2024年10月12日", "working_days", ("2024年9月27日", "7个工作日")),
        ),
        (
            "今天交的涉企补偿申请最晚哪天告知受不受理",
            "最晚2026年12月1日",
            ("2026年12月1日", "working_days", ("2026年11月22日", "7个工作日")),
        ),
        (
            "天门企业9月27日交的涉企补偿申请，7个工作日内决定受不受理，最晚哪天？",
            "最晚2026年10月12日",
            ("2026年10月12日", "working_days", ("9月27日", "7个工作日", "2026年11月22日")),
        ),
        (
            "2024年3月11号把涉企补偿材料交上去，天门最迟哪天答复受不受理",
            "最晚2024年3月20日",
            ("2024年3月20日", "working_days", ("2024年3月11号", "7个工作日")),
        ),
        (
            "天门退役军人2024年3月15日领的执照，免税到什么时候？",
            "到2027年3月15日",
            ("2027年3月15日", "date_plus", ("2024年3月15日", "3年")),
        ),
        (
            "2024年3月15日登记的脱贫人口个体户，税收扣减到哪个月？",
            "到2027年2月底",
            ("2027年2月", "date_plus", ("2024年3月", "3年")),
        ),
    ],
)
def test_on_the_bundled_documents(
    assistant: Assistant, question: str, lead: str, derivation: tuple[str, str, tuple[str, ...]]
) -> None:
    answer = ask(assistant, question)
    assert answer.status is Status.ANSWERED
    assert answer.text.startswith(lead)
    assert derivation in derived(answer)
    assert answer.as_of == TODAY


@pytest.mark.parametrize(
    ("question", "lead", "derivations"),
    [
        ("首次评为绿色工厂，三年加起来能拿多少？", "合计60万元", [("60万元", "sum", ("30万元", "20万元", "10万元"))]),
        ("买节能设备投资500万能补多少？", "40万元", [("40万元", "product", ("500万", "8%"))]),
        ("节能设备投资额3000万元，补助多少钱？", "150万元", [("240万元", "product", ("3000万元", "8%"))]),
        ("招了6个登记失业人员补多少钱？", "9000元", [("9000元", "product", ("1500元", "6个"))]),
        ("参加境外展会订了4个展位，补多少？", "2.4万元", [("2.4万元", "product", ("6000元", "4个"))]),
        ("参加境外展会订了8个展位，补多少？", "3万元", [("4.8万元", "product", ("6000元", "8个"))]),
        ("建余热电站花了300万能补多少？", "36万元", [("36万元", "product", ("300万", "12%"))]),
        (
            "余热电站实际支出800万元，补多少？",
            "60万元(按800万元×15%计算为120万元",
            [("120万元", "product", ("800万元", "15%"))],
        ),
        ("换电机购置价100万，补多少", "20万元", [("20万元", "product", ("100万", "20%"))]),
        ("换的电机列入能效领跑者目录，购置价100万，补多少", "30万元", [("30万元", "product", ("100万", "30%"))]),
        ("闲置厂房改建了10间实训车间，补多少？", "50000元", [("50000元", "product", ("5000元", "10间"))]),
        ("介绍机构介绍5人就业满3个月奖多少", "1000元", [("1000元", "product", ("200元", "5人"))]),
        (
            "种了600亩碳汇林，三年一共补多少",
            "180000元",
            [("180000元", "product", ("100元", "600亩", "三年"))],
        ),
        (
            "采购节水产品预算1000万，最少要预留给小微企业多少万",
            "至少400万元",
            [("400万元", "product", ("1000万", "40%"))],
        ),
        (
            "节能论坛2026年3月10日结束，最晚哪天提交总结",
            "最晚2026年4月9日",
            [("2026年4月9日", "date_plus", ("2026年3月10日", "30日内"))],
        ),
        ("租公共仓库半年租金补贴一共多少", "7200元", [("7200元", "product", ("1200元/月", "半年"))]),
        ("国家级节水标杆比省级多奖多少", "相差30万元", [("30万元", "difference", ("50万元", "20万元"))]),
        (
            "2026年2月12日受理的绿色发展资金申请，工业局最晚哪天作出决定？",
            "最晚2026年2月26日",
            [("2026年2月26日", "working_days", ("2026年2月12日", "5个工作日"))],
        ),
        (
            "2025年9月20日收到补正通知，材料最迟什么时候补正？",
            "最晚2025年10月9日",  # the fifteenth day, 5 October, is in a holiday
            [
                ("2025年10月9日", "date_plus", ("2025年9月20日", "15日内")),
                ("2025年10月5日", "date_plus", ("2025年9月20日", "15日内")),
            ],
        ),
    ],
)
def test_on_a_document_with_other_words(
    invented: Assistant, question: str, lead: str, derivations: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    answer = ask(invented, question)
    assert answer.text.startswith(lead)
    assert derived(answer) == derivations


@pytest.mark.parametrize(("told", "award"), [("12万", "1万元"), ("60万", "3万元")])
def test_the_step_that_is_reached_is_the_askers(invented: Assistant, told: str, award: str) -> None:
    assert ask(invented, f"首次出口额达到{told}美元奖多少").text.startswith(f"{award}:")


def test_of_awards_that_exclude_each_other_the_higher_is_given(invented: Assistant, assistant: Assistant) -> None:
    answer = ask(invented, "国家级和省级节水标杆都拿到了，一共奖多少？")
    assert answer.text.startswith("50万元(不能与20万元相加")
    assert "就高不重复" in answer.text
    assert answer.derivations == ()
    assert WarningKind.NON_STACKING in {warning.kind for warning in answer.warnings}
    named = ask(assistant, "天门商业综合体统一收银拿10万，又新进限，一共能拿多少")
    assert "10万元(不能与8万元相加" in named.text
    assert "与第一条奖励不重复享受" in named.text


def test_what_is_not_stackable_with_something_else_is_said_with_the_sum(assistant: Assistant) -> None:
    answer = ask(assistant, "天门批发企业刚进限又排名第一，一共能拿多少？")
    assert "同一家企业不重复享受同类补助奖励" in answer.text


def test_below_the_threshold_nothing_is_reckoned(invented: Assistant) -> None:
    answer = ask(invented, "节能设备只投资了150万，能补多少")
    assert answer.text.startswith("不符合条件")
    assert answer.derivations == ()


@pytest.mark.parametrize(
    "question",
    [
        "节能设备补多少？",  # no base
        "招用失业人员每人补多少？",  # the rate itself
        "设备投资500万，展位2个，一共补多少",  # two things, of which a share is only one
        "租公共仓库三年租金补贴一共多少",  # longer than is given
    ],
)
def test_where_an_input_is_missing_nothing_is_computed(invented: Assistant, question: str) -> None:
    assert ask(invented, question).derivations == ()


def test_a_part_whose_condition_is_missed_is_left_out_of_the_total(assistant: Assistant) -> None:
    answer = ask(assistant, "天门新进规的厂，次年营收只涨了10%，总共能拿多少")
    assert answer.text.startswith("15万元(没有达到15%以上的,不再给另外的5万元)")


def test_a_capacity_is_no_sum_of_money(assistant: Assistant) -> None:
    answer = ask(assistant, "荆门报装1万千伏安的新项目，外线建设费800万，政府补多少")
    assert answer.text.startswith("400万元(按800万×50%计算)")


def test_a_case_that_another_clause_decides_is_left_to_it(assistant: Assistant) -> None:
    answer = ask(assistant, "建筑企业年产值首次过50亿、地方财政贡献3200万，能奖多少？")
    assert answer.text.startswith("100万元:")
    assert answer.derivations == ()


def test_nothing_is_added_across_cities(assistant: Assistant) -> None:
    answer = ask(assistant, "天门零售店进限，鄂州驰名商标，一共多少")
    assert answer.derivations == ()


def test_whether_a_day_is_in_time(assistant: Assistant) -> None:
    in_time = ask(assistant, "2024年2月5日接收的补偿申请材料，2月20日才决定受理，超期了吗？")
    assert in_time.text.startswith("没有超过期限:最晚2024年2月20日")
    late = ask(assistant, "2024年2月5日接收的补偿申请材料，2月21日才决定受理，超期了吗？")
    assert late.text.startswith("已超过期限:最晚2024年2月20日")
    now = ask(assistant, "2021年8月30日知道权益受损，现在还能申请天门的涉企补偿吗")
    assert now.text.startswith("已超过期限:最晚2024年8月30日")


def test_beyond_the_calendar_weekends_only_and_a_warning(invented: Assistant, tmp_path: Path) -> None:
    question = "2026年12月30日受理的申请，5个工作日内作出决定，最晚哪天？"
    answer = ask(invented, question)
    assert answer.text.startswith("最晚2027年1月6日")
    assert "仅按周末估算" in answer.text
    assert next(w.text for w in answer.warnings if w.kind is WarningKind.CALENDAR).startswith("2027年")
    own = WorkCalendar(off=frozenset({date(2027, 1, 1)}), years=frozenset({2027}))
    known = ask(Assistant(invented.index, calendar=own), question)
    assert known.text.startswith("最晚2027年1月7日")
    assert WarningKind.CALENDAR not in {warning.kind for warning in known.warnings}


def test_the_term_of_a_document_is_not_moved_for_days_off(bundled: Index) -> None:
    every_day_off = WorkCalendar(off=frozenset({date(2025, 8, 28)}))
    answer = Assistant(bundled, calendar=every_day_off).ask(Request("天门零售店进限奖多少", TODAY))
    assert "有效期至2025年8月28日" in answer.text


def test_a_day_of_the_question_is_not_the_day_asked_about(assistant: Assistant) -> None:
    assert ask(assistant, "2024年9月27日交的涉企补偿申请，最晚哪天告知受不受理？").as_of == TODAY
    assert ask(assistant, "2024年3月的时候，零售店进限奖多少？").as_of == date(2024, 3, 31)


def test_what_the_clause_says_against_having_both_is_part_of_the_answer(
    assistant: Assistant, invented: Assistant
) -> None:
    answer = ask(assistant, "天门商业综合体统一收银进限奖多少")
    assert "此条奖励与第一条奖励不重复享受" in answer.text
    both = ask(invented, "国家级和省级节水标杆都拿到了，一共奖多少？")
    assert both.text.count("就高不重复") == 1


@pytest.mark.parametrize(
    "question",
    [
        "9999年12月31日交的涉企补偿申请，最晚哪天告知受不受理？",
        "2月30日交的涉企补偿申请，最晚哪天告知受不受理？",
        "2024年2月29日知道权益受损，最晚哪天提出补偿申请？",
        "天门小进规比小进规多奖多少",
        "天门乡镇完成十十家工业企业进规奖励多少",
        "天门乡镇完成99999999999999999999家工业企业进规奖励多少",
        "天门建筑企业新增地方财政贡献0元奖多少",
        "一共多少",
        "2024年9月27日最晚哪天",
    ],
)
def test_odd_questions_get_an_answer_that_holds(assistant: Assistant, question: str) -> None:
    assert ask(assistant, question).status is not Status.ERROR
