"""Provisos: which clauses govern which.

不重复享受, conflict, validity and interpretation travel with what they govern.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from corpus.folding import fold
from corpus.model import OUTLINE_LEVELS, Clause, Level
from corpus.numerals import number_of
from corpus.structure.marks import ARTICLE_LABEL

NON_STACKING = re.compile(
    r"不(?:得|能|可)?重复(?:享受|奖励|申报|补助|兑现|补贴)|就高不?(?:就低|重复)?|择优不重复|不(?:得)?叠加|不(?:得)?同时享受"
)
PRECEDENCE = re.compile(r"以本[\u4e00-\u9fff]{2,4}为准|从其(?:规定|约定)|按新规定执行")
_GENERAL = re.compile(
    rf"{NON_STACKING.pattern}|{PRECEDENCE.pattern}|有效期|负责解释|起(?:施行|执行|实施)|除[^。,]{{2,20}}外|不适用本"
)
#: A sentence by which an article speaks of its whole instrument.
_OF_THE_WHOLE = re.compile(
    r"本(?:办法|规定|条例|细则|法|意见|措施|政策|解释|规则)[^。;]{0,30}(?:起(?:施行|执行|实施)|有效期|负责解释)"
    r"|不适用本(?!条|款|章|节)|(?:冲突|不一致)的,[^。;]{0,12}以本[\u4e00-\u9fff]{2,4}为准"
)
_REFERENCE = re.compile(ARTICLE_LABEL)


def provisos_of(clauses: Sequence[Clause]) -> dict[str, tuple[str, ...]]:
    """For each clause of one instrument the ids of the clauses that govern it.

    Closing paragraphs govern all; of a statute the articles that state validity, interpretation, conflict or
    what it does not apply to. A clause that may not be combined with another one (与第一条奖励不重复享受) governs that.
    """
    governing: dict[str, dict[str, None]] = defaultdict(dict)
    for article, named in _not_combined(clauses):
        for clause in named:
            governing[clause.id][article.id] = None
    general = [clause.id for clause in clauses if _governs_all(clause)]
    return {
        clause.id: tuple(i for i in dict.fromkeys([*governing[clause.id], *general]) if i != clause.id)
        for clause in clauses
        if clause.level is not Level.HEAD
    }


def _governs_all(clause: Clause) -> bool:
    folded = fold(clause.text)
    if clause.level is Level.TAIL:
        return _GENERAL.search(folded) is not None
    return clause.level is Level.ARTICLE and _OF_THE_WHOLE.search(folded) is not None


def _not_combined(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, list[Clause]]]:
    level = _article_level(clauses)
    for clause in clauses:
        for sentence in re.split(r"[。\n]", fold(clause.text)):
            if NON_STACKING.search(sentence):
                numbers = {number for match in _REFERENCE.finditer(sentence) if (number := _number(match))}
                yield clause, [c for c in clauses if c is not clause and _number_at(c, level) in numbers]


def _number(match: re.Match[str]) -> str:
    try:
        return str(number_of(match[1]))
    except ValueError:
        return ""


def _article_level(clauses: Sequence[Clause]) -> Level:
    """What 第N条 means: the article, in an outline the level whose numbers run through and are unique, else 一、."""
    if any(clause.level is Level.ARTICLE for clause in clauses):
        return Level.ARTICLE
    for level in OUTLINE_LEVELS[1:3]:
        numbers = Counter(
            number for clause in clauses if clause.level is level for number in [_number_at(clause, level)]
        )
        parents = {clause.path.steps[0] for clause in clauses if clause.level is level}
        if len(parents) > 1 and max(numbers.values()) == 1:
            return level
    return Level.OUTLINE_1


def _number_at(clause: Clause, level: Level) -> str:
    return next((step.number for step in clause.path.steps if step.level is level), "")
