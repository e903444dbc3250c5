"""Where a provision stands: levels, steps, paths; paths read from their printed labels and from their addresses."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from corpus.folding import fold
from corpus.numerals import HAN_NUMERAL, han_number, number_of


class Level(StrEnum):
    """The level of a provision; the value is the part of its address."""

    PART = "part"
    CHAPTER = "chp"
    SECTION = "sec"
    ARTICLE = "art"
    PARAGRAPH = "para"
    SUBPARAGRAPH = "subpara"
    ITEM = "item"
    OUTLINE_1 = "h1"
    OUTLINE_2 = "h2"
    OUTLINE_3 = "h3"
    OUTLINE_4 = "h4"
    OUTLINE_5 = "h5"
    HEAD = "head"
    NOTICE = "notice"
    TAIL = "tail"
    ANNEX = "annex"
    BOX = "box"
    TURN = "turn"
    ORDINAL = "ordinal"
    DASH = "dash"


#: Levels that head a text: an article is cited without its chapter, 一、 of an outline with it.
GROUPING_LEVELS = (Level.PART, Level.CHAPTER, Level.SECTION)
#: Levels of which an instrument has one, so that the address carries no number.
SINGLE_LEVELS = frozenset({Level.HEAD, Level.NOTICE})
_SPOKEN_UNITS = {Level.SUBPARAGRAPH: "项", Level.ITEM: "目"}
OUTLINE_LEVELS = (Level.OUTLINE_1, Level.OUTLINE_2, Level.OUTLINE_3, Level.OUTLINE_4, Level.OUTLINE_5)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an address: its level, its number in that level, and the label as printed.

    ``number`` is the printed number in Arabic digits (``10-1`` for 第十条之一), or the position among
    unnumbered siblings. ``occurrence`` tells apart siblings that print the same number.
    """

    level: Level
    number: str
    label: str
    occurrence: int = 1

    def __str__(self) -> str:
        stem = self.level.value if self.level in SINGLE_LEVELS else f"{self.level.value}_{self.number}"
        return stem if self.occurrence == 1 else f"{stem}_{self.occurrence}"


@dataclass(frozen=True, slots=True)
class ProvisionPath:
    """条款地址: ``h1_4__h2_18``, ``art_12__para_2__subpara_3`` (after the Akoma Ntoso naming convention)."""

    steps: tuple[Step, ...]

    def __str__(self) -> str:
        return "__".join(str(step) for step in self.steps)

    @property
    def labels(self) -> tuple[str, ...]:
        """The printed labels from the top, in the widths of the file; what prints none is not in it."""
        return tuple(step.label for step in self.steps if step.label)

    @property
    def label(self) -> str:
        """The path read out: 四、(十八), 第十二条第二款第(三)项."""
        spoken = []
        for step in self.steps:
            unit = _SPOKEN_UNITS.get(step.level)
            spoken.append(f"第{step.label.rstrip('.、')}{unit}" if unit else step.label)
        return "".join(spoken)

    def child(self, step: Step) -> ProvisionPath:
        """This path with one more step."""
        return ProvisionPath((*self.steps, step))

    @classmethod
    def parse(cls, label: str) -> ProvisionPath:
        """The path that a printed label says, in any width: 第十二条第二款第(三)项, 第10条之一, 四、(十八), 通知二、.

        Its address is that of the provision with this label, of several with one number the first. What is printed
        without a number (a dash, a speaker) has no such label: ``ValueError``, as for anything else. A chapter in
        front of an article is left out, as an address leaves it out; in front of 一、 it is kept.
        """
        printed = re.sub(r"\s", "", label)
        folded = fold(printed)
        groups: list[Step] = []
        steps: list[Step] = []
        at = 0
        while at < len(printed):
            step, at = _step_at(printed, folded, at, in_article=any(s.level in _STATUTE_LEVELS for s in steps))
            if step is None or not _may_follow(step, steps, groups):
                raise ValueError(_NO_LABEL.format(label[:_SHOWN]))
            (groups if step.level in GROUPING_LEVELS else steps).append(step)
        if not steps and not groups:
            raise ValueError(_NO_LABEL.format(label[:_SHOWN]))
        kept = groups if steps and steps[0].level in _IN_CHAPTERS else []
        return cls((*kept, *steps) or tuple(groups[-1:]))

    @classmethod
    def parse_address(cls, address: str) -> ProvisionPath:
        """The path of an address: art_12__para_2, h1_4__h2_18, head_2. Its labels are those that are usual.

        ``ValueError`` where it is none.
        """
        steps: list[Step] = []
        for part in address.split("__"):
            found = _ADDRESS_STEP.fullmatch(part)
            if found is None:
                raise ValueError(f"不是条款地址:{address[:_SHOWN]!r};应如 art_12__para_2、h1_4__h2_18")
            level = Level(found["single"] or found["level"])
            occurrence = int(found["again"] or found["once_more"] or 1)
            number = found["number"] or ""
            steps.append(Step(level, number, _usual_label(level, number, steps), occurrence))
        return cls(tuple(steps))


_SHOWN = 40
_NO_LABEL = "不是条款标号:{!r};应如 第十二条第二款第(三)项、四、(十八)"
#: The order in which steps follow one another in one address.
_RANKS = {
    level: rank
    for rank, levels in enumerate(
        (
            (Level.NOTICE, Level.HEAD, Level.TAIL, Level.ANNEX),
            (Level.OUTLINE_1, Level.ARTICLE),
            (Level.OUTLINE_2,),
            (Level.OUTLINE_3,),
            (Level.OUTLINE_4,),
            (Level.OUTLINE_5,),
            (Level.PARAGRAPH,),
            (Level.SUBPARAGRAPH,),
            (Level.ITEM,),
            (Level.BOX, Level.ORDINAL),
        )
    )
    for level in levels
}
#: What begins anew in each chapter of an outline.
_IN_CHAPTERS = frozenset({*OUTLINE_LEVELS, Level.PARAGRAPH, Level.BOX, Level.ORDINAL})
#: Provisions that stand beside all others.
_ALONE = frozenset({Level.HEAD, Level.TAIL, Level.ANNEX})
_N = rf"(?:{HAN_NUMERAL}{{1,9}}|\d{{1,4}})"
#: The label of each level behind which its number stands; for folded text without blanks.
_LABELS = (
    (Level.PART, rf"第(?P<n>{_N})(?:分编|编|部分)"),
    (Level.CHAPTER, rf"第(?P<n>{_N})章"),
    (Level.SECTION, rf"第(?P<n>{_N})节"),
    (Level.ARTICLE, rf"第(?P<n>{_N})条(?:之(?P<after>{_N}))?"),
    (Level.PARAGRAPH, rf"第(?P<n>{_N})[款段]"),
    (Level.SUBPARAGRAPH, rf"第?(?P<label>\(?(?P<n>{_N})\)?|(?P<sign>[㈠-㈩]))、?项"),
    (Level.ITEM, rf"第?(?P<label>\(?(?P<n>{_N})\)?|(?P<sign>[⒈-⒛⑴-⒇①-⑳]))目"),
    (
        Level.ORDINAL,
        rf"(?P<n>{HAN_NUMERAL}{{1,2}})是|第(?P<m>{HAN_NUMERAL}{{1,2}})[,、:]|其(?P<k>{HAN_NUMERAL}{{1,2}})[,、:是]",
    ),
    (Level.OUTLINE_1, rf"(?P<n>{HAN_NUMERAL}{{1,5}})[、.]"),
    (Level.OUTLINE_2, rf"(?:\((?P<n>{HAN_NUMERAL}{{1,5}})\)|(?P<sign>[㈠-㈩]))、?"),
    (Level.OUTLINE_3, r"(?P<n>\d{1,3})[、.]|(?P<sign>[⒈-⒛])"),
    (Level.OUTLINE_4, r"(?:\((?P<n>\d{1,3})\)|(?P<m>\d{1,2})\)|(?P<sign>[⑴-⒇]))、?"),
    (Level.OUTLINE_5, r"(?P<sign>[①-⑳])"),
    (Level.BOX, rf"专栏(?P<n>{_N})"),
    (Level.ANNEX, rf"附[件表录图](?P<n>{_N})?"),
    (Level.NOTICE, "通知"),
    (Level.HEAD, "题头"),
    (Level.TAIL, "末段"),
)
#: 第三条(二)1.: what numbers an outline by itself numbers 项 and 目 below an article.
_BELOW_ARTICLE = {
    Level.OUTLINE_2: Level.SUBPARAGRAPH,
    Level.OUTLINE_3: Level.ITEM,
    Level.OUTLINE_4: Level.ITEM,
    Level.OUTLINE_5: Level.ITEM,
}
_STATUTE_LEVELS = frozenset({Level.ARTICLE, Level.SUBPARAGRAPH, Level.ITEM})
_ADDRESS_STEP = re.compile(
    rf"(?P<single>{'|'.join(sorted(SINGLE_LEVELS))})(?:_(?P<again>\d{{1,6}}))?"
    rf"|(?P<level>{'|'.join(sorted(set(Level) - SINGLE_LEVELS, reverse=True))})"
    r"_(?P<number>\d{1,6}(?:-\d{1,4})?)(?:_(?P<once_more>\d{1,6}))?"
)


@cache
def _patterns() -> tuple[tuple[Level, re.Pattern[str]], ...]:
    """The labels compiled, when the first one is read."""
    return tuple((level, re.compile(pattern)) for level, pattern in _LABELS)


def _may_follow(step: Step, steps: list[Step], groups: list[Step]) -> bool:
    """Whether a step goes down from those above it."""
    if step.level in GROUPING_LEVELS:
        last = GROUPING_LEVELS.index(groups[-1].level) if groups else -1
        return not steps and GROUPING_LEVELS.index(step.level) > last
    return not steps or (steps[-1].level not in _ALONE and _RANKS[step.level] > _RANKS[steps[-1].level])


def _step_at(printed: str, folded: str, at: int, *, in_article: bool) -> tuple[Step | None, int]:
    """The step whose label stands at a place, and the place behind it."""
    for level, pattern in _patterns():
        match = pattern.match(folded, at)
        if match is None:
            continue
        groups = match.groupdict()
        numeral = next((n for key in ("n", "m", "k", "sign") if (n := groups.get(key))), "")
        try:
            number = str(number_of(re.sub(r"[().、]", "", unicodedata.normalize("NFKC", numeral)))) if numeral else ""
            if after := groups.get("after"):
                number = f"{number}-{number_of(after)}"
        except ValueError:
            continue
        if not numeral and level not in SINGLE_LEVELS:
            number = "1"
        span = match.span("label") if "label" in groups else match.span()
        here = _BELOW_ARTICLE.get(level, level) if in_article else level
        return Step(here, number, printed[slice(*span)]), match.end()
    return None, at


def _usual_label(level: Level, number: str, above: list[Step]) -> str:
    """The label that a provision of a level and number usually prints; "" where it prints none."""
    if level in _PLAIN_LABELS:
        return _PLAIN_LABELS[level]
    if level in _WITHOUT_LABEL:
        return ""
    first, _, after = number.partition("-")
    value = int(first)
    if level is Level.OUTLINE_5:
        return chr(ord("①") + value - 1) if 1 <= value <= _CIRCLED else ""
    if level is Level.PARAGRAPH and not (above and above[-1].level is Level.ARTICLE):
        return f"第{value}段"
    han = han_number(value) if value else "零"
    label = _USUAL_LABELS[level].format(value, han)
    return f"{label}之{han_number(int(after))}" if after else label


_PLAIN_LABELS = {Level.HEAD: "题头", Level.NOTICE: "通知", Level.TAIL: "末段"}
#: ① to ⑳.
_CIRCLED = 20
_WITHOUT_LABEL = frozenset({Level.TURN, Level.DASH})
_USUAL_LABELS = {
    Level.PART: "第{1}编",
    Level.CHAPTER: "第{1}章",
    Level.SECTION: "第{1}节",
    Level.ARTICLE: "第{1}条",
    Level.PARAGRAPH: "第{1}款",
    Level.SUBPARAGRAPH: "({1})",
    Level.ITEM: "{0}.",
    Level.OUTLINE_1: "{1}、",
    Level.OUTLINE_2: "({1})",
    Level.OUTLINE_3: "{0}.",
    Level.OUTLINE_4: "({0})",
    Level.BOX: "专栏{0}",
    Level.ANNEX: "附件{0}",
    Level.ORDINAL: "{1}是",
}
