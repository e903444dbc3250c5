import json
import re
import tempfile
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.masking import masked
from corpus.library import Library
from evals.cases import Case, parse_case, read_cases
from evals.commands import eval_group
from evals.drafts.logs import Imported, import_log
from tests.evals.conftest import citation_json

AT = "2026-11-22T09:30:00+08:00"
Log = Callable[..., Imported]


def answer(question: str, **fields: Any) -> dict[str, Any]:
    return {
        "at": AT,
        "event": "answer",
        "question": question,
        "status": "answered",
        "citations": [citation_json()],
        **fields,
    }


def mark(identifier: str, verdict: str, **fields: Any) -> dict[str, Any]:
    return {"at": AT, "event": "mark", "id": identifier, "mark": verdict, **fields}


def written(folder: Path, *events: Any) -> Path:
    file = folder / "log.jsonl"
    lines = [event if isinstance(event, bytes) else json.dumps(event, ensure_ascii=False).encode() for event in events]
    file.write_bytes(b"\n".join(lines))
    return file


@pytest.fixture
def log(library: Library, tmp_path: Path) -> Log:
    return lambda *events, existing=(): import_log(written(tmp_path, *events), library, existing)


def only(found: Imported) -> Case:
    (values,) = found.drafts
    return parse_case(json.dumps(values, ensure_ascii=False))


def test_a_right_answer_is_taken_over(log: Log) -> None:
    case = only(log(answer("北安进限奖多少？", id="a"), mark("a", "right")))
    assert case.draft
    assert case.expect.status == {"answered"}
    assert [str(name) for name in case.expect.clauses] == ["北政办发〔2023〕25号 一、"]
    assert case.source == (citation_json()["quote"],)
    assert (case.kind, case.tags) == ("amount", ("log", "marked_right"))
    assert case.expect.say == ()
    assert "要做：写上要点" in case.note


def test_of_a_wrong_answer_only_the_correction_is_taken(log: Log) -> None:
    plain = only(log(answer("进限奖多少？", id="a"), mark("a", "wrong", note="数不对，打 13812345678 核实过")))
    assert plain.expect.clauses == ()
    assert "13812345678" not in plain.note
    assert "数不对" in plain.note
    named = only(log(answer("进限奖多少？", id=7), {**mark("7", "wrong", note="应为北政办发[2023]25号二、"), "id": 7}))
    assert [str(name) for name in named.expect.clauses] == ["北政办发〔2023〕25号 二、"]
    assert named.tags == ("log", "marked_wrong")


def test_nobody_s_answer_becomes_what_is_expected(log: Log) -> None:
    case = only(log(answer("进限奖多少？")))
    assert case.expect.clauses == ()
    assert case.source == ()
    assert "当时首条引用：北政办发〔2023〕25号 一、" in case.note


def test_refusals_wait_for_a_person(log: Log) -> None:
    case = only(log(answer("武汉进限奖多少？", status="not_found", citations=[citation_json(role="nearest")])))
    assert case.expect.status == {"not_found"}
    assert [str(name) for name in case.expect.also] == ["北政办发〔2023〕25号 一、"]
    assert case.tags == ("log", "refused")


def test_one_question_comes_once_and_the_worst_and_most_frequent_first(log: Log) -> None:
    found = log(
        answer("问过一次"),
        answer("问过多次？"),
        answer("问过多次"),
        answer("  问过 多次?"),
        answer("答错了", id="w"),
        answer("问过多次", city="南平"),
        answer("问过多次", history=[{"role": "user", "content": "前面"}]),
        mark("w", "right"),
        mark("w", "wrong"),
    )
    asked = [(draft["question"], draft.get("city"), draft["tags"]) for draft in found.drafts]
    assert asked[0] == ("答错了", None, ["log", "marked_wrong"])
    assert asked[1] == ("问过多次？", None, ["log", "x3"])
    assert len(asked) == 5


def test_the_day_counts_only_where_it_is_another(log: Log) -> None:
    found = log(answer("有效吗", as_of="2026-11-22"), answer("有效吗", as_of="2024-03-01"))
    assert [draft.get("as_of") for draft in found.drafts] == [None, "2024-03-01"]


def test_what_cases_ask_already_is_left_out(log: Log, make_case: Callable[..., Case]) -> None:
    found = log(answer("北安开小超市的刚进限,能拿多少?"), answer("别的问题"), existing=[make_case()])
    assert (found.asked_already, [draft["question"] for draft in found.drafts]) == (1, ["别的问题"])


def test_look_ups_and_clauses_that_are_gone(log: Log) -> None:
    gone = citation_json(document_number="旧文〔2011〕1号", title="旧办法")
    found = log({"event": "lookup", "query": "冷库", "matches": [gone]}, {"event": "lookup", "query": "无"})
    assert [(d["kind"], d["expect"]["status"]) for d in found.drafts] == [
        ("lookup", ["answered"]),
        ("lookup", ["not_found"]),
    ]
    assert "unknown_clause" in found.drafts[0]["tags"]
    assert any("旧文〔2011〕1号 一、 不在现有文件里" in line for line in found.left_out)


def test_nothing_is_lost_silently(log: Log) -> None:
    found = log(
        answer("好的"),
        b"",
        b"oops",
        b"\xff\xfe",
        [1],
        {"event": "click"},
        answer(""),
        answer("x", status="好"),
        answer("x", status=["answered"]),
        answer("x", history="前面"),
        mark("nobody", "right"),
        mark("nobody", "好"),
        b'{"event": "answer", "question": "\\ud800", "status": "answered"}',
    )
    assert found.read == 1
    assert [line.split(" ")[1] for line in found.left_out] == [str(n) for n in range(3, 14)]


def test_the_command_masks_appends_and_says_what_it_left(corpus: Path, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    out = tmp_path / "drafts.jsonl"

    def run(file: Path) -> Result:
        args = ["import", str(file), "--output", str(out), "--cases", str(tmp_path / "none")]
        return CliRunner().invoke(eval_group, args, obj=SimpleNamespace(corpus=corpus))

    file = written(tmp_path, answer("我叫张三丰，电话１３８1234 5678，北安进限奖多少？"), b"oops")
    first = run(file)
    assert first.exit_code == 0
    assert "第 2 行没有用上：不是 JSON。" in first.stderr
    assert read_cases(out)[0].question == "我叫[姓名]，电话[手机号]，北安进限奖多少？"
    before = out.read_bytes()
    again = run(file)
    assert "1 条文件里已经有了" in again.stderr
    assert out.read_bytes() == before
    unreadable = run(written(tmp_path, b"oops"))
    assert unreadable.exit_code == 1
    assert "没有一行能用" in unreadable.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打+86 138-1234-5678或0728-5222222", "打[手机号]或[手机号]"),
        ("身份证429006199001011234，邮箱 a.b@qq.com", "身份证[证件号]，邮箱 [邮箱]"),
        ("卡号6222021234567890123", "卡号[号码]"),
        ("微信：abc_12345 加我", "微信[账号] 加我"),
        ("姓名：欧阳小明，联系人李四", "姓名：[姓名]，联系人李四"),
        ("我叫王芳想问补贴", "我叫[姓名]想问补贴"),
        ("联系人是谁？", "联系人是谁？"),
        (
            "2023-08-28到2025-08-28，5000万元，天政办发〔2023〕25号",
            "2023-08-28到2025-08-28，5000万元，天政办发〔2023〕25号",
        ),
    ],
)
def test_masking(text: str, said: str) -> None:
    assert masked(text) == said


digits = st.sampled_from("0123456789０１２３４５６７８９٠١٢")
numbers = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@settings(deadline=None)
@given(
    st.lists(st.one_of(numbers, digits, st.text(max_size=8), st.sampled_from(["电话", "-", " ", "我叫", "，"]))).map(
        "".join
    )
)
def test_no_mobile_number_is_left(text: str) -> None:
    left = "".join(
        str(digit) if (digit := unicodedata.decimal(character, None)) is not None else character
        for character in masked(text)
    )
    assert re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", left) is None


scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12))
anything = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)),
)
fields = st.sampled_from(
    [
        "at",
        "event",
        "id",
        "question",
        "query",
        "history",
        "as_of",
        "city",
        "status",
        "citations",
        "matches",
        "mark",
        "note",
    ]
)
events = st.dictionaries(
    fields,
    st.one_of(anything, st.sampled_from(["answer", "lookup", "mark", "right", "answered", "2025-01-01"])),
    max_size=9,
)


@settings(deadline=None)
@given(st.lists(st.one_of(events, anything), max_size=5))
def test_any_log_is_read_to_drafts_that_are_cases(library: Library, values: list[Any]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder), *(json.dumps(each).encode() for each in values))
        found = import_log(file, library)
    for draft in found.drafts:
        assert parse_case(json.dumps(draft, ensure_ascii=False)).draft
    used = found.read + sum(line.startswith("第 ") for line in found.left_out)
    assert used == len(values)
