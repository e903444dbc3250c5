"""Against values worked out by hand from the definitions of trec_eval, as ir_measures gives them."""

import math

import pytest

from evals.ranking import MEASURES, mrr_at, ndcg_at, recall_at

RANKING = ["d1", "d2", "d3", "d4", "d5"]


def test_recall() -> None:
    judged = {"d2": 1.0, "d5": 1.0, "d9": 1.0, "d1": 0.0}
    assert recall_at(1, RANKING, judged) == 0
    assert recall_at(2, RANKING, judged) == pytest.approx(1 / 3)
    assert recall_at(5, RANKING, judged) == pytest.approx(2 / 3)


def test_reciprocal_rank() -> None:
    assert mrr_at(10, RANKING, {"d3": 1.0, "d4": 1.0}) == pytest.approx(1 / 3)
    assert mrr_at(2, RANKING, {"d3": 1.0}) == 0
    assert mrr_at(10, RANKING, {"d1": 0.0, "d2": 1.0}) == 0.5


def test_ndcg_of_binary_judgements() -> None:
    # Found at ranks 2 and 5 of two relevant documents.
    judged = {"d2": 1.0, "d5": 1.0}
    expected = (1 / math.log2(3) + 1 / math.log2(6)) / (1 + 1 / math.log2(3))
    assert ndcg_at(10, RANKING, judged) == pytest.approx(expected)
    assert expected == pytest.approx(0.6241, abs=1e-4)


def test_ndcg_of_graded_judgements() -> None:
    # Gains 0, 2, 1 in the ranking; best 3, 2, 1, of which 3 was not found.
    judged = {"d2": 2.0, "d3": 1.0, "d7": 3.0, "d1": 0.0}
    expected = (2 / math.log2(3) + 1 / 2) / (3 + 2 / math.log2(3) + 1 / 2)
    assert ndcg_at(10, RANKING, judged) == pytest.approx(expected)


def test_ndcg_is_cut() -> None:
    assert ndcg_at(1, RANKING, {"d2": 1.0}) == 0
    assert ndcg_at(2, RANKING, {"d2": 1.0, "d1": 1.0, "d5": 1.0}) == 1


def test_the_keys_of_the_contract() -> None:
    assert set(MEASURES) == {"ndcg@10", "recall@5", "recall@10", "recall@50", "recall@100", "mrr@10"}
    perfect = {name: measure(["a"], {"a": 1.0}) for name, measure in MEASURES.items()}
    assert set(perfect.values()) == {1.0}
