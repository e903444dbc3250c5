import os

from evals.benchmarks import speed


def test_the_memory_of_a_process_is_read() -> None:
    # An interpreter with numpy in it takes some megabytes, and not a terabyte: the unit is right.
    assert 10 < speed.resident_mb(os.getpid()) < 100_000


def test_a_cold_measurement_runs_the_program() -> None:
    measured = speed._cold("`--help`", ["--help"], 2)
    assert 0 < measured.usual <= (measured.high or 0)
    assert speed._line(measured).startswith("| `--help` | ")


def test_the_95th_percentile() -> None:
    assert speed._p95([float(n) for n in range(1, 102)]) == 96
    assert speed._p95([3.0]) == 3.0
