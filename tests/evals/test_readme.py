"""The READMEs show what is answered today."""

from assistant.pipeline import Assistant
from evals.readme import READMES, answers, shown
from index.search import Index


def test_the_answers_in_the_readmes_are_those_given(bundled: Index) -> None:
    block = answers(Assistant(bundled))
    for path in READMES:
        assert shown(path.read_text(encoding="utf-8")) == block, f"run: python -m evals.readme --write ({path.name})"
