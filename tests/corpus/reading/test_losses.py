"""Where characters seem to be lost."""

import pytest

from corpus.reading.losses import lost_characters


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("第一条 为了发展\ufffd\ufffd经济。", "共 1 处:第 8 字“条 为了发展\ufffd\ufffd经济。”"),
        ("荆门高新区?掇刀区的工业", "共 1 处:第 5 字“荆门高新区?掇刀区的工业”"),
        ("申请锟斤拷锟斤拷材料", "共 1 处"),
        ("甲?乙。丙?丁。戊?己。庚?辛。", "共 4 处:第 1 字“甲?乙。丙?丁。”、第 5 字“甲?乙。丙?丁。戊?己。”、第 9 字"),
    ],
)
def test_traces_of_lost_characters_are_shown_with_their_place(text: str, places: str) -> None:
    (warning,) = lost_characters(text)
    assert warning.startswith(f"疑有字节丢失,{places}")


@pytest.mark.parametrize(
    "text", ["这项政策有何影响?下一步怎么办?请介绍。", "企业是否可以申请?可以。", "能否兼得？不能", "A?B", ""]
)
def test_a_question_is_none(text: str) -> None:
    assert lost_characters(text) == []


def test_the_bundled_documents_show_only_what_is_lost(library) -> None:
    found = {document.id: [w for w in document.warnings if "字节丢失" in w] for document in library.documents}
    assert all(not warnings or document.startswith("jingmen") for document, warnings in found.items())
