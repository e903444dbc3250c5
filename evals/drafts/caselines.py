"""Files of case lines as they are edited by program: what is not meant stays byte for byte, and no half is written."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import CaseError


@dataclass(frozen=True)
class CaseLine:
    """A line of a file: its bytes with what ends it, and the object that it holds; None where it holds none."""

    raw: bytes
    values: Mapping[str, Any] | None

    @property
    def id(self) -> str:
        """The id as the line writes it; "" where it has none."""
        value = self.values.get("id") if self.values is not None else None
        return str(value) if isinstance(value, (str, int)) else ""

    @property
    def is_blank(self) -> bool:
        """Whether it holds nothing."""
        return not self.raw.strip()

    def rewritten(self, values: Mapping[str, Any]) -> CaseLine:
        """The line with another object, ended as before."""
        body = self.raw.rstrip(b"\r\n")
        return CaseLine(as_line(values).encode().rstrip(b"\n") + self.raw[len(body) :], values)


def as_line(values: Mapping[str, Any]) -> str:
    """An object as a line of a case file."""
    return json.dumps(values, ensure_ascii=False) + "\n"


def read_lines(file: Path) -> tuple[CaseLine, ...]:
    """All lines of a file, also those that are no case; ``CaseError`` where it cannot be read."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CaseError(f"{file} 读不出来（{error.strerror}）。") from error
    # Not splitlines(): it would cut at lone carriage returns too.
    return tuple(CaseLine(raw, _object(raw)) for raw in re.findall(rb"[^\n]*\n|[^\n]+", content))


def write_lines(file: Path, lines: Iterable[CaseLine]) -> None:
    """Put these lines in the place of a file in one step; ``CaseError`` where that fails, and the file is as before."""
    replace_file(file, b"".join(line.raw for line in lines))


def append_new(file: Path, drafts: Sequence[Mapping[str, Any]]) -> tuple[int, int]:
    """Add the drafts whose ids a file does not have, behind what stands there; how many were added, how many left."""
    present = file.read_bytes() if file.exists() else b""
    known = {line.id for line in read_lines(file)} if file.exists() else set()
    new = [draft for draft in drafts if str(draft["id"]) not in known]
    if new:
        gap = b"\n" if present and not present.endswith(b"\n") else b""
        replace_file(file, present + gap + "".join(map(as_line, new)).encode())
    return len(new), len(drafts) - len(new)


def replace_file(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    target = file.resolve()
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
        Path(temporary).chmod(mode)
        Path(temporary).replace(target)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        raise CaseError(f"{file} 写不进去（{error.strerror}）。") from error


def _object(raw: bytes) -> Mapping[str, Any] | None:
    try:
        values = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None
