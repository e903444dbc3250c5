import math
from pathlib import Path

import numpy as np
import pytest

from index.lexical import OUTLINE, STATUTE, LexicalIndex
from index.terms import query_terms

TEXTS = ["零售企业奖励4万元", "批发企业奖励8万元", "道路养护"]


@pytest.fixture(scope="module")
def fitted() -> LexicalIndex:
    return LexicalIndex.fit(TEXTS, OUTLINE)


def test_the_text_that_shares_the_rarest_terms_scores_highest(fitted: LexicalIndex) -> None:
    scores = fitted.scores(query_terms("批发企业奖励多少"))
    assert scores.dtype == np.float32
    assert list(np.argsort(-scores)) == [1, 0, 2]
    assert scores[2] == 0


def test_terms_that_no_text_holds_score_nothing(fitted: LexicalIndex) -> None:
    assert not fitted.scores(query_terms("机器人")).any()
    assert not fitted.scores(()).any()


def test_matches_add_up_to_the_score(fitted: LexicalIndex) -> None:
    asked = query_terms("批发企业奖励8万元吗")
    matches = fitted.matches(asked, 1)
    assert sum(match.weight for match in matches) == pytest.approx(float(fitted.scores(asked)[1]), rel=1e-5)
    assert matches[0].weight == max(match.weight for match in matches)
    assert "批发" in {match.term for match in matches}
    assert fitted.matches(asked, 2) == ()


def test_idf_falls_with_the_number_of_texts(fitted: LexicalIndex) -> None:
    assert fitted.idf("零售") == pytest.approx(math.log(1 + 2.5 / 1.5))
    assert fitted.idf("机器") > fitted.idf("零售") > fitted.idf("企业") > 0


def test_saved_and_opened_it_scores_the_same(fitted: LexicalIndex, tmp_path: Path) -> None:
    fitted.save(tmp_path)
    opened = LexicalIndex.open(tmp_path)
    asked = query_terms("零售企业奖励")
    assert np.array_equal(opened.scores(asked), fitted.scores(asked))
    assert opened.size == len(TEXTS)
    assert {path.suffix for path in tmp_path.iterdir()} == {".npy", ".json"}


def test_repetition_counts_more_where_statutes_are_indexed() -> None:
    texts = ["补偿补偿补偿补偿", "补偿与赔偿和救济", "其他"]
    outline, statute = (LexicalIndex.fit(texts, s).scores(["补偿"]) for s in (OUTLINE, STATUTE))
    assert statute[0] / statute[1] > outline[0] / outline[1]


def test_texts_without_a_term_cannot_be_indexed() -> None:
    with pytest.raises(ValueError, match="no text"):
        LexicalIndex.fit(["……"], OUTLINE)
