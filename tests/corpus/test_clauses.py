"""Trees → clauses: what is indexed and cited."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clauses import clauses_of
from corpus.document import read_document
from corpus.model import GROUPING_LEVELS, OUTLINE_LEVELS, Level


def test_a_clause_is_a_stretch_of_its_document_and_its_id_is_its_own(library, statutes) -> None:
    for source in (library, statutes):
        assert len(source.clause) == len(source.clauses)
        for clause in source.clauses:
            instrument = source.instrument[clause.instrument_id]
            assert clause.id == f"{instrument.id}~{clause.path}"
            assert clause.text == clause.span.of(source.document[instrument.document_id].text)
            assert clause.text == clause.text.strip()
            assert len(clause.digest) == 16


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["一、甲", "(一)乙。", "1.丙", "丁", "。", "[责任单位:某局]", "\n", "第一条 戊", "第二条 己", "附件"]
        ),
        max_size=40,
    )
)
def test_any_text_gives_clauses_that_are_stretches_of_it(tmp_path_factory, pieces: list[str]) -> None:
    path = tmp_path_factory.mktemp("any") / "甲.txt"
    path.write_text("".join(pieces), encoding="utf-8")
    reading = read_document(path, "甲.txt")
    assert len({clause.id for clause in reading.clauses}) == len(reading.clauses)
    assert all(clause.text == clause.span.of(reading.document.text) for clause in reading.clauses)
    facts = [f for c in reading.clauses for f in (*c.amounts, *c.quantities, *c.periods)]
    assert all(fact.text == fact.span.of(reading.document.text) for fact in facts if fact.text.isdigit())


def test_figures_and_periods_stand_where_their_spans_say(library) -> None:
    for clause in library.clauses:
        text = library.document[library.instrument[clause.instrument_id].document_id].text
        for fact in (*clause.amounts, *clause.quantities, *clause.periods):
            assert fact.span in clause.span
            assert fact.span.of(text) == fact.text
        for term in clause.terms:
            assert term.span is not None
            assert term.span in clause.span
            assert term.basis in clause.text


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("个体工商户发展若干措施", ("四、", "(十八)")),
        ("个体工商户发展若干措施", ("末段",)),
        ("现代化工产业", ("二、", "(一)", "1.")),
        ("涉企补偿救济", ("第九条",)),
        ("推进新型工业化", ("附件",)),
        ("推进新型工业化三年", ("题头",)),
        ("数字经济发展", ("三、", "(一)", "1.", "专栏1")),
        ("数字经济发展", ("三、", "(二)", "7.")),
        ("商贸企业进限纳统", ("一、",)),
        ("任务分解", ("通知", "二、")),
        ("任务分解", ("一、", "第3段")),
        ("鄂州市推动", ("二、", "(六)", "2.")),
        ("新质生产力", ("天门市科技局局长夏齐飞", "三是")),
    ],
)
def test_printed_paths(library, clause, title: str, path: tuple[str, ...]) -> None:
    assert clause(library, title, *path).path.labels == path


def test_what_is_below_a_clause_can_be_addressed(library) -> None:
    labels = {p.path.labels for i in library.instruments for p in i.walk()}
    assert {("二、", "(一)", "——纺织织造"), ("第十条", "第二款"), ("第十四条", "第一款", "(三)")} <= labels


def test_an_article_is_a_clause_with_all_its_paragraphs_and_items(read) -> None:
    reading = read("甲市某办法\n第一章 总则\n第一条 甲:\n(一)乙;\n(二)丙。\n丁。\n第二条 戊。")
    articles = [clause for clause in reading.clauses if clause.level is Level.ARTICLE]
    assert [clause.text for clause in articles] == ["第一条 甲:\n(一)乙;\n(二)丙。\n丁。", "第二条 戊。"]
    assert articles[0].headings == ("第一章 总则",)


def test_the_smallest_numbered_heading_is_a_clause_with_its_unnumbered_paragraphs(read) -> None:
    reading = read("某某方案\n一、任务\n引导各部门落实下列各项任务安排。\n(一)甲。乙。\n丙。\n(二)丁。\n二、保障\n戊。")
    assert [(str(clause.path), clause.text, clause.headings) for clause in reading.clauses[1:]] == [
        ("h1_1", "一、任务\n引导各部门落实下列各项任务安排。", ("任务",)),
        ("h1_1__h2_1", "(一)甲。乙。\n丙。", ("任务", "甲")),
        ("h1_1__h2_2", "(二)丁。", ("任务", "丁")),
        ("h1_2", "二、保障\n戊。", ("保障",)),
    ]


@pytest.mark.parametrize(
    ("units", "paths"),
    [
        ("[责任单位:某局]", ["h1_1__para_1", "h1_1__para_2", "h1_1__para_3"]),
        ("", ["h1_1"]),
    ],
)
def test_paragraphs_with_units_of_their_own_are_clauses_of_their_own(read, units: str, paths: list[str]) -> None:
    reading = read(f"某某方案\n一、任务\n甲。{units}\n乙。\n丙。{units}\n")
    assert [str(clause.path) for clause in reading.clauses if clause.level is not Level.HEAD] == paths


@pytest.mark.parametrize("sum_", ["10万元", "十万元", "百分之五的"])
def test_a_heading_that_states_a_fact_is_a_clause_before_those_below_it(read, sum_: str) -> None:
    text = f"甲措施\n一、给予{sum_}奖励，条件如下：\n（一）乙。\n二、2024年任务\n（一）丁。\n三、修改《戊办法》\n1.己。"
    reading = read(text)
    assert [str(c.path) for c in reading.clauses if "__" not in str(c.path)] == ["head", "h1_1", "h1_3"]
    (lead,) = [c for c in reading.clauses if str(c.path) == "h1_1"]
    assert (lead.text, [a.text for a in lead.amounts]) == (f"一、给予{sum_}奖励，条件如下：", [sum_.rstrip("的")])


def test_no_clause_is_only_a_heading(library) -> None:
    for clause in library.clauses:
        if clause.level in OUTLINE_LEVELS:
            assert len(clause.text) > len(clause.path.steps[-1].label) + len(
                clause.headings[-1] if clause.headings else ""
            ) or ("," in clause.text)
        assert clause.level not in GROUPING_LEVELS


def test_only_clauses_of_repaired_words_say_so(library) -> None:
    said = {library.instrument[clause.instrument_id].city: clause.repaired for clause in library.clauses}
    assert said["鄂州市"]
    assert not said["襄阳市"]
    (repaired,) = [clause for clause in library.clauses if clause.repaired and "荆门高新区·掇刀区" in clause.text]
    assert repaired.path.labels == ("二、", "(一)")
    assert sum(clause.repaired for clause in library.of_instrument(repaired.instrument_id)) == 1


def test_clauses_follow_the_text(library) -> None:
    for instrument in library.instruments:
        text = library.document[instrument.document_id].text
        starts = [clause.span.start for clause in clauses_of(instrument, text, ())]
        assert starts == sorted(starts)
