import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result

from evals.cases import read_cases
from evals.commands import eval_group
from tests.evals.conftest import case_json

Confirm = Callable[..., Result]
BROKEN = b'{"id": broken\n'


def line(**fields: Any) -> bytes:
    # Two blanks behind the colon: written by hand, not by this program.
    return json.dumps(case_json(**fields), ensure_ascii=False).replace('"id": ', '"id":  ').encode()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "cases.jsonl"
    lines = [
        line(id="settled") + b"\n",
        line(id="good", draft=True, note="看过原文") + b"\r\n",
        b"\n",
        line(id="bad", draft=True, source="没有的话") + b"\n",
        BROKEN,
        line(id="bare", draft=True, kind="unsorted", source="", expect={"clauses": [], "say": []}) + b"\n",
        line(id="other", draft=True),
    ]
    file.write_bytes(b"".join(lines))
    return file


@pytest.fixture
def confirm(corpus: Path, tmp_path: Path) -> Confirm:
    (tmp_path / "none").mkdir()
    shell = SimpleNamespace(corpus=corpus)
    return lambda *args: CliRunner().invoke(
        eval_group, ["confirm", *map(str, args), "--cases", str(tmp_path / "none")], obj=shell
    )


def test_one_is_confirmed_and_the_others_stay_byte_for_byte(confirm: Confirm, file: Path) -> None:
    before = file.read_bytes().split(b"\n")
    result = confirm(file, "good")
    after = file.read_bytes().split(b"\n")
    assert result.exit_code == 0
    assert "确认了 1 条，还有 3 条草稿" in result.stderr
    assert [i for i, (a, b) in enumerate(zip(before, after, strict=True)) if a != b] == [1]
    assert after[1].endswith(b"\r")
    values = json.loads(after[1])
    assert "draft" not in values
    assert values | {"draft": True} == json.loads(before[1])
    assert list(file.parent.glob(".*")) == []


def test_what_does_not_hold_stays_a_draft_and_the_rest_is_confirmed(confirm: Confirm, file: Path) -> None:
    result = confirm(file, "--all")
    assert result.exit_code == 1
    assert "bad：source 不在文件里：没有的话" in result.stdout
    assert "bare：kind 还没有定" in result.stdout
    assert "bare：期望有答复，但 expect.clauses 没有写应当引用的条款。" in result.stdout
    assert "bare：期望有答复，但 expect.say 没有写必须说到的话。" in result.stdout
    assert "bare：期望有答复，但没有写 source。" in result.stdout
    assert "确认了 2 条，2 条有不对、没有确认，还有 2 条草稿" in result.stderr
    assert "第 5 行不是 JSON 对象" in result.stderr
    kept = file.read_bytes()
    assert BROKEN in kept
    file.write_bytes(kept.replace(BROKEN, b""))
    assert {case.id: case.draft for case in read_cases(file)} == {
        "settled": False,
        "good": False,
        "bad": True,
        "bare": True,
        "other": False,
    }


def test_nothing_confirmed_writes_nothing(confirm: Confirm, file: Path) -> None:
    before, when = file.read_bytes(), file.stat().st_mtime_ns
    result = confirm(file, "bad")
    assert result.exit_code == 1
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, when)


def test_names_that_are_no_draft_are_said(confirm: Confirm, file: Path) -> None:
    result = confirm(file, "settled", "nobody", "good")
    assert result.exit_code == 1
    assert "settled：已经确认过，不是草稿" in result.stdout
    assert "nobody：文件里没有这个编号" in result.stdout
    assert "确认了 1 条" in result.stderr


def test_a_draft_is_reworded_while_it_is_confirmed(confirm: Confirm, file: Path) -> None:
    result = confirm(file, "good", "--question", "开小店头一回上限，给几万？")
    assert result.exit_code == 0
    assert "提醒：good" not in result.stderr
    assert json.loads(file.read_bytes().split(b"\n")[1])["question"] == "开小店头一回上限，给几万？"


def test_copied_words_are_warned_of(confirm: Confirm, file: Path) -> None:
    result = confirm(file, "good", "--question", "北安对当年首次进限的零售企业，一次性奖励多少？")
    assert result.exit_code == 0
    assert "提醒：good 的问题有" in result.stderr


def test_a_clause_cannot_go_into_the_other_split(confirm: Confirm, file: Path) -> None:
    result = confirm(file, "good", "--split", "test")
    assert result.exit_code == 1
    assert "既在 test 又在 dev（settled）" in result.stdout
    assert json.loads(file.read_bytes().split(b"\n")[1])["draft"] is True


def test_wrong_usage(confirm: Confirm, file: Path) -> None:
    assert confirm(file).exit_code == 2
    assert confirm(file, "good", "--all").exit_code == 2
    assert confirm(file, "good", "other", "--question", "问什么？").exit_code == 2
