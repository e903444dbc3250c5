"""Cases: questions with known answers, one JSON object a line, as the contract writes them.

    file or folder → lines → Case          read_cases (``CaseError`` names file, line and what is wrong)

``evals/README.md`` teaches how to write one; :mod:`evals.check` compares cases with the documents they are about.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Request, Status, Turn
from assistant.incoming import RequestError, read_request
from corpus.model import ValidityStatus
from evals.errors import CaseError

FIELDS = ("id", "question", "history", "as_of", "city", "kind", "tags", "expect", "source", "split", "draft", "note")
EXPECTED_FIELDS = ("status", "clauses", "also", "say", "not_say", "validity")
VALIDITY_FIELDS = ("status", "effective_on", "expires_on")


@dataclass(frozen=True, slots=True)
class ClauseName:
    """A clause as people name it: document number or title, and the labels printed above it and on it.

    A missing top of the path does not matter: ``("(八)",)`` names 二、(八).
    """

    document: str
    path: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.document} {''.join(self.path)}".strip()


@dataclass(frozen=True, slots=True)
class ExpectedValidity:
    """What the first citation's validity must be; a field that is not in ``stated`` may be anything.

    ``expires_on`` None while stated means 长期, or nothing written: ``status`` tells which.
    """

    status: ValidityStatus | None = None
    effective_on: date | None = None
    expires_on: date | None = None
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer has.

    ``say`` holds groups of which each must be said, in any of its wordings; nothing of ``not_say`` may be said.
    ``clauses`` must be cited, one of them first; a clause of ``also`` does as well (or, of a refusal, is near).
    """

    status: frozenset[Status]
    clauses: tuple[ClauseName, ...] = ()
    also: tuple[ClauseName, ...] = ()
    say: tuple[tuple[str, ...], ...] = ()
    not_say: tuple[str, ...] = ()
    validity: ExpectedValidity | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A question with a known answer.

    ``source`` holds the words of the documents, verbatim, that prove what is expected; ``place`` is where the case
    stands, for messages. ``as_of`` None means the day of the run. A ``draft`` waits for a person to confirm it and
    scores nothing until then; ``note`` is for that person.
    """

    id: str
    question: str
    kind: str
    split: str
    expect: Expectation
    source: tuple[str, ...] = ()
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    city: str | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False
    note: str = ""
    place: str = ""
    unknown_fields: tuple[str, ...] = ()

    def request(self, day: date) -> Request:
        """The request to ask; ``day`` is the day of the run."""
        return Request(self.question, self.as_of or day, self.history, self.city, id=self.id)


def read_cases(path: Path, split: str | None = None) -> tuple[Case, ...]:
    """The cases of a file, or of all ``.jsonl`` files of a folder by name; of one split where it is given.

    Blank lines are skipped. ``CaseError`` lists every line that is wrong, not only the first.
    """
    files = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise CaseError(f"{path} 中没有 .jsonl 文件。")
    cases: list[Case] = []
    problems: list[str] = []
    seen: dict[str, str] = {}
    for file in files:
        for number, line in _lines(file):
            place = f"{file}:{number}"
            try:
                case = parse_case(line, place)
            except CaseError as error:
                problems += [f"{place} {problem}" for problem in str(error).split("\n")]
                continue
            if case.id in seen:
                problems.append(f"{place} 编号 {case.id} 与 {seen[case.id]} 重复。")
            seen[case.id] = place
            cases.append(case)
    if problems:
        raise CaseError("\n".join(problems))
    chosen = tuple(case for case in cases if split in (None, case.split))
    if not chosen:
        splits = "、".join(sorted({case.split for case in cases}))
        raise CaseError(f"{path} 中没有 {split} 部分的用例；有：{splits}。" if splits else f"{path} 中没有用例。")
    return chosen


def parse_case(line: str, place: str = "") -> Case:
    """The case that one line is; ``CaseError`` with one line of Chinese for each thing that is wrong with it."""
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise CaseError(f"不是 JSON，第 {error.colno} 个字符处读不下去。") from None
    if not isinstance(values, dict):
        raise CaseError('应为一个 JSON 对象，如 {"id": "……", "question": "……"}。')
    reader = _Reader(values)
    case = reader.case(place)
    if reader.problems or case is None:
        raise CaseError("\n".join(reader.problems))
    return case


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CaseError(f"{file} 读不出来（{error.strerror}）。") from error
    except UnicodeDecodeError:
        raise CaseError(f"{file} 不是 UTF-8 编码。") from None
    # Not splitlines(): it would cut at U+2028 and the like inside a string.
    yield from ((number, line) for number, line in enumerate(text.split("\n"), start=1) if line.strip())


class _Reader:
    """Reads the fields of one case and collects what is wrong with them."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values
        self.problems: list[str] = []

    def case(self, place: str) -> Case | None:
        values = self.values
        name, kind, split = (self._text(values, field) for field in ("id", "kind", "split"))
        expected = values.get("expect")
        if not isinstance(expected, Mapping):
            self.problems.append("expect 应为对象，写明期望的答复。")
            expected = {}
        expect = self._expectation(expected)
        source = self._texts(values.get("source", ""), "source")
        request = self._request()
        if self.problems or request is None:
            return None
        unknown = [field for field in values if field not in FIELDS]
        unknown += [f"expect.{field}" for field in expected if field not in EXPECTED_FIELDS]
        return Case(
            id=name,
            question=request.question,
            kind=kind,
            split=split,
            expect=expect,
            source=tuple(each for each in source if each.strip()),
            history=request.history,
            as_of=request.as_of if values.get("as_of") else None,
            city=request.city,
            tags=self._texts(values.get("tags", []), "tags"),
            draft=self._draft(),
            note="".join(self._texts(values.get("note") or [], "note")),
            place=place,
            unknown_fields=tuple(unknown),
        )

    def _draft(self) -> bool:
        value = self.values.get("draft", False)
        if not isinstance(value, bool):
            self.problems.append("draft 应为 true 或 false。")
        return value is True

    def _request(self) -> Request | None:
        """question, history, as_of and city, by the rules of a batch line."""
        try:
            return read_request({field: self.values.get(field) for field in _ASKED}, date.max)
        except RequestError as error:
            self.problems.append(str(error))
            return None

    def _expectation(self, values: Mapping[str, Any]) -> Expectation:
        return Expectation(
            status=self._statuses(values.get("status")),
            clauses=self._clauses(values, "clauses"),
            also=self._clauses(values, "also"),
            say=self._groups(values.get("say", [])),
            not_say=self._texts(values.get("not_say", []), "expect.not_say"),
            validity=self._validity(values.get("validity")),
        )

    def _statuses(self, value: Any) -> frozenset[Status]:
        names = self._texts(value if value is not None else [], "expect.status")
        known = {status.value: status for status in Status}
        for name in names:
            if name not in known:
                self.problems.append(f"expect.status 不能是 {name}；只能是 {'、'.join(known)}。")
        if not names and "expect.status" not in "".join(self.problems):
            self.problems.append("expect.status 是空的，应至少写一种状态。")
        return frozenset(known[name] for name in names if name in known)

    def _clauses(self, values: Mapping[str, Any], field: str) -> tuple[ClauseName, ...]:
        value = values.get(field, [])
        if not isinstance(value, list):
            self.problems.append(f"expect.{field} 应为列表。")
            return ()
        names = []
        for number, each in enumerate(value, start=1):
            document = each.get("document") if isinstance(each, Mapping) else None
            path = each.get("path") if isinstance(each, Mapping) else None
            right = isinstance(path, list) and path and all(isinstance(label, str) and label for label in path)
            if not isinstance(document, str) or not document.strip() or not right:
                self.problems.append(
                    f"expect.{field} 第 {number} 项应有 document（文号或标题）和 path（条款号的列表，不能空）。"
                )
                continue
            names.append(ClauseName(document, tuple(path or ())))
        return tuple(names)

    def _groups(self, value: Any) -> tuple[tuple[str, ...], ...]:
        if not isinstance(value, list):
            self.problems.append("expect.say 应为列表，每项是一组说法。")
            return ()
        return tuple(self._texts(group, f"expect.say 第 {number} 组") for number, group in enumerate(value, start=1))

    def _validity(self, value: Any) -> ExpectedValidity | None:
        if value is None:
            return None
        if isinstance(value, str):
            value = {"status": value}
        if not isinstance(value, Mapping):
            self.problems.append("expect.validity 应为对象或状态。")
            return None
        for field in value:
            if field not in VALIDITY_FIELDS:
                self.problems.append(f"expect.validity 没有 {field}；有：{'、'.join(VALIDITY_FIELDS)}。")
        status = value.get("status")
        if status is not None and (not isinstance(status, str) or status not in set(ValidityStatus)):
            self.problems.append(f"expect.validity.status 不能是 {status}；只能是 {'、'.join(ValidityStatus)}。")
            status = None
        return ExpectedValidity(
            status=ValidityStatus(status) if status is not None else None,
            effective_on=self._day(value, "effective_on"),
            expires_on=self._day(value, "expires_on"),
            stated=frozenset(field for field in VALIDITY_FIELDS if field in value),
        )

    def _day(self, values: Mapping[str, Any], field: str) -> date | None:
        value = values.get(field)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self.problems.append(f"expect.validity.{field} 应为 2025-08-28 这样的日期或 null。")
            return None

    def _text(self, values: Mapping[str, Any], field: str) -> str:
        value = values.get(field)
        if isinstance(value, (str, int)) and str(value).strip():
            return str(value)
        self.problems.append(f"缺少 {field}。")
        return ""

    def _texts(self, value: Any, field: str) -> tuple[str, ...]:
        """A text or a list of texts."""
        texts: Sequence[Any] = [value] if isinstance(value, str) else value
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self.problems.append(f"{field} 应为文字的列表。")
            return ()
        if field != "source" and any(not text.strip() for text in texts):
            self.problems.append(f"{field} 里有空的文字。")
        if field.startswith("expect.say") and not texts:
            self.problems.append(f"{field} 是空的，应至少有一种说法。")
        return tuple(texts)


_ASKED = ("question", "history", "as_of", "city")
