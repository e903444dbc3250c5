"""In force from when to when, computed from the documents' own words.

An instrument's validity rests on its closing paragraphs or last articles (施行, 有效期, 试行, 废止); a term
without a start counts from the date of the document. The last day is the corresponding day, or the month's last
(民法典 201, 202); article 203 on days off is for deadlines for acts, never for a document's term. A plan period
is not a term. Terms of a clause or a part of it are read by :mod:`corpus.facts.terms`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.dates import add_months
from corpus.facts.days import ANY_DAY, day_in, mentions_of
from corpus.folding import fold
from corpus.model import Clause, Level, Span, Validity
from corpus.numerals import number_of

_COUNT = r"(?P<count>\d{1,3}|[一二两三四五六七八九十]{1,3})\s*(?P<unit>年|个月)"
_ACT = "(?:施行|执行|实施|生效|试行|适用)"
_FROM_ISSUE = re.compile(
    rf"自(?:印发|发布|公布|发文|下发|签发|颁布|公告|通过)之日起(?:满?(?P<later>\d{{1,3}}|[一二三六九]?十)日后?)?(?:正式)?{_ACT}?"
)
_FROM_DAY = re.compile(rf"(?:自|从|于)\s*(?P<day>{ANY_DAY})\s*(?:起|开始)?(?:正式)?(?:开始)?{_ACT}")
_TERM = re.compile(
    rf"(?:有效期(?:限)?|试行期(?:限)?|施行期(?:限)?|执行期(?:限)?|有效)(?:暂定为|暂定|为|是)?(?:自[^,。;]{{2,8}}起)?\s*{_COUNT}"
)
_TRIAL = re.compile(rf"(?:试行|暂行){_COUNT}")
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?|执行期(?:限)?|实施期(?:限)?|施行|执行|实施|有效|起)[,]?(?:截止|截至)?(?:至|到|为至)\s*(?P<day>{ANY_DAY})"
    rf"|(?:期限|时限|规定|明确)的,(?:执行|实施|有效期)?(?:截止至?|截至|至)\s*(?P<rest>{ANY_DAY})"
)
#: 有效期自2023年1月1日至2025年12月31日, 执行时间为2023年至2025年: in front of the days from and to.
_FROM_TO = re.compile(
    r"(?:有效期|执行期|实施期|施行期|试行期|执行时|实施时|政策期)(?:限|间)?(?:为|是|:)?(?:自|从)?\s*(?=\d)"
)
_LONG = re.compile(r"长期(?:有效|执行|实施)|有效期(?:为|:)?长期")
_ENDS = re.compile(rf"[,至到于]\s*(?P<day>{ANY_DAY})(?:起)?(?:自动)?(?:予以)?(?:废止|失效|终止)")
_SPEAKS_OF_TERM = re.compile(r"起|有效期|期限|时间|废止|试行|暂行|长期")
#: 本办法自…起施行 and 以上政策… speak of the instrument; 原《…》… does not.
_OF_ITSELF = re.compile(r"(?:本[\u4e00-\u9fff]{1,8}|以上|上述|此前|(?:政策)?有效期|自(?:印发|发布|公布))")
_OF_ANOTHER = re.compile(r"原[《〈\u4e00-\u9fff]{1,20}")
#: 2022年4月10日 施行: a line of its own at the head of a statute.
_HEAD_LINE = re.compile(rf"(?P<day>{ANY_DAY})\s*(?:起)?(?:施行|实施)")


#: The mark of an item below an article: (五)本政策自…起施行.
_ITEM = re.compile(r"^(?:[(（][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十\d]{1,3}[、.．])\s*")


#: A sentence; a full stop of the Latin script behind a Chinese character ends one too.
_SENTENCE = re.compile(r"(?:[^。;；\n.]|(?<![\u4e00-\u9fff”)）])\.|\.(?=\d))*[。;；\n.]?")


@dataclass(frozen=True, slots=True)
class _Saying:
    """A sentence that speaks of the instrument's validity, folded."""

    clause: Clause
    sentence: str
    folded: str
    span: Span


def instrument_validity(clauses: Iterable[Clause], dated: date | None) -> Validity:
    """The validity that an instrument states for itself; ``stated`` is False where it says nothing.

    ``clauses`` are the instrument's own; ``dated`` is the date of the document (印发之日).
    """
    sayings = [saying for clause in clauses for saying in _sayings(clause)]
    start, found = _start(sayings, dated)
    effective = start if found else None
    expires = None
    relied_on = [*found, *(saying for saying in sayings if _LONG.search(saying.folded))]
    for saying in sayings:
        since, until = _end(saying.folded, effective or dated)
        if until is None:
            continue
        effective, expires = since or effective or dated, until
        relied_on.append(saying)
    if not relied_on:
        return Validity()
    ordered = [saying for saying in sayings if saying in relied_on]
    return Validity(
        effective_on=effective,
        expires_on=expires,
        stated=True,
        basis="".join(dict.fromkeys(saying.sentence for saying in ordered)),
        basis_clause_id=ordered[-1].clause.id,
        basis_span=ordered[-1].span,
    )


def _sayings(clause: Clause) -> Iterator[_Saying]:
    """The sentences of a clause that may speak of the whole instrument.

    Closings speak for the whole; an article and a clause in the middle of an outline where they name it.
    """
    if clause.level is not Level.HEAD and not _SPEAKS_OF_TERM.search(clause.text):
        return
    for i, match in enumerate(_SENTENCE.finditer(clause.text)):
        words = _ITEM.sub("", _without_label(match[0], clause) if i == 0 else match[0].strip())
        if not words:
            continue
        folded = fold(words)
        start = clause.span.start + match.start() + match[0].find(words)
        span = Span(start, start + len(words))
        if not _SPEAKS_OF_TERM.search(folded) and clause.level is not Level.HEAD:
            continue
        if _OF_ANOTHER.match(folded):
            continue
        if clause.level is Level.TAIL or _OF_ITSELF.match(folded):
            yield _Saying(clause, words, folded, span)
        elif clause.level is Level.HEAD and _HEAD_LINE.fullmatch(folded):
            yield _Saying(clause, words, f"自{folded}", span)
        elif _may_speak_for_all(clause) and (_FROM_ISSUE.search(folded) or _FROM_DAY.search(folded)):
            yield _Saying(clause, words, folded, span)


def _may_speak_for_all(clause: Clause) -> bool:
    return re.search(r"附\s*则|其他|其它|施行|有效期|实施时间", "".join(clause.headings)) is not None


def _without_label(sentence: str, clause: Clause) -> str:
    label = clause.path.steps[-1].label
    return sentence.strip().removeprefix(label).strip() if clause.text.startswith(label) else sentence.strip()


def _start(sayings: list[_Saying], dated: date | None) -> tuple[date | None, list[_Saying]]:
    """The day from which the instrument is in force, and the sentences that say it; the last one counts."""
    day: date | None = None
    found: list[_Saying] = []
    for saying in sayings:
        if match := _FROM_DAY.search(saying.folded):
            day, found = day_in(match["day"]), [saying]
        elif match := _FROM_ISSUE.search(saying.folded):
            day, found = dated, [saying]
            if dated is not None and match["later"]:
                day = dated + timedelta(days=number_of(match["later"]) + 1)
    return day, found


def _end(folded: str, origin: date | None) -> tuple[date | None, date | None]:
    """The first day where the sentence names it with the last one, and the last day in force."""
    if named := _FROM_TO.search(folded):
        span = next(mentions_of(folded[named.end() :]), None)
        if span is not None and span.span.start == 0 and span.first and span.last and span.first < span.last:
            return span.first, span.last
    if until := _UNTIL.search(folded):
        return None, day_in(until["day"] or until["rest"])
    if until := _ENDS.search(folded):
        return None, day_in(until["day"])
    term = _TERM.search(folded) or (_TRIAL.search(folded) if _OF_ITSELF.match(folded) else None)
    if term and origin:
        months = number_of(term["count"]) * (12 if term["unit"] == "年" else 1)
        return None, add_months(origin, months)
    return None, None


def validity_of(quote: Span, clause: Clause, inherited: Validity) -> tuple[Validity, tuple[Validity, ...]]:
    """The validity of the words in ``quote`` (canonical), and the other terms that the clause states."""
    governing = [term for term in clause.terms if term.span is not None and _overlap(term.span, quote)]
    if not governing:
        return inherited, _distinct(clause.terms)
    # Of several the narrowest that covers most of the quote: a scoped term beats one for the whole.
    chosen = max(governing, key=lambda term: (_overlap(term.span, quote), -len(term.span or quote)))
    return chosen, tuple(term for term in _distinct(clause.terms) if not _same(term, chosen))


def _distinct(terms: Iterable[Validity]) -> tuple[Validity, ...]:
    kept: list[Validity] = []
    for term in terms:
        if not any(_same(term, other) for other in kept):
            kept.append(term)
    return tuple(kept)


def _same(a: Validity, b: Validity) -> bool:
    return replace(a, span=None) == replace(b, span=None)


def _overlap(a: Span | None, b: Span) -> int:
    return 0 if a is None else max(0, min(a.end, b.end) - max(a.start, b.start))
