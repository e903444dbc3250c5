"""The facts that the corpus room reads, held against a hand-made inventory of what the documents say.

An inventory is a folder of .tsv files, one an instrument (named by its id, or by its document's), one row a fact; what
the columns mean stands in ``evals/inventory/README.md``. A fact is found when one of its kind with its value stands in
the same clause: amounts by value and unit, periods by count and unit or by their days, offices by name and role,
references by the words that name the document or provision, relations by kind, benefits by kind-free value and unit.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from corpus.facts.rows import FactRow
from evals.errors import InventoryError

KIND_NAMES = {
    "amount": "金额比例",
    "quantity": "数量",
    "period": "期限日期",
    "office": "单位",
    "reference": "引用",
    "relation": "关系",
    "benefit": "惠企事项",
}
KINDS = tuple(KIND_NAMES)
#: What is compared of an amount besides its value.
ATTRIBUTE_NAMES = {"role": "角色", "bound": "界限", "per": "每"}
#: The path of a row that only says that the fact stands somewhere in the document.
ANYWHERE = "text"

Fact = Mapping[str, str]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of the inventory that was not read, or one that was read and is not in it."""

    document: str
    missed: bool
    fact: Fact

    def __str__(self) -> str:
        what = " ".join(filter(None, (self.fact["text"], self.fact["role"], self.fact["subject"])))
        return f"{'缺' if self.missed else '多'} {self.document} {self.fact['path']} {self.fact['kind']} {what}"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many facts of a kind the inventory has, how many were read, and how many are both."""

    wanted: int = 0
    read: int = 0
    both: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.wanted + other.wanted, self.read + other.read, self.both + other.both)

    @property
    def recall(self) -> float | None:
        """The share of the inventory that was read; None where it has nothing."""
        return self.both / self.wanted if self.wanted else None

    @property
    def precision(self) -> float | None:
        """The share of what was read that is in the inventory; None where nothing was read."""
        return self.both / self.read if self.read else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Inventories held against what was read: a tally a kind, shares of attributes that agree, every difference."""

    tallies: Mapping[str, Tally]
    agreeing: Mapping[str, tuple[int, int]]
    differences: tuple[Difference, ...]

    def as_json(self) -> dict[str, object]:
        """The comparison without the differences, for machines."""
        return {
            "kinds": {
                kind: {
                    "wanted": tally.wanted,
                    "read": tally.read,
                    "recall": tally.recall,
                    "precision": tally.precision,
                }
                for kind, tally in self.tallies.items()
            },
            "amounts": {name: {"agree": agree, "of": of} for name, (agree, of) in self.agreeing.items()},
        }


def read_inventory(folder: Path) -> dict[str, Sequence[Fact]]:
    """The inventories of a folder by name; :class:`InventoryError` names the file that is none."""
    inventories: dict[str, Sequence[Fact]] = {}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        for number, row in enumerate(rows, 2):
            if row.get("kind") not in KINDS or None in row.values():
                raise InventoryError(
                    f"{path} 第 {number} 行不是一条事实:kind 应是 {'、'.join(KINDS)} 之一,列数应与表头相同。"
                )
        inventories[path.stem] = rows
    if not inventories:
        raise InventoryError(f"{folder} 里没有清单(.tsv)。")
    return inventories


def compare(read: Mapping[str, Sequence[FactRow]], inventories: Mapping[str, Sequence[Fact]]) -> Comparison:
    """Hold what was ``read`` of each instrument against its inventory; kinds that an inventory leaves out count not."""
    tallies: Counter[tuple[str, str]] = Counter()
    sums = dict.fromkeys(KINDS, Tally())
    differences: list[Difference] = []
    for name, wanted in inventories.items():
        anywhere = all(row["path"] == ANYWHERE for row in wanted)
        found = [_fact(row, anywhere=anywhere) for row in read.get(name, ())]
        for kind in {row["kind"] for row in wanted}:
            of_kind = [row for row in wanted if row["kind"] == kind]
            pairs, missed, extra = _paired(of_kind, [row for row in found if row["kind"] == kind])
            sums[kind] += Tally(len(of_kind), len(pairs) + len(extra), len(pairs))
            differences += (Difference(name, True, fact) for fact in missed)
            differences += (Difference(name, False, fact) for fact in extra)
            if kind == "amount":
                for attribute in ATTRIBUTE_NAMES:
                    tallies[attribute, "of"] += len(pairs)
                    tallies[attribute, "agree"] += sum(a[attribute] == b[attribute] for a, b in pairs)
    agreeing = {name: (tallies[name, "agree"], tallies[name, "of"]) for name in ATTRIBUTE_NAMES}
    return Comparison({kind: tally for kind, tally in sums.items() if tally.wanted}, agreeing, tuple(differences))


def _fact(row: FactRow, *, anywhere: bool) -> Fact:
    fact = {name: getattr(row, name) for name in row.__slots__}
    return {**fact, "path": ANYWHERE} if anywhere else fact


def _paired(wanted: Iterable[Fact], read: Iterable[Fact]) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """The facts that both have, in pairs; those of the inventory alone; those that were read alone."""
    waiting: defaultdict[Key, list[Fact]] = defaultdict(list)
    for fact in read:
        waiting[(_squeezed(fact["path"]), *_key(fact))].append(fact)
    pairs, missed = [], []
    for fact in wanted:
        same = waiting[(_squeezed(fact["path"]), *_key(fact))]
        if same:
            pairs.append((fact, same.pop(0)))
        else:
            missed.append(fact)
    return pairs, missed, [fact for facts in waiting.values() for fact in facts]


def _key(fact: Fact) -> Iterator[object]:
    """What makes two records of a fact the same."""
    kind = fact["kind"]
    if kind == "period" and fact["value_high"]:
        yield from (_number(fact["value_high"]), fact["unit"])
    elif kind == "period":
        yield from (fact["from_date"], fact["to_date"])
    elif kind == "office":
        yield from (_squeezed(fact["text"]), fact["role"])
    elif kind == "reference":
        yield _squeezed(fact["text"]).split("》")[0].split("(")[0]
    elif kind == "relation":
        yield fact["role"]
    else:
        yield from (_number(fact["value_low"]), _number(fact["value_high"]))
        yield "" if kind == "quantity" else fact["unit"]


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text).normalize() if text else None
    except InvalidOperation as error:
        raise InventoryError(f"{text!r} 不是数;应如 40000 或 1.5。") from error


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text).translate(str.maketrans("（），、", "(),、"))
