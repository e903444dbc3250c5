"""Whole documents of the shapes that offices publish, invented: their trees, and what is left of them in one line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from corpus.document import DocumentReading
from corpus.model import GROUPING_LEVELS, OUTLINE_LEVELS, Instrument, Level
from corpus.structure.instruments import segment
from corpus.structure.provisions import provisions_of, scheme_of

Read = Callable[..., DocumentReading]
NUMBERED = {*OUTLINE_LEVELS, *GROUPING_LEVELS, Level.ARTICLE, Level.SUBPARAGRAPH, Level.ITEM}

#: Lines that end with a Latin full stop, or with none.
UNSTOPPED = """某市稳定工业增长若干措施
各区人民政府：
一、加大支持力度
（一）对增产的企业给予奖励。
1.奖励10万元.
2.名单由市经信局公布
3.资金在30日内拨付。
（二）对新建的企业给予奖励
二、申报要求
联系电话：027-12345678
三、附则
本措施由市经信局负责解释
某市人民政府办公室
2024年2月20日"""
RUNNING = """某市促进消费若干措施
某政办发〔2024〕8号
各区人民政府：
为促进消费，制定如下措施。
一、扩大商品消费
（一）支持汽车消费。对购车的个人给予补贴。
（二）支持家电消费。
1.鼓励以旧换新。
2．鼓励绿色家电。
二、扩大服务消费
（三）支持餐饮消费。
3.发放消费券。
①面额由区定。
②期限为一个月。
（四）支持文旅消费。
三、保障措施
（五）加强领导。
一是成立专班。
二是定期调度。
本措施自2024年3月1日起施行，有效期两年。
某市人民政府办公室
2024年2月20日
（此件公开发布）
抄送：市委办公室。"""

SKIPPING = """某市工作方案
一、总体要求
坚持稳中求进。
（一）工作目标。到年底建成。
（三）基本原则。统筹推进。
（三）工作范围。全市各区。
二、重点任务
（一）建设平台。市级统建。
四、组织实施
1、加强领导。
3、严格考核。
1、加强宣传。"""

ARTICLES = """某市补贴管理办法
（2023年5月1日某市人民政府第3次常务会议通过　根据2024年3月1日《关于修改部分规章的决定》修正）
目    录
第一章　总　　则
第二章　申请与审核
　第一节　申请
　第二节　审核
第三章　附　　则
第一章　总　　则
第一条　为了规范补贴，制定本办法。
第二条　【适用范围】本办法适用于本市企业。
第二条之一　下列企业除外：
（一）失信的；
（二）停产的，包括：
1.自行停产的；
2.责令停产的。
前款第二项情形消失的，可以申请。
第二章　申请与审核
第一节　申请
第三条　企业应当提交材料。
第三条规定的材料由某局公布。
第二节　审核
第四条　某局应当审核。
第三章　附　　则
第五条　本办法自公布之日起施行。"""

COVERED = """某市人民政府关于印发某市奖励办法的通知
某政发〔2024〕3号
各区人民政府，市政府各部门：
现将《某市奖励办法》印发给你们，请遵照执行。
某市人民政府
2024年3月1日
某市奖励办法
第一章 总则
第一条 为了奖励先进，制定本办法。
第二章 奖励
第二条 对下列企业给予奖励：
（一）首次入库的；
（二）增长的。
附则
第三条 本办法由某局解释。
附件1
申请表
一、企业名称"""

AMENDING = """某市人民代表大会常务委员会关于修改《某市绿化条例》的决定
某市人民代表大会常务委员会决定对《某市绿化条例》作如下修改：
一、将第三条修改为：“第三条 市绿化部门负责本市绿化工作。
“区绿化部门负责本区绿化工作：
“（一）规划；
“（二）养护。”
二、增加二条，作为第四条、第五条：“第四条 鼓励社会力量参与。
第五条 对先进单位给予表彰。”
三、第六条改为第七条，删去第二款。
本决定自2024年6月1日起施行。"""

SELF_NUMBERED = """某省绿化条例修正案
第一条 将第三条修改为：“第三条 甲。
第四条 乙。”
第二条 第十条增加一款：“丙。”
第三条 本修正案自公布之日起施行。"""

GAZETTE = """某市人民政府公报 2024年第5期
某政发〔2024〕1号
某市人民政府关于做好统计工作的通知
各区：
一、按时报送。
某市人民政府
2024年1月5日
某政办发〔2024〕2号
某市人民政府办公室关于印发《关于支持甲业的意见》等两个文件的通知
各区：
《关于支持甲业的意见》《关于支持乙业的意见》现印发给你们。
某市人民政府办公室
2024年2月6日
关于支持甲业的意见
一、支持入库。
二、支持增长。
关于支持乙业的意见
一、支持出口。
扫一扫在手机打开当前页"""

LISTS = """关于公布2024年优秀企业名单的通知
各区：
现将名单公布如下：
一、一等奖（2家）
甲公司
乙公司
二、二、三线城市奖（1家）
丙公司
附件：1.申报指南
2.联系方式
某市商务局
2024年1月8日
附件1
申报指南
一、对象
附件2
联系方式
张三 李四"""

BOXED = """某市数字经济发展规划
一、重点任务
（一）建设网络。加快建设。
专栏1 网络工程 |
5G基站。|
（二）发展产业。
专栏2 产业工程
人工智能。
到2025年完成。
二、组织实施
——加强领导：成立专班。
——落实资金：市财政安排。"""

SPOKEN = """某场新闻发布会实录
时间：2024年3月2日
主持人王某：
各位记者，大家好。
副市长李某：
谢谢。
一是加快建设。
二是扩大投资。
某报记者：
请问进展如何？
副市长李某：
一是已经开工。
二是年底完工。"""

BROKEN_TITLE = """某市人民政府办公室
关于印发某市支持企业
发展若干措施的通知
某市人民政府办公室关于印发某市支持企业发展若干措施的通知
各区人民政府：
《某市支持企业发展若干措施》已经同意，现印发。
某市人民政府办公室
2024年6月1日
某市支持企业发展若干措施
一、减免租金。
二、补贴贷款。"""

ASKED = """某市个体工商户政策问答
一、问：什么是个体工商户？
答：依法登记的经营者。
二、问：怎么申请补贴？
答：网上申请。"""


def shape_of(text: str) -> list[tuple[str, list[str]]]:
    """The titles of the instruments of a text with the addresses of their provisions."""
    found = []
    for part in segment(text).instruments:
        tops = provisions_of(part, scheme_of(part))
        found.append((part.title, [str(p.path) for top in tops for p in top.walk()]))
    return found


@pytest.mark.parametrize(
    ("text", "title", "addresses"),
    [
        (
            RUNNING,
            "某市促进消费若干措施",
            "head h1_1 h1_1__h2_1 h1_1__h2_2 h1_1__h2_2__h3_1 h1_1__h2_2__h3_2 h1_2 h1_2__h2_3 h1_2__h2_3__h3_3 "
            "h1_2__h2_3__h3_3__h5_1 h1_2__h2_3__h3_3__h5_2 h1_2__h2_4 h1_3 h1_3__h2_5 h1_3__h2_5__ordinal_1 "
            "h1_3__h2_5__ordinal_2 tail_1 tail_2",
        ),
        (
            SKIPPING,
            "某市工作方案",
            "head h1_1 h1_1__para_1 h1_1__h2_1 h1_1__h2_3 h1_1__h2_3_2 h1_2 h1_2__h2_1 h1_4 h1_4__h3_1 h1_4__h3_3 "
            "h1_4__h3_1_2",
        ),
        (
            ARTICLES,
            "某市补贴管理办法",
            "head chp_1 art_1 art_2 art_2-1 art_2-1__para_1 art_2-1__para_1__subpara_1 art_2-1__para_1__subpara_2 "
            "art_2-1__para_1__subpara_2__item_1 art_2-1__para_1__subpara_2__item_2 art_2-1__para_2 chp_2 sec_1 art_3 "
            "art_3__para_1 art_3__para_2 sec_2 art_4 chp_3 art_5",
        ),
        (
            COVERED,
            "某市奖励办法",
            "head chp_1 art_1 chp_2 art_2 art_2__subpara_1 art_2__subpara_2 chp_3 art_3 annex_1",
        ),
        (
            AMENDING,
            "某市人民代表大会常务委员会关于修改《某市绿化条例》的决定",
            "head h1_1 h1_1__para_2 h1_1__para_3 h1_1__para_4 h1_2 h1_2__para_2 h1_3 tail_1",
        ),
        (SELF_NUMBERED, "某省绿化条例修正案", "head art_1 art_1__para_1 art_1__para_2 art_2 art_3"),
        (
            LISTS,
            "关于公布2024年优秀企业名单的通知",
            "head h1_1 h1_1__para_1 h1_1__para_2 h1_2 h1_2__para_1 tail_1 annex_1 annex_2",
        ),
        (
            BOXED,
            "某市数字经济发展规划",
            "head h1_1 h1_1__h2_1 h1_1__h2_1__box_1 h1_1__h2_2 h1_1__h2_2__box_2 h1_1__h2_2__para_1 h1_2 "
            "h1_2__dash_1 h1_2__dash_2",
        ),
        (
            SPOKEN,
            "某场新闻发布会实录",
            "head turn_1 turn_2 turn_2__ordinal_1 turn_2__ordinal_2 turn_3 turn_4 turn_4__ordinal_1 turn_4__ordinal_2",
        ),
        (BROKEN_TITLE, "某市支持企业发展若干措施", "head h1_1 h1_2"),
        (ASKED, "某市个体工商户政策问答", "head h1_1 h1_1__para_2 h1_2 h1_2__para_2"),
    ],
    ids=[
        "numbers that run on",
        "numbers that skip and repeat",
        "articles under contents",
        "cover and annex",
        "a decision that quotes articles",
        "an amendment in articles",
        "lists and annexes",
        "boxes and dashes",
        "speakers",
        "title broken and printed twice",
        "questions",
    ],
)
def test_one_instrument(text: str, title: str, addresses: str) -> None:
    assert shape_of(text) == [(title, addresses.split())]


def test_a_gazette_of_numbered_documents_one_of_them_a_bundle() -> None:
    assert shape_of(GAZETTE) == [
        ("某市人民政府关于做好统计工作的通知", ["head", "h1_1", "tail_1"]),
        ("关于支持甲业的意见", ["head", "h1_1", "h1_2"]),
        ("关于支持乙业的意见", ["head", "h1_1"]),
    ]


def test_statutes_printed_behind_the_decision_that_amends_them_are_instruments_of_their_own() -> None:
    garden = "某市绿化条例\n目录\n第一章 总则\n第一章 总则\n第一条 甲。\n第二条 乙。"
    park = "某市公园条例\n第一条 丙。\n第二条 丁。"
    decision = AMENDING.replace("《某市绿化条例》", "《某市绿化条例》和《某市公园条例》")
    first, *others = shape_of(f"{decision}\n{garden}\n{park}")
    assert first[0].endswith("的决定")
    assert first[1][-1] == "tail_1"
    assert others == [
        ("某市绿化条例", ["head", "chp_1", "art_1", "art_2"]),
        ("某市公园条例", ["head", "art_1", "art_2"]),
    ]


def numbered(text: str) -> list[str]:
    """What of a text is numbered, by address."""
    found = []
    for part in segment(text).instruments:
        for top in provisions_of(part, scheme_of(part)):
            found += [str(p.path).split("__")[-1] for p in top.walk() if p.level in NUMBERED]
    return found


#: A text shorter than some headings is never taken for one that lost its breaks.
FILLER = "，并按照有关规定办理" * 24


@pytest.mark.parametrize("joint", ["", " ", "\u3000\u3000", "\t"], ids=["nothing", "blank", "two wide blanks", "tab"])
@pytest.mark.parametrize(
    "text",
    [RUNNING, UNSTOPPED, ARTICLES, COVERED, AMENDING, SELF_NUMBERED],
    ids=["running", "unstopped", "articles", "cover", "decision", "amendment"],
)
def test_without_its_line_breaks_a_text_is_numbered_alike(text: str, joint: str) -> None:
    lines = [line.strip() for line in text.replace("。\n", f"{FILLER}。\n", 1).split("\n")]
    assert numbered(joint.join(lines)) == numbered(text)


@pytest.mark.parametrize("lines_a_page", [2, 3, 5])
def test_breaks_that_are_lost_within_pages_only_are_found(lines_a_page: int) -> None:
    lines = [line.strip() for line in ARTICLES.split("\n")]
    contents = lines.index("第三章　附　　则") + 1
    pages = ["".join(lines[i : i + lines_a_page]) for i in range(contents, len(lines), lines_a_page)]
    found = numbered("\n".join([*lines[:contents], *pages]))
    assert [each for each in found if each.startswith(("art", "chp", "sec"))] == [
        each for each in numbered(ARTICLES) if each.startswith(("art", "chp", "sec"))
    ]


def test_a_page_of_three_long_lines_is_cut_in_each() -> None:
    articles = [f"第{han}条 本条规定{FILLER}。" for han in "一二三四五六七八九"]
    text = "某市办法\n" + "\n".join("".join(articles[i : i + 3]) for i in (0, 3, 6))
    assert numbered(text) == [f"art_{n}" for n in range(1, 10)]


def test_what_a_sentence_says_of_an_article_begins_no_line() -> None:
    sentence = f"依照第二条 的规定办理{FILLER}。"
    text = f"某市办法\n第一条 {sentence}\n第二条 对第三条 所列情形，{sentence}\n第三条 见第四条 。"
    assert numbered(text) == ["art_1", "art_2", "art_3"]


def facts(instrument: Instrument) -> tuple[str, int]:
    return instrument.title, len(list(instrument.walk()))


@pytest.mark.parametrize(
    "article",
    [
        "第十二条 甲。",
        "第十二条　甲。",
        "第 十 二 条 甲。",
        "第12条 甲。",
        "第１２条 甲。",
        "第十二条【目的】甲。",
        "第十二条（目的）甲。",
        "第十二条:甲。",
        "第十二条：甲。",
        "**第十二条** 甲。",
        "### 第十二条 甲。",
        "### **第十二条** 甲。",
        "第十二条甲。",
    ],
)
def test_printings_of_an_article(article: str) -> None:
    assert numbered(f"某市办法\n第十一条 乙。\n{article}\n第十三条 丙。") == ["art_11", "art_12", "art_13"]


def test_the_signs_of_markdown_are_no_words_of_what_stands_above_them(read: Read) -> None:
    reading = read("# 某市办法\n\n## 第一章 总则\n\n第一条 甲。\n\n## 第二章 附则\n\n第二条 乙。\n", "某市办法.md")
    assert [clause.text for clause in reading.clauses] == ["某市办法", "第一条 甲。", "第二条 乙。"]
    assert facts(reading.instruments[0]) == ("某市办法", 5)


def test_a_heading_broken_over_two_lines_is_read_as_one(read: Read) -> None:
    reading = read("某市条例\n第一章 听取和审议区人民政府和\n区人民法院的工作报告\n第一条 甲。\n第二条 乙。")
    assert reading.instruments[0].provisions[1].heading == "第一章 听取和审议区人民政府和区人民法院的工作报告"


@pytest.mark.parametrize("joint", ["", " ", "\u3000\u3000"])
def test_a_signature_in_mid_line_is_found_with_its_day(read: Read, joint: str) -> None:
    lines = ["关于做好申报工作的通知", "各有关企业：", f"一、按时申报{FILLER}。", "二、如实申报。"]
    (instrument,) = read(joint.join([*lines, "某市财政局", "2024年3月1日", "抄送：市委办公室。"])).instruments
    assert (instrument.issuer, instrument.date) == ("某市财政局", date(2024, 3, 1))
