"""The evals room's commands."""

from __future__ import annotations

import click

from evals.commands.casework import check, confirm, draft, import_
from evals.commands.measuring import facts, retrieval
from evals.commands.running import run

eval_group = click.Group(
    "eval",
    help="评测：用已知答案的问题检查答复，或检查检索。",
    commands=[run, check, draft, confirm, import_, facts, retrieval],
)
