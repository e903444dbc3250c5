"""Files as collected → decoded text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError

READABLE = (".txt", ".md")
MAX_BYTES = 50 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, decoded. ``text`` has no byte-order mark, and one newline as line end."""

    name: str
    sha256: str
    text: str


def read_file(path: Path, name: str) -> SourceFile:
    """Decode a document; ``CorpusError`` names the file and what would be right."""
    if path.suffix.lower() not in READABLE:
        raise CorpusError(f"不能读取 {name}:目前支持 {'、'.join(READABLE)} 格式的文本文件,请先另存为其中一种。")
    if path.stat().st_size > MAX_BYTES:
        raise CorpusError(f"{name} 超过 {MAX_BYTES // 2**20} MB,不像一份政策文件;请检查后拆分。")
    data = path.read_bytes()
    text = decode(data, name).replace("\r\n", "\n").replace("\r", "\n")
    return SourceFile(name, hashlib.sha256(data).hexdigest(), text)


#: So many bytes of a UTF-8 character may be missing at the end of a file that was cut off.
_CUT = 3


def decode(data: bytes, name: str) -> str:
    """Text of bytes in UTF-8, UTF-16 with a byte-order mark, or GB18030 (which holds GBK and GB2312).

    A UTF-8 file that was cut off inside its last character ends in U+FFFD.
    """
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            if encoding != "utf-8-sig" or error.start == 0 or error.start < len(data) - _CUT:
                continue
            text = data[: error.start].decode(encoding) + "\ufffd"
        if "\x00" not in text:
            return text
    raise CorpusError(f"{name} 不是可识别的中文文本(试过 UTF-8、UTF-16、GB18030);请另存为 UTF-8 文本。")


def _encodings(data: bytes) -> tuple[str, ...]:
    return ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
