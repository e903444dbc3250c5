"""The folder of a run: what is kept while it goes on, and what is written when it is done.

    FOLDER/
        results.partial.jsonl     while the run goes on: a heading, then one line a case as soon as it is answered
        results.jsonl             one line a case: the case, its scores, the answer, how it came about
        summary.json              the figures
        report.md report.html     for a person
        junit.xml                 for a CI system

A run that is broken off is taken up again by the next one with the same settings, code and index; with others it
begins anew. A run that was finished is never taken up: its files are replaced by the next.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from evals.asking import Asked
from evals.errors import RunError

PARTIAL = "results.partial.jsonl"
RESULTS = "results.jsonl"
SUMMARY = "summary.json"


class Progress:
    """The answers of a run that goes on, by the digest of what was asked; each is on disk before the next is asked.

    One that failed (an error, or a model that gave nothing) is not kept for a run that takes this one up.
    """

    def __init__(self, answered: Mapping[str, Asked], file: Any = None) -> None:
        self.answered = dict(answered)
        self._file = file

    def keep(self, digest: str, asked: Asked) -> None:
        """Keep an answer."""
        self.answered[digest] = asked
        if self._file is not None and not asked.failed:
            self._file.write(json.dumps({"digest": digest, **asked.as_json()}, ensure_ascii=False) + "\n")
            self._file.flush()


@contextmanager
def progress_in(folder: Path | None, fingerprint: str) -> Iterator[Progress]:
    """What an earlier run with the same fingerprint left in a folder, to be gone on with; nothing without a folder."""
    if folder is None:
        yield Progress({})
        return
    path = folder / PARTIAL
    try:
        folder.mkdir(parents=True, exist_ok=True)
        answered = _left(path, fingerprint)
        with path.open("a" if answered else "w", encoding="utf-8") as file:
            if not answered:
                file.write(json.dumps({"fingerprint": fingerprint}) + "\n")
            yield Progress(answered, file)
    except OSError as error:
        raise RunError(f"结果写不到 {folder}（{error.strerror}）。") from error


def _is_result(line: Any) -> bool:
    return isinstance(line, dict) and "id" in line and all(isinstance(line.get(k), dict) for k in ("scores", "answer"))


def _left(path: Path, fingerprint: str) -> dict[str, Asked]:
    """The answers of a run that was broken off, however: what cannot be read of it is left out and asked again."""
    if not path.exists():
        return {}
    heading, *lines = path.read_bytes().split(b"\n")
    try:
        if json.loads(heading)["fingerprint"] != fingerprint:
            return {}
    except (ValueError, KeyError, TypeError):
        return {}
    answered: dict[str, Asked] = {}
    whole = [heading]
    for line in lines:
        try:
            values = json.loads(line)
            answered[values["digest"]] = Asked.from_json(values)
        except (ValueError, KeyError, TypeError):
            continue
        whole.append(line)
    path.write_bytes(b"".join(line + b"\n" for line in whole))
    return answered


def finish(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a finished run and take away what was kept meanwhile."""
    for name, text in files.items():
        write_whole(folder / name, text)
    try:
        (folder / PARTIAL).unlink(missing_ok=True)
    except OSError as error:
        raise RunError(f"结果写不到 {folder}（{error.strerror}）。") from error


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    pending = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        pending.write_text(text, encoding="utf-8")
        pending.replace(file)
    except OSError as error:
        with suppress(OSError):
            pending.unlink(missing_ok=True)
        raise RunError(f"结果写不到 {file}（{error.strerror}）。") from error


def settings_of(folder: Path) -> Mapping[str, Any]:
    """The ``summary.json`` beside a run's results; empty where there is none."""
    try:
        values = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return values if isinstance(values, dict) else {}


def read_results(folder: Path) -> tuple[dict[str, Any], ...]:
    """The lines of a finished run's ``results.jsonl``; ``RunError`` where there are none to be read."""
    path = folder / RESULTS if folder.is_dir() else folder
    try:
        text = path.read_text(encoding="utf-8")
        lines = tuple(json.loads(line) for line in text.split("\n") if line.strip())
    except OSError as error:
        raise RunError(f"{path} 读不出来（{error.strerror}）：应是一次评测的 --output 文件夹。") from error
    except ValueError as error:
        raise RunError(f"{path} 不是评测结果：每行应为一个 JSON 对象。") from error
    if not lines or not all(_is_result(line) for line in lines):
        raise RunError(f"{path} 不是评测结果：每行应有 id、scores 和 answer。")
    return lines
