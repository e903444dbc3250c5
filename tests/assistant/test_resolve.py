"""Document numbers, articles and addresses resolve exactly, in any bracket style and both schemes."""

import pytest

from assistant.resolve import places_of, refer
from assistant.understanding.question import normalise
from index.search import Index


def paths(bundled: Index, text: str) -> list[tuple[str, ...]]:
    reference = refer(normalise(text), bundled.library)
    return [place.clause.path.labels for place in places_of(reference, bundled.library)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("天政办发〔2023〕26号第九条", ("第九条",)),
        ("天政办发[2023]26号第9条", ("第九条",)),
        ("天政办发（２０２３）26号第九条", ("第九条",)),
        ("天政办发【2023】026号 第九条", ("第九条",)),
        ("天政办发2023 26号第九条", ("第九条",)),
        ("请问天政办发2023年26号第九条", ("第九条",)),
        ("26号文第十条第二款", ("第十条", "第二款")),
        ("26号文件第十四条第一款第(三)项", ("第十四条", "第一款", "(三)")),
        ("20号文第八条", ("二、", "(八)")),
        ("天政办发〔2023〕20号 (八)", ("二、", "(八)")),
        ("二十号文第八条", ("二、", "(八)")),
        ("天政办发〔2023〕29号第十六条", ("三、", "(四)", "16.")),
        ("荆工文〔2018〕3号三、(三)", ("三、", "(三)")),
        ("《关于支持商贸企业进限纳统的五条意见》第一条", ("一、",)),
        ("天政办发〔2023〕29号专栏2", ("三、", "(一)", "1.", "专栏2")),
    ],
)
def test_one_place_is_found(bundled: Index, text: str, expected: tuple[str, ...]) -> None:
    assert paths(bundled, text) == [expected]


def test_an_article_of_a_bundle_is_found_in_each_of_its_opinions(bundled: Index) -> None:
    assert paths(bundled, "天政办发〔2023〕25号第三条") == [("三、",)] * 4
    assert paths(bundled, "25号文第一条") == [("一、",)] * 5


def test_what_is_not_there_is_said_to_be_absent(bundled: Index) -> None:
    assert refer(normalise("天政办发〔2023〕27号讲什么"), bundled.library).absent.startswith("天政办发")
    assert refer(normalise("《关于加强科技创新引领高质量发展的实施意见》奖多少"), bundled.library).absent
    assert paths(bundled, "天政办发〔2023〕26号第九十条") == []


def test_a_question_without_a_reference_has_none(bundled: Index) -> None:
    assert not refer(normalise("零售店进限奖多少"), bundled.library)


@pytest.mark.parametrize("text", ["荆门实施百项精品工程，几年内完成", "千项技改", "天门有十百项目吗"])
def test_what_counts_something_is_no_address(bundled: Index, text: str) -> None:
    assert refer(normalise(text), bundled.library).address == ()


def test_two_of_something_is_no_subparagraph(bundled: Index) -> None:
    assert refer(normalise("那两项可以免征"), bundled.library).address == ()
    assert refer(normalise("26号文第十四条第(二)项"), bundled.library).address == (("art", "14"), ("subpara", "2"))
    assert refer(normalise("26号文第十四条(二)项"), bundled.library).address == (("art", "14"), ("subpara", "2"))


def test_a_document_that_another_one_speaks_of_is_said_to_be_mentioned(bundled: Index) -> None:
    assert refer("《关于加强科技创新引领高质量发展的实施意见》奖多少", bundled.library).mentioned
    assert not refer("《某市并不存在的实施意见》奖多少", bundled.library).mentioned
