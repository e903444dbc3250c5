"""What people confirmed leads the next who ask alike to the same clause, and changes nothing that is quoted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from corpus.errors import CorpusError
from corpus.library import Library
from index.build import build_index, open_index
from index.confirmed import Pair, priors, questions_of, read_pairs

#: No word of the question stands in the clause.
PAIR = Pair("开个小旅馆政府给地方用吗", ("south~h1_2",))


def _write(corpus: Path, *rows: object) -> None:
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    (corpus / "confirmed.jsonl").write_text("\n".join(lines), encoding="utf-8")


def test_a_confirmed_question_finds_its_clause_and_the_hit_says_so(library: Library, tmp_path: Path) -> None:
    plain = build_index(library, tmp_path / "plain")
    taught = build_index(library, tmp_path / "taught", pairs=(PAIR,))
    asked = "小旅馆政府给地方吗"
    assert [hit.clause_id for hit in plain.search(asked, dense=False)] != ["south~h1_2"]
    hit = taught.search(asked)[0]
    assert hit.clause_id == "south~h1_2"
    assert hit.confirmed == (PAIR.question,)
    assert taught.library.clause["south~h1_2"].text == library.clause["south~h1_2"].text
    assert taught.manifest.counts["confirmed"] == 1


def test_a_pair_added_or_withdrawn_makes_the_index_anew(corpus: Path, told: list[str]) -> None:
    open_index(corpus, None, "embedded", told)
    row = {"question": "小旅馆", "clauses": ["北政办发-2023-25~h1_2"]}
    _write(corpus, row)
    assert open_index(corpus, None, "embedded", told).search("小旅馆")[0].confirmed == ("小旅馆",)
    open_index(corpus, None, "embedded", told)
    assert [line for line in told if "已确认的问答有变动" in line] == told[1:]
    _write(corpus, {**row, "withdrawn": True})
    assert not open_index(corpus, None, "embedded", told).search("小旅馆", dense=False)
    assert len(told) == 3


def test_clauses_that_are_gone_are_passed_over(library: Library, tmp_path: Path) -> None:
    index = build_index(library, tmp_path / "index", pairs=(Pair("小旅馆", ("gone~h1_1", "south~h1_2")),))
    assert index.search("小旅馆")[0].clause_id == "south~h1_2"
    assert priors((Pair("小旅馆", ("gone~h1_1",)),), library) is None


def test_a_document_that_answers_often_weighs_more_but_needs_many_to_weigh_much(library: Library) -> None:
    few, many = (priors((PAIR,) * count, library) for count in (1, 400))
    assert few is not None
    assert many is not None
    of_south = np.array([clause.instrument_id == "south" for clause in library.clauses])
    assert not few[~of_south].any()
    assert 0 < few[of_south].max() < 0.1 * many[of_south].max()


def test_the_questions_of_a_clause_stand_once_each() -> None:
    assert questions_of((PAIR, PAIR, Pair("另一问", PAIR.clauses)))["south~h1_2"] == (PAIR.question, "另一问")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"question": ', "第 2 行不是 JSON"),
        ('["问"]', "没有 question"),
        ('{"question": " ", "clauses": ["x"]}', "没有 question"),
        ('{"question": "问", "clauses": "x"}', "没有 clauses"),
        ('{"question": "问", "clauses": []}', "没有 clauses"),
    ],
)
def test_a_line_that_is_no_pair_is_named(corpus: Path, line: str, said: str) -> None:
    _write(corpus, {"question": "问", "clauses": ["x"]}, line)
    with pytest.raises(CorpusError, match=said):
        read_pairs(corpus)


def test_without_the_file_there_are_none(corpus: Path, told: Callable[[str], None]) -> None:
    assert read_pairs(corpus) == ()
    assert open_index(corpus, None, "embedded", told).manifest.confirmed == ""
