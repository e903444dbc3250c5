"""Click in Chinese: help pages, the sentences about wrong usage, and the exit codes.

A room writes its commands in plain click. :func:`in_chinese` makes the same commands speak Chinese and gives every
one of them the options that all share; :func:`run` turns whatever happens into an exit code and a sentence.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from corpus.errors import PolicyError
from corpus.table import printable, width

DONE, FAILED, WRONG_USAGE, NOTHING_FOUND, GATE_NOT_MET, INTERRUPTED = 0, 1, 2, 3, 4, 130

_HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_METAVARS = {"text": "文本", "integer": "整数", "integer range": "整数", "float": "数", "float range": "数"}
_METAVARS |= {"file": "文件", "filename": "文件", "directory": "文件夹", "path": "路径"}
#: What may not begin a line.
_CLOSING = "、。，；：！？）》」』】〕”’%,.;:!?)]}"
_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "路径不存在",
    IsADirectoryError: "这是一个文件夹",
    NotADirectoryError: "路径中有一段不是文件夹",
    PermissionError: "没有权限",
}
_CHINESE = re.compile("[\u4e00-\u9fff]")


class HelpFormatter(click.HelpFormatter):
    """A help page with Chinese headings, wrapped by the width of the characters."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that begins with 用法."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{' ' * self.current_indent}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, wrapped and indented."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
            if number:
                self.write("\n")
            columns = self.width - self.current_indent
            # Lines that are indented against the first are examples, to be kept as they stand.
            lines = paragraph.split("\n") if "\n " in paragraph else _wrapped(paragraph, columns)
            for line in lines:
                self.write(f"{indent}{line}\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 34, col_spacing: int = 2) -> None:
        """Write terms and what they mean, in two columns."""
        rows = list(rows)
        terms = min(max(width(term) for term, _ in rows), col_max) + col_spacing
        indent = " " * self.current_indent
        for term, meaning in rows:
            lines = _wrapped(meaning, max(self.width - self.current_indent - terms, 20))
            if width(term) + col_spacing > terms:
                self.write(f"{indent}{term}\n")
            else:
                first = next(lines, "")
                self.write(f"{indent}{term}{' ' * (terms - width(term))}{first}".rstrip() + "\n")
            for line in lines:
                self.write(f"{indent}{' ' * terms}{line}\n")

    @contextmanager
    def section(self, name: str) -> Iterator[None]:
        """A section under a heading."""
        with super().section(_HEADINGS.get(name, name)):
            yield


class Context(click.Context):
    """A context that writes its help with :class:`HelpFormatter`."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command that speaks Chinese. ``before`` runs when its line has been read, before what it does."""

    context_class = Context
    before: Callable[[click.Context], None] | None = None

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``, described in Chinese."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示这份说明。"
        return option

    def get_short_help_str(self, limit: int = 0) -> str:  # noqa: ARG002 - click's signature
        """The first sentence, whole: it is wrapped, not cut."""
        return self.short_help or re.split(r"(?<=。)|\n\s*\n", self.help or "")[0]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the line; words too many are named in Chinese."""
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not isinstance(self, click.Group):
            raise click.UsageError(f"多出的内容：{' '.join(rest)}。有空格的文字请加引号。", ctx)
        return rest

    def invoke(self, ctx: click.Context) -> Any:
        """Prepare, then do what the command does."""
        if self.before is not None:
            self.before(ctx)
        return super().invoke(ctx)


class Group(Command, click.Group):
    """A group of commands that speaks Chinese; its commands stand in the order in which they were added."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order in which they were added."""
        return list(self.commands)


def in_chinese(
    command: click.Command, shared: Sequence[click.Option], before: Callable[[click.Context], None]
) -> Command:
    """``command`` and all below it once more: in Chinese, with the ``shared`` options, and ``before`` run first."""
    params = [*command.params, *shared]
    for param in command.params:
        if param.metavar is None and not getattr(param, "is_flag", False) and not isinstance(param.type, click.Choice):
            param.metavar = _METAVARS.get(param.type.name) if isinstance(param, click.Option) else None
    copied: dict[str, Any] = {
        name: getattr(command, name)
        for name in ("name", "callback", "help", "epilog", "short_help", "hidden", "deprecated", "context_settings")
    }
    copied |= {"params": params, "no_args_is_help": command.no_args_is_help, "options_metavar": "[选项]"}
    if isinstance(command, click.Group):
        commands: dict[str, click.Command] = {
            name: in_chinese(below, shared, before) for name, below in command.commands.items()
        }
        return Group(
            **copied,
            commands=commands,
            invoke_without_command=command.invoke_without_command,
            subcommand_metavar="命令 [参数]...",
        )
    adopted = Command(**copied)
    adopted.before = before
    return adopted


def explain(error: click.ClickException) -> str:
    """A Chinese sentence for wrong usage, made from what the error holds; its English text is not used."""
    match error:
        case click.NoSuchOption():
            return f"没有 {error.option_name} 这个选项。{_suggestion(error.possibilities)}"
        case click.exceptions.NoSuchCommand():
            return f"没有 {error.command_name} 这个命令。{_suggestion(error.possibilities)}"
        case click.MissingParameter():
            return f"缺少{_name(error)}。"
        case click.BadParameter():
            return f"{_name(error)} 的值不对：{_right(error)}"
        case click.BadOptionUsage():
            params = error.ctx.command.params if error.ctx is not None else []
            is_flag = any(error.option_name in param.opts and getattr(param, "is_flag", False) for param in params)
            return f"选项 {error.option_name} {'不带值' if is_flag else '后面缺少值'}。"
        case click.FileError():
            return f"文件 {error.ui_filename} 打不开。"
    return error.message if _CHINESE.search(error.message) else f"用法不对（{error.message}）。"


def _suggestion(possibilities: Sequence[str] | None) -> str:
    return f"是不是 {' 或 '.join(possibilities)}？" if possibilities else ""


def _name(error: click.BadParameter) -> str:
    param = error.param
    if isinstance(param, click.Option):
        return f"选项 {'/'.join(param.opts)}"
    if param is not None:
        return f"参数 {param.human_readable_name}"
    return "参数"


def _right(error: click.BadParameter) -> str:
    """What would be right: said by our own types, else read from click's."""
    if _CHINESE.search(error.message):
        return error.message
    match error.param.type if error.param is not None else None:
        case click.Choice() as choice:
            return f"只能是 {'、'.join(str(each) for each in choice.choices)} 之一。"
        case click.IntRange() | click.FloatRange() as range_:
            low = f"不小于 {range_.min}" if range_.min is not None else ""
            high = f"不大于 {range_.max}" if range_.max is not None else ""
            return f"应为{'、'.join(filter(None, (low, high)))} 的数。"
        case click.Path() | click.File():
            return "这个文件或文件夹不存在，或者不能使用。"
        case type_ if type_ is click.INT:
            return "应为整数。"
        case type_ if type_ is click.FLOAT:
            return "应为数字。"
    return "请看 --help 的说明。"


def run(root: click.Command, args: Sequence[str]) -> int:
    """Run a command line to its exit code. Nothing that goes wrong leaves a traceback on the screen."""
    try:
        code = root.main(list(args), prog_name=root.name, standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        _say(error.message)
        return WRONG_USAGE
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx is not None else root.name
        _say(f"{explain(error)}\n用法见 {path} --help")
        return WRONG_USAGE
    except click.ClickException as error:
        _say(explain(error))
        return FAILED
    except PolicyError as error:
        _say(str(error))
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):
        # The reader has gone (click says so with a SystemExit). What is still buffered must not raise once more when
        # the interpreter ends, so it goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last line of defence: a person gets a sentence, not a traceback
        _say(internal_error(error))
        return FAILED
    return code if isinstance(code, int) else DONE


def internal_error(error: BaseException) -> str:
    """The sentence for an error that nobody foresaw, with the place in the code for those who maintain it."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"程序内部出错（{type(error).__name__}：{error}；{place}）。请把这行文字告诉维护人员。"


def reason(error: OSError) -> str:
    """Why a file could not be read or written, in Chinese."""
    for kind, words in _REASONS.items():
        if isinstance(error, kind):
            return words
    return f"系统错误 {error.errno}"


def _say(text: str) -> None:
    click.echo(printable(text), err=True)


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """Lines of at most ``columns``, broken between Chinese characters or at blanks, never before closing signs."""
    text = re.sub(r"\s*\n\s*", "", text) if _CHINESE.search(text) else " ".join(text.split())
    line = ""
    for piece in re.findall(rf"(?:[!-~]+|[^!-~])[{re.escape(_CLOSING)}]*", text):
        if line and width(line) + width(piece.rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece if line else piece.lstrip()
    if line.strip():
        yield line.rstrip()
