"""What is measured: pure functions of one observation each, and the table of all of them.

    Observation → Score            score
    Scores → Estimate a metric     summary; slices for kind, city, document, tag

Every metric is the mean of one value a case over the cases to which it applies. Where none applies, or where the
assistant does not have the capability yet, there is no value (n = 0), not a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from evals.cases import Case
from evals.metrics import answers, exactness, verifier
from evals.metrics.estimates import Estimate, estimate
from evals.metrics.observation import Observation
from evals.metrics.ranking import clause_measure

Value = float | bool | None


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric: its key, what people call it, what it says in their words, which way is better, and its function."""

    key: str
    name: str
    meaning: str
    better: Literal["higher", "lower"]
    of: Callable[[Observation], Value]


def _ranked(measure: str) -> Callable[[Observation], Value]:
    return lambda seen: clause_measure(seen, measure)


def _follow_up_found(*, alone: bool) -> Callable[[Observation], Value]:
    return lambda seen: clause_measure(seen, "recall@5", alone=alone) if seen.case.history else None


METRICS = (
    Metric(
        "correct",
        "完全正确",
        "状态、内容、首条引用、效力都对，没有说不该说的，没有无据数字，首个数字没错，没有引错城市",
        "higher",
        answers.correct,
    ),
    Metric("status", "状态正确", "状态在 `status` 里", "higher", answers.status),
    Metric(
        "content",
        "内容正确",
        "`say` 每组都说到，`not_say` 一个没说；查条款时可以在首条引用的全文里",
        "higher",
        answers.content,
    ),
    Metric("completeness", "要点齐全", "说到的组占多少", "higher", answers.completeness),
    Metric("forbidden", "说了不该说的", "有 `not_say` 的题里说了的", "lower", answers.forbidden),
    Metric(
        "amount_exact",
        "金额比例准确",
        "`say` 里的金额、比例，按数值和单位说到了多少（40000元即4万元）",
        "higher",
        exactness.amount_exact,
    ),
    Metric("date_exact", "日期期限准确", "`say` 里的日期、期限，按数值说到了多少", "higher", exactness.date_exact),
    Metric(
        "lead_figure",
        "首个数字正确",
        "问数字的题（金额、比例、上限、门槛、期限、年限、目标、数量）里，先说出来的那个同类数字是期望的；拒答了的不算",
        "higher",
        exactness.lead_figure,
    ),
    Metric("first_citation", "首条引用正确", "第一条引用在 `clauses` 或 `also` 里", "higher", answers.first_citation),
    Metric("citation_recall", "引用召回", "`clauses` 引到了多少，`also` 可以顶替", "higher", answers.citation_recall),
    Metric(
        "citation_precision",
        "引用精确",
        "引用的条款里有多少是该引的（写明有效期的那一条也算该引）；拒答了的不算",
        "higher",
        answers.citation_precision,
    ),
    Metric("wrong_document", "引错文件", "第一条引用不是写明的那几份文件的", "lower", answers.wrong_document),
    Metric("wrong_city", "引错城市", "答复依据了别的城市的条款", "lower", answers.wrong_city),
    Metric("validity", "效力正确", "首条引用的效力与写明的各项都相同；拒答了的不算", "higher", answers.validity),
    Metric(
        "boundary_validity",
        "临界日效力",
        "在起止日当天或前后一天提问的题里效力正确的",
        "higher",
        answers.boundary_validity,
    ),
    Metric("true_refusal", "该拒则拒", "只该拒答的题里拒答了的", "higher", answers.true_refusal),
    Metric("false_refusal", "误拒", "只该答复的题里拒答了或出错的", "lower", answers.false_refusal),
    Metric(
        "unsupported",
        "含无据数字",
        "答复里有数字、日期不在引用、问题、推算里（另写一套读数的代码，不用助手自己的核对）",
        "lower",
        answers.has_unsupported,
    ),
    Metric("follow_up", "追问正确", "有上文的题完全正确的", "higher", answers.follow_up),
    Metric(
        "follow_up_alone",
        "追问（不看上文）",
        "同样的题不给上文时完全正确的，是追问的底线",
        "higher",
        answers.follow_up_alone,
    ),
    Metric("follow_up_found", "追问检索", "有上文的题，期望条款在前五条里的", "higher", _follow_up_found(alone=False)),
    Metric("follow_up_found_alone", "追问检索（不看上文）", "同上，不给上文", "higher", _follow_up_found(alone=True)),
    Metric("recall@1", "检索召回@1", "期望条款里排在第一的占多少（写明两条的最多一半）", "higher", _ranked("recall@1")),
    Metric("recall@5", "检索召回@5", "期望条款在前五条里的占多少", "higher", _ranked("recall@5")),
    Metric("recall@10", "检索召回@10", "期望条款在前十条里的占多少", "higher", _ranked("recall@10")),
    Metric("mrr@10", "检索 MRR@10", "第一个期望条款名次的倒数", "higher", _ranked("mrr@10")),
    Metric("ndcg@10", "检索 nDCG@10", "排序的归一化折损累计增益", "higher", _ranked("ndcg@10")),
    Metric(
        "verifier_miss",
        "核对漏过",
        "故意改错的答复（数额、比例、日期、期限、文号、条号、电话、邻近的数、引错条款）里没被核对发现的",
        "lower",
        verifier.verifier_miss,
    ),
    Metric(
        "verifier_false_alarm",
        "核对误报",
        "没有改错、只换了写法的答复里被核对当成错的",
        "lower",
        verifier.verifier_false_alarm,
    ),
)


@dataclass(frozen=True, slots=True)
class Score:
    """How one answer did: every metric's value, None where the case does not ask for it; shares lie in 0 to 1."""

    seen: Observation
    values: Mapping[str, Value]

    @property
    def case(self) -> Case:
        """The case."""
        return self.seen.case

    @property
    def correct(self) -> bool:
        """Everything that the case asks for holds."""
        return bool(self.values["correct"])

    @property
    def elapsed_ms(self) -> float:
        """What the answer took, by its own measure."""
        return float(self.seen.answer.get("elapsed_ms") or 0.0)


def score(seen: Observation) -> Score:
    """Every metric of one observation."""
    return Score(seen, {metric.key: metric.of(seen) for metric in METRICS})


def summary(scores: Sequence[Score]) -> dict[str, Estimate]:
    """Every metric over some scores."""
    return {metric.key: estimate(score.values[metric.key] for score in scores) for metric in METRICS}


def slices(scores: Sequence[Score], by: Callable[[Score], Sequence[str]]) -> dict[str, tuple[Score, ...]]:
    """The scores in groups, largest first, then by name; one score may be in several."""
    groups: dict[str, list[Score]] = {}
    for each in scores:
        for name in by(each):
            groups.setdefault(name, []).append(each)
    return {name: tuple(groups[name]) for name in sorted(groups, key=lambda name: (-len(groups[name]), name))}


SLICES: Mapping[str, Callable[[Score], Sequence[str]]] = {
    "by_kind": lambda s: (s.case.kind,),
    "by_city": lambda s: (s.seen.city,),
    "by_document": lambda s: (s.seen.document,),
    "by_tag": lambda s: s.case.tags,
}
