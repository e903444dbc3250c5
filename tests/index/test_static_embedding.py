from pathlib import Path

import numpy as np

from index.static_embedding import DIMENSIONS, StaticModel

TEXTS = ["零售企业一次性奖励4万元", "批发企业一次性奖励8万元", "道路养护由财政负担", "道路巡查每月2次"]


def test_vectors_are_float32_of_length_one() -> None:
    model = StaticModel.fit(TEXTS)
    vectors = model.encode_passages(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), model.dim)
    assert model.dim <= min(DIMENSIONS, len(TEXTS))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_a_question_is_nearest_to_the_text_about_it() -> None:
    model = StaticModel.fit(TEXTS)
    assert int(np.argmax(model.encode_passages(TEXTS) @ model.encode_query("请问零售企业奖励多少"))) == 0


def test_one_tiny_document_is_enough() -> None:
    model = StaticModel.fit(["奖励4万元。"])
    assert model.encode_query("奖励多少") @ model.encode_passages(["奖励4万元。"])[0] > 0.99


def test_unknown_words_and_question_phrases_give_zeros() -> None:
    model = StaticModel.fit(TEXTS)
    assert not model.encode_passages(["鼢鼹", ""]).any()
    assert not model.encode_query("多少呢").any()


def test_traditional_characters_and_numerals_are_folded() -> None:
    model = StaticModel.fit(TEXTS)
    one, other = model.encode_passages(["批發企業一次性獎勵八萬元", "批发企业一次性奖励8万元"])
    assert np.array_equal(one, other)


def test_texts_that_repeat_each_other_add_no_noise() -> None:
    model = StaticModel.fit(["奖励企业"] * 50)
    assert model.dim == 1


def test_saved_and_opened_it_gives_the_same_vectors(tmp_path: Path) -> None:
    model = StaticModel.fit(TEXTS)
    model.save(tmp_path)
    assert np.array_equal(StaticModel.open(tmp_path).encode_passages(TEXTS), model.encode_passages(TEXTS))
