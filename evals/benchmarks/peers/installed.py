"""The packages of the peers: a folder of their own beside those of the lock, which come first."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module, metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from evals.errors import BenchmarkError

#: Where ``make peers`` installs.
FOLDER = Path(sys.prefix) / "peers"
#: What keeps the peers from telling anyone that they run.
_SILENT = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "LANGSMITH_TRACING": "false",
}


class NotInstalledError(BenchmarkError):
    """A package of a peer is not there, or cannot be imported."""


def enable(folder: Path) -> None:
    """Let the packages of a folder be imported where the environment has none of their name; nothing is sent home."""
    os.environ.update(_SILENT)
    if str(folder) not in sys.path:
        sys.path.append(str(folder))


def load(module: str) -> Any:
    """A module of a peer; :class:`NotInstalledError` where it cannot be imported."""
    try:
        return import_module(module)
    except ImportError as error:
        raise NotInstalledError(f"导入 {module} 失败：{error}") from error


def versions(packages: Sequence[str]) -> str:
    """The packages with their versions."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in packages)


def megabytes(packages: Sequence[str], folder: Path) -> float:
    """What packages take in a folder, with all that they need there; without what the interpreter compiles."""
    there = {canonicalize_name(each.name): each for each in metadata.distributions(path=[str(folder)])}
    wanted = [canonicalize_name(name) for name in packages]
    counted: set[str] = set()
    size = 0
    while wanted:
        name = wanted.pop()
        if name in counted or name not in there:
            continue
        counted.add(name)
        size += sum(file.size or 0 for file in there[name].files or ())
        for line in there[name].requires or ():
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                wanted.append(canonicalize_name(needed.name))
    return size / 1e6
