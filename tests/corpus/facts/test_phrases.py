"""The words around a figure: sentence, comma segment, bracket, subject."""

from corpus.facts.phrases import segments_of, sentence_of, setting_of, subject_of
from corpus.model import Span

TEXT = "前一句。对批发企业奖励1,000元,零售企业(新开业企业奖励5000元,含个体)奖励4万元;后一句。"


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def test_the_sentence_around_a_place() -> None:
    assert sentence_of(TEXT, place("4万元")).of(TEXT) == TEXT[4 : TEXT.index(";")]
    assert sentence_of("没有句号", Span(1, 2)) == Span(0, 4)


def test_no_sentence_is_looked_for_without_end() -> None:
    text = "甲" * 5000
    assert len(sentence_of(text, Span(2500, 2501))) < 5000


def test_a_comma_in_brackets_or_in_a_number_divides_nothing() -> None:
    segments = segments_of(TEXT, sentence_of(TEXT, place("4万元")))
    assert [segment.of(TEXT) for segment in segments] == [
        "对批发企业奖励1,000元",
        "零售企业(新开业企业奖励5000元,含个体)奖励4万元",
    ]


def test_the_bracket_around_a_figure() -> None:
    setting = setting_of(TEXT, place("5000元"))
    assert setting.bracket is not None
    assert setting.bracket.of(TEXT) == "新开业企业奖励5000元,含个体"
    assert setting.segment.of(TEXT).startswith("零售企业")
    assert setting_of(TEXT, place("4万元")).bracket is None


def test_what_a_figure_is_said_of() -> None:
    assert subject_of(TEXT, place("5000元")) == "新开业企业奖励"
    assert subject_of(TEXT, place("1,000元")) == "对批发企业奖励"
    text = "批发企业首次进限的,奖励8万元"
    assert subject_of(text, Span(text.index("8"), len(text))) == "批发企业首次进限的,奖励"
