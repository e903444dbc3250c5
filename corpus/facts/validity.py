"""In force from when to when, computed from the documents' own words.

An instrument's validity rests on its closing paragraphs or last articles (施行, 有效期, 试行, 废止); a term
without a start counts from the date of the document. Terms of a clause or a part of it (票据业务…长期,其余…至…)
are read from the clause. The last day is the corresponding day, or the month's last (民法典 201, 202);
article 203 on days off is for deadlines for acts, never for a document's term. A plan period is not a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from corpus.dates import FULL_DATE, add_months, date_of
from corpus.facts.periods import DAY, day_of
from corpus.folding import fold
from corpus.model import Clause, Level, Span, Validity
from corpus.numerals import number_of

_ACT = "(?:施行|执行|实施|生效)"
_FROM_ISSUE = re.compile(rf"自(?:印发|发布|公布|发文|下发|签发|颁布|公告)之日起(?:正式)?{_ACT}?")
_FROM_DAY = re.compile(rf"(?:自|从|于)\s*(?P<day>{FULL_DATE.pattern})\s*起?(?:正式)?(?:开始)?{_ACT}")
_TERM = re.compile(
    r"(?:有效期(?:限)?|试行期(?:限)?|施行期(?:限)?|执行期(?:限)?|有效)(?:为|是|暂定)?\s*"
    r"(?P<count>\d+|[一二两三四五六七八九十]+)\s*(?P<unit>年|个月)"
)
_TRIAL = re.compile(r"试行(?P<count>\d+|[一二两三四五六七八九十]+)(?P<unit>年|个月)")
_UNTIL = re.compile(
    rf"(?:有效期(?:限)?|执行期(?:限)?|实施期(?:限)?|施行|有效)(?:截止)?(?:至|到|为至)\s*(?P<day>{DAY.pattern})"
)
_REPEALED = re.compile(rf"(?:本[\u4e00-\u9fff]{{2,4}})(?:自|于)\s*(?P<day>{FULL_DATE.pattern})起?(?:予以)?废止")
#: 本办法自…起施行 speaks of the instrument; 自…起施行 of another document (原…) does not.
_OF_ANOTHER = re.compile(r"原[《〈\u4e00-\u9fff]{1,20}")

_DAY_GROUP = rf"(?P<day>{DAY.pattern})"
#: A term of a clause's own; what it governs is the text in front of it.
_OWN_TERM = re.compile(
    rf"(?:(?P<scope>[^,。;:()]{{2,16}}?)(?:的)?)?(?:执行|实施|有效|享受|优惠|补贴|受理|申报)(?:期限|期|时限|时间)(?:为|截止|截至|延长|延续)*(?:至|到|为)?\s*"
    rf"(?:{_DAY_GROUP}|(?P<long>长期)|(?P<other>按[^,。;]{{2,20}}执行))"
)
_CONTINUED = re.compile(rf"(?:延续|继续|延长)(?:实施|执行)?[^。;]{{0,60}}?(?:至|到)\s*{_DAY_GROUP}")


def instrument_validity(clauses: Iterable[Clause], dated: date | None) -> Validity:
    """The validity that an instrument states for itself; ``stated`` is False where it says nothing.

    ``clauses`` are the instrument's own; ``dated`` is the date of the document (印发之日).
    """
    validity = Validity()
    for clause in clauses:
        if not _may_state(clause):
            continue
        for sentence in re.split(r"(?<=[。;\n])", clause.text):
            validity = _with(validity, sentence, clause, dated)
    return validity


def _may_state(clause: Clause) -> bool:
    """Closings and articles speak for the whole; a clause in the middle of an outline for itself."""
    return (
        clause.level in (Level.TAIL, Level.ARTICLE, Level.HEAD)
        or re.search(r"附\s*则|其他|施行|有效期|实施时间", "".join(clause.headings)) is not None
    )


def _with(validity: Validity, sentence: str, clause: Clause, dated: date | None) -> Validity:
    folded = fold(sentence)
    if not re.search(r"起|有效期|期限|废止|试行|长期", folded):
        return validity
    effective, expires, repealed = validity.effective_on, validity.expires_on, validity.repealed_on
    found = False
    if clause.level is Level.HEAD and not re.match(r"\s*本", folded):
        return validity
    if (start := _FROM_DAY.search(folded)) and not _OF_ANOTHER.match(folded):
        effective, found = date_of(start), True
    elif _FROM_ISSUE.search(folded) and dated is not None:
        effective, found = dated, True
    term = _TERM.search(folded) or (_TRIAL.search(folded) if re.match(r"\s*本", folded) else None)
    if term and (origin := effective or dated):
        months = number_of(term["count"]) * (12 if term["unit"] == "年" else 1)
        effective, expires, found = origin, add_months(origin, months), True
    if until := _UNTIL.search(folded):
        expires, found = day_of(until), True
        effective = effective or dated
    if ended := _REPEALED.search(folded):
        repealed, found = date_of(ended), True
    if not found:
        return validity
    basis = sentence.strip()
    joined = validity.basis + basis if validity.basis and basis not in validity.basis else basis
    return replace(
        validity,
        effective_on=effective,
        expires_on=expires,
        repealed_on=repealed,
        stated=True,
        basis=joined,
        basis_clause_id=clause.id,
    )


def terms_of(clause: Clause, inherited: Validity) -> tuple[Validity, ...]:
    """The terms that a clause states for itself or a part of it, one for each stretch of words it governs.

    A term governs the text back to the term before it and the rest of its sentence; one that continues a policy
    (延续实施…至2024年底) its sentence and those that begin with 其中. A scope of its own (票据业务) governs the
    sentences that speak of it, 其余 the others.
    """
    if clause.level in (Level.TAIL, Level.HEAD):
        return ()
    folded = fold(clause.text)
    found = sorted((*_OWN_TERM.finditer(folded), *_CONTINUED.finditer(folded)), key=lambda match: match.start())
    scopes = [scope for match in found if (scope := _scope(match)) and not _is_rest(scope)]
    terms: list[Validity] = []
    covered = 0
    for match in found:
        scope = _scope(match)
        if not scope and match.start() < covered:
            continue
        day = _day_of_group(match)
        term = Validity(
            effective_on=inherited.effective_on,
            expires_on=day,
            repealed_on=inherited.repealed_on,
            stated=day is not None or bool(match.groupdict().get("long")),
            basis=_sentence(clause.text, folded, match),
            basis_clause_id=clause.id,
            scope=scope,
        )
        if scope:
            stretches = _speaking_of(folded, scope, scopes, match)
        else:
            stretches = [_governed(folded, match, covered)]
            covered = stretches[0].end
        terms += (
            replace(term, span=Span(stretch.start + clause.span.start, stretch.end + clause.span.start))
            for stretch in stretches
        )
    return tuple(terms)


def _is_rest(scope: str) -> bool:
    return bool(re.match(r"其余|其他|其它", scope))


def _speaking_of(folded: str, scope: str, scopes: list[str], match: re.Match[str]) -> list[Span]:
    """The sentences that a scoped term governs, and its own words."""
    own = Span(match.start(), match.end())
    sentences = [Span(m.start(), m.end()) for m in re.finditer(r"[^。\n]+。?", folded)]
    apart = [s for s in sentences if own not in s]
    if _is_rest(scope):
        return [*(s for s in apart if not any(_speaks_of(s.of(folded), other) for other in scopes)), own]
    return [*(s for s in apart if _speaks_of(s.of(folded), scope)), own]


def _speaks_of(sentence: str, scope: str) -> bool:
    """Whether a sentence has at least half of the characters that make the scope (支票、本票 speak of 票据业务)."""
    core = re.sub(r"业务|措施|政策|部分|项目|事项|的|其中", "", scope) or scope
    return sum(character in sentence for character in core) * 2 >= len(core)


def _day_of_group(match: re.Match[str]) -> date | None:
    """The day inside a larger match that embeds :data:`DAY` under the group ``day``."""
    inner = DAY.fullmatch(match["day"].strip()) if match.groupdict().get("day") else None
    return day_of(inner) if inner else None


def _scope(match: re.Match[str]) -> str:
    scope = match.groupdict().get("scope") or ""
    return scope if re.search(r"业务|其余|其他|其它|部分|政策措施", scope) else ""


def _governed(folded: str, match: re.Match[str], since: int) -> Span:
    """What an unscoped term governs."""
    stop = _stop(folded, match.end())
    if match.re is _CONTINUED:
        while folded.startswith("其中", stop):
            stop = _stop(folded, stop)
        return Span(max(folded.rfind(mark, 0, match.start()) for mark in "。\n") + 1, stop)
    return Span(since, stop)


def _stop(folded: str, start: int) -> int:
    stop = folded.find("。", start)
    return len(folded) if stop < 0 else stop + 1


def _sentence(text: str, folded: str, match: re.Match[str]) -> str:
    start = max(folded.rfind(stop, 0, match.start()) for stop in "。;\n") + 1
    ends = [i for stop in "。;\n" if (i := folded.find(stop, match.end())) >= 0]
    return text[start : min(ends, default=len(text) - 1) + 1].strip()


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
