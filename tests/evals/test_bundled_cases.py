"""The cases that come with the project: right in form, proved by the documents, and asked in people's own words."""

import re
from collections import Counter
from pathlib import Path

import pytest

from corpus.library import BUNDLED, Library, read_library
from evals.cases import Case, parse_case, read_cases
from evals.check import check_cases
from evals.naming import instruments_named
from evals.variety import copied

CASES = BUNDLED.parent / "evals" / "cases"
README = BUNDLED.parent / "evals" / "README.md"


@pytest.fixture(scope="module")
def bundled() -> Library:
    return read_library(BUNDLED)


@pytest.fixture(scope="module")
def cases() -> tuple[Case, ...]:
    return read_cases(CASES)


def test_they_agree_with_the_documents(cases: tuple[Case, ...], bundled: Library) -> None:
    assert check_cases(cases, bundled) == ()


def test_every_instrument_is_asked_about_in_both_splits(cases: tuple[Case, ...], bundled: Library) -> None:
    for split in ("dev", "test"):
        asked = {
            instrument.id
            for case in cases
            if case.split == split
            for name in case.expect.clauses
            for instrument in instruments_named(name.document, bundled)
        }
        # The two-clause opinion of the bundle is too short to be shared out: it is in the test split alone.
        assert {i.title for i in bundled.instruments if i.id not in asked} <= {"关于支持经营主体发展的两条意见"}


def test_they_are_many_and_of_every_kind(cases: tuple[Case, ...]) -> None:
    assert len(cases) >= 500
    kinds = Counter(case.kind for case in cases)
    assert {"amount", "rate", "cap", "threshold", "deadline", "duration", "validity", "office", "lookup"} <= set(kinds)
    assert {"follow_up", "comparison", "near_miss", "out_of_scope", "yes_no", "list"} <= set(kinds)
    assert min(kinds.values()) >= 3
    tags = Counter(tag for case in cases for tag in case.tags)
    assert {"lay", "typo", "traditional", "full_width", "boundary", "wrong_city", "not_stated"} <= set(tags)


def test_few_copy_the_clause_and_those_are_named(cases: tuple[Case, ...], bundled: Library) -> None:
    found = copied(cases, bundled)
    assert 0 < len(found) <= sum(bool(case.expect.clauses) for case in cases) / 3
    assert all(share > 0.5 for _, share in found)


def test_no_question_is_asked_twice(cases: tuple[Case, ...]) -> None:
    asked = Counter((case.question, case.history, case.as_of) for case in cases)
    assert [question for question, times in asked.items() if times > 1] == []


def test_the_readme_shows_a_case_that_is_right(bundled: Library) -> None:
    shown = re.search(r"```json\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown is not None
    assert check_cases([parse_case(shown[1])], bundled) == ()


def test_the_readme_explains_every_metric_field_and_module() -> None:
    from evals.cases import EXPECTED_FIELDS, FIELDS
    from evals.metrics import METRICS
    from evals.metrics.ranking import MEASURES

    text = README.read_text(encoding="utf-8")
    for metric in METRICS:
        assert f"`{metric.key}` | {metric.name}" in text
    for field in (*FIELDS, *EXPECTED_FIELDS):
        assert f"`{field}`" in text or f"`expect.{field}`" in text or field == "expect"
    assert all(name.split("@")[0] in text for name in MEASURES)
    modules = {path.name for path in Path(README.parent).glob("*.py")} - {"__init__.py", "errors.py", "readme.py"}
    assert {module for module in modules if f"`{module}`" not in text} == set()
