"""Several drafts as one answer: what each city, or each thing asked, gets; what one of them lacks is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Derivation, Status
from assistant.compose.computed.printing import in_print
from assistant.derive import Value, subtracted, value_of
from assistant.draft import Draft, Statement
from assistant.understanding.question import Question
from corpus.folding import fold

_SAYS = (Status.ANSWERED, Status.PARTIAL)


def in_words_of(draft: Draft, city: str) -> str:
    """The question that a draft answers with a figure, asked of another city in the words of its clause.

    规模以上工业企业关键工序数控化率达到65% → 规模以上工业企业关键工序数控化率多少%: what one office calls a thing,
    another often calls so too. Empty where the draft leads with no figure.
    """
    found = led(draft)
    if found is None:
        return ""
    value = found["value"]
    said = found["words"].rfind(value)
    if said < 0:
        return ""
    clauses = re.split(r"[,;:。()]", found["words"][:said])
    subject = next((part for part in (_BOUNDED.sub("", part) for part in reversed(clauses)) if len(part) > 3), "")
    unit = re.sub(r"^[\d.,—\-]+|以[上下内]|左右|/.*$", "", value)
    return f"{city}{subject}多少{unit}?" if subject else ""


def led(draft: Draft) -> re.Match[str] | None:
    """The figure that a draft leads with, and the words behind it."""
    return _LED.match(fold(draft.statements[0].text)) if draft.statements else None


_LED = re.compile(
    r"(?:文件没有用您这样的说法,最接近的规定是——)?(?:不?得?[未超高低于过少多至]{2,4}|突破|约)?(?P<value>\d[\d.,—\-]*[^\d:,。]{1,5}):(?P<words>.+)"
)
#: Words between what a figure is said of and the figure.
_BOUNDED = re.compile(
    r"(?:力争|预计|计划|确保)|(?:分别)?(?:不?得?[未超高低于过少多至]{2,4}|突破|达到?|为|至|到|约|实现|下?降|增长|累计)*$|^(?:到)?\d+(?:—\d+)?年"
)


def join(parts: Sequence[Question], drafts: Sequence[Draft], *, apart: bool = False) -> Draft | None:
    """One draft of several; None where that would say less than the question asked as one.

    A city of which nothing is found is named as such; of several asks each must be answered. Where it is asked how far
    two sides lie ``apart``, that comes first.
    """
    said = [draft.status in _SAYS for draft in drafts]
    by_city = len({part.cities for part in parts}) > 1
    if not any(said) or (not by_city and not all(said)):
        return None
    if (one := _of_one_sentence(drafts)) and not apart:
        return one
    between = _difference(drafts) if apart and len(drafts) == 2 and all(said) else None
    statements: list[Statement] = [between[0]] if between else []
    for part, draft in sorted(zip(parts, drafts, strict=True), key=lambda pair: pair[1].status not in _SAYS):
        lead = f"【{'、'.join(part.cities)}】" if by_city else ""
        if draft.status in _SAYS:
            first, *others = draft.statements
            statements += [replace(first, text=lead + first.text), *others]
        else:
            statements.append(Statement(f"{lead}没有查到相应的规定"))
    whole = all(draft.status is Status.ANSWERED for draft in drafts)
    warnings = tuple(dict.fromkeys(warning for draft in drafts for warning in draft.warnings))
    return Draft(
        Status.ANSWERED if whole else Status.PARTIAL,
        tuple(dict.fromkeys(statements)),
        warnings,
        tuple(dict.fromkeys((*(between[1:] if between else ()), *(d for draft in drafts for d in draft.derivations)))),
        confidence=min(draft.confidence for draft in drafts if draft.status in _SAYS),
    )


def _difference(drafts: Sequence[Draft]) -> tuple[Statement, Derivation] | None:
    """How far the figures lie apart that two drafts lead with, and how it was computed."""
    values_led = [re.sub(r"以[上下内]|左右|/.*$", "", found["value"]) for draft in drafts if (found := led(draft))]
    values = [value for text in values_led if (value := value_of(text))]
    apart = subtracted(values) if len(values) == len(values_led) == len(drafts) else None
    if apart is None or not apart.low:
        return None
    printed = [text for _, text in sorted(zip((v.low for v in values), values_led, strict=True), reverse=True)]
    points = Value(apart.low, apart.high, "个百分点") if apart.unit == "%" else apart
    derivation = Derivation(in_print(points, printed), "difference", tuple(printed))
    quotes = tuple(quote for draft in drafts for quote in draft.statements[0].quotes[:1])
    return Statement(f"相差{derivation.value}(按{'-'.join(printed)}计算)", quotes), derivation


def _of_one_sentence(drafts: Sequence[Draft]) -> Draft | None:
    """Figures of one sentence (分别给予30万元、5万元), with the sentence once; None where they have one each."""
    quotes = {(quote.clause.id, quote.span) for draft in drafts for quote in draft.statements[0].quotes[:1]}
    values = [found["value"] for draft in drafts if (found := led(draft))]
    if len(quotes) != 1 or len(values) < len(drafts) or len(set(values)) < len(values):
        return None
    first = drafts[0].statements[0]
    words = re.sub(r"\s*\n\s*", "", first.quotes[0].words).rstrip("。;")
    said = replace(first, text=f"{'、'.join(values)}:{words}")
    return replace(drafts[0], statements=(said, *drafts[0].statements[1:]))
