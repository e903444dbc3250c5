"""Terms that a clause states for itself or a part of it (票据业务…长期,其余…至2024年9月30日; 延续实施…至2024年底)."""

from __future__ import annotations

import re
from datetime import date

from corpus.facts.days import ANY_DAY, day_in
from corpus.facts.phrases import sentence_of
from corpus.folding import fold
from corpus.model import Clause, Level, Span, Validity

_DAY = rf"(?P<day>{ANY_DAY})"
_SINCE = rf"(?:(?:自|从)?\s*(?P<since>{ANY_DAY})起?\s*(?=至|到|—|-))?"
#: A term of a clause's own; what it governs is the text in front of it.
_OWN = re.compile(
    r"(?:(?:执行|实施|有效|享受|优惠|补贴|受理|申报)(?:期限|期|时限|时间)|(?:执行|实施|有效)(?=至|到))"
    rf"(?:为|截止|截至|延长|延续|:)*{_SINCE}(?:至|到|为|—|-)?\s*"
    rf"(?:{_DAY}|(?P<monthday>(?<=[至到—-])\d{{1,2}}月\d{{1,2}}日)|(?P<long>长期)|(?P<other>按[^,。;]{{2,20}}执行))"
)
#: What a term is for, in front of it: 票据业务[执行期限长期].
_SCOPE = re.compile(r"[^,。;:()]{2,16}$")
_CONTINUED = re.compile(rf"(?:延续|继续|延长)(?:实施|执行)?[^。;]{{0,60}}?(?:至|到)\s*{_DAY}")
#: 自2023年1月1日至2027年12月31日,对…减半征收.
_BETWEEN = re.compile(rf"(?:自|从|在|于)\s*(?P<since>{ANY_DAY})起?(?:至|到){_DAY}(?:止|期间)?(?=[,内])")


#: No sentence is longer; where stops are missing this much of it is read.
_REACH = 2000
#: A clause that tells more parts apart is a list; then each term governs what stands before it.
_MOST_SCOPES = 12


def terms_of(clause: Clause, inherited: Validity) -> tuple[Validity, ...]:
    """The terms that a clause states for itself or a part of it, one for each stretch of words it governs.

    A term governs the text back to the term before it and the rest of its sentence; one that continues a policy
    (延续实施…至2024年底) its sentence and those that begin with 其中. A scope of its own (票据业务) governs the
    sentences that speak of it, 其余 the others. The instrument's own term (``inherited``), where the clause states
    it, is no term of the clause.
    """
    if clause.level in (Level.TAIL, Level.HEAD):
        return ()
    folded = fold(clause.text)
    patterns = (_OWN, _CONTINUED, _BETWEEN)
    found = sorted((match for p in patterns for match in p.finditer(folded)), key=lambda match: match.start())
    scopes = [scope for match in found if (scope := _scope(match)) and not _is_rest(scope)]
    terms: list[Validity] = []
    covered = 0
    for match in found:
        scope = _scope(match)
        if not scope and match.start() < covered:
            continue
        groups = match.groupdict()
        since = day_in(groups.get("since") or "")
        day = _last_day(groups, since)
        if day is None and not (groups.get("long") or groups.get("other")):
            continue
        if not scope and day == inherited.expires_on and _states(clause, inherited, match):
            continue
        if scope and len(scopes) <= _MOST_SCOPES:
            stretches = _speaking_of(folded, scope, scopes, match)
        else:
            stretches = [_governed(folded, match, covered)]
            covered = stretches[0].end
        basis = _sentence(folded, match)
        terms += (
            Validity(
                effective_on=since or inherited.effective_on,
                expires_on=day,
                repealed_on=inherited.repealed_on,
                stated=day is not None or bool(groups.get("long")),
                basis=basis.of(clause.text),
                basis_clause_id=clause.id,
                scope=scope,
                span=_placed(stretch, clause),
                basis_span=_placed(basis, clause),
            )
            for stretch in stretches
        )
    return tuple(terms)


def _states(clause: Clause, validity: Validity, match: re.Match[str]) -> bool:
    """Whether the words of a match are those that a validity rests on."""
    basis = validity.basis_span
    place = Span(match.start() + clause.span.start, match.end() + clause.span.start)
    return validity.basis_clause_id == clause.id and basis is not None and place in basis


def _placed(span: Span, clause: Clause) -> Span:
    return Span(span.start + clause.span.start, span.end + clause.span.start)


def _last_day(groups: dict[str, str | None], since: date | None) -> date | None:
    if groups.get("monthday") and since:
        return day_in(f"{since.year}年{groups['monthday']}")
    return day_in(groups.get("day") or "")


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


def _scope(match: re.Match[str]) -> str:
    if match.re is not _OWN:
        return ""
    before = _SCOPE.search(match.string[max(0, match.start() - 17) : match.start()])
    scope = before[0].removesuffix("的") if before else ""
    return scope if re.search(r"业务|其余|其他|其它|部分|政策措施", scope) else ""


def _governed(folded: str, match: re.Match[str], since: int) -> Span:
    """What an unscoped term governs."""
    stop = _stop(folded, match.end())
    if match.re is _CONTINUED:
        while folded.startswith("其中", stop):
            stop = _stop(folded, stop)
    if match.re is not _OWN:
        return Span(max(folded.rfind(mark, since, match.start()) for mark in "。\n") + 1 or since, stop)
    return Span(since, stop)


def _stop(folded: str, start: int) -> int:
    """The end of the sentence that goes on at a place."""
    stop = folded.find("。", start, start + _REACH)
    return min(len(folded), start + _REACH) if stop < 0 else stop + 1


def _sentence(folded: str, match: re.Match[str]) -> Span:
    """The sentence that says a term, with its stop."""
    sentence = sentence_of(folded, Span(match.start(), match.end()))
    words = folded[sentence.start : sentence.end + 1]
    return Span(sentence.start + len(words) - len(words.lstrip()), sentence.start + len(words.rstrip()))
