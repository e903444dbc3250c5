"""Who said or asked something at a press conference, and what a journalist asked: read from whose words a clause is.

发布会上谁讲的招商引资目标   →  the speaker whose words fit best
哪家媒体问的招商引资         →  the journalist whose question fits best
某某网记者问了什么,谁答的    →  the words of that journalist; who speaks next
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import CitationRole
from assistant.compose.finish import attributed, finish, quote_of
from assistant.compose.prose.sentences import sentences_of
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Kind, Span

_WHO_ASKED = re.compile(r"(?:哪个|哪家|哪位|哪一?[家位个]|什么)(?:媒体|记者|网站)|谁(?:来)?(?:提的?问|问[的了过])")
_WHO_SAID = re.compile(
    r"谁(?:来)?(?:讲|说(?!了算)|答|回答|介绍|回应|透露|宣布|提出|发言)|(?:哪位|哪个)(?:领导|嘉宾|局长|主任)(?:讲|说|答|回答|介绍)"
)
_WHO_HOSTS = re.compile(r"(?:谁(?:来)?主持|主持人?(?:的)?(?:是|叫)?(?:谁|哪位|什么名字))")
#: Said of a conference, or of words that were spoken; 谁提出申请 is neither.
_OF_A_CONFERENCE = re.compile(r"发布会|会上|记者|媒体|[讲说答问绍布应](?:的|了|过)")
#: A journalist who is named: 某某日报记者问了什么; and who is asked for behind it: 谁答的.
_JOURNALIST = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:的)?记者")
_WHAT_ASKED = re.compile(r"问(?:了|的)?(?:是)?(?:个)?(?:什么|啥|哪)|提(?:了|的)?(?:什么|啥|哪)[^,。?]{0,4}问")
#: Less of what is asked for in somebody's words is something else.
_ENOUGH = 0.34
#: What the clause around a sentence counts beside it.
_WHOLE = 0.2
#: So many who said the same are named.
_SPEAKERS = 2
#: Where it was said, and when: names nothing that was spoken of.
_IN_PASSING = re.compile(
    r"(?:新闻)?发布会(?:上|里|中)?|会上|的?(?:数量|情况|问题|事情?)?(?:是|的)?$|去年|今年|当时|这(?:句话|个|件)|那(?:句话|个|件)|都?有|是"
)


def asks_who_spoke(question: Question) -> bool:
    """Whether it is asked who spoke, asked or presided, or what a journalist asked."""
    asked = question.text
    if not _OF_A_CONFERENCE.search(asked):
        return False
    what = _JOURNALIST.search(asked) is not None and _WHAT_ASKED.search(asked) is not None
    return what or any(cue.search(asked) for cue in (_WHO_ASKED, _WHO_SAID, _WHO_HOSTS))


def answer_who_spoke(question: Question, evidence: Evidence, library: Library) -> Draft | None:
    """The speaker, the journalist or the question; None where no press conference has them."""
    asked = question.text
    records = _records(question, evidence, library)
    for instrument, clauses in records:
        spoken = [clause for clause in clauses if clause.headings]
        if _WHO_HOSTS.search(asked):
            return _said_by(question, instrument, spoken[0], library) if spoken else None
        named = _JOURNALIST.search(asked)
        if named is not None and (own := _of_journalist(named["name"], spoken)) is not None:
            if _WHO_SAID.search(asked) and not _WHAT_ASKED.search(asked):
                return _said_by(question, instrument, _next_speaker(own, spoken), library)
            draft = _said_by(question, instrument, own, library)
            if not _WHO_SAID.search(asked):
                return draft
            answered = _statement(instrument, _next_speaker(own, spoken))
            return finish(question, [draft.statements[0], answered], 1.0, library)
        host = spoken[0].headings[0] if spoken else ""
        wanted = [
            clause
            for clause in spoken
            if (_is_journalist(clause) if _WHO_ASKED.search(asked) else _is_guest(clause, host))
        ]
        if fitting := _fitting(_things(question), wanted):
            statements = [_statement(instrument, clause, span) for clause, span in fitting]
            return finish(question, statements, 1.0, library)
    return None


def _records(question: Question, evidence: Evidence, library: Library) -> list[tuple[Instrument, list[Clause]]]:
    """The press conferences of the places asked about, those that were found first."""
    found = [instrument.id for _, instrument, _ in evidence.ranked]
    press = [
        i
        for i in library.instruments
        if i.kind is Kind.PRESS and (not question.cities or not i.city or i.city in question.cities)
    ]
    press.sort(key=lambda i: found.index(i.id) if i.id in found else len(found))
    return [(i, list(library.of_instrument(i.id))) for i in press]


def _is_journalist(clause: Clause) -> bool:
    return clause.headings[0].endswith("记者")


def _is_guest(clause: Clause, host: str = "") -> bool:
    return not _is_journalist(clause) and clause.headings[0] != host


def _of_journalist(name: str, spoken: Sequence[Clause]) -> Clause | None:
    for clause in spoken:
        own = clause.headings[0].removesuffix("记者")
        if _is_journalist(clause) and (own in name or name in own):
            return clause
    return None


def _next_speaker(clause: Clause, spoken: Sequence[Clause]) -> Clause:
    behind = spoken[spoken.index(clause) + 1 :]
    return next((other for other in behind if _is_guest(other)), clause)


def _things(question: Question) -> set[str]:
    """The pairs of characters that name what was spoken of."""
    words = question.topic
    for cue in (_WHO_ASKED, _WHO_SAID, _IN_PASSING):
        words = cue.sub(" ", words)
    return {run[i : i + 2] for run in re.findall(r"[\u4e00-\u9fff]{2,}", words) for i in range(len(run) - 1)}


def _fitting(things: set[str], spoken: Sequence[Clause]) -> list[tuple[Clause, Span]]:
    """The sentence that names most of what was spoken of, and those of others that name as much."""
    scored = []
    for i, clause in enumerate(spoken):
        text = fold(clause.text)
        whole = sum(thing in text for thing in things)
        for span in sentences_of(clause):
            own = sum(thing in span.of(text) for thing in things)
            scored.append((own + _WHOLE * whole, -i, own, clause, span))
    best = max(scored, key=_rank, default=None)
    if best is None or best[2] < _ENOUGH * len(things):
        return []
    found = {best[3].headings[0]: (best[3], best[4])}
    for score, _, _, clause, span in sorted(scored, key=_rank, reverse=True):
        if score >= best[0] and len(found) < _SPEAKERS:
            found.setdefault(clause.headings[0], (clause, span))
    return list(found.values())


def _rank(row: tuple[float, int, int, Clause, Span]) -> tuple[float, int]:
    return row[:2]


def _said_by(question: Question, instrument: Instrument, clause: Clause, library: Library) -> Draft:
    return finish(question, [_statement(instrument, clause)], 1.0, library)


def _statement(instrument: Instrument, clause: Clause, span: Span | None = None) -> Statement:
    """Who speaks, and what is said: the sentence, else the first that says something."""
    spans = sentences_of(clause)
    speaker = clause.headings[0]
    span = span or next((s for s in spans if len(_words(s.of(clause.text), speaker)) > _GREETING), spans[0])
    words = _words(as_sentence(span.of(clause.text)), speaker)
    return Statement(
        attributed(instrument, f"{speaker}:{words}"), (quote_of(instrument, clause, span, CitationRole.ANSWERS),)
    )


#: No longer than this are greetings and thanks.
_GREETING = 12


def _words(text: str, speaker: str) -> str:
    return re.sub(r"^[::\s]+", "", text.strip().removeprefix(speaker))
