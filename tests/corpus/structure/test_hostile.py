"""Text made to be slow: each sign that a pattern looks for, over and over."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.structure.instruments import segment
from corpus.structure.provisions import provisions_of, scheme_of

SIGNS = [
    "第",
    "第 十 ",
    "(",
    "（）",
    "《",
    "《a》",
    "“",
    "”",
    "—",
    "-",
    "。",
    "; ",
    " ",
    "\u3000",
    "#",
    "# ",
    "**",
    "|",
    "局",
    "1",
]
MARKS = [
    "一、",
    "(一)",
    "1.",
    "①",
    "第一条",
    "第一条 ",
    "。第一条 ",
    "第 一 条 ",
    "第一条之一 ",
    "第一章 ",
    "二、管辖",
    "一是",
    "附件",
]
MARKS += [
    "附件:",
    "附 件 ",
    "专栏1",
    "某局 ",
    "2024年1月2日 ",
    "某局 2024年1月2日 ",
    "。附则",
    ":“第三条 \n",
    ":“\n",
    "首 页 ",
]
MARKS += [
    "某政发〔2024〕1号\n",
    "某人:\n",
    "记者:\n",
    "的通知\n",
    "印发《a》\n",
    "抄送:",
    "扫一扫\n",
    "第一条\n",
    "有效期",
    "决定《a》\na\n第一条 b\n",
]
LENGTH = 40_000
#: Far above what any of them takes; text that is gone over once for each of its characters takes far longer.
SECONDS = 12


def placed(text: str) -> int:
    """How many characters of a text are in the own text of provisions, or left out."""
    parts = segment(text)
    left = sum(len(each.span) for each in parts.left_out)
    trees = (provision for part in parts.instruments for provision in provisions_of(part, scheme_of(part)))
    return left + sum(len(each.own) for top in trees for each in top.walk())


@pytest.mark.parametrize("title", ["", "某市办法\n一、甲。\n"], ids=["alone", "below a title"])
@pytest.mark.parametrize("unit", SIGNS + MARKS)
def test_a_sign_over_and_over_is_read_without_loss_in_time(unit: str, title: str) -> None:
    text = title + unit * (LENGTH // len(unit))
    start = time.process_time()
    assert placed(text) == len(text)
    assert time.process_time() - start < SECONDS


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(SIGNS + MARKS + ["\n", "甲乙"]), min_size=2, max_size=6), st.integers(200, 800))
def test_signs_in_turn_are_read_without_loss(units: list[str], times: int) -> None:
    text = "".join(units) * times
    assert placed(text) == len(text)
