import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from corpus.library import Library
from index import build, lock, places, store
from index.build import build_index, open_index
from index.errors import EmbeddingError, IndexFolderError

MakeLibrary = Callable[..., Library]


def _run(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)], capture_output=True, text=True, check=False
    )


# --- opening ---


def test_a_missing_index_is_built_and_said_in_one_line(corpus: Path, told: list[str]) -> None:
    index = open_index(corpus, None, "embedded", told)
    assert index.folder == corpus / ".index"
    assert len(told) == 1
    assert "正在建立索引" in told[0]
    assert "4万元" in index.library.clause[index.search("零售企业奖励多少")[0].clause_id].text


def test_an_index_that_is_up_to_date_is_opened_in_silence(corpus: Path, told: list[str]) -> None:
    first = open_index(corpus, None, "embedded", lambda _: None)
    again = open_index(corpus, None, "embedded", told)
    assert told == []
    assert again.library == first.library
    assert again.manifest == first.manifest


def test_a_change_of_the_corpus_makes_it_stale(corpus: Path, told: list[str]) -> None:
    open_index(corpus, None, "embedded", lambda _: None)
    path = corpus / "documents" / "north.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("4万元", "5万元"), encoding="utf-8")
    index = open_index(corpus, None, "embedded", told)
    assert len(told) == 1
    assert "语料有变动" in told[0]
    assert any("5万元" in clause.text for clause in index.library.clauses)


def test_a_change_of_the_code_makes_it_stale(corpus: Path, told: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    open_index(corpus, None, "embedded", lambda _: None)
    monkeypatch.setattr(build, "_code_version", lambda: "sha256:other")
    open_index(corpus, None, "embedded", told)
    assert len(told) == 1
    assert "程序有更新" in told[0]


@pytest.mark.parametrize("name", ["manifest.json", "data-*/clauses.jsonl", "data-*/lexical/data.csc.index.npy"])
def test_a_damaged_index_is_rebuilt(corpus: Path, told: list[str], name: str) -> None:
    open_index(corpus, None, "embedded", lambda _: None)
    (path,) = (corpus / ".index").glob(name)
    path.write_bytes(path.read_bytes()[:-40])
    index = open_index(corpus, None, "embedded", told)
    assert len(told) == 1
    assert "损坏" in told[0]
    assert index.search("零售")


def test_a_folder_of_other_origin_is_refused_and_left_alone(corpus: Path, tmp_path: Path, told: list[str]) -> None:
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "账本.xls").write_bytes(b"x")
    with pytest.raises(IndexFolderError, match="不是索引文件夹"):
        open_index(corpus, theirs, "embedded", told)
    assert [path.name for path in theirs.iterdir()] == ["账本.xls"]


def test_the_bundled_corpus_is_indexed_beside_the_code() -> None:
    bundled = Path(places.__file__).parent.parent / "corpus"
    assert places.default_folder(bundled) == Path(places.__file__).parent / "built"


def test_where_the_default_place_cannot_be_written_it_is_a_temporary_folder(
    corpus: Path, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (corpus / ".index").touch()
    index = open_index(corpus, None, "embedded", told)
    assert index.folder.is_relative_to(tmp_path)
    assert len(told) == 2
    assert str(index.folder) in told[0]
    assert "写不了" in told[0]
    told.clear()
    assert open_index(corpus, None, "embedded", told).manifest == index.manifest
    assert len(told) == 1


def test_an_index_in_a_place_that_cannot_be_written_is_used(
    corpus: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    built = open_index(corpus, None, "embedded", lambda _: None)
    monkeypatch.setattr(places, "_is_writable", lambda _: False)
    assert open_index(corpus, None, "embedded", told).folder == built.folder
    assert told == []


def test_a_temporary_folder_that_somebody_else_prepared_is_not_used(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (corpus / ".index").touch()
    trap = tmp_path / f"policy-assistant-{os.getuid()}"
    trap.mkdir()
    trap.chmod(0o777)
    assert not places.places(corpus, None).to_build.is_relative_to(trap)


def test_a_given_folder_that_cannot_be_written_is_an_error(corpus: Path, told: list[str]) -> None:
    with pytest.raises(IndexFolderError, match="/dev/null"):
        open_index(corpus, Path("/dev/null/nowhere"), "embedded", told)


def test_a_library_without_clauses_cannot_be_indexed(make_library: MakeLibrary, tmp_path: Path) -> None:
    with pytest.raises(IndexFolderError, match="没有任何条款"):
        build_index(make_library(texts={}), tmp_path / "index")
    library = make_library(texts={"marks": ("……",)})
    wordless = replace(library, instruments=tuple(replace(i, title="") for i in library.instruments))
    with pytest.raises(IndexFolderError, match="没有任何文字"):
        build_index(wordless, tmp_path / "index")


# --- models that cannot be had ---


@pytest.mark.parametrize("embedding", ["no/such-model", "/no/such/folder", "no such name!"])
def test_a_model_that_cannot_be_had_is_an_error_that_leaves_the_old_index(
    embedding: str, library: Library, tmp_path: Path
) -> None:
    before = build_index(library, tmp_path / "index").manifest
    with pytest.raises(EmbeddingError, match="没有这个文件夹"):
        build_index(library, tmp_path / "index", embedding)
    assert store.read_manifest(tmp_path / "index") == before
    assert len(list((tmp_path / "index").glob("data-*"))) == 1


def test_without_its_model_an_index_is_lexical_and_says_so(corpus: Path, told: list[str]) -> None:
    index = open_index(corpus, None, "no/such-model", told)
    assert index.embedding == "no/such-model"
    assert "no/such-model" in index.problem
    assert len(told) == 2
    assert "只按字面检索" in told[1]
    (hit, *_) = index.search("零售企业奖励多少")
    assert "零售" in index.library.clause[hit.clause_id].text
    assert hit.dense is None
    # It is not tried again for every question; the reason is still said.
    told.clear()
    assert open_index(corpus, None, "no/such-model", told).manifest == index.manifest
    assert len(told) == 1


def test_a_hub_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    release = Event()
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", lambda *_, **__: release.wait(60))
    monkeypatch.setattr("index.embedding.HUB_SECONDS", 0.05)
    try:
        with pytest.raises(EmbeddingError, match="没有回音"):
            build.make_embedder("some/model", ["文字"])
    finally:
        release.set()


# --- one builder, and readers that see the old or the new ---


def test_a_build_that_is_killed_leaves_the_old_index(library: Library, tmp_path: Path, told: list[str]) -> None:
    folder = tmp_path / "index"
    before = build_index(library, folder).manifest
    code = """
        import os, signal, sys
        from pathlib import Path
        from index import build, store
        folder = Path(sys.argv[1])
        die = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
        # All files are written and digested; the next step would make them the index.
        Path.replace = die
        manifest = store.read_manifest(folder)
        build.build_index(store.read_library(folder / manifest.data, "sha256:2"), folder)
    """
    assert _run(code, folder).returncode == -signal.SIGKILL
    assert len(list(folder.glob("data-*"))) == 2
    assert build._opened(folder).manifest == before
    # The lock of the dead is free, and what it left behind goes with the next build.
    after = build_index(library, folder, "embedded", told).manifest
    assert told == []
    assert {path.name for path in folder.glob("data-*")} == {before.data, after.data}


def test_a_build_that_fails_leaves_the_old_index(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "index"
    before = build_index(library, folder).manifest

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store, "_sync", full)
    with pytest.raises(IndexFolderError, match="写不了"):
        build_index(library, folder)
    assert build._opened(folder).manifest == before
    assert [path.name for path in folder.glob("data-*")] == [before.data]


def test_readers_see_one_index_or_the_other_whole(make_library: MakeLibrary, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    one = make_library("sha256:one")
    other = make_library("sha256:other", {"other": ("一、奖励9万元。", "二、贴息。")})
    build_index(one, folder)
    done = Event()

    def rebuild() -> None:
        for library in [other, one] * 6:
            build_index(library, folder)
        done.set()

    writer = Thread(target=rebuild)
    writer.start()
    seen = set()
    while not done.is_set():
        index = build._opened(folder)
        assert index.library == (one if index.library.version == one.version else other)
        assert index.manifest.corpus_version == index.library.version
        assert index.search("奖励", dense=False)[0].clause_id in index.library.clause
        seen.add(index.library.version)
    writer.join()
    assert seen == {one.version, other.version}


def test_an_opened_index_survives_the_next_build(library: Library, make_library: MakeLibrary, tmp_path: Path) -> None:
    opened = build_index(library, tmp_path / "index")
    build_index(make_library("sha256:2", {"other": ("一、奖励9万元。",)}), tmp_path / "index")
    hit = opened.search("批发企业奖励")[0]
    assert (hit.clause_id, hit.dense is None, opened.problem) == ("north~h1_2", False, "")


def test_two_processes_build_one_index_once(corpus: Path) -> None:
    code = """
        import sys
        from pathlib import Path
        from index.build import open_index
        open_index(Path(sys.argv[1]), None, "embedded", lambda line: print(line, flush=True))
    """
    command = [sys.executable, "-c", textwrap.dedent(code), str(corpus)]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = "".join(process.communicate()[0] for process in processes)
    assert [process.returncode for process in processes] == [0, 0]
    assert said.count("正在建立索引：") == 1


def test_a_lock_that_is_held_is_waited_for_and_its_holder_named(tmp_path: Path, told: list[str]) -> None:
    path = tmp_path / "lock"
    with (
        lock.sole_builder(path, told),
        pytest.raises(IndexFolderError, match=f"PID {os.getpid()}"),
        lock.sole_builder(path, told, patience=0.3),
    ):
        pytest.fail("two builders")
    assert len(told) == 1
    assert f"PID {os.getpid()}" in told[0]
    with lock.sole_builder(path, told, patience=0):
        pass


def test_the_lock_of_a_dead_process_is_taken_over(tmp_path: Path, told: list[str]) -> None:
    code = """
        import os, signal, sys
        from pathlib import Path
        from index.lock import sole_builder
        with sole_builder(Path(sys.argv[1]), print):
            os.kill(os.getpid(), signal.SIGKILL)
    """
    assert _run(code, tmp_path / "lock").returncode == -signal.SIGKILL
    with lock.sole_builder(tmp_path / "lock", told, patience=0):
        assert told == []


def test_an_index_moves_with_its_folder(library: Library, tmp_path: Path) -> None:
    build_index(library, tmp_path / "here")
    shutil.move(tmp_path / "here", tmp_path / "there")
    assert build._opened(tmp_path / "there").search("批发企业奖励")[0].clause_id == "north~h1_2"


# --- the same everywhere ---

_BUILD_AND_SEARCH = """
    import json, sys
    from dataclasses import asdict
    from pathlib import Path
    from index import store
    from index.build import build_index, _opened
    source = store.read_manifest(Path(sys.argv[1]))
    index = build_index(store.read_library(Path(sys.argv[1]) / source.data, "sha256:1"), Path(sys.argv[2]))
    files = {name: record.sha256 for name, record in store.read_manifest(Path(sys.argv[2])).files.items()}
    print(json.dumps([files, [asdict(hit) for hit in index.search("零售企业奖励多少")]], sort_keys=True))
"""


def test_two_processes_build_the_same_files_and_find_the_same(
    index: build.Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        done = _run(_BUILD_AND_SEARCH, index.folder, tmp_path / seed)
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]


def test_a_lexical_search_imports_neither_torch_nor_faiss_and_a_dense_one_no_torch(index: build.Index) -> None:
    code = """
        import sys
        from pathlib import Path
        from index.build import _opened
        index = _opened(Path(sys.argv[1]))
        heavy = {"torch", "transformers", "sentence_transformers", "sklearn", "langchain_core", "gradio"}
        assert index.search("零售企业奖励", dense=False)
        assert not heavy.union({"faiss", "tokenizers"}) & set(sys.modules), heavy & set(sys.modules)
        assert index.search("零售企业奖励")[0].dense is not None
        assert not heavy & set(sys.modules), heavy & set(sys.modules)
    """
    done = _run(code, index.folder)
    assert done.returncode == 0, done.stderr
