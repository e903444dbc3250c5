"""Evidence: what a question is about, and what speaks for the clause that is found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.matching import Topic, topic_of
from assistant.retrieve import Signs, exactly, retrieve
from index.search import Index


@pytest.fixture(scope="module")
def topic(bundled: Index) -> Topic:
    return topic_of("个体工商户歇业", bundled)


def test_words_of_talk_are_not_what_a_question_is_about(bundled: Index, topic: Topic) -> None:
    told = topic_of("剩下的那个,我们这边又还得说一说个体工商户歇业才给的吗", bundled)
    plain = {term for term in topic.terms if term.known and term.weight > 1}
    assert plain <= set(told.terms)
    assert told.total < 1.5 * topic.total
    assert (
        topic_of("个体工商户歇业生育津贴", bundled).total > told.total
    )  # what documents do not speak of counts in full


def test_each_sign_adds_to_the_confidence() -> None:
    signs = Signs(0.5, 4.0, 1.0, 0.2)
    for more in (
        replace(signs, coverage=0.7),
        replace(signs, standing=5.0),
        replace(signs, said=2.0),
        replace(signs, titled=0.4),
    ):
        assert more.confidence > signs.confidence
    assert 0 < Signs(0.0, -2.0, 0.0, 0.0).confidence < 0.1
    assert 0.9 < Signs(1.0, 5.0, 4.0, 0.3).confidence < 1


def test_the_clause_that_says_it_is_believed_and_a_neighbour_is_not(bundled: Index, topic: Topic) -> None:
    evidence = retrieve(topic, bundled)
    first, last = evidence.clauses[0], evidence.clauses[-1]
    covered = {clause: topic.coverage(clause.text, *clause.headings) for clause in (first, last)}
    assert "歇业" in first.text
    assert evidence.confidence(first, covered[first]) > 0.8
    assert evidence.confidence(last, covered[last]) < evidence.confidence(first, covered[first])


def test_a_clause_that_is_named_needs_no_search(bundled: Index, topic: Topic) -> None:
    found = retrieve(topic, bundled)
    clause, instrument, _ = found.ranked[0]
    named = exactly([(clause, instrument)], topic, bundled)
    assert named.clauses == (clause,)
    assert named.signs(clause, 0.5).standing > 0
    assert named.confidence(clause, 1.0) > 0.9
