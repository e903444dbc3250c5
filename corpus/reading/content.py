"""What the reader of a format hands on: the text of a file, and what the format says of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from corpus.model import DocumentNumber, Span

#: Reasons of edits that take out what printing put on the pages.
FURNITURE = PAGE_NUMBER, RUNNING_HEADER = "页码", "页眉或页脚"


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page says of its document outside of the document's own words; used only where these are silent."""

    title: str = ""
    number: DocumentNumber | None = None
    issuer: str = ""
    date: dt.date | None = None
    published_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """A repair that the format itself makes known (a page number): the place in the text, and what stands there now."""

    span: Span
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class Content:
    """The decoded text of a file. ``body`` is the part that is the document, where the rest is a web page's.

    ``markdown``: signs of Markdown are no text. ``printed``: the lines are those of printed pages.
    """

    text: str
    body: Span | None = None
    page: PageFacts = PageFacts()
    edits: tuple[Edit, ...] = ()
    warnings: tuple[str, ...] = ()
    markdown: bool = False
    printed: bool = False
