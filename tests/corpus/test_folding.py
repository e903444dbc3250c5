"""Folding for matching: widths, blanks, dashes, traditional characters, one for one."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("（１）３％，甲：", "(1)3%,甲:"),
        ("甲\u3000乙\u00a0丙", "甲 乙 丙"),
        ("2023―2025", "2023—2025"),
        ("第一條　獎勵３萬元，依規定辦理。", "第一条 奖励3万元,依规定办理。"),
        ("天政辦發〔2023〕26號", "天政办发〔2023〕26号"),
        ("乾县的瞭望塔", "乾县的瞭望塔"),
    ],
)
def test_what_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x2FFFF)))
def test_the_length_stays(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_only_traditional_text_loads_the_dictionary() -> None:
    code = "import sys; from corpus.folding import fold; fold('第一条 奖励'); sys.exit('opencc' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_long_text_is_folded_in_a_moment() -> None:
    start = time.perf_counter()
    fold("第一條　獎勵３萬元。" * 500_000)
    assert time.perf_counter() - start < 5


def test_a_document_in_traditional_characters_is_read_and_keeps_them(read) -> None:
    reading = read(
        "甲市人民政府關於支持企業發展的辦法\n甲政發〔2023〕5號\n"
        "第一條 為了促進經濟發展,制定本辦法。\n第二條 對新增企業給予獎勵3萬元。\n"
        "第三條 本辦法自2023年5月1日起施行,有效期2年。\n甲市人民政府\n2023年4月1日\n"
    )
    (instrument,) = reading.instruments
    articles = [clause for clause in reading.clauses if clause.path.labels[0].startswith("第")]
    assert [clause.path.labels[0] for clause in articles] == ["第一條", "第二條", "第三條"]
    assert [(amount.text, amount.low) for amount in articles[1].amounts] == [("3萬元", 30_000)]
    assert str(instrument.validity.effective_on) == "2023-05-01"
    assert "辦法" in instrument.title
