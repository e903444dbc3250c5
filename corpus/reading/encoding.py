"""Bytes → text, in any encoding that Chinese documents are kept in.

In this order: a byte-order mark, HZ, UTF-8, then what a sample looks like (GB18030, which holds GBK and GB2312;
Big5 with the Hong Kong characters; UTF-16 without a mark). A few damaged bytes become U+FFFD each and are for the
reader to see; what is no text is refused.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from corpus.errors import CorpusError

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: HZ (RFC 1843) is plain ASCII with its Chinese between ~{ and ~}.
_HZ = re.compile(rb"~\{(?:[!-w][!-~]){1,400}~\}")
#: So much is looked at to tell an encoding, whatever the size of the file.
_SAMPLE = 1 << 16
#: Of so many characters beyond ASCII one may be damaged, of so many characters one may be a control character.
_DAMAGED, _CONTROLS = 50, 100
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
#: Letters that a Chinese document has few of, and a wrong encoding many: beyond Western
#: Latin, Greek, Cyrillic, signs and Han.
_FOREIGN = re.compile("[\u0100-\u036f\u0500-\u1fff\u2c00-\u2dff\ua000-\uf8ff]")
_LOST = "\ufffd"
#: The names that pages give to their encoding, and the larger set that holds it.
_DECLARED = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "big5-hkscs": "big5hkscs",
}


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of ``data``; ``CorpusError`` names the file where it is none.

    ``declared`` is the encoding that a page states of itself: it decides where the bytes leave a choice. A file that
    was cut off inside its last character ends in U+FFFD.
    """
    if not data:
        return ""
    for encoding in _encodings(data, declared):
        if (text := _text(data, encoding)) is not None:
            return text
    raise CorpusError(
        f"{name} 不是可识别的中文文本(试过 UTF-8、UTF-16、GB18030、Big5);请用原来的软件打开,另存为 UTF-8 文本。"
    )


def _encodings(data: bytes, declared: str) -> Iterator[str]:
    """The encodings to try, the likeliest first."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked:
        yield marked
        return
    if data.isascii() and _HZ.search(data):
        yield "hz"
    yield "utf-8"
    if known := _DECLARED.get(declared.strip().lower()):
        yield known
    yield from _looks_like(data)


def _looks_like(data: bytes) -> list[str]:
    """What a sample of ``data`` looks like, the likeliest first."""
    head = data[:_SAMPLE]
    # In UTF-16 each blank, digit and line break has a NUL.
    if head.count(0) * _CONTROLS > len(head):
        return _detected(head, "utf_16_le", "utf_16_be")
    # Characters of two bytes are counted from the first byte on that is no ASCII.
    first = _NOT_ASCII.search(data)
    sample = data[first.start() if first else 0 :][:_SAMPLE]
    old = ("gb18030", "big5hkscs")
    # A damaged byte makes the sample fit nothing: its whole lines tell as well.
    found = _detected(sample, *old) or _detected(b"\n".join(_whole_lines(sample, old)), *old)
    return found or [*_detected(head, "utf_16_le", "utf_16_be"), "gb18030"]


_NOT_ASCII = re.compile(rb"[\x80-\xff]")


def _detected(sample: bytes, *among: str) -> list[str]:
    from charset_normalizer import from_bytes  # only files in old encodings pay for it

    return [match.encoding for match in from_bytes(sample, cp_isolation=list(among))] if sample else []


def _whole_lines(sample: bytes, encodings: Iterable[str]) -> Iterator[bytes]:
    """The lines of a sample that decode without damage and say something beyond ASCII."""
    for line in sample.split(b"\n"):
        if not line.isascii() and any(_decodes(line, encoding) for encoding in encodings):
            yield line


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _text(data: bytes, encoding: str) -> str | None:
    """The text of ``data`` in an encoding, damaged bytes as U+FFFD; None where it is another's or no text."""
    # A sample that ends inside a character is not damaged by that.
    if not _is_text(codecs.getincrementaldecoder(encoding)("replace").decode(data[:_SAMPLE])):
        return None
    text = data.decode(encoding, errors="replace")
    return text if _is_text(text.removesuffix(_LOST)) else None


def _is_text(text: str) -> bool:
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    lost, controls, foreign = text.count(_LOST), len(_CONTROL.findall(text)), len(_FOREIGN.findall(text))
    return (
        bool(text)
        and lost * _DAMAGED <= beyond_ascii
        and controls * _CONTROLS <= len(text)
        and foreign * 2 <= beyond_ascii
    )
