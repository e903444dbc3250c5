"""The index room's commands: build, status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

import click

from index.errors import IndexFolderError

if TYPE_CHECKING:
    from pathlib import Path

NOT_FOUND, FAILED = 3, 1

_STATE = {"current": "可用", "stale": "已过期（下次使用时自动重建）", "missing": "没有", "damaged": "已损坏"}


class Shell(Protocol):
    """What these commands need of ``ctx.obj``."""

    @property
    def corpus(self) -> Path:
        """The corpus folder."""

    @property
    def index(self) -> Path | None:
        """The index folder, where one was given."""

    @property
    def embedding(self) -> str:
        """The embedding model: ``embedded``, a folder, a name, or an endpoint's address and name."""

    @property
    def embedding_key(self) -> str | None:
        """What the endpoint of the model wants, if anything."""


@click.group(help="建立和查看索引。")
def index() -> None:
    """The group."""


@index.command(
    help="读取语料并建立索引，替换原有的索引。\n\n建成之前原有的索引照常可用；语料和设置没有变动时也会重建。"
)
@click.pass_obj
def build(shell: Shell) -> None:
    """Build, whatever stands there."""
    from time import perf_counter

    from corpus.library import read_library
    from index.build import build_index
    from index.places import places

    start = perf_counter()
    where = places(shell.corpus, shell.index)
    if where.notice:
        _say(where.notice)
    _say(f"正在读取语料：{shell.corpus}")
    library = read_library(shell.corpus)
    _say(f"正在建立索引：{len(library.clauses)} 个条款单元，向量模型 {shell.embedding}")
    built = build_index(library, where.to_build, shell.embedding, _say, shell.embedding_key)
    _say(f"用时 {perf_counter() - start:.1f} 秒。")
    click.echo(f"索引已建立：{built.folder}（{_in_words(built.manifest.counts)}）")


@index.command(
    help="查看索引：放在哪里、由什么建成、是否可用，并核对每个文件。\n\n没有索引时退出码为 3，已损坏时为 1。"
)
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.pass_context
def status(ctx: click.Context, as_json: bool) -> None:
    """Say what stands there; builds nothing."""
    report = inspect(ctx.obj)
    if as_json:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(report)))
    ctx.exit({"missing": NOT_FOUND, "damaged": FAILED}.get(report["state"], 0))


def inspect(shell: Shell) -> dict[str, Any]:
    """What ``index status --json`` prints: ``state`` is current, stale, missing or damaged, ``reason`` says why."""
    from corpus.library import corpus_version
    from index import store
    from index.build import Wanted, state
    from index.places import places

    where = places(shell.corpus, shell.index)
    folder = where.usual if (where.usual / store.MANIFEST).exists() else where.to_build
    report: dict[str, Any] = {"folder": str(folder), "state": "missing", "reason": ""}
    try:
        manifest, report["reason"] = state(folder, Wanted.now(corpus_version(shell.corpus), shell.embedding))
        if manifest is None:
            return report
        store.check(folder, manifest, thorough=True)
    except IndexFolderError as error:
        return {**report, "state": "damaged", "reason": str(error)}
    written: dict[str, Any] = json.loads(manifest.as_json())
    size = sum(file.size for file in manifest.files.values())
    return {**report, "state": "stale" if report["reason"] else "current", "bytes": size, **written}


def _lines(report: dict[str, Any]) -> list[str]:
    reason = f"：{report['reason']}" if report["reason"] else ""
    lines = [f"位置      {report['folder']}", f"状态      {_STATE[report['state']]}{reason}"]
    if "counts" in report:
        embedding = report["embedding"]
        lines += [
            f"建立时间  {report['built_at']}（UTC），程序版本 {report['package_version']}",
            f"内容      {_in_words(report['counts'])}，{report['lexical']['terms']:.0f} 个检索词",
            f"向量模型  {embedding['name']}（{embedding['dim']} 维）" + (embedding["problem"] and " 缺失"),
            f"语料版本  {report['corpus_version']}",
            f"大小      {report['bytes'] / 1e6:.1f} MB，{len(report['files'])} 个文件，与记录相符",
        ]
        if embedding["problem"]:
            lines.append(f"注意      {embedding['problem']}现在只按字面检索。")
    return lines


def _in_words(counts: Any) -> str:
    return f"{counts['documents']} 个源文件，{counts['instruments']} 个文件，{counts['clauses']} 个条款单元"


def _say(line: str) -> None:
    click.echo(line, err=True)
