"""Canonical text as lines, also where the breaks were lost."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold
from corpus.structure.lines import lines_of, squeeze


def test_a_line_knows_where_it_stands() -> None:
    text = "  甲\n\n## 第一章　总则 \n\u200b\n\u00a0乙，丙\v丁"
    lines = lines_of(text)
    assert [line.text for line in lines] == ["甲", "第一章　总则", "乙，丙", "丁"]
    assert [line.folded for line in lines] == ["甲", "第一章 总则", "乙,丙", "丁"]
    assert all(line.span.of(text) == line.text for line in lines)


def test_markdown_signs_stand_in_front_of_a_line_and_not_in_it() -> None:
    text = "# 甲\n**第一章 总则**\n### **第一条** 乙\n*丙*"
    lines = lines_of(text)
    assert [line.text for line in lines] == ["甲", "第一章 总则", "第一条** 乙", "*丙*"]
    assert [text[line.begin : line.span.start] for line in lines] == ["# ", "**", "### **", ""]


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.sampled_from("甲 。第一二条章、(1).\n\u3000#"), max_size=600))
def test_lines_are_in_order_and_drop_nothing_but_blanks_and_heading_signs(text: str) -> None:
    lines = lines_of(text)
    assert all(line.span.of(text) == line.text for line in lines)
    assert all(a.span.end <= b.span.start for a, b in pairwise(lines))
    kept = Counter(character for line in lines for character in line.text if not character.isspace())
    assert Counter(c for c in text if not c.isspace() and c != "#") == kept - Counter("#" * len(text))


def test_a_notice_in_one_line_is_cut_at_its_headings() -> None:
    notice = (
        "某市关于支持企业复工的通知     各有关单位：     为支持企业，现通知如下。     一、加大支持力度 各单位要按照"
        "《某市办法》第二条 的规定办理。     （一）减免租金。对租用国有房屋的，免收3个月租金，减半收取1.5个月。 "
        "（二）降低成本。延长缴纳期限。 二、优化服务 1.设立专班。2.公布电话，共有2、3类事项。     三、加强监督。"
        + "甲" * 99
        + "。     某市经信局     2020年2月7日"
    )
    assert [line.text[:10] for line in lines_of(notice)] == [
        "某市关于支持企业复工",
        "各有关单位：",
        "为支持企业，现通知如",
        "一、加大支持力度",
        "各单位要按照《某市办",
        "（一）减免租金。对租",
        "（二）降低成本。延长",
        "二、优化服务",
        "1.设立专班。",
        "2.公布电话，共有2",
        "三、加强监督。甲甲甲",
        "某市经信局",
        "2020年2月7日",
    ]


def test_a_paragraph_among_others_is_never_cut() -> None:
    paragraph = "包括下列情形：（一）" + "甲" * 150 + "； （二）" + "乙" * 150 + "。"
    text = f"某办法\n一、{paragraph}\n{paragraph}\n{paragraph}"
    assert len(lines_of(text)) == 4


@pytest.mark.parametrize("joint", ["", " ", "\u3000\u3000"])
def test_a_statute_in_one_line_has_the_same_articles(statutes, read, joint: str) -> None:
    for document in statutes.documents:
        lines = [line.strip() for line in document.text.split("\n") if line.strip()]
        joined = read(joint.join(lines))
        wanted = [p.label for i in statutes.instruments if i.document_id == document.id for p in i.walk()]
        found = [p.label for i in joined.instruments for p in i.walk()]
        articles = [label for label in wanted if label.endswith("条")]
        assert [label.strip() for label in found if label.strip().endswith("条")] == articles, document.file


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("关于〈甲办法〉的通知", "关于《甲办法》的通知"),
        ("方案(2018-2020年)", "方案（2018—2020年）"),
        ("总　则", "总则"),
    ],
)
def test_two_printings_of_one_title_are_equal_when_squeezed(one: str, other: str) -> None:
    assert squeeze(one) == squeeze(other)
