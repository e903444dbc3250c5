"""The parts of an Office file (a zip with XML in it), read within limits and without resolving anything."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from corpus.errors import CorpusError

if TYPE_CHECKING:
    from lxml.etree import _Element

#: A document of a thousand pages has some 30 MB of XML; real XML shrinks to a tenth or a thirtieth.
MAX_PARTS, MAX_PART, MAX_RATIO = 10_000, 64 * 2**20, 400
#: Below this size the ratio says nothing.
_SMALL = 2**20


class Package:
    """An Office file held in memory; ``CorpusError`` names the file where it is broken or unpacks to too much."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OverflowError, UnicodeDecodeError, NotImplementedError) as error:
            raise self._broken() from error
        if len(self.names) > MAX_PARTS:
            raise CorpusError(f"{name} 压缩包里有 {len(self.names)} 个文件,不像一份文档;没有打开。")

    def part(self, name: str) -> _Element | None:
        """The root of an XML part, None where the file has no such part."""
        from lxml import etree

        if name not in self.names:
            return None
        data = self._unpacked(name)
        if b"<!DOCTYPE" in data[:4096] or "<!DOCTYPE".encode("utf-16-le") in data[:4096]:
            raise CorpusError(f"{self._name} 中的 XML 带有文档类型声明,正常的 .docx 没有;为安全起见没有打开。")
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._broken() from error

    def _unpacked(self, name: str) -> bytes:
        try:
            info = self._zip.getinfo(name)
            with self._zip.open(info) as packed:
                data = packed.read(MAX_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, KeyError) as error:
            raise self._broken() from error
        if len(data) > MAX_PART or len(data) > max(_SMALL, MAX_RATIO * info.compress_size):
            raise CorpusError(f"{self._name} 解压后过大,不像一份政策文件(疑为压缩炸弹);没有打开。")
        return data

    def _broken(self) -> CorpusError:
        return CorpusError(f"{self._name} 已损坏,不能作为 .docx 打开;请用 Word 或 WPS 打开后另存,或重新下载。")


def main_part(package: Package) -> str | None:
    """The part that is the document: word/document.xml, or what the package says is it."""
    relations = package.part("_rels/.rels")
    for relation in relations if relations is not None else ():
        if (relation.get("Type") or "").endswith("/officeDocument"):
            target = (relation.get("Target") or "").lstrip("/")
            if target in package.names:
                return target
    return "word/document.xml" if "word/document.xml" in package.names else None


def related(package: Package, main: str, kind: str) -> _Element | None:
    """The part of a kind (``styles``, ``numbering``) that stands with the main part."""
    folder = main.rpartition("/")[0]
    return package.part(f"{folder}/{kind}.xml".lstrip("/"))
