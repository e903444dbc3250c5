"""Paths read from printed labels and from addresses."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import GROUPING_LEVELS, OUTLINE_LEVELS, Level, Provision, ProvisionPath, Step
from corpus.numerals import han_number


@pytest.mark.parametrize(
    ("label", "address", "levels"),
    [
        ("第十二条第二款第(三)项", "art_12__para_2__subpara_3", [Level.ARTICLE, Level.PARAGRAPH, Level.SUBPARAGRAPH]),
        ("第十二条第二款第三项第1目", "art_12__para_2__subpara_3__item_1", None),
        ("第十二条（三）2.", "art_12__subpara_3__item_2", [Level.ARTICLE, Level.SUBPARAGRAPH, Level.ITEM]),
        ("第10条之一", "art_10-1", [Level.ARTICLE]),
        ("第１２条", "art_12", None),
        ("第 一 条", "art_1", None),
        ("第一千二百六十条", "art_1260", None),
        ("第二章第三节第九条", "art_9", [Level.ARTICLE]),
        ("第二章", "chp_2", [Level.CHAPTER]),
        ("第二章第三节", "sec_3", [Level.SECTION]),
        ("第二章第一节一、(三)", "chp_2__sec_1__h1_1__h2_3", None),
        ("第一部分二、", "part_1__h1_2", [Level.PART, Level.OUTLINE_1]),
        ("第一分编", "part_1", [Level.PART]),
        ("四、(十八)", "h1_4__h2_18", [Level.OUTLINE_1, Level.OUTLINE_2]),
        ("四、（十八）", "h1_4__h2_18", None),
        ("二、(六)2.", "h1_2__h2_6__h3_2", None),
        ("二、㈥⒉⑴①", "h1_2__h2_6__h3_2__h4_1__h5_1", list(OUTLINE_LEVELS)),
        ("2、(3)", "h3_2__h4_3", [Level.OUTLINE_3, Level.OUTLINE_4]),
        ("三、(一)1.专栏1", "h1_3__h2_1__h3_1__box_1", None),
        ("通知二、", "notice__h1_2", [Level.NOTICE, Level.OUTLINE_1]),
        ("一、第3段", "h1_1__para_3", [Level.OUTLINE_1, Level.PARAGRAPH]),
        ("一、三是", "h1_1__ordinal_3", [Level.OUTLINE_1, Level.ORDINAL]),
        ("附件1", "annex_1", [Level.ANNEX]),
        ("附  件", "annex_1", None),
        ("附表二", "annex_2", None),
        ("末段", "tail_1", [Level.TAIL]),
        ("题头", "head", [Level.HEAD]),
        ("第3段", "para_3", None),
    ],
)
def test_printed_labels(label: str, address: str, levels: list[Level] | None) -> None:
    path = ProvisionPath.parse(label)
    assert str(path) == address
    assert levels is None or [step.level for step in path.steps] == levels


@pytest.mark.parametrize(
    "label",
    ["第十二条第二款第(三)项", "第十条之一第（一）项第2目", "四、(十八)", "通知二、", "专栏1", "附件2", "第二章一、"],
)
def test_a_path_reads_out_the_label_that_it_was_read_from(label: str) -> None:
    assert ProvisionPath.parse(label).label == label


@pytest.mark.parametrize(
    "label",
    [
        "",
        " ",
        "天门",
        "第百百条",
        "(十八)四、",
        "第二款第十条",
        "一、二、",
        "末段一、",
        "题头第一条",
        "第一节第一章",
        "第一条第一章",
        "第",
        "第条",
        "——纺织织造",
        "见第一条",
        "第一条规定",
        "第一条;",
    ],
)
def test_what_is_no_label_is_said_so(label: str) -> None:
    with pytest.raises(ValueError, match="不是条款标号"):
        ProvisionPath.parse(label)


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("art_12__para_2__subpara_3__item_1", "第十二条第二款第(三)项第1目"),
        ("art_10-1", "第十条之一"),
        ("h1_4__h2_18__h3_1__h4_2__h5_3", "四、(十八)1.(2)③"),
        ("notice__h1_2__para_2", "通知二、第2段"),
        ("head_2", "题头"),
        ("tail_1", "末段"),
        ("annex_1", "附件1"),
        ("chp_3", "第三章"),
        ("turn_4__ordinal_3_2", "三是"),
        ("h1_2__dash_4", "二、"),
    ],
)
def test_addresses_with_their_usual_labels(address: str, label: str) -> None:
    path = ProvisionPath.parse_address(address)
    assert (str(path), path.label) == (address, label)


@pytest.mark.parametrize(
    "address", ["", "art", "art_", "art_x", "_1", "head__", "h6_1", "第一条", "art_1_2_3", "art_1__", "ART_1"]
)
def test_what_is_no_address_is_said_so(address: str) -> None:
    with pytest.raises(ValueError, match="不是条款地址"):
        ProvisionPath.parse_address(address)


NUMBERS = st.integers(1, 1999)
SMALL = st.integers(1, 20)


@st.composite
def paths(draw: st.DrawFn) -> ProvisionPath:
    """Paths as documents print them, in either scheme."""
    if draw(st.booleans()):
        chain = [Level.ARTICLE, Level.PARAGRAPH, Level.SUBPARAGRAPH, Level.ITEM]
    else:
        chain = [Level.NOTICE, *OUTLINE_LEVELS, draw(st.sampled_from([Level.PARAGRAPH, Level.BOX, Level.ORDINAL]))]
    kept = draw(st.lists(st.sampled_from(chain[1:]), unique=True)) if draw(st.booleans()) else chain
    levels = [level for level in chain if level in kept or level is chain[0] is Level.ARTICLE]
    parts = []
    for level in levels:
        number = draw(NUMBERS) if level is Level.ARTICLE else draw(SMALL)
        after = f"-{draw(SMALL)}" if level is Level.ARTICLE and draw(st.booleans()) else ""
        parts.append("notice" if level is Level.NOTICE else f"{level.value}_{number}{after}")
    return ProvisionPath.parse_address("__".join(parts or ["h1_1"]))


@given(paths())
def test_the_label_of_a_path_says_its_address(path: ProvisionPath) -> None:
    assert str(ProvisionPath.parse(path.label)) == str(path)
    wide = path.label.translate(str.maketrans("0123456789().", "０１２３４５６７８９（）．"))
    assert str(ProvisionPath.parse(wide)) == str(path)
    assert str(ProvisionPath.parse(" ".join(path.label))) == str(path)


LEVELS = st.sampled_from([level for level in Level if level not in (Level.HEAD, Level.NOTICE)])


@given(st.lists(st.builds(Step, LEVELS, NUMBERS.map(str), st.just(""), st.integers(1, 9)), min_size=1, max_size=5))
def test_an_address_says_its_levels_and_numbers(steps: list[Step]) -> None:
    address = str(ProvisionPath(tuple(steps)))
    found = ProvisionPath.parse_address(address)
    assert str(found) == address
    assert [(s.level, s.number, s.occurrence) for s in found.steps] == [
        (s.level, s.number, s.occurrence) for s in steps
    ]


@given(st.text(alphabet="第一二十百(（)）1２.、条之款项目章节段附件专栏是题头末通知 ㈠①", max_size=40))
def test_any_text_is_a_label_or_is_said_to_be_none(text: str) -> None:
    try:
        path = ProvisionPath.parse(text)
    except ValueError:
        return
    assert str(ProvisionPath.parse(path.label)) == str(path)


def has_printed_number(provision: Provision) -> bool:
    """Whether each step of a provision's path is printed; a dash, a speaker and an unnumbered heading are not."""
    if any(not step.label or step.level in (Level.DASH, Level.TURN) for step in provision.path.steps):
        return False
    return provision.level not in GROUPING_LEVELS or provision.label.startswith("第")


def test_a_label_that_is_the_only_one_in_its_instrument_leads_to_its_provision(library, statutes) -> None:
    checked = 0
    for source in (library, statutes):
        for instrument in source.instruments:
            provisions = list(instrument.walk())
            labels = Counter(provision.path.label for provision in provisions)
            for provision in provisions:
                assert str(ProvisionPath.parse_address(str(provision.path))) == str(provision.path)
                if labels[provision.path.label] == 1 and has_printed_number(provision):
                    assert str(ProvisionPath.parse(provision.path.label)) == str(provision.path)
                    checked += 1
    assert checked > 700


@pytest.mark.parametrize("unit", ["第", "第一", "(一)", "一、", "第一条", "附件", "1", " ", "art_1__", "_"])
def test_long_text_is_refused_at_once(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    with pytest.raises(ValueError, match="不是条款标号"):
        ProvisionPath.parse(text)
    with pytest.raises(ValueError, match="不是条款地址"):
        ProvisionPath.parse_address(f"{text}?")


def test_the_usual_label_of_a_number_is_that_of_laws() -> None:
    assert [ProvisionPath.parse_address(f"art_{n}").label for n in (9, 10, 12, 110, 1260)] == [
        f"第{han_number(n)}条" for n in (9, 10, 12, 110, 1260)
    ]
