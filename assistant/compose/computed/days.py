"""The last day of a period that a clause sets, from the day on which the question says something was done.

    应于7个工作日内决定是否受理, 2024年9月27日交的   →  2024年10月12日
    自登记当月起3年内扣减, 2024年3月15日登记的       →  2027年2月

The day of the event does not count, months and years end on the corresponding day (民法典 201, 202). The deadline of an
act moves behind days off (民法典 203); the term of a relief, a loan or a document does not.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.answer import AnswerWarning, Derivation, DerivationRule, WarningKind
from assistant.compose.computed.finding import Search, quoted
from assistant.compose.figures.figure import Figure
from assistant.compose.finish import CLOSEST_BELOW, attributed, finish
from assistant.derive import end_of, month_end_of
from assistant.draft import Draft, Statement
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from assistant.understanding.since import Since
from assistant.workdays import PUBLIC, WorkCalendar
from corpus.dates import in_words
from corpus.facts.phrases import sentence_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Period

#: Words of a benefit that lasts so long.
_LASTS = re.compile(r"享受|免征|免收|减征|减免|扣减|抵减|贷款|期限不超过|展期|有效期|歇业|免租|免费|补贴期|贴息")
_ACTS = re.compile(r"应|须|提出|申请|报送?|备案|告知|作出|决定|支付|履行|办结|办理|提交|答复|公示|通知|兑现|拨付|完成")
_OF_MONTH = re.compile(r"当月起[,在的]*$")
_OTHER_START = re.compile(r"(?:次月|次日|次年|之月|当年)起[,在的]*$|(?:期满|届满)(?:前|之前)[,在的]*$")


def last_day(question: Question, search: Search, library: Library, calendar: WorkCalendar) -> Draft | None:
    """The last day, and whether a second day of the question is in time; None where no clause sets such a period."""
    since = question.since
    figure = _period(question, search)
    if since is None or figure is None or not isinstance(figure.fact, Period):
        return None
    worked = _worked_out(since, figure.fact, figure, question, calendar)
    if worked is None:
        return None
    said, derivations, warnings = worked
    words, quote = quoted(figure, library)
    statement = Statement(attributed(quote.instrument, f"{said}:{words}"), (quote,))
    # A day that could be reckoned rests on a clause that was found for certain.
    draft = finish(question, [statement], max(search.sure(figure), CLOSEST_BELOW), library)
    return replace(draft, derivations=derivations, warnings=(*draft.warnings, *warnings))


#: A question that names less (提交,多久) does not say what it is about.
_TERMS = 2


def _period(question: Question, search: Search) -> Figure | None:
    """The period meant: of the length that the question states, where it states one."""
    if sum(term.known for term in search.topic.terms) < _TERMS:
        return None
    lengths = [p for p in question.periods if p.count is not None]
    found = [
        figure
        for figure in search.figures(Asked.DURATION)
        if isinstance(figure.fact, Period) and figure.fact.count is not None and _is_limit(figure)
    ]
    if lengths:
        found = [f for f in found if any(_same_length(f.fact, length) for length in lengths)]
    return found[0] if found else None


def _same_length(fact: object, stated: Period) -> bool:
    return isinstance(fact, Period) and (fact.count, fact.unit) == (stated.count, stated.unit)


def _is_limit(figure: Figure) -> bool:
    """Whether a period has one end, the latest day: 两个月内, 不超过3年; not 半年以上, 提前3个月."""
    before = fold(figure.clause.text)[max(0, figure.span.start - 12) : figure.span.start]
    if re.search(r"以上|前|左右", fold(figure.value)) or re.search(r"提前|满|不少于|不低于|至少|连续$", before):
        return False
    return not _OTHER_START.search(before)


def _worked_out(
    since: Since, length: Period, figure: Figure, question: Question, calendar: WorkCalendar
) -> tuple[str, tuple[Derivation, ...], tuple[AnswerWarning, ...]] | None:
    text = fold(figure.clause.text)
    if _OF_MONTH.search(text[: figure.span.start]):
        return _of_months(since, length)
    end = end_of(since.day, length, calendar)
    if end is None:
        return None
    sentence = sentence_of(text, figure.span).of(text)
    is_act = _ACTS.search(sentence) is not None and _LASTS.search(sentence) is None
    last = calendar.moved(end) if is_act and length.unit != "working_day" else end
    own = None if calendar == PUBLIC else calendar
    count = _bare(length)
    sources = (since.printed, count, *(() if since.year_given else (in_words(question.as_of),)))
    rule: DerivationRule = "working_days" if length.unit == "working_day" else "date_plus"
    derivations = [Derivation(in_words(day), rule, sources, own) for day in dict.fromkeys((last, end))]
    event = f"为{length.anchor}之日" if length.anchor and len(length.anchor) <= _ANCHOR else "起算"
    # A day without its year is not printed behind one of another year, where it would be read as of that year.
    how = f"按{since.printed if since.year_given else '当天'}{event}推算,当日不计入"
    if length.unit == "working_day":
        how += ",已计法定节假日和调休"
    if last != end:
        how += f",期满的{in_words(end)}是休息日,顺延"
    warnings: tuple[AnswerWarning, ...] = ()
    if (is_act or length.unit == "working_day") and not calendar.knows(since.day, end):
        unknown = "、".join(f"{y}年" for y in range(since.day.year, last.year + 1) if not calendar.knows_year(y))
        how = how.replace(",已计法定节假日和调休", "") + ",该年放假安排未收录,仅按周末估算"
        text_ = f"{unknown}的放假安排未收录,以上日期仅按周末估算,请以国务院办公厅公布的放假安排为准。"
        warnings = (AnswerWarning(WarningKind.CALENDAR, text_),)
    lead = "最晚" if is_act else "到"
    said = f"{lead}{in_words(last)}({how})"
    if since.until is not None:
        late = since.until > last
        verdict = "已超过期限" if late else "没有超过期限"
        said = f"{verdict}:{said}"
    return said, tuple(derivations), warnings


def _bare(length: Period) -> str:
    """7个工作日 of 7个工作日内; 15日内 whole, for 15日 alone is a day of a month."""
    text = fold(length.text)
    return text if re.search(r"\d日", text) else re.sub(r"(?:以内|之内|内)$", "", text)


#: An anchor longer than this is not repeated: the words quoted hold it.
_ANCHOR = 24


def _of_months(since: Since, length: Period) -> tuple[str, tuple[Derivation, ...], tuple[AnswerWarning, ...]] | None:
    """A period in which the month of the event is the first."""
    months = (length.count or 0) * {"year": 12, "month": 1}.get(length.unit or "", 0)
    first = re.match(r"\d{4}年\d{1,2}月", since.printed)
    if not months or first is None or months != int(months):
        return None
    year, month = month_end_of((since.day.year, since.day.month), int(months))
    value = f"{year}年{month}月"
    count = _bare(length)
    said = f"到{value}底(按当月起满{count}推算)"
    return said, (Derivation(value, "date_plus", (first[0], count)),), ()
