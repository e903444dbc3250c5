"""How long each stage of an answer took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stages:
    """Adds up the time of named stages, in milliseconds; a stage may be entered more than once."""

    def __init__(self) -> None:
        self._ms: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is done inside counts for the stage."""
        started = time.perf_counter()
        try:
            yield
        finally:
            self._ms[name] = self._ms.get(name, 0.0) + (time.perf_counter() - started) * 1000

    @property
    def ms(self) -> tuple[tuple[str, float], ...]:
        """The stages in the order in which they were first entered."""
        return tuple(self._ms.items())
