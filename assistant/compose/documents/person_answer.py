"""Who it is: the row of a list of members (组 长:张三 市委副书记), with the place it has in the group."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.answer import CitationRole
from assistant.compose.beside import differing
from assistant.compose.finish import attributed, finish, quote_of
from assistant.compose.prose.plainly import answer_plainly
from assistant.compose.prose.sentences import sentences_of
from assistant.compose.refusal import REFUSE_BELOW, refuse
from assistant.compose.wording import as_sentence
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Kind, Span

_HAN = r"[\u4e00-\u9fff]"
#: A member's row: the place where it is named anew, the name of two or three characters, the post.
_ROW = re.compile(
    rf"^\s*(?:(?P<place>{_HAN}(?:\s*{_HAN}){{0,7}})\s*:)?\s*(?P<name>{_HAN}(?:\s?{_HAN}){{1,2}})\s+(?P<post>{_HAN}\S.*)$"
)
#: A sentence that says who holds a place: 由市长任组长, 张三同志兼任办公室主任.
_APPOINTS = re.compile(r"由[^,。;]{2,12}?(?:兼|担)?任|同志|兼任|担任")
#: A guest or speaker of a press conference, in a line of his own: 市科技局局长夏某某先生; 市委副书记、市长肖某:
_GUEST = re.compile(
    rf"^\s*(?P<post>{_HAN}[\u4e00-\u9fff、()]{{2,30}}?(?:书记|长|主任|巡视员|专员|主席))(?P<name>{_HAN}{{2,3}}?)(?:(?:先生|女士|同志)[;。,]?|[::])\s*$",
    re.MULTILINE,
)
#: Who is asked for by a post: 科技局局长, 市长, 经信局的领导.
_POST = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,8}?(?:局|委|办|厅|中心|公司|银行|办公室|小组|室|站|所))?的?(?P<deputy>副)?(?P<post>市长|区长|县长|局长|厅长|主任|书记|校长|董事长|总经理|领导|负责人|一把手)"
    r"(?=(?:,|的|到底|究竟|现在|目前|是|叫|姓|由|都)*(?:谁|哪|什么|啥|[?]|$))"
)
#: Posts that many hold: asked for with no body, nobody is meant.
_ANY_POST = ("领导", "负责人", "一把手")
_OF_A_BODY = (*_ANY_POST, "主任", "书记", "局长", "厅长", "校长", "董事长", "总经理")
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
    # 副手 asks for the 副组长.
    asked = " ".join((fold(question.topic), *(word for term in topic.terms for word in term.official)))
    if by_post := _by_post(asked, evidence, library):
        sure = [_member_statement(member) for member in by_post]
        return (
            finish(question, sure, 1.0, library) if len(by_post) == 1 else _of_each_document(question, by_post, library)
        )
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
    return finish(question, [_member_statement(member) for member in alike[:_SHOWN]], 1.0, library)


def _member_statement(member: _Member) -> Statement:
    said = f"{member.place}:{member.words}" if member.place else member.words
    quote = quote_of(member.instrument, member.clause, member.span, CitationRole.ANSWERS)
    return Statement(attributed(member.instrument, said), (quote,))


def _of_each_document(question: Question, members: Sequence[_Member], library: Library) -> Draft:
    """Who holds a post as one document has it, and as another does: neither corrects the other."""
    return differing([finish(question, [_member_statement(member)], 1.0, library) for member in members])


def _by_post(asked: str, evidence: Evidence, library: Library) -> list[_Member]:
    """The members who hold the very post that is asked for: of each document the first; none where no post is named.

    All clauses of the documents found are looked through: a list of names says little of what a question says.
    """
    named = _POST.search(asked)
    if named is None or (named["post"] in _OF_A_BODY and not named["body"]):
        return []
    found: dict[str, _Member] = {}
    for instrument in dict.fromkeys(instrument.id for _, instrument, _ in evidence.ranked):
        for clause in library.of_instrument(instrument):
            for member in (
                *_members(clause, library.instrument[instrument]),
                *_guests(clause, library.instrument[instrument]),
            ):
                if instrument not in found and _holds(member.words, named):
                    found[instrument] = member
    found = dict(sorted(found.items(), key=lambda row: row[1].instrument.kind is Kind.PRESS))
    names = [re.split(r"\(", member.words)[0] for member in found.values()]
    return list(found.values())[:1] if len(set(names)) == 1 else list(found.values())[:_DOCUMENTS]


#: So many documents that name somebody else in a post are set side by side.
_DOCUMENTS = 3


def _holds(words: str, named: re.Match[str]) -> bool:
    """Whether the words for a member say the post that is asked for, and where: no deputy unless one is asked for."""
    body = (named["body"] or "").removeprefix("市")
    post = r"(?:长|书记|主任)" if named["post"] in _ANY_POST else named["post"]
    return (
        re.search(rf"{re.escape(body)}[^,;()]{{0,8}}(?<!副){'副' if named['deputy'] else ''}{post}", words) is not None
    )


def _guests(clause: Clause, instrument: Instrument) -> Iterator[_Member]:
    """The guests and the speaker that a clause of a press conference names."""
    if instrument.kind is not Kind.PRESS:
        return
    for line in _GUEST.finditer(fold(clause.text)):
        span = Span(line.start("post"), line.end())
        yield _Member(clause, instrument, span, "", f"{line['name']}({line['post'].strip()})", "")


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
