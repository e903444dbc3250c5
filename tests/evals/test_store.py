import json
from pathlib import Path

import pytest

from evals.asking import Asked
from evals.errors import RunError
from evals.seeding import Trial
from evals.store import PARTIAL, finish, progress_in, read_results, write_whole

ONE = Asked({"answer": "一"}, {"clauses": []}, None, None, (Trial("amount", True, False, "二"),))
TWO = Asked({"answer": "二"}, None, {"answer": "三"}, None, None)


def test_a_run_that_broke_off_is_gone_on_with(tmp_path: Path) -> None:
    def broken_off() -> None:
        with progress_in(tmp_path / "out", "f") as kept:
            kept.keep("a", ONE)
            kept.keep("b", TWO)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        broken_off()
    with progress_in(tmp_path / "out", "f") as kept:
        assert kept.answered == {"a": ONE, "b": TWO}


def test_with_other_settings_it_begins_anew(tmp_path: Path) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
    with progress_in(tmp_path, "other") as kept:
        assert kept.answered == {}
        kept.keep("b", TWO)
    with progress_in(tmp_path, "other") as kept:
        assert kept.answered == {"b": TWO}


def test_a_line_that_was_cut_short_is_asked_again(tmp_path: Path) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
    with (tmp_path / PARTIAL).open("a", encoding="utf-8") as file:
        file.write('{"digest": "b", "answ')
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {"a": ONE}
        kept.keep("b", TWO)
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {"a": ONE, "b": TWO}


def test_each_answer_is_on_disk_before_the_next(tmp_path: Path) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
        lines = (tmp_path / PARTIAL).read_text(encoding="utf-8").splitlines()
        assert [json.loads(line).get("digest") for line in lines] == [None, "a"]


def test_a_finished_run_is_not_taken_up(tmp_path: Path) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
    finish(tmp_path, {"results.jsonl": "{}\n"})
    assert [path.name for path in tmp_path.iterdir()] == ["results.jsonl"]
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {}


def test_without_a_folder_nothing_is_kept() -> None:
    with progress_in(None, "f") as kept:
        kept.keep("a", ONE)
        assert kept.answered == {"a": ONE}


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(RunError, match="结果写不到"), progress_in(tmp_path / "file", "f"):
        pass
    with pytest.raises(RunError, match="结果写不到"):
        finish(tmp_path / "file", {"summary.json": ""})


@pytest.mark.parametrize(
    "text",
    ["", "[1]\n", "{}\n", "not json\n", '{"id": 1, "scores": {}}\n', '{"id": 1, "scores": null, "answer": {}}\n'],
)
def test_what_is_no_result_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "results.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match="不是评测结果"):
        read_results(tmp_path)
    with pytest.raises(RunError, match="读不出来"):
        read_results(tmp_path / "elsewhere")


@pytest.mark.parametrize(
    "damage", ['{"digest": "b", "answer": "四'.encode()[:-2], b"\xff\xfe", b'{"digest": 1}\n{}\n', b"null\n"]
)
def test_whatever_cannot_be_read_is_asked_again(tmp_path: Path, damage: bytes) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
    with (tmp_path / PARTIAL).open("ab") as file:
        file.write(damage)
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {"a": ONE}
        kept.keep("b", TWO)
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {"a": ONE, "b": TWO}
    (tmp_path / PARTIAL).write_bytes(damage)
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {}


def test_what_failed_is_tried_again_by_the_next_run(tmp_path: Path) -> None:
    error = Asked({"answer": "", "status": "error"})
    in_vain = Asked({"answer": "", "status": "answered", "warnings": [{"kind": "model_fallback"}]})
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", error)
        kept.keep("b", in_vain)
        assert set(kept.answered) == {"a", "b"}
    with progress_in(tmp_path, "f") as kept:
        assert kept.answered == {}


def test_a_file_beside_a_run_leaves_it_alone(tmp_path: Path) -> None:
    with progress_in(tmp_path, "f") as kept:
        kept.keep("a", ONE)
    write_whole(tmp_path / "ragas.jsonl", "{}\n")
    assert {path.name for path in tmp_path.iterdir()} == {PARTIAL, "ragas.jsonl"}
