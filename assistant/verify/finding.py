"""What verification finds: something in an answer that nothing it cites bears out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FindingKind = Literal[
    "figure",  # a figure, rate or number that stands in no cited clause
    "date",
    "period",
    "role",  # the value stands there, but as something else: a cap given as an award
    "bound",  # 最高, 以上, 超过 left out or changed
    "subject",  # the value of something else in the same clause
    "pairing",  # the wrong member of a 分别-list
    "condition",  # what the figure depends on is left out
    "document_number",
    "article",
    "office",
    "phone",
    "quote",
    "city",
    "status",  # expired as current, and the like
    "derivation",  # a computed value that does not recompute
    "mark",  # a mark without a citation
    "unmarked",  # a figure in a model's sentence that cites nothing
    "empty",  # nothing to verify where there should be something
    "not_run",  # the verification broke off
]


@dataclass(frozen=True, slots=True)
class Finding:
    """``words`` that do not hold, in the sentence ``start`` to ``end`` of the answer's text.

    ``marks`` are those that the words rest on; ``why`` is a Chinese sentence, fit to be put before a language model.
    """

    kind: FindingKind
    words: str
    why: str
    start: int = 0
    end: int = 0
    marks: tuple[int, ...] = ()
