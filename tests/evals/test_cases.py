import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.answer import Status, Turn
from corpus.model import ValidityStatus
from evals.cases import ClauseName, parse_case, read_cases
from evals.errors import CaseError
from tests.evals.conftest import MakeCase, case_json


def line(expect: dict[str, Any] | None = None, **fields: Any) -> str:
    return json.dumps(case_json(expect, **fields), ensure_ascii=False)


def test_a_whole_case(make_case: MakeCase) -> None:
    history = [{"role": "user", "content": "批发呢"}, {"role": "assistant", "content": "8万元 [1]。"}]
    case = make_case(
        {
            "status": ["answered", "partial"],
            "also": [{"document": "北政办发〔2023〕25号", "path": ["四、"]}],
            "say": [["4万元", "四万元"], ["2年"]],
            "not_say": ["8万元"],
            "validity": {"status": "in_force", "effective_on": "2023-08-28", "expires_on": None},
        },
        history=history,
        as_of="2024-03-15",
        city="北安",
        tags=["lay"],
        source=["一次性奖励4万元", "有效期2年"],
    )
    assert case.expect.status == {Status.ANSWERED, Status.PARTIAL}
    assert case.expect.clauses == (ClauseName("北政办发〔2023〕25号", ("一、",)),)
    assert str(case.expect.also[0]) == "北政办发〔2023〕25号 四、"
    assert case.expect.say == (("4万元", "四万元"), ("2年",))
    assert case.history == (Turn("user", "批发呢"), Turn("assistant", "8万元 [1]。"))
    assert case.source == ("一次性奖励4万元", "有效期2年")
    validity = case.expect.validity
    assert validity is not None
    assert validity.status is ValidityStatus.IN_FORCE
    assert validity.stated == {"status", "effective_on", "expires_on"}
    assert case.unknown_fields == ()
    request = case.request(date(2026, 11, 22))
    assert (request.as_of, request.city, request.id) == (date(2024, 3, 15), "北安", "north-1")


def test_the_least_case() -> None:
    values = {"id": 7, "question": "你好", "kind": "out_of_scope", "split": "dev", "expect": {"status": "out_of_scope"}}
    case = parse_case(json.dumps(values))
    assert case.id == "7"
    assert case.expect.status == {Status.OUT_OF_SCOPE}
    assert case.request(date(2026, 11, 22)).as_of == date(2026, 11, 22)


def test_validity_may_be_a_bare_status(make_case: MakeCase) -> None:
    validity = make_case({"validity": "unknown"}).expect.validity
    assert validity is not None
    assert validity.status is ValidityStatus.UNKNOWN
    assert validity.stated == {"status"}


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("{", "不是 JSON"),
        ("[]", "应为一个 JSON 对象"),
        (line(id=""), "缺少 id"),
        (line(kind=None), "缺少 kind"),
        (line(split=None), "缺少 split"),
        (line(question=" "), "缺少 question"),
        (line(as_of="昨天"), "日期 '昨天' 不对"),
        (line(history=[{"role": "boss", "content": "x"}]), "history 不对"),
        (line(tags=[1]), "tags 应为文字的列表"),
        (line(source=3), "source 应为文字的列表"),
        (line({"status": []}), "expect.status 是空的"),
        (line({"status": ["fine"]}), "expect.status 不能是 fine"),
        (line({"clauses": "一、"}), "expect.clauses 应为列表"),
        (line({"clauses": [{"document": "北政办发〔2023〕25号", "path": []}]}), "expect.clauses 第 1 项应有"),
        (line({"also": [{"path": ["一、"]}]}), "expect.also 第 1 项应有"),
        (line({"say": "4万元"}), "expect.say 应为列表"),
        (line({"say": [[]]}), "expect.say 第 1 组 是空的"),
        (line({"say": [["4万元"], [""]]}), "expect.say 第 2 组 里有空的文字"),
        (line({"not_say": [4]}), "expect.not_say 应为文字的列表"),
        (line({"validity": {"status": "valid"}}), "expect.validity.status 不能是 valid"),
        (line({"validity": {"expires_on": "2025年8月"}}), "expect.validity.expires_on 应为"),
        (line({"validity": {"until": "2025-08-28"}}), "expect.validity 没有 until"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, broken: str, said: str) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(f"{line()}\n\n{broken}\n", encoding="utf-8")
    with pytest.raises(CaseError) as error:
        read_cases(file)
    assert str(error.value).startswith(f"{file}:3 ")
    assert said in str(error.value)


def test_all_that_is_wrong_is_said_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(f"{line(id='', kind='')}\n", encoding="utf-8")
    (tmp_path / "b.jsonl").write_text(f"{line()}\n{line()}\n", encoding="utf-8")
    with pytest.raises(CaseError) as error:
        read_cases(tmp_path)
    said = str(error.value).split("\n")
    assert said == [
        f"{tmp_path / 'a.jsonl'}:1 缺少 id。",
        f"{tmp_path / 'a.jsonl'}:1 缺少 kind。",
        f"{tmp_path / 'b.jsonl'}:2 编号 north-1 与 {tmp_path / 'b.jsonl'}:1 重复。",
    ]


def test_a_folder_is_read_file_by_file_and_split(tmp_path: Path) -> None:
    (tmp_path / "b.jsonl").write_text(line(id="3", split="test"), encoding="utf-8")
    (tmp_path / "a.jsonl").write_text("\ufeff" + line(id="1") + "\n" + line(id="2", split="test"), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a case", encoding="utf-8")
    assert [case.id for case in read_cases(tmp_path)] == ["1", "2", "3"]
    assert [case.id for case in read_cases(tmp_path, "test")] == ["2", "3"]
    assert read_cases(tmp_path)[1].place == f"{tmp_path / 'a.jsonl'}:2"
    with pytest.raises(CaseError, match="没有 train 部分的用例；有：dev、test"):
        read_cases(tmp_path, "train")


def test_nothing_to_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="没有 \\.jsonl 文件"):
        read_cases(tmp_path)
    with pytest.raises(CaseError, match="读不出来"):
        read_cases(tmp_path / "none.jsonl")
    (tmp_path / "gbk.jsonl").write_bytes("用例".encode("gbk"))
    with pytest.raises(CaseError, match="不是 UTF-8"):
        read_cases(tmp_path)


def test_a_line_separator_inside_a_text_is_no_end_of_line(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text(line(question="第一行\u2028第二行"), encoding="utf-8")
    assert read_cases(file)[0].question == "第一行\u2028第二行"


def test_what_is_unknown_is_kept_for_the_check(make_case: MakeCase) -> None:
    case = make_case({"not_sya": []}, remark="x")
    assert case.unknown_fields == ("remark", "expect.not_sya")
