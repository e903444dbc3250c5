import pytest

from evals.wording import fold, says, says_any, without_marks


@pytest.mark.parametrize(
    ("answer", "wording"),
    [
        ("一次性奖励4万元", "4万元"),
        ("一次性奖励４万元", "4 万元"),
        ("补贴14,400元", "14400元"),
        ("补贴14400元", "14,400元"),
        ("至2025-08-28止", "2025年8月28日"),
        ("至2025年08月28日", "2025年8月28日"),
        ("达到8—10家", "8-10家"),
        ("达到8至10家", "8—10家"),
        ("天政办发[2023]25号", "天政办发〔2023〕25号"),
        ("1.5%", "1.5%"),
        ("第(三)项", "第（三）项"),
    ],
)
def test_the_same_in_another_form_is_said(answer: str, wording: str) -> None:
    assert says(answer, wording)


@pytest.mark.parametrize(
    ("answer", "wording"),
    [
        ("一次性奖励15万元", "5万元"),
        ("一次性奖励0.5万元", "5万元"),
        ("费率1.5", "1"),
        ("共120家", "12"),
        ("共12家", "120家"),
        ("奖励四万元", "4万元"),
        ("随便什么", " "),
    ],
)
def test_a_figure_stands_whole_or_not_at_all(answer: str, wording: str) -> None:
    assert not says(answer, wording)


def test_one_wording_of_a_group_is_enough() -> None:
    assert says_any("自受理之日起两个月内", ["2个月", "两个月"])
    assert not says_any("自受理之日起三个月内", ["2个月", "两个月"])


def test_a_dash_between_figures_keeps_them_apart() -> None:
    assert fold("8—10家") != fold("810家")
    assert not says("8—10家", "810家")


def test_marks_are_no_part_of_what_is_said() -> None:
    assert without_marks("奖励4万元 [1]。已过期 [12]。") == "奖励4万元。已过期。"
