"""What all drafts of one instrument are written on, and what they share: how it is named, how a question is put.

fact → passage → question → draft on the sheet, or a reason in ``left_out``
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain, count
from typing import Any

from corpus.facts.validity import validity_of
from corpus.library import Library
from corpus.model import Amount, Clause, Instrument, Level, Period, Provision, Span, Validity
from evals.drafts.passage import Passage, first_words, heading_of, is_balanced, passage_of, plain, said_of_list
from evals.drafts.splits import split_of

LONGEST = 110
_SHORTEST = 8
_LONGEST_LEAD_IN = 40
_IN = ("在{place}，", "{place}这边，", "想问下{place}，", "请问{place}，")
_IN_ALREADY = ("", "请问", "想问一下，")
_BY = ("按{title}，", "{title}中，", "想问一下{title}，", "请问{title}中，")
_LIST_LEVELS = frozenset({Level.SUBPARAGRAPH, Level.ITEM})

#: The ``n``-th wording of a question; "" where it cannot be asked.
Wording = Callable[[int], str]


@dataclass
class Sheet:
    """The drafts of an instrument as they are written.

    ``lines`` are the drafts, ``left_out`` counts facts by the reason. ``turns`` varies the wording: how often each kind
    was asked. ``sums`` are the drafts that ask for a sum and need nothing said before it.
    """

    instrument: Instrument
    library: Library
    splits: Mapping[str, str]
    lines: list[dict[str, Any]] = field(default_factory=list, init=False)
    left_out: Counter[str] = field(default_factory=Counter, init=False)
    turns: Counter[str] = field(default_factory=Counter, init=False)
    sums: list[dict[str, Any]] = field(default_factory=list, init=False)

    # --- the instrument ---

    @cached_property
    def text(self) -> str:
        """The text of the document that holds it."""
        return self.library.document[self.instrument.document_id].text

    @cached_property
    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses in reading order."""
        return tuple(self.library.of_instrument(self.instrument.id))

    @cached_property
    def document(self) -> str:
        """How a case names it: by its number, unless others have that too, else by its title; "" without either."""
        number = self.instrument.number
        alone = number is not None and len(self.library.numbered(number)) == 1
        return str(number) if alone else self.instrument.title

    @cached_property
    def title(self) -> str:
        """Its title as it stands in a sentence."""
        title = self.instrument.title
        return title if "《" in title else f"《{title}》"

    @cached_property
    def city(self) -> str:
        """Its city as people say it, without 市; "" where it has none."""
        return self.instrument.city.removesuffix("市")

    def name(self, labels: Sequence[str]) -> dict[str, Any]:
        """How a case names one of its provisions."""
        return {"document": self.document, "path": list(labels)}

    def topic(self, clause: Clause) -> str:
        """What people would call a clause: its heading if no other has the same, else how its text begins; or ""."""
        heading = heading_of(clause)
        return heading if heading and self._headings[heading] == 1 else first_words(clause)

    @cached_property
    def _headings(self) -> Counter[str]:
        return Counter(heading_of(clause) for clause in self.clauses)

    def validity_of(self, clause: Clause, at: Span, term: Validity | None = None) -> dict[str, Any] | None:
        """What is expected of the validity of a fact: of its own ``term``, else of what governs its place."""
        return expected_validity(term or validity_of(at, clause, self.instrument.validity)[0])

    def split(self, clauses: Sequence[Clause]) -> str:
        """The split of a draft about these clauses."""
        return split_of((clause.id for clause in clauses), self.splits)

    # --- the question ---

    def passage(self, clause: Clause, masks: Sequence[tuple[Span, str]], given: Sequence[Span]) -> Passage | None:
        """As ``passage_of`` has it; an item of a list is led in by the sentence that the list is of."""
        passage = passage_of(clause, self.text, masks, given)
        holding = [provision for provision in self.instrument.walk() if masks[0][0] in provision.span]
        if passage is None or len(holding) < 2 or holding[-1].level not in _LIST_LEVELS:
            return passage
        above = plain(holding[-2].own.of(self.text).strip())
        lead_in = said_of_list(above) if above.endswith("：") else ""
        return replace(passage, lead_in=lead_in) if len(lead_in) <= _LONGEST_LEAD_IN else passage

    def placed(self, question: str, n: int, *, titled: bool = False) -> str:
        """The question with the city in front, else (or where it is to be ``titled``) the title of the instrument."""
        city = "" if titled else self.city
        if city and city not in question:
            opening = _IN[n % len(_IN)].format(place=city)
        elif city:
            opening = _IN_ALREADY[n % len(_IN_ALREADY)]
        else:
            opening = _BY[n % len(_BY)].format(title=self.title)
        return f"{opening}{question}？"

    def framed(self, passage: Passage, body: Wording, n: int) -> str:
        """The question with what has to be said first; "" where nothing would make it one that people understand."""
        question = body(n)
        context = f"{passage.lead_in}，" if passage.lead_in else passage.context
        if context is not None and len(placed := self.placed(context + question, n)) <= LONGEST:
            return placed
        return "" if passage.hangs else self.placed(question, n, titled=True)

    # --- the draft ---

    def add(
        self,
        clause: Clause,
        passage: Passage,
        kind: str,
        said: Sequence[Amount | Period | str],
        ask: Wording | str,
        validity: Mapping[str, Any] | None = None,
        *,
        at: Span | None = None,
        as_of: date | None = None,
        name: str = "",
    ) -> dict[str, Any] | None:
        """Write the draft that expects the words ``said``; None where its question cannot be asked or is there already.

        It cites the smallest provision around what is said, else around ``at``, else the clause. Its id ends with
        ``name``, else with what is said.
        """
        question = ask if isinstance(ask, str) else ask(self.turns[kind])
        if not _SHORTEST <= len(question) <= LONGEST or not is_balanced(question) or "？" in question[:-1]:
            self.left_out["句子太长、太短或不完整"] += 1
            return None
        spans = [each.span for each in said if not isinstance(each, str)]
        path = (self._provision(clause, spans[0] if spans else at) or clause).path
        words = [plain(each if isinstance(each, str) else each.text).strip() for each in said]
        expect: dict[str, Any] = {
            "status": ["answered"],
            "clauses": [self.name(path.labels)],
            "say": [[word] for word in dict.fromkeys(words)],
        }
        if validity:
            expect["validity"] = validity
        self.turns[kind] += 1
        return self.write(
            f"{self.instrument.id}~{path}-{kind}-{name or _in_an_id(words[0])}",
            question,
            kind,
            expect,
            source=passage.source,
            split=self.split([clause]),
            as_of=as_of,
        )

    def write(
        self,
        identifier: str,
        question: str,
        kind: str,
        expect: Mapping[str, Any],
        *,
        split: str,
        source: str = "",
        as_of: date | None = None,
        tags: Sequence[str] = (),
    ) -> dict[str, Any] | None:
        """Put a line together in the order of the fields of a case; None where its question is asked already.

        Ids that would be equal are numbered.
        """
        day = as_of.isoformat() if as_of else None
        if any((line["question"], line.get("as_of")) == (question, day) for line in self.lines):
            self.left_out["问法与另一条相同"] += 1
            return None
        taken = {line["id"] for line in self.lines}
        names = chain([identifier], (f"{identifier}-{n}" for n in count(2)))
        line: dict[str, Any] = {"id": next(name for name in names if name not in taken), "question": question}
        if day:
            line["as_of"] = day
        line["kind"] = kind
        if tags:
            line["tags"] = list(tags)
        line |= {"expect": expect, "source": source, "split": split, "draft": True}
        self.lines.append(line)
        return line

    def _provision(self, clause: Clause, at: Span | None) -> Provision | None:
        """The smallest provision with a printed path of its own, in the clause, that holds a place."""
        holding = [
            provision
            for provision in self.instrument.walk()
            if at is not None
            and at in provision.span
            and provision.span in clause.span
            and provision.path.labels
            and provision.label
        ]
        return min(holding, key=lambda provision: len(provision.span), default=None)


def expected_validity(validity: Validity, on: date | None = None) -> dict[str, Any] | None:
    """What a citation must say of its validity; the status only on a day that the case names."""
    if not validity.stated and validity.repealed_on is None:
        return {"status": "unknown"}
    days = {"effective_on": validity.effective_on, "expires_on": validity.expires_on}
    expected: dict[str, Any] = {"status": validity.status(on).value} if on else {}
    return expected | {key: day.isoformat() for key, day in days.items() if day} or None


def _in_an_id(words: str) -> str:
    return re.sub(r"[\s/\\'\"]+", "", words)[:16]
