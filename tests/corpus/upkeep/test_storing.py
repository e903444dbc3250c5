"""Files written whole or not at all, by one process at a time."""

import threading

import pytest

from corpus.errors import CorpusError
from corpus.upkeep.storing import LOCK, PENDING, sole_writer, write_whole


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path) -> None:
    target = tmp_path / "甲"
    target.write_bytes(b"old")
    target.chmod(0o640)
    write_whole(target, b"new")
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"new", 0o640)
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.replace"])
def test_what_fails_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch, step) -> None:
    target = tmp_path / "甲"
    target.write_bytes(b"old")

    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(step, fails)
        with pytest.raises(OSError, match="No space"):
            write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["甲"]


def test_the_draft_of_a_process_that_was_killed_is_no_hindrance(tmp_path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"untouched")
    (tmp_path / PENDING).symlink_to(outside)
    write_whole(tmp_path / "甲", b"new")
    assert (tmp_path / "甲").read_bytes() == b"new"
    assert outside.read_bytes() == b"untouched"


def test_the_lock_is_waited_for_and_leaves_nothing_behind(tmp_path) -> None:
    said: list[str] = []
    waiting, entered = threading.Event(), threading.Event()

    def tell(line: str) -> None:
        said.append(line)
        waiting.set()

    def second() -> None:
        with sole_writer(tmp_path, tell):
            entered.set()

    with sole_writer(tmp_path, said.append):
        thread = threading.Thread(target=second)
        thread.start()
        assert waiting.wait(10)
        assert not entered.is_set()
    thread.join(10)
    assert entered.is_set()
    assert len(said) == 1
    assert "另一个进程" in said[0]
    assert list(tmp_path.iterdir()) == []


def test_patience_ends_with_a_sentence(tmp_path) -> None:
    with (
        sole_writer(tmp_path, lambda _: None),
        pytest.raises(CorpusError, match="请等它完成"),
        sole_writer(tmp_path, lambda _: None, patience=0),
    ):
        pass


def test_a_lock_file_left_behind_is_free(tmp_path) -> None:
    (tmp_path / LOCK).write_bytes(b"")
    with sole_writer(tmp_path, lambda _: None, patience=0):
        assert [path.name for path in tmp_path.iterdir()] == [LOCK]
