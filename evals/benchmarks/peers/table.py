"""The rows as a Markdown table."""

from __future__ import annotations

from evals.benchmarks.peers.compare import Row
from evals.benchmarks.peers.measures import CHARACTERS

HEAD = (
    f"| stack | passages | evidence@1 | evidence@5 [95%] | @10 | in {CHARACTERS:,} characters | MRR@10 "
    "| wrong document@1 | shown without an answer | characters in 5 | ms a question | build s | MB more |\n"
    f"|{'---|' * 13}"
)


def line(row: Row, megabytes: float) -> str:
    """One line of the table."""
    found = row.summary
    low, high = found.interval
    cells = (
        row.peer.name,
        row.peer.setting,
        _share(found.evidence[1]),
        f"{_share(found.evidence[5])} [{_share(low)}, {_share(high)}]",
        _share(found.evidence[10]),
        _share(found.within_budget),
        _share(found.mrr),
        _share(found.wrong_document),
        "—" if row.shown is None else _share(row.shown),
        f"{found.characters:,.0f}",
        f"{found.milliseconds:.1f}",
        f"{row.build_seconds:.2f}",
        f"{megabytes:.0f}",
    )
    return f"| {' | '.join(cells)} |"


def _share(value: float) -> str:
    return f"{value:.3f}"
