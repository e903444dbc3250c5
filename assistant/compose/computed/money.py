"""What is given, worked out: a rate of a base, so much for each, year by year, the parts of one award together.

    按照主播带货佣金的15%…不超过100万元, 佣金付了100万    →  15万元
    每完成一家…奖励3万元, 完成3家                     →  9万元
    按4800元/年标准, 两年                            →  9600元
    当年按留成额的100%,第二年、第三年分别按80%、50%, 三年20万、30万、40万, 一共  →  64万元
    进规当年奖励10万元,次年…再奖励5万元, 一共            →  15万元, unless the clause states the total itself

Only where the question gives what is missing, named as the clause names it; else there is nothing to compute.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, pairwise

from assistant.answer import CitationRole, Derivation, DerivationRule
from assistant.compose.computed.finding import (
    Search,
    head_of,
    named_before,
    pairs_in,
    quoted,
    sentence_quoted,
    sentence_span,
)
from assistant.compose.computed.printing import in_print
from assistant.compose.computed.rates import caps_behind, is_for_others, noun_of, passage_of, tiers_of
from assistant.compose.computed.task import COUNTED
from assistant.compose.figures.figure import AWARDS, Figure, figures_of
from assistant.compose.finish import attributed, finish, quote_of
from assistant.compose.wording import as_sentence
from assistant.derive import Value, added, added_up, multiplied
from assistant.draft import Draft, Statement
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from assistant.vocabulary import synonyms
from corpus.facts.figures import MONEY
from corpus.facts.phrases import sentence_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Amount, Bound, Measure, Period, Quantity, Role, Span
from corpus.numerals import number_of


@dataclass(frozen=True, slots=True)
class Worked:
    """What was worked out: the words in front of the clause's own, the derivations, and how sure the clause is.

    ``whole`` asks for the sentence as it stands: all its figures are spoken of. ``span`` is what is quoted instead: the
    tiers that the figure is one of. ``beside`` is what is quoted after it: a limit in a sentence of its own, or what
    was worked out where that limit comes first.
    """

    figure: Figure
    said: str
    derivations: tuple[Derivation, ...] = ()
    sure: float = 0.0
    whole: bool = False
    span: Span | None = None
    beside: Span | None = None


def money(question: Question, search: Search, library: Library, *, total: bool) -> Draft | None:
    """The sum that a plain question's clause comes to in the case told; None where nothing is to be computed."""
    worked = _of_years(question, search) if total else None
    worked = worked or _of_base(question, search, total=total) or _for_each(question, search, total=total)
    if worked is None and total:
        worked = _of_parts(question, search)
    if worked is None:
        return None
    return drafted(question, worked, worked.sure or search.sure(worked.figure), library)


def drafted(question: Question, worked: Worked, sure: float, library: Library) -> Draft:
    """The draft: what was worked out first, then the clause's words."""
    words, quote = sentence_quoted(worked.figure, library) if worked.whole else quoted(worked.figure, library)
    clause, instrument = worked.figure.clause, quote.instrument
    if worked.span is not None:
        words = as_sentence(worked.span.of(clause.text))
        quote = quote_of(instrument, clause, worked.span, CitationRole.ANSWERS)
    statements = [Statement(attributed(instrument, f"{worked.said}:{words}", award=True), (quote,))]
    if worked.beside is not None:
        also = quote_of(instrument, clause, worked.beside, CitationRole.ANSWERS)
        statements.append(Statement(as_sentence(worked.beside.of(clause.text)), (also,)))
    draft = finish(question, statements, sure, library)
    return replace(draft, derivations=worked.derivations)


def value_of_fact(fact: Measure) -> Value:
    """A figure of a clause or question as it enters a computation."""
    return Value(fact.low, fact.high, fact.unit)


def derived(
    rule: DerivationRule, value: Value, sources: Sequence[str], *, like: Sequence[str] | None = None
) -> Derivation:
    """The derivation of a value, printed as its sources are, or as ``like``."""
    return Derivation(in_print(value, like or sources), rule, tuple(fold(source) for source in sources))


# A rate of a base

#: Rates of something that is not given, but charged or counted: 减按25%计入, 利率的50%, 费率下调20%.
_NO_SHARE = re.compile(r"减按|降至|降到|下调|利率|LPR|费率|税率|征收率|计入|低于?$")
#: A rate that is only a bound (比例不低于60%); said of the figure before the comma it bounds that.
_BOUNDED = re.compile(r"不低于|不少于")
#: 预留预算金额的40%以上: a part that is at least so large, where the question asks for the least.
_LEAST_OF = re.compile(r"(?:金额|总额|资金|预算|收入|费用|利润|投资额)的$")
_ASKS_LEAST = re.compile(r"至少|最少|起码|不少于|最低|要留|预留|留(?:给|出)")


def _of_base(question: Question, search: Search, *, total: bool) -> Worked | None:
    stated = [f for f in question.figures if isinstance(f, Amount) and f.unit in MONEY and f.low == f.high]
    if not stated or len(_SUMS.findall(question.topic)) > len(stated):
        return None
    rates = [f for f in question.figures if isinstance(f, Amount) and f.unit in ("%", "‰")]
    for figure in search.figures(Asked.RATE):
        rate = figure.fact
        if not isinstance(rate, Amount) or rate.unit not in ("%", "‰") or rate.low != rate.high:
            continue
        if rates and all(rate.low != other.low for other in rates):
            continue
        all_figures = list(figures_of(figure.clause))
        least = _is_least(question, figure)
        if not (least or _is_share(figure)) or not _of_the_year(question, figure):
            continue
        shares = [f for f in all_figures if _is_share(f)]
        if is_for_others(question.topic, figure, shares):
            continue
        if total and any(_YEAR_NAMES.search(getattr(f.fact, "key", "")) for f in all_figures):
            continue  # a rate for each year, and the base of each is not told
        if total and any(counted.count > 1 for counted in counts_of(question)):
            continue  # more is told than a rate is a part of
        base = _named(question, stated, noun_of(figure, all_figures))
        if base is None:
            continue
        if least:
            return _least(figure, base, stated, all_figures)
        if tiers := tiers_of(figure, shares, all_figures):
            return _of_tier(question, tiers, base, stated, all_figures)
        return _share(question, figure, base, stated, all_figures)
    return None


def _is_least(question: Question, figure: Figure) -> bool:
    """Whether a rate says what part of something must be given at least, and the question asks for that."""
    text = fold(figure.clause.text)
    bounded = isinstance(figure.fact, Amount) and figure.fact.bound is Bound.AT_LEAST
    asked = _ASKS_LEAST.search(question.topic) is not None
    return bounded and asked and _LEAST_OF.search(text[: figure.span.start]) is not None


def _least(figure: Figure, base: Amount, stated: Sequence[Amount], figures: Sequence[Figure]) -> Worked | None:
    """At least so much of a sum; None where the clause gives all of a sum as small as this (200万元以下…全部预留)."""
    sentence = sentence_span(figure)
    limits = [f.fact for f in figures if f.span in sentence and f.span.end <= figure.span.start and _is_threshold(f)]
    if len(stated) > 1 or any(isinstance(limit, Amount) and base.low <= limit.high for limit in limits):
        return None
    rate = figure.fact
    value = (
        multiplied([value_of_fact(base), Value(rate.low, rate.low, rate.unit)]) if isinstance(rate, Amount) else None
    )
    if value is None or not isinstance(rate, Amount):
        return None
    printed = re.sub(r"以上$", "", fold(figure.value))
    product = derived("product", value, (base.text, printed))
    return Worked(figure, f"至少{product.value}(按{'×'.join(product.sources)}计算)", (product,))


def _of_tier(
    question: Question,
    tiers: Sequence[tuple[Figure, Figure]],
    base: Amount,
    stated: Sequence[Amount],
    figures: Sequence[Figure],
) -> Worked | None:
    """The share of the highest tier that the case reaches."""
    others = [amount for amount in stated if amount is not base]
    met = _named(question, others, noun_of(tiers[0][1], figures)) or (base if not others else None)
    if met is None or any(amount not in (base, met) for amount in stated):
        return None
    reached = [
        (demanded.fact.low, rate)
        for rate, demanded in tiers
        if isinstance(demanded.fact, Measure) and _reaches(met, demanded.fact)
    ]
    if not reached:
        return None
    rate = max(reached, key=_lowest)[1]
    value = multiplied([value_of_fact(base), value_of_fact(rate.fact)]) if isinstance(rate.fact, Amount) else None
    worked = _capped(rate, value, (base.text, rate.value), figures) if value is not None else None
    if worked is None:
        return None
    over = worked.figure.span != rate.span
    return replace(worked, beside=passage_of(rate)) if over else replace(worked, span=passage_of(rate))


def _lowest(row: tuple[Decimal, Figure]) -> Decimal:
    return row[0]


#: Sums of money as people type them, those too that are read as no figure (60亿但是…); 1万千伏安 is none.
_SUMS = re.compile(r"\d[\d.]*[万亿](?!千[伏瓦]|吨|平|人|户|家|亩|件|台|次|辆|标箱|度)|\d[\d.]*元")


def _is_share(figure: Figure) -> bool:
    """Whether a rate says what part of something is given, as one exact rate."""
    rate = figure.fact
    text = fold(figure.clause.text)
    span = sentence_span(figure)
    around = text[max(span.start, figure.span.start - 16) : figure.span.start]
    if not isinstance(rate, Amount) or rate.role not in (Role.RATE, Role.AWARD) or rate.bound is not Bound.EXACT:
        return False
    if _NO_SHARE.search(around) or _BOUNDED.search(around.split(",")[-1]):
        return False
    return AWARDS.search(span.of(text)) is not None


_YEAR_NAMES = re.compile(r"当年|首年|次年|第[一二三四五]年")


def _of_the_year(question: Question, figure: Figure) -> bool:
    """Of rates that change from year to year (第二年80%) only that of the year asked for."""
    key = _YEAR_NAMES.search(getattr(figure.fact, "key", ""))
    asked = _YEAR_NAMES.search(question.topic)
    if key is not None:
        return asked is not None and key[0].replace("次年", "第二年") == asked[0].replace("次年", "第二年")
    if asked is None or asked[0] in ("当年", "首年", "第一年"):
        return True
    text = fold(figure.clause.text)
    return asked[0] in text[max(0, figure.span.start - 24) : figure.span.start]


def _words_at(question: Question, figure: Measure) -> tuple[str, str]:
    """What the question says its figure is: the words on both sides, up to a comma or another figure."""
    words = question.topic
    before = [f.span.end for f in question.figures if f.span.end <= figure.span.start]
    behind = [f.span.start for f in question.figures if f.span.start >= figure.span.end]
    left = re.split(r"[,;。?、]", words[max(before, default=0) : figure.span.start])[-1]
    right = re.split(r"[,;。?、]|能|补多|奖多", words[figure.span.end : min(behind, default=len(words))])[0]
    return left, right


#: What the head of a noun counts beside any other pair of its characters.
_HEAD = 2


#: What was spent, as clauses call it, and as people do.
_SPENT = re.compile(r"支出|费用|投入|实际发生|合同金额|成交额|购置[价额]|购机价")
_SPENDS = re.compile(r"花|付|掏|投|用了|买|交了|签了")


def _overlap(said: str, noun: str) -> int:
    """How far words of a question name what a clause names."""
    if not noun:
        return 0
    shared = len(pairs_in(said) & pairs_in(noun)) + (_HEAD if head_of(noun) in said else 0)
    if not shared:
        lay_words = (row for row in synonyms() if any(lay in said for lay in row.lay))
        shared = int(any(official in noun for row in lay_words for official in row.official))
    if not shared and _SPENT.search(noun) and _SPENDS.search(said):
        shared = 1
    # 应交2万印花税: the tax of 按照税额的50%.
    return shared + (1 if re.search(r"税额|税款|应纳税", noun) and "税" in said else 0)


def _named(question: Question, stated: Sequence[Amount], noun: str) -> Amount | None:
    """The one amount of the question that is said to be what the clause names; None where none or several are."""
    scores = sorted(((_named_as(question, amount, noun), amount.span, amount) for amount in stated), key=_first)
    if not scores or scores[-1][0][0] == 0:
        return None
    return scores[-1][2] if len(scores) == 1 or scores[-2][0] < scores[-1][0] else None


def _named_as(question: Question, amount: Amount, noun: str) -> tuple[int, int]:
    """How far the words on both sides of an amount name something, and those before it: 留成 in 回税600万留成300万."""
    left, right = _words_at(question, amount)
    return _overlap(f"{left} {right}", noun), _overlap(left, noun)


def _first(row: tuple[tuple[int, int], Span, Amount]) -> tuple[int, int]:
    return row[0]


def _share(
    question: Question, figure: Figure, base: Amount, stated: Sequence[Amount], figures: Sequence[Figure]
) -> Worked | None:
    sentence = sentence_span(figure)
    near = [f for f in figures if f.span in sentence and isinstance(f.fact, Amount) and f.fact.unit in MONEY]
    placed = [base]
    for threshold in (f for f in near if _is_threshold(f) and f.span.end <= figure.span.start):
        noun = named_before(threshold, figures)
        others = [amount for amount in stated if amount is not base]
        met = _named(question, others, noun) or (base if _named_as(question, base, noun)[0] else None)
        placed += [met] if met is not None else []
        if met is not None and isinstance(threshold.fact, Measure) and not _reaches(met, threshold.fact):
            return Worked(figure, f"不符合条件,不能按此计算({met.text}不满足“{_condition(threshold, noun)}”)")
    rate = figure.fact
    if any(amount not in placed for amount in stated):
        return None  # the clause does not speak of a figure that is told: another may be meant
    if not isinstance(rate, Amount):
        return None
    value = multiplied([value_of_fact(base), value_of_fact(rate)])
    return _capped(figure, value, (base.text, rate.text), figures) if value is not None else None


def _capped(
    figure: Figure, value: Value, sources: Sequence[str], figures: Sequence[Figure], most: str = ""
) -> Worked | None:
    """A product, or the most that the sentence lets be given where that is less; None where it states several caps."""
    sentence = sentence_span(figure)
    inside = [f for f in figures if f.span in sentence and f.span != figure.span]
    caps = _caps(inside, value.unit)
    behind = [] if caps else [f for f in caps_behind(figure, figures) if getattr(f.fact, "unit", "") == value.unit]
    caps = caps or behind
    if len(caps) > 1:
        return None
    product = derived("product", value, sources, like=[*sources, *(cap.value for cap in caps)])
    how = "×".join(product.sources)
    cap = caps[0] if caps else None
    if cap is None or not isinstance(cap.fact, Amount):
        return Worked(figure, f"{most}{product.value}(按{how}计算)", (product,))
    beside = sentence_span(cap) if behind else None
    if value.low > cap.fact.high and beside is not None:
        said = f"{cap.value}(按{how}计算为{product.value},超过上限)"
        return Worked(replace(cap, coverage=figure.coverage), said, (product,), beside=sentence)
    if value.low > cap.fact.high:
        return Worked(figure, f"{cap.value}(按{how}计算为{product.value},超过上限,按上限{cap.value})", (product,))
    if value.high > cap.fact.high:
        return None
    limit = "" if beside is not None else f",未超过上限{cap.value}"
    return Worked(figure, f"{most}{product.value}(按{how}计算{limit})", (product,), beside=beside)


def _caps(figures: Sequence[Figure], unit: str) -> list[Figure]:
    return [f for f in figures if isinstance(f.fact, Amount) and f.fact.unit == unit and _is_cap(f.fact)]


def _is_threshold(figure: Figure) -> bool:
    fact = figure.fact
    return isinstance(fact, Amount) and fact.role is Role.THRESHOLD


def _is_cap(fact: Amount) -> bool:
    return fact.role is Role.CAP or (fact.role is Role.AWARD and fact.bound is Bound.AT_MOST)


def _condition(threshold: Figure, noun: str) -> str:
    words = re.split(r"[对,、的]", noun)[-1]
    return f"{words or noun}{fold(threshold.value)}"


def _reaches(own: Measure | Count, threshold: Measure) -> bool:
    """以上、以下 include the number, 超过、不满 do not (民法典 1259)."""
    value = own.count if isinstance(own, Count) else own.low
    return {
        Bound.OVER: value > threshold.low,
        Bound.UNDER: value < threshold.low,
        Bound.AT_MOST: value <= threshold.high,
        Bound.RANGE: threshold.low <= value <= threshold.high,
    }.get(threshold.bound, value >= threshold.low)


# A rate for each year

_YEARS_IN_ORDER = ("当年|首年|第1年|第一年", "第2年|第二年|次年", "第3年|第三年", "第4年|第四年", "第5年|第五年")


def _of_years(question: Question, search: Search) -> Worked | None:
    """A rate for each year, of the base that the question tells for each; None where one or the other is not told."""
    bases = [f for f in question.figures if isinstance(f, Amount) and f.unit in MONEY and f.low == f.high]
    listed = all(_NEXT_BASE.fullmatch(question.topic[a.span.end : b.span.start]) for a, b in pairwise(bases))
    if len(bases) < 2 or not listed or len(_SUMS.findall(question.topic)) > len(bases):
        return None
    for first in search.figures(Asked.RATE):
        rates = _rates_by_year(first)
        if len(rates) != len(bases):
            continue
        if not _named_as(question, bases[0], named_before(rates[0], list(figures_of(first.clause))))[0]:
            continue
        facts = [rate.fact for rate in rates if isinstance(rate.fact, Amount)]
        value = added_up([value_of_fact(fact) for pair in zip(bases, facts, strict=True) for fact in pair])
        if value is None:
            return None
        sources = [text for base, rate in zip(bases, rates, strict=True) for text in (base.text, rate.value)]
        total = derived("sum", value, sources)
        how = "+".join(f"{base.text}×{rate.value}" for base, rate in zip(bases, rates, strict=True))
        return Worked(first, f"合计{total.value}(按{how}计算)", (total,), search.sure(first), whole=True)
    return None


#: What stands between the sums of one year and the next: 、 or 第二年30万.
_NEXT_BASE = re.compile(r"[元块]?[、,和;\s]*(?:第[二三四五2-5]年|次年)?(?:是|有|为|交了?)?")


def _rates_by_year(figure: Figure) -> list[Figure]:
    """The exact rates of one sentence that are each of a year, from the first year on; none where it has a cap."""
    text = fold(figure.clause.text)
    sentence = sentence_span(figure)
    inside = [f for f in figures_of(figure.clause) if f.span in sentence and isinstance(f.fact, Amount)]
    if any(isinstance(f.fact, Amount) and _is_cap(f.fact) for f in inside):
        return []
    rates = [f for f in inside if _is_share(f)]
    found: list[Figure] = []
    for names, rate in zip(_YEARS_IN_ORDER, rates, strict=False):
        key = getattr(rate.fact, "key", "")
        if not re.search(names, key or text[max(sentence.start, rate.span.start - 24) : rate.span.start]):
            return []
        found.append(rate)
    return found if len(found) == len(rates) else []


# So much for each

#: What people count by, for what a clause gives it per.
_COUNTERS = {
    "人": frozenset({"人", "名", "位", "个"}),
    "家": frozenset({"家", "户", "个"}),
    "店": frozenset({"店", "家", "个"}),
    "间夜": frozenset({"间夜"}),
    "亩": frozenset({"亩"}),
    "户": frozenset({"户", "家", "个"}),
    "台": frozenset({"台", "辆"}),
    "辆": frozenset({"台", "辆"}),
    "项": frozenset({"项", "个"}),
    "件": frozenset({"件", "个"}),
    "个": frozenset({"个", "家", "项"}),
}
_EACH_ASKED = re.compile(
    r"(?:每|各)(?:一)?(?:个)?(?:人|家|户|年|个|台|名|项)?(?:能|可以?|奖|补|给|拿)*(?:多少|几)|平均"
)


@dataclass(frozen=True, slots=True)
class Count:
    """So many of something, as a question tells it."""

    text: str
    count: Decimal
    unit: str


def counts_of(question: Question) -> list[Count]:
    """What a question counts: 3家, 两个."""
    found = [Count(f.text, f.low, f.unit) for f in question.figures if isinstance(f, Quantity) and f.low == f.high]
    for match in COUNTED.finditer(question.topic):
        try:
            found.append(Count(match[0], Decimal(number_of(match["count"].replace("两", "二"))), match["unit"]))
        except ValueError:
            continue
    return found


def _for_each(question: Question, search: Search, *, total: bool) -> Worked | None:
    if _EACH_ASKED.search(question.topic):
        return None
    figure = next((f for f in search.figures(Asked.MONEY) if _is_given(f)), None)
    if figure is None or not isinstance(figure.fact, Amount):
        return None
    fact = figure.fact
    money_told = [f for f in question.figures if isinstance(f, Amount) and f.unit in MONEY]
    if any(sum_.low != fact.low for sum_ in money_told):
        return None
    sentence = sentence_span(figure)
    told = counts_of(question)
    if any(a.unit == b.unit for a, b in combinations(told, 2)):
        return None  # 3家有限公司、1家合伙企业: of which of them so much is given each is another question
    counts = [counted for counted in told if counted.count > 1]
    fitting = [c for c in counts if fits_per(c, fact.per) and not is_condition(figure, c)]
    factors = [(c.text, Value(c.count, c.count, c.unit)) for c in fitting]
    if "年" in fact.per or "月" in fact.per:
        factors += _times(question, figure, total=total)
    elif not factors and not fact.per and total and "其中" not in sentence.of(fold(figure.clause.text)):
        each = [c for c in counts if c.unit in ("家", "户") and not is_condition(figure, c)]
        factors = [(c.text, Value(c.count, c.count, c.unit)) for c in each]
    value = multiplied([value_of_fact(fact), *(value for _, value in factors)]) if factors else None
    if value is None or len(fitting) > 1 or len(factors) > 2 or (total and len(counts) > len(fitting or factors)):
        return None
    most = "最多" if fact.role is Role.CAP or fact.bound is Bound.AT_MOST else ""
    sources = [figure.value, *(name for name, _ in factors)]
    return _capped(figure, value, sources, list(figures_of(figure.clause)), most)


def fits_per(counted: Count, per: str) -> bool:
    """Whether what is counted is what the clause gives so much for."""
    return any(counted.unit in units for name, units in _COUNTERS.items() if name in per) or (
        bool(per) and counted.unit == per
    )


def _is_given(figure: Figure) -> bool:
    fact = figure.fact
    return (
        isinstance(fact, Amount)
        and fact.unit in MONEY
        and fact.role in (Role.AWARD, Role.CAP)
        and fact.bound in (Bound.EXACT, Bound.AT_MOST, Bound.RANGE)
    )


def is_condition(figure: Figure, counted: Count) -> bool:
    """Whether the count that the question states is what the clause sets as a condition (招用10人以上的).

    One that it meets, and gives so much for each of (流转500亩以上的,每亩补助100元), is none, but for what is beyond.
    """
    sentence = sentence_span(figure)
    text = fold(figure.clause.text)
    per = figure.fact.per if isinstance(figure.fact, Amount) else ""
    for f in figures_of(figure.clause):
        if not isinstance(f.fact, Quantity) or f.span not in sentence or f.fact.role is not Role.THRESHOLD:
            continue
        if f.fact.unit not in _COUNTERS.get(counted.unit, frozenset({counted.unit})):
            continue
        met = _reaches(counted, f.fact) and fits_per(counted, per)
        if f.span.start < figure.span.start and not (met and not _BEYOND.search(sentence.of(text))):
            return True
        if f.span.start > figure.span.start and (met or not fits_per(counted, per)):
            return True
    return False


#: So much for each above a number.
_BEYOND = re.compile(r"超出|超过部分|增量|新增部分|每增加|每增长|每提高")


#: A length of time in the unit by which something is given.
_IN = {"年": "year", "月": "month"}


def _times(question: Question, figure: Figure, *, total: bool) -> list[tuple[str, Value]]:
    """How often a yearly or monthly sum is given: as the question says, at most as the clause does."""
    unit = _IN["年" if isinstance(figure.fact, Amount) and "年" in figure.fact.per else "月"]
    sentence = sentence_span(figure)
    limits = [
        f.fact
        for f in figures_of(figure.clause)
        if isinstance(f.fact, Period) and f.fact.count is not None and f.span in sentence and "以上" not in f.value
    ]
    terms = [limit for limit in limits if limit.unit in ("year", "month")]
    asked = [p for p in question.periods if p.unit == unit and p.count is not None and p.count == int(p.count)]
    if len(asked) == 1 and asked[0].count is not None and asked[0].count > 1:
        if any(_months(asked[0]) > _months(limit) for limit in terms):
            return []
        return [(_length(asked[0]), Value(asked[0].count, asked[0].count, unit))]
    same = [limit for limit in terms if limit.unit == unit]
    if not asked and total and len(same) == 1 and same[0].count is not None:
        return [(_length(same[0]), Value(same[0].count, same[0].count, unit))]
    return []


def _months(length: Period) -> Decimal:
    return (length.count or Decimal(0)) * (12 if length.unit == "year" else 1)


def _length(period: Period) -> str:
    return re.sub(r"(?:以内|之内|内)$", "", fold(period.text))


# The parts of one award together

_NEXT_PART = re.compile(r"再|另|次年|第[二三四五]年|追加|叠加|额外|同时|还")
_PARTS_KEY = re.compile(r"第[一二三四五]年|当年|首年|次年")


@dataclass(frozen=True, slots=True)
class Whole:
    """A total that a clause states, and the parts that it says it consists of."""

    figure: Figure
    parts: tuple[Figure, ...]

    def holds(self, figure: Figure) -> bool:
        """Whether a figure is the total or a part of it."""
        places = {(f.clause.id, f.span) for f in (self.figure, *self.parts)}
        return (figure.clause.id, figure.span) in places

    def worked(self, question: Question) -> Worked:
        """The total as the clause states it, with its parts where they come to it; without one that is missed."""
        if (missed := self._without_missed(question)) is not None:
            return missed
        value = added([value_of_fact(f.fact) for f in self.parts if isinstance(f.fact, Amount)]) if self.parts else None
        if value is None or not isinstance(self.figure.fact, Amount) or value != value_of_fact(self.figure.fact):
            return Worked(self.figure, f"一共{self.figure.value}")
        sum_ = derived("sum", value, [part.value for part in self.parts])
        return Worked(self.figure, f"一共{self.figure.value}({'+'.join(sum_.sources)})", (sum_,))

    def _without_missed(self, question: Question) -> Worked | None:
        """What is left where a rate that is told misses what the second part demands (次年增长15%以上的再奖励)."""
        rates = [f for f in question.figures if isinstance(f, Amount) and f.unit == "%"]
        if len(rates) != 1 or len(self.parts) != 2:
            return None
        first, second = self.parts
        between = Span(first.span.end, second.span.start)
        for f in figures_of(first.clause):
            demand = f.fact
            if f.span not in between or not isinstance(demand, Amount) or demand.unit != "%":
                continue
            if demand.role is Role.THRESHOLD and not _reaches(rates[0], demand):
                return Worked(self.figure, f"{first.value}(没有达到{fold(f.value)}的,不再给另外的{second.value})")
        return None


def whole_of(figure: Figure) -> Whole | None:
    """The total that a figure is, or is a part of: 每家给予15万元奖励;其中,当年10万元,次年再5万元."""
    sentence = sentence_span(figure)
    text = fold(figure.clause.text)
    start = sentence.start
    if text[start : figure.span.start].lstrip().startswith("其中"):
        before = sentence_of(text, Span(max(start - 2, 0), max(start - 1, 0)))
        start = before.start
    inside = Span(start, sentence.end)
    given = [f for f in figures_of(figure.clause) if f.span in inside and _is_given(f)]
    for i, whole in enumerate(given):
        if re.match(r"[^,。;]{0,8}[,;。]?其中", text[whole.span.end :]):
            found = Whole(whole, tuple(given[i + 1 :]))
            return found if len(found.parts) > 1 and found.holds(figure) else None
    return None


def _of_parts(question: Question, search: Search) -> Worked | None:
    """The parts of an award in one sentence, added; the total where the clause states it."""
    first = next((f for f in search.figures(Asked.MONEY) if _is_given(f)), None)
    if first is None:
        return None
    whole = whole_of(first)
    if whole is not None:
        return replace(whole.worked(question), sure=search.sure(first))
    sentence = sentence_span(first)
    text = fold(first.clause.text)
    given = [f for f in figures_of(first.clause) if f.span in sentence and _is_given(f)]
    chain = _chain(given, text)
    if len(chain) < 2 or all(f.span != first.span for f in chain):
        return None
    value = added([value_of_fact(f.fact) for f in chain if isinstance(f.fact, Amount)])
    if value is None:
        return None
    total = derived("sum", value, [f.value for f in chain])
    said = f"合计{total.value}(按{'+'.join(total.sources)}计算)"
    return Worked(chain[0], said, (total,), search.sure(first), whole=True)


def _chain(given: Sequence[Figure], text: str) -> list[Figure]:
    """An award and what is given on top of it: 再奖励5万元, 第二年、第三年分别…; not another firm's or rank's."""
    exact = [f for f in given if isinstance(f.fact, Amount) and f.fact.bound is Bound.EXACT]
    if not exact:
        return []
    chain = [exact[0]]
    for figure in exact[1:]:
        key = getattr(figure.fact, "key", "")
        between = text[chain[-1].span.end : figure.span.start]
        by_year = _PARTS_KEY.search(key) is not None
        if re.search(r"[,;、]对(?!其)", between) or (key and not by_year):
            break
        if not by_year and not _NEXT_PART.search(between):
            break
        chain.append(figure)
    return chain
