"""Files → decoded text."""

import codecs

import pytest

from corpus.errors import CorpusError
from corpus.reading import files
from corpus.reading.files import decode, read_file

TEXT = "天政办发〔2023〕26号\n第九条 行政机关接收申请材料后,应于7个工作日内决定是否受理。\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    ],
    ids=["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16-le", "utf-16-be"],
)
def test_common_encodings_give_one_text(data: bytes) -> None:
    assert decode(data, "甲.txt") == TEXT


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_become_one(tmp_path, end: str) -> None:
    path = tmp_path / "甲.txt"
    path.write_bytes(f"一、甲{end}二、乙{end}".encode())
    file = read_file(path, "甲.txt")
    assert file.text == "一、甲\n二、乙\n"
    assert len(file.sha256) == 64


def test_a_file_cut_off_inside_a_character_is_still_utf_8() -> None:
    assert decode(TEXT.encode()[:-2], "甲.txt") == TEXT[:-2] + "\ufffd"


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03", b"\x89PNG\r\n\x1a\n\x00\xff\xff", b"\xff\xfe\x00"])
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"甲\.txt 不是可识别的中文文本"):
        decode(data, "甲.txt")


def test_a_format_that_cannot_be_read_is_refused_by_name(tmp_path) -> None:
    with pytest.raises(CorpusError, match=r"不能读取 甲\.doc"):
        read_file(tmp_path / "甲.doc", "甲.doc")


def test_a_file_too_large_for_a_policy_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 10)
    path = tmp_path / "甲.txt"
    path.write_bytes(b"x" * 11)
    with pytest.raises(CorpusError, match="超过"):
        read_file(path, "甲.txt")
