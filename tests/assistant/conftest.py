"""The assistant itself, and a stand-in whose words the tests decide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer, Citation, CitationRole, Request, Status
from assistant.pipeline import Assistant, Lookup
from corpus.errors import CorpusError
from corpus.model import Kind, Office, OfficeRole, Validity
from index.search import Index


@pytest.fixture(scope="session")
def assistant(bundled: Index) -> Assistant:
    """The assistant over the bundled corpus, without a language model."""
    return Assistant(bundled)


def citation(**changes: Any) -> Citation:
    """A citation with everything that one can have."""
    told: dict[str, Any] = {
        "mark": 1,
        "role": CitationRole.ANSWERS,
        "clause_id": "甲政发-2023-5~h1_1",
        "instrument_id": "甲政发-2023-5",
        "city": "甲市",
        "document_number": "甲政发〔2023〕5号",
        "title": "支持商贸企业的若干意见",
        "kind": Kind.NORMATIVE,
        "path": ("一、",),
        "label": "一、",
        "text": "一、零售企业一次性奖励4万元。",
        "quote": "一次性奖励4万元",
        "validity": Validity(date(2023, 8, 28), date(2025, 8, 28), stated=True, basis="有效期2年", basis_clause_id="x"),
        "offices": (Office("市商务局", OfficeRole.INTERPRETS, "甲政发-2023-5~tail_1"),),
    }
    return Citation(**{**told, **changes})


@dataclass
class ScriptedAssistant:
    """Answers every question in the same way and remembers what it was asked.

    A question that is the name of a status is answered with that status; ``boom`` breaks.
    """

    asked: list[Request] = field(default_factory=list)
    looked_up: list[tuple[str, date, str | None]] = field(default_factory=list)

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.question == "boom":
            raise ZeroDivisionError("nobody foresaw this")
        if request.question == "policy error":
            raise CorpusError("语料读不出来。")
        known = request.question in list(Status)
        return Answer(
            question=request.question,
            standalone_question=request.question,
            as_of=request.as_of,
            mode=request.mode or "extractive",
            status=Status(request.question) if known else Status.ANSWERED,
            text=f"答：{request.question} [1]",
            citations=(citation(),),
            id=request.id,
        )

    def lookup(self, query: str, as_of: date, city: str | None = None, _limit: int = 10) -> Lookup:
        self.looked_up.append((query, as_of, city))
        matches = () if query == "没有" else (citation(),)
        return Lookup(query, as_of, matches, len(matches))


@pytest.fixture
def make_citation() -> Callable[..., Citation]:
    """Makes a citation; what it is told differs from the usual one."""
    return citation


@pytest.fixture
def scripted() -> ScriptedAssistant:
    """An assistant that says what the test needs."""
    return ScriptedAssistant()
