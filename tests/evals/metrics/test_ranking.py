"""Against values worked out by hand from the definitions of trec_eval, and against ir_measures itself."""

import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.metrics.ranking import MEASURES, mrr_at, ndcg_at, recall_at
from tests.evals.conftest import Scored

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
    assert set(MEASURES) == {"recall@1", "ndcg@10", "recall@5", "recall@10", "recall@50", "recall@100", "mrr@10"}
    perfect = {name: measure(["a"], {"a": 1.0}) for name, measure in MEASURES.items()}
    assert set(perfect.values()) == {1.0}


ORACLE = {
    "recall@1": ir_measures.R @ 1,
    "recall@5": ir_measures.R @ 5,
    "recall@10": ir_measures.R @ 10,
    "recall@50": ir_measures.R @ 50,
    "recall@100": ir_measures.R @ 100,
    "mrr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
}
DOCUMENTS = [f"d{number}" for number in range(130)]


@given(
    st.lists(st.sampled_from(DOCUMENTS), unique=True, max_size=120),
    st.dictionaries(st.sampled_from(DOCUMENTS), st.integers(0, 3), min_size=1, max_size=12).filter(
        lambda judged: any(judged.values())
    ),
)
def test_they_agree_with_ir_measures(ranking: list[str], judged: dict[str, int]) -> None:
    run = {"q": {document: float(len(ranking) - place) for place, document in enumerate(ranking)}}
    expected = ir_measures.calc_aggregate(list(ORACLE.values()), {"q": judged}, run)
    for name, oracle in ORACLE.items():
        assert MEASURES[name](ranking, {k: float(v) for k, v in judged.items()}) == pytest.approx(expected[oracle])


def test_the_clauses_considered_for_an_answer(scored: Scored) -> None:
    """The case names clause 一、 of the north; its id there is that of the library."""
    scores = scored(trace=trace("third", "wanted", "second"))
    measures = {name: scores.values[name] for name in ("recall@1", "recall@5", "mrr@10", "ndcg@10")}
    assert measures == {"recall@1": 0.0, "recall@5": 1.0, "mrr@10": 0.5, "ndcg@10": pytest.approx(1 / math.log2(3))}
    assert scored(trace=trace("wanted")).values["recall@1"] == 1.0
    assert scored(trace=trace("third")).values["recall@10"] == 0.0
    assert scored(trace=trace()).values["mrr@10"] == 0.0


def test_a_clause_that_does_as_well_stands_in_for_the_first(scored: Scored) -> None:
    also = {"also": [{"document": "北政办发〔2023〕25号", "path": ["二、"]}]}
    assert scored(also, trace=trace("second", "wanted")).values["recall@1"] == 1.0
    # It keeps its place, and so does what it stands in for: found at ranks 1 and 3 of two.
    two = {
        "clauses": [
            {"document": "北政办发〔2023〕25号", "path": ["一、"]},
            {"document": "北政办发〔2023〕25号", "path": ["三、"]},
        ]
    }
    ranked = scored(two | also, trace=trace("second", "wanted", "third"))
    assert ranked.values["recall@5"] == 1.0
    assert ranked.values["ndcg@10"] == pytest.approx((1 + 1 / 2) / (1 + 1 / math.log2(3)))


def test_two_names_in_one_clause_are_found_together(scored: Scored) -> None:
    """The article of a statute may be named twice, by two of its items."""
    twice = {"clauses": [{"document": "北政办发〔2023〕25号", "path": ["一、"]}] * 2}
    result = scored(twice, trace=trace("third", "wanted"))
    assert result.values["recall@5"] == 1.0
    assert result.values["recall@1"] == 0.0


def test_a_ranking_that_nobody_gives_or_asks_for_is_no_zero(scored: Scored) -> None:
    assert scored().values["recall@5"] is None
    assert scored({"clauses": []}, trace=trace("wanted")).values["recall@5"] is None
    unknown = {"clauses": [{"document": "某市〔2020〕1号", "path": ["一、"]}]}
    assert scored(unknown, trace=trace("wanted")).values["recall@5"] is None


def test_follow_ups_raw_and_rewritten(scored: Scored) -> None:
    history = {"history": [{"role": "user", "content": "北安零售企业进限奖多少？"}]}
    assert scored(case=history, trace=trace("wanted")).values["follow_up_found"] == 1.0
    assert scored(case=history, trace=trace("third")).values["follow_up_found"] == 0.0
    assert scored(trace=trace("wanted")).values["follow_up_found"] is None
    assert scored(case=history, trace=trace("wanted")).values["follow_up_found_alone"] is None


CLAUSES = {name: f"北政办发-2023-25~h1_{number}" for number, name in enumerate(("wanted", "second", "third"), 1)}


def trace(*names: str) -> dict[str, object]:
    return {"query": "", "cities": [], "confidence": 1.0, "clauses": [CLAUSES[name] for name in names], "hits": []}
