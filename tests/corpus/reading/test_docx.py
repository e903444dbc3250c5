"""Word documents → text, as Word would print them."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile

import docx as python_docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.reading import package
from corpus.reading.docx import read_docx
from corpus.reading.numbering import numeral
from tests.corpus.reading.word import docx, level, listed, lists, p, r, table, zipped

SUFF_NOTHING, SUFF_SPACE = '<w:suff w:val="nothing"/>', '<w:suff w:val="space"/>'


def text(body: str, numbering: str = "", styles: str = "") -> list[str]:
    return read_docx(docx(body, numbering, styles), "甲.docx").text.splitlines()


@pytest.mark.parametrize(
    ("style", "numbers"),
    [
        ("decimal", {1: "1", 20: "20"}),
        ("chineseCounting", {1: "一", 10: "十", 21: "二十一", 101: "一〇一"}),
        ("chineseCountingThousand", {12: "十二", 101: "一百零一", 110: "一百一十", 1260: "一千二百六十"}),
        ("taiwaneseCounting", {15: "十五"}),
        ("japaneseCounting", {10: "十", 101: "百一", 110: "百十"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("chineseLegalSimplified", {3: "叁", 12: "壹拾贰"}),
        ("ideographDigital", {20: "二〇"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {2: "②"}),
        ("decimalZero", {3: "03"}),
        ("upperLetter", {1: "A", 26: "Z", 27: "AA", 28: "BB"}),
        ("lowerRoman", {4: "iv", 19: "xix"}),
        ("upperRoman", {2024: "MMXXIV"}),
        ("none", {3: ""}),
        ("hebrew1", {3: "3"}),
    ],
)
def test_numbers_in_the_styles_of_word(style: str, numbers: dict[int, str]) -> None:
    assert {value: numeral(value, style) for value in numbers} == numbers


def test_automatic_numbering_stands_in_front_of_its_paragraph() -> None:
    numbering = lists(
        level(0, "第%1章", "chineseCountingThousand", SUFF_SPACE),
        level(1, "第%2条", "chineseCountingThousand", '<w:lvlRestart w:val="0"/>' + SUFF_SPACE),
        level(2, "（%3）", "chineseCounting", SUFF_NOTHING),
        level(3, "%4.", "decimal"),
    )
    body = (
        listed("总则")
        + listed("为了发展,制定本办法。", depth=1)
        + listed("本办法所称企业是指:", depth=1)
        + listed("工业企业;", depth=2)
        + listed("商贸企业:", depth=2)
        + listed("批发;", depth=3)
        + listed("附则")
        + listed("本办法自印发之日起施行。", depth=1)
        + listed("其他。", depth=2)
    )
    assert text(body, numbering) == [
        "第一章 总则",
        "第一条 为了发展,制定本办法。",
        "第二条 本办法所称企业是指:",
        "（一）工业企业;",
        "（二）商贸企业:",
        "1. 批发;",
        "第二章 附则",
        "第三条 本办法自印发之日起施行。",
        "（一）其他。",
    ]


def test_numbers_of_upper_levels_in_a_label() -> None:
    numbering = lists(
        level(0, "第%1部分", "chineseCounting"),
        level(1, "%1.%2", "decimal", "<w:isLgl/>"),
        level(2, "%1.%2", "decimal"),
    )
    assert text(listed("甲") + listed("乙", depth=1) + listed("丙", depth=1) + listed("丁", depth=2), numbering) == [
        "第一部分 甲",
        "1.1 乙",
        "1.2 丙",
        "一.2 丁",
    ]


def test_a_list_begins_anew_where_it_says_so_and_else_goes_on() -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="0"/>{override}</w:num>'
    )
    numbering = lists(level(0, "%1、", "chineseCounting", SUFF_NOTHING), more=more)
    assert text("".join(listed(word, i) for word, i in zip("甲乙丙丁", (1, 2, 3, 3), strict=True)), numbering) == [
        "一、甲",
        "二、乙",
        "五、丙",
        "六、丁",
    ]


def test_numbering_by_a_style_and_by_one_that_it_is_based_on() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr>'
        "</w:pPr></w:style>"
    )
    numbering = lists(
        level(0, "%1、", "chineseCounting", SUFF_NOTHING), level(1, "（%2）", "chineseCounting", SUFF_NOTHING)
    )
    one, two = ('<w:pStyle w:val="1"/>', '<w:pStyle w:val="2"/>')
    none = one + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    assert text(p("甲", one) + p("乙", two) + p("丙", none) + p("丁", one), numbering, styles) == [
        "一、甲",
        "（一）乙",
        "丙",
        "二、丁",
    ]


def test_a_list_style_stands_for_its_list() -> None:
    linked = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
    )
    style = '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    numbering = lists(level(0, "第%1条", "chineseCounting", SUFF_SPACE), more=linked)
    assert text(listed("甲", 7), numbering, style) == ["第一条 甲"]


def test_bullets_are_kept_and_paragraphs_without_words_are_not_counted() -> None:
    numbering = lists(level(0, "\uf06c", "bullet", SUFF_SPACE), level(1, "%2.", "decimal"))
    assert text(listed("甲") + listed("乙", depth=1) + listed("", depth=1) + listed("丙", depth=1), numbering) == [
        "● 甲",
        "1. 乙",
        "2. 丙",
    ]


def test_deleted_and_hidden_words_are_no_text_and_inserted_ones_are() -> None:
    styles = '<w:style w:type="character" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = (
        "<w:p>"
        + r("奖励")
        + f"<w:del>{r('5')}</w:del><w:ins>{r('8')}</w:ins><w:moveFrom>{r('一')}</w:moveFrom>"
        + r("密", "<w:vanish/>")
        + r("密", '<w:rStyle w:val="H"/>')
        + r("万元", '<w:vanish w:val="0"/>')
        + f"<w:hyperlink><w:smartTag>{r('。')}</w:smartTag></w:hyperlink></w:p>"
        + p("前半", "<w:rPr><w:del/></w:rPr>")
        + p("后半")
    )
    assert text(body, styles=styles) == ["奖励8万元。", "前半后半"]


def test_breaks_tabs_and_fields() -> None:
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:noBreakHyphen/><w:t>丁</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )
    assert text(body) == ["甲 乙", "丙-丁"]


def test_tables_are_a_row_a_line() -> None:
    merged = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    below = "<w:tcPr><w:vMerge/></w:tcPr>"
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
    inner = table([p("里1"), p("里2")])
    body = table(
        [wide + p("合计"), p("单位")],
        [merged + p("批发"), p("8") + p("万元"), f"<w:sdt><w:sdtContent>{p('商务局')}</w:sdtContent></w:sdt>"],
        [below + p(""), p("4万元"), inner + p("")],
    )
    assert text(body) == ["合计 | 单位", "批发 | 8 万元 | 商务局", "4万元 | 里1 | 里2"]


def test_a_table_of_one_column_is_a_box_of_paragraphs() -> None:
    assert text(table([p("专栏1 重点工程") + p("第一项。")], [p("第二项。")])) == [
        "专栏1 重点工程",
        "第一项。",
        "第二项。",
    ]


def test_text_boxes_and_content_controls_are_kept_once() -> None:
    box = f"<w:txbxContent>{p('框里')}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        f"</mc:AlternateContent></w:r>{r('框外')}</w:p>"
        f"<w:sdt><w:sdtContent>{p('控件里')}</w:sdtContent></w:sdt>"
    )
    assert text(body) == ["框外", "框里", "控件里"]


def test_footnotes_are_said_to_be_missing() -> None:
    body = "<w:p>" + r("甲") + '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    content = read_docx(docx(body), "甲.docx")
    assert (content.text, content.warnings) == ("甲\n", ("有 1 条脚注或尾注没有读入",))


def test_a_document_made_by_a_program(tmp_path) -> None:
    made = python_docx.Document()
    made.core_properties.author, made.core_properties.title = "某人", "模板"
    made.sections[0].header.paragraphs[0].text = "页眉"
    made.add_paragraph("关于甲的意见")
    made.add_paragraph("乙", style="List Number")
    made.add_paragraph("丙", style="List Number")
    row = made.add_table(1, 2).rows[0]
    row.cells[0].text, row.cells[1].text = "批发", "8万元"
    made.save(tmp_path / "甲.docx")
    content = read_docx((tmp_path / "甲.docx").read_bytes(), "甲.docx")
    assert content.text.splitlines() == ["关于甲的意见", "1. 乙", "2. 丙", "批发 | 8万元"]


def test_an_entity_is_never_resolved() -> None:
    evil = (
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p>'
        "</w:body></w:document>"
    )
    with pytest.raises(CorpusError, match=r"甲\.docx 中的 XML 带有文档类型声明"):
        read_docx(docx("", **{"word/document.xml": evil}), "甲.docx")


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(CorpusError, match="解压后过大"):
        read_docx(docx("", **{"word/document.xml": "<a>" + " " * 50_000_000 + "</a>"}), "甲.docx")


def test_a_part_with_a_false_size_is_broken() -> None:
    data = bytearray(docx(p("甲" * 4000)))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 7)
    with pytest.raises(CorpusError, match="已损坏"):
        read_docx(bytes(data), "甲.docx")


def test_too_many_parts_are_refused(monkeypatch) -> None:
    monkeypatch.setattr(package, "MAX_PARTS", 3)
    with pytest.raises(CorpusError, match="压缩包里有 4 个文件"):
        read_docx(docx(p("甲")), "甲.docx")


def test_deep_nesting_is_refused() -> None:
    nested = p("甲")
    for _ in range(40):
        nested = table([nested, p("")])
    with pytest.raises(CorpusError, match="嵌套过深"):
        read_docx(docx(nested), "甲.docx")
    with pytest.raises(CorpusError, match="已损坏"):
        read_docx(docx("<w:sdt><w:sdtContent>" * 2000 + "</w:sdtContent></w:sdt>" * 2000), "甲.docx")


def test_other_zip_files_are_no_document() -> None:
    with pytest.raises(CorpusError, match="不是 Word 文档"):
        read_docx(zipped({"a.txt": "甲"}), "甲.docx")


WHOLE = docx(listed("甲" * 50) + table([p("乙"), p("丙")]), lists(level(0, "第%1条", "chineseCounting")))


@pytest.mark.parametrize("size", [0, 10, 100, len(WHOLE) // 2, len(WHOLE) - 1])
def test_a_file_that_was_cut_off_is_broken(size: int) -> None:
    with pytest.raises(CorpusError, match="已损坏"):
        read_docx(WHOLE[:size], "甲.docx")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=3)), max_size=6))
def test_damage_gives_a_text_or_a_sentence(damage: list[tuple[int, bytes]]) -> None:
    data = bytearray(WHOLE)
    for at, new in damage:
        data[at : at + len(new)] = new
    with contextlib.suppress(CorpusError):
        assert isinstance(read_docx(bytes(data), "甲.docx").text, str)


XML = zipfile.ZipFile(io.BytesIO(WHOLE)).read("word/document.xml").decode()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(XML)), st.integers(0, 60), st.sampled_from(["", "<w:p>", "</w:t>", "<w:tbl/>", "&#0;", "\ud800"])
)
def test_damaged_xml_gives_a_text_or_a_sentence(at: int, cut: int, new: str) -> None:
    xml = (XML[:at] + new + XML[at + cut :]).encode("utf-8", "surrogatepass")
    with contextlib.suppress(CorpusError):
        assert isinstance(read_docx(docx("", **{"word/document.xml": xml}), "甲.docx").text, str)
