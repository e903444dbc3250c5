"""The index room's errors (see :mod:`corpus.errors` for the tree)."""

from corpus.errors import PolicyError


class IndexFolderError(PolicyError):
    """An index folder is damaged, locked, or cannot be written."""


class EmbeddingError(PolicyError):
    """The embedding model named in the settings cannot be had."""
