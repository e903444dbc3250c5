"""The plots of the report, as SVG that stands in the page and asks for nothing from outside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.metrics.selective import Curve
from evals.report.words import xml_text

#: Two colours that differ in brightness too, for those who cannot tell them apart otherwise.
_INK, _BAR = "#0b4f8a", "#2f7fb8"
#: Bars of the latency plot.
_BINS = 20


def curve_plot(curve: Curve) -> str:
    """Accuracy over coverage, from the surest answer to all that were given; empty where none was."""
    if not curve.points:
        return ""
    chart = _chart(
        "XY",
        "coverage-accuracy",
        stroke_style={"width": 3},
        x_title="回答了全部用例的百分之几",
        y_title="其中正确的百分之几",
    )
    low = min(point.accuracy for point in curve.points) * 100
    chart.range = (max(0, int(low // 10) * 10 - 10), 100)
    chart.xrange = (0, 100)
    values = [
        {"value": (p.coverage * 100, p.accuracy * 100), "label": f"把握至少 {p.confidence:.2f}"} for p in curve.points
    ]
    chart.add("", values)
    return _svg(chart)


def slices_plot(values: Mapping[str, float], name: str) -> str:
    """A bar for each slice, 0 to 100%; empty without slices."""
    if not values:
        return ""
    chart = _chart("HorizontalBar", name, x_title="完全正确的百分之几", height=90 + 32 * len(values))
    chart.range = (0, 100)
    # The library draws the last bar on top.
    chart.x_labels = [xml_text(name) for name in values][::-1]
    chart.add("", [value * 100 for value in list(values.values())[::-1]])
    return _svg(chart)


def latency_plot(times: Sequence[float]) -> str:
    """How many answers took how many milliseconds; empty without any."""
    if not times:
        return ""
    width = max(max(times) / _BINS, 0.1)
    counts = [0] * _BINS
    for time in times:
        counts[min(int(time / width), _BINS - 1)] += 1
    chart = _chart("Histogram", "latency", x_title="毫秒", y_title="题数")
    chart.add("", [(count, number * width, (number + 1) * width) for number, count in enumerate(counts)])
    return _svg(chart)


def _chart(kind: str, name: str, **options: Any) -> Any:
    import pygal
    from pygal.style import Style

    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground="#222",
        foreground_strong="#222",
        foreground_subtle="#666",
        colors=(_BAR if kind != "XY" else _INK,),
        font_family="system-ui, sans-serif",
        label_font_size=18,
        major_label_font_size=18,
        title_font_size=19,
        guide_stroke_color="#dde3e8",
        major_guide_stroke_color="#dde3e8",
        guide_stroke_dasharray="none",
        major_guide_stroke_dasharray="none",
    )
    settings = {
        "style": style,
        "js": [],
        "width": 760,
        "height": 340,
        "show_legend": False,
        "dots_size": 2,
        "disable_xml_declaration": True,
        "value_formatter": lambda value: f"{value:.4g}",
        "x_value_formatter": lambda value: f"{value:.4g}",
    }
    chart = getattr(pygal, kind)(**(settings | options))
    # In place of a random one: the same run gives the same page.
    chart.uuid = name
    return chart


def _svg(chart: Any) -> str:
    """The plot without the library's script and comments."""
    from lxml import etree

    tree = chart.render_tree()
    etree.strip_elements(tree, "{http://www.w3.org/2000/svg}script", "script", with_tail=False)
    etree.strip_tags(tree, etree.Comment)
    return str(etree.tostring(tree, encoding="unicode"))
