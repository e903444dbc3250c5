"""Two or three figures that a question names, set together: added where one may have both, or one taken from the other.

Never across documents: what one city or one act gives is not added to what another does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from assistant.answer import AnswerWarning, CitationRole, WarningKind
from assistant.compose.computed.finding import Search, quoted, sentence_quoted, sentence_span
from assistant.compose.computed.money import (
    counts_of,
    derived,
    drafted,
    fits_per,
    is_condition,
    value_of_fact,
    whole_of,
)
from assistant.compose.figures.figure import Figure, figures_of
from assistant.compose.finish import CLOSEST_BELOW, attributed, finish, quote_of
from assistant.derive import Value, added_up, subtracted, value_of
from assistant.draft import Draft, Statement
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.facts.figures import MONEY
from corpus.facts.phrases import setting_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Amount, Bound, Clause, Relation, RelationKind, Role, Span

_LIMITS = (RelationKind.NON_STACKING, RelationKind.HIGHER_OF)


def sum_of(question: Question, searches: Sequence[Search], library: Library) -> Draft | None:
    """What several awards come to; the higher one where they may not be had together."""
    figures = _figures(searches)
    if figures is None:
        return None
    sure = min(search.sure(figure) for search, figure in zip(searches, figures, strict=True))
    stated = whole_of(figures[0])
    if stated is not None and all(stated.holds(figure) for figure in figures):
        # What comes to the very total that the clause states rests on a clause that was found for certain.
        return drafted(question, stated.worked(question), max(sure, CLOSEST_BELOW), library)
    if len({(f.clause.id, f.span) for f in figures}) < len(figures):
        return None
    if any(_other_member(a, b) for a in figures for b in figures if a is not b):
        return None
    each = [_times_each(search.question, figure) for search, figure in zip(searches, figures, strict=True)]
    counted = [value for value in each if value is not None]
    if len(counted) < len(each):
        return None
    limits = _limits(figures, library)
    barred = next((limit for limit in limits if _bars(limit, figures)), None)
    if barred is not None:
        if any(len(sources) > 1 for sources in counted):
            return None
        return _higher(question, figures, barred, sure, library)
    sources = [source for sources in counted for source in sources]
    values = [value_of(source) for source in sources]
    total = added_up([value for value in values if value is not None])
    yearly = {"年" in figure.fact.per for figure in figures if isinstance(figure.fact, Amount)}
    if total is None or len(yearly) > 1:
        return None  # what is given once and what is given every year come to no one sum
    derivation = derived("sum", total, sources)
    how = "+".join("×".join(fold(source) for source in sources) for sources in counted)
    statements = _statements(f"合计{derivation.value}(按{how}计算)", figures, library)
    general = [(clause, relation) for clause, relation in limits if not relation.targets]
    caveat = [_limit_statement(clause, relation, library) for clause, relation in general[:1]]
    draft = finish(question, statements, sure, library, limits=False)
    ordered = (*draft.statements[: len(statements)], *caveat, *draft.statements[len(statements) :])
    return replace(draft, statements=ordered, derivations=(derivation,))


def _times_each(question: Question, figure: Figure) -> tuple[str, ...] | None:
    """An award with how many it is given for (1000元, 3家); None where what is counted is not what it is given for."""
    counts = [counted for counted in counts_of(question) if not is_condition(figure, counted)]
    per = figure.fact.per if isinstance(figure.fact, Amount) else ""
    if not counts or (len(counts) == 1 and counts[0].count == 1):
        return (figure.value,)
    if len(counts) > 1 or (per and not fits_per(counts[0], per)):
        return None
    return figure.value, counts[0].text


def difference_of(question: Question, searches: Sequence[Search], library: Library) -> Draft | None:
    """How far the two figures of a comparison lie apart."""
    figures = _figures(searches)
    if (
        figures is None
        or len(figures) != 2
        or (figures[0].clause.id, figures[0].span)
        == (
            figures[1].clause.id,
            figures[1].span,
        )
    ):
        return None
    first, second = figures
    value = subtracted([value_of_fact(f.fact) for f in figures if isinstance(f.fact, Amount)])
    if value is None or not value.low:
        return None
    ordered = sorted(figures, key=lambda f: -f.fact.low if isinstance(f.fact, Amount) else 0)
    derivation = derived("difference", value, [figure.value for figure in ordered])
    sure = min(search.sure(figure) for search, figure in zip(searches, figures, strict=True))
    lead = f"相差{derivation.value}(按{'-'.join(derivation.sources)}计算)"
    statements = _statements(lead, (first, second), library)
    return replace(finish(question, statements, sure, library), derivations=(derivation,))


def _statements(lead: str, figures: Sequence[Figure], library: Library) -> list[Statement]:
    """What was worked out with the words of each figure; with the sentence itself where one sentence holds them all."""
    first = figures[0]
    sentence = sentence_span(first)
    if all(f.clause.id == first.clause.id and f.span in sentence for f in figures):
        words, quote = sentence_quoted(first, library)
        return [Statement(f"{lead}:{words}", (quote,))]
    parts = [quoted(figure, library) for figure in figures]
    others = [Statement(words, (quote,)) for words, quote in parts[1:]]
    return [Statement(f"{lead}:{parts[0][0]}", (parts[0][1],)), *others]


_FROM_TO = re.compile(r"(?:由|从)\s*$")
_TO = re.compile(r"^(?:统一|再|逐步|阶段性)*(?:降低?|下调|调低|减|提高|上调|升|增加)?(?:至|到|为)\s*$")


def fall_of(question: Question, search: Search, library: Library) -> Draft | None:
    """How much a rate falls or rises that a clause changes from one figure to another (由2%降至1%)."""
    chosen = next(iter(search.figures(Asked.RATE)), None)
    if chosen is None:
        return None
    text = fold(chosen.clause.text)
    ordered = list(figures_of(chosen.clause))
    named = sorted(pairwise(ordered), key=lambda pair: -_said(question.topic, text, pair[0]))
    for before, after in named:
        if not _said(question.topic, text, before):
            continue
        if not (_FROM_TO.search(text[: before.span.start]) and _TO.match(text[before.span.end : after.span.start])):
            continue
        if not (isinstance(before.fact, Amount) and isinstance(after.fact, Amount)):
            continue
        value = subtracted([value_of_fact(before.fact), value_of_fact(after.fact)])
        if value is None:
            return None
        unit = "个百分点" if value.unit == "%" else value.unit
        printed = derived("difference", Value(value.low, value.high, unit), [before.value, after.value])
        chosen = replace(after, score=chosen.score, coverage=chosen.coverage)
        words, quote = quoted(chosen, library)
        said = f"{printed.value}(按{before.value}-{after.value}计算):{words}"
        statement = Statement(attributed(quote.instrument, said), (quote,))
        draft = finish(question, [statement], search.sure(chosen), library)
        return replace(draft, derivations=(printed,))
    return None


def _said(asked: str, text: str, figure: Figure) -> float:
    """How much of what a change is said of (单位费率由…) stands in the question."""
    segment = setting_of(text, figure.span).segment
    words = re.split(r"[,;。:(]", text[segment.start : figure.span.start])[-1].rstrip()
    words = re.sub(r"^(?:将|把)|(?:由|从)$", "", words)
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 0.0


def _figures(searches: Sequence[Search]) -> list[Figure] | None:
    """The figure of each plain question: exact, all of one unit and of the instrument that fits all questions best."""
    best = [_by_instrument(search) for search in searches]
    common = set.intersection(*(set(found) for found in best))
    if not common:
        return None
    instrument = max(sorted(common), key=lambda id_: sum(found[id_].score for found in best))
    figures = [found[instrument] for found in best]
    units = {figure.fact.unit for figure in figures if isinstance(figure.fact, Amount)}
    return figures if len(units) == 1 else None


#: So much of each thing named must stand in the sentence that gives something for it.
_NAMED = 0.5


def _by_instrument(search: Search) -> dict[str, Figure]:
    """The best award of each instrument."""
    found: dict[str, Figure] = {}
    for figure in search.figures(Asked.MONEY, of_case=True):
        fact = figure.fact
        if not isinstance(fact, Amount) or fact.unit not in MONEY:
            continue
        if fact.role is Role.AWARD and fact.bound is Bound.EXACT and search.named(figure) >= _NAMED:
            found.setdefault(figure.clause.instrument_id, figure)
    return found


def _other_member(a: Figure, b: Figure) -> bool:
    """Whether two figures are members of one 分别-list: first and third of a contest are never both had."""
    text = fold(a.clause.text)
    first, second = sorted((a.span, b.span))
    listed = not re.search(r"[,;。:]", text[first.end : second.start])
    return a.clause.id == b.clause.id and bool(getattr(a.fact, "key", "")) and listed


def _limits(figures: Sequence[Figure], library: Library) -> list[tuple[Clause, Relation]]:
    """What the clauses, and those that govern them, say against having awards together; the narrowest first."""
    clauses: dict[str, Clause] = {}
    for figure in figures:
        governing = (library.clause[i] for i in figure.clause.provisos if i in library.clause)
        clauses.update({clause.id: clause for clause in (figure.clause, *governing)})
    found = [(c, r) for c in clauses.values() for r in c.relations if r.kind in _LIMITS]
    own = {figure.clause.id for figure in figures}
    return sorted(found, key=lambda pair: pair[0].id not in own)


def _bars(limit: tuple[Clause, Relation], figures: Sequence[Figure]) -> bool:
    """Whether a limit says that these awards exclude each other.

    One that names a clause bars that clause's awards with its own; one without a name bars all that it governs, but
    not where it speaks of the same kind only (同类补助): which these are is not for the reader of words to say.
    """
    clause, relation = limit
    ids = {figure.clause.id for figure in figures}
    targets = {target for target in relation.targets if target in ids}
    if relation.targets:
        return clause.id in ids and bool(targets - {clause.id})
    if relation.subject:
        return False
    return not re.search(r"同类|同一(?:事项|项目|类)|其他|上级", _around(clause, relation).of(clause.text))


def _around(clause: Clause, relation: Relation) -> Span:
    start = clause.span.start
    setting = setting_of(fold(clause.text), Span(relation.span.start - start, relation.span.end - start))
    return setting.bracket or setting.sentence


def _limit_statement(clause: Clause, relation: Relation, library: Library) -> Statement:
    start = clause.span.start
    span = Span(relation.span.start - start, relation.span.end - start)
    quote = quote_of(library.instrument[clause.instrument_id], clause, span, CitationRole.SUPPORTS)
    return Statement(f"注意:{span.of(clause.text).strip(' 。;')}", (quote,))


def _higher(
    question: Question,
    figures: Sequence[Figure],
    barred: tuple[Clause, Relation],
    sure: float,
    library: Library,
) -> Draft:
    """The higher of awards that may not be had together, and the words that say so."""
    best = max(range(len(figures)), key=lambda i: value_of_fact_low(figures[i]))
    parts = [quoted(figure, library) for figure in figures]
    words, quote = parts[best]
    clause, relation = barred
    span = _around(clause, relation)
    rule = quote_of(library.instrument[clause.instrument_id], clause, span, CitationRole.SUPPORTS)
    said = span.of(clause.text).strip(" 。;")
    other = "、".join(figures[i].value for i in range(len(figures)) if i != best)
    lead = f"{figures[best].value}(不能与{other}相加,取较高的一项)"
    statements = [Statement(f"{lead}:{words}", (quote,)), Statement(f"原文:{said}", (rule,))]
    others = [Statement(text, (each,)) for i, (text, each) in enumerate(parts) if i != best]
    draft = finish(question, [statements[0]], sure, library, limits=False)
    warning = AnswerWarning(WarningKind.NON_STACKING, f"注意:{said}。")
    warnings = draft.warnings if warning in draft.warnings else (*draft.warnings, warning)
    ordered = (draft.statements[0], statements[1], *others, *draft.statements[1:])
    return replace(draft, statements=ordered, warnings=warnings)


def value_of_fact_low(figure: Figure) -> int:
    """The lower end of a figure of money, for comparing."""
    return int(figure.fact.low) if isinstance(figure.fact, Amount) else 0
