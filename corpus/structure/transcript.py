"""The transcript scheme: speakers' turns, each behind a line that is a name and a colon, or a journalist's question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Level
from corpus.structure.lines import Line
from corpus.structure.marks import Mark, ordinal_mark
from corpus.structure.tree import Node

_SPEAKER = re.compile(r"[^。;!?:,《》]{2,40}:")
_QUESTIONER = re.compile(r"[\u4e00-\u9fff·]{2,16}记者:")
#: A line with a colon that addresses the listeners or leads up to a list names no speaker.
_NO_SPEAKER = re.compile(r"朋友|大家好|同志们|的有:|如下|各位")
#: So many turns are no accident.
_TURNS = 3


def is_transcript(lines: Sequence[Line]) -> bool:
    """Whether speakers take turns, at least one of them a journalist."""
    speakers = sum(_SPEAKER.fullmatch(line.folded) is not None for line in lines)
    return speakers >= _TURNS and any(_QUESTIONER.match(line.folded) for line in lines)


def read_transcript(root: Node, lines: Sequence[Line]) -> None:
    """Hang the turns that stand in ``lines`` below ``root``."""
    turn: Node | None = None
    for line in lines:
        speaker = _speaker(line)
        if speaker:
            turn = root.append(Mark(Level.TURN, str(root.count(Level.TURN) + 1), speaker), line, speaker)
        elif turn is None:
            if not root.children:
                root.append(Mark(Level.HEAD, "", "题头"), line)
        else:
            ordinal = ordinal_mark(line)
            if ordinal is not None:
                turn.append(ordinal, line)
            elif turn.children:
                turn.open(Level.PARAGRAPH, "", line)


def _speaker(line: Line) -> str:
    """The name in front of the colon, as printed."""
    question = _QUESTIONER.match(line.folded)
    if question:
        return line.text[: question.end() - 1]
    named = _SPEAKER.fullmatch(line.folded) and not _NO_SPEAKER.search(line.folded)
    return line.text[:-1] if named else ""
