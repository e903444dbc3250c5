"""The evals room's errors (see :mod:`corpus.errors` for the tree)."""

from corpus.errors import PolicyError


class CaseError(PolicyError):
    """A file of cases cannot be used; the message holds one line a problem, each with file and line."""


class BenchmarkError(PolicyError):
    """A benchmark folder cannot be read, or what it measures could not be run."""


class InventoryError(PolicyError):
    """An inventory of facts cannot be read."""


class RunError(PolicyError):
    """The folder of a run cannot be read or written."""


class GateError(PolicyError):
    """A file of thresholds cannot be used."""


class LogError(PolicyError):
    """A log of questions, or a line of it, cannot be read."""
