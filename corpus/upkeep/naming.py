"""Names for files that come into a corpus folder, and ids for documents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

#: What other systems do not take in a file name (path separators above all), and blanks of every kind.
_UNFIT = re.compile(r'[\s/\\:*?"<>|]+')
#: Control, format, unassigned and private characters, and halves of a pair: they cannot be seen.
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
#: Hidden files and the lock files of word processors begin so, and what a command takes for an option.
_NEVER_FIRST = ".-~$ "
#: File systems take 255 bytes; a position may still be put behind the name.
_MOST_BYTES = 200
_NAMELESS = "文件"


def clean_name(name: str) -> str:
    """A file's name without what is unfit in one: no folder, not hidden, not too long. An ordinary name stays.

    ``../a b?.txt`` → ``a b.txt``; ``.~报告.docx`` → ``报告.docx``.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(c for c in last if unicodedata.category(c) not in _UNSEEN or c.isspace())
    stem, dot, ending = _UNFIT.sub(" ", seen).rpartition(".")
    stem, ending = (stem, ending.strip()) if dot else (ending, "")
    stem = stem.lstrip(_NEVER_FIRST).rstrip(". ") or _NAMELESS
    room = _MOST_BYTES - len(ending.encode())
    stem = stem.encode()[: max(room, 0)].decode(errors="ignore").rstrip(". ") or _NAMELESS
    return f"{stem}.{ending}" if ending else stem


def free_name(name: str, used: Collection[str]) -> str:
    """The name itself, or with a position behind its stem where it is used: 办法.txt, 办法-2.txt.

    Names that differ in capitals only are the same: on some file systems they are one file.
    """
    stem, dot, ending = name.rpartition(".")
    stem, ending = (stem, dot + ending) if dot else (ending, "")
    return _free(stem, ending, {_folded(each) for each in used})


def readable_id(name: str) -> str:
    """The id that a document has by its file's name: no blanks, ``/`` and ``~``, without the ending."""
    readable = re.sub(r"[\s/~]+", "-", name)
    return readable.rsplit(".", 1)[0] or readable


def free_id(wanted: str, used: Collection[str]) -> str:
    """The id itself, or with a position behind it where it is used."""
    return _free(wanted, "", {_folded(each) for each in used})


def _free(stem: str, ending: str, used: Collection[str]) -> str:
    free, position = stem + ending, 2
    while _folded(free) in used:
        free, position = f"{stem}-{position}{ending}", position + 1
    return free


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
