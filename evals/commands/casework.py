"""The commands about cases themselves: check, draft, confirm, import."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from corpus.table import printable
from evals.commands.shell import FAILED

if TYPE_CHECKING:
    from evals.cases import Case
    from evals.drafts.confirming import Confirmation

NOTHING_FOUND = 3
#: The cases of the project; they are about the bundled corpus.
OWN_CASES = Path(__file__).parents[1] / "cases"
_SHOWN = 12

_output = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到这个文件；文件已经有了就只在后面添上编号不同的，原有的一字不动。不给就显示出来。",
)
_cases = click.option(
    "--cases",
    type=click.Path(path_type=Path, exists=True),
    metavar="文件夹",
    help="已有的用例：同一条款沿用它所在的部分，已有的不再起草。默认是项目自带的 evals/cases。",
)


@click.command(
    help="检查用例写得对不对：格式、依据和答案是否在文件里、条款是否存在、同一条款是否跨了两个部分，"
    "问法是不是照抄条款、是不是一个句式。\n\n"
    "有不对的退出码为 1，每处一行，写明文件和行号。"
)
@click.argument("cases", metavar="用例", type=click.Path(path_type=Path, exists=True), help="用例文件或文件夹。")
@click.pass_context
def check(ctx: click.Context, cases: Path) -> None:
    """Compare cases with the documents."""
    from corpus.library import read_library
    from evals.cases import read_cases
    from evals.check import check_cases
    from evals.variety import copied

    chosen = read_cases(cases)
    library = read_library(ctx.obj.corpus)
    problems = check_cases(chosen, library)
    for problem in problems:
        click.echo(printable(problem))
    near = [case.id for case, _ in copied(chosen, library) if not case.draft]
    if near:
        click.echo(printable(f"{len(near)} 条的问题有一半以上是条款的原话：{'、'.join(near)}。"), err=True)
    drafts = sum(case.draft for case in chosen)
    waiting = f"（其中 {drafts} 条是草稿）" if drafts else ""
    click.echo(f"{len(chosen)} 条用例{waiting}，{len(problems)} 处不对。", err=True)
    if problems:
        ctx.exit(FAILED)


@click.command(
    help="从一个文件里读出的事实（奖补、期限、部门、效力……）起草用例，供人确认。\n\n"
    "草稿不计分；看过、改成人说的话以后用 eval confirm 确认。没有这个文件时退出码为 3。",
    epilog="\n例：\n  policy-assistant eval draft 甲政办发〔2023〕5号 --output 草稿.jsonl",
)
@click.argument(
    "instrument", metavar="文件", help="文件的编号、文号、标题，或源文件名；一个文号下有几份文件的，全部起草。"
)
@_output
@click.option("--limit", type=click.IntRange(min=1), metavar="条数", help="最多起草多少条，各种类型轮着取。")
@_cases
@click.pass_context
def draft(ctx: click.Context, instrument: str, output: Path | None, limit: int | None, cases: Path | None) -> None:
    """Draft cases from the facts of an instrument."""
    from corpus.library import read_library
    from evals.drafts.drafting import draft_cases, named_instruments

    library = read_library(ctx.obj.corpus)
    chosen = named_instruments(instrument, library)
    if not chosen:
        names = list(library.instrument)
        close = difflib.get_close_matches(instrument, names, n=3, cutoff=0.4)
        known = f"{'、'.join(names[:_SHOWN])}{' 等' if len(names) > _SHOWN else ''}"
        hint = f"是不是 {' 或 '.join(close)}？" if close else ""
        there = f"现有 {len(names)} 份：{known}，全部见 policy-assistant corpus list。" if names else "语料里没有文件。"
        click.echo(printable(f"没有“{instrument}”这个文件。{hint}{there}"), err=True)
        ctx.exit(NOTHING_FOUND)
    drafts = draft_cases(chosen, library, _existing(cases), limit)
    if drafts.left_out:
        reasons = "，".join(f"{reason} {count} 处" for reason, count in drafts.left_out.items())
        click.echo(printable(f"没有起草的：{reasons}。"), err=True)
    _deliver(drafts.lines, output, "起草")


@click.command(
    help="确认草稿：与文件对照没有不对的，去掉草稿的标记，从此计分；其余的行一字不动。\n\n"
    "有不对的说明原因，仍是草稿，退出码为 1。",
    epilog="\n例：\n  policy-assistant eval confirm 草稿.jsonl 编号 --question 换个说法？",
)
@click.argument(
    "file", metavar="用例", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="有草稿的用例文件。"
)
@click.argument("ids", metavar="[编号]...", nargs=-1, help="要确认的草稿的编号。")
@click.option("--all", "everything", is_flag=True, help="确认文件里的全部草稿。")
@click.option("--question", metavar="问题", help="确认时换一种问法；只能确认一条。")
@click.option("--split", type=click.Choice(["dev", "test"]), help="确认时放进这一部分；只能确认一条。")
@_cases
@click.pass_context
def confirm(
    ctx: click.Context,
    file: Path,
    ids: tuple[str, ...],
    everything: bool,
    question: str | None,
    split: str | None,
    cases: Path | None,
) -> None:
    """Confirm drafts that hold against the documents."""
    from corpus.library import read_library
    from evals.drafts.confirming import confirm as confirm_drafts

    if bool(ids) == everything:
        raise click.UsageError("请写出要确认的编号，或者用 --all 确认全部，两者取一。", ctx)
    reworded = {name: value for name, value in (("question", question), ("split", split)) if value is not None}
    if reworded and len(ids) != 1:
        raise click.UsageError("--question 和 --split 一次只能用于一条草稿。", ctx)
    others = [case for case in _existing(cases) if Path(case.place.rpartition(":")[0]).resolve() != file.resolve()]
    done = confirm_drafts(file, None if everything else ids, read_library(ctx.obj.corpus), others, reworded)
    _tell(done)
    if done.problems or done.unknown:
        ctx.exit(FAILED)


def _tell(done: Confirmation) -> None:
    """What was confirmed and what was not: problems on stdout, the rest on stderr."""
    for name, problems in done.problems.items():
        for problem in problems:
            click.echo(printable(f"{name}：{problem}"))
    for name, reason in done.unknown.items():
        click.echo(printable(f"{name}：{reason}。"))
    for name, share in done.copied.items():
        message = f"提醒：{name} 的问题有 {share:.0%} 是条款的原话，最好用 --question 换成人说的话。"
        click.echo(printable(message), err=True)
    for number in done.unreadable:
        click.echo(f"提醒：第 {number} 行不是 JSON 对象，原样留着。", err=True)
    refused = f"，{len(done.problems)} 条有不对、没有确认" if done.problems else ""
    click.echo(f"确认了 {len(done.confirmed)} 条{refused}，还有 {done.remaining} 条草稿。", err=True)


@click.command(
    "import",
    help="把问答日志变成用例草稿：标为答错的在前，问得多的在前；手机号等个人信息先遮去。\n\n"
    "日志的写法见 evals/README.md。读不出的行写明行号后跳过；一行也读不出时退出码为 1。",
    epilog="\n例：\n  policy-assistant eval import 日志.jsonl --output 草稿.jsonl",
)
@click.argument(
    "log", metavar="日志", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="一行一个 JSON 对象。"
)
@_output
@_cases
@click.pass_context
def import_(ctx: click.Context, log: Path, output: Path | None, cases: Path | None) -> None:
    """Turn a log of questions into drafts."""
    from corpus.library import read_library
    from evals.drafts.logs import import_log

    found = import_log(log, read_library(ctx.obj.corpus), _existing(cases))
    for problem in found.left_out:
        click.echo(printable(problem), err=True)
    if not found.read:
        click.echo(printable(f"{log} 里没有一行能用。"), err=True)
        ctx.exit(FAILED)
    if found.asked_already:
        click.echo(f"{found.asked_already} 个问题用例里已经有了，没有再写。", err=True)
    _deliver(found.drafts, output, "写出")


def _existing(cases: Path | None) -> tuple[Case, ...]:
    """The cases that there are; of the project where no others are named."""
    from evals.cases import read_cases

    folder = cases or OWN_CASES
    there = any(folder.glob("*.jsonl")) if folder.is_dir() else folder.exists()
    return read_cases(folder) if there else ()


def _deliver(drafts: Sequence[Mapping[str, Any]], output: Path | None, verb: str) -> None:
    """Drafts to stdout, or behind what stands in a file."""
    from evals.drafts.caselines import append_new, as_line

    if output is None:
        for values in drafts:
            click.echo(as_line(values), nl=False)
        click.echo(f"{verb}了 {len(drafts)} 条草稿。", err=True)
        return
    added, left = append_new(output, drafts)
    already = f"，{left} 条文件里已经有了" if left else ""
    click.echo(printable(f"{verb}了 {added} 条草稿，写在 {output}{already}。"), err=True)
