from typing import Any

from corpus.library import Library
from evals.cases import ClauseName
from evals.check import check_cases
from evals.naming import clauses_named, provisions_named
from evals.variety import overlap
from tests.evals.conftest import MakeCase


def test_a_right_case_passes(make_case: MakeCase, library: Library) -> None:
    assert check_cases([make_case()], library) == ()


def test_widths_and_blanks_of_a_source_do_not_matter(make_case: MakeCase, library: Library) -> None:
    assert check_cases([make_case(source="零售企业， 一次性奖励４万元")], library) == ()


def problems(library: Library, *cases: Any) -> str:
    return "\n".join(check_cases(cases, library))


def test_a_source_that_stands_nowhere(make_case: MakeCase, library: Library) -> None:
    said = problems(library, make_case(source="一次性奖励5万元", place="x.jsonl:4"))
    assert said == "x.jsonl:4 north-1：source 不在文件里：一次性奖励5万元"


def test_a_source_of_another_document(make_case: MakeCase, library: Library) -> None:
    assert "source 不在文件里" in problems(library, make_case(source="奖励50万元"))


def test_every_source_of_several_is_looked_for(make_case: MakeCase, library: Library) -> None:
    assert problems(library, make_case(source=["一次性奖励4万元", "没有的话"])).endswith("没有的话")


def test_an_answer_without_a_source(make_case: MakeCase, library: Library) -> None:
    assert "没有写 source" in problems(library, make_case(source=""))
    assert problems(library, make_case({"status": ["not_found"], "clauses": [], "say": []}, source="")) == ""


def test_a_clause_that_is_not_there(make_case: MakeCase, library: Library) -> None:
    absent = {"clauses": [{"document": "北政办发〔2023〕25号", "path": ["九、"]}]}
    assert "没有这个条款：北政办发〔2023〕25号 九、" in problems(library, make_case(absent))
    also = {"also": [{"document": "北政办发〔2023〕26号", "path": ["一、"]}]}
    assert "没有这个条款：北政办发〔2023〕26号 一、" in problems(library, make_case(also))


def test_a_misspelt_field(make_case: MakeCase, library: Library) -> None:
    assert "没有 expect.not_sya 这个字段" in problems(library, make_case({"not_sya": ["8万元"]}))


def test_a_clause_in_two_splits(make_case: MakeCase, library: Library) -> None:
    dev, test = make_case(id="a"), make_case(id="b", split="test", place="cases.jsonl:2")
    said = problems(library, dev, test)
    assert said.startswith("cases.jsonl:2 b：北政办发〔2023〕25号 一、 既在 test 又在 dev（a）")
    by_title = make_case(
        {"clauses": [{"document": "北安市促进商贸业发展若干措施", "path": ["一、"]}]}, id="c", split="test"
    )
    assert "一个条款只能在一个部分" in problems(library, dev, by_title)
    other = make_case(
        {"clauses": [{"document": "北政办发〔2023〕25号", "path": ["二、"]}]}, id="d", split="test", source="8万元"
    )
    assert problems(library, dev, other) == ""


def test_a_clause_is_named_by_number_or_title(library: Library) -> None:
    by_number = clauses_named(ClauseName("北政办发[2023]25号", ("一、",)), library)
    assert len(by_number) == 1
    assert clauses_named(ClauseName("北安市促进商贸业发展若干措施", ("一、",)), library) == by_number
    assert not provisions_named(ClauseName("北政办发〔2023〕2号", ("一、",)), library)


def test_overlap_is_the_share_of_the_question_that_stands_in_the_clause(make_case: MakeCase, library: Library) -> None:
    copied = make_case(question="当年首次进限的零售企业")
    assert overlap(copied, library) == 1.0
    assert overlap(make_case(question="开小超市能拿钱吗"), library) == 0.0
    half = overlap(make_case(question="零售企业小超市开门"), library)
    # 零售 售企 企业 of 零售 售企 企业 业小 小超 超市 市开 开门
    assert half == 3 / 8
    assert overlap(make_case({"clauses": []}), library) is None


def test_what_is_to_be_said_stands_in_the_document(make_case: MakeCase, library: Library) -> None:
    wrong = make_case({"say": [["4万元"], ["5万元"]]})
    assert check_cases([wrong], library) == ("cases.jsonl:1 north-1：say 里的“5万元”不在文件里，请照文件抄写。",)
    assert check_cases([make_case({"say": [["40,000元", "4万元"]]})], library) == ()


def test_a_day_that_was_computed_stands_in_the_expected_validity(make_case: MakeCase, library: Library) -> None:
    stated = {"say": [["2025年8月28日"]], "validity": {"expires_on": "2025-08-28"}}
    assert check_cases([make_case(stated)], library) == ()
    (problem,) = check_cases([make_case({"say": [["2025年8月28日"]]})], library)
    assert "2025年8月28日" in problem
    silent = {"say": [["未写明"]], "validity": {"status": "unknown"}}
    assert check_cases([make_case(silent, kind="validity")], library) == ()
