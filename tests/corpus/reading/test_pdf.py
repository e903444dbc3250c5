"""PDF → text with the indents of its paragraphs, page numbers as repairs."""

from __future__ import annotations

import contextlib

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.model import SourceDocument
from corpus.reading import pdf as reader
from corpus.reading.pdf import read_pdf
from corpus.reading.repair import repair
from tests.corpus.reading.pages import pdf, typeset

PARAGRAPHS = [
    "第一条　为促进商贸企业发展，根据有关法律法规，结合本市实际，制定本办法，请各有关部门和单位认真组织实施，"
    "并按时报送情况。",
    "对新增入统的企业给予一次性奖励4万元，同一企业不重复享受，就高不就低执行有关政策规定。",
    "第二条　本办法自印发之日起施行，有效期2年。",
]
HANDS = "甲乙丙丁戊"
TEXT = "\n".join(PARAGRAPHS * 7)


def test_lines_with_the_indents_of_paragraphs() -> None:
    lines = read_pdf(pdf(typeset(TEXT)), "甲.pdf").text.splitlines()
    assert lines[0] == "　　第一条 为促进商贸企业发展，根据有关法律法规，结合本"
    assert lines[1].startswith("市实际，制定")
    assert sum(line.startswith("　　") for line in lines if "—" not in line) == 21


def test_paragraphs_are_whole_again_across_lines_and_pages() -> None:
    content = read_pdf(pdf(typeset(TEXT)), "甲.pdf")
    canonical = repair(content.text, edits=content.edits, printed=content.printed)
    assert [line.strip() for line in canonical.text.splitlines()] == [p.replace("　", " ") for p in PARAGRAPHS * 7]
    reasons = [change.reason for change in canonical.repairs]
    assert reasons.count("页码") == 2
    assert set(reasons) == {"页码", "软换行"}
    document = SourceDocument("甲", "甲.pdf", "", canonical.text, canonical.repairs, canonical.breaks)
    for i, character in enumerate(canonical.text):
        assert content.text[document.to_file(i)] == character


@pytest.mark.parametrize("number", ["— {} —", "- {} -", "{}", "第 {} 页 共 9 页", "{}/9"])
def test_page_numbers_are_taken_out(number: str) -> None:
    pages = [
        [(100, 700 - 20 * k, 14, f"{HANDS[i]}页{HANDS[k]}行") for k in range(5)] + [(290, 50, 12, number.format(i))]
        for i in range(1, 5)
    ]
    content = read_pdf(pdf(pages), "甲.pdf")
    assert [edit.reason for edit in content.edits] == ["页码"] * 4
    assert [edit.span.of(content.text).strip() for edit in content.edits] == [number.format(i) for i in range(1, 5)]


def test_a_number_that_does_not_count_with_the_pages_stays() -> None:
    pages = [[(100, 700, 14, f"正文{number}"), (100, 680, 14, str(number))] for number in (2020, 15, 300)]
    assert read_pdf(pdf(pages), "甲.pdf").edits == ()


def test_running_headers_are_taken_out_but_the_first() -> None:
    pages = [
        [
            (200, 800, 10, f"甲市人民政府公报 2023年第{i}期"),
            *((100, 700 - 20 * k, 14, f"正文{'甲乙丙丁'[i]}{k}") for k in range(5)),
        ]
        for i in range(4)
    ]
    content = read_pdf(pdf(pages), "甲.pdf")
    assert [edit.reason for edit in content.edits] == ["页眉或页脚"] * 3


def test_cells_of_a_row_stand_apart() -> None:
    page = [(100, 700, 14, "批发企业"), (300, 700, 14, "8万元"), (100, 670, 14, "零售企业")]
    assert read_pdf(pdf([page]), "甲.pdf").text.splitlines() == ["批发企业 8万元", "零售企业"]


@pytest.mark.parametrize("pages", [[[], []], [[(290, 50, 12, f"— {i} —")] for i in range(1, 5)]])
def test_a_scan_is_named_as_one(pages) -> None:
    with pytest.raises(CorpusError, match=r"甲\.pdf 没有文字层.*OCR"):
        read_pdf(pdf(pages), "甲.pdf")


def test_a_page_without_text_is_warned_of() -> None:
    page = [(100, 700, 14, "一段足够长的正文文字")]
    assert read_pdf(pdf([page, [], page]), "甲.pdf").warnings == ("第 2 页没有文字,可能是图片",)


def test_an_encrypted_file_is_named_as_one(monkeypatch) -> None:
    def locked(data: bytes) -> None:
        raise pypdfium2.PdfiumError("", err_code=4)

    monkeypatch.setattr(pypdfium2, "PdfDocument", locked)
    with pytest.raises(CorpusError, match=r"甲\.pdf 是加密的 PDF"):
        read_pdf(b"", "甲.pdf")


def test_limits_on_pages_and_text(monkeypatch) -> None:
    data = pdf(typeset(TEXT))
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    with pytest.raises(CorpusError, match="有 2 页,超过 1 页"):
        read_pdf(data, "甲.pdf")
    monkeypatch.setattr(reader, "MAX_PAGES", 5)
    monkeypatch.setattr(reader, "MAX_CHARACTERS", 100)
    with pytest.raises(CorpusError, match="文字超过"):
        read_pdf(data, "甲.pdf")


WHOLE = pdf(typeset(TEXT))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, 200), st.binary(max_size=4))
def test_damage_gives_a_text_or_a_sentence(at: int, cut: int, new: bytes) -> None:
    with contextlib.suppress(CorpusError):
        assert isinstance(read_pdf(WHOLE[:at] + new + WHOLE[at + cut :], "甲.pdf").text, str)


@pytest.mark.parametrize("size", [5, 100, len(WHOLE) // 2])
def test_a_file_that_was_cut_off_is_read_or_said_to_be_broken(size: int) -> None:
    with contextlib.suppress(CorpusError):
        assert "第一条" in read_pdf(WHOLE[:size], "甲.pdf").text
