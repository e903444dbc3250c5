"""Bytes → text in the encodings that Chinese documents are kept in."""

from __future__ import annotations

import codecs
import contextlib
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.reading.encoding import decode

TEXT = "天政办发(2023)26号\n第九条 行政机关接收申请材料后,应于7个工作日内决定是否受理。\n"
TRADITIONAL = "為促進經濟高質量發展,現將有關事項通知如下。\n第九條 申請材料,應於7個工作日內決定。\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "hz"]
)
@pytest.mark.parametrize("times", [1, 200])
def test_common_encodings_give_one_text(encoding: str, times: int) -> None:
    assert decode((TEXT * times).encode(encoding), "甲.txt") == TEXT * times


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("times", [1, 200])
def test_traditional_text_is_not_taken_for_another_encoding(encoding: str, times: int) -> None:
    assert decode((TRADITIONAL * times).encode(encoding), "甲.txt") == TRADITIONAL * times


def test_a_file_that_is_ascii_for_long_is_still_told() -> None:
    assert decode(b"a" * 200_000 + TEXT.encode("gbk"), "甲.txt") == "a" * 200_000 + TEXT


def test_a_file_cut_off_inside_a_character_ends_in_the_sign_for_it() -> None:
    assert decode(TEXT.encode()[:-2], "甲.txt") == TEXT[:-2] + "\ufffd"
    assert decode(TEXT.encode("gb18030")[:-2], "甲.txt") == TEXT[:-2] + "\ufffd"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5hkscs"])
def test_a_few_damaged_bytes_leave_their_sign(encoding: str) -> None:
    text = (TRADITIONAL if encoding.startswith("big5") else TEXT) * 40
    data = bytearray(text.encode(encoding))
    data[60], data[1200] = 0xFF, 0xFF
    read = decode(bytes(data), "甲.txt")
    assert 2 <= read.count("\ufffd") <= 8
    assert read.endswith(text[-1000:])


@pytest.mark.parametrize("declared", ["big5", "BIG5-HKSCS", "utf-8", "x-unknown"])
def test_what_a_page_declares_does_not_beat_its_bytes(declared: str) -> None:
    assert decode(TEXT.encode(), "甲.html", declared) == TEXT


@pytest.mark.parametrize(
    "data",
    [
        b"\x00\x01\x02\x03",
        b"\x89PNG\r\n\x1a\n\x00\xff\xff",
        b"\xff\xfe\x00",
        b"\xff" * 1000,
        random.Random(1).randbytes(5000),
        TEXT.encode() + random.Random(2).randbytes(5000),
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"甲\.txt 不是可识别的中文文本"):
        decode(data, "甲.txt")


def test_fifty_megabytes_of_anything_take_no_more_than_a_moment() -> None:
    chunk = random.Random(3).randbytes(1 << 20)
    start = time.perf_counter()
    for data in (chunk * 50, b"~{" * (25 << 20), b"\xa1" * (50 << 20)):
        with contextlib.suppress(CorpusError):
            decode(data, "甲.txt")
    assert time.perf_counter() - start < 20


def test_an_empty_file_is_an_empty_text() -> None:
    assert decode(b"", "甲.txt") == ""


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_a_text_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(CorpusError):
        assert isinstance(decode(data, "甲.txt"), str)


def test_a_mark_of_bytes_is_no_text() -> None:
    assert decode(codecs.BOM_UTF8 + TEXT.encode(), "甲.txt") == TEXT
