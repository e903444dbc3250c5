"""The manifest of a corpus folder: facts that a file lacks, never its structure."""

from __future__ import annotations

import datetime as dt
import tomllib
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from corpus.errors import CorpusError, place_of
from corpus.model import DocumentNumber, Kind

MANIFEST = "manifest.toml"


def _parse_number(value: Any) -> Any:
    return DocumentNumber.parse(value) if isinstance(value, str) else value


_Number = Annotated[DocumentNumber, BeforeValidator(_parse_number)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class Replacement(_Strict):
    """Characters that were lost, put back: every occurrence of ``before`` in the decoded file."""

    before: str = Field(alias="from", min_length=1)
    after: str = Field(alias="to")
    reason: str


class InstrumentEntry(_Strict):
    """What a file does not say of one of its instruments, matched by ``number`` or ``title``.

    An entry that has neither is for the only instrument of its document.
    """

    number: _Number | None = None
    title: str | None = None
    title_inferred: bool = False
    issuer: str | None = None
    date: dt.date | None = None
    kind: Kind | None = None
    supersedes: tuple[_Number, ...] = ()
    repealed_by: _Number | None = None
    repealed_on: dt.date | None = None

    def is_for(self, number: DocumentNumber | None, title: str) -> bool:
        """Whether the entry is for an instrument with this number and title ("" where the file prints none)."""
        by_number = self.number is not None and self.number == number and self.title in (None, title)
        by_title = bool(title) and self.title == title and self.number in (None, number)
        only = self.number is None and (self.title is None or not title)
        return by_number or by_title or only


class DocumentEntry(_Strict):
    """One source file."""

    id: str = Field(pattern=r"^[^\s/~]+$")
    file: str
    city: str | None = None
    publisher: str | None = None
    published_on: dt.date | None = None
    source: str | None = None
    note: str | None = None
    instrument: tuple[InstrumentEntry, ...] = ()
    replace: tuple[Replacement, ...] = ()


class Manifest(_Strict):
    """The whole manifest; a folder without one has an empty one."""

    document: tuple[DocumentEntry, ...] = ()

    def entry(self, file: str) -> DocumentEntry | None:
        """The entry of a file, by its path relative to ``documents/``."""
        return next((entry for entry in self.document if entry.file == file), None)


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a corpus folder; ``CorpusError`` names the key that is wrong."""
    path = folder / MANIFEST
    if not path.exists():
        return Manifest()
    try:
        manifest = Manifest.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path} 的{place_of(error)}不符合 TOML 格式。") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        unknown = first["type"] == "extra_forbidden"
        raise CorpusError(f"{path} 中的 {place} {'是未知的键' if unknown else '有误:' + first['msg']}。") from error
    seen: set[str] = set()
    for entry in manifest.document:
        for name in {entry.id, entry.file}:
            if name in seen:
                raise CorpusError(f"{path} 中 {name} 出现了两次;每个 id 和 file 只能用一次。")
            seen.add(name)
    return manifest
