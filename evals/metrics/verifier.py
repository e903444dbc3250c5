"""How well the assistant's own verification tells wrong answers from right ones, on seeded errors.

Miss and false alarm are reported together, never one alone: see :mod:`evals.seeding`.
"""

from __future__ import annotations

from evals.metrics.observation import Observation


def verifier_miss(seen: Observation) -> float | None:
    """The share of the seeded errors that the verification lets pass."""
    return _share(seen, error=True)


def verifier_false_alarm(seen: Observation) -> float | None:
    """The share of the same values in another spelling that the verification flags."""
    return _share(seen, error=False)


def trial_kinds(seen: Observation) -> tuple[tuple[str, bool, bool], ...]:
    """Each trial of a case as its kind, whether it is an error, and whether the verification judged it wrongly."""
    return tuple((trial.kind, trial.error, trial.flagged is not trial.error) for trial in seen.trials or ())


def _share(seen: Observation, *, error: bool) -> float | None:
    misjudged = [wrongly for _, is_error, wrongly in trial_kinds(seen) if is_error is error]
    return sum(misjudged) / len(misjudged) if misjudged else None
