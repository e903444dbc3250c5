"""Whether words are in force on a day, said in a sentence."""

from __future__ import annotations

import re
from datetime import date

from corpus.dates import in_words
from corpus.folding import fold
from corpus.model import Clause, Instrument, Validity, ValidityStatus

_NOUNS = re.compile(
    r"(办法|规定|措施|意见|决定|细则|方案|计划|规划|通知|公告|条例|法|举措|政策|规则|规程|制度|分解|要点)(?:\(.*\))?$"
)


def noun_of(instrument: Instrument) -> str:
    """What to call an instrument: 该意见, 该办法, else 该文件."""
    found = _NOUNS.search(re.sub(r"\s", "", fold(instrument.title)))
    return f"该{found[1]}" if found and found[1] not in ("法", "分解") else "该文件"


def status_sentence(
    validity: Validity, instrument: Instrument, clause: Clause, on: date, *, first_day: bool = False
) -> str:
    """该意见有效期至2025年8月28日,截至2026年11月22日已过期.

    With ``first_day`` that as well: 该意见自2023年8月28日起施行,有效期至….
    """
    own = validity.basis_clause_id == clause.id and validity is not instrument.validity
    subject = (f"其中{validity.scope}" if validity.scope else "该项政策") if own else noun_of(instrument)
    status = validity.status(on)
    until = f"{'执行期限' if own else '有效期'}至{in_words(validity.expires_on)}" if validity.expires_on else ""
    if first_day and not own and validity.expires_on and validity.effective_on:
        until = f"自{in_words(validity.effective_on)}起施行,{until}"
    day = in_words(on)
    if status is ValidityStatus.REPEALED and validity.repealed_on:
        return f"{subject}自{in_words(validity.repealed_on)}起废止,截至{day}已不再执行"
    if status is ValidityStatus.EXPIRED:
        return f"{subject}{until},截至{day}已过期"
    if status is ValidityStatus.NOT_YET and validity.effective_on:
        return f"{subject}自{in_words(validity.effective_on)}起施行,{day}尚未施行"
    if status is ValidityStatus.IN_FORCE:
        if until:
            return f"{subject}{until},{day}在有效期内"
        if "长期" in validity.basis:
            return f"{subject}长期有效"
        since = f"自{in_words(validity.effective_on)}起施行," if validity.effective_on else ""
        return f"{subject}{since}未写明终止日期,{day}有效"
    if "按" in validity.basis and own:
        return f"{subject}的期限:{validity.basis.strip('。')}"
    return "文件未写明有效期"


def status_words(validity: Validity, on: date) -> str:
    """The status on a day in a few words, for a card or a header: 已过期,有效期至2025年8月28日."""
    until = f",有效期至{in_words(validity.expires_on)}" if validity.expires_on else ""
    return {
        ValidityStatus.EXPIRED: f"截至{in_words(on)}已过期{until}",
        ValidityStatus.IN_FORCE: f"{in_words(on)}有效{until}",
        ValidityStatus.NOT_YET: f"{in_words(on)}尚未施行",
        ValidityStatus.REPEALED: f"截至{in_words(on)}已废止",
        ValidityStatus.UNKNOWN: "文件未写明有效期",
    }[validity.status(on)]
