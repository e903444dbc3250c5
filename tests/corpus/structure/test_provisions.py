"""Lines → trees. The trees of all bundled instruments are pinned in golden/, each read by eye against its file.

After a change that is meant: UPDATE_GOLDEN=1 pytest tests/corpus/structure/test_provisions.py, then read the diff.
"""

import difflib
import os
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus.library import BUNDLED, read_library
from corpus.model import Level, Scheme
from corpus.structure.instruments import segment
from corpus.structure.provisions import provisions_of, scheme_of

GOLDEN = Path(__file__).parent.parent / "golden"
INSTRUMENTS = [instrument.id for instrument in read_library(BUNDLED).instruments]


@pytest.mark.parametrize("identifier", INSTRUMENTS)
def test_the_tree_of_a_bundled_instrument(library, tree, identifier: str) -> None:
    instrument = library.instrument[identifier]
    lines = tree(instrument.provisions, library.document[instrument.document_id].text)
    path = GOLDEN / f"{identifier}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    golden = path.read_text(encoding="utf-8").splitlines()
    assert lines == golden, differences(golden, lines)


def differences(expected: list[str], found: list[str]) -> str:
    """Both trees side by side as a person compares them."""
    return "\n" + "\n".join(difflib.unified_diff(expected, found, "expected", "found", lineterm="", n=2))


def test_there_is_no_golden_tree_of_what_is_not_there() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == set(INSTRUMENTS)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "甲市办法\n总 则\n第一条 甲。\n乙。\n(一)丙;\n1.丁;\n(二)戊。\n附 则\n第二条 己。\n附件\n名单\n庚",
            [
                "head | head | 题头 |  | 甲市办法",
                "chp_1 | chp | 总 则 | 总 则 | 总 则",
                "  art_1 | art | 第一条 |  | 第一条",
                "    art_1__para_1 | para | 第一款 |  | 甲。",
                "    art_1__para_2 | para | 第二款 |  | 乙。",
                "      art_1__para_2__subpara_1 | subpara | (一) |  | (一)丙;",
                "        art_1__para_2__subpara_1__item_1 | item | 1. |  | 1.丁;",
                "      art_1__para_2__subpara_2 | subpara | (二) |  | (二)戊。",
                "chp_2 | chp | 附 则 | 附 则 | 附 则",
                "  art_2 | art | 第二条 |  | 第二条 己。",
                "annex_1 | annex | 附件 | 名单 | 附件 名单 庚",
            ],
        ),
        (
            "甲乙丙丁法\n目录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n"
            "第一条之一 乙。\n第二章 附则\n第二条 丙。",
            [
                "head | head | 题头 |  | 甲乙丙丁法 目录 第一章 总则 第二章 附则",
                "chp_1 | chp | 第一章 | 第一章 总则 | 第一章 总则",
                "  art_1 | art | 第一条 |  | 第一条 甲。",
                "  art_1-1 | art | 第一条之一 |  | 第一条之一 乙。",
                "chp_2 | chp | 第二章 | 第二章 附则 | 第二章 附则",
                "  art_2 | art | 第二条 |  | 第二条 丙。",
            ],
        ),
        (
            "某某问题的解释\n一、一般规定\n第一条 甲:\n——乙。丙\n第三条规定的除外。\n二、附 则\n第二条 丁。",
            [
                "head | head | 题头 |  | 某某问题的解释",
                "chp_1 | chp | 一、一般规定 | 一、一般规定 | 一、一般规定",
                "  art_1 | art | 第一条 |  | 第一条",
                "    art_1__para_1 | para | 第一款 |  | 甲:",
                "      art_1__para_1__dash_1 | dash | ——乙 | 乙 | ——乙。丙",
                "    art_1__para_2 | para | 第二款 |  | 第三条规定的除外。",
                "chp_2 | chp | 二、附 则 | 二、附 则 | 二、附 则",
                "  art_2 | art | 第二条 |  | 第二条 丁。",
            ],
        ),
        (
            "某某工作意见\n为了某事。\n一、总体\n(一)甲。乙。\n丙。\n丁。\n二、任务\n只有一段。\n(一)戊\n"
            "1.己\n(1)庚\n①辛\n2.壬\n本意见自印发之日起施行。\n附件:1.指南\n2.表\n某局\n"
            "2024年1月2日\n附件1\n指南\n一、申请",
            [
                "head | head | 题头 |  | 某某工作意见 为了某事。",
                "h1_1 | h1 | 一、 | 总体 | 一、总体",
                "  h1_1__h2_1 | h2 | (一) | 甲 | (一)甲。乙。",
                "    h1_1__h2_1__para_2 | para | 第2段 |  | 丙。",
                "    h1_1__h2_1__para_3 | para | 第3段 |  | 丁。",
                "h1_2 | h1 | 二、 | 任务 | 二、任务",
                "  h1_2__para_1 | para |  |  | 只有一段。",
                "  h1_2__h2_1 | h2 | (一) | 戊 | (一)戊",
                "    h1_2__h2_1__h3_1 | h3 | 1. | 己 | 1.己",
                "      h1_2__h2_1__h3_1__h4_1 | h4 | (1) | 庚 | (1)庚",
                "        h1_2__h2_1__h3_1__h4_1__h5_1 | h5 | ① | 辛 | ①辛",
                "    h1_2__h2_1__h3_2 | h3 | 2. | 壬 | 2.壬",
                "tail_1 | tail | 末段 |  | 本意见自印发之日起施行。",
                "tail_2 | tail | 末段 |  | 附件:1.指南 2.表 某局 2024年1月2日",
                "annex_1 | annex | 附件1 | 指南 | 附件1 指南 一、申请",
            ],
        ),
        (
            "某方案\n一、甲\n本来不是末段。\n专栏1 项目 |\n乙。|\n到年底完成。\n专栏2 项目\n丙。\n"
            "丁。\n——戊:己\n——庚:辛\n"
            "一、壬\n特此通知。\n某局 某局\n2024年1月2日\n(联系人:癸)",
            [
                "head | head | 题头 |  | 某方案",
                "h1_1 | h1 | 一、 | 甲 | 一、甲",
                "  h1_1__para_1 | para | 第1段 |  | 本来不是末段。",
                "  h1_1__box_1 | box | 专栏1 | 项目 | 专栏1 项目 | 乙。|",
                "  h1_1__para_2 | para | 第2段 |  | 到年底完成。",
                "  h1_1__box_2 | box | 专栏2 | 项目 | 专栏2 项目 丙。",
                "  h1_1__para_3 | para | 第3段 |  | 丁。",
                "  h1_1__dash_1 | dash | ——戊 | 戊 | ——戊:己",
                "  h1_1__dash_2 | dash | ——庚 | 庚 | ——庚:辛",
                "h1_1_2 | h1 | 一、 | 壬 | 一、壬",
                "tail_1 | tail | 末段 |  | 特此通知。",
                "tail_2 | tail | 末段 |  | 某局 某局 2024年1月2日 (联系人:癸)",
            ],
        ),
        (
            "某规划\n目录\n第一章 甲 .. 1\n第一节 乙 2\n第二章 丙 3\n第一章 甲\n第一节 乙\n丁。\n"
            "一、戊\n(一)己。\n第二章 丙\n第一节 庚\n一、辛\n本规划自印发之日起施行。",
            [
                "head | head | 题头 |  | 某规划 目录 第一章 甲 .. 1 第一节 乙 2 第二章 丙 …",
                "chp_1 | chp | 第一章 | 第一章 甲 | 第一章 甲",
                "  sec_1 | sec | 第一节 | 第一节 乙 | 第一节 乙",
                "    chp_1__sec_1__para_1 | para |  |  | 丁。",
                "    chp_1__sec_1__h1_1 | h1 | 一、 | 戊 | 一、戊",
                "      chp_1__sec_1__h1_1__h2_1 | h2 | (一) | 己 | (一)己。",
                "chp_2 | chp | 第二章 | 第二章 丙 | 第二章 丙",
                "  sec_1_2 | sec | 第一节 | 第一节 庚 | 第一节 庚",
                "    chp_2__sec_1__h1_1 | h1 | 一、 | 辛 | 一、辛",
                "tail_1 | tail | 末段 |  | 本规划自印发之日起施行。",
            ],
        ),
        (
            "某方案\n第一部分 甲\n一、乙\n第二部分 丙\n二、丁",
            [
                "head | head | 题头 |  | 某方案",
                "part_1 | part | 第一部分 | 第一部分 甲 | 第一部分 甲",
                "  part_1__h1_1 | h1 | 一、 | 乙 | 一、乙",
                "part_2 | part | 第二部分 | 第二部分 丙 | 第二部分 丙",
                "  part_2__h1_2 | h1 | 二、 | 丁 | 二、丁",
            ],
        ),
        (
            "某通知\n一、甲。\n二、乙。\n附件\n丙指南\n第一章 丁\n一、戊。\n第二章 己\n二、庚。",
            [
                "head | head | 题头 |  | 某通知",
                "h1_1 | h1 | 一、 | 甲 | 一、甲。",
                "h1_2 | h1 | 二、 | 乙 | 二、乙。",
                "annex_1 | annex | 附件 | 丙指南 | 附件 丙指南 第一章 丁 一、戊。 第二章 己 二、庚。",
            ],
        ),
        (
            "某办法\n第一条、甲。\n第二条、乙:\n(一)第三条、第四条规定的除外。",
            [
                "head | head | 题头 |  | 某办法",
                "art_1 | art | 第一条 |  | 第一条、甲。",
                "art_2 | art | 第二条 |  | 第二条、乙:",
                "  art_2__subpara_1 | subpara | (一) |  | (一)第三条、第四条规定的除外。",
            ],
        ),
        (
            "关于某事的公告\n甲。\n乙。\n本公告自发布之日起施行。",
            [
                "head | head | 题头 |  | 关于某事的公告",
                "para_1 | para | 第1段 |  | 甲。",
                "para_2 | para | 第2段 |  | 乙。",
                "tail_1 | tail | 末段 |  | 本公告自发布之日起施行。",
            ],
        ),
        (
            "某场发布会实录\n时间:2024-03-25\n主持人甲:\n大家好!\n下面有三点:\n"
            "市长乙:\n谢谢。\n一是丙。\n丁。\n一是戊。\n"
            "某报记者:请问己?\n市长乙:\n庚。",
            [
                "head | head | 题头 |  | 某场发布会实录 时间:2024-03-25",
                "turn_1 | turn | 主持人甲 | 主持人甲 | 主持人甲: 大家好!",
                "turn_2 | turn | 下面有三点 | 下面有三点 | 下面有三点:",
                "turn_3 | turn | 市长乙 | 市长乙 | 市长乙: 谢谢。",
                "  turn_3__ordinal_1 | ordinal | 一是 |  | 一是丙。",
                "  turn_3__para_1 | para |  |  | 丁。",
                "  turn_3__ordinal_1_2 | ordinal | 一是 |  | 一是戊。",
                "turn_4 | turn | 某报记者 | 某报记者 | 某报记者:请问己?",
                "turn_5 | turn | 市长乙 | 市长乙 | 市长乙: 庚。",
            ],
        ),
    ],
    ids=[
        "chapters without numbers",
        "table of contents",
        "headings 一、",
        "outline",
        "boxes",
        "outline in chapters",
        "outline in parts",
        "chapters in an annex",
        "articles with a comma",
        "no numbers",
        "transcript",
    ],
)
def test_trees(read, tree, text: str, expected: list[str]) -> None:
    reading = read(text)
    (instrument,) = reading.instruments
    found = tree(instrument.provisions, text)
    assert found == expected, differences(expected, found)


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("甲市办法\n第一条 甲。\n第二条 乙。\n甲市人民政府\n2024年1月2日\n", "甲市人民政府 2024年1月2日"),
        ("甲市意见\n一、甲。\n二、乙。\n甲市人民政府\n2024年1月2日\n", "甲市人民政府 2024年1月2日"),
        ("甲市意见\n一、甲。\n二、乙。\n甲市人民政府\n2024年1月2日\n附件1\n表\n1.名称", "甲市人民政府 2024年1月2日"),
        (
            "甲市办法\n第一条 甲。\n第二条 乙。\n附件:1.表\n甲市人民政府\n2024年1月2日\n",
            "附件:1.表 甲市人民政府 2024年1月2日",
        ),
    ],
)
def test_a_signature_belongs_to_no_article(read, text: str, closing: str) -> None:
    (instrument,) = read(text).instruments
    (tail,) = [provision for provision in instrument.walk() if provision.level is Level.TAIL]
    assert " ".join(tail.own.of(text).split()) == closing
    assert not [provision for provision in instrument.walk() if provision.level is Level.PARAGRAPH]
    assert str(instrument.date) == "2024-01-02"


def test_the_day_of_a_colophon_is_not_that_of_the_document(read) -> None:
    text = "甲市意见\n一、甲。\n甲市人民政府\n2024年1月2日\n抄送:市委。\n甲市人民政府办公室 2024年1月5日印发\n"
    (instrument,) = read(text).instruments
    assert (instrument.issuer, str(instrument.date)) == ("甲市人民政府", "2024-01-02")


def test_a_covering_notice_with_numbers_of_its_own(read, tree) -> None:
    text = "关于印发《某任务分解》的通知\n各部门:\n现将《某任务分解》印发给你们。\n一、甲。\n二、乙。\n2016年2月19日\n"
    text += "某任务分解\n一、丙\n丁。\n"
    (instrument,) = read(text).instruments
    assert tree(instrument.provisions, text) == [
        "head | head | 题头 |  | 关于印发《某任务分解》的通知 各部门: 现将《某任务分解》印发给…",
        "notice | notice | 通知 |  | ",
        "  notice__h1_1 | h1 | 一、 | 甲 | 一、甲。",
        "  notice__h1_2 | h1 | 二、 | 乙 | 二、乙。",
        "head_2 | head | 题头 |  | 2016年2月19日 某任务分解",
        "h1_1 | h1 | 一、 | 丙 | 一、丙",
        "  h1_1__para_1 | para |  |  | 丁。",
    ]


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("退役士兵安置条例.md", {"chp": 6, "sec": 3, "art": 53}),
        ("民法典人格权编.md", {"chp": 6, "art": 51}),
        ("合同法解释一.md", {"chp": 7, "art": 30}),
        ("仲裁收费办法.md", {"chp": 0, "art": 15, "annex": 1}),
    ],
)
def test_statutes_have_all_their_articles_under_their_headings(statutes, file: str, counts: dict[str, int]) -> None:
    (document,) = [d for d in statutes.documents if d.file == file]
    (instrument,) = [i for i in statutes.instruments if i.document_id == document.id]
    assert instrument.scheme is Scheme.STATUTE
    found = [provision.level.value for provision in instrument.walk()]
    assert {level: found.count(level) for level in counts} == counts
    articles = [int(p.path.steps[-1].number) for p in instrument.walk() if p.level is Level.ARTICLE]
    assert articles == list(range(articles[0], articles[0] + len(articles)))
    if counts["chp"]:
        assert not [p for p in instrument.provisions if p.level is Level.ARTICLE]


def test_what_a_covering_notice_calls_its_annex_is_the_text_itself(read) -> None:
    notice = "某局\n关于印发《甲市政策》的通知\n各部门:\n现印发给你们。\n附件:甲市政策\n某局\n2024年5月20日\n"
    notice += "附件\n甲市政策\n"
    (instrument,) = read(notice + "第一条 甲。\n第二条 乙。\n第三条 丙。\n").instruments
    assert (instrument.title, instrument.scheme) == ("甲市政策", Scheme.STATUTE)
    assert [str(p.path) for p in instrument.walk() if p.level is Level.ARTICLE] == ["art_1", "art_2", "art_3"]


def test_a_sentence_about_articles_numbers_nothing(read) -> None:
    reading = read("某通知\n一、甲。\n第三条规定的情形,由某局办理。\n第四条和第五条不再执行。\n二、乙。")
    assert reading.instruments[0].scheme is Scheme.OUTLINE


MARKS = ["第一条 ", "第二条 ", "第三条规定", "第一章 总则", "总 则", "一、", "二、", "(一)", "（二）", "1.", "(1)", "①"]
MARKS += ["——甲:", "一是", "附件", "附件1:甲", "专栏1 甲 |", "某记者:", "某人:", "天政办发〔2024〕1号", "2024年1月2日"]
OTHERS = [
    "某局",
    "关于某事的通知",
    "《关于某事的通知》",
    "印发",
    "本办法自印发之日起施行",
    "扫一扫",
    "首 页 甲 乙 丙",
    "# ",
]
OTHERS += ["|", " ", "\u3000", "。", ",", ":", "甲乙丙丁", *"\n\n\n\n\n\n"]
WORDS = st.sampled_from(MARKS + OTHERS)


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map("".join)))
@example("附件\n\n附件1:甲\n附件1:甲")
@example("\n\n 第一章 总则\n第一条 甲\n附件\n第二条 乙")
def test_every_character_of_any_text_is_in_one_provision_or_left_out(text: str) -> None:
    parts = segment(text)
    placed = [part.span for part in parts.left_out]
    for part in parts.instruments:
        tree = provisions_of(part, scheme_of(part))
        walked = [provision for top in tree for provision in top.walk()]
        addresses = [str(provision.path) for provision in walked]
        assert len(set(addresses)) == len(addresses)
        placed += [provision.own for provision in walked]
    reached = 0
    for span in sorted(span for span in placed if len(span)):
        assert span.start == reached
        reached = span.end
    assert reached == len(text)


def test_every_character_of_every_document_is_in_one_provision_or_left_out(library, statutes) -> None:
    for source in (library, statutes):
        for document in source.documents:
            placed = [part.span for part in document.left_out]
            for instrument in source.instruments:
                if instrument.document_id == document.id:
                    placed += [provision.own for provision in instrument.walk()]
            spans = sorted(span for span in placed if len(span))
            assert [span.start for span in spans] == [0, *(span.end for span in spans[:-1])], document.file
            assert spans[-1].end == len(document.text)
