"""Decoded text → canonical text with the list of changes and the map back."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import SourceDocument, Span
from corpus.reading.content import Edit
from corpus.reading.repair import CanonicalText, repair


@dataclass(frozen=True)
class Lost:
    before: str
    after: str
    reason: str = "字节丢失"


DAMAGED = "推動工業(yè)經(jīng)濟高質(zhì)量發(fā)展,,著力建設(shè)飛機改裝(MRO)產(chǎn)業(yè),。一,、總體要求"


def document(canonical: CanonicalText) -> SourceDocument:
    return SourceDocument("甲", "甲.txt", "", canonical.text, canonical.repairs, canonical.breaks)


def test_text_with_stray_pinyin_is_converted_back() -> None:
    assert repair(DAMAGED).text == "推动工业经济高质量发展,着力建设飞机改装(MRO)产业。一、总体要求"


def test_text_written_in_traditional_characters_keeps_them() -> None:
    written = "為推動工業經濟發展,制定本辦法。第一條 總則(MRO)"
    assert repair(written) == CanonicalText(written, (), ((0, 0),))


@pytest.mark.parametrize(
    ("damaged", "clean"),
    [
        ("一,、总体要求", "一、总体要求"),
        ("发展,,建设,。", "发展,建设。"),
        ("发展，，建设，。", "发展，建设。"),
        ("1,000元,2,000元;", "1,000元,2,000元;"),
        ("正常,文字、标点。", "正常,文字、标点。"),
    ],
)
def test_a_comma_doubled_in_front_of_another_mark_goes(damaged: str, clean: str) -> None:
    assert repair(damaged).text == clean


def test_lost_characters_are_put_back_before_the_general_rules() -> None:
    canonical = repair("規(guī)?!靶 钡膯栴}。" + DAMAGED, [Lost("規(guī)?!靶 钡膯栴}。", "规模“小”的问题。")])
    assert canonical.text.startswith("规模“小”的问题。推动工业")
    assert canonical.repairs[0].before == "規(guī)?!靶 钡膯栴}。"
    assert canonical.repairs[0].reason == "字节丢失"


def test_every_change_is_listed_where_it_stood() -> None:
    canonical = repair("甲,、乙")
    (change,) = canonical.repairs
    assert (change.at, change.before, change.after, change.reason) == (1, ",", "", "重复的标点")


def test_offsets_lead_back_to_the_file() -> None:
    read = document(repair(DAMAGED))
    for word, origin in (("工业", "工業"), ("高质", "高質"), ("MRO", "MRO"), ("总体", "總體")):
        assert read.to_file(read.text.index(word)) == DAMAGED.index(origin)
        assert read.from_file(DAMAGED.index(origin)) == read.text.index(word)


@given(st.text(alphabet="甲業经(yè)jīng,、。;a1\n", max_size=60))
def test_what_was_not_changed_stands_where_the_map_says(text: str) -> None:
    canonical = repair(text)
    read = document(canonical)
    if not canonical.repairs:
        assert canonical.text == text
    changed = {change.after for change in canonical.repairs}
    for i, character in enumerate(canonical.text):
        assert text[read.to_file(i)] == character or any(character in after for after in changed)
    offsets = [read.to_file(i) for i in range(len(read.text))]
    assert offsets == sorted(offsets)


def test_the_damaged_sample_is_whole_again(library) -> None:
    damaged = [d for d in library.documents if len(d.repairs) > 100]
    assert len(damaged) == 1
    text = damaged[0].text
    assert not set("業產發經區設進規創責務質數構轉領達導標術聯節應監優現態準環關網") & set(text)
    assert "(MRO)" in text
    assert ",," not in text
    assert ",、" not in text
    assert text.count("“") == text.count("”")
    assert "?" not in text
    for words in ("解决工业规模“小”的问题", "“链式”转化应用体系", "重点高校考察学习研修", "着力构建现代化产业体系"):
        assert words in text


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("奖\u200b励\u00ad3万\ufeff元\x07。\x00", "奖励3万元。"),
        ("甲\t乙\u3000丙\u00a0丁", "甲\t乙\u3000丙\u00a0丁"),
        ("甲\v乙\x85丙\u2028丁", "甲\v乙\x85丙\u2028丁"),
    ],
)
def test_characters_that_print_nothing_go_and_blanks_and_breaks_stay(text: str, clean: str) -> None:
    canonical = repair(text)
    assert canonical.text == clean
    assert {change.reason for change in canonical.repairs} <= {"不显示的字符"}


def test_signs_of_markdown_go_where_the_file_is_markdown() -> None:
    text = "**第一条** 为了发展\\(试行\\),2\\*3=6。乘号**单独。"
    assert repair(text, markdown=True).text == "第一条 为了发展(试行),2*3=6。乘号**单独。"
    assert repair(text).text == text


def test_edits_of_the_format_come_first() -> None:
    edits = [Edit(Span(2, 8), "", "页码")]
    canonical = repair("甲\n— 1 —\n乙", [Lost("甲\n乙", "甲乙")], edits=edits)
    assert canonical.text == "甲乙"
    assert [change.reason for change in canonical.repairs] == ["字节丢失", "页码"]
