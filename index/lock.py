"""One builder a folder: a lock that the operating system drops with the process that held it.

A lock file left behind by a process that died is therefore free, and is simply taken.
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from index.errors import IndexFolderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Longer than the build of any corpus seen; a person can always end the other process.
PATIENCE_SECONDS = 900.0
_POLL_SECONDS = 0.1


@contextmanager
def sole_builder(lock: Path, tell: Callable[[str], None], patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold a lock file, waiting for whoever holds it; said once through ``tell``.

    Raises :class:`IndexFolderError` when patience ends, and where the file cannot be locked.
    """
    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise IndexFolderError(f"索引 {lock.parent} 写不了（{error.strerror}）。") from error
    try:
        _acquire(descriptor, lock.parent, tell, patience)
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        yield
    finally:
        os.close(descriptor)


def _acquire(descriptor: int, folder: Path, tell: Callable[[str], None], patience: float) -> None:
    import fcntl

    end = time.monotonic() + patience
    waiting = False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 20, 0).decode("ascii", "replace").strip() or "未知"
            if time.monotonic() >= end:
                raise IndexFolderError(
                    f"另一个进程（PID {holder}）一直在 {folder} 建立索引，请等它完成或结束它后再试。"
                ) from None
            if not waiting:
                tell(f"另一个进程（PID {holder}）正在 {folder} 建立索引，等它完成。")
                waiting = True
            time.sleep(_POLL_SECONDS)
        except OSError as error:
            raise IndexFolderError(f"{folder} 所在的文件系统不能加锁（{error.strerror}）。") from error
        else:
            return
