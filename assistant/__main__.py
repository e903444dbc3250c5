"""The command line, put together: the one place that may see every room."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import __version__, clock
from assistant.commands import Shell, Words, ask, config, lookup, serve
from assistant.console import Command, in_chinese, run
from corpus.commands import corpus
from evals.commands import eval_group
from index.commands import index

if TYPE_CHECKING:
    from assistant.pipeline import Assistant
    from assistant.settings import Settings

_KEY = "policy_assistant."


def assemble(settings: Settings) -> Assistant:
    """The assistant over an index that is up to date, with a language model where one is configured."""
    from assistant.generation.generate import ChatModel
    from assistant.pipeline import Assistant
    from assistant.settings import secret
    from assistant.workdays import PUBLIC, read_calendar
    from index.build import open_index

    tell = partial(click.echo, err=True)
    key = secret(settings.embedding_api_key)
    opened = open_index(settings.corpus, settings.index, settings.embedding_model, tell, key)
    model = None
    if settings.llm_base_url is not None and settings.llm_model is not None:
        model = ChatModel(settings.llm_base_url, settings.llm_model, secret(settings.llm_api_key), settings.llm_timeout)
    days = read_calendar(settings.calendar) if settings.calendar is not None else PUBLIC
    return Assistant(opened, model, settings.handoff, days)


def command_line(today: date, assemble: Callable[[Settings], Assistant] = assemble) -> Command:
    """The whole command line. Every command takes the shared options, before or after its name."""
    root = click.Group(
        "policy-assistant",
        help="惠企政策助手：按条款回答惠企政策问题，每句话都有出处。",
        commands=[ask, lookup, serve, corpus, index, eval_group, config],
    )
    click.version_option(__version__, message="%(prog)s %(version)s", help="显示版本号。")(root)

    def before(ctx: click.Context) -> None:
        from assistant.settings import load_settings

        given = {name: value for name in ("corpus", "index", "embedding") if (value := ctx.meta.get(_KEY + name))}
        ctx.obj = Shell(load_settings(given, ctx.meta.get(_KEY + "config")), today, assemble)

    return in_chinese(root, _shared_options(), before)


def _shared_options() -> list[click.Option]:
    def remember(ctx: click.Context, param: click.Parameter, value: Any) -> None:
        # An option after the name of the command is read later and so beats one before it.
        if value is not None:
            ctx.meta[_KEY + param.name] = value

    shared: dict[str, Any] = {"expose_value": False, "callback": remember}
    return [
        click.Option(["--corpus"], type=Path, metavar="文件夹", help="语料：含 documents 的文件夹。", **shared),
        click.Option(["--index"], type=Path, metavar="文件夹", help="索引放在哪里。", **shared),
        click.Option(["--embedding"], type=Words(), metavar="名称", help="向量模型的名称或文件夹。", **shared),
        click.Option(["--config"], type=Path, metavar="文件", help="配置文件，默认 policy-assistant.toml。", **shared),
    ]


def main() -> int:
    """Run the command line of this process; returns its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    # In a locale without UTF-8 the words of the command line arrive as the bytes that were typed.
    args = [os.fsencode(word).decode("utf-8", errors="replace") for word in sys.argv[1:]]
    return run(command_line(clock.today()), args)


if __name__ == "__main__":
    sys.exit(main())
