"""Canonical text → the instruments in it: titles, numbers, issuers, dates, cities, kinds; what is left out."""

from datetime import date

import pytest

from corpus.model import DocumentNumber, Kind, Scheme
from corpus.structure.instruments import segment

TIANMEN = "天门市人民政府办公室"


@pytest.mark.parametrize(
    ("number", "title", "issuer", "day", "city", "kind", "scheme"),
    [
        (
            "天政办发〔2023〕20号",
            "天门市促进个体工商户发展若干措施",
            TIANMEN,
            date(2023, 8, 1),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕21号",
            "天门市现代化工产业高质量发展实施方案",
            TIANMEN,
            date(2023, 8, 11),
            "天门市",
            "plan",
            "outline",
        ),
        (
            "天政办发〔2023〕25号",
            "关于加快工业企业进规入库的五条意见",
            TIANMEN,
            date(2023, 8, 28),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕25号",
            "关于支持商贸企业进限纳统的五条意见",
            TIANMEN,
            date(2023, 8, 28),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕25号",
            "关于支持服务业企业进规纳统的五条意见",
            TIANMEN,
            date(2023, 8, 28),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕25号",
            "关于加强建筑业企业培育的五条意见",
            TIANMEN,
            date(2023, 8, 28),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕25号",
            "关于支持经营主体发展的两条意见",
            TIANMEN,
            date(2023, 8, 28),
            "天门市",
            "normative",
            "outline",
        ),
        (
            "天政办发〔2023〕26号",
            "天门市涉企补偿救济实施办法(试行)",
            TIANMEN,
            date(2023, 8, 29),
            "天门市",
            "normative",
            "statute",
        ),
        (
            "天政办发〔2023〕28号",
            "天门市推进新型工业化三年行动方案(2023—2025年)",
            TIANMEN,
            date(2023, 9, 28),
            "天门市",
            "plan",
            "outline",
        ),
        (
            "天政办发〔2023〕29号",
            "天门市数字经济发展三年行动方案(2023—2025年)",
            TIANMEN,
            date(2023, 9, 28),
            "天门市",
            "plan",
            "outline",
        ),
        (
            None,
            "鄂州市推动工业经济高质量发展的意见",
            "鄂州市人民政府",
            date(2023, 8, 24),
            "鄂州市",
            "normative",
            "outline",
        ),
        (
            "荆工文〔2018〕3号",
            "荆门市工业经济稳增长快转型高质量发展工作方案(2018-2020年)",
            "荆门市工业经济领导小组",
            date(2018, 6, 19),
            "荆门市",
            "plan",
            "outline",
        ),
        (
            None,
            "“奋战开门红 市长话经济”第十二场 天门:培育壮大新质生产力 加快推进新型工业化",
            "湖北省人民政府新闻办公室",
            date(2024, 3, 25),
            "天门市",
            "press",
            "transcript",
        ),
        (None, "加快建设万亿工业强市工作任务分解", "", date(2016, 2, 19), "襄阳市", "plan", "outline"),
    ],
)
def test_the_bundled_instruments(library, number, title, issuer, day, city, kind, scheme) -> None:
    (found,) = [instrument for instrument in library.instruments if instrument.title == title]
    assert found.number == (DocumentNumber.parse(number) if number else None)
    assert (found.issuer, found.date, found.city) == (issuer, day, city)
    assert (found.kind, found.scheme) == (Kind(kind), Scheme(scheme))
    assert found.title_inferred is (title.startswith("鄂州"))
    assert found.bundled is ("条意见" in title)


def test_there_are_no_others(library) -> None:
    assert len(library.instruments) == 14
    assert library.cities == ("天门市", "鄂州市", "荆门市", "襄阳市")


def test_web_chrome_and_mastheads_are_left_out_with_the_reason(library) -> None:
    left = {
        (part.reason, part.span.of(d.text).strip().split("\n")[0]) for d in library.documents for part in d.left_out
    }
    assert {
        ("刊头或网页页眉", "天门市人民政府公报2023第3号(总号:46)"),
        ("网页页脚", "扫一扫在手机上查看当前页面"),
        ("网页页脚", "下载附件:"),
        ("刊头或网页页眉", "生态立市"),
        ("刊头或网页页眉", "首 页 区县招商 产业园区 企业选址 优惠政策 新闻中心"),
        ("重复的标题", "关于印发《加快建设万亿工业强市工作任务分解》的通知"),
        ("刊头或网页页眉", "发布会详情"),
    } <= left


COVERED = """甲市公报2024第2号
甲政办发[2024]7号
市人民政府办公室
关于印发甲市支持企业
发展办法的通知
各区人民政府,市政府各部门:
《甲市支持企业发展办法》已经同意,现印发给你们。此前印发的甲政办发〔2022〕3号同时废止。
甲市人民政府办公室
2024年5月6日
甲市支持企业
发展办法
第一条 甲。
第二条 乙。
甲政办发【2024】8号
甲市人民政府办公室
关于做好统计工作的通知
各区人民政府:
一、甲。
二、乙。
甲市人民政府办公室
2024年5月7日
扫一扫分享本页
"""


def test_numbers_that_stand_alone_begin_documents_and_those_in_sentences_do_not(read) -> None:
    first, second = read(COVERED).instruments
    assert (str(first.number), first.title, first.date) == (
        "甲政办发〔2024〕7号",
        "甲市支持企业发展办法",
        date(2024, 5, 6),
    )
    assert (first.issuer, first.city) == ("甲市人民政府办公室", "")
    assert (str(second.number), second.date, second.kind) == ("甲政办发〔2024〕8号", date(2024, 5, 7), Kind.NOTICE)
    assert second.title == "甲市人民政府办公室关于做好统计工作的通知"


def test_each_text_that_a_notice_issues_is_an_instrument_of_the_bundle(read) -> None:
    reading = read(
        "丙政发〔2024〕1号\n印发《关于支持甲的意见》等2个文件的通知\n各部门:\n《关于支持甲的意见》《关于支持乙的意见》"
        "现印发给你们。\n丙市人民政府\n二〇二四年三月十二日\n关于支持甲的意见\n为支持甲。\n一、甲一。\n关于支持乙的意见\n一、乙一。\n"
    )
    assert [(i.id, i.title, i.bundled) for i in reading.instruments] == [
        ("丙政发-2024-1-1", "关于支持甲的意见", True),
        ("丙政发-2024-1-2", "关于支持乙的意见", True),
    ]
    assert {(str(i.number), i.issuer, i.date) for i in reading.instruments} == {
        ("丙政发〔2024〕1号", "丙市人民政府", date(2024, 3, 12))
    }
    heads = [clause.text for clause in reading.clauses if clause.path.labels == ("题头",)]
    assert heads[0].startswith("丙政发〔2024〕1号")
    assert heads[1] == "关于支持乙的意见"


@pytest.mark.parametrize(
    ("signature", "issuer", "day"),
    [
        ("甲市人民政府\n2024年1月2日", "甲市人民政府", date(2024, 1, 2)),
        ("甲市人民政府      2024年1月2日", "甲市人民政府", date(2024, 1, 2)),
        ("甲市商务局\n甲市财政局\n2024年1月2日", "甲市财政局", date(2024, 1, 2)),
        ("二○二四年一月二日", "", date(2024, 1, 2)),
        ("甲市人民政府办公室\n2024年1月2日印发", "甲市人民政府办公室", date(2024, 1, 2)),
        ("以上工作须于年底前完成。\n2024年1月2日", "", date(2024, 1, 2)),
        ("2024年2月30日", "", None),
    ],
)
def test_signatures(read, signature: str, issuer: str, day: date | None) -> None:
    (instrument,) = read(f"关于某事的通知\n一、甲。\n二、乙。\n{signature}\n").instruments
    assert (instrument.issuer, instrument.date) == (issuer, day)


def test_a_joint_document_keeps_the_offices_above_its_title(read) -> None:
    reading = read("财政部 海关总署\n税务总局关于进口物资免税政策的公告\n一、甲。\n二、乙。\n")
    assert reading.document.left_out == ()
    assert reading.instruments[0].title == "财政部 海关总署税务总局关于进口物资免税政策的公告"


@pytest.mark.parametrize(
    ("title", "opening", "kind"),
    [
        ("甲市实施办法(试行)", "", Kind.NORMATIVE),
        ("甲市行动方案(2023—2025年)", "", Kind.PLAN),
        ("中华人民共和国中小企业促进法", "", Kind.STATUTE),
        ("甲市优化营商环境条例", "", Kind.STATUTE),
        ("关于做好某事的通知", "", Kind.NOTICE),
        ("", "各部门:\n为了某事,制定如下意见。", Kind.NORMATIVE),
        ("甲", "", Kind.OTHER),
    ],
)
def test_kinds(title: str, opening: str, kind: Kind) -> None:
    from corpus.identity import kind_of

    assert kind_of(title, Scheme.OUTLINE, opening) is kind


@pytest.mark.parametrize(
    "text", ["", "\n \n", "。", "甲", "附件", "2024年1月2日", "天政办发〔2023〕1号", "《", "第一条"]
)
def test_anything_can_be_cut(text: str) -> None:
    parts = segment(text)
    covered = sorted([part.span for part in parts.instruments] + [part.span for part in parts.left_out])
    assert sum(map(len, covered)) == len(text)
