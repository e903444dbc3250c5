"""Files written whole or not at all, by one process at a time.

A file is written beside its place, brought to the disk, and moved there in one step of the file system: whoever
looks sees what stood there before or what stands there now, also after a crash.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from corpus.errors import CorpusError

#: What is being written has this name until it is whole; hidden, so that no reader takes it for a document.
PENDING = ".policy-assistant-new"
LOCK = ".policy-assistant-lock"
#: Longer than the reading of the largest document; a person can always end the other process.
PATIENCE_SECONDS = 600.0
_POLL_SECONDS = 0.1
_REASONS = {
    errno.ENOENT: "路径不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EROFS: "文件系统是只读的",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "磁盘配额用完了",
    errno.ENAMETOOLONG: "路径太长",
    errno.ELOOP: "链接绕成了圈",
}


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Chinese."""
    return _REASONS.get(error.errno or 0, f"系统错误 {error.errno}")


@contextmanager
def storing(folder: Path) -> Iterator[None]:
    """Turns what the system refuses within the block into a :class:`CorpusError` about the folder."""
    try:
        yield
    except OSError as error:
        raise CorpusError(f"{folder} 写不进去：{reason(error)}。") from error


def write_whole(target: Path, data: bytes) -> None:
    """Put ``data`` in the place of what stands at ``target``, with the permissions of that where there is a file."""
    draft = target.with_name(PENDING)
    draft.unlink(missing_ok=True)  # of a process that was killed
    try:
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
        with os.fdopen(descriptor, "wb") as out:
            if target.exists():
                os.fchmod(out.fileno(), stat.S_IMODE(target.stat().st_mode))
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    _sync_folder(target.parent)


@contextmanager
def sole_writer(folder: Path, tell: Callable[[str], None], patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Hold the right to write into a corpus folder; waits for whoever has it, which ``tell`` is told once.

    The operating system drops the lock with the process that held it, so none is ever left behind.
    """
    lock = folder / LOCK
    with storing(folder):
        descriptor = _acquired(lock, tell, time.monotonic() + patience)
    try:
        yield
    finally:
        # Before the lock is dropped: whoever opened the file meanwhile sees that its name is gone, and opens anew.
        with suppress(OSError):
            lock.unlink()
        os.close(descriptor)


def _acquired(lock: Path, tell: Callable[[str], None], end: float) -> int:
    import fcntl

    waiting = False
    while True:
        descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_at(descriptor, lock):
                return descriptor
        except BlockingIOError:
            if time.monotonic() >= end:
                os.close(descriptor)
                raise CorpusError(f"另一个进程一直在往 {lock.parent} 里添加文件，请等它完成后再试。") from None
            if not waiting:
                tell(f"另一个进程正在往 {lock.parent} 里添加文件，等它完成。")
                waiting = True
            time.sleep(_POLL_SECONDS)
        except OSError:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file is still the one that stands at a path."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


def _sync_folder(folder: Path) -> None:
    # Some file systems cannot sync a folder; the file itself is on the disk by then.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
