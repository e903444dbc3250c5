"""The run in the field names of RAGAS (``SingleTurnSample``), for those who score with its model-based metrics.

https://docs.ragas.io/en/stable/concepts/components/eval_sample/: ``user_input``, ``response``, ``retrieved_contexts``,
``retrieved_context_ids``, ``reference``, ``reference_contexts``, ``reference_context_ids``. A follow-up stands as the
question that it was rewritten to, so that every line is a sample of the same type.
"""

from __future__ import annotations

import json
from typing import Any

from corpus.library import Library
from evals.metrics import Score
from evals.run import Run
from evals.wording import without_marks


def render_ragas(run: Run) -> str:
    """One sample a line."""
    return "".join(json.dumps(_sample(each, run.library), ensure_ascii=False) + "\n" for each in run.scores)


def _sample(each: Score, library: Library) -> dict[str, Any]:
    answer, case = each.seen.answer, each.case
    considered = [one for one in (each.seen.trace or {}).get("clauses", ()) if one in library.clause]
    wanted = sorted(frozenset().union(*each.seen.named))
    return {
        "user_input": str(answer.get("standalone_question") or case.question),
        "response": without_marks(str(answer.get("answer", ""))),
        "retrieved_contexts": [library.clause[one].text for one in considered],
        "retrieved_context_ids": considered,
        "reference": "；".join(group[0] for group in case.expect.say),
        "reference_contexts": list(case.source),
        "reference_context_ids": wanted,
    }
