"""The verifier's rates, computed by hand from trials."""

from evals.metrics.verifier import trial_kinds
from evals.seeding import Trial
from tests.evals.conftest import Scored


def test_misses_and_false_alarms_apart(scored: Scored) -> None:
    trials = (
        Trial("amount", True, True, ""),
        Trial("rate", True, True, ""),
        Trial("neighbour", True, False, ""),
        Trial("as_is", False, False, ""),
        Trial("yuan", False, True, ""),
    )
    result = scored(trials=trials)
    assert result.values["verifier_miss"] == 1 / 3
    assert result.values["verifier_false_alarm"] == 1 / 2
    assert trial_kinds(result.seen)[2:] == (("neighbour", True, True), ("as_is", False, False), ("yuan", False, True))


def test_without_trials_there_is_no_rate(scored: Scored) -> None:
    for trials in (None, ()):
        values = scored(trials=trials).values
        assert (values["verifier_miss"], values["verifier_false_alarm"]) == (None, None)
