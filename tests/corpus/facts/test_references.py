"""Words that point to documents and provisions, and what the corpus has of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts.places import Places
from corpus.facts.references import Directory, references_of, resolved
from corpus.model import DocumentNumber

OUTLINE = "甲市若干措施\n一、甲。\n二、{}\n三、丙。"
STATUTE = "甲市办法\n第一条 甲:\n(一)乙;\n(二)丙。\n丁。\n第二条 戊。\n{}\n第三条 己。"


def pointed(reading, address: str) -> list[tuple[str, str]]:
    """The references of a clause: their words and the addresses of what they point to."""
    (clause,) = [c for c in reading.clauses if str(c.path) == address]
    for reference in clause.references:
        assert reading.document.text[reference.span.start : reference.span.end] == reference.text
    return [(r.text, " ".join(t.split("~")[1] for t in r.targets) or r.address) for r in clause.references]


@pytest.mark.parametrize(
    ("text", "words", "number", "title"),
    [
        (
            "根据《乙省若干措施》(乙政办发〔2023〕9号)精神",
            "《乙省若干措施》(乙政办发〔2023〕9号)",
            "乙政办发〔2023〕9号",
            "乙省若干措施",
        ),
        (
            "根据《乙省若干措施》（乙政办发[2023]9号）精神",
            "《乙省若干措施》（乙政办发[2023]9号）",
            "乙政办发〔2023〕9号",
            "乙省若干措施",
        ),
        ("按照国发〔2019〕23号执行", "国发〔2019〕23号", "国发〔2019〕23号", ""),
        ("市财政局以乙财〔2022〕58号印发", "乙财〔2022〕58号", "乙财〔2022〕58号", ""),
        ("按乙财〔2022〕58号第四条办理", "乙财〔2022〕58号第四条", "乙财〔2022〕58号", ""),
        ("国务院令第361号公布", "国务院令第361号", None, "国务院令第361号"),
        ("执行《国民经济行业分类》", "《国民经济行业分类》", None, "国民经济行业分类"),
        ("《关于印发〈乙措施〉的通知》", "《关于印发〈乙措施〉的通知》", None, "关于印发〈乙措施〉的通知"),
    ],
)
def test_documents(read, text: str, words: str, number: str | None, title: str) -> None:
    reading = read(OUTLINE.format(text))
    (clause,) = [c for c in reading.clauses if str(c.path) == "h1_2"]
    (reference,) = clause.references
    assert (reference.text, reference.title) == (words, title)
    assert reference.number == (DocumentNumber.parse(number) if number else None)


def test_forms_and_certificates_are_no_documents(read) -> None:
    assert pointed(read(OUTLINE.format("填写《奖励申请表》,出具《资质证书》,见《某日报》。")), "h1_2") == []


def test_the_number_of_the_document_itself_points_nowhere(read) -> None:
    reading = read("甲政办发〔2024〕1号\n甲市若干措施\n各部门:\n根据甲政发〔2023〕5号制定。\n一、甲。\n二、乙。")
    assert pointed(reading, "head") == [("甲政发〔2023〕5号", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("依照本办法第三条办理。", [("本办法第三条", "art_3")]),
        ("依照第一条第（二）项办理。", [("第一条第（二）项", "art_1__para_1__subpara_2")]),
        ("依照第一条第二款办理。", [("第一条第二款", "art_1__para_2")]),
        ("依照第一条至第三条办理。", [("第一条至第三条", "art_1 art_2 art_3")]),
        ("依照第一至三条办理。", [("第一至三条", "art_1 art_2 art_3")]),
        ("依照第一、三条办理。", [("第一、三条", "art_1 art_3")]),
        ("依照第一条、第三条办理。", [("第一条", "art_1"), ("第三条", "art_3")]),
        ("依照前款规定办理。", [("前款", "art_2__para_1")]),
        ("依照上款规定办理。", [("上款", "art_2__para_1")]),
        ("依照第二款规定办理。", [("第二款", "art_2__para_2")]),
        ("依照第五项规定办理。", [("第五项", "art_2")]),
        ("第三项目组。", []),
        ("本条所称企业。", [("本条", "art_2")]),
        ("依照前条规定办理。", [("前条", "art_1")]),
        ("依照第九条办理。", [("第九条", "art_9")]),
        ("依照《乙法》第九条办理。", [("《乙法》第九条", "art_9")]),
    ],
)
def test_provisions_of_a_statute(read, text: str, expected: list[tuple[str, str]]) -> None:
    assert pointed(read(STATUTE.format(text)), "art_2") == expected


def test_an_article_of_an_outline_is_its_numbered_heading(read) -> None:
    assert pointed(read(OUTLINE.format("此条奖励与第一条奖励不重复享受。")), "h1_2") == [
        ("此条", "h1_2"),
        ("第一条", "h1_1"),
    ]
    running = "甲市措施\n一、甲\n(一)乙。\n(二)丙。\n二、丁\n(三)戊。按第二条执行。"
    assert pointed(read(running), "h1_2__h2_3") == [("第二条", "h1_1__h2_2")]


def test_what_the_corpus_has_of_a_document_is_resolved(read) -> None:
    earlier = read("甲政发〔2020〕7号\n甲市促进工业十条\n各部门:\n一、甲。\n二、乙。", "旧.txt")
    other = read("乙市商贸意见\n一、甲。\n二、乙。", "他.txt")
    repealing = "《甲市促进工业十条》(甲政发〔2020〕7号)、《乙市商贸意见》第二条、丙发〔2020〕1号废止。"
    text = f"甲市办法\n第一条 甲。\n第二条 {repealing}"
    later = read(text, "新.txt")
    directory = Directory.of([i for each in (earlier, other, later) for i in each.instruments])
    clause = resolved(later.clauses[-1], directory)
    ten, opinion = earlier.instruments[0].id, other.instruments[0].id
    assert [r.targets for r in clause.references] == [(ten,), (f"{opinion}~art_2",), ()]
    assert clause.relations[0].targets == (ten, f"{opinion}~art_2")


def test_every_reference_of_the_sample_to_its_own_provisions_is_there(library) -> None:
    inside = [r for c in library.clauses for r in c.references if r.address and not (r.title or r.number)]
    assert len(inside) > 5
    for instrument in library.instruments:
        places = Places(instrument.provisions)
        for clause in library.of_instrument(instrument.id):
            for reference in clause.references:
                for target in reference.targets:
                    owner, _, address = target.partition("~")
                    assert owner in library.instrument
                    assert owner != instrument.id or address in places


@given(
    st.lists(
        st.sampled_from([*"第一二条款项前本《》〔〕()号令至、和的 0129", "第一条", "2023", "国务院"]), max_size=40
    ).map("".join)
)
def test_no_text_breaks_the_reading(text: str) -> None:
    from corpus.model import Clause, Instrument, Kind, Level, ProvisionPath, Scheme, Span, Step, Validity

    path = ProvisionPath((Step(Level.OUTLINE_1, "1", "一、"),))
    clause = Clause("i~h1_1", "i", path, Level.OUTLINE_1, (), Span(0, len(text)), text)
    instrument = Instrument("i", "d", None, "甲", "", None, "", Kind.OTHER, Scheme.OUTLINE, Validity(), ())
    found = references_of(clause, instrument, Places(()))
    assert all(text[r.span.start : r.span.end] == r.text for r in found)


AMENDING = """甲市关于修改部分文件的通知
甲政办发〔2025〕1号
一、对《乙办法》（甲政办发〔2023〕6号）作如下修改：
（一）将第三条第一款修改为“丙”。
（二）本通知第二条不变。
二、第一条照旧。将《丁细则》第六条、第八条中的“戊”改为“己”。"""


def test_articles_that_a_notice_changes_are_those_of_the_document_it_names(read) -> None:
    reading = read(AMENDING)
    named = {(r.text, r.title, r.address) for c in reading.clauses for r in c.references}
    assert named >= {("第三条第一款", "乙办法", "art_3__para_1"), ("第八条", "丁细则", "art_8")}
    own = {text for text, title, _ in named if not title}
    assert own == {"本通知第二条", "第一条"}
    directory = Directory.of(read("乙办法\n甲政办发〔2023〕6号\n第一条 甲。\n第二条 乙。").instruments)
    targets = {
        r.text: r.targets for clause in reading.clauses for r in resolved(clause, directory).references if r.title
    }
    assert targets["第三条第一款"] == ("甲政办发-2023-6~art_3__para_1",)
