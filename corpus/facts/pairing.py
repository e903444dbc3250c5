"""分别 / 相应 / 依次: which of a list of figures goes with which of a list of things.

年产值首次突破50亿元、30亿元、20亿元且…分别超过3000万元、2000万元、1000万元的,相应奖励100万元、50万元、30万元
→ 50万元 has the key 30亿元 2000万元
行业综合排名前三的,分别奖励5万元、4万元、3万元      → 第二 for 4万元
2023—2025年,…产值分别达到22亿元、40亿元、70亿元     → 2024年 for 40亿元
特级资质企业和一级资质企业,分别奖励200万元、20万元    → 一级资质企业 for 20万元
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.facts.phrases import sentence_of
from corpus.model import Span

_MARKER = re.compile(r"分别|相应|依次|对应")
_JOINED = re.compile(r"\s*(?:、|和|及|与|以及|或)\s*(?:[\u4e00-\u9fff]{0,3})")
_ORDINALS = "一二三四五六七八九十"
_TOP = re.compile(r"前([二两三四五六七八九十]|\d)(?:名|位)?")
_YEARS = re.compile(r"(20\d\d)年?\s*(?:—|-|~|至|到)\s*(20\d\d)年")
_ITEM_JOIN = re.compile(r"、|和|及|与|以及")


def keys_of(folded: str, figures: Sequence[Span]) -> list[str]:
    """For each figure (in reading order) the words that pair it; "" where nothing does."""
    keys = [""] * len(figures)
    runs = runs_of(folded, figures)
    for i, run in enumerate(runs):
        sentence = sentence_of(folded, figures[run[0]])
        partners = _partners(folded, figures, runs[:i][-_MOST_LISTS:], run, sentence)
        for position, figure in enumerate(run):
            paired = [other[position] for other in partners]
            keys[figure] = " ".join([keys[figure], *(figures[other].of(folded) for other in paired)]).strip()
            for other in paired:
                keys[other] = f"{keys[other]} {figures[figure].of(folded)}".strip()
        since = max(sentence.start, figures[run[0] - 1].end if run[0] else 0)
        marker = _last_marker(folded[since : figures[run[0]].start])
        if not partners and marker is not None:
            lead = folded[sentence.start : since + marker]
            for figure, name in zip(run, _names(lead, len(run)), strict=False):
                keys[figure] = name
    return keys


#: So many lists of figures may stand in one sentence.
_MOST_LISTS = 8


def _partners(
    folded: str, figures: Sequence[Span], earlier: Sequence[list[int]], run: list[int], sentence: Span
) -> list[list[int]]:
    """The lists of the same length that a list is paired with.

    A 分别 or 相应 stands between, and they speak of one thing: they stand in one sentence, and no 对… begins another.
    """
    partners = []
    for other in earlier:
        between = folded[figures[other[-1]].end : figures[run[0]].start]
        in_one_sentence = figures[other[0]].start >= sentence.start and re.search(r"[,;]对", between) is None
        if len(other) == len(run) and in_one_sentence and _MARKER.search(between):
            partners.append(other)
    return partners


def runs_of(folded: str, figures: Sequence[Span]) -> list[list[int]]:
    """Figures listed one after the other (22亿元、40亿元、70亿元), by index; two at least."""
    runs: list[list[int]] = []
    current: list[int] = []
    for i, figure in enumerate(figures):
        if current and not _JOINED.fullmatch(folded, figures[current[-1]].end, figure.start):
            if len(current) > 1:
                runs.append(current)
            current = []
        current.append(i)
    if len(current) > 1:
        runs.append(current)
    return runs


def _last_marker(lead: str) -> int | None:
    found = [match.start() for match in _MARKER.finditer(lead)]
    return found[-1] if found else None


def _names(lead: str, count: int) -> list[str]:
    """The last ``count`` names listed before the marker: ranks, years, or nouns."""
    top = _TOP.search(lead.rpartition("对")[2] if "对" in lead else lead)
    if top and _top_count(top[1]) == count:
        return [f"第{_ORDINALS[i]}名 第{_ORDINALS[i]}" for i in range(count)]
    years = _YEARS.search(lead)
    if years and int(years[2]) - int(years[1]) + 1 == count:
        return [f"{year}年" for year in range(int(years[1]), int(years[2]) + 1)]
    pieces = [piece.strip(",的: ") for piece in _ITEM_JOIN.split(lead)]
    for offset in range(len(pieces) - count + 1):
        window = pieces[len(pieces) - count - offset : len(pieces) - offset]
        if all(window) and all("," not in piece for piece in window[1:]):
            return _trim(window)
    return []


def _top_count(text: str) -> int:
    return int(text) if text.isdigit() else {"两": 2}.get(text, _ORDINALS.find(text) + 1)


def _trim(names: list[str]) -> list[str]:
    """The names without the words around the list.

    外地迁入我市的施工总承包特级资质企业 → 特级资质企业, 通格微等一批企业 → 通格微.
    """
    names = [*names[:-1], re.sub(r"(?<=..)等(?:[^级]|$).*$", "", names[-1])]
    first, others = re.split(r"[,;:对]", names[0])[-1], names[1:]
    longest = max((len(name) for name in others), default=0)
    alike = others and len(first) >= 2 and all(name.endswith(first[-2:]) for name in others)
    room = longest if alike else longest + 2
    return [first if len(first) <= room + 2 and not alike else first[-room:], *others]
