"""Errors with a sentence for the person who meets them.

    PolicyError
    ├── CorpusError          a corpus folder, a manifest or a source document cannot be read as it is
    ├── IndexFolderError     an index folder cannot be used or built          (index.errors)
    └── SettingsError, ModelError                                            (assistant.errors)

The message is plain Chinese: what is wrong, and what would be right. It is shown as it stands.
"""

import json
import re
import tomllib


class PolicyError(Exception):
    """Base of all errors that this project raises on purpose."""


class CorpusError(PolicyError):
    """A corpus folder, its manifest, or one of its documents cannot be read."""


def place_of(error: UnicodeDecodeError | tomllib.TOMLDecodeError | json.JSONDecodeError) -> str:
    """Where a text cannot be read, in Chinese (第 3 行第 5 个字符); what the parser says is English."""
    if isinstance(error, UnicodeDecodeError):
        return f"第 {error.start + 1} 个字节（不是 UTF-8 编码）"
    if isinstance(error, json.JSONDecodeError):
        return f"第 {error.lineno} 行第 {error.colno} 个字符"
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"第 {found[1]} 行第 {found[2]} 个字符" if found else "末尾"
