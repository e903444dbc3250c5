"""Chinese text as words: what recipes give to a stack whose own tokens need blanks between them."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable

from evals.benchmarks.peers.installed import load


def jieba_words() -> Callable[[str], list[str]]:
    """The cut of jieba, its dictionary loaded; its cache goes into a folder that nobody else writes to."""
    jieba = load("jieba")
    jieba.setLogLevel(logging.WARNING)
    if not jieba.dt.initialized:
        with tempfile.TemporaryDirectory() as folder:
            jieba.dt.tmp_dir = folder
            jieba.initialize()

    def words(text: str) -> list[str]:
        return [word for word in jieba.lcut(text) if word.strip()]

    return words
