"""The answers printed in the READMEs: asked of the bundled corpus, so that what they show is what comes out.

``python -m evals.readme`` says whether the READMEs show what is answered today; ``--write`` writes it into them.
"""

from __future__ import annotations

import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from assistant.answer import Request
from assistant.pipeline import Assistant
from corpus.library import BUNDLED
from index.build import open_index

ROOT = BUNDLED.parent
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
DAY = date(2026, 11, 22)
QUESTIONS = (
    "零售店刚进限纳统，天门奖多少？",
    "建筑公司产值第一次过30亿，地方财政贡献2200万，天门奖多少？",
    "涉企补偿申请交上去，多久告诉我受不受理？",
    "20号文第八条讲什么",
    "武汉小微企业贷款贴息多少？",
)
_BLOCK = re.compile(r"(?<=<!-- answers -->\n).*?(?=<!-- /answers -->)", re.DOTALL)


def answers(assistant: Assistant) -> str:
    """The questions with their answers and what these rest on, as Markdown."""
    lines = []
    for question in QUESTIONS:
        answer = assistant.ask(Request(question, DAY))
        lines += [f'$ policy-assistant ask "{question}" --as-of {DAY}', answer.text]
        for citation in answer.citations:
            number = f"{citation.document_number} " if citation.document_number else ""
            lines.append(f"  [{citation.mark}] {citation.city} {number}《{citation.title}》{citation.label}")
        lines.append("")
    return "\n".join(["```text", *lines[:-1], "```", ""])


def shown(readme: str) -> str:
    """The block of answers that a README shows."""
    match = _BLOCK.search(readme)
    return match[0] if match else ""


def main(arguments: list[str]) -> int:
    """Compare, or write; 1 where a README shows something else."""
    with tempfile.TemporaryDirectory() as folder:
        assistant = Assistant(open_index(BUNDLED, Path(folder), "embedded", lambda _: None))
        block = answers(assistant)
    stale = [path for path in READMES if shown(path.read_text(encoding="utf-8")) != block]
    if "--write" in arguments:
        for path in stale:
            path.write_text(_BLOCK.sub(lambda _: block, path.read_text(encoding="utf-8")), encoding="utf-8")
        stale = []
    for path in stale:
        sys.stderr.write(f"{path.name} 中的答复不是现在的答复,请运行 python -m evals.readme --write。\n")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
