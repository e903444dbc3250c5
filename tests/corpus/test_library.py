"""A corpus folder → the library."""

from datetime import date
from pathlib import Path

import pytest

from corpus.document import read_document
from corpus.errors import CorpusError
from corpus.library import corpus_version, read_library, readings
from corpus.model import DocumentNumber, ValidityStatus

ACT = "{number}\n关于{what}的意见\n一、甲。给予3万元奖励。\n本意见自印发之日起施行,有效期2年。\n甲市人民政府\n{day}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, number, day in (
        ("乙.txt", "甲政发〔2020〕1号", "2020年1月1日"),
        ("甲.txt", "甲政发〔2024〕9号", "2024年5月1日"),
    ):
        (documents / name).write_text(ACT.format(number=number, what=name[0], day=day), encoding="utf-8")
    return tmp_path


def test_documents_come_in_the_order_of_the_manifest_then_by_name(folder) -> None:
    assert [d.id for d in read_library(folder).documents] == ["乙", "甲"]
    (folder / "manifest.toml").write_text('[[document]]\nid = "first"\nfile = "甲.txt"\n', encoding="utf-8")
    assert [d.id for d in read_library(folder).documents] == ["first", "乙"]


def test_look_ups(folder) -> None:
    library = read_library(folder)
    (instrument,) = library.numbered(DocumentNumber("甲政发", 2024, 9))
    assert instrument is library.instrument["甲政发-2024-9"]
    assert [str(clause.path) for clause in library.of_instrument(instrument.id)] == ["head", "h1_1", "tail_1", "tail_2"]
    assert library.text_of(instrument, instrument.provisions[1]) == "一、甲。给予3万元奖励。"


def test_hidden_files_and_folders_are_not_documents(folder) -> None:
    (folder / "documents" / ".DS_Store").write_bytes(b"\x00")
    (folder / "documents" / ".git").mkdir()
    (folder / "documents" / ".git" / "甲.txt").write_text("甲", encoding="utf-8")
    assert len(read_library(folder).documents) == 2


def test_documents_may_lie_in_folders_below(folder) -> None:
    (folder / "documents" / "2021 年").mkdir()
    (folder / "documents" / "2021 年" / "丙.txt").write_text("关于丙的通知\n一、甲。", encoding="utf-8")
    assert [d.id for d in read_library(folder).documents] == ["2021-年-丙", "乙", "甲"]


def test_the_same_number_or_name_twice_keeps_both_apart_and_is_said(folder) -> None:
    again = ACT.format(number="甲政发(2024)9号", what="甲", day="2024年5月1日")
    (folder / "documents" / "甲.md").write_text(again, encoding="utf-8")
    (folder / "documents" / "丁.txt").write_text(again * 2, encoding="utf-8")
    library = read_library(folder)
    assert len({d.id for d in library.documents}) == 4
    assert len(library.instrument) == len(library.instruments) == 5
    assert len(library.clause) == len(library.clauses)
    assert len(library.numbered(DocumentNumber("甲政发", 2024, 9))) == 4
    assert sum("另一个文件也用文号 甲政发〔2024〕9号" in d.warnings for d in library.documents) == 2


@pytest.mark.parametrize("missing", ["documents", "file"])
def test_a_folder_that_is_no_corpus_is_said_so(tmp_path, missing: str) -> None:
    if missing == "file":
        (tmp_path / "documents").mkdir()
        (tmp_path / "manifest.toml").write_text('[[document]]\nid = "a"\nfile = "没有.txt"\n', encoding="utf-8")
    with pytest.raises(CorpusError, match="没有.txt" if missing == "file" else "不是语料文件夹"):
        read_library(tmp_path)


def test_an_empty_corpus_is_a_corpus(tmp_path) -> None:
    (tmp_path / "documents").mkdir()
    assert read_library(tmp_path).instruments == ()


def test_the_version_changes_with_every_word_and_only_then(folder) -> None:
    before = corpus_version(folder)
    assert before == read_library(folder).version == corpus_version(folder)
    assert before.startswith("sha256:")
    path = folder / "documents" / "甲.txt"
    words = path.read_text(encoding="utf-8")
    path.write_text(f"{words}乙", encoding="utf-8")
    assert corpus_version(folder) != before
    path.write_text(words, encoding="utf-8")
    assert corpus_version(folder) == before
    (folder / "manifest.toml").write_text("", encoding="utf-8")
    assert corpus_version(folder) != before


def test_what_is_odd_is_said(folder) -> None:
    (folder / "documents" / "空.txt").write_text("", encoding="utf-8")
    warnings = {d.file: d.warnings for d in read_library(folder).documents}
    assert warnings["甲.txt"] == ("未列入 manifest.toml,文件名用作编号",)
    assert "文件是空的" in warnings["空.txt"]


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ('number = "甲政发〔2020〕1号"\nrepealed_on = 2021-03-04', date(2021, 3, 4)),
        ('number = "甲政发〔2020〕1号"\nrepealed_by = "甲政发〔2024〕9号"', date(2024, 5, 1)),
        ('number = "甲政发〔2020〕1号"\nrepealed_by = "乙政发〔2024〕9号"', None),
    ],
)
def test_the_manifest_may_say_that_a_document_was_repealed(folder, stated: str, day: date | None) -> None:
    entry = f'[[document]]\nid = "old"\nfile = "乙.txt"\n[[document.instrument]]\n{stated}\n'
    (folder / "manifest.toml").write_text(entry, encoding="utf-8")
    (old,) = read_library(folder).numbered(DocumentNumber("甲政发", 2020, 1))
    assert old.validity.repealed_on == day
    assert old.validity.status(date(2024, 5, 1)) is (ValidityStatus.REPEALED if day else ValidityStatus.EXPIRED)


def test_the_later_document_may_say_what_it_supersedes(folder) -> None:
    entry = '[[document]]\nid = "new"\nfile = "甲.txt"\n[[document.instrument]]\nsupersedes = ["甲政发〔2020〕1号"]\n'
    (folder / "manifest.toml").write_text(entry, encoding="utf-8")
    (old,) = read_library(folder).numbered(DocumentNumber("甲政发", 2020, 1))
    assert old.validity.repealed_on == date(2024, 5, 1)


def add(folder: Path, name: str, text: str) -> None:
    (folder / "documents" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "words",
    ["《关于乙的意见》(甲政发〔2020〕1号)同时废止", "原甲政发〔2020〕1号文件停止执行", "《关于乙的意见》同时废止"],
)
def test_a_later_document_repeals_an_earlier_one_from_the_day_it_is_in_force(folder, words: str) -> None:
    text = f"甲政发〔2021〕3号\n甲市办法\n第一条 甲。\n第二条 本办法自2021年3月1日起施行。{words}。\n2021年2月1日\n"
    add(folder, "丙.txt", text)
    earlier = read_library(folder).instrument["甲政发-2020-1"]
    assert earlier.validity.repealed_on == date(2021, 3, 1)
    assert earlier.validity.status(date(2021, 2, 28)) is ValidityStatus.IN_FORCE
    assert earlier.validity.status(date(2021, 3, 1)) is ValidityStatus.REPEALED


def test_a_decision_repeals_the_documents_that_it_lists(folder) -> None:
    listed = "一、废止下列文件\n(一)《关于乙的意见》(甲政发〔2020〕1号)\n(二)《别的意见》\n二、自公布之日起施行。\n"
    add(folder, "丙.txt", f"甲市关于废止部分文件的决定\n{listed}甲市人民政府\n2021年5月6日\n")
    library = read_library(folder)
    assert {i.id: i.validity.repealed_on for i in library.instruments if i.validity.repealed_on} == {
        "甲政发-2020-1": date(2021, 5, 6)
    }


def test_a_document_repeals_no_later_one_and_not_itself(folder) -> None:
    text = "甲政发〔2019〕3号\n甲市办法\n第一条 甲。\n第二条 《关于甲的意见》、《甲市办法》废止。\n2019年2月1日\n"
    add(folder, "丙.txt", text)
    repealed = [i.id for i in read_library(folder).instruments if i.validity.repealed_on]
    assert repealed == []


def test_documents_point_to_each_other(folder) -> None:
    add(folder, "丙.txt", "关于丙的通知\n一、按照甲政发〔2024〕9号执行。\n二、见《关于乙的意见》第一条。")
    library = read_library(folder)
    targets = {r.text: r.targets for c in library.of_instrument("丙") for r in c.references}
    assert targets == {
        "甲政发〔2024〕9号": ("甲政发-2024-9",),
        "《关于乙的意见》第一条": ("甲政发-2020-1~art_1",),
    }


def test_documents_are_read_one_at_a_time(folder, monkeypatch) -> None:
    read = []
    monkeypatch.setattr(
        "corpus.document.read_document", lambda path, name, *rest: read.append(name) or read_document(path, name, *rest)
    )
    documents = readings(folder)
    assert next(documents).document.file == "乙.txt"
    assert read == ["乙.txt"]
    assert [reading.document.file for reading in documents] == ["甲.txt"]
