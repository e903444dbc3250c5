"""How far the confidence of an answer can be believed, and the weights that it is made of, fitted anew.

    python -m evals.benchmarks.calibration [CASES …]

Every development case is asked with the refusal for want of evidence switched off; what counts is whether the clause
that the answer rests on is one of those expected (a case that wants a refusal has none). Prints, as Markdown, the
weights of a logistic regression over :class:`assistant.retrieve.Signs`, to be copied there by hand; and, from
probabilities that were fitted on the other fifths of the clauses, how often an answer was right and what refusing below
a threshold costs and saves.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.answer import Status
from assistant.pipeline import Assistant
from assistant.retrieve import Evidence, Signs
from corpus.errors import PolicyError
from corpus.library import BUNDLED
from corpus.model import Clause
from evals.asking import Asked
from evals.cases import Case, read_cases
from evals.metrics.answers import first_citation
from evals.metrics.observation import observe
from evals.run import DAY
from index.build import open_index

CASES = BUNDLED.parent / "evals" / "cases"
FOLDS = 5
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
_BINS = (0.0, 0.3, 0.5, 0.7, 0.9, 1.0)
#: No limit to how sure of its weights a fit of four signs on hundreds of cases is.
_UNBOUND = 1e3


@dataclass(frozen=True, slots=True)
class Trial:
    """What spoke for the first clause of an answer, whether it was the right one, and which was wanted."""

    signs: Signs
    right: bool
    wanted: bool
    group: str


def trials(cases: Sequence[Case], assistant: Assistant) -> Iterator[Trial]:
    """The cases whose answer was a matter of evidence: not those that hard evidence refuses, or that name a clause."""
    seen: list[Signs] = []

    def record(evidence: Evidence, clause: Clause, coverage: float) -> float:
        seen.append(evidence.signs(clause, coverage))
        return 1.0

    with patch.object(Evidence, "confidence", autospec=True, side_effect=record):
        for case in cases:
            seen.clear()
            answer = assistant.ask(case.request(DAY))
            if not seen or answer.status in (Status.OUT_OF_SCOPE, Status.CLARIFY):
                continue
            right = first_citation(observe(case, Asked(answer.as_json()), assistant.library))
            wanted = Status.ANSWERED in case.expect.status
            group = str(case.expect.clauses[:1] or case.id)
            yield Trial(seen[-1], bool(wanted and right), wanted, group)


def report(found: Sequence[Trial]) -> Iterator[str]:
    """The lines of the report."""
    signs = np.array([[t.signs.coverage, t.signs.standing, math.log1p(t.signs.said), t.signs.titled] for t in found])
    right = np.array([trial.right for trial in found])
    wanted = np.array([trial.wanted for trial in found])
    model = LogisticRegression(C=_UNBOUND).fit(signs, right)
    names = ("coverage", "standing", "said", "titled")
    weights = ", ".join(f"{name} {weight:.3f}" for name, weight in zip(names, model.coef_[0], strict=True))
    yield f"{len(found)} cases; weights: {weights}, bias {model.intercept_[0]:.2f}"
    sure = cross_val_predict(
        LogisticRegression(C=_UNBOUND),
        signs,
        right,
        groups=[trial.group for trial in found],
        cv=GroupKFold(FOLDS),
        method="predict_proba",
    )[:, 1]
    yield f"AUROC on clauses not fitted on: {roc_auc_score(right, sure):.3f}"
    yield "\n| confidence | cases | right |\n|---|---|---|"
    for low, high in pairwise(_BINS):
        among = (sure >= low) & ((sure < high) | (high == 1.0))
        if among.any():
            yield f"| {low:.1f}–{high:.1f} | {among.sum()} | {right[among].mean():.2f} |"
    yield "\n| refused below | of the right answers | of the wrong | of what should be refused |\n|---|---|---|---|"
    for threshold in THRESHOLDS:
        refused = sure < threshold
        shares = (refused[right], refused[~right & wanted], refused[~wanted])
        yield f"| {threshold} | " + " | ".join(f"{share.mean():.3f}" if len(share) else "–" for share in shares) + " |"


def main(argv: Sequence[str] | None = None) -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.benchmarks.calibration", description=__doc__)
    parser.add_argument("cases", nargs="*", type=Path, default=[CASES])
    options = parser.parse_args(argv)
    try:
        cases = [case for path in options.cases for case in read_cases(path) if case.split == "dev" and not case.draft]
        with tempfile.TemporaryDirectory(prefix="policy-assistant-calibration-") as built:
            assistant = Assistant(open_index(BUNDLED, Path(built), "embedded", lambda _: None))
            found = list(trials(cases, assistant))
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(report(found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
