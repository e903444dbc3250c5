"""What a person reads about a run, in Chinese and without any markup: the parts that all reports share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.library import Library
from evals.cases import Case, ExpectedValidity
from evals.compare import Comparison
from evals.figures import unsupported
from evals.gate import Verdict
from evals.metrics import METRICS, Metric, Score
from evals.metrics.answers import unsaid
from evals.metrics.estimates import Estimate
from evals.report.names import CITED_AS, STATUS, VALIDITY, kind_name
from evals.run import Run

SLICED = ("correct", "status", "content", "amount_exact", "first_citation", "validity", "recall@5")
#: So many terms of a clause are shown that speak for it.
_TERMS = 8
#: What XML 1.0 does not hold (section 2.2).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WRONG = {
    "status": "状态不对",
    "content": "内容不对",
    "first_citation": "首条引用不对",
    "validity": "效力不对",
    "lead_figure": "首个数字不对",
}


@dataclass(frozen=True, slots=True)
class ReportData:
    """All that a report shows: a run, and where asked for, its comparison with an earlier one and its gate."""

    run: Run
    comparison: Comparison | None = None
    verdicts: tuple[Verdict, ...] = ()


def said(answer: Mapping[str, Any]) -> str:
    """The status and the text of an answer object."""
    status = str(answer.get("status", ""))
    return f"{STATUS.get(status, status)}：{answer.get('answer', '')}"


@dataclass(frozen=True, slots=True)
class Considered:
    """A clause that was considered for an answer, and why it stands where it does."""

    place: int
    clause: str
    expected: bool
    score: str
    lexical: str
    dense: str
    terms: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A case whose answer is not correct, in words."""

    id: str
    kind: str
    city: str
    wrong: tuple[str, ...]
    history: tuple[tuple[str, str], ...]
    question: str
    given: str
    status: str
    answer: str
    expected: str
    citations: tuple[tuple[int, str, str], ...]
    query: str
    considered: tuple[Considered, ...]
    source: str
    place: str


def failures(scores: Sequence[Score]) -> tuple[Score, ...]:
    """The scores that are not correct, in the order of the cases."""
    return tuple(each for each in scores if not each.correct)


def failure(each: Score, library: Library) -> Failure:
    """One failure in words."""
    case, answer, trace = each.case, each.seen.answer, each.seen.trace or {}
    given = {"日期": case.as_of, "城市": case.city}
    return Failure(
        id=case.id,
        kind=kind_name(case.kind),
        city=each.seen.city,
        wrong=wrongs(each),
        history=tuple(("问" if turn.role == "user" else "答", turn.content) for turn in case.history),
        question=case.question,
        given="，".join(f"{name} {value}" for name, value in given.items() if value),
        status=STATUS.get(str(answer.get("status", "")), str(answer.get("status", ""))),
        answer=str(answer.get("answer", "")),
        expected=expected(case),
        citations=tuple((int(c.get("mark", 0)), cited(c), str(c.get("quote", ""))) for c in each.seen.citations),
        query=str(trace.get("query", "")),
        considered=tuple(_considered(each, library)),
        source=" … ".join(case.source),
        place=case.place,
    )


def wrongs(each: Score) -> tuple[str, ...]:
    """What is wrong with one answer."""
    wrong = [words for key, words in _WRONG.items() if each.values[key] is False]
    if missing := unsaid(each.seen):
        wrong.append(f"没有说：{'、'.join(missing)}")
    if each.values["forbidden"]:
        wrong.append("说了不该说的")
    if each.values["wrong_city"]:
        wrong.append("引错城市")
    if made_up := unsupported(each.seen.answer):
        wrong.append(f"无据数字：{'、'.join(made_up)}")
    return tuple(wrong)


def expected(case: Case) -> str:
    """What a case expects, in one line."""
    expect = case.expect
    parts = [" 或 ".join(STATUS[status.value] for status in sorted(expect.status))]
    if expect.clauses:
        parts.append("引用 " + "、".join(map(str, expect.clauses)))
    if expect.say:
        parts.append("说 " + "，".join(" / ".join(group) for group in expect.say))
    if expect.not_say:
        parts.append("不说 " + "、".join(expect.not_say))
    if expect.validity:
        parts.append("效力 " + _validity(expect.validity))
    return "；".join(parts)


def cited(citation: Mapping[str, Any]) -> str:
    """A citation with its role and validity, without its quote."""
    validity = citation.get("validity") or {}
    until = f"，至 {validity['expires_on']}" if validity.get("expires_on") else ""
    status = VALIDITY.get(validity.get("status", ""), validity.get("status", ""))
    name = f"{citation.get('document_number') or ''}《{citation.get('title', '')}》{citation.get('label', '')}"
    role = str(citation.get("role", ""))
    return f"（{CITED_AS.get(role, role)}）{name}（{status}{until}）"


def xml_text(text: str) -> str:
    """The text without the signs that XML does not hold."""
    return _NOT_XML.sub("", text)


def percent(value: float | None) -> str:
    """A share as a percentage; a dash for none."""
    return "—" if value is None else f"{value:.1%}"


def cells(estimate: Estimate) -> tuple[str, str, str]:
    """An estimate as value, interval and n."""
    if estimate.value is None:
        return "—", "—", "0"
    return percent(estimate.value), f"{percent(estimate.low)}–{percent(estimate.high)}", str(estimate.n)


def better_is(metric: Metric) -> str:
    """越低越好, where less is better."""
    return "越低越好" if metric.better == "lower" else ""


def moved(estimate: Estimate) -> str:
    """A change in percentage points with its interval."""
    if estimate.value is None or estimate.low is None or estimate.high is None:
        return "—"
    return f"{estimate.value * 100:+.1f}（{estimate.low * 100:+.1f} 到 {estimate.high * 100:+.1f}）"


def sliced_metrics() -> tuple[Metric, ...]:
    """The metrics that are shown for slices."""
    return tuple(metric for metric in METRICS if metric.key in SLICED)


def about(run: Run) -> dict[str, str]:
    """What a run is of, as names and values."""
    given = run.about
    changed = "（另有未提交的改动）" if given.get("uncommitted_changes") else ""
    latency = run.latency()
    drafts = f"，另有 {run.drafts} 条草稿未确认，没有计入" if run.drafts else ""
    rows = {
        "用例": f"{len(run.scores)} 条{f'（{run.split} 部分）' if run.split else ''}{drafts}",
        "日期": f"{given.get('as_of', '')}（用例另有日期的从其日期）",
        "方式": f"{given.get('mode', '')}{'，模型 ' + str(given['model']) if given.get('model') else ''}",
        "程序": f"{given.get('version', '')}，提交 {given.get('commit') or '不详'}{changed}",
        "代码摘要": str(given.get("code_digest", "")),
        "语料": str(given.get("corpus_version", "")),
        "索引": str(given.get("index_digest", "")),
        "向量": str(given.get("embedding", "")),
        "用例摘要": str(given.get("cases_digest", "")),
        "每题毫秒": f"中位 {latency['median']}，95% 以内 {latency['p95']}，最长 {latency['max']}",
        "内存峰值": f"{run.peak_mb:.0f} MB",
        "抽样种子": str(given.get("seed", "")),
    }
    return {name: value for name, value in rows.items() if value}


def _considered(each: Score, library: Library) -> Iterator[Considered]:
    trace = each.seen.trace or {}
    hits = {hit["clause_id"]: hit for hit in trace.get("hits", ())}
    wanted = each.seen.also.union(*each.seen.named)
    for place, clause_id in enumerate(trace.get("clauses", ()), 1):
        clause = library.clause.get(clause_id)
        if clause is None:
            continue
        title = library.instrument[clause.instrument_id].title
        hit = hits.get(clause_id)
        terms = sorted(hit["terms"], key=lambda pair: -pair[1])[:_TERMS] if hit else []
        yield Considered(
            place=place,
            clause=f"《{title}》{clause.path.label}",
            expected=clause_id in wanted,
            score=f"{hit['score']:.2f}" if hit else "按编号找到",
            lexical=f"{hit['lexical']:.1f}" if hit else "",
            dense="" if hit is None or hit["dense"] is None else f"{hit['dense']:.2f}",
            terms=" ".join(f"{_shown(term)} {weight:.1f}" for term, weight in terms),
        )


def _shown(term: str) -> str:
    """A term of the lexical index without the signs that mark its edges."""
    return "".join(sign for sign in term if sign.isprintable() and not sign.isspace())


def _validity(expected: ExpectedValidity) -> str:
    words = [VALIDITY[expected.status]] if expected.status else []
    if "effective_on" in expected.stated:
        words.append(f"自 {expected.effective_on}")
    if "expires_on" in expected.stated:
        words.append(f"至 {expected.expires_on}" if expected.expires_on else "不写到期日")
    return " ".join(words)
