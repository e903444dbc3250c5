"""What was read, held against a hand-made inventory."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import evals
from corpus.facts.rows import FactRow
from corpus.library import BUNDLED, Library, read_library
from evals.commands import eval_group
from evals.errors import InventoryError
from evals.facts import KINDS, compare, read_inventory


@pytest.fixture(scope="module")
def sample() -> Library:
    return read_library(BUNDLED)


INVENTORY = Path(evals.__file__).parent / "inventory"
HEADER = "path\tkind\ttext\tvalue_low\tvalue_high\tunit\tper\tbound\trole\tsubject\tfrom_date\tto_date"


def row(kind: str = "amount", path: str = "一、", text: str = "4万元", **values: str) -> FactRow:
    return FactRow(kind, "甲", "", "甲市意见", path, text, **values)


@pytest.fixture
def inventory(tmp_path: Path):
    def write(*lines: str) -> dict:
        (tmp_path / "甲.tsv").write_text("\n".join((HEADER, *lines)) + "\n", encoding="utf-8")
        return read_inventory(tmp_path)

    return write


AWARD = "一、\tamount\t4万元\t40000\t40000\t元\t家\texact\taward\t零售\t\t"


def test_a_fact_is_found_by_its_place_kind_and_value(inventory) -> None:
    found = row(value_low="40000", value_high="40000", unit="元", per="家", bound="exact", role="cap")
    compared = compare({"甲": [found]}, inventory(AWARD))
    assert (compared.tallies["amount"].recall, compared.tallies["amount"].precision) == (1.0, 1.0)
    assert compared.agreeing == {"role": (0, 1), "bound": (1, 1), "per": (1, 1)}
    assert compared.differences == ()


@pytest.mark.parametrize(
    "other",
    [
        row(value_low="50000", value_high="50000", unit="元"),
        row(value_low="40000", value_high="40000", unit="%"),
        row(path="二、", value_low="40000", value_high="40000", unit="元"),
    ],
)
def test_another_value_unit_or_place_is_another_fact(inventory, other: FactRow) -> None:
    compared = compare({"甲": [other]}, inventory(AWARD))
    assert (compared.tallies["amount"].recall, compared.tallies["amount"].precision) == (0.0, 0.0)
    assert sorted(str(difference)[0] for difference in compared.differences) == ["多", "缺"]


def test_each_of_two_equal_facts_is_wanted(inventory) -> None:
    found = row(value_low="40000", value_high="40000", unit="元")
    compared = compare({"甲": [found]}, inventory(AWARD, AWARD))
    assert (compared.tallies["amount"].wanted, compared.tallies["amount"].both) == (2, 1)


def test_a_kind_that_an_inventory_leaves_out_counts_not(inventory) -> None:
    compared = compare({"甲": [row("office", text="市经信局", role="leads")]}, inventory(AWARD))
    assert set(compared.tallies) == {"amount"}


def test_what_is_no_inventory_is_said_so(tmp_path: Path, inventory) -> None:
    with pytest.raises(InventoryError, match="没有清单"):
        read_inventory(tmp_path)
    with pytest.raises(InventoryError, match="第 2 行"):
        inventory(AWARD.replace("amount", "money"))


def test_there_is_an_inventory_of_every_bundled_instrument(sample: Library) -> None:
    inventories = read_inventory(INVENTORY / "bundled")
    assert set(inventories) == set(sample.instrument)
    texts = {i.id: sample.document[i.document_id].text for i in sample.instruments}
    for name, facts in inventories.items():
        squeezed = "".join(texts[name].split())
        assert [fact["text"] for fact in facts if "".join(fact["text"].split()) not in squeezed] == []


@pytest.mark.parametrize("kind", ["amount", "period", "office", "reference"])
def test_the_facts_of_the_sample_are_read_and_nothing_else(sample: Library, kind: str) -> None:
    from corpus.facts.rows import fact_rows

    read = {i.id: tuple(fact_rows(i, tuple(sample.of_instrument(i.id)))) for i in sample.instruments}
    tally = compare(read, read_inventory(INVENTORY / "bundled")).tallies[kind]
    assert tally.recall is not None
    assert tally.precision is not None
    assert (tally.recall >= 0.98, tally.precision >= 0.98) == (True, True)


@dataclass
class Shell:
    corpus: Path = BUNDLED


def run(*words: str) -> Result:
    return CliRunner().invoke(eval_group, ["facts", *words], obj=Shell())


def test_the_command_shows_a_table_and_lists_what_differs() -> None:
    folder = str(INVENTORY / "bundled")
    shown = run(folder, "--list", "amount")
    assert shown.exit_code == 0
    assert any(line.split()[0] == "金额比例" for line in shown.stdout.splitlines())
    assert [line for line in shown.stdout.splitlines() if line.startswith("缺 ")]
    values = json.loads(run(folder, "--json").stdout)
    assert set(values["kinds"]) == set(KINDS)


def test_an_inventory_of_other_documents_is_refused() -> None:
    shown = run(str(INVENTORY / "unseen"))
    assert isinstance(shown.exception, InventoryError)
    assert "--corpus" in str(shown.exception)


@pytest.mark.parametrize("name", ["invented", "unseen"])
def test_every_invented_document_has_an_inventory_of_its_own_words(name: str) -> None:
    inventories = read_inventory(INVENTORY / name)
    documents = {path.stem: path.read_text(encoding="utf-8") for path in (INVENTORY / name / "documents").iterdir()}
    assert set(inventories) == set(documents)
    for document, facts in inventories.items():
        squeezed = "".join(documents[document].split())
        assert [fact["text"] for fact in facts if "".join(fact["text"].split()) not in squeezed] == []
