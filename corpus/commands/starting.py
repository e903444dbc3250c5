"""``corpus init``: a corpus folder of one's own."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from corpus.commands.options import Words
from corpus.table import printable


@click.command(
    help="建一个自己的语料文件夹：documents 放文件，manifest.toml 写清单，README.md 是说明。\n\n"
    "已经是语料文件夹时不作任何改动；有别的内容的文件夹不用。",
    epilog="\n例：\n  policy-assistant corpus init 我的语料\n  policy-assistant corpus add 意见.txt --corpus 我的语料",
)
@click.argument("folder", metavar="文件夹", type=Words(), help="新的或空的文件夹；上级文件夹没有时一并建立。")
def init(folder: str) -> None:
    """Start a corpus folder."""
    from corpus.upkeep.starting import start_corpus

    if not start_corpus(Path(folder)):
        click.echo(printable(f"{folder} 已经是语料文件夹，没有改动。"))
        return
    where = shlex.quote(folder)
    click.echo(printable(f"已建立语料文件夹 {folder}，说明见其中的 README.md。"))
    steps = (
        ("添加文件", f"policy-assistant corpus add 文件 --corpus {where}"),
        ("建立索引", f"policy-assistant index build --corpus {where}"),
        ("打开页面", f"policy-assistant serve --corpus {where}"),
    )
    click.echo(printable("\n".join(("接下来：", *(f"  {what}  {command}" for what, command in steps)))), err=True)
