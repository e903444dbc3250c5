"""Where a provision stands: levels, steps, paths."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


#: Levels that head a text without being part of an address: an article is cited without its chapter.
GROUPING_LEVELS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION})
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
