"""One more entry in a manifest, with all that stands there kept byte for byte."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from tomlkit.items import AoT, InlineTable, Table

from corpus.errors import CorpusError
from corpus.manifest import MANIFEST


def with_entry(manifest: bytes, entry: Mapping[str, Any]) -> bytes:
    """A manifest with one more ``[[document]]`` at its end, in the line ends that it has.

    A manifest that writes its documents as an array (``document = [{…}]``) gets one more element.
    """
    text = manifest.decode("utf-8")
    wanted = [*tomllib.loads(text).get("document", ()), dict(entry)]
    for changed in (_appended, _with_element):
        new = changed(text, entry)
        if _documents(new) == wanted:
            return new.encode("utf-8")
    raise CorpusError(f"{MANIFEST} 的写法不便自动添加，请手工写入这一条：\n{_block(entry)}")


def _documents(text: str) -> Any:
    """The documents of a manifest, None where it is no TOML."""
    try:
        return tomllib.loads(text).get("document")
    except tomllib.TOMLDecodeError:
        return None


def _appended(text: str, entry: Mapping[str, Any]) -> str:
    newline = "\r\n" if "\r\n" in text else "\n"
    block = _block(entry).replace("\n", newline)
    if not text:
        return block
    end = "" if text.endswith("\n") else newline
    gap = "" if text.endswith(newline * 2) else newline
    return f"{text}{end}{gap}{block}"


def _with_element(text: str, entry: Mapping[str, Any]) -> str:
    parsed = tomlkit.parse(text)
    documents = parsed.get("document")
    if isinstance(documents, tomlkit.items.Array):
        documents.append(_inline(entry))
    return tomlkit.dumps(parsed)


def _block(entry: Mapping[str, Any]) -> str:
    document = tomlkit.document()
    document.add("document", _tables([entry]))
    return tomlkit.dumps(document)


def _tables(entries: list[Mapping[str, Any]]) -> AoT:
    tables = tomlkit.aot()
    for entry in entries:
        tables.append(_table(entry))
    return tables


def _table(entry: Mapping[str, Any]) -> Table:
    table = tomlkit.table()
    for key, value in entry.items():
        table.add(key, _tables(value) if isinstance(value, list) else value)
    return table


def _inline(entry: Mapping[str, Any]) -> InlineTable:
    table = tomlkit.inline_table()
    for key, value in entry.items():
        table.add(key, [_inline(each) for each in value] if isinstance(value, list) else value)
    return table
