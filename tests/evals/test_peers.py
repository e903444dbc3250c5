import dataclasses
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from langchain_core.documents import Document as Chunk

from assistant.answer import Request
from corpus.library import Library
from evals.benchmarks.peers import __main__ as command
from evals.benchmarks.peers import compare, installed, langchain, own, table
from evals.benchmarks.peers.compare import Row, asked_of
from evals.benchmarks.peers.installed import NotInstalledError
from evals.benchmarks.peers.measures import CHARACTERS, judge, summarise
from evals.benchmarks.peers.stack import DEPTH, Corpus, Passage, Peer, Plain, documents_of
from evals.errors import BenchmarkError
from evals.run import DAY
from tests.evals.conftest import MakeCase, case_json

HERE = frozenset({"north"})


@pytest.fixture
def material(corpus: Path, library: Library, tmp_path: Path) -> Corpus:
    return Corpus(corpus, tmp_path, documents_of(library), "embedded")


def passages(*texts: str, document: str = "north") -> list[Passage]:
    return [Passage(document, text) for text in texts]


def stub(name: str) -> Peer:
    """A peer that always returns the same."""
    return Peer(name, "每条", (), lambda _: Plain(lambda _: passages("无关", document="south")))


def test_all_quotes_must_stand_in_the_passages_each_inside_one() -> None:
    shown = passages("无关。", "一次性奖励 ４万元，\n有效期2年。", "最高100万元。")
    assert judge(shown, ["奖励4万元,有效期2年"], HERE, 0).rank == 2
    assert judge(shown, ["4万元", "最高100万元"], HERE, 0).rank == 3
    assert judge(shown, ["最高100万元", "没有这句"], HERE, 0).rank is None
    assert judge(shown, ["最高100万元", "没有这句"], HERE, 0).first == 3
    split = judge(passages("一次性奖励", "4万元。"), ["奖励4万元"], HERE, 0)
    assert (split.rank, split.first, split.within_budget) == (None, None, False)
    assert judge(passages(*["无关"] * DEPTH, "4万元"), ["4万元"], HERE, 0).rank is None


def test_the_first_passage_tells_the_document() -> None:
    elsewhere = [*passages("4万元", document="south"), *passages("4万元")]
    assert judge(elsewhere, ["4万元"], HERE, 0).wrong_document
    assert not judge(elsewhere[::-1], ["4万元"], HERE, 0).wrong_document
    assert not judge([], ["4万元"], HERE, 0).wrong_document


def test_a_budget_of_characters_cuts_the_passage_that_spends_it() -> None:
    filler = "甲" * (CHARACTERS - 3)
    assert judge(passages(filler, "4万元,再说"), ["4万元"], HERE, 0).within_budget
    assert not judge(passages(filler + "乙", "4万元,再说"), ["4万元"], HERE, 0).within_budget
    assert judge(passages("甲" * 9, "乙" * 9), ["乙"], HERE, 0).characters == 18


def test_outcomes_become_shares() -> None:
    hit = judge(passages("4万元"), ["4万元"], HERE, 1.0)
    late = judge(passages(*["无关"] * 5, "4万元"), ["4万元"], HERE, 3.0)
    none = judge(passages("无关", document="south"), ["4万元"], HERE, 2.0)
    found = summarise([hit, late, none, none])
    assert found.evidence == {1: 0.25, 5: 0.25, 10: 0.5}
    assert (found.wrong_document, found.within_budget, found.milliseconds) == (0.5, 0.5, 2.0)
    assert found.mrr == pytest.approx((1 + 1 / 6) / 4)
    low, high = found.interval
    assert low == 0
    assert 0.25 <= high < 1


def test_documents_carry_their_titles_and_cities(library: Library) -> None:
    north, south = documents_of(library)
    assert "首次进限的零售企业" in north.text
    assert north.metadata == {"source": north.id, "title": "北安市促进商贸业发展若干措施", "city": "北安市"}
    assert south.city == "南平市"


def test_what_is_asked(library: Library, make_case: MakeCase) -> None:
    refused = {"status": ["not_found"], "clauses": [], "say": []}
    cases = [
        make_case(),
        make_case(draft=True),
        make_case(history=[{"role": "user", "content": "北安有什么奖励？"}]),
        make_case(refused, source=""),
    ]
    asked = asked_of(cases, library)
    assert [question.case for question in asked.answerable] == cases[:1]
    assert asked.answerable[0].documents == {documents_of(library)[0].id}
    assert (asked.unanswerable, asked.follow_ups) == ((cases[3],), 1)
    with pytest.raises(BenchmarkError):
        asked_of(cases[1:], library)


@pytest.mark.parametrize("peer", own.PEERS, ids=lambda peer: peer.name)
def test_this_project_finds_its_clauses(peer: Peer, material: Corpus, library: Library, make_case: MakeCase) -> None:
    asked = asked_of([make_case()], library)
    (row,) = compare.compare([peer], asked, material, pytest.fail)
    assert row.summary.evidence[1] == 1.0
    assert row.summary.wrong_document == 0.0
    assert row.shown is None
    assert row.build_seconds > 0


def test_only_the_assistant_refuses(material: Corpus) -> None:
    answers, retrieval, search = (peer.build(material) for peer in own.PEERS)
    request = Request("北京的企业买机器人补贴多少？", DAY)
    assert not answers.answers(request)
    assert not answers.retrieve(request)
    assert not retrieval.answers(request)
    assert search.answers(request)


def test_langchain_finds_the_nearest_chunk(material: Corpus) -> None:
    chunks = [
        Chunk(page_content=line, metadata=document.metadata)
        for document in material.documents
        for line in document.text.splitlines()
    ]
    found = langchain.retriever_of(langchain.nearest(chunks, material)).retrieve(Request("新建冷库补助多少？", DAY))
    assert "冷库" in found[0].text
    assert found[0].document == material.documents[1].id
    assert len(found) == DEPTH


def test_a_city_beside_the_question_stands_before_it() -> None:
    asked: list[str] = []

    def find(words: str) -> Sequence[Passage]:
        asked.append(words)
        return passages(*["甲"] * 20)

    assert len(Plain(find).retrieve(Request("奖多少？", DAY, city="南平市"))) == DEPTH
    Plain(find).retrieve(Request("奖多少？", DAY))
    assert asked == ["南平市 奖多少？", "奖多少？"]


def test_the_line_of_a_peer(material: Corpus, library: Library, make_case: MakeCase) -> None:
    asked = asked_of([make_case()], library)
    (row,) = compare.compare([stub("甲")], asked, material, pytest.fail)
    line = table.line(dataclasses.replace(row, build_seconds=0.25), 12.4)
    assert line.startswith("| 甲 | 每条 | 0.000 | 0.000 [0.000, 1.000] | 0.000 |")
    assert line.endswith("| 0.25 | 12 |")
    assert [part.count("|") for part in table.HEAD.splitlines()] == [line.count("|")] * 2
    assert isinstance(row, Row)


def test_a_peer_that_is_not_there_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def build(corpus: Corpus) -> Plain:
        raise NotInstalledError(f"导入 {installed.load('no_such_stack')} 失败")

    missing = Peer("甲", "每条", ("no-such-stack",), build)
    monkeypatch.setattr(compare, "PEERS", (missing, stub("乙")))
    monkeypatch.setattr(sys, "path", list(sys.path))
    case = case_json({"clauses": [{"document": "天政办发〔2023〕26号", "path": ["第九条"]}]})
    (tmp_path / "cases.jsonl").write_text(json.dumps(case, ensure_ascii=False), encoding="utf-8")
    assert command.main(["--cases", str(tmp_path), "--installed", str(tmp_path)]) == 0
    shown = capsys.readouterr()
    assert "甲（每条）没有列入：导入 no_such_stack 失败" in shown.err
    assert "make peers" in shown.err
    assert "| 甲 |" not in shown.out
    assert "| 乙 | 每条 |" in shown.out
    assert "1 questions with an answer" in shown.out


def test_cases_that_cannot_be_read_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["--cases", str(tmp_path), "--installed", str(tmp_path)]) == 1
    assert "没有 .jsonl 文件" in capsys.readouterr().err


def test_the_size_of_packages_counts_what_they_need_there(tmp_path: Path) -> None:
    def package(name: str, size: int, *needs: str) -> None:
        folder = tmp_path / f"{name}-1.0.dist-info"
        folder.mkdir()
        lines = [f"Name: {name}", "Version: 1.0", *(f"Requires-Dist: {need}" for need in needs)]
        (folder / "METADATA").write_text("\n".join(["Metadata-Version: 2.1", *lines]), encoding="utf-8")
        (folder / "RECORD").write_text(f"{name}/__init__.py,,{size}\n", encoding="utf-8")
        # Newer versions of importlib.metadata leave out files that are not there.
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()

    package("stack", 1_000_000, "Needed_One>=1", "torch", 'extra-one; extra == "all"')
    package("needed-one", 500_000, "stack")
    package("extra-one", 9_000_000)
    assert installed.megabytes(["stack"], tmp_path) == pytest.approx(1.5)
    assert installed.megabytes(["elsewhere"], tmp_path) == 0


def test_every_package_of_a_peer_is_in_the_lock_of_the_peers() -> None:
    lock = Path(compare.__file__).parent.with_suffix(".lock").read_text(encoding="utf-8")
    names = {line.split("==")[0] for line in lock.splitlines() if "==" in line}
    assert {package for peer in compare.PEERS for package in peer.packages} <= names
    assert not names & {"torch", "numpy", "transformers"}
