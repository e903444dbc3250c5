from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.library import Library
from index.build import build_index
from index.errors import EmbeddingError
from index.search import Also, Index, fuse

MakeLibrary = Callable[..., Library]


def test_the_clause_that_answers_comes_first(index: Index) -> None:
    assert index.search("请问北安的批发企业首次进限奖励多少钱")[0].clause_id == "north~h1_2"


def test_city_and_title_are_indexed_though_no_clause_says_them(index: Index) -> None:
    assert index.search("南平市中国驰名商标奖励多少", limit=1)[0].clause_id == "south~h1_3"
    assert index.search("北安市中国驰名商标奖励多少", limit=1)[0].clause_id == "north~h1_3"


@pytest.mark.parametrize("dense", [True, False])
def test_instruments_restrict_before_ranking(index: Index, dense: bool) -> None:
    hits = index.search("首次进限的零售企业奖励", limit=3, instruments={"south"}, dense=dense)
    assert {hit.clause_id.split("~")[0] for hit in hits} == {"south"}
    assert hits[0].clause_id == "south~h1_1"
    # North has better matches than south's third: the limit is filled all the same.
    assert len(hits) == 3


@pytest.mark.parametrize("instruments", [(), ("unknown",)])
def test_no_instrument_no_hit(index: Index, instruments: tuple[str, ...]) -> None:
    assert index.search("零售", instruments=instruments) == ()


def test_the_limit_holds(index: Index) -> None:
    assert len(index.search("奖励", limit=2)) == 2
    assert index.search("奖励", limit=0) == ()


def test_a_hit_explains_itself(index: Index) -> None:
    hit = index.search("批发企业的奖励是多少")[0]
    assert {"批发", "奖励"} <= {match.term for match in hit.terms}
    assert sum(match.weight for match in hit.terms) == pytest.approx(hit.lexical, rel=1e-5)
    assert [match.weight for match in hit.terms] == sorted((match.weight for match in hit.terms), reverse=True)
    assert hit.dense is not None


def test_without_the_dense_side_only_clauses_that_share_a_term_are_found(index: Index) -> None:
    assert index.search("机器人", dense=False) == ()
    hits = index.search("场地", dense=False)
    assert [hit.clause_id for hit in hits] == ["south~h1_2"]
    assert hits[0].dense is None


@pytest.mark.parametrize("question", ["", "?!", "请问怎么办呢", "鼢鼹", "x" * 5000])
def test_a_question_about_nothing_finds_nothing(index: Index, question: str) -> None:
    assert index.search(question) == ()


def test_equal_clauses_stand_in_the_order_of_the_library(make_library: MakeLibrary, tmp_path: Path) -> None:
    same = make_library(texts=dict.fromkeys(("zeta", "alpha", "midst"), ("一、奖励4万元。",)))
    found = [hit.clause_id for hit in build_index(same, tmp_path / "index").search("奖励4万元")]
    assert found == ["zeta~h1_1", "alpha~h1_1", "midst~h1_1"]


def test_one_clause_can_be_searched(make_library: MakeLibrary, tmp_path: Path) -> None:
    one = make_library(texts={"only": ("一、奖励4万元。",)})
    hits = build_index(one, tmp_path / "index").search("奖励")
    assert [hit.clause_id for hit in hits] == ["only~h1_1"]


def _scores(*values: float) -> NDArray[np.float32]:
    return np.array(values, dtype=np.float32)


def test_fusion_adds_weighted_z_scores() -> None:
    fused = fuse(_scores(10, 0), _scores(0.2, 0.8), weight=0.5)
    assert fused.tolist() == [0.5, -0.5]


def test_a_side_that_says_nothing_changes_nothing() -> None:
    lexical = _scores(3, 1, 2)
    alone = fuse(lexical, None).tolist()
    assert fuse(lexical, _scores(0.4, 0.4, 0.4)).tolist() == alone
    assert fuse(_scores(0, 0, 0), _scores(0.1, 0.3, 0.2), weight=1).argmax() == 1
    assert fuse(_scores(), None).tolist() == []
    assert fuse(_scores(), _scores()).tolist() == []
    assert fuse(_scores(5), _scores(0.5)).tolist() == [0]


def test_rare_words_weigh_more_and_unknown_ones_most(index: Index) -> None:
    assert index.weight("批发") > index.weight("企业") > 0
    assert index.weight("机器人") >= index.weight("批发")
    assert index.weight("批发企业") == max(index.weight(pair) for pair in ("批发", "发企", "企业"))
    assert index.weight(",。 ") == 0


def test_coverage_is_the_share_of_what_is_asked(index: Index) -> None:
    text = "首次进限的批发企业,一次性奖励8万元。"
    assert index.coverage("请问批发企业多少？", text) == 1
    half = index.coverage("批发企业机器人", text)
    assert 0 < half < 1
    assert index.coverage("机器人", text) == 0
    assert index.coverage("多少", text) == 0


def test_a_failing_model_is_flagged_and_asked_once(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = build_index(library, tmp_path / "index")
    calls = []

    def fail(*_: object) -> None:
        calls.append(1)
        raise EmbeddingError("模型不见了。")

    monkeypatch.setattr("index.build.load_embedder", fail)
    assert index.problem == ""
    for _ in range(2):
        hits = index.search("批发企业奖励多少")
        assert hits[0].clause_id == "north~h1_2"
        assert hits[0].dense is None
    assert index.problem == "模型不见了。"
    assert len(calls) == 1


def test_words_searched_for_beside_the_question_count_less_and_never_twice(index: Index) -> None:
    plain = {hit.clause_id: hit.lexical for hit in index.search("批发企业", limit=10, dense=False)}
    half = {hit.clause_id: hit for hit in index.search("批发企业", limit=10, dense=False, also=[Also("零售", 0.5)])}
    full = {hit.clause_id: hit.lexical for hit in index.search("批发企业 零售", limit=10, dense=False)}
    more = {clause for clause, hit in half.items() if any(match.term == "零售" for match in hit.terms)}
    assert more
    for clause in more & plain.keys():
        assert half[clause].lexical - plain[clause] == pytest.approx(0.5 * (full[clause] - plain[clause]), rel=1e-4)
        assert sum(match.weight for match in half[clause].terms) == pytest.approx(half[clause].lexical, rel=1e-4)
    same = index.search("批发企业", limit=10, dense=False, also=[Also("批发", 0.5)])
    assert {hit.clause_id: hit.lexical for hit in same} == plain
