"""What comes in from outside, a line of a batch or the body of a request, as a :class:`Request`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from assistant.answer import Mode, Request, Turn
from corpus.dates import last_day
from corpus.errors import PolicyError

MAX_QUESTION = 10_000
ROLES = ("user", "assistant", "system")
MODES: tuple[Mode, ...] = get_args(Mode)

_DAY = re.compile(
    r"""(?P<year>(?:19|20)\d\d)(?:
          (?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?      # 2024, 2024-03, 2024-03-15
        | 年(?:(?P<zh_month>\d{1,2})月(?:(?P<zh_day>\d{1,2})[日号])?)?  # 2024年, 2024年3月, 2024年3月15日
        )""",
    re.VERBOSE,
)


class RequestError(PolicyError):
    """What came in is not a question, or one of its fields cannot be used."""


def read_day(text: str, latest: date) -> date:
    """The day that ``text`` names: 2024-03-15, 2024-03, 2024, 2024年3月15日, 2024年3月.

    A month or a year stands for its last day, but never for one after ``latest``.
    """
    match = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    wrong = RequestError(f"日期 {text!r} 不对，应如 2024-03-15、2024-03、2024 或 2024年3月15日。")
    if match is None:
        raise wrong
    year, month, day = int(match["year"]), match["month"] or match["zh_month"], match["day"] or match["zh_day"]
    try:
        if day is not None:
            return date(year, int(month), int(day))
        return min(last_day(year, int(month or 12)), latest)
    except ValueError:
        raise wrong from None


def read_request(values: Any, day: date, city: str | None = None, mode: Mode | None = None) -> Request:
    """The request that an object holds: ``question`` and optionally ``id``, ``history``, ``as_of``, ``city``, ``mode``.

    ``day``, ``city`` and ``mode`` stand in for what it does not say. Other fields are ignored. ``RequestError`` names
    the field that cannot be used.
    """
    if not isinstance(values, Mapping):
        raise RequestError('应为一个 JSON 对象，如 {"question": "……"}。')
    question = values.get("question")
    if not isinstance(question, str) or not question.strip():
        raise RequestError("缺少 question：应为要问的问题。")
    if len(question) > MAX_QUESTION:
        raise RequestError(f"question 有 {len(question)} 个字，太长了：最多 {MAX_QUESTION} 个字。")
    as_of, given_city, given_mode = values.get("as_of"), values.get("city"), values.get("mode")
    if as_of is not None and not isinstance(as_of, str):
        raise RequestError("as_of 不对：应为带引号的日期，如 2024-03-15。")
    if given_city is not None and not isinstance(given_city, str):
        raise RequestError("city 不对：应为城市名。")
    if given_mode is not None and given_mode not in MODES:
        raise RequestError(f"mode 不对：只能是 {' 或 '.join(MODES)}。")
    identifier = values.get("id")
    return Request(
        question=question,
        as_of=read_day(as_of, day) if as_of else day,
        history=_read_history(values.get("history")),
        city=given_city or city,
        mode=given_mode or mode,
        id=identifier if isinstance(identifier, (str, int)) else None,
    )


def _read_history(history: Any) -> tuple[Turn, ...]:
    if history is None:
        return ()
    wrong = RequestError(f"history 不对：应为列表，每项有 role（{'、'.join(ROLES)} 之一）和 content（文字）。")
    if not isinstance(history, list):
        raise wrong
    turns = []
    for turn in history:
        if not isinstance(turn, Mapping) or turn.get("role") not in ROLES or not isinstance(turn.get("content"), str):
            raise wrong
        turns.append(Turn(turn["role"], turn["content"]))
    return tuple(turns)
