"""Errors with a sentence for the person who meets them.

    PolicyError
    ├── CorpusError          a corpus folder, a manifest or a source document cannot be read as it is
    ├── IndexFolderError     an index folder cannot be used or built          (index.errors)
    └── SettingsError, ModelError                                            (assistant.errors)

The message is plain Chinese: what is wrong, and what would be right. It is shown as it stands.
"""


class PolicyError(Exception):
    """Base of all errors that this project raises on purpose."""


class CorpusError(PolicyError):
    """A corpus folder, its manifest, or one of its documents cannot be read."""
