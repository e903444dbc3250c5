"""The assistant's own commands: ask, lookup, serve, config."""

from __future__ import annotations

import codecs
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant import __version__
from assistant.console import FAILED, NOTHING_FOUND, internal_error, reason
from corpus.errors import PolicyError
from corpus.table import printable, table

if TYPE_CHECKING:
    from assistant.answer import Mode
    from assistant.pipeline import Assistant
    from assistant.settings import Settings


@dataclass(frozen=True)
class Shell:
    """What every command is given as ``ctx.obj``: the settings, today, and how to put the assistant together."""

    settings: Settings
    today: date
    assemble: Callable[[Settings], Assistant]

    @property
    def corpus(self) -> Path:
        """The corpus folder."""
        return self.settings.corpus

    @property
    def index(self) -> Path | None:
        """The index folder, where one was given."""
        return self.settings.index

    @property
    def embedding(self) -> str:
        """The embedding model."""
        return self.settings.embedding_model

    @property
    def embedding_key(self) -> str | None:
        """The key of the embedding model's endpoint."""
        from assistant.settings import secret

        return secret(self.settings.embedding_api_key)

    def assistant(self) -> Assistant:
        """The assembled assistant."""
        return self.assemble(self.settings)

    def config(self) -> dict[str, Any]:
        """Every setting with its value, secrets masked."""
        return {shown.name: shown.value for shown in self.settings.shown()}


class Words(click.ParamType[str]):
    """Text that is not blank."""

    name = "文本"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """``value`` without blanks around it."""
        words = str(value).strip()
        if not words:
            self.fail("不能是空的。", param, ctx)
        return words


as_of_option = click.option(
    "--as-of", type=Words(), metavar="日期", help="按哪一天判断效力，如 2024-03-15、2024年3月；默认今天。"
)
city_option = click.option(
    "--city", type=Words(), metavar="城市", help="只问这个城市，“市”字可省；问题里写明的城市优先。"
)
json_option = click.option("--json", "as_json", is_flag=True, help="输出 JSON。")


@click.command(
    help="提一个问题，得到有依据的答复。\n\n"
    "退出码：0 已答复；1 出错；2 用法不对；3 没有找到或不在范围内。批量时只要没有一行出错就是 0。",
    epilog='\n例：\n  policy-assistant ask "首次上规入统的企业奖多少？" --city 甲市\n'
    "  policy-assistant ask --batch 问题.jsonl --output 答复.jsonl",
)
@click.argument("question", metavar="问题", required=False, type=Words(), help="要问的问题，有空格时加引号。")
@as_of_option
@city_option
@click.option(
    "--mode",
    type=click.Choice(["extractive", "llm"]),
    help="extractive 摘原文作答，llm 由语言模型组织；默认看是否配置了模型。",
)
@json_option
@click.option("--batch", type=Path, metavar="文件", help="批量提问：每行一个 JSON 对象的文件，- 为标准输入。")
@click.option("--output", type=Path, metavar="文件", help="批量答复写到这里，每行一个；- 为标准输出。")
@click.pass_context
def ask(
    ctx: click.Context,
    question: str | None,
    as_of: str | None,
    city: str | None,
    mode: Mode | None,
    as_json: bool,
    batch: Path | None,
    output: Path | None,
) -> None:
    """Answer one question, or a file of questions."""
    shell: Shell = ctx.obj
    if (question is None) == (batch is None):
        raise click.UsageError("要么写一个问题，要么用 --batch 给出一个文件，两者取一。", ctx)
    if (batch is None) != (output is None):
        raise click.UsageError("--batch 和 --output 要一起用。", ctx)
    day = _day(ctx, as_of)
    if batch is not None and output is not None:
        _ask_batch(ctx, batch, output, day, city, mode)
        return
    from assistant.answer import Request, Status
    from assistant.render import render_answer

    answer = shell.assistant().ask(Request(question or "", day, city=city, mode=mode))
    click.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2) if as_json else render_answer(answer))
    if answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE):
        ctx.exit(NOTHING_FOUND)
    if answer.status is Status.ERROR:
        ctx.exit(FAILED)


@click.command(
    help="查条款原文：文号加条款号、单独的文号（列出提纲），或关键词。\n\n什么也没有查到时退出码为 3。",
    epilog='\n例：\n  policy-assistant lookup "甲政办发〔2023〕5号 第三条"\n'
    "  policy-assistant lookup 贷款贴息 --city 甲市",
)
@click.argument("query", metavar="查询", type=Words(), help="文号加条款号、单独的文号，或关键词。")
@city_option
@as_of_option
@json_option
@click.pass_context
def lookup(ctx: click.Context, query: str, city: str | None, as_of: str | None, as_json: bool) -> None:
    """Show clauses verbatim, by number or by keywords."""
    from assistant.render import render_lookup

    shell: Shell = ctx.obj
    found = shell.assistant().lookup(query, _day(ctx, as_of), city)
    click.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=2) if as_json else render_lookup(found))
    if not found.matches:
        ctx.exit(NOTHING_FOUND)


@click.command(help="打开问答页面和接口。")
@click.option(
    "--host", type=Words(), metavar="地址", default="127.0.0.1", help="监听的地址，默认 127.0.0.1，只有本机能访问。"
)
@click.option("--port", type=click.IntRange(0, 65535), metavar="端口", default=7860, help="监听的端口，默认 7860。")
@click.pass_obj
def serve(shell: Shell, host: str, port: int) -> None:
    """Serve the pages and the API."""
    from assistant.api import serve as serve_pages

    serve_pages(shell.assistant, shell.settings, host, port)


@click.group(help="查看设置。")
def config() -> None:
    """Commands about the settings."""


@config.command(
    "show",
    help="列出每项设置的值和来源，密钥不显示。\n\n"
    "先后次序：命令行、环境变量 POLICY_ASSISTANT_…、配置文件 policy-assistant.toml、默认值。",
)
@json_option
@click.pass_obj
def config_show(shell: Shell, as_json: bool) -> None:
    """Show every setting and where its value comes from."""
    from assistant.settings import PREFIX, Origin

    settings = shell.settings
    shown = settings.shown()
    if as_json:
        values = {each.name: {"value": each.value, "origin": each.origin.value} for each in shown}
        file = str(settings.file) if settings.file is not None else None
        click.echo(json.dumps({"file": file, "settings": values}, ensure_ascii=False, indent=2))
        return
    rows = [("设置", "值", "来源")]
    for each in shown:
        origin = {
            Origin.COMMAND_LINE: "命令行",
            Origin.ENVIRONMENT: f"环境变量 {PREFIX}{each.name}",
            Origin.FILE: f"配置文件 {settings.file}",
            Origin.DEFAULT: "默认",
        }[each.origin]
        rows.append((each.name, "（未设置）" if each.value in (None, "") else str(each.value), origin))
    click.echo(printable(table(rows)))


def _day(ctx: click.Context, text: str | None) -> date:
    """The day that ``--as-of`` names, else today."""
    from assistant.incoming import RequestError, read_day

    today: date = ctx.obj.today
    try:
        return today if text is None else read_day(text, today)
    except RequestError as error:
        raise click.UsageError(f"选项 --as-of 的值不对：{error}", ctx) from None


def _ask_batch(ctx: click.Context, source: Path, target: Path, day: date, city: str | None, mode: Mode | None) -> None:
    """One answer a line, in the order of the questions; the output appears when it is whole."""
    shell: Shell = ctx.obj
    lines = [(number, line) for number, line in enumerate(_read_lines(source), start=1) if line.strip()]
    failed = 0
    with _written_whole(target) as write:
        assistant = shell.assistant()
        with click.progressbar(lines, label="答复", file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
            for number, line in progress:
                answer = _answer_line(assistant, number, line, day, city, mode)
                failed += answer["status"] == "error"
                write(json.dumps(answer, ensure_ascii=False) + "\n")
    if failed:
        click.echo(f"{len(lines)} 行中有 {failed} 行出错，见输出中 status 为 error 的行。", err=True)
        ctx.exit(FAILED)


def _read_lines(source: Path) -> list[bytes]:
    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
    except OSError as error:
        raise PolicyError(f"文件 {source} 读不出来：{reason(error)}。") from error
    return data.removeprefix(codecs.BOM_UTF8).split(b"\n")


def _answer_line(
    assistant: Assistant, number: int, line: bytes, day: date, city: str | None, mode: Mode | None
) -> dict[str, Any]:
    """The answer object for a line of a batch; whatever goes wrong with the line is said in it."""
    from assistant.answer import Answer, Status
    from assistant.incoming import read_request

    values: Any = None
    try:
        values = _read_json(line)
        answer = assistant.ask(read_request(values, day, city, mode)).as_json()
    except PolicyError as error:
        said = str(error)
    except Exception as error:  # noqa: BLE001 - one line that breaks must not cost the others
        said = internal_error(error)
    else:
        said = ""
    fields = values if isinstance(values, dict) else {}
    if said:
        question = fields.get("question")
        question = question if isinstance(question, str) else ""
        text = f"第 {number} 行：{said}"
        failed = Answer(question, "", day, mode or "extractive", Status.ERROR, text, version=__version__)
        answer = failed.as_json()
    return answer | {"id": number if fields.get("id") is None else fields["id"]}


def _read_json(line: bytes) -> Any:
    from assistant.incoming import RequestError

    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        raise RequestError('读不懂，应为 UTF-8 编码的一个 JSON 对象，如 {"question": "……"}。') from None


@contextmanager
def _written_whole(target: Path) -> Iterator[Callable[[str], Any]]:
    """A writer for a file that is replaced only when all is written; a pipe, a device and ``-`` are written to."""
    if str(target) == "-":
        yield lambda text: click.echo(text, nl=False)
        return
    try:
        target = target.resolve()
        if target.exists() and not target.is_file():
            with target.open("w", encoding="utf-8", errors="backslashreplace") as out:
                yield out.write
            return
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise PolicyError(f"文件 {target} 写不进去：{reason(error)}。") from error
    draft = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as out:
            yield out.write
        # mkstemp makes files that only their owner can read; what is written here is an ordinary file.
        umask = os.umask(0)
        os.umask(umask)
        draft.chmod(0o666 & ~umask)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
