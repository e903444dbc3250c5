"""Files → decoded text: what a file is, whatever its name says."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.reading import files
from corpus.reading.files import READABLE, read_file
from tests.corpus.reading.pages import pdf, typeset
from tests.corpus.reading.word import docx, p, zipped

TEXT = "一、甲\n二、乙\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
HTML = "<!DOCTYPE html><p>一、甲</p><p>二、乙</p>".encode()


@pytest.fixture
def read(tmp_path: Path):
    """A file with these bytes, read."""

    def read_bytes(data: bytes, name: str):
        path = tmp_path / name
        path.write_bytes(data)
        return read_file(path, name)

    return read_bytes


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(read, end: str) -> None:
    file = read(f"一、甲{end}二、乙{end}".encode(), "甲.txt")
    assert file.text == TEXT
    assert len(file.sha256) == 64


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("甲.txt", TEXT.encode("gb18030")),
        ("甲.md", TEXT.encode()),
        ("甲.html", HTML),
        ("甲.HTM", HTML),
        ("甲.docx", docx(p("一、甲") + p("二、乙"))),
        ("甲.pdf", pdf([[(100, 700, 16, "一、甲"), (100, 670, 16, "二、乙")]])),
    ],
)
def test_each_format_gives_the_text(read, name: str, data: bytes) -> None:
    file = read(data, name)
    assert file.text.split() == TEXT.split()
    assert file.content.warnings == ()


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("甲.doc", docx(p("一、甲") + p("二、乙")), "Word 文档"),
        ("甲.wps", HTML, "网页"),
        ("甲.doc", b"\xef\xbb\xbf\n<!-- x --><html>" + HTML, "网页"),
        ("甲.txt", pdf([[(100, 700, 16, "一、甲"), (100, 670, 16, "二、乙")]]), "PDF"),
        ("甲.docx", TEXT.encode("gb18030"), "文本"),
        ("甲.txt", HTML, "网页"),
    ],
)
def test_a_wrong_ending_is_said_and_the_file_read_as_what_it_is(read, name: str, data: bytes, what: str) -> None:
    file = read(data, name)
    assert file.text.split() == TEXT.split()
    assert f"内容其实是{what}" in file.content.warnings[0]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("甲.xls", OLE, r"不能读取 甲\.xls:支持 \.txt、\.md、"),
        ("甲", b"", r"不能读取 甲:支持"),
        ("甲.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "加密的 Office 文档"),
        ("甲.docx", zipped({"xl/workbook.xml": ""}), "Excel 表格"),
        ("甲.txt", zipped({"ppt/presentation.xml": ""}), "PowerPoint"),
        ("甲.pdf", zipped({"OFD.xml": ""}), "OFD 版式文件"),
        ("甲.doc", zipped({"mimetype": "", "content.xml": ""}), "OpenDocument"),
        ("甲.txt", zipped({"一.txt": "甲"}), "是压缩包"),
        ("甲.doc", b"Rar!\x1a\x07\x00" + b"\x00" * 50, "是压缩包"),
        ("甲.pdf", b"\xff\xd8\xff\xe0" + b"\x00" * 50, r"是图片;请先做文字识别"),
        ("甲.doc", b"MIME-Version: 1.0\r\n", "网页归档"),
        ("甲.pdf", b"\x00\x01" * 50, r"甲\.pdf 不是 PDF"),
        ("甲.docx", b"", r"甲\.docx 不是 Word 文档"),
        ("甲.txt", b"\x00\x01" * 50, r"甲\.txt 不是可识别的中文文本"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_it_is(read, name: str, data: bytes, what: str) -> None:
    with pytest.raises(CorpusError, match=what):
        read(data, name)


def test_a_file_that_is_not_there(tmp_path) -> None:
    with pytest.raises(CorpusError, match=r"甲\.txt 打不开"):
        read_file(tmp_path / "甲.txt", "甲.txt")


@pytest.mark.parametrize("suffix", READABLE)
def test_a_file_too_large_for_a_policy_is_refused(read, monkeypatch, suffix: str) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    with pytest.raises(CorpusError, match="超过"):
        read(b"x" * 11, f"甲{suffix}")


def test_a_page_of_a_pdf_is_said_to_be_printed(read) -> None:
    assert read(pdf(typeset("一、甲" * 40)), "甲.pdf").content.printed
    assert read(TEXT.encode(), "甲.md").content.markdown
