"""Everything in an answer stands in what it cites, as the same thing and for the same subject; in every mode.

    answer → sentences → figures, names, words on validity → against the clauses of the sentence's marks → findings

    sentences.py    sentences and the marks that each piece of them rests on
    sources.py      what may be rested on
    figures.py      figures as values, each with the words it is said of
    attribution.py  same role, bound, subject and condition
    names.py        numbers, articles, offices, telephones, titles, quotes, cities
    status.py       in force or not on the day
    derivations.py  what was computed
    finding.py      what is found

Nothing is looked up here: an answer is judged by its own citations. See law 1 of the design: nothing invented.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Status
from assistant.verify.attribution import Claim, fault_of
from assistant.verify.derivations import Computed, computed_by, fault_in
from assistant.verify.figures import Key, Stated, holds, stated_in
from assistant.verify.finding import Finding, FindingKind
from assistant.verify.names import without_asked, wrong_names
from assistant.verify.sentences import Sentence, one_spelling, sentences_of
from assistant.verify.sources import NO_NAMES, Names, Source, Sources, quotes_whole
from assistant.verify.status import wrong_status
from corpus.model import Role, Span

if TYPE_CHECKING:
    from corpus.library import Library

__all__ = ["Finding", "FindingKind", "Names", "names_of", "says_status", "verify"]

_BARE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?![\d.])")
#: 4万元:… in front of the words that say it.
_LEAD = re.compile(
    r"(?:【[^【】]{1,20}】)?(?:文件没有用您这样的说法,最接近的规定是——)?(?:【[^【】]{1,20}】)?(?P<lead>[^:。,;(]{1,60}(?P<how>\([^()。]{2,120}\))?):(?=\S)"
)
_LEAD_WORDS = 10
#: What the higher of two is given instead of: 50万元(不能与20万元相加,取较高的一项).
_NOT_ADDED = re.compile(r"(?:^|——)[^()]{1,20}\(不能与$")
_COVERED = re.compile(
    r"[〔\[(【]\s?(?:19|20)\d\d\s?[〕\])】]\s?第?\d{1,5}号|第\s?\(?\d{1,4}\)?\s?[条款项章节]|[\u4e00-\u9fff]+市"
)
_OF_ASKER = re.compile(r"您|你|贵")
#: 您可以获得, 贵公司奖励: what comes behind is given to the asker, and is no fact of the asker's own.
_GIVES_ASKER = re.compile(r"(?:您|你|贵)[^,。;]*?(?:获|得|奖|补|领|享|拿|给|发放|返还|退还|减|免|可以?|能)")
_SIGNS = ("×", "+", "=", "乘以", "加上", "减去")
_GIVEN = (Role.AWARD, Role.CAP, Role.RATE, Role.LOAN, Role.FEE)
#: A day that a document begins or ends on is said by its clause or its validity, not by whoever asks.
_TERM_BEFORE = re.compile(
    r"(?:有效期|执行期限|期限|施行|截止(?:日期)?|到期日?|有效)(?:限|为|是|到|至|于|截至|延至|延长至|截止)*$"
)
_TERM_BEHIND = re.compile(r"(?:起|开始|正式)?(?:施行|实施|生效|印发|执行|发布|到期|届满|废止)")
_ANY_STATUS = re.compile(
    r"过期|失效|废止|尚未施行|未生效|有效期内|(?:现行|仍|目前|长期|日)有效(?!期)|未写明(?:有效期|终止)|不再执行|已到期"
)


def verify(answer: Answer, names: Names = NO_NAMES) -> tuple[Finding, ...]:
    """What in an answer does not hold; empty for one that may be shown.

    A verification that breaks off is a finding (``not_run``), and so is an answer with nothing in it to verify.
    """
    try:
        return tuple(dict.fromkeys(_findings(answer, names)))
    except Exception as error:  # noqa: BLE001 - a verifier that did not run is a failure, never a pass
        return (Finding("not_run", "", f"核对没有完成（{type(error).__name__}）。", 0, len(str(answer.text))),)


def names_of(library: Library) -> Names:
    """What the documents of a library, and their cities, are called."""
    return Names(
        frozenset(re.sub(r"\s", "", instrument.title) for instrument in library.instruments),
        frozenset(str(instrument.number) for instrument in library.instruments if instrument.number),
        frozenset(library.cities),
        "\n".join(one_spelling(heading) for clause in library.clauses for heading in clause.headings),
    )


def says_status(text: str) -> bool:
    """Whether a text says of what it rests on whether it is in force."""
    return any(_ANY_STATUS.search(sentence.text) for sentence in sentences_of(text))


def _findings(answer: Answer, names: Names) -> Iterator[Finding]:
    if not answer.text.strip():
        yield Finding("empty", "", "答复是空的。")
        return
    if answer.status in (Status.ANSWERED, Status.PARTIAL) and not answer.citations:
        yield Finding("empty", "", "答复没有引用任何条款。", 0, len(answer.text))
    sources = Sources(answer, names)
    faults = [(derivation, fault_in(derivation, sources)) for derivation in answer.derivations]
    for derivation, why in faults:
        if why:
            yield Finding("derivation", derivation.value, why, 0, len(answer.text))
    computed = computed_by(derivation for derivation, why in faults if not why)
    sentences = [replace(each, text=without_asked(each.text, sources)) for each in sentences_of(answer.text)]
    for i, sentence in enumerate(sentences):
        before = next((each.marks for each in sentences[:i][::-1] if each.marks), ())
        behind = next((each.marks for each in sentences[i + 1 :] if each.marks), ())
        yield from _in_sentence(sentence, sources, computed, before, behind)


def _in_sentence(
    sentence: Sentence, sources: Sources, computed: Computed, before: tuple[int, ...], behind: tuple[int, ...]
) -> Iterator[Finding]:
    """What does not hold in a sentence.

    ``before`` and ``behind`` are the marks nearest to one that has none: words on validity follow what they are about,
    and of several sentences that are quoted as one the last has the mark.
    """

    def finding(kind: FindingKind, words: str, why: str, marks: tuple[int, ...] = sentence.marks) -> Finding:
        return Finding(kind, words, why, sentence.start, sentence.end, marks)

    for mark in sentence.marks:
        if not sources.is_mark(mark):
            yield finding("mark", f"[{mark}]", "没有这个编号的引用。")
    cited = sources.cited_by(sentence.marks)
    for kind, words, why in wrong_names(sentence, cited, sources):
        yield finding(kind, words, why)
    status_of = sources.cited_by(sentence.marks or before)
    for words, why in wrong_status(sentence.text, status_of, sources.answer.as_of):
        yield finding("status", words, why)
    stated = stated_in(sentence.text)
    if stated and not sentence.marks and sources.answer.mode == "llm" and not _only_day(stated, sources):
        yield finding("unmarked", stated[0].text, "这句话有数字，却没有注明依据哪一条。")
    lead = _lead_of(sentence.text, stated)
    body = sentence.text[lead.end + 1 if lead is not None else 0 :]
    quoted = quotes_whole(body, sources.cited_by(sentence.marks or behind))
    for figure in stated:
        if quoted and (lead is None or figure.span not in lead):
            # The clause's own sentence from its beginning: nothing in it can be of somebody else.
            continue
        marks = sentence.marks_at(figure.span.start) or behind
        wrong = _wrong_figure(figure, sentence, stated, lead, sources.cited_by(marks), sources, computed)
        if wrong is not None:
            yield finding(wrong[0], figure.text, wrong[1], marks)
    yield from _bare_numbers(sentence, stated, cited, sources, finding)


def _lead_of(text: str, stated: Sequence[Stated]) -> Span | None:
    """The figures that a sentence begins with, and what bounds them: 最高不超过100万元:….

    Of what is computed also how: 50万元(按500万×10%计算,未超过上限100万元):….
    """
    match = _LEAD.match(text)
    if match is None:
        return None
    lead = Span(match.start("lead"), match.end("lead"))
    if match["how"]:
        return lead
    inside = sum(len(figure.span) for figure in stated if figure.span in lead)
    return lead if inside and len(lead) - inside <= _LEAD_WORDS else None


def _wrong_figure(
    figure: Stated,
    sentence: Sentence,
    stated: Sequence[Stated],
    lead: Span | None,
    cited: Sequence[Source],
    sources: Sources,
    computed: Computed,
) -> tuple[FindingKind, str] | None:
    body = [other for other in stated if lead is None or other.span not in lead]
    leads = lead is not None and figure.span in lead
    shown = leads or _is_operand(figure, sentence.text)
    if any(holds(key, figure.key) for key in (*computed.values, *(computed.inputs if shown else ()))):
        return None
    instead = _NOT_ADDED.search(sentence.text[: figure.span.start]) and any(
        holds(other.key, figure.key) for source in cited for other in source.figures
    )
    if leads and not instead and not any(_same_value(other, figure) for other in body):
        return "subject", f"句首的“{figure.text}”不是后面这句话里的数字。"
    others = tuple(other for other in body if other.span != figure.span)
    said = sentence.text[lead.end :] if lead is not None else sentence.text
    fault = fault_of(Claim(figure, said, others, leads), cited, sources, _beside(figure, sentence.text, cited, sources))
    return (fault.kind, fault.why) if fault else None


def _is_operand(figure: Stated, text: str) -> bool:
    """Whether a figure stands beside a sign of arithmetic: 600万元×10%."""
    before, behind = text[: figure.span.start].rstrip(), text[figure.span.end :].lstrip()
    return before.endswith(_SIGNS) or behind.startswith(_SIGNS)


def _same_value(a: Stated, b: Stated) -> bool:
    return a.key == b.key or holds(a.key, b.key)


def _beside(figure: Stated, text: str, cited: Sequence[Source], sources: Sources) -> list[Key]:
    """What supports a figure beside the clauses: days of validity; for what is no term, the question and the day."""
    term = [key for source in cited for key in source.days]
    as_of = sources.answer.as_of
    if figure.kind == "date" and _is_term(figure, text):
        begins = figure.key[2] is None
        ends = figure.key[1] is None
        return [key for key in term if not (begins and key[1] is None) and not (ends and key[2] is None)]
    asked = [stated.key for stated in sources.asked] if _may_repeat(figure, text) else []
    return [*(_both(key) for key in term), ("date", as_of, as_of), *map(_both, asked)]


def _both(key: Key) -> Key:
    """A day with one end as a day."""
    if key[0] == "date":
        day = key[1] or key[2]
        return ("date", key[1] or day, key[2] or day)  # type: ignore[return-value]
    return key


def _is_term(figure: Stated, text: str) -> bool:
    before = text[max(0, figure.span.start - 14) : figure.span.start]
    return bool(_TERM_BEFORE.search(before) or _TERM_BEHIND.match(text, figure.span.end))


def _may_repeat(figure: Stated, text: str) -> bool:
    """Whether a figure may be the asker's own: a day, or what is said of the asker's case and is given to nobody."""
    before = text[: figure.span.start]
    if figure.kind == "date":
        return True
    if _OF_ASKER.search(before):
        own = before[max(map(before.rfind, "您你贵")) :]
        return not _GIVES_ASKER.match(own)
    return figure.role not in _GIVEN and figure.kind not in ("day", "month", "working_day")


def _only_day(stated: Sequence[Stated], sources: Sources) -> bool:
    as_of = sources.answer.as_of
    return all(figure.kind == "date" and as_of in figure.key[1:] for figure in stated)


def _bare_numbers(
    sentence: Sentence,
    stated: Sequence[Stated],
    cited: Sequence[Source],
    sources: Sources,
    finding: Callable[..., Finding],
) -> Iterator[Finding]:
    text = sentence.text
    taken = [(figure.span.start, figure.span.end) for figure in stated]
    taken += [match.span() for match in _COVERED.finditer(text)]
    for match in _BARE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        if match[0] in sources.bare_asked or any(match[0] in source.bare for source in cited):
            continue
        yield finding("figure", match[0], "这个数字在所引条款中找不到。")
