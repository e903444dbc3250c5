"""The assistant's errors (see :mod:`corpus.errors` for the tree)."""

from corpus.errors import PolicyError


class SettingsError(PolicyError):
    """A setting has a value that cannot be used."""


class ModelError(PolicyError):
    """The language model could not be reached, or what it sent cannot be used."""
