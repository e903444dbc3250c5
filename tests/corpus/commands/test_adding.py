"""``corpus init`` and ``corpus add`` through the whole command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assistant.__main__ import command_line
from assistant.console import run
from corpus.library import BUNDLED

TODAY = date(2026, 11, 22)
ROOT = Path(__file__).parents[2]
OPINION = (
    "甲州政发〔2026〕9号\n关于支持甲州市工业的意见\n一、首次上规入统的企业，给予一次性奖励7万元。\n"
    "二、技术改造的企业，给予贷款贴息。\n本意见自印发之日起施行,有效期2年。\n甲州市人民政府\n2026年1月2日\n"
)


@pytest.fixture
def cli(capfd, monkeypatch, tmp_path):
    """Runs a command line in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*words: str) -> tuple[int, str, str]:
        code = run(command_line(TODAY), words)
        return code, *capfd.readouterr()

    return call


@pytest.fixture
def started(cli, tmp_path) -> Path:
    """An empty corpus, and a file to add beside it."""
    assert cli("corpus", "init", "语料")[0] == 0
    (tmp_path / "意见.txt").write_text(OPINION, encoding="utf-8")
    return tmp_path / "语料"


def snapshot(folder: Path) -> dict[str, bytes | None]:
    return {str(path): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_init_starts_a_folder_and_says_what_to_do_next(cli, tmp_path) -> None:
    code, out, err = cli("corpus", "init", "上级/我的 语料")
    assert code == 0
    assert "已建立语料文件夹 上级/我的 语料" in out
    for step in ("corpus add", "index build", "serve"):
        assert f"policy-assistant {step}" in err
    assert err.count("--corpus '上级/我的 语料'") == 3
    assert cli("corpus", "check", "--corpus", "上级/我的 语料")[0] == 0
    before = snapshot(tmp_path)
    code, out, err = cli("corpus", "init", "上级/我的 语料")
    assert (code, err) == (0, "")
    assert "没有改动" in out
    assert snapshot(tmp_path) == before


def test_init_refuses_a_folder_with_something_else(cli, tmp_path) -> None:
    (tmp_path / "账目.xlsx").write_bytes(b"")
    code, out, err = cli("corpus", "init", ".")
    assert (code, out) == (1, "")
    assert "账目.xlsx" in err


def test_add_shows_what_was_understood(cli, started) -> None:
    code, out, _ = cli("corpus", "add", "意见.txt", "--corpus", "语料")
    assert code == 0
    for fact in (
        "《关于支持甲州市工业的意见》",
        "甲州政发〔2026〕9号",
        "甲州市人民政府",
        "2026-01-02",
        "甲州市",
        "规范性文件",
        "提纲式",
        "个条款单元",
        "有效，至 2028-01-02",
        "有效期2年",
        "编号 意见",
    ):
        assert fact in out
    assert "注意" not in out


def test_add_shows_repairs_with_an_example_and_what_was_left_out(cli, started) -> None:
    damaged = BUNDLED / "documents" / "ezhou-industry-opinions-2023.txt"
    code, out, _ = cli("corpus", "add", str(damaged), "--corpus", "语料", "--dry-run")
    assert code == 0
    assert "处：繁体转换残留，如 “" in out
    assert "略去 " in out
    assert "--title" in out


def test_what_was_added_is_listed_checked_and_answered_from(cli, started) -> None:
    assert cli("corpus", "add", "意见.txt", "--corpus", "语料", "--id", "opinion-9")[0] == 0
    assert "关于支持甲州市工业的意见" in cli("corpus", "list", "--corpus", "语料")[1]
    (document,) = json.loads(cli("corpus", "check", "--corpus", "语料", "--json")[1])["documents"]
    assert (document["file"], document["warnings"], document["unplaced"]) == ("意见.txt", [], [])
    code, out, _ = cli("ask", "甲州市首次上规入统的企业奖多少？", "--corpus", "语料", "--json")
    answer = json.loads(out)
    assert (code, answer["status"]) == (0, "answered")
    assert "7万元" in answer["answer"]
    assert answer["citations"][0]["document_number"] == "甲州政发〔2026〕9号"
    assert cli("lookup", "甲州政发〔2026〕9号 二、", "--corpus", "语料")[0] == 0


def test_json_holds_what_the_check_and_the_list_hold(cli, started) -> None:
    words = ("corpus", "add", "意见.txt", "--corpus", "语料", "--published-on", "2026年1月5日", "--json")
    planned = json.loads(cli(*words, "--dry-run")[1])
    code, out, _ = cli(*words)
    added = json.loads(out)
    assert code == 0
    assert (planned["added"], added["added"]) == (False, True)
    assert planned == added | {"added": False}
    assert added["entry"] == {"id": "意见", "file": "意见.txt", "published_on": "2026-01-05"}
    assert added["path"].endswith("documents/意见.txt")
    (checked,) = json.loads(cli("corpus", "check", "--corpus", "语料", "--json")[1])["documents"]
    for key in ("file", "characters", "articles", "clauses", "left_out", "repairs", "warnings"):
        assert added[key] == checked[key]
    (listed,) = json.loads(cli("corpus", "list", "--corpus", "语料", "--json")[1])
    assert listed.items() <= added["instruments"][0].items()
    assert checked["instruments"][0].items() <= added["instruments"][0].items()


def test_a_dry_run_changes_nothing_and_says_so(cli, started, tmp_path) -> None:
    before = snapshot(tmp_path)
    code, out, err = cli("corpus", "add", "意见.txt", "--corpus", "语料", "--dry-run")
    assert (code, err) == (0, "")
    assert "没有改动" in out
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("city", ["乙川", "乙川市", " 乙川 "])
def test_a_city_is_stored_in_full(cli, started, city: str) -> None:
    code, out, _ = cli("corpus", "add", "意见.txt", "--corpus", "语料", "--city", city)
    assert code == 0
    assert 'city = "乙川市"' in (started / "manifest.toml").read_text(encoding="utf-8")
    assert "已按所给的乙川市" in out
    assert json.loads(cli("corpus", "list", "--corpus", "语料", "--json")[1])[0]["city"] == "乙川市"


def test_duplicates_exit_1_and_name_what_is_there(cli, started, tmp_path) -> None:
    assert cli("corpus", "add", "意见.txt", "--corpus", "语料")[0] == 0
    before = snapshot(started)
    (tmp_path / "同文.txt").write_text(OPINION, encoding="utf-8")
    (tmp_path / "同号.txt").write_text(OPINION.replace("7万元", "8万元"), encoding="utf-8")
    for name, said in (("同文.txt", "已经在语料里了：编号 意见"), ("同号.txt", "编号 意见")):
        code, out, err = cli("corpus", "add", name, "--corpus", "语料")
        assert (code, out) == (1, "")
        assert said in err
    assert snapshot(started) == before
    code, out, _ = cli("corpus", "add", "同号.txt", "--corpus", "语料", "--force")
    assert code == 0
    assert "另一个文件也用这个文号" in out
    assert cli("corpus", "check", "--corpus", "语料")[0] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("意见.txt", "--city", "湖北省"), "不是市"),
        (("意见.txt", "--city", "abc"), "不像城市名"),
        (("意见.txt", "--city", " "), "不能是空的"),
        (("意见.txt", "--published-on", "2024-02-30"), "2024-03-15"),
        (("意见.txt", "--date", "去年"), "2024-03-15"),
        (("意见.txt", "--id", "a/b"), "不能含"),
        ((), "缺少参数 文件"),
        (("意见.txt", "意见.txt"), "多出的内容"),
    ],
)
def test_wrong_usage_exits_2(cli, started, words: tuple[str, ...], said: str) -> None:
    before = snapshot(started)
    code, out, err = cli("corpus", "add", *words, "--corpus", "语料")
    assert (code, out) == (2, "")
    assert said in err
    assert "用法见 policy-assistant corpus add --help" in err
    assert snapshot(started) == before


def test_failures_exit_1_with_a_sentence(cli, started) -> None:
    for file, corpus, said in (
        ("没有.txt", "语料", "找不到文件 没有.txt"),
        ("语料", "语料", "是一个文件夹"),
        ("意见.txt", "没有", "不是语料文件夹"),
        ("意见.txt", str(BUNDLED), "示例语料"),
    ):
        code, out, err = cli("corpus", "add", file, "--corpus", corpus)
        assert (code, out) == (1, "")
        assert said in err
        assert "程序内部出错" not in err


def test_without_a_corpus_of_ones_own_nothing_is_added(cli, started) -> None:
    before = {path.name for path in (BUNDLED / "documents").iterdir()}
    code, _, err = cli("corpus", "add", "意见.txt")
    assert code == 1
    assert "policy-assistant corpus init" in err
    assert {path.name for path in (BUNDLED / "documents").iterdir()} == before


def test_processes_that_add_at_once(started, tmp_path) -> None:
    running = []
    for i in range(3):
        file = tmp_path / f"意见{i}.txt"
        file.write_text(OPINION.replace("9号", f"{30 + i}号"), encoding="utf-8")
        words = [sys.executable, "-m", "assistant", "corpus", "add", str(file), "--corpus", str(started)]
        running.append(subprocess.Popen(words, cwd=ROOT, env=os.environ, stdout=subprocess.DEVNULL))
    assert [process.wait(60) for process in running] == [0, 0, 0]
    assert (started / "manifest.toml").read_text(encoding="utf-8").count('file = "意见') == 3
