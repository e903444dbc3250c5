"""Provisos: which clauses govern which. 不重复享受, conflict, validity and interpretation travel with what they govern."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.folding import fold
from corpus.model import Clause, Level

NON_STACKING = re.compile(
    r"不(?:得|能|可)?重复(?:享受|奖励|申报|补助|兑现|补贴)|就高不?(?:就低|重复)?|择优不重复|不(?:得)?叠加|不(?:得)?同时享受"
)
PRECEDENCE = re.compile(r"以本[\u4e00-\u9fff]{2,4}为准|从其(?:规定|约定)|按新规定执行")
_GENERAL = re.compile(
    rf"{NON_STACKING.pattern}|{PRECEDENCE.pattern}|有效期|负责解释|起(?:施行|执行|实施)|除[^。,]{{2,20}}外|不适用本"
)


def provisos_of(clauses: Sequence[Clause]) -> dict[str, tuple[str, ...]]:
    """For each clause of one instrument the ids of the clauses that govern it.

    Closing paragraphs govern all; of a statute the articles that state validity, interpretation, conflict or
    what it does not apply to.
    """
    general = [clause for clause in clauses if _governs_all(clause)]
    return {
        clause.id: tuple(other.id for other in general if other.id != clause.id)
        for clause in clauses
        if clause.level is not Level.HEAD
    }


def _governs_all(clause: Clause) -> bool:
    folded = fold(clause.text)
    if clause.level is Level.TAIL:
        return _GENERAL.search(folded) is not None
    if clause.level is Level.ARTICLE:
        own = re.search(r"本(?:办法|规定|条例|细则|法|意见|措施)", folded)
        return own is not None and _GENERAL.search(folded) is not None
    return False
