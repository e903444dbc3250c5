"""Every metric of an answer against values computed by hand, and moved by breaking what it measures."""

import pytest

from evals.cases import ClauseName
from evals.figures import unsupported
from evals.metrics.answers import unsaid
from evals.metrics.observation import same_clause
from tests.evals.conftest import Scored, answer_json, citation_json

SOUTH = {"document_number": "南政发〔2022〕3号", "title": "关于推动商贸业发展的意见", "city": "南平市"}
EXPIRED = {"validity": {"status": "expired", "expires_on": "2025-08-28"}}


def test_a_right_answer_is_right_in_everything(scored: Scored) -> None:
    values = scored(EXPIRED | {"not_say": ["8万元"]}).values
    expected = {
        "correct": True,
        "status": True,
        "content": True,
        "completeness": 1.0,
        "forbidden": False,
        "amount_exact": 1.0,
        "date_exact": None,
        "lead_figure": True,
        "first_citation": True,
        "citation_recall": 1.0,
        "citation_precision": 1.0,
        "wrong_document": False,
        "wrong_city": False,
        "validity": True,
        "boundary_validity": None,
        "true_refusal": None,
        "false_refusal": False,
        "unsupported": False,
        "follow_up": None,
        "follow_up_alone": None,
    }
    assert {key: values[key] for key in expected} == expected


def test_what_the_assistant_does_not_say_is_not_scored(scored: Scored) -> None:
    values = scored().values
    lacking = ("recall@1", "mrr@10", "follow_up_found", "verifier_miss", "verifier_false_alarm")
    assert [values[key] for key in lacking] == [None] * len(lacking)


def test_status(scored: Scored) -> None:
    wrong = scored(status="partial")
    assert not wrong.values["status"]
    assert not wrong.correct
    assert scored({"status": ["answered", "partial"]}, status="partial").values["status"]
    assert not scored(status="no such status").values["status"]


def test_content_wants_every_group_and_nothing_forbidden(scored: Scored) -> None:
    half = scored({"say": [["4万元"], ["8万元", "八万元"]]})
    assert half.values["content"] is False
    assert half.values["completeness"] == 0.5
    assert unsaid(half.seen) == ("8万元",)
    forbidden = scored({"not_say": ["4万元"]})
    assert forbidden.values["content"] is False
    assert forbidden.values["forbidden"] is True
    assert not forbidden.correct


def test_a_mark_is_not_read_as_a_figure(scored: Scored) -> None:
    assert scored({"say": [["1"]]}, answer="好的 [1]。").values["content"] is False


def test_without_groups_there_is_no_content_to_score(scored: Scored) -> None:
    result = scored({"say": []})
    assert result.values["content"] is None
    assert result.values["completeness"] is None
    assert result.correct


def test_a_look_up_may_say_it_in_the_clause_it_shows(scored: Scored) -> None:
    assert scored(case={"kind": "lookup"}, answer="鼓励进限纳统 [1]。").values["content"]
    assert scored(answer="鼓励进限纳统 [1]。").values["content"] is False


def test_first_citation_and_recall(scored: Scored) -> None:
    two = {
        "clauses": [
            {"document": "北政办发〔2023〕25号", "path": ["一、"]},
            {"document": "南政发〔2022〕3号", "path": ["二、"]},
        ]
    }
    only_first = scored(two)
    assert only_first.values["first_citation"]
    assert only_first.values["citation_recall"] == 0.5
    both = scored(two, citations=[citation_json(), citation_json(mark=2, path=["二、"], **SOUTH)])
    assert both.values["citation_recall"] == 1.0
    other_first = scored(citations=[citation_json(path=["二、"]), citation_json(mark=2)])
    assert other_first.values["first_citation"] is False
    assert other_first.values["citation_recall"] == 1.0
    none = scored(citations=[])
    assert none.values["first_citation"] is False
    assert none.values["citation_recall"] == 0.0


def test_a_clause_that_does_as_well_may_stand_first(scored: Scored) -> None:
    also = {"also": [{"document": "北政办发〔2023〕25号", "path": ["四、"]}]}
    result = scored(also, citations=[citation_json(path=["四、"])])
    assert result.values["first_citation"]
    assert result.values["citation_recall"] == 1.0


def test_wrong_city(scored: Scored) -> None:
    assert (
        scored(citations=[citation_json(), citation_json(mark=2, role="supports", **SOUTH)]).values["wrong_city"]
        is True
    )
    nearest = [citation_json(), citation_json(mark=2, role="nearest", **SOUTH)]
    assert scored(citations=nearest).values["wrong_city"] is False
    above = [citation_json(), citation_json(mark=2, city=None)]
    assert scored(citations=above).values["wrong_city"] is False
    assert scored(status="not_found").values["wrong_city"] is None
    assert scored({"clauses": []}).values["wrong_city"] is None


def test_validity_compares_what_is_stated(scored: Scored) -> None:
    assert scored({"validity": "expired"}).values["validity"]
    assert scored({"validity": {"status": "in_force"}}).values["validity"] is False
    assert scored({"validity": {"expires_on": "2025-08-29"}}).values["validity"] is False
    assert scored({"validity": {"effective_on": "2023-08-28"}}).values["validity"]
    assert scored({"validity": {"expires_on": None}}).values["validity"] is False
    assert scored(EXPIRED, citations=[]).values["validity"] is False
    assert scored().values["validity"] is None
    assert scored(EXPIRED, status="not_found").values["validity"] is None


def test_refusals(scored: Scored) -> None:
    refusal = {"status": ["not_found", "out_of_scope"], "clauses": [], "say": []}
    assert scored(refusal, status="not_found").values["true_refusal"] is True
    assert scored(refusal, status="answered").values["true_refusal"] is False
    assert scored(status="not_found").values["false_refusal"] is True
    assert scored(status="clarify").values["false_refusal"] is False
    either = {"status": ["not_found", "partial"]}
    assert scored(either).values["true_refusal"] is None
    assert scored(either).values["false_refusal"] is None


def test_an_unsupported_figure_costs_correctness(scored: Scored) -> None:
    result = scored(answer="一次性奖励4万元，另有补贴7000元 [1]。")
    assert unsupported(result.seen.answer) == ("7000元",)
    assert result.values["content"]
    assert not result.correct


@pytest.mark.parametrize(
    ("document", "path", "cited"),
    [
        ("天政办发[2023]20号", ("(八)",), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("二、", "（八）"), ("二、", "(八)")),
        ("某市若干措施", ("二", "(八)"), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("第十条",), ("第十条", "第二款")),
        ("天政办发〔2023〕20号", ("第十条", "第二款"), ("第十条",)),
        ("天政办发〔2023〕20号", ("(一)",), ("二、", "(一)", "1.")),
    ],
)
def test_the_same_clause(document: str, path: tuple[str, ...], cited: tuple[str, ...]) -> None:
    citation = {"document_number": "天政办发〔2023〕20号", "title": "某市若干措施", "path": list(cited)}
    assert same_clause(ClauseName(document, path), citation)


@pytest.mark.parametrize(
    ("document", "path", "cited"),
    [
        ("天政办发〔2023〕20号", ("(八)",), ("二、", "(十八)")),
        ("天政办发〔2023〕20号", ("三、", "(八)"), ("二、", "(八)")),
        ("天政办发〔2023〕2号", ("(八)",), ("二、", "(八)")),
        ("天政办发〔2023〕20号", ("(一)", "1."), ("二、", "(一)")),
        ("天政办发〔2023〕20号", ("(八)",), ()),
    ],
)
def test_another_clause(document: str, path: tuple[str, ...], cited: tuple[str, ...]) -> None:
    citation = {"document_number": "天政办发〔2023〕20号", "title": "某市若干措施", "path": list(cited)}
    assert not same_clause(ClauseName(document, path), citation)


def test_citation_precision(scored: Scored) -> None:
    other = citation_json(mark=2, path=["二、"], clause_id="a~h1_2")
    assert scored(citations=[citation_json(), other]).values["citation_precision"] == 0.5
    # The clause that states the term of the first: it belongs to the answer.
    basis = citation_json(mark=2, path=["四、"], clause_id="a~h1_4")
    assert scored(citations=[citation_json(), basis]).values["citation_precision"] == 1.0
    # Of a wrong one it does not.
    wrong = citation_json(path=["三、"], clause_id="a~h1_3")
    assert scored(citations=[wrong, basis]).values["citation_precision"] == 0.0
    assert scored(citations=[citation_json(), other | {"role": "nearest"}]).values["citation_precision"] == 1.0
    assert scored(status="not_found").values["citation_precision"] is None


def test_wrong_document(scored: Scored) -> None:
    assert scored(citations=[citation_json(**SOUTH), citation_json(mark=2)]).values["wrong_document"] is True
    assert scored(citations=[citation_json(path=["二、"])]).values["wrong_document"] is False
    assert scored(status="not_found", citations=[citation_json(**SOUTH)]).values["wrong_document"] is None


@pytest.mark.parametrize(
    ("as_of", "applies"),
    [
        ("2025-08-27", True),
        ("2025-08-28", True),
        ("2025-08-29", True),
        ("2025-08-30", False),
        ("2023-08-27", True),
        ("2024-03-15", False),
    ],
)
def test_validity_on_boundary_days(scored: Scored, as_of: str, applies: bool) -> None:
    expected = {"validity": {"status": "expired", "effective_on": "2023-08-28", "expires_on": "2025-08-28"}}
    assert scored(expected, as_of=as_of).values["boundary_validity"] is (True if applies else None)
    wrong = {"validity": {"status": "in_force", "effective_on": "2023-08-28", "expires_on": "2025-08-28"}}
    assert scored(wrong, as_of=as_of).values["boundary_validity"] is (False if applies else None)
    assert scored(EXPIRED, {"tags": ["boundary"]}).values["boundary_validity"] is True


def test_follow_ups_with_and_without_their_history(scored: Scored) -> None:
    history = {"history": [{"role": "user", "content": "北安零售企业进限奖多少？"}]}
    refusal = answer_json(status="not_found", citations=[])
    values = scored(case=history, alone=refusal).values
    assert (values["follow_up"], values["follow_up_alone"]) == (True, False)
    assert scored(case=history, alone=answer_json()).values["follow_up_alone"] is True
    assert scored(case=history, status="not_found").values["follow_up"] is False
    # Nobody asked again: no value, not a zero.
    assert scored(case=history).values["follow_up_alone"] is None


def test_a_wrong_figure_in_front_and_another_city_cost_correctness(scored: Scored) -> None:
    wrong_lead = scored(answer="8万元：零售企业4万元 [1]。", citations=[citation_json(text="零售4万元,批发8万元")])
    assert wrong_lead.values["content"] is True
    assert wrong_lead.values["correct"] is False
    elsewhere = scored(citations=[citation_json(), citation_json(mark=2, role="supports", **SOUTH)])
    assert elsewhere.values["first_citation"] is True
    assert elsewhere.values["correct"] is False


def test_a_clause_is_known_by_its_id_where_the_path_is_of_something_below_it(scored: Scored) -> None:
    """A case may name an item of a clause without what stands above it; the citation has the clause's path."""
    below = {"clauses": [{"document": "北政办发〔2023〕25号", "path": ["一、"]}]}
    cited = citation_json(path=["不同的", "写法"], clause_id="北政办发-2023-25~h1_1")
    assert scored(below, citations=[cited]).values["first_citation"] is True
    assert scored(below, citations=[cited]).values["citation_recall"] == 1.0


def test_what_broke_is_no_answer(scored: Scored) -> None:
    broken = scored(status="error", answer="程序内部出错（test.py:83）。", citations=[])
    assert broken.values["false_refusal"] is True
    assert broken.values["unsupported"] is False
