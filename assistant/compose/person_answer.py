"""Who it is: the row of a list of members (组 长:张三 市委副书记), with the place it has in the group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.answer import CitationRole
from assistant.compose.finish import finish, quote_of
from assistant.compose.plainly import answer_plainly
from assistant.compose.refusal import REFUSE_BELOW, refuse
from assistant.compose.sentences import sentences_of
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.question import Question
from assistant.retrieve import Evidence
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Span

_HAN = r"[\u4e00-\u9fff]"
#: A member's row: the place where it is named anew, the name of two or three characters, the post.
_ROW = re.compile(
    rf"^\s*(?:(?P<place>{_HAN}(?:\s*{_HAN}){{0,7}})\s*:)?\s*(?P<name>{_HAN}(?:\s?{_HAN}){{1,2}})\s+(?P<post>{_HAN}\S.*)$"
)
#: A sentence that says who holds a place: 由市长任组长, 张三同志兼任办公室主任.
_APPOINTS = re.compile(r"由[^,。;]{2,12}?(?:兼|担)?任|同志|兼任|担任")
#: Fewer such lines are no list of members.
_ROWS = 3
#: Rows that fit as well as the best are all given (副组长), up to this many.
_SHOWN = 6
#: The share of the topic that the row itself must hold: its group and document are shared by all rows.
_OWN = 0.1
#: What the row itself counts beside what it and its list say together.
_OWN_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class _Member:
    """A row; ``span`` is in the clause's text, ``group`` what stands above the list."""

    clause: Clause
    instrument: Instrument
    span: Span
    place: str
    words: str
    group: str


def answer_with_person(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The members that are asked for, or the sentence that says who; else a refusal."""
    asked = fold(question.topic)
    scored = []
    for clause, instrument, _ in evidence.ranked:
        for member in (*_members(clause, instrument), *_appointments(clause, instrument)):
            row = member.place + member.words
            own = topic.best(((1.0, row),)) + _is_asked(member.place, asked)
            scored.append((own, topic.coverage(row, member.group, instrument.title), member))
    if not scored:
        return answer_plainly(question, topic, evidence, library) or refuse(question, topic, evidence)
    own, coverage, best = max(scored, key=lambda row: row[1] + _OWN_SHARE * row[0])
    if own < _OWN or evidence.confidence(best.clause, coverage) < REFUSE_BELOW:
        return answer_plainly(question, topic, evidence, library) or refuse(question, topic, evidence)
    alike = [m for score, _, m in scored if m.clause is best.clause and m.place == best.place and score == own]
    statements = [
        Statement(
            f"{member.place}:{member.words}" if member.place else member.words,
            (quote_of(member.instrument, member.clause, member.span, CitationRole.ANSWERS),),
        )
        for member in alike[:_SHOWN]
    ]
    return finish(question, statements, 1.0, library)


def _is_asked(place: str, asked: str) -> float:
    """1 where a place is the one asked for: 组长 is not 副组长."""
    return 1.0 if place and re.search(rf"(?<!副){place}", asked) else 0.0


def _appointments(clause: Clause, instrument: Instrument) -> Iterator[_Member]:
    """The sentences of a clause that say who holds a place."""
    text = fold(clause.text)
    for span in sentences_of(clause):
        if _APPOINTS.search(span.of(text)):
            yield _Member(clause, instrument, span, "", as_sentence(span.of(clause.text)), " ".join(clause.headings))


def _members(clause: Clause, instrument: Instrument) -> Iterator[_Member]:
    """The members that a clause lists; nothing for running text. A place holds until the next one is named."""
    text = fold(clause.text)
    lines = list(re.finditer(r"[^\n]+", text))
    rows = [(i, row) for i, line in enumerate(lines) if (row := _ROW.match(line[0]))]
    if len(rows) < _ROWS:
        return
    group = "\n".join((text[: lines[rows[0][0]].start()], *clause.headings))
    place = ""
    ends = [i for i, _ in rows[1:]] + [len(lines)]
    for (i, row), following in zip(rows, ends, strict=True):
        place = re.sub(r"\s", "", row["place"] or "") or place
        last = i
        while last + 1 < following and not lines[last + 1][0].rstrip().endswith("。"):
            last += 1
        span = Span(lines[i].start() + row.start("name"), lines[last].end())
        name = re.sub(r"\s", "", row["name"])
        post = re.sub(r"\s*\n\s*", "", text[lines[i].start() + row.start("post") : lines[last].end()])
        yield _Member(clause, instrument, span, place, f"{name}({post.strip()})", group)
