import json
from pathlib import Path

import pytest

from evals.beir import Passage, read_benchmark
from evals.errors import BenchmarkError
from evals.metrics.ranking import MEASURES
from evals.retrieval import library_of, ranking, score_retrieval
from index.build import build_index

TEXTS = {
    "retail": ("商贸意见", "首次进限的零售企业,一次性奖励4万元。"),
    "brand": ("品牌意见", "获得中国驰名商标的企业,奖励60万元。"),
    "cold": ("物流意见", "对新建冷库按投资额的10%给予补助。"),
    "road": ("道路方案", "养护道路每月巡查2次。"),
}
QUERIES = {"q1": "驰名商标奖励多少", "q2": "新建冷库补助", "q3": "没有判断的问题", "q4": "零售企业进限"}
QRELS = "query-id\tcorpus-id\tscore\nq1\tbrand\t1\nq2\tcold\t2\nq2\troad\t0\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "bench", QRELS)


def write(folder: Path, qrels: str) -> Path:
    (folder / "qrels").mkdir(parents=True)
    documents = ({"_id": name, "title": title, "text": text} for name, (title, text) in TEXTS.items())
    queries = ({"_id": name, "text": text} for name, text in QUERIES.items())
    for file, entries in (("corpus.jsonl", documents), ("queries.jsonl", queries)):
        lines = "".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries)
        (folder / file).write_text(lines, encoding="utf-8")
    (folder / "qrels" / "dev.tsv").write_text(qrels, encoding="utf-8")
    return folder


def test_a_folder_is_read(folder: Path) -> None:
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq4\tretail\t1\n", encoding="utf-8")
    benchmark = read_benchmark(folder)
    assert benchmark.documents[0] == Passage("retail", *TEXTS["retail"])
    assert benchmark.queries == QUERIES
    assert benchmark.judged == ("q1", "q2", "q4")
    assert read_benchmark(folder, "test").judged == ("q4",)


def test_a_query_with_no_relevant_document_is_not_judged(tmp_path: Path) -> None:
    benchmark = read_benchmark(write(tmp_path / "bench", QRELS + "q3\troad\t0\n"))
    assert benchmark.judged == ("q1", "q2")


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("corpus.jsonl", '{"_id": "a"}\n', "corpus.jsonl:1 读不懂"),
        ("queries.jsonl", "\n", "没有文档或没有问题"),
        ("queries.jsonl", None, "queries.jsonl 读不出来"),
        ("qrels/dev.tsv", "query-id\tcorpus-id\tscore\nq1\tbrand\n", "dev.tsv:2 应有三列"),
        ("qrels/dev.tsv", None, "没有 *.tsv"),
    ],
)
def test_a_broken_folder_is_named(folder: Path, file: str, content: str | None, said: str) -> None:
    if content is None:
        (folder / file).unlink()
    else:
        (folder / file).write_text(content, encoding="utf-8")
    with pytest.raises(BenchmarkError) as error:
        read_benchmark(folder)
    assert said in str(error.value)


def test_a_split_that_is_not_there(folder: Path) -> None:
    with pytest.raises(BenchmarkError, match="没有 train\\.tsv"):
        read_benchmark(folder, "train")


def test_the_index_room_ranks_and_is_measured(folder: Path) -> None:
    report = score_retrieval(read_benchmark(folder), "embedded")
    values = report.as_json()
    assert {"queries", "documents", "metrics", "ms_per_query", "build_s", "peak_mb"} <= set(values)
    assert set(values["metrics"]) == set(MEASURES)
    assert (values["queries"], values["left_out"], values["documents"]) == (2, 2, 4)
    assert values["metrics"] == dict.fromkeys(MEASURES, 1.0)
    assert values["peak_mb"] > 10
    assert "confirmed" not in values


def test_a_wrong_judgement_costs(tmp_path: Path) -> None:
    wrong = write(tmp_path / "bench", "query-id\tcorpus-id\tscore\nq1\troad\t1\n")
    assert score_retrieval(read_benchmark(wrong), "embedded").metrics["mrr@10"] < 1


def test_confirmed_pairs_lead_to_their_documents(tmp_path: Path) -> None:
    asked = write(tmp_path / "asked", "query-id\tcorpus-id\tscore\nq2\troad\t1\n")
    benchmark = read_benchmark(asked)
    plain = score_retrieval(benchmark, "embedded").as_json()
    values = score_retrieval(benchmark, "embedded", confirmed=benchmark).as_json()
    assert values["confirmed"] == 1
    assert values["metrics"]["mrr@10"] > plain["metrics"]["mrr@10"]


def test_a_document_scores_as_its_best_clause(tmp_path: Path) -> None:
    filler = "\n".join(
        f"第{n}条 本条讲的是第{n}类日常巡查工作的安排,由各单位按职责落实到位。" for n in "一二三四五六七八九"
    )
    long = "第十条 对新建冷库的企业给予补助。\n" + filler * 5
    documents = [Passage("long", "某市办法", long), *(Passage(name, *TEXTS[name]) for name in ("retail", "road"))]
    library = library_of(documents, tmp_path)
    assert sum(clause.instrument_id == "long" for clause in library.clauses) > 1
    index = build_index(library, tmp_path / "index")
    found = ranking(index, "新建冷库的企业补助")
    assert found[0] == "long"
    assert len(found) == len(set(found))
