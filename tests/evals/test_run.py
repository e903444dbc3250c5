import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.answer import Request
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from evals.asking import ask_case
from evals.cases import Case
from evals.compare import compare, differing
from evals.errors import CaseError
from evals.provenance import ROOT, case_digest, fingerprint, provenance
from evals.run import DAY, Run, result_json, run_cases
from evals.store import Progress
from tests.evals.conftest import MakeCase, RunOf
from tests.model_server import ModelServer


def test_answers_are_scored_in_order(run: Run) -> None:
    assert [score.case.id for score in run.scores] == ["north-1", "day", "cold-store", "wrong", "elsewhere", "follow"]
    assert [score.correct for score in run.scores] == [True, True, True, False, True, True]


def test_a_case_may_have_a_day_of_its_own(run: Run) -> None:
    assert [score.seen.answer["as_of"] for score in run.scores[:2]] == [DAY.isoformat(), "2024-03-15"]


def test_the_day_of_a_run_decides(run_of: RunOf, cases: tuple[Case, ...]) -> None:
    early = run_of(cases[:2], day=date(2024, 1, 1))
    assert [score.values["validity"] for score in early.scores] == [False, True]


def test_a_follow_up_is_asked_with_and_without_its_history(run: Run) -> None:
    follow = run.scores[-1]
    assert follow.values["follow_up"] is True
    assert follow.values["follow_up_alone"] is False
    assert follow.seen.alone is not None
    assert follow.seen.alone["answer"] != follow.seen.answer["answer"]
    assert all(score.seen.alone is None for score in run.scores[:-1])


def test_every_answer_says_what_was_considered_and_is_put_to_the_verifier(run: Run) -> None:
    first = run.scores[0]
    assert first.seen.trace is not None
    assert first.seen.trace["clauses"][0] in first.seen.named[0]
    assert first.seen.trace["hits"][0]["terms"]
    assert first.values["recall@1"] == 1.0
    assert first.values["verifier_miss"] is not None
    assert run.by_trial()["missed"]["amount"].value == 0.0
    # What the wrong case expects stands in no clause: it has no role.
    assert (run.by_role()["award"].n, run.by_role()["award"].value) == (3, 1.0)


def test_a_case_that_breaks_the_assistant_is_a_result(
    run_of: RunOf, cases: tuple[Case, ...], assistant: Assistant
) -> None:
    class Broken(Assistant):
        def ask(self, request: Request) -> Any:
            raise ZeroDivisionError(request.question)

    broken = Broken(assistant.index)
    asked = ask_case(cases[0], broken, DAY, "extractive")
    assert asked.answer["status"] == "error"
    assert "ZeroDivisionError" in asked.answer["answer"]
    scores = run_of(cases, broken).scores
    assert not any(score.values["status"] for score in scores)


def test_drafts_wait_for_a_person(run_of: RunOf, make_case: MakeCase) -> None:
    done = run_of([make_case(), make_case(id="draft", draft=True)])
    assert [score.case.id for score in done.scores] == ["north-1"]
    assert done.as_json()["drafts_left_out"] == 1
    with pytest.raises(CaseError, match="全部用例都是还没有人确认的草稿"):
        run_of([make_case(draft=True)])


def test_what_was_answered_already_is_not_asked_again(
    run_of: RunOf, cases: tuple[Case, ...], assistant: Assistant
) -> None:
    class Counting(Assistant):
        asked = 0

        def ask(self, request: Request) -> Any:
            Counting.asked += 1
            return super().ask(request)

    counting = Counting(assistant.index)
    kept = Progress({})
    run_of(cases[:2], counting, progress=kept)
    assert Counting.asked == 2
    again = run_of(cases[:3], counting, progress=kept)
    assert Counting.asked == 3
    assert len(again.scores) == 3


def test_the_same_run_gives_the_same_figures(run: Run, run_of: RunOf, cases: tuple[Case, ...]) -> None:
    def without_times(values: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in values.items() if key not in ("latency_ms", "peak_mb")}

    assert without_times(run_of(cases).as_json()) == without_times(run.as_json())


def test_the_summary_has_every_metric_in_slices(run: Run) -> None:
    values = run.as_json()
    assert values["cases"] == 6
    assert values["as_of"] == "2026-11-22"
    assert values["corpus_version"] == run.library.version
    assert values["metrics"]["correct"]["value"] == pytest.approx(5 / 6, abs=1e-4)
    assert values["metrics"]["true_refusal"] == {"n": 1, "value": 1.0, "low": 0.0, "high": 1.0}
    assert values["by_kind"]["cap"]["correct"]["value"] == 0.5
    assert values["by_city"]["南平市"]["correct"]["n"] == 2
    assert values["by_document"]["南政发〔2022〕3号"]["correct"]["n"] == 2
    assert values["by_tag"]["lay"]["correct"]["n"] == 1
    assert set(values["latency_ms"]) == {"median", "p95", "max"}
    assert values["peak_mb"] > 50
    assert values["coverage_accuracy"]["n"] == 6
    assert json.loads(json.dumps(values, ensure_ascii=False)) == values


def test_provenance_tells_runs_apart(assistant: Assistant, cases: tuple[Case, ...]) -> None:
    about = provenance(assistant, cases, DAY, "extractive", {"EMBEDDING": "embedded"})
    assert about["index_digest"] == assistant.index.manifest.digest
    assert about["corpus_version"] == assistant.library.version
    assert len(about["code_digest"]) == len("sha256:") + 64
    assert fingerprint(about) == fingerprint(
        provenance(assistant, cases[:1], DAY, "extractive", {"EMBEDDING": "embedded"})
    )
    for changed in ({"mode": "llm"}, {"index_digest": "sha256:1"}, {"as_of": "2020-01-01"}, {"config": {}}):
        assert fingerprint(about | changed) != fingerprint(about)


def test_a_case_is_known_by_what_it_asks(make_case: MakeCase) -> None:
    case = make_case()
    assert case_digest(replace(case, kind="other", source=())) == case_digest(case)
    assert case_digest(replace(case, as_of=DAY)) != case_digest(case)
    assert case_digest(replace(case, city="北安")) != case_digest(case)


def test_better_and_worse_case_by_case(run: Run) -> None:
    lines = [json.loads(json.dumps(result_json(score))) for score in run.scores]
    same = compare(run.scores, lines)
    assert (same.both, same.better, same.worse, same.reworded) == (6, (), (), 0)
    lines[0]["scores"]["correct"] = False
    lines[3]["scores"]["correct"] = True
    lines[1]["digest"] = "sha256:other"
    found = compare(run.scores, [*lines[:5], {**lines[5], "id": "gone"}])
    assert [each.now.case.id for each in found.better] == ["north-1"]
    assert [each.now.case.id for each in found.worse] == ["wrong"]
    assert (found.both, found.reworded, found.new, found.gone) == (4, 1, 1, 1)
    assert found.metrics["correct"].value == 0.0
    assert found.metrics["correct"].low == pytest.approx(-0.75, abs=0.3)
    assert found.as_json()["worse_cases"] == ["wrong"]


def test_a_run_with_a_model_says_which_and_is_held_against_one_without(
    cases: tuple[Case, ...], assistant: Assistant, model_server: ModelServer
) -> None:
    """A model whose words hold, and then one that invents: the assistant falls back, and the run says so."""
    model_server.say("零售企业首次进限一次性奖励4万元 [1]。")
    model_server.say("零售企业首次进限一次性奖励9万元 [1]。")
    asked = Assistant(assistant.index, ChatModel(model_server.base_url, "some-model", None, 5))
    about = provenance(asked, cases[:2], DAY, "llm", {})
    done = run_cases(cases[:2], asked, about, mode="llm")
    assert (done.about["mode"], done.about["model"]) == ("llm", "some-model")
    first, second = (each.seen.answer for each in done.scores)
    assert first["mode"] == "llm"
    assert second["mode"] == "extractive"
    assert [warning["kind"] for warning in second["warnings"]][-1] == "model_fallback"
    assert all(each.correct for each in done.scores)
    assert [each.values["unsupported"] for each in done.scores] == [False, False]


def test_without_a_case_in_common_nothing_is_compared(run: Run) -> None:
    lines = [json.loads(json.dumps(result_json(score))) | {"id": f"other-{n}"} for n, score in enumerate(run.scores)]
    found = compare(run.scores, lines).as_json()
    assert (found["both"], found["better"], found["worse"]) == (0, None, None)


def test_settings_that_differ_are_named() -> None:
    then = {"as_of": "2024-01-01", "mode": "extractive", "embedding": "embedded"}
    now = {"as_of": "2026-11-22", "mode": "extractive", "embedding": "embedded", "corpus_version": "sha256:1"}
    assert differing(then, now) == {"日期": ("2024-01-01", "2026-11-22")}
    assert differing({}, now) == {}


def test_cases_about_another_corpus_are_counted(run_of: RunOf, make_case: MakeCase) -> None:
    done = run_of(
        [make_case(), make_case({"clauses": [{"document": "某市〔2020〕1号", "path": ["一、"]}]}, id="foreign")]
    )
    assert done.unknown == ("foreign",)
    assert done.as_json()["unknown_clauses"] == 1


def test_the_digest_of_the_code_is_that_of_the_sources_alone(assistant: Assistant) -> None:
    before = provenance(assistant, (), DAY, "extractive", {})["code_digest"]
    stray = ROOT / "index" / "built" / "stray.json"
    stray.parent.mkdir(exist_ok=True)
    stray.write_text("{}", encoding="utf-8")
    try:
        assert provenance(assistant, (), DAY, "extractive", {})["code_digest"] == before
    finally:
        stray.unlink()
