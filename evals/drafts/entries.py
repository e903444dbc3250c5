"""A log of what was asked and how it was found, read into one entry a question, with all that happened to it.

    log (answer, lookup, mark) → events, masked → entries

``evals/README.md`` has the schema. A line that cannot be used is a problem to tell, never one to stop at.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Literal, get_args

from assistant.answer import Status, Turn
from assistant.incoming import RequestError, read_request
from assistant.masking import masked
from corpus.folding import fold as fold_widths
from evals.cases import ClauseName
from evals.errors import LogError
from evals.wording import fold

Mark = Literal["right", "wrong", "useless"]
MARKS: tuple[Mark, ...] = get_args(Mark)
EVENTS = ("answer", "lookup", "mark")

_SHANGHAI = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Cited:
    """A clause that an answer of the log cites, and the words that it relied on."""

    name: ClauseName
    quote: str = ""


@dataclass
class Entry:
    """A question with all that happened to it: how often it was asked, the last answer, marks and notes."""

    question: str
    history: tuple[Turn, ...]
    city: str | None
    as_of: date | None
    looked_up: bool
    times: int = 0
    status: str = ""
    cited: tuple[Cited, ...] = ()
    marks: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """What makes two questions one (see ``key_of``)."""
        return key_of(self.question, self.history, self.city, self.as_of)

    @property
    def verdict(self) -> str:
        """The mark that counts: of several the worst; "" where there is none."""
        return next((mark for mark in ("wrong", "useless", "right") if mark in self.marks), "")


@dataclass(frozen=True)
class Log:
    """The questions of a log in the order in which they first come.

    ``read`` counts the lines that could be used; ``problems`` names the others, a sentence each in their order.
    """

    entries: tuple[Entry, ...]
    read: int
    problems: tuple[str, ...]


def read_log(file: Path) -> Log:
    """The log in a file; ``LogError`` where the file cannot be read."""
    try:
        lines = file.read_bytes().split(b"\n")
    except OSError as error:
        raise LogError(f"{file} 读不出来（{error.strerror}）。") from error
    entries: dict[tuple[str, ...], Entry] = {}
    by_id: dict[str, tuple[Entry, Entry]] = {}
    marks: list[tuple[int, Mapping[str, Any]]] = []
    problems: list[tuple[int, str]] = []
    read = 0
    for number, raw in enumerate(lines, start=1):
        if not raw.strip():
            continue
        try:
            event = _event(raw)
            if event["event"] == "mark":
                marks.append((number, event))
                continue
            entry = _entry(event)
        except LogError as error:
            problems.append((number, str(error)))
            continue
        kept = entries.setdefault(entry.key, entry)
        kept.times += 1
        kept.status, kept.cited = entry.status or kept.status, entry.cited or kept.cited
        if (identifier := _identifier(event)) is not None:
            by_id[identifier] = (kept, entry)
        read += 1
    # A mark may stand in front of its answer where two programs write one log.
    for number, event in marks:
        found = by_id.get(_identifier(event) or "")
        if found is None:
            problems.append((number, f"找不到 id 为 {_shown(event.get('id'))} 的答复。"))
            continue
        kept, answered = found
        _mark(kept, event)
        if event["mark"] == "right":
            # What a person found right stands, whatever came back another time.
            kept.status, kept.cited = answered.status, answered.cited
        read += 1
    said = [f"第 {number} 行没有用上：{problem}" for number, problem in sorted(problems)]
    return Log(tuple(entries.values()), read, tuple(said))


def key_of(question: str, history: Iterable[Turn], city: str | None, as_of: date | None) -> tuple[str, ...]:
    """What makes two questions one: their words, widths, blanks and closing signs apart, and what goes with them."""
    turns = [f"{turn.role}:{_folded(turn.content)}" for turn in history]
    return (_folded(question), *turns, (city or "").removesuffix("市"), as_of.isoformat() if as_of else "")


def _folded(text: str) -> str:
    return fold(fold_widths(text)).rstrip("?。.!~")


def _event(raw: bytes) -> Mapping[str, Any]:
    """The object of a line, of a known event, and if it is a mark, with a known mark."""
    try:
        values = json.loads(raw.decode("utf-8-sig"))
        json.dumps(values, ensure_ascii=False).encode()  # fails for half a surrogate pair, which no file could hold
    except UnicodeDecodeError:
        raise LogError("不是 UTF-8 编码。") from None
    except UnicodeEncodeError:
        raise LogError("里面有写坏的字符（不成对的 \\ud800 之类）。") from None
    except (ValueError, RecursionError):
        raise LogError("不是 JSON。") from None
    if not isinstance(values, dict):
        raise LogError('应为一个 JSON 对象，如 {"event": "answer", "question": "……"}。')
    if values.get("event") not in EVENTS:
        raise LogError(f"event 是 {_shown(values.get('event'))}，只能是 {'、'.join(EVENTS)}。")
    if values["event"] == "mark" and values.get("mark") not in MARKS:
        raise LogError(f"mark 是 {_shown(values.get('mark'))}，只能是 {'、'.join(MARKS)}。")
    return values


def _entry(event: Mapping[str, Any]) -> Entry:
    """The question of an answer or a look-up, masked."""
    looked_up = event["event"] == "lookup"
    question = event.get("query") if looked_up and event.get("query") is not None else event.get("question")
    if not isinstance(question, str) or not question.strip():
        raise LogError(f"缺少 {'query' if looked_up else 'question'}。")
    cited = _cited(event.get("citations", event.get("matches")))
    status = event.get("status")
    if status is None and looked_up:
        status = "answered" if cited else "not_found"
    if not isinstance(status, str) or status not in set(Status):
        raise LogError(f"status 是 {_shown(status)}，只能是 {'、'.join(Status)}。")
    asked = {name: event.get(name) for name in ("history", "as_of", "city")}
    try:
        request = read_request({"question": masked(question.strip()), **asked}, date.max)
    except RequestError as error:
        raise LogError(str(error)) from None
    history = tuple(Turn(turn.role, masked(turn.content)) for turn in request.history)
    city = masked(request.city) if request.city else None
    as_of = request.as_of if asked["as_of"] and request.as_of != _day_of(event.get("at")) else None
    return Entry(request.question, history, city, as_of, looked_up, status=str(status), cited=cited)


def _mark(entry: Entry, event: Mapping[str, Any]) -> None:
    """Put a mark, and the note with it, to the question that it is about."""
    entry.marks.add(event["mark"])
    note = event.get("note")
    if isinstance(note, str) and note.strip() and (said := masked(note.strip())) not in entry.notes:
        entry.notes.append(said)


def _day_of(at: Any) -> date | None:
    """The day in China of a time; an answer for that day was not asked for another."""
    try:
        moment = datetime.fromisoformat(at)
        return (moment.astimezone(_SHANGHAI) if moment.tzinfo else moment).date()
    except (TypeError, ValueError, OverflowError):
        return None


def _cited(citations: Any) -> tuple[Cited, ...]:
    """The clauses cited, each by its number and by its title; what is no citation is passed over."""
    found = []
    for each in citations if isinstance(citations, list) else ():
        if not isinstance(each, dict):
            continue
        number, title, path, quote = (each.get(name) for name in ("document_number", "title", "path", "quote"))
        labels = [label for label in path if isinstance(label, str) and label] if isinstance(path, list) else []
        names = [name for name in (number, title) if isinstance(name, str) and name.strip()]
        if labels and names:
            found += [Cited(ClauseName(name, tuple(labels)), quote if isinstance(quote, str) else "") for name in names]
    return tuple(found)


def _identifier(event: Mapping[str, Any]) -> str | None:
    value = event.get("id")
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else None


def _shown(value: Any) -> str:
    """A value from the log, short and masked, for a message."""
    return "空的" if value is None else masked(str(value))[:30]
