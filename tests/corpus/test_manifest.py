"""The manifest: facts that a file lacks, never its structure."""

from datetime import date

import pytest

from corpus.errors import CorpusError
from corpus.library import BUNDLED, read_library
from corpus.manifest import DocumentEntry, InstrumentEntry, read_manifest
from corpus.model import Clause, DocumentNumber, Kind


def test_the_bundled_manifest_is_valid_and_lists_every_document() -> None:
    manifest = read_manifest(BUNDLED)
    assert {entry.file for entry in manifest.document} == {path.name for path in (BUNDLED / "documents").iterdir()}


def test_a_folder_without_a_manifest_has_an_empty_one(tmp_path) -> None:
    assert read_manifest(tmp_path).document == ()


def test_all_that_it_may_say(tmp_path) -> None:
    (tmp_path / "manifest.toml").write_text(
        """
        [[document]]
        id = "a"
        file = "甲.txt"
        city = "甲市"
        publisher = "甲市人民政府"
        published_on = 2024-01-02
        source = "https://example.org"
        note = "说明"
        [[document.instrument]]
        number = "甲政发[2024]1号"
        title = "某意见"
        title_inferred = true
        issuer = "甲市人民政府"
        date = 2024-01-01
        kind = "plan"
        supersedes = ["甲政发〔2020〕1号"]
        repealed_by = "甲政发〔2025〕1号"
        [[document.replace]]
        from = "?"
        to = "·"
        reason = "丢失"
        """,
        encoding="utf-8",
    )
    (entry,) = read_manifest(tmp_path).document
    assert (entry.city, entry.published_on) == ("甲市", date(2024, 1, 2))
    (stated,) = entry.instrument
    assert (stated.number, stated.kind) == (DocumentNumber("甲政发", 2024, 1), Kind.PLAN)
    assert stated.supersedes == (DocumentNumber("甲政发", 2020, 1),)
    assert (entry.replace[0].before, entry.replace[0].after) == ("?", "·")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ('[[document]]\nid = "a"\nfile = "甲.txt"\ncitty = "甲市"\n', "document.0.citty 是未知的键"),
        ('title = "甲"\n', "title 是未知的键"),
        ('[[document]]\nid = "a"\n', "document.0.file 有误"),
        ('[[document]]\nid = "a b"\nfile = "甲.txt"\n', "document.0.id 有误"),
        ('[[document]]\nid = "a"\nfile = "甲.txt"\n[[document.instrument]]\nnumber = "1号"\n', "number 有误"),
        ('[[document]]\nid = "a"\nfile = "甲.txt"\n[[document.instrument]]\nkind = "law"\n', "kind 有误"),
        ('[[document]]\nid = "a"\nfile = "甲.txt"\n[[document]]\nid = "a"\nfile = "乙.txt"\n', "a 出现了两次"),
        ('[[document]]\nid = "a"\nfile = "甲.txt"\n[[document]]\nid = "b"\nfile = "甲.txt"\n', "甲.txt 出现了两次"),
        ("[[document\n", "不符合 TOML 格式"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, words: str, said: str) -> None:
    (tmp_path / "manifest.toml").write_text(words, encoding="utf-8")
    with pytest.raises(CorpusError, match=said):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("entry", "number", "title", "matches"),
    [
        ({"number": "甲政发〔2024〕1号"}, "甲政发〔2024〕1号", "某意见", True),
        ({"number": "甲政发〔2024〕1号"}, "甲政发〔2024〕2号", "某意见", False),
        ({"number": "甲政发〔2024〕1号", "title": "某意见"}, "甲政发〔2024〕1号", "又一意见", False),
        ({"title": "某意见"}, None, "某意见", True),
        ({"title": "某意见"}, None, "又一意见", False),
        ({"title": "某意见"}, None, "", True),
        ({}, None, "某意见", True),
    ],
)
def test_which_instrument_an_entry_is_for(entry, number: str | None, title: str, matches: bool) -> None:
    parsed = DocumentNumber.parse(number) if number else None
    assert InstrumentEntry.model_validate(entry).is_for(parsed, title) is matches


def test_what_the_file_says_itself_comes_first(read) -> None:
    stated = {"title": "另一标题", "title_inferred": True, "date": date(2020, 1, 1), "issuer": "某局", "kind": "plan"}
    entry = DocumentEntry.model_validate({"id": "a", "file": "甲.txt", "city": "甲市", "instrument": [stated]})
    untitled = "各部门:\n制定如下意见。\n一、甲。\n二、乙。"
    (instrument,) = read(untitled, entry=entry).instruments
    assert (instrument.title, instrument.title_inferred, instrument.city) == ("另一标题", True, "甲市")
    assert (instrument.issuer, instrument.date, instrument.kind) == ("某局", date(2020, 1, 1), Kind.PLAN)
    reading = read(f"关于某事的意见\n{untitled}\n某委\n2024年1月2日", entry=entry)
    assert (reading.instruments[0].title, reading.instruments[0].date) == ("关于某事的意见", date(2024, 1, 2))
    assert "manifest.toml 所说的文件不在其中:另一标题" in reading.document.warnings


def test_a_replacement_that_is_nowhere_is_said(read) -> None:
    lost = {"from": "甲?乙", "to": "甲·乙", "reason": "丢失"}
    entry = DocumentEntry.model_validate({"id": "a", "file": "甲.txt", "replace": [lost]})
    assert "要替换的文字不在文件中:甲?乙" in read("关于某事的意见\n一、甲乙。", entry=entry).document.warnings


def test_without_its_manifest_the_sample_is_read_the_same_but_for_what_that_says(library, tmp_path) -> None:
    (tmp_path / "documents").symlink_to(BUNDLED / "documents", target_is_directory=True)
    bare = read_library(tmp_path)
    manifest = read_manifest(BUNDLED)
    assert set(bare.instrument) == set(library.instrument)
    for instrument in library.instruments:
        other = bare.instrument[instrument.id]
        (entry,) = [e for e in manifest.document if e.id == instrument.document_id]
        stated = next((s for s in entry.instrument if s.is_for(instrument.number, instrument.title)), InstrumentEntry())
        assert (other.number, other.scheme, other.date, other.bundled) == (
            instrument.number,
            instrument.scheme,
            instrument.date,
            instrument.bundled,
        )
        assert stated.title or other.title == instrument.title
        assert stated.issuer or other.issuer == instrument.issuer
        assert other.kind is instrument.kind
        assert entry.city or other.city == instrument.city
        assert other.validity == instrument.validity
        assert [str(p.path) for p in other.walk()] == [str(p.path) for p in instrument.walk()]
    lost = {part for entry in manifest.document for change in entry.replace for part in (change.before, change.after)}
    assert list(bare.clause) == [clause.id for i in bare.instruments for clause in library.of_instrument(i.id)]
    differing = {c.id for c in library.clauses if bare.clause[c.id].text != c.text}
    assert len(differing) == len([change for entry in manifest.document for change in entry.replace])
    assert all(any(part in library.clause[i].text for part in lost) for i in differing)
    for clause in library.clauses:
        assert _facts(bare.clause[clause.id]) == _facts(clause), clause.id


def _facts(clause: Clause) -> list[object]:
    """All facts of a clause but for where they stand and what they are said of, which hold the lost characters."""
    measures = [
        (m.text, m.low, m.high, m.unit, m.per, m.bound, m.role, m.key) for m in (*clause.amounts, *clause.quantities)
    ]
    periods = [(p.text, p.least, p.count, p.unit, p.anchor, p.from_date, p.to_date) for p in clause.periods]
    terms = [(t.effective_on, t.expires_on, t.stated, t.scope, t.basis) for t in clause.terms]
    return [measures, periods, terms, clause.offices, clause.provisos, clause.headings]
