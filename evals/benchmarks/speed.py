"""How long things take and how much memory they need, on the machine where it runs.

    python -m evals.benchmarks.speed [--runs 5] [--cases evals/cases]

Prints a Markdown table. Cold means a new process each time (with the files in the system's cache, as on a machine
that has been used today); warm means one process that has answered one question before. The index is built into a
temporary folder, so that what stands in the usual place is left alone.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from corpus.errors import PolicyError
from corpus.library import BUNDLED
from evals.cases import Case, read_cases
from evals.errors import BenchmarkError
from evals.run import DAY

QUESTION = "零售店刚进限纳统，天门奖多少？"
LOOKUP = "天政办发〔2023〕26号 第九条"
CASES = BUNDLED.parent / "evals" / "cases"
#: Seconds that a server may take until it answers.
_START_LIMIT = 120
_WAIT = 0.05
_ASKED_OF_SERVER = 100


@dataclass(frozen=True, slots=True)
class Measurement:
    """One line of the table: what was measured, the usual value, the worst or the 95th percentile, the unit."""

    what: str
    usual: float
    high: float | None
    unit: str
    how: str


def measure(runs: int, cases: Sequence[Case]) -> Iterator[Measurement]:
    """All measurements, each as soon as it is there."""
    with tempfile.TemporaryDirectory(prefix="policy-assistant-speed-") as folder:
        index = ["--index", str(Path(folder) / "index")]
        yield _cold("`index build`, the whole process", ["index", "build", *index], runs)
        yield _cold("`ask` to its answer, cold", ["ask", QUESTION, "--as-of", DAY.isoformat(), *index], runs)
        yield _cold("`lookup`, cold", ["lookup", LOOKUP, *index], runs)
        yield _cold("`--help`", ["--help"], runs)
        yield _warm(cases, Path(folder) / "index")
        yield from _server(cases, index)


def _cold(what: str, arguments: Sequence[str], runs: int) -> Measurement:
    times = [_timed(lambda: _run(arguments)) for _ in range(runs)]
    return Measurement(what, median(times), max(times), "s", f"{runs} new processes: median, slowest")


def _run(arguments: Sequence[str]) -> None:
    done = subprocess.run([*_program(), *arguments], capture_output=True, check=False, cwd=BUNDLED.parent)
    if done.returncode:
        raise BenchmarkError(f"{' '.join(arguments)} 失败：{done.stderr.decode(errors='replace').strip()}")


def _program() -> list[str]:
    """The installed command beside this Python, else the module."""
    installed = shutil.which("policy-assistant", path=str(Path(sys.executable).parent))
    return [installed] if installed else [sys.executable, "-m", "assistant"]


def _warm(cases: Sequence[Case], index: Path) -> Measurement:
    from assistant.pipeline import Assistant
    from index.build import open_index

    assistant = Assistant(open_index(BUNDLED, index, "embedded", lambda _: None))
    requests = [case.request(DAY) for case in cases]
    assistant.ask(requests[0])
    times = sorted(_timed(lambda request=request: assistant.ask(request)) * 1000 for request in requests)  # type: ignore[misc]
    return Measurement(
        "a question, warm",
        median(times),
        _p95(times),
        "ms",
        f"{len(times)} different questions: median, 95th percentile",
    )


def _server(cases: Sequence[Case], index: Sequence[str]) -> Iterator[Measurement]:
    with _serving(index) as (address, process, started):
        yield Measurement("`serve` until it takes questions", started, None, "s", "1 new process: first 200 of /readyz")
        asked = cases[:_ASKED_OF_SERVER]
        times = sorted(_timed(lambda case=case: _post(address, case)) * 1000 for case in asked)  # type: ignore[misc]
        yield Measurement(
            "a question over HTTP",
            median(times),
            _p95(times),
            "ms",
            f"{len(times)} questions in turn: median, 95th percentile",
        )
        yield Measurement(
            "resident memory of the server", resident_mb(process), None, "MB", f"after {len(times)} questions"
        )


@contextmanager
def _serving(index: Sequence[str]) -> Iterator[tuple[str, int, float]]:
    """A server on a free port: its address, its process and the seconds until it was ready."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as log:
        command = [*_program(), "serve", "--host", "127.0.0.1", "--port", str(port), *index]
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=BUNDLED.parent)
        try:
            address = f"http://127.0.0.1:{port}"
            while not _ready(address):
                if process.poll() is not None or time.perf_counter() - start > _START_LIMIT:
                    log.seek(0)
                    raise BenchmarkError(f"服务没有启动：{log.read().decode(errors='replace').strip()[-2000:]}")
                time.sleep(_WAIT)
            yield address, process.pid, time.perf_counter() - start
        finally:
            process.terminate()
            process.wait(timeout=30)


def _ready(address: str) -> bool:
    try:
        with _opener().open(f"{address}/readyz", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False


def _post(address: str, case: Case) -> None:
    body = json.dumps({"question": case.question, "as_of": (case.as_of or DAY).isoformat(), "city": case.city})
    request = urllib.request.Request(  # noqa: S310 - an address of our own
        f"{address}/api/v1/ask", body.encode(), {"Content-Type": "application/json"}
    )
    with _opener().open(request, timeout=60) as response:
        response.read()


def _opener() -> urllib.request.OpenerDirector:
    """Opens addresses of this machine, past any proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def resident_mb(process: int) -> float:
    """The resident memory of a process, in MB."""
    shown = subprocess.run(["ps", "-o", "rss=", "-p", str(process)], capture_output=True, check=False)  # noqa: S607
    if shown.returncode == 0 and shown.stdout.strip():
        return int(shown.stdout) / 1024
    raise BenchmarkError("这台机器上没有 ps，读不到进程的内存。")


def _timed(action: Callable[[], object]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def _p95(ordered: Sequence[float]) -> float:
    return ordered[int(0.95 * (len(ordered) - 1))]


def _line(each: Measurement) -> str:
    high = f"{each.high:.2f}" if each.high is not None else "—"
    return f"| {each.what} | {each.usual:.2f} | {high} | {each.unit} | {each.how} |"


def main() -> int:
    """Measure and print; the exit code says whether all could be measured."""
    parser = argparse.ArgumentParser(description="Measures speed and memory; prints a Markdown table.")
    parser.add_argument("--runs", type=int, default=5, help="new processes for each cold measurement (5)")
    parser.add_argument("--cases", type=Path, default=CASES, help="the cases whose questions are asked")
    options = parser.parse_args()
    print(f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}\n")
    print("| what | usual | high | unit | how |\n|---|---|---|---|---|")
    try:
        for each in measure(options.runs, read_cases(options.cases)):
            print(_line(each), flush=True)
    except PolicyError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
