"""The figure that a plain question finds, for a computation to start from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answer import CitationRole
from assistant.compose.figures import choice
from assistant.compose.figures.figure import Figure, is_total
from assistant.compose.finish import quote_of
from assistant.compose.refusal import REFUSE_FIGURE_BELOW, lacks_slot
from assistant.compose.wording import as_sentence, figure_words
from assistant.draft import Quote
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.facts.phrases import segments_of, sentence_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Instrument, Measure, Span


@dataclass(frozen=True, slots=True)
class Search:
    """A plain question with what was found for it."""

    question: Question
    topic: Topic
    evidence: Evidence

    def figures(self, asked: Asked, *, of_case: bool = False) -> Iterator[Figure]:
        """The figures that fit, best first, of clauses that surely speak of the topic.

        ``of_case`` keeps the figures of the question itself, which choose among tiers.
        """
        question = replace(self.question, asked=asked)
        if not of_case:
            question = replace(question, figures=(), periods=())
        for figure in choice.choose(question, self.topic, self.evidence.ranked):
            if self.sure(figure) < REFUSE_FIGURE_BELOW or lacks_slot(question, self._scope(figure)):
                continue
            if not (isinstance(figure.fact, Measure) and is_total(figure)):
                yield figure

    def _scope(self, figure: Figure) -> str:
        return " ".join((fold(figure.clause.text), *figure.clause.headings))

    def named(self, figure: Figure) -> float:
        """How much of the topic stands in the sentence of a figure, its headings and what it is paired with."""
        words = sentence_span(figure).of(fold(figure.clause.text))
        return self.topic.coverage(words, *figure.clause.headings, getattr(figure.fact, "key", ""))

    def sure(self, figure: Figure) -> float:
        """How sure one may be of the clause of a figure."""
        return self.evidence.confidence(figure.clause, figure.coverage)


def quoted(figure: Figure, library: Library) -> tuple[str, Quote]:
    """What a clause says with a figure, and the quote for it."""
    words, span = figure_words(figure)
    return words, quote_of(instrument_of(figure, library), figure.clause, span, CitationRole.ANSWERS)


def sentence_quoted(figure: Figure, library: Library) -> tuple[str, Quote]:
    """The sentence of a figure as it stands, and the quote for it."""
    span = sentence_span(figure)
    quote = quote_of(instrument_of(figure, library), figure.clause, span, CitationRole.ANSWERS)
    return as_sentence(span.of(figure.clause.text)), quote


def instrument_of(figure: Figure, library: Library) -> Instrument:
    """The instrument that a figure stands in."""
    return library.instrument[figure.clause.instrument_id]


def sentence_span(figure: Figure) -> Span:
    """The sentence around a figure, with the semicolon units that go on with 其中."""
    text = fold(figure.clause.text)
    sentence = sentence_of(text, figure.span)
    end = sentence.end
    while text.startswith((";其中", ";次年", ";第二年", ";第三年"), end):
        end = sentence_of(text, Span(end + 1, end + 2)).end
    return Span(sentence.start, end)


_VERBS = re.compile(
    r"给予|予以|按照?|奖励|奖补|补贴|补助|资助|一次性|分别|比例|标准|当年|次年|第[一二三四五]年|每年|达到?|超过|不超过|最高|首次|累计|企业|单位|由政府|实行|对|的|再|连续"
)


def named_before(figure: Figure, figures: Sequence[Figure]) -> str:
    """What a figure is measured of: the words of its segment before it, else of the nearest segment that has some."""
    text = fold(figure.clause.text)
    sentence = sentence_of(text, figure.span)
    up_to = [segment for segment in segments_of(text, sentence) if segment.start <= figure.span.start]
    for segment in reversed(up_to):
        inside = [f.span for f in figures if segment.start <= f.span.start and f.span.end <= segment.end]
        if figure.span.start <= segment.end:
            start = max((span.end for span in inside if span.end <= figure.span.start), default=segment.start)
            words = text[start : figure.span.start]
        else:
            words = text[segment.start : min((span.start for span in inside), default=segment.end)]
        if len(_VERBS.sub("", re.sub(r"[^\u4e00-\u9fff]", "", words))) >= 2:
            return words
    return ""


def pairs_in(words: str) -> set[str]:
    """The pairs of characters that name something."""
    runs = re.findall(r"[\u4e00-\u9fff]+", _VERBS.sub(" ", words))
    return {run[i : i + 2] for run in runs for i in range(len(run) - 1)}


def head_of(words: str) -> str:
    """The noun that words end in (佣金 of 主播带货佣金的): the head of a Chinese noun stands last."""
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", _VERBS.sub(" ", words))
    return runs[-1][-2:] if runs else ""
