import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from index.commands import index as command

Run = Callable[..., Result]


@dataclass(frozen=True)
class Shell:
    corpus: Path
    index: Path | None = None
    embedding: str = "embedded"
    embedding_key: str | None = None


@pytest.fixture
def run(corpus: Path) -> Run:
    def run(*args: str, **settings: object) -> Result:
        return CliRunner().invoke(command, args, obj=Shell(corpus, **settings))

    return run


def test_build_says_what_it_built_and_keeps_progress_from_the_data(run: Run, corpus: Path) -> None:
    result = run("build")
    assert result.exit_code == 0
    assert str(corpus / ".index") in result.stdout
    assert "条款单元" in result.stdout
    assert "正在建立索引" in result.stderr
    assert (corpus / ".index" / "manifest.json").exists()


def test_build_goes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    assert run("build", index=tmp_path / "there").exit_code == 0
    assert (tmp_path / "there" / "manifest.json").exists()


def test_status_of_a_fresh_index(run: Run, corpus: Path) -> None:
    run("build")
    result = run("status", "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (report["state"], report["reason"]) == ("current", "")
    assert report["folder"] == str(corpus / ".index")
    assert report["counts"]["documents"] == 1
    assert report["counts"]["clauses"] > 0
    assert report["embedding"]["name"] == "embedded"
    words = run("status").stdout
    assert "可用" in words
    assert report["corpus_version"] in words


def test_status_without_an_index_builds_none(run: Run, corpus: Path) -> None:
    result = run("status", "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["state"] == "missing"
    assert not (corpus / ".index").exists()
    assert "还没有索引" in run("status").stdout


def test_status_tells_why_an_index_is_stale(run: Run, corpus: Path) -> None:
    run("build")
    (corpus / "documents" / "new.txt").write_text("关于道路养护的意见\n一、养护道路。\n", encoding="utf-8")
    result = run("status")
    assert result.exit_code == 0
    assert "语料有变动" in result.stdout


def test_status_names_the_damaged_file(run: Run, corpus: Path) -> None:
    run("build")
    (path,) = (corpus / ".index").glob("data-*/clauses.jsonl")
    path.write_bytes(path.read_bytes()[:-1])
    result = run("status")
    assert result.exit_code == 1
    assert "clauses.jsonl" in result.stdout


def test_help_is_chinese(run: Run) -> None:
    assert "建立和查看索引" in run("--help").stdout
    assert "替换原有的索引" in run("build", "--help").stdout
