"""Where the index of a corpus stands when nobody says."""

from __future__ import annotations

import hashlib
import os
import stat
import tempfile
from pathlib import Path
from typing import NamedTuple

from corpus.library import BUNDLED


def default_folder(corpus: Path) -> Path:
    """``index/built/`` for the bundled corpus, ``.index/`` inside any other."""
    if corpus.resolve() == BUNDLED.resolve():
        return Path(__file__).parent / "built"
    return corpus / ".index"


class Places(NamedTuple):
    """Where the index of a corpus stands; ``temporary`` where the usual place cannot be written."""

    usual: Path
    temporary: Path | None = None

    @property
    def to_build(self) -> Path:
        """Where to build it."""
        return self.temporary or self.usual

    @property
    def notice(self) -> str:
        """What to tell the user of it, in Chinese; empty for the usual place."""
        return f"{self.usual} 写不了，索引放在临时文件夹 {self.temporary}。" if self.temporary else ""


def places(corpus: Path, given: Path | None) -> Places:
    """The folder given, else the default one, with a temporary one beside it where that cannot be written."""
    if given is not None:
        return Places(given)
    folder = default_folder(corpus)
    return Places(folder) if _is_writable(folder) else Places(folder, _temporary_folder(corpus))


def _is_writable(folder: Path) -> bool:
    existing = folder if folder.exists() else folder.parent
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)


def _temporary_folder(corpus: Path) -> Path:
    """The same each time for the same user and corpus, so that it is built once."""
    own = Path(tempfile.gettempdir()) / f"policy-assistant-{os.getuid()}"
    name = hashlib.sha256(os.fsencode(corpus.resolve())).hexdigest()[:12]
    try:
        own.mkdir(mode=0o700, exist_ok=True)
        found = own.lstat()
    except OSError:
        return Path(tempfile.mkdtemp(prefix="policy-assistant-")) / name
    # Anybody can make a folder of that name, and would then decide what is answered.
    private = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o022
    return (own if private else Path(tempfile.mkdtemp(prefix="policy-assistant-"))) / name
