"""The words around a figure, from the nearest outwards, each with what it counts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.compose.figures.figure import AWARDS, Figure
from corpus.facts.phrases import segments_of, setting_of
from corpus.folding import fold
from corpus.model import Instrument, Measure, Period, Quantity, Role, Span, Validity


@dataclass(frozen=True, slots=True)
class Zones:
    """Texts that may hold a term of the topic; iterating gives each with its weight."""

    key: str
    own: str
    after: str
    carry: str
    heads: str
    title: str
    before: str
    sentence: str
    clause: str
    #: The unit behind the sentence that divides it: ;其中,当年10万元,次年再5万元.
    parts: str

    def __iter__(self) -> Iterator[tuple[float, str]]:
        return iter(
            (
                (1.5, self.key),
                (1.3, self.after),
                (1.2, self.own),
                (1.0, self.carry),
                (0.8, self.heads),
                (0.7, self.title),
                (0.45, self.before),
                (0.4, self.sentence),
                (0.3, self.clause),
            )
        )

    @property
    def scope(self) -> tuple[str, ...]:
        """The words that the figure is said of; the sentence before only where this one goes on from it (其中…)."""
        goes_on = re.match(r"\s*(?:其中|同时|并|且|另)", self.sentence)
        return self.key, self.sentence, self.carry, self.heads, self.title, self.before if goes_on else ""


def zones_of(figure: Figure, figures: Sequence[Figure], instrument: Instrument) -> Zones:
    """The words around a figure, given all figures of its clause."""
    text = fold(figure.clause.text)
    setting = setting_of(text, figure.span)
    segment = setting.bracket or setting.segment
    rivals = [other for other in figures if other.span != figure.span and _are_rivals(figure, other, text)]
    left = max(
        (f.span.end for f in rivals if f.span.end <= figure.span.start and f.span in segment), default=segment.start
    )
    between = text[left : figure.span.start]
    if re.fullmatch(r"\s*[、和及或]\s*[\u4e00-\u9fff]{0,2}", between):
        between = text[segment.start : figure.span.start]
    elif left > segment.start and _belongs_before(between, figure):
        between = ""
    carried = [s for s in segments_of(text, setting.sentence) if s.end <= setting.segment.start]
    opened = [i for i, part in enumerate(carried) if text.startswith("对", part.start)]
    if setting.bracket is not None:
        carried.append(Span(setting.segment.start, setting.bracket.start))
    carry = [_carried(text, part, rivals, figure.span) for part in carried[opened[-1] if opened else 0 :][-4:]]
    before_start = max(text.rfind(stop, 0, max(setting.sentence.start - 1, 0)) for stop in "。;\n") + 1
    if governed := _governed_words(figure):
        carry.append(governed)
    key = getattr(figure.fact, "key", "")
    others = {getattr(rival.fact, "key", "") for rival in rivals if rival.span in setting.sentence} - {key, ""}
    return Zones(
        key=key,
        own=_without(between, others),
        after=re.split(r"[,、(;:。]|以及", text[figure.span.end : figure.span.end + 16])[0],
        carry=_without("".join(carry), others),
        heads=" ".join((*figure.clause.headings, _lead_in(text, figure.span))),
        title=instrument.title,
        before=text[before_start : setting.sentence.start],
        sentence=setting.sentence.of(text),
        clause=text,
        parts=_parts(text, setting.sentence),
    )


def _parts(text: str, sentence: Span) -> str:
    return re.split("[;。]", text[sentence.end + 1 :])[0] if text.startswith(";其中", sentence.end) else ""


def _lead_in(text: str, place: Span) -> str:
    """The line that leads in the dashes or items below it (到2025年,…态势。——产业规模…)."""
    line = text.rfind("\n", 0, place.start) + 1
    if line == 0 or not re.match(r"\s*(?:——|\(|\d{1,2}[.、]|[①-⑳])", text[line:]):
        return ""
    return text[: text.find("\n")]


def _governed_words(figure: Figure) -> str:
    """What a term is the term of: 执行期限至2023年12月31日 stands in a sentence of its own."""
    start = figure.clause.span.start
    stretches = [
        term.span
        for term in figure.clause.terms
        if term.span is not None and figure.value in term.basis and _says_term(term, figure)
    ]
    return " ".join(figure.clause.text[span.start - start : span.end - start] for span in dict.fromkeys(stretches))


def _says_term(term: Validity, figure: Figure) -> bool:
    if isinstance(figure.fact, Validity):
        return term.expires_on is None and term.scope == figure.fact.scope
    return (
        isinstance(figure.fact, Period) and figure.fact.to_date is not None and term.expires_on == figure.fact.to_date
    )


def _are_rivals(figure: Figure, other: Figure, text: str) -> bool:
    """Whether two figures could answer the same question: of one type, and not condition and consequence."""
    if figure.type != other.type or text[: other.span.start].endswith(("由", "从")):
        return False
    if (_role(figure) is Role.THRESHOLD) == (_role(other) is Role.THRESHOLD):
        return True
    first, second = sorted((figure.span, other.span))
    return AWARDS.search(text, first.end, second.start) is None


def _role(figure: Figure) -> Role | None:
    return figure.fact.role if isinstance(figure.fact, Measure) else None


def _belongs_before(between: str, figure: Figure) -> bool:
    """200万元以下的货物和服务项目、400万元以下的工程项目: the words between two figures are the first one's noun."""
    noun_follows = between.startswith("的") or isinstance(figure.fact, Quantity)
    behind = fold(figure.clause.text)[figure.span.end :]
    return (
        noun_follows and bool(re.search(r"(?:[、和]|以及)$", between)) and bool(re.match(r"的?[\u4e00-\u9fff]", behind))
    )


def _carried(text: str, part: Span, rivals: Sequence[Figure], figure: Span) -> str:
    """What a segment hands on to later figures: all of it, unless it has a figure of its own kind.

    对当年新进限纳统的批发企业一次性奖励8万元 hands on 对当年新进限纳统的, not the firms it is about;
    behind 其中 a part of the same thing follows, so 失业保险总费率由2%降至1% hands on all its words.
    """
    inside = [rival.span for rival in rivals if rival.span in part]
    if not inside:
        return part.of(text)
    words = text[part.start : inside[0].start]
    follows = text[part.end + 1 : figure.start]
    return words if "其中" in follows else words[: handed_on(words, follows)]


_GIVES = re.compile(r"(?:再|分别|一次性|每[家户个年])*(?:奖励|奖补|补贴|补助|给予|资助)")
#: …入库纳统的奖励10万元: the segment does not say who is given it.
_NO_NOUN = re.compile(rf"^[^,、]*的{_GIVES.pattern}$")


def handed_on(words: str, follows: str) -> int:
    """How many characters of ``words``, up to a segment's own figure, a later segment's figure is said of too.

    Its condition, up to the last 的 before the noun that it is about; up to what is given where the later segment,
    ``follows`` up to its figure, names no noun of its own.
    """
    cut = words.rfind("的") + 1
    gives = _GIVES.search(words)
    return gives.start() if cut and gives and _NO_NOUN.search(follows) else cut


def _without(words: str, keys: set[str]) -> str:
    for key in keys:
        for name in key.split():
            words = words.replace(name, "")
    return words
