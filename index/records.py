"""Frozen dataclasses as lines of JSON and back, exactly: Decimal, date, enums and nested trees included."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_type_hints

from index.errors import IndexFolderError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pydantic import TypeAdapter

Record = TypeVar("Record")


def write_lines(path: Path, records: Iterable[Record], kind: type[Record]) -> None:
    """One record a line, fields at their default left out."""
    with path.open("wb") as file:
        for record in records:
            file.write(adapter(kind).dump_json(record, exclude_defaults=True) + b"\n")


def read_lines(path: Path, kind: type[Record]) -> tuple[Record, ...]:
    """The records of a file; :class:`IndexFolderError` naming the line that is none."""
    from pydantic import ValidationError

    validate = adapter(kind).validate_json
    records = []
    for number, line in enumerate(path.read_bytes().splitlines(), start=1):
        try:
            records.append(validate(line))
        except ValidationError as error:
            raise IndexFolderError(f"索引文件 {path} 第 {number} 行读不了。") from error
    return tuple(records)


def _adapter(kind: Any) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    _evaluate_annotations(kind)
    return TypeAdapter(kind)


#: The codec of a dataclass, made once.
adapter: Callable[[Any], TypeAdapter[Any]] = cache(_adapter)


def _evaluate_annotations(kind: Any) -> None:
    """Put types in the place of annotations kept as text, here and below.

    pydantic reads such text with the names of the class before those of its module, and a field may have the name of
    its type: ``date: date | None``.
    """
    if not is_dataclass(kind):
        for part in get_args(kind):
            _evaluate_annotations(part)
        return
    hints = get_type_hints(kind)
    for field in fields(kind):
        if isinstance(field.type, str):
            field.type = hints[field.name]
            _evaluate_annotations(field.type)
