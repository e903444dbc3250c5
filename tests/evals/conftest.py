"""A tiny corpus of two towns, the assistant over it, and answer objects as the contract writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import pytest

from assistant.pipeline import Assistant
from corpus.library import Library, read_library
from evals.asking import Asked
from evals.cases import Case, parse_case
from evals.metrics import Score, score
from evals.metrics.observation import observe
from evals.provenance import provenance
from evals.run import DAY, Run, run_cases
from evals.seeding import Trial
from evals.store import Progress
from index.build import open_index

NORTH = """北安市人民政府办公室关于印发北安市促进商贸业发展若干措施的通知
北政办发〔2023〕25号
各乡、镇人民政府,市政府各部门:
现将《北安市促进商贸业发展若干措施》印发给你们,请认真贯彻执行。
北安市人民政府办公室
2023年8月28日
北安市促进商贸业发展若干措施
一、鼓励进限纳统。对当年首次进限的零售企业,一次性奖励4万元。
二、鼓励做大做强。对首次进限的批发企业,一次性奖励8万元。
三、支持品牌建设。获得中国驰名商标的企业,奖励60万元。
四、本措施自印发之日起施行,有效期2年,由市商务局负责解释。
"""
SOUTH = """南平市人民政府关于推动商贸业发展的意见
南政发〔2022〕3号
各县、区人民政府,市政府各部门:
一、鼓励进限纳统。对首次进限的住宿企业,一次性奖励2万元。
二、支持品牌建设。获得中国驰名商标的企业,奖励50万元。
三、完善仓储物流。对新建冷库,按投资额的10%给予补助,最高不超过100万元。
南平市人民政府
2022年5月6日
"""


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "documents").mkdir()
    (folder / "documents" / "north.txt").write_text(NORTH, encoding="utf-8")
    (folder / "documents" / "south.txt").write_text(SOUTH, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def library(corpus: Path) -> Library:
    return read_library(corpus)


@pytest.fixture(scope="session")
def assistant(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return Assistant(open_index(corpus, tmp_path_factory.mktemp("index") / "built", "embedded", lambda _: None))


MakeCase = Callable[..., Case]


@pytest.fixture(scope="session")
def make_case() -> MakeCase:
    """A case about the first clause of the north; keyword arguments take the place of its fields."""

    def make(expect: Mapping[str, Any] | None = None, place: str = "cases.jsonl:1", **fields: Any) -> Case:
        values = case_json(expect, **fields)
        return parse_case(json.dumps(values, ensure_ascii=False), place)

    return make


class Scored(Protocol):
    def __call__(
        self,
        expect: Mapping[str, Any] | None = None,
        case: Mapping[str, Any] | None = None,
        *,
        alone: Mapping[str, Any] | None = None,
        trace: Mapping[str, Any] | None = None,
        trials: tuple[Trial, ...] | None = None,
        **answer: Any,
    ) -> Score: ...


@pytest.fixture(scope="session")
def scored(make_case: MakeCase, library: Library) -> Scored:
    """The score of a hand-made answer to a case; keyword arguments take the place of the answer's fields."""

    def scored(
        expect: Mapping[str, Any] | None = None,
        case: Mapping[str, Any] | None = None,
        *,
        alone: Mapping[str, Any] | None = None,
        trace: Mapping[str, Any] | None = None,
        trials: tuple[Trial, ...] | None = None,
        **answer: Any,
    ) -> Score:
        asked = Asked(answer_json(**answer), trace, alone, None, trials)
        return score(observe(make_case(expect, **(case or {})), asked, library))

    return scored


def case_json(expect: Mapping[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    expected: dict[str, Any] = {
        "status": ["answered"],
        "clauses": [{"document": "北政办发〔2023〕25号", "path": ["一、"]}],
        "say": [["4万元"]],
    }
    return {
        "id": "north-1",
        "question": "北安开小超市的刚进限，能拿多少？",
        "kind": "amount",
        "expect": expected | dict(expect or {}),
        "source": "对当年首次进限的零售企业,一次性奖励4万元",
        "split": "dev",
        **fields,
    }


def citation_json(**fields: Any) -> dict[str, Any]:
    text = "一、鼓励进限纳统。对当年首次进限的零售企业,一次性奖励4万元。"
    return {
        "mark": 1,
        "role": "answers",
        "clause_id": "a~h1_1",
        "city": "北安市",
        "document_number": "北政办发〔2023〕25号",
        "title": "北安市促进商贸业发展若干措施",
        "kind": "normative",
        "path": ["一、"],
        "label": "一、",
        "text": text,
        "quote": text,
        "offices": [{"name": "市商务局", "role": "interprets", "clause_id": "a~h1_4"}],
        "validity": {
            "status": "expired",
            "effective_on": "2023-08-28",
            "expires_on": "2025-08-28",
            "basis": "本措施自印发之日起施行,有效期2年",
            "basis_clause_id": "a~h1_4",
            "others": [],
        },
        **fields,
    }


def answer_json(**fields: Any) -> dict[str, Any]:
    return {
        "id": "north-1",
        "question": "北安开小超市的刚进限，能拿多少？",
        "standalone_question": "北安开小超市的刚进限，能拿多少？",
        "as_of": "2026-11-22",
        "mode": "extractive",
        "status": "answered",
        "answer": "一次性奖励4万元 [1]。该措施有效期至2025年8月28日，现已过期 [1]。",
        "citations": [citation_json()],
        "derivations": [],
        "warnings": [],
        "corpus_version": "sha256:0",
        "version": "0.1.0",
        "elapsed_ms": 5.0,
        **fields,
    }


@pytest.fixture(scope="session")
def cases(make_case: MakeCase) -> tuple[Case, ...]:
    """Six cases, of which the fourth expects something that is not so."""
    expired = {"validity": {"status": "expired", "expires_on": "2025-08-28"}}
    south = {"document": "南政发〔2022〕3号", "path": ["三、"]}
    return (
        make_case(expired, question="北安零售企业首次进限奖励多少？", tags=["lay"]),
        make_case(
            {"validity": {"status": "in_force"}}, id="day", question="北安零售企业进限奖多少？", as_of="2024-03-15"
        ),
        make_case(
            {"clauses": [south], "say": [["100万元"]]},
            id="cold-store",
            question="南平新建冷库最高补助多少？",
            kind="cap",
            source="最高不超过100万元",
        ),
        make_case({"say": [["400万元"]]}, id="wrong", question="北安零售企业首次进限，一次性奖励<多少>？", kind="cap"),
        make_case(
            {"status": ["not_found"], "clauses": [], "say": []},
            id="elsewhere",
            question="武汉零售企业进限奖多少？",
            kind="near_miss",
            source="",
        ),
        make_case(
            {"clauses": [{"document": "南政发〔2022〕3号", "path": ["二、"]}], "say": [["50万元"]]},
            id="follow",
            question="南平呢？",
            history=[{"role": "user", "content": "北安获得中国驰名商标的企业奖励多少？"}],
            kind="follow_up",
            source="获得中国驰名商标的企业,奖励50万元",
        ),
    )


class RunOf(Protocol):
    def __call__(
        self,
        cases: Sequence[Case],
        asked: Assistant | None = None,
        *,
        day: date = DAY,
        progress: Progress | None = None,
    ) -> Run: ...


@pytest.fixture(scope="session")
def run_of(assistant: Assistant) -> RunOf:
    """A run of some cases, by default of the tiny corpus' assistant."""

    def run_of(
        cases: Sequence[Case],
        asked: Assistant | None = None,
        *,
        day: date = DAY,
        progress: Progress | None = None,
    ) -> Run:
        whom = asked or assistant
        return run_cases(cases, whom, provenance(whom, cases, day, "extractive", {}), day, progress=progress)

    return run_of


@pytest.fixture(scope="session")
def run(cases: tuple[Case, ...], run_of: RunOf) -> Run:
    return run_of(cases)
