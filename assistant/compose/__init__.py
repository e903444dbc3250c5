"""Hits → a draft in the clauses' own words: the figure first, then the condition that changes it, then the status.

Without a language model. What the clauses do not say is refused, with the nearest clause named.
"""

from __future__ import annotations

from assistant.compose.documents.document_answer import answer_on_interpretation, answer_on_issue, answer_on_validity
from assistant.compose.documents.office_answer import answer_with_office
from assistant.compose.documents.person_answer import answer_with_person
from assistant.compose.documents.spoken_answer import answer_who_spoke, asks_who_spoke
from assistant.compose.figures.figure_answer import answer_with_figure
from assistant.compose.prose.sentence_answer import answer_with_sentence
from assistant.draft import Draft
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.library import Library

_COMPOSERS = {
    Asked.OFFICE: answer_with_office,
    Asked.PERSON: answer_with_person,
    Asked.INTERPRETER: answer_on_interpretation,
    Asked.VALIDITY: answer_on_validity,
    Asked.ISSUED: answer_on_issue,
}


def compose(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Draft:
    """The draft for a question whose documents, if it names any, are already resolved."""
    if asks_who_spoke(question) and (spoken := answer_who_spoke(question, evidence, library)) is not None:
        return spoken
    if question.asked.is_figure:
        return answer_with_figure(question, topic, evidence, library)
    composer = _COMPOSERS.get(question.asked, answer_with_sentence)
    return composer(question, topic, evidence, library)
