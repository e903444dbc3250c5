"""The corpus room's commands. ``ctx.obj.corpus`` is the folder, ``ctx.obj.today`` the day.

One module a command.
"""

import click

from corpus.commands.adding import add
from corpus.commands.checking import check
from corpus.commands.facts import facts
from corpus.commands.listing import list_
from corpus.commands.showing import show
from corpus.commands.starting import init


@click.group(help="语料：建立、查看、检查、添加文件，列出事实。", commands=[init, list_, show, facts, check, add])
def corpus() -> None:
    """Commands about the corpus."""
