"""The marks that a line may begin with."""

import pytest

from corpus.model import Level
from corpus.structure.lines import lines_of
from corpus.structure.marks import (
    annex_mark,
    article_mark,
    box_mark,
    dash_mark,
    grouping_mark,
    item_mark,
    ordinal_mark,
    outline_mark,
)


def line(text: str):
    (found,) = lines_of(text)
    return found


@pytest.mark.parametrize(
    ("text", "level", "number", "label"),
    [
        ("一、总体要求", Level.OUTLINE_1, "1", "一、"),
        ("十二、其他", Level.OUTLINE_1, "12", "十二、"),
        ("(三十四)优化机制。", Level.OUTLINE_2, "34", "(三十四)"),
        ("（二十）促进", Level.OUTLINE_2, "20", "（二十）"),
        ("㈢ 促进", Level.OUTLINE_2, "3", "㈢"),
        ("16.加快", Level.OUTLINE_3, "16", "16."),
        ("１．加快", Level.OUTLINE_3, "1", "１．"),
        ("3、加快", Level.OUTLINE_3, "3", "3、"),
        ("⒉加快", Level.OUTLINE_3, "2", "⒉"),
        ("(4)加快", Level.OUTLINE_4, "4", "(4)"),
        ("5)加快", Level.OUTLINE_4, "5", "5)"),
        ("⑹加快", Level.OUTLINE_4, "6", "⑹"),
        ("③加快", Level.OUTLINE_5, "3", "③"),
    ],
)
def test_outline_labels(text: str, level: Level, number: str, label: str) -> None:
    mark = outline_mark(line(text))
    assert mark is not None
    assert (mark.level, mark.number, mark.label) == (level, number, label)


@pytest.mark.parametrize(
    "text",
    [
        "(2018-2020年)",
        "(2023—2025年)",
        "1.5亿元",
        "3.15晚会",
        "2023年,安排",
        "二、三线城市",
        "百百、甲",
        "一是",
        "第一、",
        "(MRO)",
    ],
)
def test_what_only_looks_like_an_outline_label(text: str) -> None:
    assert outline_mark(line(text)) is None


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        ("第一条 为贯彻", "1", "第一条"),
        ("第一千二百六十条　本法", "1260", "第一千二百六十条"),
        ("第十条之一 甲", "10-1", "第十条之一"),
        ("第12条 甲", "12", "第12条"),
        ("第三条为了促进", "3", "第三条"),
        ("第五条", "5", "第五条"),
        ("第六条【目的】甲", "6", "第六条"),
    ],
)
def test_articles(text: str, number: str, label: str) -> None:
    mark = article_mark(line(text))
    assert mark is not None
    assert (mark.level, mark.number, mark.label) == (Level.ARTICLE, number, label)


@pytest.mark.parametrize(
    "text",
    [
        "第三条规定的情形",
        "第二条、第三条",
        "第二条第一款",
        "第四条所称",
        "第五条修改为:",
        "第六条和第七条",
        "第百百条 甲",
        "依照第二条",
    ],
)
def test_a_sentence_about_an_article_is_none(text: str) -> None:
    assert article_mark(line(text)) is None


@pytest.mark.parametrize(
    ("text", "level", "number"),
    [
        ("第三编 合同", Level.PART, "3"),
        ("第二分编 典型合同", Level.PART, "2"),
        ("第一章 总则", Level.CHAPTER, "1"),
        ("第一章　总　则", Level.CHAPTER, "1"),
        ("第十一章", Level.CHAPTER, "11"),
        ("第二节  登记", Level.SECTION, "2"),
    ],
)
def test_headings_of_statutes(text: str, level: Level, number: str) -> None:
    mark = grouping_mark(line(text))
    assert mark is not None
    assert (mark.level, mark.number) == (level, number)


@pytest.mark.parametrize("text", ["第二章规定的情形,依照前款办理。", "第一节课", "第三编辑部的意见是:可以"])
def test_a_sentence_about_a_chapter_is_no_heading(text: str) -> None:
    mark = grouping_mark(line(text))
    assert mark is None or text == "第一节课"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("——纺织织造:以稳健医疗为依托", "——纺织织造"),
        ("——封装测试领域。充分发挥", "——封装测试领域"),
        ("——农药中间体、原药及制剂:依托", "——农药中间体、原药及制剂"),
        ("——坚持人民至上,着力解决", "——坚持人民至上"),
        ("--平等自愿。", "--平等自愿"),
        ("— 甲：乙", "— 甲"),
    ],
)
def test_a_dash_paragraph_is_named_by_its_first_words(text: str, label: str) -> None:
    mark = dash_mark(line(text))
    assert mark is not None
    assert mark.label == label


def test_boxes_points_and_items() -> None:
    box = box_mark(line("专栏1 封装测试领域重点项目 |"))
    assert box is not None
    assert (box.number, box.label) == ("1", "专栏1")
    assert box_mark(line("专栏2023年")) is None
    point = ordinal_mark(line("三是政策引导"))
    assert point is not None
    assert (point.number, point.label) == ("3", "三是")
    item = item_mark(line("（三）甲"))
    assert item is not None
    assert item.level is Level.SUBPARAGRAPH
    assert item_mark(line("一、甲")) is None


@pytest.mark.parametrize(
    ("text", "label", "number", "titled"),
    [
        ("附件", "附件", "", False),
        ("附件:", "附件", "", False),
        ("附件2", "附件2", "2", False),
        ("附  件", "附  件", "", False),
        ("附表一", "附表一", "1", False),
        ("附录", "附录", "", False),
        ("附件:1.申报指南", "附件", "", True),
        ("附件1：申报指南", "附件1", "1", True),
    ],
)
def test_annexes(text: str, label: str, number: str, titled: bool) -> None:
    mark = annex_mark(line(text))
    assert mark is not None
    assert (mark.label, mark.number, mark.titled) == (label, number, titled)


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        ("三是落实", "3", "三是"),
        ("第一，加强领导", "1", "第一，"),
        ("第二、压实", "2", "第二、"),
        ("其三，考核", "3", "其三，"),
    ],
)
def test_points_of_a_paragraph(text: str, number: str, label: str) -> None:
    mark = ordinal_mark(line(text))
    assert mark is not None
    assert (mark.level, mark.number, mark.label) == (Level.ORDINAL, number, label)


def test_a_number_behind_a_label_is_no_enumeration() -> None:
    mark = outline_mark(line("一、一等奖（2家）"))
    assert mark is not None
    assert mark.label == "一、"
    assert outline_mark(line("一、二级资质")) is None


def test_what_goes_on_with_a_quotation_begins_with_no_mark() -> None:
    first, second, third = lines_of("一、将第三条修改为：“第三条 甲。\n第四条 乙。”\n第五条 丙。")
    assert outline_mark(first) is not None
    assert article_mark(second) is None
    assert article_mark(third) is not None


def test_a_quotation_that_nothing_closes_swallows_nothing() -> None:
    lines = lines_of("第一条 是指：“甲。\n第二条 乙。\n第三条 丙。")
    assert [mark.number for each in lines if (mark := article_mark(each))] == ["1", "2", "3"]


@pytest.mark.parametrize("text", ["附件所列项目", "附则", "附条件的合同"])
def test_what_only_looks_like_an_annex(text: str) -> None:
    assert annex_mark(line(text)) is None
