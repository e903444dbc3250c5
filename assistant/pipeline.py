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
from assistant.checked import checked
from assistant.compose import compose
from assistant.compose.computed import Rule, Search, compute, tasks_of
from assistant.compose.documents.referred import answer_reference, outline_of
from assistant.compose.joined import in_words_of, join
from assistant.compose.prose.aims import sought
from assistant.compose.refusal import refuse, widest
from assistant.compose.scope import out_of_scope
from assistant.disputed import disputed
from assistant.draft import Draft
from assistant.errors import ModelError
from assistant.generation.condensed import adds_nothing
from assistant.masking import without_personal
from assistant.matching import Topic, topic_of
from assistant.others import with_others
from assistant.present import clause_citation
from assistant.resolve import Reference, places_of, refer
from assistant.retrieve import Evidence, exactly, retrieve, together
from assistant.stages import Stages
from assistant.understanding.asked import ABOUT_DOCUMENTS
from assistant.understanding.dispute import dispute_of
from assistant.understanding.english import in_chinese
from assistant.understanding.followup import Reading, read
from assistant.understanding.parts import parts_of
from assistant.understanding.question import Question, city_in_full, normalise, understand, understand_further
from assistant.understanding.sides import asks_apart
from assistant.verify import names_of
from assistant.workdays import PUBLIC, WorkCalendar
from corpus.cities import short_name
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Instrument, Role

if TYPE_CHECKING:
    from assistant.generation.generate import ChatModel, Exchange
    from index.search import Index


#: A question of which clauses elsewhere hold so much more than what was spoken of before is about something else.
_APART = 0.15
#: So many characters of a document's beginning say which place it is of, where no title or authority does.
_OPENING = 120


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

    def __init__(
        self, index: Index, model: ChatModel | None = None, handoff: str = "", calendar: WorkCalendar = PUBLIC
    ) -> None:
        self.index = index
        self.library = index.library
        self.names = names_of(index.library)
        self.model = model
        self.handoff = handoff
        self.calendar = calendar
        self._openings = _openings(self.library)

    def ask(self, request: Request) -> Answer:
        """One answer. A question that cannot be answered gets a status that says so, not an error."""
        started = time.perf_counter()
        stages = Stages()
        wanted = request.mode == "llm" or (request.mode is None and self.model is not None)
        exchange = self.model.exchange() if self.model is not None and request.mode != "extractive" else None
        asked = _in_chinese(request)
        reading = self._read(asked, exchange, stages)
        text = reading.text
        with stages.stage("understand"):
            question = self._understood(reading, asked)
        spoken_of = self._spoken_of(reading, asked, stages)
        draft, evidence = self._draft(question, stages, spoken_of)
        with stages.stage("verify"):
            answer = checked(draft, request, question, text, self.library, self.names)
        if wanted:
            with stages.stage("model"):
                answer = self._rephrased(answer, request, question, exchange)
        refused = answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)
        return replace(
            answer,
            handoff=self.handoff if refused else "",
            version=assistant.__version__,
            elapsed_ms=(time.perf_counter() - started) * 1000,
            timings_ms=stages.ms,
            tokens=exchange.tokens if exchange else None,
            trace=Trace(
                query=evidence.query or question.text,
                cities=question.cities,
                clauses=tuple(clause.id for clause in evidence.clauses or draft.clauses),
                hits=evidence.hits,
                confidence=0.0 if refused else draft.confidence,
            ),
        )

    def _read(self, request: Request, exchange: Exchange | None, stages: Stages) -> Reading:
        """The question as it stands alone: by the model, if there is one and it adds nothing, else by rule."""
        cities = self.library.cities
        with stages.stage("understand"):
            # A telephone number typed before or now is nothing to go on from.
            asked = without_personal(request.question)
            said = [replace(turn, content=without_personal(turn.content)) for turn in request.history]
            ruled = read(asked, said, cities, self._is_apart)
            if ruled.text == asked:
                ruled = replace(ruled, text=request.question)
        if exchange is None or not any(turn.role == "user" and turn.content.strip() for turn in request.history):
            return ruled
        try:
            with stages.stage("model"):
                condensed = exchange.condense(request.question, request.history)
        except ModelError:
            # The rules read the question too; the answer says if the model fails again.
            return ruled
        held = adds_nothing(condensed, request.question, request.history, ruled.text, cities)
        return Reading(condensed) if held and condensed != ruled.text else ruled

    def _understood(self, reading: Reading, request: Request) -> Question:
        """What a question asks; of a follow-up in the light of the one before it."""
        cities = self.library.cities
        if not reading.own:
            return understand(reading.text, request.as_of, cities, request.city)
        before = understand(reading.before, request.as_of, cities, request.city)
        background = understand(reading.background, request.as_of, cities).topic
        own = understand(reading.own, request.as_of, cities)
        further = understand_further(own, before, background, request.as_of, same=reading.same)
        return replace(further, told=_figures_in(_answered_before(request)))

    def _is_apart(self, own: str, before: str) -> bool:
        """Whether clauses elsewhere say much more of a question than what the one before it was answered from."""
        asked, earlier = (understand(text, date.min, self.library.cities) for text in (own, before))
        topic = topic_of(asked.subject, self.index)
        if not any(term.known for term in topic.terms):
            return False
        anywhere = retrieve(topic, self.index)
        ground = retrieve(topic_of(earlier.subject, self.index), self.index, self._scope(earlier), limit=2)
        documents = [instrument.id for _, instrument, _ in ground.ranked]
        there = retrieve(topic, self.index, documents).ranked
        return widest(topic, anywhere) - widest(topic, Evidence((*ground.ranked, *there[:5]))) > _APART

    def _spoken_of(self, reading: Reading, request: Request, stages: Stages) -> Clause | None:
        """The clause that a follow-up goes on from: what the question before it is answered from.

        Where that has no answer, what the words that were answered then are found in: said before, it is still to be
        found in the documents.
        """
        if not reading.own:
            return None
        before = understand(reading.before, request.as_of, self.library.cities, request.city)
        draft, _ = self._draft(before, stages)
        if draft.status in (Status.ANSWERED, Status.PARTIAL) and draft.clauses:
            return draft.clauses[0]
        said = _answered_before(request)
        with stages.stage("retrieve"):
            found = retrieve(topic_of(fold(said), self.index), self.index, self._scope(before)).clauses if said else ()
        return found[0] if found else None

    def _draft(self, question: Question, stages: Stages, spoken_of: Clause | None = None) -> tuple[Draft, Evidence]:
        """Take apart, and for each part resolve, retrieve, compose; ``spoken_of`` is what a follow-up goes on from."""
        if (dispute := dispute_of(question.text, self.library.cities)) is not None:
            with stages.stage("compose"):
                sides = disputed(question, dispute, self.index)
            if sides is not None:
                return sides
        texts = parts_of(question)
        if texts:
            city = question.cities[0] if len(question.cities) == 1 else None
            parts = [
                replace(understand(text, question.as_of, self.library.cities, city), background=question.background)
                for text in texts
            ]
            found = [self._draft_of_one(part, stages, spoken_of) for part in parts]
            if len(found) == 1:
                return found[0]
            found = self._in_words_of_another(parts, found, stages)
            joined = join(parts, [draft for draft, _ in found], apart=asks_apart(question.text))
            if joined is not None:
                return joined, together([evidence for _, evidence in found])
        draft, evidence = self._draft_of_one(question, stages, spoken_of)
        if question.asked.is_figure and spoken_of is None and evidence.hits and draft.status is Status.ANSWERED:
            with stages.stage("compose"):
                return with_others(question, draft, evidence, self.library), evidence
        return draft, evidence

    def _in_words_of_another(
        self, parts: Sequence[Question], found: Sequence[tuple[Draft, Evidence]], stages: Stages
    ) -> list[tuple[Draft, Evidence]]:
        """What was found for each city; for one without an answer, what is found in the words of one that has it."""
        answered = [draft for draft, _ in found if draft.status is Status.ANSWERED]
        drafts = list(found)
        for i, part in enumerate(parts):
            if drafts[i][0].status is not Status.NOT_FOUND or len(part.cities) != 1:
                continue
            for other in answered:
                if text := in_words_of(other, part.cities[0].removesuffix("市")):
                    again = self._draft_of_one(understand(text, part.as_of, self.library.cities), stages)
                    if again[0].status is Status.ANSWERED:
                        drafts[i] = again
                        break
        return drafts

    def _draft_of_one(
        self, question: Question, stages: Stages, spoken_of: Clause | None = None
    ) -> tuple[Draft, Evidence]:
        with stages.stage("understand"):
            topic = topic_of(question.subject, self.index, sought(question), question.background)
        with stages.stage("resolve"):
            asked = question.since.rest if question.since else question.text
            reference = refer(asked, self.library, question.cities)
        with stages.stage("compute"):
            worked_out = self._computed(question, reference)
        if worked_out is not None:
            return worked_out
        with stages.stage("resolve"):
            found = answer_reference(reference, question, self.index) if reference else None
        if found is not None:
            return found
        with stages.stage("retrieve"):
            places = [short_name(city) for city in question.cities]
            evidence = retrieve(topic, self.index, self._scope(question), places=places)
            if spoken_of is not None:
                evidence = self._going_on(question, evidence, spoken_of)
        with stages.stage("compose"):
            beyond = out_of_scope(question, topic, evidence)
            if beyond is not None:
                return beyond, evidence
            if question.elsewhere:
                return self._of_elsewhere(question, topic, evidence)
            return compose(question, topic, evidence, self.library), evidence

    def _going_on(self, question: Question, evidence: Evidence, spoken_of: Clause) -> Evidence:
        """Evidence for a follow-up: what was spoken of comes first, and is all that 过期了吗 is asked of."""
        instrument = self.library.instrument[spoken_of.instrument_id]
        if question.cities and instrument.city and instrument.city not in question.cities:
            return evidence
        if question.asked in ABOUT_DOCUMENTS:
            return exactly([(spoken_of, instrument)], evidence.topic, self.index)
        return evidence.beside(instrument, None if question.same else spoken_of)

    def _of_elsewhere(self, question: Question, topic: Topic, evidence: Evidence) -> tuple[Draft, Evidence]:
        """A place that no document is of may still be what a clause speaks of (30个省区市…); else a refusal."""
        there = evidence.naming(question.elsewhere, self._openings)
        if there.ranked:
            draft = compose(replace(question, elsewhere=()), topic, there, self.library)
            if draft.status is not Status.NOT_FOUND:
                return draft, there
        return refuse(question, topic, evidence), evidence

    def _computed(self, question: Question, reference: Reference) -> tuple[Draft, Evidence] | None:
        """What a question asks to be worked out, from the plain questions that it rests on; None for most."""
        asked = (
            replace(question, topic=understand(reference.rest, question.as_of, self.library.cities).topic)
            if reference
            else question
        )
        if reference.absent or question.elsewhere:
            return None
        city = question.cities[0] if len(question.cities) == 1 else None
        scope = [i.id for i in reference.instruments] if reference.instruments else self._scope(question)
        places = places_of(reference, self.library) if reference.address and reference.instruments else ()
        named = [(place.clause, place.instrument) for place in places]
        for task in tasks_of(asked):
            searches = []
            for text in task.asks:
                plain = understand(text, question.as_of, self.library.cities, city)
                topic = topic_of(plain.subject, self.index)
                searches.append(Search(plain, topic, self._evidence(topic, named, scope)))
            draft = compute(task, asked, searches, self.library, self.calendar)
            share = task.rule is Rule.MONEY and not task.total
            if draft is not None and not (share and self._is_told(asked, draft, scope, named)):
                return draft, together([search.evidence for search in searches])
        return None

    def _is_told(
        self,
        question: Question,
        worked_out: Draft,
        scope: Sequence[str] | None,
        named: Sequence[tuple[Clause, Instrument]],
    ) -> bool:
        """Whether another clause gives the figure itself: a tier that the asker reaches leaves nothing to compute."""
        if question.role is Role.THRESHOLD:
            return True
        topic = topic_of(question.subject, self.index, sought(question))
        plain = compose(question, topic, self._evidence(topic, named, scope), self.library)
        told = [clause.id for clause in plain.clauses[:1]]
        elsewhere = not set(told) & {clause.id for clause in worked_out.clauses}
        return elsewhere and plain.status is Status.ANSWERED and plain.confidence >= worked_out.confidence

    def _evidence(
        self, topic: Topic, named: Sequence[tuple[Clause, Instrument]], scope: Sequence[str] | None
    ) -> Evidence:
        """The clauses that are named, else those that are found."""
        return exactly(named, topic, self.index) if named else retrieve(topic, self.index, scope)

    def _scope(self, question: Question) -> Sequence[str] | None:
        """The instruments that a question is asked of: those of its cities, and those above any city."""
        if not question.cities:
            return None
        # A district's rules may be named as of its city: 甲市乙区创业贷款细则.
        return [
            i.id
            for i in self.library.instruments
            if not i.city or i.city in question.cities or any(place in i.title for place in question.cities)
        ]

    def _rephrased(self, answer: Answer, request: Request, question: Question, exchange: Exchange | None) -> Answer:
        """What the language model makes of the same clauses, if it holds; else the answer as it is, flagged.

        A refusal stays one: a model is not asked to find what the clauses do not say; nor to make an answer of what
        is only the closest clause.
        """
        closest = any(warning.kind is WarningKind.CLOSEST for warning in answer.warnings)
        if answer.status is not Status.ANSWERED or closest:
            return answer
        if exchange is None:
            return _fallen_back(answer, "没有配置语言模型")
        from assistant.generation.rephrase import rephrase

        try:
            return rephrase(answer, question, exchange, self.names, request.history)
        except ModelError as error:
            return _fallen_back(answer, str(error))

    def lookup(self, query: str, as_of: date, city: str | None = None, limit: int = 10) -> Lookup:
        """The clauses of a document number or article, else the best for keywords."""
        folded = normalise(without_personal(query))
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
        found = self.index.search(topic.words, limit=limit, instruments=scope, dense=False, also=topic.also)
        hits = [h for h in found if h.terms]
        clauses = [self.library.clause[hit.clause_id] for hit in hits]
        matches = tuple(
            clause_citation(self.library.instrument[c.instrument_id], c, n, self.library)
            for n, c in enumerate(clauses, 1)
        )
        return Lookup(query, as_of, matches, len(matches))


def _in_chinese(request: Request) -> Request:
    """The request as the rest of the assistant reads it, where it was typed in English."""
    history = tuple(
        replace(turn, content=in_chinese(turn.content)) if turn.role == "user" else turn for turn in request.history
    )
    return replace(request, question=in_chinese(request.question), history=history)


def _answered_before(request: Request) -> str:
    """What was answered last."""
    return next((turn.content for turn in reversed(request.history) if turn.role == "assistant"), "")


def _figures_in(text: str) -> tuple[str, ...]:
    """The figures that a text says, folded."""
    folded = fold(text)
    amounts, quantities = amounts_of(folded)
    spans = [*(fact.span for fact in (*amounts, *quantities)), *(period.span for period in periods_of(folded))]
    return tuple(span.of(folded) for span in spans)


def _openings(library: Library) -> dict[str, str]:
    """The first words of each instrument, folded, by its id."""
    first: dict[str, str] = {}
    for clause in library.clauses:
        first.setdefault(clause.instrument_id, fold(clause.text[:_OPENING]))
    return first


def _fallen_back(answer: Answer, reason: str) -> Answer:
    """The extractive answer, saying why the model's is not shown."""
    text = f"未采用语言模型的答复({reason.rstrip('。')}),以上为从原文摘取的答复。"
    return replace(answer, warnings=(*answer.warnings, AnswerWarning(WarningKind.MODEL_FALLBACK, text)))
