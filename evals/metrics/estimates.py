"""Values of many cases → a mean with its interval, of one run or of the change between two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

RESAMPLES = 2000
SEED = 20231128
#: So many values are drawn at a time, to keep the memory of a large run small.
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over ``n`` cases with its 95% interval; all None where no case applies."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None

    def as_json(self) -> dict[str, Any]:
        """For ``summary.json``, rounded to four places."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return {"n": self.n, **{key: None if v is None else round(v, 4) for key, v in numbers.items()}}


def estimate(values: Iterable[float | bool | None], seed: int = SEED) -> Estimate:
    """The mean of the values that are not None, with the percentile bootstrap interval (Efron and Tibshirani 1993).

    The same values in the same order give the same interval. Where all values are equal the bootstrap says nothing;
    the rule of three stands in (Hanley and Lippman-Hand 1983, for shares of 0 and 1): the far end is 3/n away.
    """
    known = [float(value) for value in values if value is not None]
    if not known:
        return Estimate(None, 0)
    n, mean = len(known), sum(known) / len(known)
    if len(set(known)) == 1:
        far = min(3 / n, 1.0)
        return Estimate(mean, n, max(mean - far, 0.0) if mean else 0.0, min(mean + far, 1.0) if mean < 1 else 1.0)
    return Estimate(mean, n, *_interval(tuple(known), seed))


def change(pairs: Iterable[tuple[float | bool | None, float | bool | None]], seed: int = SEED) -> Estimate:
    """The mean of after - before over the pairs that have both, with the bootstrap interval of the paired differences.

    Paired, because the two runs ask the same cases (Koehn 2004, of translation; Sakai 2018, of retrieval).
    """
    known = [float(after) - float(before) for before, after in pairs if before is not None and after is not None]
    if not known:
        return Estimate(None, 0)
    mean = sum(known) / len(known)
    if len(set(known)) == 1:
        return Estimate(mean, len(known), mean, mean)
    return Estimate(mean, len(known), *_interval(tuple(known), seed))


@lru_cache(maxsize=4096)
def _interval(values: tuple[float, ...], seed: int) -> tuple[float, float]:
    """The 95% interval of the mean. Remembered: every report of a run asks for the same ones."""
    draw = np.random.default_rng(seed)
    known, n = np.asarray(values), len(values)
    block = max(1, _BLOCK // n)
    means = np.concatenate(
        [known[draw.integers(0, n, (min(block, RESAMPLES - at), n))].mean(axis=1) for at in range(0, RESAMPLES, block)]
    )
    means.sort()
    return float(means[int(RESAMPLES * 0.025)]), float(means[int(RESAMPLES * 0.975) - 1])
