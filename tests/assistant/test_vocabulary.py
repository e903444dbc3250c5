import time
from pathlib import Path

import pytest

from assistant.matching import topic_of
from assistant.vocabulary import Lexicon, Synonyms, VocabularyError, lexicon, places, synonyms, using
from assistant.vocabulary import __main__ as command
from assistant.vocabulary.check import FIELDS, by_field, faults
from assistant.vocabulary.rows import read_rows
from index.search import Index

PLACES = frozenset({"武汉", "湖北"})
RIGHT = Synonyms(("暂时关门", "停业"), ("歇业",), "市场主体登记管理条例", "registration")


def row(lay: str, official: str = "贴息", source: str = "日常说法", field: str = "loan") -> Synonyms:
    return Synonyms(tuple(lay.split()), tuple(official.split()), source, field)


def test_the_bundled_lexicon_is_large_and_sound(capsys: pytest.CaptureFixture[str]) -> None:
    provinces, cities = places()
    assert faults(synonyms(), provinces | cities) == []
    assert len(synonyms()) >= 450
    assert set(by_field(synonyms())) == set(FIELDS)
    assert command.main() == 0
    shown = capsys.readouterr()
    assert f"{len(synonyms())} 行" in shown.out
    assert shown.err == ""


def test_a_sound_row_has_no_fault() -> None:
    assert faults([RIGHT, row("贴利息")], PLACES) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Synonyms((), ("贴息",), "日常说法", "loan"), "空的词"),
        (Synonyms(("贴利息",), (), "日常说法", "loan"), "空的词"),
        (Synonyms(("贴利息", " "), ("贴息",), "日常说法", "loan"), "空的词"),
        (row("贴利息", source=" "), "没有写来源"),
        (row("贴利息", field="weather"), "field"),
        (row("钱"), "太短"),
        (row("卖酒", "酒"), "太短"),
        (row("贴息"), "就是文件用词"),
        (row("武汉贷款"), "地名"),
        (row("贴利息", "湖北贴息"), "地名"),
        (row("那个文件", "《办法》"), "文件名"),
        (row("停业"), "出现了 2 次"),
    ],
)
def test_each_kind_of_fault_is_found(wrong: Synonyms, said: str) -> None:
    found = faults([RIGHT, wrong], PLACES)
    assert len(found) == 1
    assert said in found[0]


def test_a_lay_word_inside_official_words_of_another_sense_is_a_fault() -> None:
    assert "意思不同" in faults([row("工厂", "工业企业"), row("环保工厂", "绿色工厂")], PLACES)[0]
    # 公司 → 企业 stands in 股份公司制企业, which is one; and rows that share an official word mean the same.
    assert faults([row("公司", "企业"), row("股份制", "股份公司制企业")], PLACES) == []
    assert faults([row("罚款", "行政处罚"), row("罚钱", "罚款 行政处罚")], PLACES) == []


def test_the_same_word_in_another_case_is_the_same_word() -> None:
    assert "2 次" in faults([row("IPO", "上市"), row("ipo", "挂牌")], PLACES)[0]


def test_words_that_documents_use_for_one_another_may_stand_on_both_sides() -> None:
    assert faults([row("奖励 补贴", "奖励 补贴")], PLACES) == []


def test_of_nested_lay_words_the_longest_counts() -> None:
    rows = Lexicon([row("规上", "规模以上"), row("刚成为规上 成为规上", "进规"), row("上市", "挂牌")])
    assert [(lay, found.official) for lay, found in rows.found_in("刚成为规上的厂")] == [("刚成为规上", ("进规",))]
    assert [lay for lay, _ in rows.found_in("规上企业想上市")] == ["规上", "上市"]
    assert rows.found_in("规") == []
    assert list(rows.lay_for("进规")) == ["刚成为规上", "成为规上"]
    assert list(rows.lay_for("没有")) == []


def test_looking_up_does_not_mind_case_and_equals_trying_every_word() -> None:
    assert [lay for lay, _ in Lexicon([row("IPO", "上市"), row("读MBA", "企业家")]).found_in("ipo和读mba")] == [
        "IPO",
        "读MBA",
    ]
    text = "我是退伍军人,在老家开饭店,社保交不起,想暂时关门,罚款能不能分期,招人有没有补贴"
    rows = [(lay, each.official) for each in synonyms() for lay in each.lay if lay.casefold() in text.casefold()]
    longest = [(lay, found) for lay, found in rows if not any(lay != other and lay in other for other, _ in rows)]
    assert [(lay, found.official) for lay, found in lexicon().found_in(text)] == longest


def test_looking_up_stays_fast_however_many_words_there_are() -> None:
    text = "退伍军人开饭店社保交不起暂时关门罚款能不能分期" * 4
    start = time.perf_counter()
    for _ in range(100):
        lexicon().found_in(text)
    assert (time.perf_counter() - start) / 100 < 0.001


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("生意不好想关一段时间", "歇业"),
        ("政府帮交社保吗", "社保补贴"),
        ("头一次不罚是真的吗", "首违不罚"),
        ("不还本续贷", "无还本续贷"),
        ("招大学生有什么钱", "招用高校毕业生"),
        ("厂里想换设备", "技术改造"),
        ("工商局在哪", "市场监管"),
        ("开个理发店", "居民服务"),
        ("不用申请自动到账", "免申即享"),
    ],
)
def test_everyday_words_lead_to_those_of_documents(said: str, written: str) -> None:
    assert written in {official for _, found in lexicon().found_in(said) for official in found.official}


def test_rows_can_be_left_out_to_measure_them() -> None:
    with using([RIGHT]) as chosen:
        assert chosen is lexicon()
        assert len(lexicon()) == 1
    with using([]):
        assert lexicon().found_in("停业") == []
    assert len(lexicon()) == len(synonyms())


def test_a_lay_word_counts_by_the_official_words_that_the_clauses_write(bundled: Index) -> None:
    with using([row("停了业", "歇业 闭店歇息术")]):
        (term,) = (term for term in topic_of("停了业", bundled).terms if term.official)
        assert term.official == ("歇业",)
    with using([row("停了业", "闭店歇息术")]):
        assert not any(term.official for term in topic_of("停了业", bundled).terms)


@pytest.mark.parametrize(
    "text",
    [
        "field = ",
        '[[row]]\nlay = "停业"\nofficial = ["歇业"]',
        '[[row]]\nlay = ["停业"]',
        '[[row]]\nlay = ["停业"]\nofficial = [1]',
        '[[row]]\nlay = ["停业"]\nofficial = ["歇业"]\nauthor = "x"',
    ],
)
def test_a_file_that_is_not_written_so_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.toml").write_text(text, encoding="utf-8")
    with pytest.raises(VocabularyError, match=r"a\.toml"):
        read_rows(tmp_path)


def test_a_row_has_the_field_of_its_file_unless_it_says_another(tmp_path: Path) -> None:
    rows = '[[row]]\nlay = ["停业"]\nofficial = ["歇业"]\n'
    (tmp_path / "a.toml").write_text(f'field = "loan"\n{rows}{rows}field = "tax"\nsource = "x"\n', encoding="utf-8")
    assert [(each.field, each.source) for each in read_rows(tmp_path)] == [("loan", ""), ("tax", "x")]
