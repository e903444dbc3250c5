"""The evals room's errors (see :mod:`corpus.errors` for the tree)."""

from corpus.errors import PolicyError


class CaseError(PolicyError):
    """A file of cases cannot be used; the message holds one line a problem, each with file and line."""


class BenchmarkError(PolicyError):
    """A benchmark folder cannot be read, or what it measures could not be run."""


class InventoryError(PolicyError):
    """An inventory of facts cannot be read."""
