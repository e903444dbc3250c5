"""Answers that must be worked out: sums, shares, differences, last days; each with how, and a derivation to check it.

    tasks_of(question) → Task: the plain questions that it rests on → (searched for) → compute → Draft, or None

None wherever an input is not certain: then the clause's own figure is the answer.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.compose.computed.days import last_day
from assistant.compose.computed.finding import Search
from assistant.compose.computed.money import money
from assistant.compose.computed.several import difference_of, fall_of, sum_of
from assistant.compose.computed.task import Rule, Task, tasks_of
from assistant.draft import Draft
from assistant.understanding.question import Question
from assistant.workdays import WorkCalendar
from corpus.library import Library

__all__ = ["Rule", "Search", "Task", "compute", "tasks_of"]


def compute(
    task: Task, question: Question, searches: Sequence[Search], library: Library, calendar: WorkCalendar
) -> Draft | None:
    """The draft for what is to be worked out, from what was found for the task's plain questions."""
    match task.rule:
        case Rule.LAST_DAY:
            return last_day(question, searches[0], library, calendar)
        case Rule.SUM:
            return sum_of(question, searches, library)
        case Rule.DIFFERENCE:
            return difference_of(question, searches, library)
        case Rule.FALL:
            return fall_of(question, searches[0], library)
        case Rule.MONEY:
            return money(question, searches[0], library, total=task.total)
