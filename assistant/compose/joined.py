"""Several drafts as one answer: what each city, or each thing asked, gets; what one of them lacks is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Status
from assistant.draft import Draft, Statement
from assistant.question import Question

_SAYS = (Status.ANSWERED, Status.PARTIAL)


def join(parts: Sequence[Question], drafts: Sequence[Draft]) -> Draft | None:
    """One draft of several; None where that would say less than the question asked as one.

    A city of which nothing is found is named as such; of several asks each must be answered.
    """
    said = [draft.status in _SAYS for draft in drafts]
    by_city = len({part.cities for part in parts}) > 1
    if not any(said) or (not by_city and not all(said)):
        return None
    statements: list[Statement] = []
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
        tuple(dict.fromkeys(derivation for draft in drafts for derivation in draft.derivations)),
        confidence=min(draft.confidence for draft in drafts if draft.status in _SAYS),
    )
