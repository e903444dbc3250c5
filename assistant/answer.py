"""What the assistant takes and gives: a request, and an answer with citations, as the contract writes them.

Answer
├── citations    Citation: mark, clause, quote, role
│                └── Validity as on the day asked about
├── derivations  Derivation: a computed value and what it was computed from
└── warnings     AnswerWarning: what a reader must not overlook
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from corpus.model import Kind, Office, Validity

if TYPE_CHECKING:
    from assistant.workdays import WorkCalendar
    from index.search import Hit

Mode = Literal["extractive", "llm"]


class Status(StrEnum):
    """How an answer ended; the closed list of the contract."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    ERROR = "error"


class CitationRole(StrEnum):
    """What a citation does for the answer."""

    ANSWERS = "answers"
    SUPPORTS = "supports"
    NEAREST = "nearest"


class WarningKind(StrEnum):
    """What a reader must not overlook; the closed list of the contract."""

    EXPIRED = "expired"
    NOT_YET = "not_yet"
    VALIDITY_UNKNOWN = "validity_unknown"
    NOT_NORMATIVE = "not_normative"
    NON_STACKING = "non_stacking"
    PRECEDENCE = "precedence"
    CONFLICT = "conflict"
    CALENDAR = "calendar"
    REPAIRED_TEXT = "repaired_text"
    MODEL_FALLBACK = "model_fallback"
    CLOSEST = "closest"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation. What was said is context, never a source."""

    role: Literal["user", "assistant", "system"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """A question as asked. ``as_of`` is the day given by line, request or command line, already defaulted to today."""

    question: str
    as_of: date
    history: tuple[Turn, ...] = ()
    city: str | None = None
    mode: Mode | None = None
    id: str | int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """引用: the clause relied on, and the exact words of it.

    ``validity`` is that of the words in ``quote``; ``others`` are further terms stated in the clause.
    """

    mark: int
    role: CitationRole
    clause_id: str
    instrument_id: str
    city: str | None
    document_number: str | None
    title: str
    kind: Kind
    path: tuple[str, ...]
    label: str
    text: str
    quote: str
    validity: Validity
    offices: tuple[Office, ...] = ()
    others: tuple[Validity, ...] = ()

    def as_json(self, on: date) -> dict[str, Any]:
        """The citation as the contract writes it, with the status on a day."""
        return {
            "mark": self.mark,
            "role": self.role.value,
            "clause_id": self.clause_id,
            "city": self.city,
            "document_number": self.document_number,
            "title": self.title,
            "kind": self.kind.value,
            "path": list(self.path),
            "label": self.label,
            "text": self.text,
            "quote": self.quote,
            "offices": [{"name": o.name, "role": o.role.value, "clause_id": o.clause_id} for o in self.offices],
            "validity": {**validity_json(self.validity, on), "others": [validity_json(v, on) for v in self.others]},
        }


def validity_json(validity: Validity, on: date) -> dict[str, Any]:
    """A validity as the contract writes it, without ``others``."""
    return {
        "status": validity.status(on).value,
        "effective_on": validity.effective_on.isoformat() if validity.effective_on else None,
        "expires_on": validity.expires_on.isoformat() if validity.expires_on else None,
        "basis": validity.basis,
        "basis_clause_id": validity.basis_clause_id,
        **({"scope": validity.scope} if validity.scope else {}),
    }


DerivationRule = Literal["sum", "product", "difference", "count", "date_plus", "working_days"]


@dataclass(frozen=True, slots=True)
class Derivation:
    """A value that stands in no clause but was computed from values that do (or from the question, or ``as_of``).

    ``calendar`` is that by which days were counted, where it is not the public one.
    """

    value: str
    rule: DerivationRule
    sources: tuple[str, ...]
    calendar: WorkCalendar | None = field(default=None, repr=False)

    def as_json(self) -> dict[str, Any]:
        """The derivation as the contract writes it."""
        return {"value": self.value, "rule": self.rule, "from": list(self.sources)}


@dataclass(frozen=True, slots=True)
class AnswerWarning:
    """A warning and the sentence that a person reads."""

    kind: WarningKind
    text: str

    def as_json(self) -> dict[str, str]:
        """The warning as the contract writes it."""
        return {"kind": self.kind.value, "text": self.text}


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a language model was sent and wrote for one answer, in tokens: as it counted, else estimated."""

    prompt: int
    completion: int

    def as_json(self) -> dict[str, int]:
        """Both counts."""
        return {"prompt": self.prompt, "completion": self.completion}


@dataclass(frozen=True, slots=True)
class Trace:
    """How an answer came about, for those who maintain the assistant; no part of what an asker sees.

    ``query`` is what was searched for; ``clauses`` are the ids of those considered, best first, ``hits`` says why they
    are ranked so (clauses that the question names exactly have none). ``confidence``, 0 to 1, is how sure one may be
    of the words that the answer rests on; 0 for a refusal, which rests on none.
    """

    query: str
    cities: tuple[str, ...]
    clauses: tuple[str, ...]
    hits: tuple[Hit, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Answer:
    """答复: status, text with marks, and what it rests on. ``handoff`` is shown after a refusal, outside ``text``.

    ``timings_ms`` says how long each stage took; ``tokens`` is there where a language model was asked.
    """

    question: str
    standalone_question: str
    as_of: date
    mode: Mode
    status: Status
    text: str
    citations: tuple[Citation, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    warnings: tuple[AnswerWarning, ...] = ()
    corpus_version: str = ""
    version: str = ""
    elapsed_ms: float = 0.0
    id: str | int | None = None
    handoff: str = ""
    trace: Trace | None = None
    timings_ms: tuple[tuple[str, float], ...] = ()
    tokens: Tokens | None = None

    def as_json(self) -> dict[str, Any]:
        """The answer object of the contract."""
        return {
            "id": self.id,
            "question": self.question,
            "standalone_question": self.standalone_question,
            "as_of": self.as_of.isoformat(),
            "mode": self.mode,
            "status": self.status.value,
            "answer": self.text,
            "citations": [citation.as_json(self.as_of) for citation in self.citations],
            "derivations": [derivation.as_json() for derivation in self.derivations],
            "warnings": [warning.as_json() for warning in self.warnings],
            **({"handoff": self.handoff} if self.handoff else {}),
            "corpus_version": self.corpus_version,
            "version": self.version,
            "elapsed_ms": round(self.elapsed_ms, 1),
            **({"timings_ms": {name: round(ms, 2) for name, ms in self.timings_ms}} if self.timings_ms else {}),
            **({"tokens": self.tokens.as_json()} if self.tokens else {}),
        }
