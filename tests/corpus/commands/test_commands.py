"""The commands over the bundled corpus and over small ones; run in plain click, as the room has them."""

import json
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import corpus as bundled
from corpus.commands import corpus
from corpus.commands.checking import unplaced
from corpus.library import read_library, readings
from corpus.table import printable, table, width

BUNDLED = Path(bundled.__file__).parent


@dataclass
class Shell:
    corpus: Path = BUNDLED
    today: date = date(2026, 11, 22)


def run(*words: str, shell: Shell | None = None) -> Result:
    return CliRunner().invoke(corpus, words, obj=shell or Shell())


@pytest.fixture(scope="module")
def library():
    return read_library(BUNDLED)


@pytest.fixture
def small(tmp_path) -> Shell:
    """A corpus of one statute."""
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "甲.txt").write_text(
        "甲市企业服务办法\n\n第一条 为服务企业，制定本办法。\n第二条 企业可以申请下列补贴:\n(一)厂房补贴;\n"
        "(二)设备补贴。\n"
        "补贴每年发放一次。\n第二条之一 补贴不得转让。\n第三条 本办法自2024年1月1日起施行，有效期5年。\n",
        encoding="utf-8",
    )
    return Shell(tmp_path)


def test_the_list_shows_every_instrument_in_aligned_columns(library) -> None:
    done = run("list")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert len(lines) == 1 + len(library.instruments)
    assert lines[0].split() == ["编号", "文号", "城市", "日期", "类型", "效力", "标题"]
    column = width(lines[0][: lines[0].index("标题")])
    for line, instrument in zip(lines[1:], library.instruments, strict=True):
        before = line[: line.index(instrument.title)]
        assert width(before) == column
        assert line.startswith(f"{instrument.id} ")
        for fact in (instrument.number, instrument.city, instrument.date):
            assert str(fact or "—") in before


def test_the_list_in_json_is_what_the_api_lists(library) -> None:
    listed = json.loads(run("list", "--json").stdout)
    assert [each["id"] for each in listed] == [instrument.id for instrument in library.instruments]
    for each in listed:
        assert {"id", "document_number", "title", "city", "kind", "issuer", "date", "validity"} <= each.keys()
        assert {"status", "effective_on", "expires_on", "basis", "basis_clause_id"} <= each["validity"].keys()


def test_validity_is_that_of_the_day(small) -> None:
    def status(today: date) -> str:
        small.today = today
        return json.loads(run("list", "--json", shell=small).stdout)[0]["validity"]["status"]

    assert [status(date(year, 6, 1)) for year in (2023, 2025, 2030)] == ["not_yet", "in_force", "expired"]


def test_an_instrument_is_shown_as_a_tree(small) -> None:
    listed = json.loads(run("list", "--json", shell=small).stdout)
    done = run("show", listed[0]["id"], shell=small)
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "《甲市企业服务办法》"
    (item,) = [line for line in lines if "(一)厂房补贴" in line]
    article = next(line for line in lines if line.strip().startswith("第二条"))
    assert len(item) - len(item.lstrip()) > len(article) - len(article.lstrip())


def test_every_instrument_can_be_shown_and_its_tree_holds_its_words(library) -> None:
    for instrument in library.instruments:
        tree = json.loads(run("show", instrument.id, "--json").stdout)
        said: list[str] = []
        nodes = list(tree["provisions"])
        while nodes:
            node = nodes.pop(0)
            said.append(node["text"])
            nodes = node["children"] + nodes
        assert len(said) == sum(1 for _ in instrument.walk())
        text = library.document[instrument.document_id].text
        assert said == [provision.own.of(text).strip() for provision in instrument.walk()]


def test_a_document_number_will_do_where_only_one_instrument_has_it(library) -> None:
    numbers = [str(instrument.number) for instrument in library.instruments if instrument.number]
    single = next(number for number in numbers if numbers.count(number) == 1)
    assert run("show", single).exit_code == 0
    bundle = next(number for number in numbers if numbers.count(number) > 1)
    assert run("show", bundle).exit_code == 3


def test_an_unknown_instrument_exits_3_and_names_the_nearest(library) -> None:
    identifier = library.instruments[0].id
    done = run("show", f"{identifier}号")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert f"是不是 {identifier}" in done.stderr
    assert "corpus list" in run("show", "zzz").stderr


def test_the_check_counts_as_the_contract_says(small) -> None:
    done = run("check", "--json", shell=small)
    assert done.exit_code == 0
    (document,) = json.loads(done.stdout)["documents"]
    assert document.keys() >= {"file", "articles", "clauses", "characters", "left_out", "repairs", "warnings"}
    (instrument,) = document["instruments"]
    assert instrument.keys() >= {"id", "number", "title", "scheme", "parts", "chapters", "sections", "provisions"}
    assert (document["file"], document["articles"], instrument["articles"]) == ("甲.txt", 4, 4)
    assert instrument["scheme"] == "statute"
    assert instrument["items"] == 2


def test_nothing_of_the_bundled_corpus_is_lost(library) -> None:
    done = run("check", "--json")
    assert done.exit_code == 0
    checked = json.loads(done.stdout)["documents"]
    assert [each["file"] for each in checked] == [document.file for document in library.documents]
    for each, document in zip(checked, library.documents, strict=True):
        assert each["characters"] == len(document.text)
        assert each["unplaced"] == []
        assert len(each["repairs"]) == len(document.repairs)
        assert [(part["start"], part["end"]) for part in each["left_out"]] == [
            (part.span.start, part.span.end) for part in document.left_out
        ]
        for part in each["left_out"]:
            assert part["reason"]


def test_a_lost_character_fails_the_check(monkeypatch) -> None:
    first, *others = readings(BUNDLED)
    document = first.document
    lossy = replace(first, document=replace(document, left_out=document.left_out[1:]))
    monkeypatch.setattr("corpus.library.readings", lambda _: iter([lossy, *others]))
    lost = document.left_out[0].span
    assert lost in tuple(unplaced(lossy))
    done = run("check")
    assert done.exit_code == 4
    assert f"遗漏 {len(lost)} 字" in done.stdout
    assert f"有 {len(lost)} 个字" in done.stderr
    done = run("check", "--json")
    assert done.exit_code == 4
    assert {"start": lost.start, "end": lost.end} in json.loads(done.stdout)["documents"][0]["unplaced"]


def test_repairs_and_what_was_left_out_are_reported_with_examples(library) -> None:
    report = run("check").stdout
    for document in library.documents:
        assert f"{document.file}：{len(document.text)} 字" in report
        for reason in {repair.reason for repair in document.repairs}:
            assert reason in report


def test_a_table_is_aligned_by_the_width_of_the_characters() -> None:
    assert table([("甲市", "a"), ("x", "乙")]) == "甲市  a\nx     乙"
    assert width("甲a，") == 5
    assert width("e\N{COMBINING ACUTE ACCENT}") == 1
    assert all(width(sign) == 2 for sign in "《》〔〕、。")


def test_printable_text_keeps_its_lines_and_loses_what_a_terminal_obeys() -> None:
    assert printable("甲\x1b[31m\n\t乙\u202e\r\x00\ufeff") == "甲[31m\n\t乙"
    assert unicodedata.category("\u202e") == "Cf"
