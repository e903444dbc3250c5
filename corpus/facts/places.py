"""Where in an instrument's tree words stand, and what stands there for a printed number."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from corpus.model import OUTLINE_LEVELS, Level, Provision


class Places:
    """The provisions of an instrument by position and by address."""

    def __init__(self, provisions: Sequence[Provision]) -> None:
        #: Provisions in reading order, each with those that hold it, from the top.
        self._chains: list[tuple[Provision, ...]] = []
        for provision in provisions:
            self._enter(provision, ())
        self._chains.sort(key=lambda chain: chain[-1].own.start)
        self._starts = [chain[-1].own.start for chain in self._chains]
        self._by_address = {str(chain[-1].path): chain for chain in self._chains}
        self._level = _level_of_articles([chain[-1] for chain in self._chains])

    def _enter(self, provision: Provision, above: tuple[Provision, ...]) -> None:
        chain = (*above, provision)
        self._chains.append(chain)
        for child in provision.children:
            self._enter(child, chain)

    def at(self, offset: int) -> tuple[Provision, ...]:
        """The provisions around a place, from the top."""
        i = bisect_right(self._starts, offset) - 1
        return self._chains[i] if i >= 0 else ()

    def __contains__(self, address: str) -> bool:
        return address in self._by_address

    def article(self, number: str) -> str:
        """The address of what 第N条 means: an article, of an outline the level whose numbers run on, else 一、N."""
        if self._level is Level.ARTICLE:
            address = f"art_{number}"
            return address if address in self._by_address else ""
        found = [chain for chain in self._chains if self._is_numbered(chain[-1], number)]
        return str(found[0][-1].path) if len(found) == 1 else ""

    def _is_numbered(self, provision: Provision, number: str) -> bool:
        return provision.level is self._level and provision.path.steps[-1].number == number

    def within(self, address: str, paragraph: str, subparagraph: str) -> str:
        """A 款 or 项 of an article; an article with one 款 has its 项 directly below it."""
        for steps in (
            [f"para_{paragraph}"] * bool(paragraph) + [f"subpara_{subparagraph}"] * bool(subparagraph),
            [f"subpara_{subparagraph}"] if subparagraph and paragraph in ("", "1") else [],
            ["para_1", f"subpara_{subparagraph}"] if subparagraph and not paragraph else [],
        ):
            if steps and (full := "__".join((address, *steps))) in self._by_address:
                return full
        return ""

    def before(self, offset: int, level: Level) -> str:
        """The address of the sibling in front of the provision of a level around a place; "" where there is none."""
        chain = self.at(offset)
        at = next((i for i, provision in enumerate(chain) if provision.level is level), -1)
        if at < 0:
            return ""
        siblings = chain[at - 1].children if at else ()
        if level is Level.ARTICLE:
            siblings = tuple(other[-1] for other in self._chains if other[-1].level is Level.ARTICLE)
        earlier = [p for p in siblings if p.level is level and p.own.start < chain[at].own.start]
        return str(earlier[-1].path) if earlier else ""


def _level_of_articles(provisions: Sequence[Provision]) -> Level:
    levels = {provision.level for provision in provisions}
    if Level.ARTICLE in levels:
        return Level.ARTICLE
    for level in OUTLINE_LEVELS[1:3]:
        numbered = [provision for provision in provisions if provision.level is level]
        numbers = Counter(provision.path.steps[-1].number for provision in numbered)
        parents = {provision.path.steps[:-1] for provision in numbered}
        if len(parents) > 1 and max(numbers.values()) == 1:
            return level
    return Level.OUTLINE_1
