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


_RULES = """清泽市小微企业信贷支持办法
清政办发〔2025〕11号

第一条 为缓解小微企业融资难题,结合本市实际,制定本办法。
第二条 本办法所称信贷券,是指由市财政出资、用于抵付贷款利息的电子凭证。从业人员不超过200人的企业视同小微企业。
第三条 申请信贷券的企业应当同时具备下列条件:
(一)在本市登记注册满2年;
(二)资产负债率低于70%,研发费用占比不低于3%;
(三)法定代表人年龄不超过60周岁;
(四)无贷款逾期记录。
第四条 有下列情形之一的,不适用本办法:
(一)房地产开发企业;
(二)已向法院申请破产的企业;
(三)列入经营异常名录的企业。
第五条 符合条件的企业可申请额度不超过50万元的信用贷款。暂时还不上贷款的,可申请分期偿还。
第六条 企业应在知道或应当知道权益受损之日起3年内提出申诉,提交书面申诉书和损失证明。
第七条 用地面积不足20亩的项目,入驻标准厂房,不单独供地。新建冷库库容500吨以上的,给予补助。
第八条 领取信贷券后3年内迁出本市的,应当退回已领取的资金。
第九条 所需资金由市、区财政按6:4比例分担。资金不足时按比例折算。
第十条 东湖园重点发展生物医药产业。西湖园重点发展家居建材产业。
第十一条 失业保险基金结存满24个月的,费率下调50%;结存满18个月的,费率下调20%。
第十二条 援助协议经双方签字后生效。
第十三条 本办法自2025年1月1日起施行,有效期至2028年12月31日,由市金融局负责解释。
"""


@pytest.fixture(scope="module")
def qingze(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("qingze")
    (folder / "documents").mkdir()
    (folder / "documents" / "rules.txt").write_text(_RULES, encoding="utf-8")
    return Assistant(open_index(folder, folder / "index", "embedded", lambda _: None))


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


@pytest.mark.parametrize(
    ("question", "said", "words"),
    [
        ("申请信贷券的企业注册才十个月,能申请吗", "不能", "满2年"),
        ("资产负债率75%的企业能申请信贷券吗", "不能", "低于70%"),
        ("法定代表人62岁了还能申请信贷券吗", "不能", "不超过60周岁"),
        ("企业贷款逾期过,还能申请信贷券吗", "不能", "无贷款逾期记录"),
        ("新建冷库库容300吨给补助吗", "不能", "500吨以上"),
        ("企业的信用贷款能贷80万吗", "不能", "不超过50万元"),
        ("300人的企业算小微企业吗", "不是", "不超过200人"),
        ("用地15亩的项目能单独供地吗", "不可以", "不单独供地"),
        ("暂时还不上贷款能不能分期偿还", "可以", "可申请分期偿还"),
        ("领了信贷券一年就迁出本市,资金要退回吗", "要", "应当退回"),
        ("向法院申请破产的企业还能用这个办法申请信贷券吗", "不可以", "已向法院申请破产"),
    ],
)
def test_the_case_of_the_asker_is_held_against_what_the_rules_demand(
    qingze: Assistant, question: str, said: str, words: str
) -> None:
    answer = ask(qingze, question)
    assert answer.text.startswith(f"{said}:")
    assert words in answer.text


def test_of_a_list_of_conditions_only_the_item_that_decides_is_told(qingze: Assistant) -> None:
    text = ask(qingze, "资产负债率75%的企业能申请信贷券吗").text
    assert "应当同时具备下列条件——资产负债率低于70%" in text
    assert "逾期" not in text


@pytest.mark.parametrize(
    "question",
    [
        "用地30亩的项目能单独供地吗",  # 不足20亩的 forbids; it does not allow the others
        "已向法院申请破产的企业能去打官司吗",  # what does not apply is the办法, not the act asked about
        "没有贷款逾期记录的企业能申请信贷券吗",
    ],
)
def test_a_rule_that_says_nothing_of_the_case_decides_nothing(qingze: Assistant, question: str) -> None:
    assert ":" not in ask(qingze, question).text[:4]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("信贷券到底是什么东西", "电子凭证"),
        ("清泽市为什么要出台小微企业信贷支持办法", "缓解小微企业融资难题"),
        ("信贷支持的钱不够分怎么办", "按比例折算"),
        ("信贷支持的钱市里和区里怎么分摊", "6:4"),
        ("失业保险费率什么时候能砍一半", "24个月"),
        ("提出申诉要交什么东西", "损失证明"),
        ("权益受损四年前就知道了,现在提出申诉来得及吗", "3年内"),
        ("哪些企业不能享受小微企业信贷支持", "房地产开发企业"),
    ],
)
def test_what_asks_is_met_by_what_the_sentence_says(qingze: Assistant, question: str, words: str) -> None:
    answer = ask(qingze, question)
    assert answer.status is Status.ANSWERED
    assert words in answer.text


def test_what_is_said_of_something_else_in_the_same_words_is_left_out(qingze: Assistant) -> None:
    text = ask(qingze, "东湖园重点发展什么产业").text
    assert "生物医药" in text
    assert "家居建材" not in text


_DISTRICT = """云岭市石溪区创业贷款实施细则
第一条 个人贷款由街道便民服务中心受理申请。
第二条 10万元及以下的个人贷款免除反担保要求。
第三条 领导小组组成人员名单:
组 长:张 明 区长
副组长:李 华 副区长
王 强 区人社局局长
赵 亮 区财政局局长
"""

_OF_DISTRICT = """石溪区关于申报专精特新资金的通知
石溪区各企业:
一、申报条件
(一)获评专精特新企业。
石溪区经济局
2025年1月3日
"""


@pytest.fixture(scope="module")
def shixi(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("shixi")
    (folder / "documents").mkdir()
    (folder / "documents" / "loan.txt").write_text(_DISTRICT, encoding="utf-8")
    (folder / "documents" / "notice.txt").write_text(_OF_DISTRICT, encoding="utf-8")
    return Assistant(open_index(folder, folder / "index", "embedded", lambda _: None))


def test_the_rules_of_a_district_are_its_own_where_the_title_names_its_city_first(shixi: Assistant) -> None:
    assert ask(shixi, "石溪区个人贷款8万要不要反担保").text.startswith("不用:")


def test_a_place_in_a_group_is_found_by_what_people_call_it(shixi: Assistant) -> None:
    assert "李华" in ask(shixi, "石溪区创业贷款领导小组里给区长当副手的是哪位").text


def test_a_fee_that_no_rule_speaks_of_is_not_answered(qingze: Assistant) -> None:
    assert ask(qingze, "提出申诉要交申诉费吗").status is Status.NOT_FOUND


def test_a_sentence_that_says_hardly_anything_of_the_question_is_called_the_closest(assistant: Assistant) -> None:
    answer = ask(assistant, "天门农民工工资拖欠会怎么处罚")
    assert answer.status is Status.NOT_FOUND or "最接近" in answer.text
