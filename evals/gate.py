"""Thresholds that a run must meet, in a TOML file whose tables are the paths of ``summary.json``.

    [metrics.correct]
    min = 0.90
    [by_kind.validity.correct]
    min = 1.0
    [latency_ms.p95]
    max = 300

A figure that was measured on no case at all meets no threshold: a gate that nothing passes through must not be open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.errors import place_of
from evals.errors import GateError

_LIMITS = ("min", "max")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A path into ``summary.json``, and the least and the most that its figure may be."""

    path: tuple[str, ...]
    least: float | None = None
    most: float | None = None

    @property
    def name(self) -> str:
        """The path as it is written in the file."""
        return ".".join(self.path)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A threshold held against a run; ``value`` is None where nothing was measured."""

    threshold: Threshold
    value: float | None

    @property
    def met(self) -> bool:
        """Whether the figure lies within its limits."""
        least, most = self.threshold.least, self.threshold.most
        return (
            self.value is not None and (least is None or self.value >= least) and (most is None or self.value <= most)
        )

    def as_json(self) -> dict[str, Any]:
        """For ``summary.json``."""
        limits = {"min": self.threshold.least, "max": self.threshold.most}
        return {"path": self.threshold.name, **limits, "value": self.value, "met": self.met}

    def __str__(self) -> str:
        limits = [f"至少 {self.threshold.least:g}"] if self.threshold.least is not None else []
        limits += [f"至多 {self.threshold.most:g}"] if self.threshold.most is not None else []
        value = "没有一题用得上" if self.value is None else f"实际 {self.value:g}"
        verdict = "达标" if self.met else "未达标"
        return f"{verdict} {self.threshold.name}{self._meaning()}：要求{'、'.join(limits)}，{value}"

    def _meaning(self) -> str:
        """The metric in Chinese, where the path names one."""
        from evals.metrics import METRICS

        names = [metric.name for metric in METRICS if metric.key in self.threshold.path]
        return f"（{names[-1]}）" if names else ""


def read_gate(file: Path) -> tuple[Threshold, ...]:
    """The thresholds of a file; ``GateError`` says what in it is none."""
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise GateError(f"门槛文件 {file} 读不出来（{error.strerror}）。") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GateError(f"门槛文件 {file} 的{place_of(error)}不符合 TOML 格式。") from error
    thresholds = tuple(_thresholds(values, (), file))
    if not thresholds:
        raise GateError(f"门槛文件 {file} 里没有门槛；应如 [metrics.correct] 下写 min = 0.9。")
    return thresholds


def judge(thresholds: tuple[Threshold, ...], summary: Mapping[str, Any]) -> tuple[Verdict, ...]:
    """Every threshold held against a ``summary.json``; ``GateError`` names a path that it does not have."""
    return tuple(Verdict(threshold, _value(threshold, summary)) for threshold in thresholds)


def _thresholds(values: Mapping[str, Any], path: tuple[str, ...], file: Path) -> Iterator[Threshold]:
    limits = {name: value for name, value in values.items() if name in _LIMITS and not isinstance(value, Mapping)}
    for name, value in values.items():
        if name in limits:
            if not path or isinstance(value, bool) or not isinstance(value, (int, float)):
                raise GateError(
                    f"门槛文件 {file}：{'.'.join((*path, name))} 应为数，写在 [metrics.correct] 这样的表里。"
                )
        elif isinstance(value, Mapping):
            yield from _thresholds(value, (*path, name), file)
        else:
            raise GateError(f"门槛文件 {file}：{'.'.join((*path, name))} 不认识；每张表里只写 min 或 max。")
    if limits:
        yield Threshold(path, limits.get("min"), limits.get("max"))


def _value(threshold: Threshold, summary: Mapping[str, Any]) -> float | None:
    found: Any = summary
    for at, name in enumerate(threshold.path):
        if not isinstance(found, Mapping) or name not in found:
            there = "、".join(map(str, found)) if isinstance(found, Mapping) and found else "没有下一级"
            above = ".".join(threshold.path[:at]) or "最上一级"
            raise GateError(f"没有 {threshold.name} 这一项：{above}里有：{there}。")
        found = found[name]
    if isinstance(found, Mapping):
        found = found.get("value")
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, (int, float)):
        raise GateError(f"{threshold.name} 不是一个数，不能设门槛。")
    return float(found)
