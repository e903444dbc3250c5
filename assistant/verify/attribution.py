"""Whether a figure in an answer stands in a cited clause as the same thing, for the same subject.

    found → same role and bound → same member of a 分别-list → same subject → nothing that it depends on dropped

Each step keeps the places of the clause that pass; the first that leaves none says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.verify.figures import Key, Stated, holds, pairs_of, sort_of, stated_in
from assistant.verify.finding import FindingKind
from assistant.verify.sources import Source, Sources
from corpus.model import Bound, Role

#: Words straight before a figure that are the same in answer and clause, from so many characters on, are its own.
_SAME_WORDS = 4
_OPEN = (Bound.AT_LEAST, Bound.OVER)
_GIVEN = (Role.AWARD, Role.RATE, Role.CAP)
#: What a figure may depend on, in the words of a clause, and in those of whoever repeats it.
QUALIFIERS = (
    ("首次", re.compile(r"首次|第一次|头一[次回]|首[度家个台套批次]|初次|刚")),
    ("连续", re.compile(r"连续|连着|接连|每年都|持续")),
    ("累计", re.compile(r"累计|合计|一共|总共|总计|累积")),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a sentence of an answer; ``said`` is the whole sentence, ``others`` the other figures in it."""

    figure: Stated
    said: str
    others: tuple[Stated, ...]
    lead: bool


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a claim does not hold."""

    kind: FindingKind
    why: str


def fault_of(claim: Claim, cited: Sequence[Source], sources: Sources, also: Iterable[Key] = ()) -> Fault | None:
    """What is wrong with a figure that rests on some sources; None where it holds.

    ``also`` are values that support it without a clause: days of validity, the day asked about, what is derived.
    """
    figure = claim.figure
    also = list(also)
    if any(holds(key, figure.key) for key in also) or _both_ends(figure, cited, also):
        return None
    places = [(s, source) for source in cited for s in source.figures if holds(s.key, figure.key)]
    if not places:
        return _nowhere(claim, cited)
    if claim.lead:
        return None
    fault: Fault | None = None
    for step in (_wrong_role, _wrong_bound, _wrong_member, _wrong_subject, _dropped):
        kept = []
        for stated, source in places:
            wrong = step(claim, stated, source, sources)
            if wrong is None:
                kept.append((stated, source))
            else:
                fault = fault or wrong
        if not kept:
            return fault
        places, fault = kept, None
    return None


def _both_ends(figure: Stated, cited: Sequence[Source], also: Sequence[Key]) -> bool:
    """Whether of a stretch of time its first and its last day are each said, if not together."""
    first, last = figure.key[1:]
    if not isinstance(first, date) or not isinstance(last, date) or first == last:
        return False
    known = [*also, *(stated.key for source in cited for stated in source.figures)]
    return all(any(holds(key, ("date", day, day)) for key in known) for day in (first, last))


def _nowhere(claim: Claim, cited: Sequence[Source]) -> Fault:
    kind: FindingKind = "date" if claim.figure.kind == "date" else "figure"
    if claim.figure.kind in ("day", "month", "working_day"):
        kind = "period"
    near = [s.text for source in cited for s in source.figures if s.kind == claim.figure.kind]
    told = f"，所引条款里写的是{'、'.join(dict.fromkeys(near[:4]))}" if near else ""
    return Fault(kind, f"“{claim.figure.text}”在所引条款中找不到{told}。")


def _wrong_role(claim: Claim, stated: Stated, _source: Source, _sources: Sources) -> Fault | None:
    """A cap is no award, a threshold neither; what the sentence leaves open is not held against it."""
    said, there = claim.figure, stated
    if said.role is None or there.role is None or said.role is there.role:
        return None
    wrong = (
        (said.role in (Role.AWARD, Role.RATE) and there.role in (Role.THRESHOLD, Role.TARGET, Role.LOAN))
        or (said.role is Role.CAP and there.role in (Role.THRESHOLD, Role.TARGET))
        or (said.role in (Role.THRESHOLD, Role.LOAN) and there.role in (Role.AWARD, Role.CAP))
        or (said.role is Role.AWARD and there.role is Role.CAP and not said.limits)
        or (said.role is Role.CAP and there.role is Role.AWARD and not there.limits)
    )
    if not wrong or _same_words(said, there):
        return None
    return Fault("role", f"“{said.text}”在条款里是{_ROLES[there.role]}，不是{_ROLES[said.role]}。")


_ROLES = {
    Role.AWARD: "奖补数额",
    Role.CAP: "最高限额",
    Role.RATE: "比例",
    Role.THRESHOLD: "条件",
    Role.TARGET: "目标",
    Role.LOAN: "贷款额度",
    Role.FEE: "收费",
    Role.OTHER: "其他数字",
}


def _wrong_bound(claim: Claim, stated: Stated, _source: Source, _sources: Sources) -> Fault | None:
    """最高, 以上, 超过 kept as they are: 以上、以下 include the number, 超过、不满 do not (民法典 1259)."""
    said, there = claim.figure, stated
    if said.bound is None or there.bound is None or said.bound is there.bound:
        return None
    if Bound.RANGE in (said.bound, there.bound) or (
        said.limits and there.limits and Bound.UNDER not in (said.bound, there.bound)
    ):
        return None
    if there.bound is Bound.EXACT and there.role is Role.CAP and said.limits:
        return None
    return Fault("bound", f"“{said.text}”前后的限定与条款不同，条款写的是“{_shown(there)}”。")


def _shown(stated: Stated) -> str:
    return f"{re.split('[,;:]', stated.near)[-1]}{stated.text}"


def _same_words(said: Stated, there: Stated) -> bool:
    return _common_end(said.near, there.near) >= _SAME_WORDS


def _wrong_member(claim: Claim, stated: Stated, source: Source, sources: Sources) -> Fault | None:
    """In a 分别-list what the sentence pairs with the figure is its own member, not another one."""
    if not stated.paired or not stated.members:
        return None
    own = [name for name in stated.paired if _names(claim.said, name, claim)]
    rivals = [name for name in stated.members if _names(claim.said, name, claim)]
    if not own and not rivals:
        own = [name for name in stated.paired if _in_question(name, sources)]
        rivals = [name for name in stated.members if _in_question(name, sources)]
    wrong = bool(rivals) and (not own or not _in_order(claim, source))
    if not wrong:
        return None
    return Fault("pairing", f"条款里“{stated.text}”对应的是“{'、'.join(stated.paired)}”。")


def _names(said: str, name: str, claim: Claim) -> bool:
    if not name[0].isdigit():
        return name in said
    values = [s.key for s in stated_in(name)]
    stated = [other.key for other in claim.others]
    return any(holds(value, key) for value in values for key in stated) if values else name in said


def _in_question(name: str, sources: Sources) -> bool:
    if not name[0].isdigit():
        return name in sources.question
    return any(holds(value.key, asked.key) for value in stated_in(name) for asked in sources.asked)


def _in_order(claim: Claim, source: Source) -> bool:
    """Whether the listed figures that a sentence repeats stand in it as they stand in the clause."""
    listed = [s.key for s in source.figures if s.paired]
    places: list[int] = []
    for other in sorted((claim.figure, *claim.others), key=lambda s: s.span):
        if other.key in listed:
            places.append(listed.index(other.key))
    return places == sorted(places) or len(set(places)) < len(places)


def _wrong_subject(claim: Claim, stated: Stated, source: Source, sources: Sources) -> Fault | None:
    """The words that the figure is said of fit this place of the clause no worse than that of another figure.

    Where the sentence says nothing that tells the two apart, the question does.
    """
    said = claim.figure
    if not stated.words:
        return None
    for rival in source.figures:
        if sort_of(rival) != sort_of(stated) or rival.key == stated.key or _of_one_list(stated, rival, source):
            continue
        if _is_condition(stated) != _is_condition(rival) and _is_condition(said) == _is_condition(stated):
            continue
        own, others = stated.subject - rival.subject, rival.subject - stated.subject
        here, there = len(said.subject & own), len(said.subject & others)
        same, rivals_same = _common_end(said.near, stated.near), _common_end(said.near, rival.near)
        if max(same, rivals_same) >= _SAME_WORDS:
            here, there = here + min(same, 8), there + min(rivals_same, 8)
        if here == there == 0:
            asked = pairs_of(sources.question)
            here, there = len(asked & own), len(asked & others)
        if there > here + 1 or (there > 0 and here == 0):
            what = re.sub(r"^[,\s]+|[,\s]+$", "", stated.words)[-30:]
            return Fault("subject", f"“{said.text}”在条款里说的是“{what}”，这句话说的是别的（条款为{rival.text}）。")
    return None


def _is_condition(stated: Stated) -> bool:
    return stated.role is Role.THRESHOLD


def _of_one_list(a: Stated, b: Stated, source: Source) -> bool:
    first, second = sorted((a.span, b.span))
    return a.near == b.near and not re.search(r"[,;。]", source.text[first.end : second.start])


def _common_end(a: str, b: str) -> int:
    length = 0
    while length < min(len(a), len(b)) and a[-1 - length] == b[-1 - length]:
        length += 1
    return length


def _dropped(claim: Claim, stated: Stated, _source: Source, sources: Sources) -> Fault | None:
    """首次, 连续, 累计 and the thresholds that an award depends on are said with it, or by the asker."""
    if stated.role not in _GIVEN or claim.figure.role not in (*_GIVEN, None):
        return None
    said = f"{claim.said}\n{sources.question}"
    for word, variants in QUALIFIERS:
        if word in stated.words and not variants.search(said):
            return Fault("condition", f"“{claim.figure.text}”以“{word}”为条件，这句话没有说。")
    if stated.conditions:
        known = [s.key for s in (*claim.others, *sources.asked)]
        if not any(holds(condition, key) for condition in stated.conditions for key in known):
            return Fault("condition", f"“{claim.figure.text}”有数额条件，这句话没有说：{stated.words[:60]}。")
    return None
