import json
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from assistant.pipeline import Assistant
from corpus.library import BUNDLED, Library, read_library
from evals.cases import Case, parse_case, read_cases
from evals.check import check_cases
from evals.commands import eval_group
from evals.drafts.drafting import Drafts, draft_cases, named_instruments
from evals.run import DAY

INVENTORY = BUNDLED.parent / "evals" / "inventory"
NORTH = "北政办发〔2023〕25号"
Draft = Callable[..., Result]


def drafted(library: Library, name: str, **options: object) -> Drafts:
    return draft_cases(named_instruments(name, library), library, **options)  # type: ignore[arg-type]


def cases_of(drafts: Drafts) -> dict[str, Case]:
    cases = [parse_case(json.dumps(line, ensure_ascii=False), "drafts.jsonl:1") for line in drafts.lines]
    return {case.question: case for case in cases}


def asked(cases: dict[str, Case], words: str) -> Case:
    """The one case whose question has these words."""
    return next(case for question, case in cases.items() if words in question)


@pytest.fixture
def draft(library: Library, corpus: Path, tmp_path: Path) -> Draft:
    (tmp_path / "none").mkdir()
    shell = SimpleNamespace(corpus=corpus)
    return lambda *args: CliRunner().invoke(
        eval_group, ["draft", *map(str, args), "--cases", str(tmp_path / "none")], obj=shell
    )


def test_what_is_given_is_asked_and_expected_as_printed(library: Library) -> None:
    cases = cases_of(drafted(library, NORTH))
    retail = asked(cases, "当年首次进限的零售企业")
    assert retail.kind == "amount"
    assert "北安" in retail.question
    assert "4万元" not in retail.question
    assert retail.expect.say == (("4万元",),)
    assert [str(name) for name in retail.expect.clauses] == [f"{NORTH} 一、"]
    assert retail.source == ("对当年首次进限的零售企业,一次性奖励4万元",)
    assert retail.expect.validity is not None
    assert str(retail.expect.validity.expires_on) == "2025-08-28"
    assert retail.split == "dev"
    assert retail.draft


def test_a_rate_and_its_cap_are_asked_apart(library: Library) -> None:
    cases = cases_of(drafted(library, "south")).values()
    found = {case.kind: case for case in cases if case.expect.clauses and case.expect.clauses[0].path == ("三、",)}
    assert found["rate"].expect.say == (("10%",),)
    assert found["cap"].expect.say == (("100万元",),)
    assert "百分之几" in found["rate"].question
    assert "100万元" not in found["cap"].question


def test_validity_is_asked_on_the_last_day_and_the_day_after(library: Library) -> None:
    cases = [case for case in cases_of(drafted(library, NORTH)).values() if case.kind == "validity" and case.as_of]
    found = {str(case.as_of): case.expect.validity for case in cases}
    assert {day: each and each.status for day, each in found.items()} == {
        "2025-08-28": "in_force",
        "2025-08-29": "expired",
    }


def test_offices_a_look_up_and_a_near_miss(library: Library) -> None:
    cases = list(cases_of(drafted(library, NORTH)).values())
    by_kind = {case.kind: case for case in cases}
    assert by_kind["interpretation"].expect.say == (("市商务局",),)
    assert by_kind["lookup"].question == f"{NORTH} 一、"
    near = by_kind["near_miss"]
    assert near.expect.status == {"not_found"}
    assert not any(city in near.question for city in ("北安", "南平"))
    assert near.expect.not_say


def test_the_assistant_is_asked_the_drafts_and_gives_what_they_expect(library: Library, assistant: Assistant) -> None:
    for case in cases_of(drafted(library, NORTH)).values():
        answer = assistant.ask(case.request(DAY)).as_json()
        assert answer["status"] in case.expect.status, case.question
        said = answer["answer"] + "".join(citation["text"] for citation in answer["citations"])
        for group in case.expect.say:
            assert any(words in said for words in group), case.question


@pytest.mark.parametrize("folder", [BUNDLED, INVENTORY / "unseen", INVENTORY / "invented"], ids=lambda path: path.name)
def test_drafts_of_any_document_hold_against_it(folder: Path) -> None:
    library = read_library(folder)
    existing = read_cases(BUNDLED.parent / "evals" / "cases") if folder == BUNDLED else ()
    drafts = draft_cases(library.instruments, library, existing)
    cases = cases_of(drafts)
    assert len(drafts.lines) > 10 * len(library.documents)
    assert check_cases([*existing, *cases.values()], library) == ()
    assert len({line["id"] for line in drafts.lines}) == len(drafts.lines)
    assert drafts == draft_cases(library.instruments, library, existing)
    assert all(case.draft for case in cases.values())
    for question, case in cases.items():
        assert 8 <= len(question) <= 120, question
        assert not re.search(r"，，|[，。：]？|。|\n|\||，，|^[，、：]", question), question
        if case.kind in ("amount", "rate", "cap"):
            assert re.search(r"多少|几|封顶|上限", question), question


def test_tiers_are_asked_one_by_one_by_their_whole_names() -> None:
    library = read_library(INVENTORY / "unseen")
    cases = cases_of(drafted(library, "41-liangge-yijian"))
    tiers = {q: c.expect.say[0][0] for q, c in cases.items() if "市级农业产业化重点龙头企业，" in q and c.expect.say}
    assert [(q.split("，")[-1][:4], said) for q, said in tiers.items()][:2] == [
        ("国家级这", "50万元"),
        ("省级这一", "20万元"),
    ]


def test_an_instrument_is_named_in_many_ways() -> None:
    library = read_library(BUNDLED)
    one = named_instruments("天政办发-2023-26", library)
    assert len(one) == 1
    for name in ("天政办发[2023]26号", "天政办发（2023）26号", one[0].title, f"《{one[0].title}》"):
        assert named_instruments(name, library) == one
    bundle = named_instruments("天政办发【2023】25号", library)
    assert len(bundle) == 5
    assert {i.document_id for i in named_instruments("tianmen-gazette-2023-03.txt", library)} == {one[0].document_id}
    assert named_instruments("天政办发〔2023〕99号", library) == ()
    # Of a bundle the number names no single one: the title does.
    names = {
        case.expect.clauses[0].document
        for case in cases_of(draft_cases(bundle, library)).values()
        if case.expect.clauses
    }
    assert names == {instrument.title for instrument in bundle}


def test_a_clause_stays_in_its_split_and_no_case_is_drafted_twice(
    library: Library, make_case: Callable[..., Case]
) -> None:
    first = drafted(library, NORTH)
    known = make_case(split="test", id=first.lines[0]["id"])
    again = drafted(library, NORTH, existing=[known])
    assert first.lines[0]["id"] not in [line["id"] for line in again.lines]
    assert again.left_out["已有这条用例"] == 1
    of_first = [line for line in again.lines if {"document": NORTH, "path": ["一、"]} in line["expect"]["clauses"]]
    assert of_first
    assert {line["split"] for line in of_first} == {"test"}
    assert check_cases([known, *cases_of(again).values()], library) == ()


def test_a_limit_takes_of_every_kind(library: Library) -> None:
    few = drafted(library, NORTH, limit=4)
    assert len(few.lines) == 4
    assert len({line["kind"] for line in few.lines}) == 4
    everything = list(drafted(library, NORTH).lines)
    assert [line for line in everything if line in few.lines] == list(few.lines)


def test_the_command_appends_and_leaves_what_is_there(draft: Draft, tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    assert draft(NORTH, "--output", file, "--limit", 3).exit_code == 0
    kept = read_cases(file)
    assert len(kept) == 3
    edited = file.read_bytes().replace(b"\n", b"\r\n", 1).rstrip(b"\n")
    file.write_bytes(edited)
    result = draft("北政办发[2023]25号", "--output", file)
    assert result.exit_code == 0
    assert "3 条文件里已经有了" in result.stderr
    assert file.read_bytes().startswith(edited + b"\n")
    assert len(read_cases(file)) == int(re.findall(r"起草了 (\d+) 条", result.stderr)[0]) + 3


def test_drafts_go_to_stdout_and_what_is_missing_is_said(draft: Draft) -> None:
    result = draft("south")
    assert all(json.loads(line)["draft"] for line in result.stdout.splitlines())
    assert f"起草了 {len(result.stdout.splitlines())} 条草稿" in result.stderr
    missing = draft("没有这份文件")
    assert missing.exit_code == 3
    assert "没有“没有这份文件”这个文件" in missing.stderr
    assert "南政发-2022-3" in missing.stderr


def test_a_mistyped_year_costs_its_own_drafts_alone(tmp_path: Path) -> None:
    text = (
        "北安市商贸业发展若干措施\n北政办发〔2023〕25号\n一、鼓励进限。对首次进限的零售企业,一次性奖励4万元。\n"
        "二、本措施自5895年8月1日起施行,有效期2年,由市商务局负责解释。\n北安市人民政府\n2023年8月1日\n"
    )
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "typo.txt").write_text(text, encoding="utf-8")
    library = read_library(tmp_path)
    drafts = draft_cases(library.instruments, library)
    assert any("零售企业" in line["question"] for line in drafts.lines)
    assert all("5895" not in str(line.get("as_of")) for line in drafts.lines)
