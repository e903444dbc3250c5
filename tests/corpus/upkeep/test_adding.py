"""A file into a corpus folder: stored, listed, and never half."""

import errno
import os
import subprocess
import sys
import tomllib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.library import BUNDLED, read_library
from corpus.manifest import read_manifest
from corpus.model import DocumentNumber
from corpus.upkeep import adding
from corpus.upkeep.adding import Stated, add_document, plan_addition
from corpus.upkeep.starting import start_corpus
from corpus.upkeep.storing import PENDING

OPINION = (
    "甲政发〔{year}〕{serial}号\n关于{what}的意见\n一、甲项。给予{amount}万元奖励。\n"
    "本意见自印发之日起施行,有效期2年。\n甲市人民政府\n{year}年1月2日\n"
)
MANIFEST = '# 先写的话\r\n[[document]]  # 第一个\r\nfile="旧.txt"\r\nid  = "旧"   # 编号\r\n# 末尾没有换行'


def opinion(serial: int = 9, amount: int = 3, what: str = "工业", year: int = 2024) -> str:
    return OPINION.format(serial=serial, amount=amount, what=what, year=year)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A corpus of one listed document, its manifest with comments, CRLF and no newline at the end."""
    folder = tmp_path / "语料"
    (folder / "documents").mkdir(parents=True)
    (folder / "documents" / "旧.txt").write_text(opinion(1, what="农业", year=2020), encoding="utf-8")
    (folder / "manifest.toml").write_bytes(MANIFEST.encode())
    return folder


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "新.txt"
    path.write_text(opinion(), encoding="utf-8")
    return path


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def entries(folder: Path) -> list[dict[str, object]]:
    return tomllib.loads((folder / "manifest.toml").read_text(encoding="utf-8"))["document"]


def test_the_file_is_stored_unchanged_and_listed_behind_what_stands_there(folder, file) -> None:
    file.write_bytes(opinion().replace("\n", "\r\n").encode("gb18030"))
    addition = add_document(folder, file, Stated())
    assert addition.stored
    assert addition.path == folder / "documents" / "新.txt"
    assert addition.path.read_bytes() == file.read_bytes()
    manifest = (folder / "manifest.toml").read_bytes()
    assert manifest.startswith(MANIFEST.encode())
    assert entries(folder)[1] == {"id": "新", "file": "新.txt"}
    assert {path.name for path in folder.rglob("*")} == {"documents", "旧.txt", "新.txt", "manifest.toml"}


def test_it_is_read_as_the_library_reads_it(folder, file) -> None:
    stated = Stated(city="甲市", note="说明")
    planned = plan_addition(folder, file, stated)
    add_document(folder, file, stated)
    library = read_library(folder)
    assert library.documents[1] == planned.reading.document
    assert library.instruments[1:] == planned.reading.instruments
    assert tuple(library.of_instrument("甲政发-2024-9")) == planned.reading.clauses
    (instrument,) = library.numbered(DocumentNumber("甲政发", 2024, 9))
    assert (instrument.city, instrument.date, instrument.issuer) == ("甲市", date(2024, 1, 2), "甲市人民政府")


def test_what_is_stated_is_written_and_nothing_else(folder, file) -> None:
    stated = Stated(
        id="opinion-9",
        city="甲市",
        publisher="甲市人民政府",
        published_on=date(2024, 3, 15),
        source='https://example.org/a?b="c"',
        note="第一行\n第二行",
    )
    add_document(folder, file, stated)
    entry = read_manifest(folder).document[1]
    assert entry.model_dump(exclude_defaults=True) == {
        "id": "opinion-9",
        "file": "新.txt",
        "city": "甲市",
        "publisher": "甲市人民政府",
        "published_on": date(2024, 3, 15),
        "source": 'https://example.org/a?b="c"',
        "note": "第一行\n第二行",
    }


def test_a_title_and_a_date_that_the_file_lacks(folder, tmp_path) -> None:
    bare = tmp_path / "无题.txt"
    bare.write_text("一、甲项。给予3万元奖励。\n二、乙项。给予2万元奖励。\n", encoding="utf-8")
    assert any("--title" in remark for remark in plan_addition(folder, bare, Stated()).remarks)
    assert any("--date" in remark for remark in plan_addition(folder, bare, Stated()).remarks)
    addition = add_document(folder, bare, Stated(title="关于奖励的意见", dated=date(2024, 1, 2)))
    instrument = read_library(folder).instruments[1]
    assert (instrument.title, instrument.title_inferred, instrument.date) == ("关于奖励的意见", True, date(2024, 1, 2))
    assert not any("--title" in remark or "--date" in remark for remark in addition.remarks)


def test_a_title_or_date_that_the_file_has_is_not_stated_once_more(folder, file, tmp_path) -> None:
    for stated, said in (
        (Stated(title="别的"), "自己印有标题《关于工业的意见》"),
        (Stated(dated=date(2020, 1, 1)), "2024-01-02"),
    ):
        with pytest.raises(CorpusError, match=said):
            add_document(folder, file, stated)
    bundle = tmp_path / "公报.txt"
    bundle.write_text(f"{opinion(5)}\n{opinion(6, what='商业')}", encoding="utf-8")
    assert len(plan_addition(folder, bundle, Stated()).reading.instruments) == 2
    with pytest.raises(CorpusError, match="有 2 个文件"):
        add_document(folder, bundle, Stated(dated=date(2020, 1, 1)))


def test_a_plan_changes_nothing(folder, file) -> None:
    before = snapshot(folder)
    addition = plan_addition(folder, file, Stated(city="甲市"))
    assert snapshot(folder) == before
    assert addition.reading.instruments[0].title == "关于工业的意见"


def test_the_same_bytes_are_refused_under_any_name(folder, file) -> None:
    add_document(folder, file, Stated(id="first"))
    again = file.rename(file.with_name("另一个名字.md"))
    before = snapshot(folder)
    for force in (False, True):
        with pytest.raises(CorpusError, match=r"编号 first.*新\.txt"):
            add_document(folder, again, Stated(), force=force)
    assert snapshot(folder) == before


def test_the_same_number_is_refused_and_names_the_document_there(folder, file) -> None:
    file.write_text(
        opinion(1, what="农业", year=2020, amount=8).replace("〔2020〕1号", "[2020]  第001号"), encoding="utf-8"
    )
    before = snapshot(folder)
    with pytest.raises(CorpusError, match="甲政发〔2020〕1号 《关于农业的意见》，编号 旧，") as error:
        add_document(folder, file, Stated())
    assert "--force" in str(error.value)
    assert snapshot(folder) == before
    addition = add_document(folder, file, Stated(), force=True)
    assert any("编号 旧" in remark for remark in addition.remarks)
    library = read_library(folder)
    assert len(library.numbered(DocumentNumber("甲政发", 2020, 1))) == 2
    assert library.instruments[1] == addition.reading.instruments[0]


def test_a_document_that_only_speaks_of_the_number_is_no_duplicate(folder, file, tmp_path) -> None:
    other = tmp_path / "引用.txt"
    other.write_text(opinion(7).replace("一、甲项。", "一、按照甲政发〔2024〕9号文件。"), encoding="utf-8")
    add_document(folder, other, Stated())
    add_document(folder, file, Stated())
    assert len(entries(folder)) == 3


def test_only_documents_whose_text_prints_the_number_are_read_through(folder, file, monkeypatch) -> None:
    read: list[str] = []
    whole = adding.read_document
    monkeypatch.setattr(
        adding, "read_document", lambda path, name, *rest: read.append(name) or whole(path, name, *rest)
    )
    add_document(folder, file, Stated())
    assert set(read) == {"新.txt"}


def test_a_name_in_use_gets_a_position_and_so_does_its_id(folder, file) -> None:
    other = file.rename(file.with_name("旧.txt"))
    addition = add_document(folder, other, Stated())
    assert (addition.path.name, addition.entry["id"]) == ("旧-2.txt", "旧-2")
    assert "农业" in (folder / "documents" / "旧.txt").read_text(encoding="utf-8")
    other.write_text(opinion(33), encoding="utf-8")
    with pytest.raises(CorpusError, match="编号 旧 已经用于"):
        add_document(folder, other, Stated(id="旧"))


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        (".隐藏 文件.txt", "隐藏 文件.txt"),
        ("甲\n乙:丙?.txt", "甲 乙 丙.txt"),
        ("~$a\\..\\b.txt", "b.txt"),
        ("-rf.txt", "rf.txt"),
    ],
)
def test_odd_names_are_cleaned_and_can_be_listed(folder, file, name: str, stored: str) -> None:
    addition = add_document(folder, file.rename(file.with_name(name)), Stated())
    assert addition.path == folder / "documents" / stored
    assert [document.file for document in read_library(folder).documents] == ["旧.txt", stored]


def test_a_file_that_lies_there_unlisted_is_listed(folder, file) -> None:
    """Put there by hand, or left by a process that was killed between document and manifest."""
    there = folder / "documents" / "下级" / "别名.txt"
    there.parent.mkdir()
    there.write_bytes(file.read_bytes())
    addition = add_document(folder, file, Stated())
    assert (addition.stored, addition.path) == (False, there)
    assert entries(folder)[1] == {"id": "下级-别名", "file": "下级/别名.txt"}
    assert sorted(path.name for path in (folder / "documents").iterdir()) == ["下级", "旧.txt"]
    with pytest.raises(CorpusError, match="已经在语料里了"):
        add_document(folder, there, Stated())


@pytest.mark.parametrize("step", [1, 2])
def test_a_step_that_fails_leaves_the_folder_as_it_was(folder, file, monkeypatch, step: int) -> None:
    before = snapshot(folder)
    replace, steps = os.replace, []

    def fails(*paths: object) -> None:
        steps.append(paths)
        if len(steps) == step:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace(*paths)

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", fails)
        with pytest.raises(CorpusError, match="磁盘满了"):
            add_document(folder, file, Stated())
    assert len(steps) == step
    assert snapshot(folder) == before
    add_document(folder, file, Stated())
    assert len(entries(folder)) == 2


def test_an_interruption_behind_the_last_step_keeps_the_document_that_is_listed(folder, file, monkeypatch) -> None:
    replace = os.replace

    def interrupted(source: object, target: object) -> None:
        replace(source, target)
        if str(target).endswith("manifest.toml"):
            raise KeyboardInterrupt

    monkeypatch.setattr("os.replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        add_document(folder, file, Stated())
    assert [document.file for document in read_library(folder).documents] == ["旧.txt", "新.txt"]


def test_a_process_killed_between_the_steps_leaves_a_folder_that_the_next_addition_completes(folder, file) -> None:
    killed = (
        "import os, sys; from pathlib import Path; from corpus.upkeep.adding import *\n"
        "replace = os.replace\n"
        "os.replace = lambda a, b: os._exit(9) if str(b).endswith('.toml') else replace(a, b)\n"
        "add_document(Path(sys.argv[1]), Path(sys.argv[2]), Stated())"
    )
    done = subprocess.run([sys.executable, "-c", killed, folder, file], cwd=Path(__file__).parents[2], check=False)
    assert done.returncode == 9
    assert (folder / "manifest.toml").read_bytes() == MANIFEST.encode()
    assert (folder / PENDING).exists()
    assert [document.file for document in read_library(folder).documents] == ["旧.txt", "新.txt"]
    addition = add_document(folder, file, Stated())
    assert not addition.stored
    assert {path.name for path in folder.rglob("*")} == {"documents", "旧.txt", "新.txt", "manifest.toml"}


def test_a_folder_that_cannot_be_written(folder, file, monkeypatch) -> None:
    def refused(*_: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    before = snapshot(folder)
    with monkeypatch.context() as patched:
        patched.setattr("os.open", refused)
        with pytest.raises(CorpusError, match="文件系统是只读的"):
            add_document(folder, file, Stated())
    assert snapshot(folder) == before


def test_many_at_once_lose_no_entry(folder, tmp_path) -> None:
    files = [tmp_path / f"第{i}份" / "意见.txt" for i in range(8)]
    for i, path in enumerate(files):
        path.parent.mkdir()
        path.write_text(opinion(20 + i, what=f"第{i}项"), encoding="utf-8")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda path: add_document(folder, path, Stated()), files))
    assert len(entries(folder)) == 9
    assert {path.read_text(encoding="utf-8") for path in files} < {d.text for d in read_library(folder).documents}


def test_a_file_that_changes_while_it_is_read_is_not_stored(folder, file, monkeypatch) -> None:
    before = snapshot(folder)
    whole = adding.read_document

    def changing(*given: object) -> object:
        reading = whole(*given)
        file.write_text(opinion(10), encoding="utf-8")
        return reading

    monkeypatch.setattr(adding, "read_document", changing)
    with pytest.raises(CorpusError, match="被改动"):
        add_document(folder, file, Stated())
    assert snapshot(folder) == before


def test_what_cannot_be_added_is_said_and_changes_nothing(folder, tmp_path) -> None:
    (tmp_path / "空.txt").write_text(" \n", encoding="utf-8")
    (tmp_path / "图.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "乱.txt").write_bytes(bytes(range(256)) * 9)
    os.mkfifo(tmp_path / "管道.txt")
    before = snapshot(folder)
    for name, said in (
        ("没有.txt", "找不到文件"),
        ("语料", "是一个文件夹"),
        ("管道.txt", "不是普通文件"),
        ("空.txt", "没有读出任何条款"),
        ("图.png", "图.png"),
        ("乱.txt", "乱.txt"),
        (f"{'长' * 300}.txt", "路径太长"),
    ):
        with pytest.raises(CorpusError, match=said):
            add_document(folder, tmp_path / name, Stated())
    assert snapshot(folder) == before


def test_the_sample_that_comes_with_the_project_is_not_added_to(file, tmp_path) -> None:
    link = tmp_path / "link"
    link.mkdir()
    (link / "documents").symlink_to(BUNDLED / "documents")
    for folder in (BUNDLED, link):
        for act in (add_document, plan_addition):
            with pytest.raises(CorpusError, match="corpus init"):
                act(folder, file, Stated())
    with pytest.raises(CorpusError, match=r"不是语料文件夹.*corpus init"):
        add_document(tmp_path, file, Stated())


def test_a_manifest_that_lists_what_is_not_there_is_set_right_first(folder, file) -> None:
    (folder / "documents" / "旧.txt").unlink()
    with pytest.raises(CorpusError, match=r"旧\.txt.*放回"):
        add_document(folder, file, Stated())


def test_a_folder_without_a_manifest_gets_one_and_linked_documents_are_followed(file, tmp_path) -> None:
    folder, elsewhere = tmp_path / "甲", tmp_path / "别处"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "documents").symlink_to(elsewhere)
    add_document(folder, file, Stated())
    assert (elsewhere / "新.txt").exists()
    assert entries(folder) == [{"id": "新", "file": "新.txt"}]


def test_a_manifest_that_is_a_link_stays_one(folder, file, tmp_path) -> None:
    kept = (folder / "manifest.toml").rename(tmp_path / "kept.toml")
    (folder / "manifest.toml").symlink_to(kept)
    add_document(folder, file, Stated())
    assert (folder / "manifest.toml").is_symlink()
    assert kept.read_bytes().startswith(MANIFEST.encode())
    assert len(entries(folder)) == 2


def test_remarks_say_what_is_missing_and_how_to_state_it(folder, file) -> None:
    def remarks(text: str, **stated: str) -> str:
        file.write_text(text, encoding="utf-8")
        return "\n".join(plan_addition(folder, file, Stated(**stated)).remarks)

    assert "--city" in remarks(opinion())
    assert remarks(opinion(), city="甲市") == ""
    numbered = opinion().split("\n", 1)[1]
    assert "没有读出文号" in remarks(numbered, city="甲市")
    harbour = opinion().replace("甲市", "云港市")
    assert "云港市" in remarks(harbour, city="甲市")
    assert remarks(harbour, city="云港市") == ""
    damaged = remarks(opinion().replace("甲项", "\ufffd项"), city="甲市")
    assert "有 1 处字已损坏，如“" in damaged
    assert "[[document.replace]]" in damaged


def test_a_corpus_that_was_just_started_takes_its_first_document(file, tmp_path) -> None:
    folder = tmp_path / "新语料"
    start_corpus(folder)
    explained = (folder / "manifest.toml").read_bytes()
    add_document(folder, file, Stated(city="甲市"))
    assert (folder / "manifest.toml").read_bytes().startswith(explained)
    assert [instrument.city for instrument in read_library(folder).instruments] == ["甲市"]
