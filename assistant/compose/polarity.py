"""Yes or no, where the sentence that is quoted decides it; nothing where it does not.

    能不能分期交 · 可申请暂缓或分期缴纳            可以
    园区外扩建批吗 · 禁止在…园区外新建、扩建         不可以
    收不收租金 · 免费入驻                        不用
    第四回还给贴息吗 · 累计次数不得超过3次           不能
    算不算中小企业 · 视同中小企业                  算

A question is read by its last part that asks; one that is itself negative (就没份了吗) is never answered so: both words
would be misread.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose.sentences import Sentence
from assistant.matching import Topic
from assistant.question import Question
from corpus.facts.phrases import segments_of
from corpus.folding import fold
from corpus.model import Bound, Measure, Period, Role, Span


@dataclass(frozen=True, slots=True)
class _Frame:
    """One way to ask: what it matches, the words that grant and deny it, and how each is said."""

    asked: re.Pattern[str]
    grants: re.Pattern[str]
    denies: re.Pattern[str]
    yes: str
    no: str


_FORBIDDEN = (
    r"不得|禁止|严禁|不允许|不予|不适用|不可(?!抗)|不能|一律不|除外|不享受|不再(?:享受|给予|受理|支持|奖励|补助|补贴)|"
    r"不支持|不纳入|取消[^,。;]{0,12}资格|暂停(?:审批|受理)"
)
_FREE = r"免征|免收|免缴|免费|免交|免除|不(?:再|另行)?收取|不(?:再|另行)?收费|取消[^,。;]{0,16}(?:费|金)"
_GIVEN = (
    r"给予|给与|予以(?:支持|奖励|补助|补贴|激励|补偿)|奖励|奖补|补贴|补助|资助|贴息|优先|"
    r"支持|提供|设立|减按|减征|减半|免征|免收|免费|优惠|返还|激励|发放|开展|推行|推广"
)
_ALLOWED = r"可以|允许|准予|同意|不影响|(?<![不许])可(?=[申享转折自按延分暂先继适不凭在以])|视同|支持"

_FRAMES = (
    # What is against the rules: 合不合规定, 行得通吗.
    _Frame(
        re.compile(r"合不合|合[规法][^,。?]{0,4}(?:吗|么|不)|行得通"),
        re.compile(r"(?!)"),
        re.compile(f"{_FORBIDDEN}|不(?:再|另行)?收取"),
        "可以",
        "不可以",
    ),
    # What is charged: 收不收, 要不要交, 要钱吗.
    _Frame(
        re.compile(
            r"收不收|交不交|缴不缴|要不要(?:再|另外?|补)*(?:交|缴|收|付|钱|费)|用不用(?:交|缴|付)|要(?:再|另外?|补)*(?:交|缴|收|付)[^,。?]{0,12}(?:吗|么|不)|"
            r"(?:还|要|会|再|另)收[^,。?]{0,8}(?:吗|么|不)|^收[^,。?]{0,8}(?:吗|么|不)|要(?:钱|费)(?:吗|么|不)|加收"
        ),
        re.compile(r"(?!)"),
        re.compile(_FREE),
        "要",
        "不用",
    ),
    # What something counts as: 算不算, 是不是, 认不认.
    _Frame(
        re.compile(
            r"算不算|认不认|算(?!了|出|多少)[^,。?]{0,12}(?:吗|么|不)|属(?:不属)?于|是不是[^,。?]{0,4}(?:属于|算)|视同"
        ),
        re.compile(r"视同|视为|属于|纳入|可?折算|认定为|包括|含"),
        re.compile(r"除外|不包括|不含|不属于|不视为|不作为|不计入|不纳入"),
        "是",
        "不是",
    ),
    # What will be done to one: 会不会罚.
    _Frame(
        re.compile(r"会不会|罚不罚|会[^,。?能]{1,14}(?:吗|么|不)$|会[^,。?能]{1,14}(?:吗|么)"),
        re.compile(r"追究|追回|处[^,。;]{0,12}罚款|列入|暂停|收回|取消"),
        re.compile(r"不予处罚|不作为|不影响|不处罚|免予|不追究|可不|不纳入"),
        "会",
        "不会",
    ),
    # What must be done: 要不要, 需不需要, 必须吗.
    _Frame(
        re.compile(
            r"需不需要|是否(?:需要?|要|必须)|必须[^,。?]*(?:吗|么|不)|(?<!能)要不要|得不得|要[^,。?]{1,10}退[^,。?]{0,6}(?:吗|么|不)|用不用"
        ),
        re.compile(r"应当?|必须|须|需(?!求)|退回|退还"),
        re.compile(r"无需|不需要?|不用|免于|无须|不必|免申即享|免除"),
        "要",
        "不用",
    ),
    # What is allowed, or can be had: 能不能, 让不让, 批吗.
    _Frame(
        re.compile(
            r"能不能|可不可以|可以[^,。?]{0,24}(?:吗|么|不)|能[^,。?]{0,24}(?:吗|么|不)|能否|可否|行不行|行(?:吗|么|不)$|让不让|准不准|许不许|批不批|批(?:吗|么|不)|允许|批得下来|办得[了成]|"
            r"享受[^,。?]{0,6}(?:吗|么|不)|适不适用|适用[^,。?]{0,6}(?:吗|么|不)|拿(?:得|不)到|(?:拿|领)得到|来得及"
        ),
        re.compile(_ALLOWED),
        re.compile(_FORBIDDEN),
        "可以",
        "不可以",
    ),
    # What there is to get: 有没有, 给不给.
    _Frame(
        re.compile(
            r"有没有|有无|有[^,。?]{0,14}(?:吗|么|不)|(?:给|补|奖|发|贴|送|管)不(?:给|补|奖|发|贴|送|管)|(?<!不)(?:给|补|奖)[^,。?]{0,10}(?:吗|么|不)|有份"
        ),
        re.compile(_GIVEN),
        re.compile(_FORBIDDEN),
        "有",
        "没有",
    ),
)
_NOT = re.compile(r"不|没|未(?!来)|别(?!的|家|人|处)|无(?!论)|赖|只能")
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])不\1|有没有|有无")


def verdict(question: Question, topic: Topic, sentence: Sentence, words: str) -> str:
    """可以, 不用, 没有 … where the quoted words decide a yes-no question; empty where they do not."""
    asked = _asking(question.topic)
    frame = next((frame for frame in _FRAMES if frame.asked.search(asked)), None)
    if frame is None or _NOT.search(re.sub(r"不$", "", _A_NOT_A.sub(r"\1", asked))):
        return ""
    if _misses(question, sentence):
        return "不能" if frame.yes in ("有", "可以") else ""
    if question.figures and any(bound.key for bound in _bounds(sentence)):
        return ""  # which of several tiers a case reaches is not said by a sentence that names them all
    folded = fold(words)
    if any(_speaks_of(remark, question.topic) for remark in _EXCEPTION.findall(folded)):
        return frame.no
    folded = re.sub(r"\([^()]*\)", lambda remark: remark[0] if _speaks_of(remark[0], question.topic) else "", folded)
    granted = _weight(frame.grants, folded, topic)
    denied = _weight(frame.denies, folded, topic)
    if granted is None and denied is None:
        return ""
    said = frame.yes if denied is None or (granted is not None and granted > denied) else frame.no
    return said if said != frame.yes or _is_of(topic, sentence) else ""


def _asking(asked: str) -> str:
    """The part of a question that asks; what is told before it, or behind it, is the case."""
    parts = [part for part in re.split(r"[,?。!:;()]+", re.sub(r"\s", "", asked)) if part]
    asking = [part for part in parts if any(frame.asked.search(part) for frame in _FRAMES)]
    return asking[-1] if asking else asked.strip("?。! ")


#: What is excepted, in brackets: (总部经济除外). It decides for whoever asks about just that.
_EXCEPTION = re.compile(r"\(([^()]*(?:除外|不含|不包括)[^()]*)\)")
#: Less of the topic in a sentence and its headings is no ground for a yes.
_ENOUGH = 0.5


def _speaks_of(remark: str, asked: str) -> bool:
    return any(remark[i : i + 3] in asked for i in range(len(remark) - 2))


def _is_of(topic: Topic, sentence: Sentence) -> bool:
    """Whether a sentence, in its clause, speaks of all that has an official name: 个体工商户, not 合伙企业."""
    scope = "\n".join((fold(sentence.clause.text), *sentence.clause.headings, sentence.instrument.title))
    named = all(term.found_in(scope) > 0 for term in topic.terms if term.official)
    return named and topic.coverage(scope) >= _ENOUGH


def _weight(words: re.Pattern[str], folded: str, topic: Topic) -> float | None:
    """How much of the topic stands in the part of a sentence that says some words; None where no part does."""
    parts = [span.of(folded) for span in segments_of(folded, Span(0, len(folded)))]
    found = [topic.best(((1.0, part),)) for part in parts if words.search(part)]
    return max(found, default=None)


#: So many months a unit of time has; days stand for themselves.
_MONTHS = {"month": 1, "year": 12}
_ORDINAL = re.compile(
    r"第([二三四五六七八九十\d]+)(?:回|次|笔)|(?:贷|拿|领|申请|报|享受)过?了?([一二两三四五六七八九十\d]+)(?:回|次)"
)
_TIMES = re.compile(r"(?:不得?超过|最多|限|不超过)(\d+|[一二两三四五])次|(?:只能|仅)[^,。;]{0,6}(?:一|1)次")
_DIGITS = {name: value for value, name in enumerate("零一二三四五六七八九十")} | {"两": 2}


def _misses(question: Question, sentence: Sentence) -> bool:
    """Whether the asker's own figure, period or count misses what the sentence demands: all bounds of its kind."""
    misses = (_misses_figure, _misses_written, _misses_period, _misses_count)
    return any(each(question, sentence) for each in misses)


def _inside(facts: Sequence[Measure | Period], sentence: Sentence) -> list[Measure | Period]:
    start = sentence.clause.span.start
    span = Span(sentence.span.start + start, sentence.span.end + start)
    return [fact for fact in facts if fact.span in span]


def _bounds(sentence: Sentence, roles: Sequence[Role] = (Role.THRESHOLD, Role.LOAN)) -> list[Measure]:
    """The figures of a sentence that somebody must reach, or may not exceed."""
    facts = _inside((*sentence.clause.amounts, *sentence.clause.quantities), sentence)
    return [
        fact for fact in facts if isinstance(fact, Measure) and fact.role in roles and fact.bound is not Bound.EXACT
    ]


_WANTS = re.compile(r"(?:要|想|能|申请)[^,。?]{0,6}(?:贷|借)|贷[^,。?]{0,4}\d")


def _misses_figure(question: Question, sentence: Sentence) -> bool:
    facts = _inside((*sentence.clause.amounts, *sentence.clause.quantities), sentence)
    # Whoever asks for so much (要贷五十万) is held to what is given at most; else a cap is no condition.
    wants = _WANTS.search(question.topic) is not None
    bounds = _bounds(sentence, (Role.THRESHOLD, Role.LOAN, Role.CAP) if wants else (Role.THRESHOLD, Role.LOAN))
    given = {(fact.unit, fact.low) for fact in facts if isinstance(fact, Measure)}
    for own in question.figures:
        alike = [bound for bound in bounds if bound.unit == own.unit and not bound.key]
        if not alike or (own.unit, own.low) in given:
            continue
        if all(_is_missed(own, bound) for bound in alike):
            return True
    return False


_WRITTEN = re.compile(r"(\d+(?:\.\d+)?)(万?)(平方米|平米|千伏安|[\u4e00-\u9fff]{1,2}?)(及?以上|以下|以内)?(?![\d])")
_SAME = {"平米": "平方米"}


def _misses_written(question: Question, sentence: Sentence) -> bool:
    """The same of figures in units that are no facts: 报装5000千伏安, where 8000千伏安以上 is asked for."""
    own = {_SAME.get(m[3], m[3]): _value(m) for m in _WRITTEN.finditer(question.topic) if len(m[3]) > 1}
    at_least: dict[str, list[float]] = {}
    for match in _WRITTEN.finditer(fold(sentence.words)):
        if match[4] in ("以上", "及以上"):
            at_least.setdefault(_SAME.get(match[3], match[3]), []).append(_value(match))
    return any(own[unit] < min(values) for unit, values in at_least.items() if unit in own)


def _value(match: re.Match[str]) -> float:
    return float(match[1]) * (10000 if match[2] else 1)


def _is_missed(own: Measure, bound: Measure) -> bool:
    if bound.bound in (Bound.AT_LEAST, Bound.OVER):
        return own.high < bound.low or (bound.bound is Bound.OVER and own.high == bound.low)
    if bound.bound in (Bound.AT_MOST, Bound.UNDER):
        return own.low > bound.high or (bound.bound is Bound.UNDER and own.low == bound.high)
    return False


def _misses_period(question: Question, sentence: Sentence) -> bool:
    text = fold(sentence.clause.text)
    start = sentence.clause.span.start
    bounds = []
    for period in _inside(sentence.clause.periods, sentence):
        if not isinstance(period, Period) or period.count is None or period.unit not in _MONTHS:
            continue
        before, behind = (
            text[max(0, period.span.start - start - 8) : period.span.start - start],
            text[period.span.end - start :],
        )
        if re.search(r"不超过|最长|不得超过|最多", before) or re.match(r"(?:以|之)?内", behind) or "内" in period.text:
            bounds.append(period.count * _MONTHS[period.unit])
    owns = [p.count * _MONTHS[p.unit] for p in question.periods if p.count is not None and p.unit in _MONTHS]
    return bool(bounds) and any(own > max(bounds) for own in owns)


def _misses_count(question: Question, sentence: Sentence) -> bool:
    asked, said = _ORDINAL.search(question.topic), _TIMES.search(fold(sentence.words))
    if asked is None or said is None:
        return False
    most = _number(said[1]) if said[1] else 1
    return (_number(asked[1]) if asked[1] else _number(asked[2]) + 1) > most


def _number(words: str) -> int:
    return int(words) if words.isdigit() else _DIGITS.get(words, 0)
