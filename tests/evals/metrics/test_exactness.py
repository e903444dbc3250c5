"""Figures by value, computed by hand."""

import pytest

from evals.metrics.exactness import FigureType, expected_figures
from tests.evals.conftest import Scored

SAY = {"say": [["4万元"]]}


@pytest.mark.parametrize(
    ("said", "exact"),
    [
        ("一次性奖励4万元 [1]。", 1.0),
        ("一次性奖励40000元 [1]。", 1.0),
        ("一次性奖励40,000元 [1]。", 1.0),
        ("一次性奖励4.0万元 [1]。", 1.0),
        ("一次性奖励14万元 [1]。", 0.0),
        ("一次性奖励4万户 [1]。", 0.0),
        ("一次性奖励4元 [1]。", 0.0),
        ("有奖励 [4]。", 0.0),
    ],
)
def test_an_amount_is_compared_by_value_and_unit(scored: Scored, said: str, exact: float) -> None:
    assert scored(SAY, answer=said).values["amount_exact"] == exact


def test_amounts_dates_and_counts_apart(scored: Scored) -> None:
    say = {"say": [["4万元"], ["20%"], ["2025年8月28日"], ["7个工作日", "七个工作日"], ["80家"], ["市商务局"]]}
    result = scored(say, answer="4万元，20%，2025-08-28，七个工作日，80家。")
    types = [figure.type for figure in expected_figures(result.seen)]
    assert types == [FigureType.AMOUNT] * 2 + [FigureType.DATE] * 2 + [FigureType.COUNT]
    assert (result.values["amount_exact"], result.values["date_exact"]) == (1.0, 1.0)
    half = scored(say, answer="4万元，30%，2025年8月29日，7个工作日。")
    assert (half.values["amount_exact"], half.values["date_exact"]) == (0.5, 0.5)


def test_a_range_is_compared_as_it_is_written(scored: Scored) -> None:
    assert scored({"say": [["5—10万元"]]}, answer="奖励5至10万元。").values["amount_exact"] == 1.0
    assert scored({"say": [["5—10万元"]]}, answer="奖励10万元。").values["amount_exact"] == 0.0


def test_words_are_no_figures(scored: Scored) -> None:
    result = scored({"say": [["市商务局"]]}, answer="由市商务局负责。")
    assert expected_figures(result.seen) == ()
    assert result.values["amount_exact"] is None
    assert result.values["lead_figure"] is None


def test_the_first_figure_is_the_one_that_is_read_out(scored: Scored) -> None:
    assert scored(SAY, answer="4万元：批发企业8万元 [1]。").values["lead_figure"] is True
    wrong = scored(SAY, answer="8万元：零售企业4万元 [1]。")
    assert wrong.values["lead_figure"] is False
    assert wrong.values["amount_exact"] == 1.0
    # A day before it is of another type; a refusal reads nothing out; a look-up wants no figure.
    assert scored(SAY, answer="2023年8月28日起，4万元 [1]。").values["lead_figure"] is True
    assert scored(SAY, status="not_found").values["lead_figure"] is None
    assert scored(SAY, {"kind": "lookup"}).values["lead_figure"] is None


def test_the_role_is_what_the_clause_gives_the_amount_for(scored: Scored) -> None:
    assert [figure.role for figure in expected_figures(scored(SAY).seen)] == ["award"]
    south = {"clauses": [{"document": "南政发〔2022〕3号", "path": ["三、"]}], "say": [["10%"], ["100万元"], ["7万元"]]}
    assert [figure.role for figure in expected_figures(scored(south).seen)] == ["rate", "cap", ""]
