import pytest

from corpus.library import Library
from evals.check import check_cases
from evals.variety import copied, overlap, pattern
from tests.evals.conftest import MakeCase

NORTH = "北政办发〔2023〕25号"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("北安零售企业一次性奖励多少？", "〇…多少"),
        ("零售企业能拿多少钱", "…能拿多少钱"),
        ("我1家店，能拿50万吗？", "我#家店,能拿#万吗"),
        ("一次性奖励对当年首次进限", "…"),
    ],
)
def test_the_pattern_is_what_the_clause_does_not_say(
    make_case: MakeCase, library: Library, question: str, left: str
) -> None:
    assert pattern(make_case(question=question), library) == left


def test_without_a_clause_the_words_of_all_documents_are_taken_out(make_case: MakeCase, library: Library) -> None:
    case = make_case({"clauses": [], "status": ["not_found"]}, question="冷库能拿多少补助？")
    assert pattern(case, library) == "…能拿多少…"


def test_no_more_than_three_may_be_alike(make_case: MakeCase, library: Library) -> None:
    alike = [make_case(id=f"n{number}", question=f"零售企业能拿{'多' * number}少") for number in range(3)]
    same = [make_case(id=f"s{number}", question="零售企业能拿多少钱") for number in range(4)]
    assert check_cases([*alike, *same[:3]], library) == ()
    (problem,) = check_cases([*alike, *same], library)
    assert problem == "4 条用例是同一个句式“…能拿多少钱”（最多 3 条）：s0、s1、s2、s3。"
    # Drafts are worded by a template until a person has reworded them.
    assert check_cases([*same[:3], make_case(id="draft", draft=True, question="零售企业能拿多少钱")], library) == ()


def test_at_most_a_third_may_copy_the_clause(make_case: MakeCase, library: Library) -> None:
    copy = make_case(id="copy", question="对当年首次进限的零售企业,一次性奖励多少")
    own = [make_case(id=f"own{n}", question=f"开小超市{'好' * n}，能拿几个钱") for n in range(9)]
    copies = [make_case(id=f"copy{n}", question=f"对当年首次进限的零售企业,一次性奖励多{'多' * n}少") for n in range(5)]
    share = overlap(copy, library)
    assert share is not None
    assert share > 0.5
    assert copied([copy, *own], library) == ((copy, share),)
    assert check_cases([copy, *own], library) == ()
    (problem,) = check_cases([*copies, *own], library)
    assert problem.startswith("5 条问题照抄了条款（共有 14 条写明了条款")
    # Of a few cases the share says nothing: somebody has only begun.
    assert check_cases([copy, own[0]], library) == ()
