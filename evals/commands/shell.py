"""What the evals room's commands share: what they need of the shell, a progress bar, JSON on stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from assistant.pipeline import Assistant

FAILED, GATE_NOT_MET = 1, 4
_T = TypeVar("_T")


class Shell(Protocol):
    """What these commands need of ``ctx.obj``."""

    @property
    def corpus(self) -> Path:
        """The corpus folder."""

    @property
    def embedding(self) -> str:
        """The embedding model: ``embedded``, a folder, a name, or an endpoint's address and name."""

    @property
    def embedding_key(self) -> str | None:
        """What the endpoint of the model wants, if anything."""

    @property
    def assistant(self) -> Callable[[], Assistant]:
        """The assembled assistant, over an index that is up to date."""

    @property
    def config(self) -> Callable[[], Mapping[str, Any]]:
        """Every setting with its value, secrets masked."""


json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


def progress(items: Iterable[_T], label: str) -> AbstractContextManager[Iterable[_T]]:
    """The items with a bar on stderr, on a terminal only."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=not sys.stderr.isatty())


def print_json(value: Any) -> None:
    """Write a value to stdout as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
