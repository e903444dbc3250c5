"""Old office formats (.doc, .wps, .rtf) → .docx, by LibreOffice where it is installed.

It runs without a window, in a profile of its own that is thrown away (so that no other one's macros, extensions or
locks play a part), on a copy of the file, and with a time limit that ends its children too.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import CorpusError

_PROGRAMS = ("soffice", "libreoffice")
TIMEOUT_S = 120.0


def to_docx(data: bytes, suffix: str, name: str, timeout_s: float = TIMEOUT_S) -> bytes:
    """The file as .docx; ``CorpusError`` where LibreOffice is missing, fails, or takes longer than ``timeout_s``."""
    program = next((path for program in _PROGRAMS if (path := shutil.which(program))), None)
    if program is None:
        raise CorpusError(
            f"{name} 是旧的 Office 格式,读取它要用 LibreOffice,这台机器上没有;请用 Word 或 WPS 打开后另存为 .docx。"
        )
    with tempfile.TemporaryDirectory(prefix="corpus-office-") as folder:
        source, out = Path(folder, f"document{suffix}"), Path(folder, "out")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(out),
            str(source),
        ]
        _run(command, name, timeout_s)
        made = out / "document.docx"
        if not made.is_file():
            raise CorpusError(f"LibreOffice 没有能转换 {name};请用 Word 或 WPS 打开后另存为 .docx。")
        return made.read_bytes()


def _run(command: list[str], name: str, timeout_s: float) -> None:
    try:
        # A session of its own: the program is a script that starts others.
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise CorpusError(f"LibreOffice 不能启动,{name} 没有读入;请用 Word 或 WPS 打开后另存为 .docx。") from error
    try:
        process.wait(timeout_s)
    except subprocess.TimeoutExpired as error:
        raise CorpusError(
            f"LibreOffice 转换 {name} 超过 {timeout_s:g} 秒,已停止;请用 Word 或 WPS 打开后另存为 .docx。"
        ) from error
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
