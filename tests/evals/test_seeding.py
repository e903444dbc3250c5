"""Errors put into real answers, and what the verification makes of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Answer, Request
from assistant.pipeline import Assistant
from evals import seeding
from evals.figures import unsupported
from evals.seeding import Trial, verifier_trials

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def answer(assistant: Assistant) -> Answer:
    return assistant.ask(Request("北安批发企业首次进限奖励多少？", DAY))


@pytest.fixture(scope="module")
def trials(answer: Answer, assistant: Assistant) -> dict[str, Trial]:
    return {trial.kind: trial for trial in verifier_trials(answer, assistant.library)}


def test_every_seeded_error_changes_the_answer_and_is_one(answer: Answer, trials: dict[str, Trial]) -> None:
    assert {"amount", "day", "document_number", "article", "phone", "citation"} <= set(trials)
    for kind in ("amount", "day"):
        assert trials[kind].error
        assert trials[kind].text != answer.text
        assert unsupported(replace(answer, text=trials[kind].text).as_json())


def test_the_same_values_in_another_spelling_are_no_errors(answer: Answer, trials: dict[str, Trial]) -> None:
    assert trials["as_is"].text == answer.text
    assert "80000元" in trials["yuan"].text
    assert "2025-08-28" in trials["iso_day"].text
    for kind in ("as_is", "yuan", "iso_day"):
        assert not trials[kind].error
        assert not unsupported(replace(answer, text=trials[kind].text).as_json())


def test_what_the_verification_says_is_what_is_counted(
    answer: Answer, assistant: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken on purpose: a verifier that lets all pass, and one that flags all."""
    monkeypatch.setattr(seeding, "verify", lambda *_: ())
    assert not any(trial.flagged for trial in verifier_trials(answer, assistant.library))
    monkeypatch.setattr(seeding, "verify", lambda *_: ("wrong",))
    assert all(trial.flagged for trial in verifier_trials(answer, assistant.library))


def test_an_invented_amount_is_found(trials: dict[str, Trial]) -> None:
    assert trials["amount"].flagged
    assert trials["phone"].flagged
    assert not trials["as_is"].flagged


def test_the_figure_of_a_neighbour_stands_in_the_same_clause(assistant: Assistant) -> None:
    answer = assistant.ask(Request("南平新建冷库按投资额的多少补助？", DAY))
    (found,) = [t for t in verifier_trials(answer, assistant.library) if t.kind == "neighbour"] or [None]
    # One amount and one rate in the clause: no neighbour of the same kind, so no such error.
    assert found is None
    clause = replace(answer.citations[0], text="零售企业奖励4万元,批发企业奖励8万元。")
    two = replace(answer, text="4万元:零售企业奖励4万元 [1]。", citations=(clause,))
    kinds = {t.kind: t for t in verifier_trials(two, assistant.library)}
    assert kinds["neighbour"].text == "8万元:零售企业奖励4万元 [1]。"


def test_a_refusal_states_nothing_to_be_altered(assistant: Assistant) -> None:
    refused = assistant.ask(Request("武汉零售企业进限奖多少？", DAY))
    assert verifier_trials(refused, assistant.library) == ()


@pytest.mark.parametrize(
    ("rate", "words"), [("50%", "百分之五十"), ("15%", "百分之十五"), ("8%", "百分之八"), ("1.5%", "1.5%")]
)
def test_percents_in_words(answer: Answer, assistant: Assistant, rate: str, words: str) -> None:
    altered = replace(answer, text=f"按{rate}给予补助 [1]。")
    kinds: dict[str, Any] = {t.kind: t.text for t in verifier_trials(altered, assistant.library)}
    assert kinds.get("percent", f"按{rate}给予补助 [1]。") == f"按{words}给予补助 [1]。"
