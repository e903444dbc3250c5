"""The stages of an answer, in order.

    understand → resolve citations → retrieve → compose (or generate) → verify → present

Plain functions over typed values. Time is an argument; verify never retrieves; present never decides.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import assistant
from assistant.answer import Answer, AnswerWarning, Citation, Request, Status, Trace, WarningKind
from assistant.compose import compose
from assistant.compose.joined import join
from assistant.compose.referred import answer_reference, outline_of
from assistant.compose.refusal import refuse
from assistant.compose.scope import out_of_scope
from assistant.draft import Draft
from assistant.errors import ModelError
from assistant.followup import standalone
from assistant.matching import Topic, topic_of
from assistant.parts import parts_of
from assistant.present import clause_citation, present
from assistant.question import Question, city_in_full, normalise, understand
from assistant.resolve import places_of, refer
from assistant.retrieve import Evidence, retrieve, together
from assistant.verify import verify

if TYPE_CHECKING:
    from assistant.generate import ChatModel
    from index.search import Index


@dataclass(frozen=True, slots=True)
class Lookup:
    """What a look-up found: exact hits first. ``total`` may exceed the matches shown."""

    query: str
    as_of: date
    matches: tuple[Citation, ...]
    total: int

    def as_json(self) -> dict[str, Any]:
        """The look-up as the contract writes it."""
        return {
            "query": self.query,
            "as_of": self.as_of.isoformat(),
            "matches": [match.as_json(self.as_of) for match in self.matches],
            "total": self.total,
        }


class Assistant:
    """The assembled assistant: an opened index, and a language model where one is configured."""

    def __init__(self, index: Index, model: ChatModel | None = None, handoff: str = "") -> None:
        self.index = index
        self.library = index.library
        self.model = model
        self.handoff = handoff

    def ask(self, request: Request) -> Answer:
        """One answer. A question that cannot be answered gets a status that says so, not an error."""
        started = time.perf_counter()
        text = self._standalone(request)
        question = understand(text, request.as_of, self.library.cities, request.city)
        draft, evidence = self._draft(question)
        answer = self._verified(draft, request, question, text)
        if request.mode == "llm" or (request.mode is None and self.model is not None):
            answer = self._rephrased(answer, request, question, evidence)
        refused = answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
        return replace(
            answer,
            handoff=self.handoff if refused else "",
            version=assistant.__version__,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            trace=Trace(
                query=evidence.query or question.text,
                cities=question.cities,
                clauses=tuple(clause.id for clause in evidence.clauses or draft.clauses),
                hits=evidence.hits,
                confidence=0.0 if refused else draft.confidence,
            ),
        )

    def _standalone(self, request: Request) -> str:
        """The question as it stands alone: by rule, and where no rule applies by the model, if there is one."""
        ruled = standalone(request.question, request.history, self.library.cities)
        if ruled != request.question or self.model is None or request.mode == "extractive":
            return ruled
        try:
            return self.model.condense(request.question, request.history)
        except ModelError:
            # The question as typed is a question too; the answer says if the model fails again.
            return ruled

    def _draft(self, question: Question) -> tuple[Draft, Evidence]:
        """Take apart, and for each part resolve, retrieve, compose."""
        texts = parts_of(question)
        if texts:
            city = question.cities[0] if len(question.cities) == 1 else None
            parts = [understand(text, question.as_of, self.library.cities, city) for text in texts]
            found = [self._draft_of_one(part) for part in parts]
            if len(found) == 1:
                return found[0]
            joined = join(parts, [draft for draft, _ in found])
            if joined is not None:
                return joined, together([evidence for _, evidence in found])
        return self._draft_of_one(question)

    def _draft_of_one(self, question: Question) -> tuple[Draft, Evidence]:
        topic = topic_of(question.subject, self.index, question.asked.said)
        reference = refer(question.text, self.library, question.cities)
        if reference:
            found = answer_reference(reference, question, self.index)
            if found is not None:
                return found
        scope = self._scope(question)
        evidence = retrieve(topic, self.index, scope)
        beyond = out_of_scope(question, topic, evidence)
        if beyond is not None:
            return beyond, evidence
        if question.elsewhere:
            return refuse(question, topic, evidence), evidence
        return compose(question, topic, evidence, self.library), evidence

    def _scope(self, question: Question) -> Sequence[str] | None:
        """The instruments that a question is asked of: those of its cities, and those above any city."""
        if not question.cities:
            return None
        return [i.id for i in self.library.instruments if not i.city or i.city in question.cities]

    def _verified(self, draft: Draft, request: Request, question: Question, text: str) -> Answer:
        """Present a draft; one that holds anything unsupported is cut back to the quote itself."""
        answer = present(draft, request, question, text, self.library)
        if not verify(answer):
            return answer
        quoted = tuple(
            replace(statement, text=statement.quotes[0].words.rstrip("。"))
            for statement in draft.statements
            if statement.quotes
        )
        return present(replace(draft, statements=quoted), request, question, text, self.library)

    def _rephrased(self, answer: Answer, request: Request, question: Question, evidence: Evidence) -> Answer:
        """What the language model makes of the same clauses, if it holds; else the answer as it is, flagged.

        A refusal stays one: a model is not asked to find what the clauses do not say.
        """
        if answer.status is not Status.ANSWERED:
            return answer
        if self.model is None:
            return _fallen_back(answer, "没有配置语言模型")
        from assistant.rephrase import rephrase

        try:
            return rephrase(answer, question, evidence, self.model, self.library, request.history)
        except ModelError as error:
            return _fallen_back(answer, str(error))

    def lookup(self, query: str, as_of: date, city: str | None = None, limit: int = 10) -> Lookup:
        """The clauses of a document number or article, else the best for keywords."""
        folded = normalise(query)
        cities = (full,) if city and (full := city_in_full(city, self.library.cities)) else ()
        reference = refer(folded, self.library, cities)
        if reference.address or (reference.instruments and not reference.rest):
            if reference.address:
                found = [(p.instrument, p.clause) for p in places_of(reference, self.library)]
                found = [pair for pair in found if not cities or pair[0].city in cities]
            else:
                found = [(i, clause) for i in reference.instruments for clause in outline_of(i, self.library)]
            if found:
                shown = found[: max(limit, 1)] if reference.address else found
                matches = tuple(clause_citation(i, c, n, self.library) for n, (i, c) in enumerate(shown, 1))
                return Lookup(query, as_of, matches, len(found))
            if reference.instruments or reference.absent:
                return Lookup(query, as_of, (), 0)
        if reference.absent:
            return Lookup(query, as_of, (), 0)
        return self._keywords(query, reference.instruments, as_of, cities, limit)

    def _keywords(self, query: str, named: Sequence[Any], as_of: date, cities: Sequence[str], limit: int) -> Lookup:
        question = understand(query, as_of, self.library.cities)
        wanted = cities or question.cities
        scope = [i.id for i in named] or (
            [i.id for i in self.library.instruments if not i.city or i.city in wanted] if wanted else None
        )
        topic: Topic = topic_of(question.topic or query, self.index)
        hits = [h for h in self.index.search(topic.query, limit=limit, instruments=scope, dense=False) if h.terms]
        clauses = [self.library.clause[hit.clause_id] for hit in hits]
        matches = tuple(
            clause_citation(self.library.instrument[c.instrument_id], c, n, self.library)
            for n, c in enumerate(clauses, 1)
        )
        return Lookup(query, as_of, matches, len(matches))


def _fallen_back(answer: Answer, reason: str) -> Answer:
    """The extractive answer, saying why the model's is not shown."""
    text = f"未采用语言模型的答复({reason.rstrip('。')}),以上为从原文摘取的答复。"
    return replace(answer, warnings=(*answer.warnings, AnswerWarning(WarningKind.MODEL_FALLBACK, text)))
