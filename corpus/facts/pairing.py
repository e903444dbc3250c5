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
    runs = _runs(folded, figures)
    for i, run in enumerate(runs):
        sentence = sentence_of(folded, figures[run[0]])
        lead = folded[sentence.start : figures[run[0]].start]
        marker = _last_marker(lead)
        others = [
            r for r in runs[:i] if len(r) == len(run) and _same_group(folded, sentence, figures[r[0]], figures[run[0]])
        ]
        if marker is None and not others:
            continue
        for position, figure in enumerate(run):
            partners = [figures[r[position]].of(folded) for r in others]
            keys[figure] = " ".join([keys[figure], *partners]).strip()
            for r in others:
                keys[r[position]] = f"{keys[r[position]]} {figures[figure].of(folded)}".strip()
        if not others and marker is not None:
            for figure, name in zip(run, _names(lead[:marker], len(run)), strict=False):
                keys[figure] = name
    return keys


def _same_group(folded: str, sentence: Span, first: Span, second: Span) -> bool:
    """Whether two lists speak of one thing: they stand in one sentence, and no 对… begins another between them."""
    return first.start >= sentence.start and re.search(r"[,;]对", folded[first.end : second.start]) is None


def _runs(folded: str, figures: Sequence[Span]) -> list[list[int]]:
    """Figures listed one after the other (22亿元、40亿元、70亿元), by index; two at least."""
    runs: list[list[int]] = []
    current: list[int] = []
    for i, figure in enumerate(figures):
        if current and not _JOINED.fullmatch(folded[figures[current[-1]].end : figure.start]):
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
    """The first name without the words that lead up to the list (外地迁入我市的施工总承包特级资质企业 → 特级资质企业)."""
    first, others = re.split(r"[,;:对]", names[0])[-1], names[1:]
    longest = max((len(name) for name in others), default=0)
    alike = others and len(first) >= 2 and all(name.endswith(first[-2:]) for name in others)
    room = longest if alike else longest + 2
    return [first if len(first) <= room + 2 and not alike else first[-room:], *others]
