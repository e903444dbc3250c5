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
    """The bytes of a file, decoded. ``text`` has ``\\n`` line ends and no byte-order mark."""

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


def decode(data: bytes, name: str) -> str:
    """Text of bytes in UTF-8, UTF-16 with a byte-order mark, or GB18030 (which holds GBK and GB2312)."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise CorpusError(f"{name} 不是可识别的中文文本(试过 UTF-8、UTF-16、GB18030);请另存为 UTF-8 文本。")
