"""What a sentence says of being in force, against the validity that the cited clause has on the day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.verify.sources import Source
from corpus.dates import FULL_DATE, date_of
from corpus.model import Validity, ValidityStatus

_EXPIRED, _NOT_YET = ValidityStatus.EXPIRED, ValidityStatus.NOT_YET
_IN_FORCE, _REPEALED, _UNKNOWN = ValidityStatus.IN_FORCE, ValidityStatus.REPEALED, ValidityStatus.UNKNOWN

#: In this order: what an earlier one has read is not read again.
_WORDS: tuple[tuple[str, frozenset[ValidityStatus]], ...] = (
    (r"是否(?:仍|还|继续|现行)?(?:有效|在执行|过期|在有效期内)", frozenset(ValidityStatus)),
    (
        r"不在有效期内|(?:不再|不|已无|失去|没)有?效(?!期|益|果|率|应|能|合|利|管|控)|已?不再(?:执行|适用|施行)|停止执行",
        frozenset({_EXPIRED, _REPEALED, _NOT_YET}),
    ),
    (r"(?:没有|尚未|还没有?|未|并未|没)(?:过期|到期|失效|废止)", frozenset({_IN_FORCE, _NOT_YET})),
    (
        r"(?:已经?|早已|已于[^,。;]{0,14}|现已)(?:过期|失效|到期|届满)|已过(?:了)?有效期|过期了|失效了|超过有效期",
        frozenset({_EXPIRED, _REPEALED}),
    ),
    (r"已(?:经|被|于[^,。;]{0,14})?废止|起废止", frozenset({_REPEALED})),
    (r"(?:尚未|还没有?|还未|未)(?:正式)?(?:施行|生效|开始|实施|执行)", frozenset({_NOT_YET})),
    (
        r"(?:未|没有|没)(?:写明|规定|说明|明确)(?:有效期|效力期限|施行期限)|有效期(?:文件)?(?:未|没有)(?:写明|规定)",
        frozenset({_UNKNOWN}),
    ),
    (
        r"(?:在|处于)有效期(?:限)?(?:之)?内"
        r"|(?:现行|目前|现在|仍然?|依然|至今|还|尚|现|当前|日|继续|长期|永久|一直)(?:是|为|处于|继续|仍)?有效(?!期)"
        r"|(?<=政策|意见|办法|规定|措施|方案|通知|文件|条款|决定)(?:是|都是|也是)?有效(?:的)?(?=[,。;)]|$)"
        r"|(?:仍|正|还|继续|目前|现在)(?:然)?(?:在)?(?:执行|施行|适用|有用|算数)(?:中)?(?=[,。;)]|$)|尚在执行"
        r"|(?:(?:仍然?|现在|目前)[就也都还]?(?:可以?|能)|还能)(?:去|来)?(?:申请|申报|享受|领取?|办理)",
        frozenset({_IN_FORCE}),
    ),
)
_LASTING = re.compile(r"长期|一直|永久")
_CLAIMS = tuple((re.compile(words), statuses) for words, statuses in _WORDS)
#: The words on being in force that are judged here, of one document or of several.
STATUS = re.compile(f"[均都]?(?:{'|'.join(words for words, _ in _WORDS)})")
#: 截至2026年11月22日已过期, but not 有效期至2025年8月28日,现已过期.
_DAY_BEFORE = re.compile(rf"(?<![期限效]至)(?:{FULL_DATE.pattern})[^\d,。;]{{0,6}}$")


def wrong_status(text: str, cited: Sequence[Source], on: date) -> Iterator[tuple[str, str]]:
    """What a sentence says of being in force that none of its clauses bears out, and why."""
    read = text
    for pattern, allowed in _CLAIMS:
        for match in pattern.finditer(read):
            day = _day_of(text[: match.start() + 1]) or on
            if _is_quoted(text, match, cited):
                continue
            statuses = {validity.status(day) for source in cited for validity in source.validities}
            borne_out = bool(statuses & allowed) and not (_LASTING.search(match[0]) and _all_end(cited))
            if not borne_out and not _never_ends(match[0], cited, day):
                shown = "、".join(sorted({_shown(v, day) for source in cited for v in source.validities}))
                yield match[0], f"所引条款的效力是：{shown or '没有引用条款'}。"
        read = pattern.sub(lambda match: "\n" * len(match[0]), read)


def _all_end(cited: Sequence[Source]) -> bool:
    """Whether every clause has a last day: then none is 长期有效."""
    validities = [validity for source in cited for validity in source.validities]
    return all(validity.expires_on and "长期" not in validity.basis for validity in validities)


def _never_ends(words: str, cited: Sequence[Source], day: date) -> bool:
    """Without a term 未写明终止 is right of what is in force."""
    return "未" in words and any(
        v.expires_on is None and v.status(day) is _IN_FORCE for s in cited for v in s.validities
    )


def _day_of(before: str) -> date | None:
    match = _DAY_BEFORE.search(before)
    return date_of(match) if match else None


def _is_quoted(text: str, match: re.Match[str], cited: Sequence[Source]) -> bool:
    """Whether the clause itself says these words, with those around them."""
    around = re.sub(r"\s", "", text[max(0, match.start() - 6) : match.end() + 2])
    return any(around in source.words for source in cited)


def _shown(validity: Validity, day: date) -> str:
    word = {_EXPIRED: "已过期", _NOT_YET: "尚未施行", _IN_FORCE: "有效", _REPEALED: "已废止", _UNKNOWN: "文件未写明"}
    return word[validity.status(day)]
