"""One case asked of the assistant: the answer object, how it came about, and what else is tried with it.

Case → Asked            ask_case
Asked ⇄ JSON            what a run keeps, so that it can be scored again or taken up again
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Mode, Request, Status, Trace, WarningKind
from assistant.console import internal_error
from corpus.errors import PolicyError
from evals.cases import Case
from evals.seeding import Trial, verifier_trials

if TYPE_CHECKING:
    from assistant.pipeline import Assistant


@dataclass(frozen=True, slots=True)
class Asked:
    """What came back: the answer object of the contract, its trace, and for a follow-up both without the history.

    ``trials`` are those of the verifier; None where the answer broke off.
    """

    answer: Mapping[str, Any]
    trace: Mapping[str, Any] | None = None
    alone: Mapping[str, Any] | None = None
    alone_trace: Mapping[str, Any] | None = None
    trials: tuple[Trial, ...] | None = None

    @property
    def fell_back(self) -> bool:
        """Whether a language model was asked and its words were not used."""
        return any(warning.get("kind") == WarningKind.MODEL_FALLBACK for warning in self.answer.get("warnings", ()))

    @property
    def failed(self) -> bool:
        """Whether asking again may bring something else."""
        return self.fell_back or self.answer.get("status") == Status.ERROR

    def as_json(self) -> dict[str, Any]:
        """The fields of a line of ``results.jsonl`` that are not the case's or the scores'."""
        return {
            "answer": self.answer,
            "trace": self.trace,
            "alone": self.alone,
            "alone_trace": self.alone_trace,
            "trials": None if self.trials is None else [trial.as_json() for trial in self.trials],
        }

    @staticmethod
    def from_json(values: Mapping[str, Any]) -> Asked:
        """What :meth:`as_json` gave."""
        trials = values["trials"]
        return Asked(
            values["answer"],
            values["trace"],
            values["alone"],
            values["alone_trace"],
            None if trials is None else tuple(Trial(**trial) for trial in trials),
        )


def ask_case(case: Case, assistant: Assistant, day: date, mode: Mode) -> Asked:
    """Ask one case; a case that breaks the assistant gets status ``error`` and costs no other."""
    request = replace(case.request(day), mode=mode)
    answer = _answer(request, assistant)
    alone = _answer(replace(request, history=()), assistant) if case.history else None
    return Asked(
        answer.as_json(),
        _trace_json(answer.trace),
        alone.as_json() if alone else None,
        _trace_json(alone.trace) if alone else None,
        verifier_trials(answer, assistant.library) if answer.status is not Status.ERROR else None,
    )


def _answer(request: Request, assistant: Assistant) -> Answer:
    try:
        return assistant.ask(request)
    except PolicyError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - what breaks is a result like any other, and must not end the run
        said = internal_error(error)
    mode = request.mode or "extractive"
    return Answer(request.question, "", request.as_of, mode, Status.ERROR, said, id=request.id)


def _trace_json(trace: Trace | None) -> dict[str, Any] | None:
    if trace is None:
        return None
    return {
        "query": trace.query,
        "cities": list(trace.cities),
        "confidence": round(trace.confidence, 4),
        "clauses": list(trace.clauses),
        "hits": [
            {
                "clause_id": hit.clause_id,
                "score": round(hit.score, 4),
                "lexical": round(hit.lexical, 4),
                "dense": None if hit.dense is None else round(hit.dense, 4),
                "terms": [[term, round(weight, 3)] for term, weight in hit.terms],
            }
            for hit in trace.hits
        ],
    }
