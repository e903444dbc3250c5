"""What the commands of this room are given and share: the corpus folder, the day, exit codes, JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import click

if TYPE_CHECKING:
    from corpus.library import Library

FAILED, NOTHING_FOUND, GATE_NOT_MET = 1, 3, 4

json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


class Shell(Protocol):
    """What these commands need of ``ctx.obj``."""

    @property
    def corpus(self) -> Path:
        """The corpus folder."""

    @property
    def today(self) -> date:
        """The day on which validity is shown."""


def read(shell: Shell) -> Library:
    """The library of the corpus folder."""
    from corpus.library import read_library

    return read_library(shell.corpus)


def print_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
