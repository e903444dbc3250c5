"""The facts of a corpus on the command line: as CSV, as JSON, for a person, and below the tree."""

import csv
import io
import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import corpus as bundled
from corpus.commands import corpus

BUNDLED = Path(bundled.__file__).parent
#: The columns that the contract fixes, in its order.
COLUMNS = [
    *(
        "kind",
        "instrument",
        "document_number",
        "title",
        "path",
        "text",
        "value",
        "value_low",
        "value_high",
        "unit",
        "per",
    ),
    *("bound", "role", "subject", "from_date", "to_date", "start", "end"),
]
KINDS = {"amount", "quantity", "period", "validity", "office", "reference", "relation", "benefit"}


@dataclass
class Shell:
    corpus: Path = BUNDLED
    today: date = date(2026, 11, 22)


def run(*words: str, shell: Shell | None = None) -> Result:
    return CliRunner().invoke(corpus, words, obj=shell or Shell())


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    done = run("facts", "--csv")
    assert done.exit_code == 0
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_the_columns_are_those_of_the_contract(rows) -> None:
    assert list(rows[0])[: len(COLUMNS)] == COLUMNS
    assert {row["kind"] for row in rows} == KINDS


def test_every_span_holds_the_words_of_its_row(rows, library) -> None:
    texts = {i.id: library.document[i.document_id].text for i in library.instruments}
    for row in rows:
        words = texts[row["instrument"]][int(row["start"]) : int(row["end"])]
        if row["kind"] == "validity":
            assert "".join(words.split()) in "".join(row["text"].split())
        elif row["kind"] in ("office", "reference", "relation", "benefit"):
            assert " ".join(words.split()) == row["text"]
        else:
            assert len(words) == len(row["text"])


@pytest.mark.parametrize(
    ("path", "title", "expected"),
    [
        (
            "一、",
            "商贸企业进限纳统",
            {"text": "4万元", "value": "40000", "unit": "元", "bound": "exact", "role": "award"},
        ),
        ("三、", "商贸企业进限纳统", {"text": "100%", "value": "100", "unit": "%", "role": "rate"}),
        (
            "六、(三十一)",
            "个体工商户",
            {"text": "100—1000元/人", "value": "", "value_low": "100", "value_high": "1000", "per": "人"},
        ),
        ("第九条", "涉企补偿", {"kind": "period", "text": "7个工作日内", "value": "7", "unit": "工作日"}),
        ("末段", "建筑业企业", {"kind": "validity", "from_date": "2023-08-28", "to_date": "2025-08-28"}),
        ("末段", "建筑业企业", {"kind": "office", "text": "市住建局", "role": "interprets"}),
        ("四、", "商贸企业进限纳统", {"kind": "reference", "text": "第一条", "role": "provision"}),
        ("四、", "商贸企业进限纳统", {"kind": "relation", "role": "non_stacking", "subject": "第一条"}),
        ("一、", "商贸企业进限纳统", {"kind": "benefit", "value": "40000", "role": "award"}),
    ],
)
def test_a_fact_of_each_kind(rows, path: str, title: str, expected: dict[str, str]) -> None:
    here = [row for row in rows if row["path"] == path and title in row["title"]]
    assert [row for row in here if expected.items() <= row.items()]


def test_one_kind_alone_and_json_lines(rows) -> None:
    done = run("facts", "--json", "--kind", "amount")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert found == [row for row in rows if row["kind"] == "amount"]


def test_for_a_person_the_facts_stand_under_their_clauses(library) -> None:
    done = run("facts")
    lines = done.stdout.splitlines()
    assert sum(line.startswith("《") for line in lines) == len(library.instruments)
    at = lines.index("《关于加强建筑业企业培育的五条意见》 天政办发〔2023〕25号")
    assert lines[at + 1] == "  末段"
    assert lines[at + 2].startswith("    效力 本意见自印发之日起施行,有效期2年")
    assert lines[at + 3 : at + 5] == ["  一、", "    金额 50亿元 条件 （对应 3000万元 100万元）"]


def test_the_tree_of_an_instrument_shows_its_facts() -> None:
    done = run("show", "天政办发-2023-25-4")
    lines = [line.strip() for line in done.stdout.splitlines()]
    at = next(i for i, line in enumerate(lines) if line.startswith("一、支持建筑业企业做大做强"))
    assert "· 金额 100万元 奖励 （对应 50亿元 3000万元）" in lines[at:]
    tree = json.loads(run("show", "天政办发-2023-25-4", "--json").stdout)
    first = next(node for node in tree["provisions"] if node["path"] == ["一、"])
    assert [fact["text"] for fact in first["facts"] if fact["role"] == "award" and fact["kind"] == "amount"] == [
        "100万元",
        "50万元",
        "30万元",
    ]
