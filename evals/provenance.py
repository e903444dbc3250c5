"""What a run was of: the code, the corpus, the index, the settings. Two runs with equal ones give equal results."""

from __future__ import annotations

import hashlib
import json
import platform
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import assistant
from assistant.answer import Mode
from evals.cases import Case
from evals.metrics.estimates import SEED

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

ROOT = Path(__file__).resolve().parent.parent
#: The rooms whose code and words decide what is answered, and how it is scored.
_ROOMS = ("corpus", "index", "assistant", "prompts", "evals")
#: What is data of the project or made by it.
_NO_CODE = frozenset({"documents", "built", "cases", "inventory", "benchmarks", "__pycache__"})
_CODE = frozenset({".py", ".toml", ".txt", ".md", ".tsv", ".json"})


def provenance(
    assistant_: Assistant, cases: Sequence[Case], day: date, mode: Mode, config: Mapping[str, Any]
) -> dict[str, Any]:
    """Everything that a run is of, for ``summary.json``. ``config`` holds the settings with secrets masked."""
    model = assistant_.model
    commit, changed = _commit()
    return {
        "as_of": day.isoformat(),
        "mode": mode,
        "version": assistant.__version__,
        "commit": commit,
        "uncommitted_changes": changed,
        "code_digest": _code_digest(),
        "corpus_version": assistant_.library.version,
        "index_digest": assistant_.index.manifest.digest,
        "embedding": assistant_.index.embedding,
        "model": model.model if model is not None and mode == "llm" else None,
        "cases_digest": _digest(case_digest(case) for case in cases),
        "config": dict(config),
        "seed": SEED,
        "python": platform.python_version(),
        "machine": platform.machine(),
    }


def fingerprint(about: Mapping[str, Any]) -> str:
    """What must be equal for an answer of an earlier run to stand for one of this run."""
    decisive = ("as_of", "mode", "code_digest", "index_digest", "embedding", "model", "config")
    return _digest(json.dumps(about[name], sort_keys=True, ensure_ascii=False) for name in decisive)


def case_digest(case: Case) -> str:
    """A digest of what is asked: the same question with the same history, day and city."""
    turns = [(turn.role, turn.content) for turn in case.history]
    return _digest([json.dumps([case.id, case.question, turns, str(case.as_of), case.city], ensure_ascii=False)])


def _code_digest() -> str:
    files = sorted(
        path
        for room in _ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in _CODE and not _NO_CODE.intersection(path.relative_to(ROOT).parts)
    )
    return _digest(f"{path.relative_to(ROOT)} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files)


def _digest(parts: Any) -> str:
    return f"sha256:{hashlib.sha256(chr(10).join(parts).encode()).hexdigest()}"


def _commit() -> tuple[str | None, bool | None]:
    """The commit of the checkout and whether files differ from it; None where there is no checkout or no git."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        return None, None
    commit = subprocess.run([git, "-C", str(ROOT), "rev-parse", "HEAD"], capture_output=True, text=True, check=False)
    changes = subprocess.run(
        [git, "-C", str(ROOT), "status", "--porcelain"], capture_output=True, text=True, check=False
    )
    if commit.returncode or changes.returncode:
        return None, None
    return commit.stdout.strip(), bool(changes.stdout.strip())
