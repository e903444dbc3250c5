"""The assistant's errors (see :mod:`corpus.errors` for the tree)."""

from corpus.errors import PolicyError


class SettingsError(PolicyError):
    """A setting has a value that cannot be used."""


class ModelError(PolicyError):
    """The language model could not be reached, or what it sent cannot be used."""


class DraftError(ModelError):
    """What the model wrote cannot be used as it is; ``draft`` is it, as far as there is one."""

    def __init__(self, message: str, draft: str = "") -> None:
        super().__init__(message)
        self.draft = draft
