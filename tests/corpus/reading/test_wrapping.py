"""Texts broken at a width get their paragraphs back; texts whose paragraphs are lines stay as they are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.library import BUNDLED
from corpus.model import SourceDocument
from corpus.reading.repair import repair
from corpus.reading.wrapping import SOFT_BREAK, soft_breaks
from tests.corpus.reading.pages import broken

STATUTES = sorted((Path(__file__).parents[1] / "fixtures" / "documents").glob("*.md"))
DOCUMENTS = sorted((BUNDLED / "documents").glob("*.txt"))


def paragraphs(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def wrapped(lines: list[str], columns: int, indent: str) -> str:
    return "".join(
        f"{indent if first else ''}{words}\n"
        for line in lines
        for first, words in broken(line, columns, columns - len(indent))
    )


def joined(text: str) -> list[str]:
    return [line.strip() for line in repair(text).text.splitlines()]


@pytest.mark.parametrize("path", STATUTES, ids=lambda path: path.stem)
@pytest.mark.parametrize("columns", [28, 34, 40])
def test_statutes_broken_at_a_width_with_indents_come_back_the_same(path: Path, columns: int) -> None:
    lines = paragraphs(path)
    assert joined(wrapped(lines, columns, "　　")) == lines


@pytest.mark.parametrize("path", STATUTES, ids=lambda path: path.stem)
def test_without_indents_nothing_marked_is_joined_and_next_to_nothing_else_is_wrong(path: Path) -> None:
    lines = paragraphs(path)
    back = joined(wrapped(lines, 34, ""))
    assert len(set(lines) & set(back)) >= 0.85 * len(set(lines))
    assert [line for line in back if line.startswith("第")] or not any(line.startswith("第") for line in lines)


@pytest.mark.parametrize("path", [*STATUTES, *DOCUMENTS], ids=lambda path: path.stem)
@pytest.mark.parametrize("printed", [False, True])
def test_texts_whose_paragraphs_are_lines_are_left_alone(path: Path, printed: bool) -> None:
    assert soft_breaks(path.read_text(encoding="utf-8"), printed=printed) == []


LEAD = [
    "各县（市、区）人民政府，市政府各部门：",
    "为了进一步支持商贸企业发展，根据国家和省有关规定，结合本市实际，制定本意见，请认真贯彻执行。",
]
ITEM = "、对新增入统的商贸企业给予一次性奖励，奖励资金由市、县两级财政按照比例分担，同一企业不重复享受。"
ITEMS = [number + ITEM for number in "一二三四五"]
SIGNED = ["　　　　　　　　甲市人民政府", "　　　　　　　　2023年8月28日"]


def notice(columns: int = 30) -> str:
    body = wrapped([*LEAD[1:], *ITEMS, "责任单位：市商务局、市财政局"], columns, "　　")
    return f"　　　甲市人民政府关于支持商贸企业\n　　　　　　发展的意见\n{LEAD[0]}\n{body}" + "\n".join(SIGNED) + "\n"


def test_titles_addressees_and_signatures_keep_their_lines() -> None:
    assert joined(notice()) == [
        "甲市人民政府关于支持商贸企业",
        "发展的意见",
        *LEAD,
        *ITEMS,
        "责任单位：市商务局、市财政局",
        *(line.strip() for line in SIGNED),
    ]


def test_each_break_is_listed_and_the_map_holds() -> None:
    text = notice()
    canonical = repair(text)
    assert {(change.before, change.after, change.reason) for change in canonical.repairs} == {("\n", "", SOFT_BREAK)}
    assert all(text[change.at] == "\n" for change in canonical.repairs)
    document = SourceDocument("甲", "甲.txt", "", canonical.text, canonical.repairs, canonical.breaks)
    assert "".join(text[document.to_file(i)] for i in range(len(canonical.text))) == canonical.text


def test_offices_annexes_and_marks_begin_lines_where_nothing_is_indented() -> None:
    full = "对新增入统的商贸企业给予一次性奖励资金由市县两级财政按照规定的比例共同分担"
    starts = ["责任单位：甲", "附件：乙", "专栏1 丙", "一是丁", "（一）戊", "第二条 己", "——庚：辛"]
    text = "".join(f"{full}\n{full}\n完。\n" for _ in range(12)) + "".join(f"{full}\n{start}\n" for start in starts)
    assert joined(text)[12:] == [line for start in starts for line in (full, start)]


def test_words_of_latin_letters_are_parted_by_a_blank() -> None:
    line = "the measures are made under the Law on Small and Medium"
    text = f"{line}\n{line}\nEnterprises。\n" * 6
    assert joined(text)[0] == f"{line} {line} Enterprises。"


@pytest.mark.parametrize(
    "text",
    [
        "张三丰李四光王五六赵七八钱九\n" * 40,
        "".join(f"关于第{i:02}号文件的若干规定和实施办法\n" for i in range(40)),
        "".join(f"批发企业第{i:02}类 | {i:02}万元 | 市商务局和财政局\n" for i in range(40)),
        "第一条 短。\n第二条 也短。\n",
        "",
    ],
    ids=["names", "titles", "table", "short", "empty"],
)
def test_lists_and_tables_are_no_broken_text(text: str) -> None:
    assert soft_breaks(text) == []


def test_a_book_is_joined_as_a_page_is() -> None:
    once, times = len(soft_breaks(notice())), 4000
    assert once > 0
    assert len(soft_breaks(notice() * times)) == once * times


def test_one_long_line_and_many_blank_ones() -> None:
    start = time.perf_counter()
    assert soft_breaks("字" * 2_000_000 + "\n" * 2_000_000 + " " * 2_000_000) == []
    assert time.perf_counter() - start < 5
