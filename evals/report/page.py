"""The report as one HTML page that needs nothing from outside: figures, plots, slices, changes, every failure.

What documents, questions and answers say is escaped by the template; only the plots are put in as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.metrics import METRICS, SLICES, Score, slices, summary
from evals.metrics.estimates import Estimate
from evals.report.names import ROLES, SLICE_TITLES, TRIALS, slice_name
from evals.report.plots import curve_plot, latency_plot, slices_plot
from evals.report.words import ReportData, about, cells, failure, failures, moved, said, sliced_metrics
from evals.run import Run

_TEMPLATE = Path(__file__).parent / "page.html"


def render_page(data: ReportData) -> str:
    """The whole page."""
    from jinja2 import Environment, StrictUndefined

    run, comparison = data.run, data.comparison
    shown = [failure(each, run.library) for each in failures(run.scores)]
    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _TEMPLATE.read_text(encoding="utf-8")
    )
    return template.render(
        total=len(run.scores),
        right=len(run.scores) - len(shown),
        metrics=list(_metric_rows(run.scores)),
        verdicts=data.verdicts,
        missed=sum(not verdict.met for verdict in data.verdicts),
        comparison=comparison,
        moved=[] if comparison is None else list(_moved(comparison.metrics)),
        said=said,
        plots=list(_plots(run)),
        tables=list(_tables(run)),
        failures=shown,
        kinds=sorted({each.kind for each in shown}),
        cities=sorted({each.city for each in shown}),
        about=about(run),
        config=run.about.get("config", {}),
    )


def _metric_rows(scores: Sequence[Score]) -> Iterator[dict[str, Any]]:
    estimates = summary(scores)
    for metric in METRICS:
        found = estimates[metric.key]
        value, interval, n = cells(found)
        yield {
            "name": metric.name,
            "value": value,
            "interval": interval,
            "n": n,
            "share": found.value,
            "low": found.low,
            "high": found.high,
            "meaning": metric.meaning.replace("`", ""),
            "lower": metric.better == "lower",
        }


def _moved(metrics: Mapping[str, Estimate]) -> Iterator[tuple[str, str]]:
    for metric in METRICS:
        if metrics[metric.key].value:
            yield metric.name, moved(metrics[metric.key])


def _plots(run: Run) -> Iterator[tuple[str, Any]]:
    from markupsafe import Markup

    curve = run.curve
    plots = [("少答一些，能准多少", curve_plot(curve) if curve else "")]
    for key in ("by_kind", "by_city"):
        groups = slices(run.scores, SLICES[key])
        shares = {
            slice_name(key, name): sum(each.correct for each in part) / len(part) for name, part in groups.items()
        }
        plots.append((f"完全正确，{SLICE_TITLES[key]}", slices_plot(shares, key)))
    plots.append(("每题用时", latency_plot([each.elapsed_ms for each in run.scores])))
    # Our own SVG, made of numbers and of labels that the library escapes.
    yield from ((caption, Markup(plot)) for caption, plot in plots)  # noqa: S704


def _tables(run: Run) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    for key, by in SLICES.items():
        chosen = sliced_metrics()
        rows: list[tuple[str, ...]] = [("", "条数", *(metric.name for metric in chosen))]
        for name, part in slices(run.scores, by).items():
            estimates = summary(part)
            rows.append(
                (slice_name(key, name), str(len(part)), *(cells(estimates[metric.key])[0] for metric in chosen))
            )
        yield SLICE_TITLES[key], rows
    trials = run.by_trial()
    yield "金额比例，按是什么数", _rows(run.by_role(), ROLES)
    yield "核对：改错了没被发现的", _rows(trials["missed"], TRIALS)
    yield "核对：没改错却被拦下的", _rows(trials["false_alarm"], TRIALS)


def _rows(values: Mapping[str, Estimate], names: Mapping[str, str]) -> list[tuple[str, ...]]:
    return [("", "值", "95% 区间", "n"), *((names.get(key, key), *cells(value)) for key, value in values.items())]
