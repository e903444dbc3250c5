"""Days, months and years that a text names, each as its first and last day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts.days import day_in, mentions_of

ISSUED = date(2024, 3, 25)


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("二〇二四年一月二日", "二〇二四年一月二日", "2024-01-02", "2024-01-02"),
        ("时间:2024-03-26", "2024-03-26", "2024-03-26", "2024-03-26"),
        ("自2023年8月1日起施行", "2023年8月1日", "2023-08-01", None),
        ("执行期限至2023年12月31日", "2023年12月31日", None, "2023-12-31"),
        ("2023年6月底前到期", "2023年6月底", None, "2023-06-30"),
        ("2024年2月末", "2024年2月末", None, "2024-02-29"),
        ("2024年初", "2024年初", "2024-01-01", None),
        ("于2025年12月完成", "2025年12月", "2025-12-01", "2025-12-31"),
        ("2023年实现", "2023年", "2023-01-01", "2023-12-31"),
        ("2023年度评选", "2023年度", "2023-01-01", "2023-12-31"),
        ("到2025年,产值翻番", "2025年", None, "2025-12-31"),
        ("产值达到2025年水平", "2025年", "2025-01-01", "2025-12-31"),
        ("2020年以来", "2020年", "2020-01-01", None),
        ("2023—2025年实施", "2023—2025年", "2023-01-01", "2025-12-31"),
        ("方案(2018-2020年)", "2018-2020年", "2018-01-01", "2020-12-31"),
        ("自2023年1月1日至2027年12月31日", "2023年1月1日至2027年12月31日", "2023-01-01", "2027-12-31"),
        ("2022年1月1日至12月31日", "2022年1月1日至12月31日", "2022-01-01", "2022-12-31"),
        ("2020年2月3日至5日", "2020年2月3日至5日", "2020-02-03", "2020-02-05"),
        ("2025年3月10日9:00至2025年4月10日17:30", "2025年3月10日9:00至2025年4月10日", "2025-03-10", "2025-04-10"),
        ("2020年2月至6月", "2020年2月至6月", "2020-02-01", "2020-06-30"),
        ("2023年1—6月", "2023年1—6月", "2023-01-01", "2023-06-30"),
        ("2023年第三季度", "2023年第三季度", "2023-07-01", "2023-09-30"),
        ("2023年前三季度", "2023年前三季度", "2023-01-01", "2023-09-30"),
        ("2023年上半年", "2023年上半年", "2023-01-01", "2023-06-30"),
    ],
)
def test_a_time_that_is_named_in_full(text: str, words: str, first: str | None, last: str | None) -> None:
    (mention,) = mentions_of(text)
    found = (mention.span.of(text), mention.first and str(mention.first), mention.last and str(mention.last))
    assert found == (words, first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("今年新增", "2024-01-01", "2024-12-31"),
        ("去年以来", "2023-01-01", None),
        ("今年1—2月", "2024-01-01", "2024-02-29"),
        ("12月31日前申报", None, "2024-12-31"),
        ("3月1日起受理", "2024-03-01", None),
        ("6月底前完成", None, "2024-06-30"),
    ],
)
def test_a_time_without_a_year_is_reckoned_from_the_day_of_the_document(
    text: str, first: str | None, last: str | None
) -> None:
    (mention,) = mentions_of(text, ISSUED)
    assert (mention.first and str(mention.first), mention.last and str(mention.last)) == (first, last)
    assert not list(mentions_of(text))


def test_a_month_belongs_to_the_year_that_its_sentence_named() -> None:
    days = [str(mention.last) for mention in mentions_of("2022年1月受理,6月底前办结。9月底前公示", ISSUED)]
    assert days == ["2022-01-31", "2022-06-30", "2024-09-30"]


def test_only_speech_means_this_year_by_the_whole_year() -> None:
    text = "全年增长8%,今天发布"
    assert not list(mentions_of(text, ISSUED))
    spoken = [(str(mention.first), str(mention.last)) for mention in mentions_of(text, ISSUED, spoken=True)]
    assert spoken == [("2024-01-01", "2024-12-31"), ("2024-03-25", "2024-03-25")]


@pytest.mark.parametrize(
    "text",
    [
        "《三年行动方案(2023—2025年)》",
        "天政办发〔2023〕25号",
        "(2023年第12号)",
        "2024年2月30日",
        "年初",
        "以前年度",
        "第2023年",
    ],
)
def test_names_numbers_and_days_that_are_none_name_no_time(text: str) -> None:
    assert not list(mentions_of(text, ISSUED))


def test_a_day_alone() -> None:
    assert day_in("2024年底") == date(2024, 12, 31)
    assert day_in("年底") is None


@given(
    st.text(
        alphabet=st.sampled_from("0123456789一二三十元今去全年月日号底末初季度上半至到自起前后—-《》。, "), max_size=80
    )
)
def test_no_text_of_times_breaks_the_reading(text: str) -> None:
    reached = 0
    for mention in mentions_of(text, ISSUED, spoken=True):
        assert reached <= mention.span.start < mention.span.end <= len(text)
        assert mention.first or mention.last
        assert not (mention.first and mention.last and mention.first > mention.last)
        reached = mention.span.end
