import pytest

from index.terms import QUESTION_WORDS, content, fold, query_terms, terms


def test_numbers_and_latin_words_are_kept_whole() -> None:
    assert terms("奖励50万元,MBA学费1.5%") == [
        *("奖", "励", "50", "万", "元", "mba", "学", "费", "1.5", "%"),
        *("奖励", "励50", "50万", "万元", "mba学", "学费", "费1.5", "1.5%"),
    ]


def test_a_mark_parts_neighbours_and_a_blank_does_not() -> None:
    assert "则附" not in terms("总则,附则")
    assert "总则" in terms("总 则")
    assert "经济" in terms("天门经\n济开发区")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中國馳名商標", "中国驰名商标"),
        ("５０％", "50%"),
        ("MiniLED", "miniled"),
        ("14,400元", "14400元"),
        ("二十三个月", "23个月"),
        ("十万块", "10万块"),
        ("三年", "3年"),
        ("第一百二十条", "第120条"),
    ],
)
def test_what_reads_the_same_folds_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("word", ["十四五规划", "百强企业", "千方百计", "一二三产业"])
def test_numerals_that_are_no_number_stay(word: str) -> None:
    assert fold(word) == word


def test_question_phrases_leave_the_question_but_not_a_document() -> None:
    assert query_terms("请问零售企业奖励多少钱？") == query_terms("零售企业奖励")
    assert "多少" in terms("无论多少")


def test_a_phrase_that_is_taken_out_joins_nothing() -> None:
    assert "奖元" not in query_terms("奖多少元")


def test_a_question_of_phrases_alone_has_no_terms() -> None:
    assert query_terms("你好，请问怎么办呢？") == ()


def test_terms_of_a_question_are_distinct() -> None:
    asked = query_terms("奖励奖励奖励")
    assert len(asked) == len(set(asked))


def test_every_phrase_of_the_data_file_is_dropped() -> None:
    lines = QUESTION_WORDS.read_text(encoding="utf-8").splitlines()
    phrases = [line for line in lines if line and not line.startswith("#")]
    assert len(phrases) == len(set(phrases))
    assert [phrase for phrase in phrases if query_terms(phrase)] == []
    assert content("补贴多少") == "补贴|"
