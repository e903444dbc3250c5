import json
import shutil
from pathlib import Path

import pytest

from evals.benchmarks import structure

FIXTURES = Path(__file__).parent.parent / "corpus" / "fixtures" / "documents"
ARTICLES = {"退役士兵安置条例.md": 53, "民法典人格权编.md": 51, "合同法解释一.md": 30, "仲裁收费办法.md": 15}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder as the benchmark wants it, of the statutes that the corpus tests read."""
    shutil.copytree(FIXTURES, tmp_path / "documents")
    write(tmp_path, ARTICLES)
    return tmp_path


def write(folder: Path, articles: dict[str, int]) -> None:
    lines = ["file\tarticles", *(f"{file}\t{count}" for file, count in articles.items())]
    (folder / "articles.tsv").write_text("\n".join(lines), encoding="utf-8")


def test_statutes_are_counted_and_come_back_without_their_breaks(folder: Path) -> None:
    found = structure.measure(folder)
    assert (found.files, found.articles, found.wrong, found.lost) == (4, 149, (), 0)
    assert found.same_joined > 0.99
    assert found.same_spaced > 0.99
    assert found.megabytes == pytest.approx(sum(path.stat().st_size for path in FIXTURES.iterdir()) / 1e6)
    assert found.speed > 0


def test_documents_without_a_list_are_measured_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "甲.txt").write_text("某措施\n一、甲。\n二、乙。", encoding="utf-8")
    assert structure.main([str(tmp_path)]) == 0
    shown = capsys.readouterr().out
    assert "| files with a wrong count | — |" in shown
    assert "| characters lost | 0 |" in shown


def test_a_file_with_another_count_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(folder, {**ARTICLES, "仲裁收费办法.md": 16})
    assert structure.main([str(folder)]) == 0
    shown = capsys.readouterr()
    assert "| files with a wrong count | 1 |" in shown.out
    assert "仲裁收费办法.md" in shown.err


def test_the_measurements_as_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert structure.main([str(folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 149


@pytest.mark.parametrize("text", [None, "甲\t乙\n丙\t丁", "file\tarticles\n甲\t许多"])
def test_what_is_no_such_folder_is_said_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str | None
) -> None:
    if text is not None:
        (tmp_path / "articles.tsv").write_text(text, encoding="utf-8")
    assert structure.main([str(tmp_path)]) == 1
    assert "articles.tsv" in capsys.readouterr().err
