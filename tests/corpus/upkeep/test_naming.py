"""Names for files that come into a corpus folder."""

import pytest

from corpus.upkeep.naming import clean_name, free_id, free_name, readable_id


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("甲政办发〔2024〕3号 关于工业的意见（试行）.txt", "甲政办发〔2024〕3号 关于工业的意见（试行）.txt"),
        ("意见.MD", "意见.MD"),
        ("../../etc/passwd.txt", "passwd.txt"),
        (r"..\..\windows\意见.txt", "意见.txt"),
        (".隐藏.txt", "隐藏.txt"),
        ("~$意见.docx", "意见.docx"),
        ("-rf.txt", "rf.txt"),
        (".txt", "文件.txt"),
        ("..", "文件"),
        ("", "文件"),
        ("甲\n\t\u3000乙.txt", "甲 乙.txt"),
        ('甲:乙*"丙"?.txt', "甲 乙 丙.txt"),
        ("甲\u202e\u200b\x07乙\ue000.txt", "甲乙.txt"),
        ("甲 .txt", "甲.txt"),
        ("e\N{COMBINING ACUTE ACCENT}.txt", "\N{LATIN SMALL LETTER E WITH ACUTE}.txt"),
    ],
)
def test_a_name_is_kept_where_it_can_be(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert clean_name(clean) == clean


def test_a_long_name_is_cut_between_characters_and_keeps_its_ending() -> None:
    clean = clean_name(f"{'关于' * 200}.txt")
    assert clean.startswith("关于关于")
    assert clean.endswith(("关.txt", "于.txt"))
    assert 150 < len(clean.encode()) <= 210


def test_a_name_that_is_used_gets_a_position() -> None:
    assert free_name("甲.txt", {"乙.txt"}) == "甲.txt"
    assert free_name("甲.txt", {"甲.txt", "甲-2.txt"}) == "甲-3.txt"
    assert free_name("A.txt", {"a.TXT"}) == "A-2.txt"
    assert free_name("甲", {"甲"}) == "甲-2"


def test_an_id_has_no_blanks_and_no_signs_of_paths() -> None:
    assert readable_id("甲 乙~丙.txt") == "甲-乙-丙"
    assert readable_id("下级/甲.txt") == "下级-甲"
    assert free_id("甲", ["甲", "乙"]) == "甲-2"
