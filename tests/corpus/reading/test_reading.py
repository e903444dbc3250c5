"""Files of each format through all stages: instruments, provisions and facts, nothing lost."""

from __future__ import annotations

import contextlib
from datetime import date
from pathlib import Path

import pytest

from corpus.document import DocumentReading, read_document
from corpus.errors import CorpusError
from corpus.manifest import DocumentEntry
from corpus.model import Span
from tests.corpus.reading.pages import pdf, typeset
from tests.corpus.reading.test_html import ARTICLE, page
from tests.corpus.reading.word import docx, level, listed, lists, p

STATUTE = [
    "甲市支持商贸企业发展办法",
    "第一条　为了支持商贸企业发展，根据有关法律、法规，结合本市实际，制定本办法。",
    "第二条　对新增入统的商贸企业给予一次性奖励4万元；对年销售额首次突破一亿元的商贸企业，再给予一次性奖励10万元。",
    "同一企业不重复享受前款规定的奖励，就高不就低，奖励资金由市、县（市、区）两级财政按照比例分担。",
    "第三条　本办法自2023年9月1日起施行，有效期2年。",
]


@pytest.fixture
def read(tmp_path: Path):
    """A file with these bytes through all stages."""

    def read_bytes(data: bytes, name: str, entry: DocumentEntry | None = None) -> DocumentReading:
        path = tmp_path / name
        path.write_bytes(data)
        return read_document(path, name, entry)

    return read_bytes


def articles(reading: DocumentReading) -> dict[str, list[str]]:
    """The lines of each article, without the label's blank."""
    return {
        clause.path.labels[0]: [line.strip().replace("　", " ") for line in clause.text.splitlines() if line]
        for clause in reading.clauses
        if clause.path.labels[0].startswith("第")
    }


EXPECTED = {
    "第一条": [STATUTE[1].replace("　", " ")],
    "第二条": [STATUTE[2].replace("　", " "), STATUTE[3]],
    "第三条": [STATUTE[4].replace("　", " ")],
}


def word_file() -> bytes:
    numbering = lists(level(0, "第%1条", "chineseCountingThousand", '<w:suff w:val="space"/>'))
    body = p(STATUTE[0]) + "".join(
        listed(words.partition("　")[2]) if words.startswith("第") else p(words) for words in STATUTE[1:]
    )
    return docx(body, numbering)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("甲.txt", "\n".join(STATUTE).encode("gb18030")),
        ("甲.docx", word_file()),
        ("甲.pdf", pdf(typeset("\n".join(STATUTE)))),
        ("甲.html", "".join(f"<p>{words}</p>" for words in STATUTE).encode()),
        ("甲.md", f"# {STATUTE[0]}\n\n".encode() + "\n\n".join(STATUTE[1:]).replace("第三条", "**第三条**").encode()),
    ],
    ids=["txt", "docx", "pdf", "html", "md"],
)
def test_one_statute_is_the_same_in_every_format(read, unplaced, name: str, data: bytes) -> None:
    reading = read(data, name)
    assert articles(reading) == EXPECTED
    assert reading.instruments[0].title == STATUTE[0]
    assert reading.instruments[0].validity.expires_on is not None
    assert unplaced(reading) == []
    assert not any(clause.repaired for clause in reading.clauses)


def test_a_page_gives_its_body_and_the_facts_that_this_does_not_say(read, unplaced) -> None:
    reading = read(page(), "甲.html")
    (instrument,) = reading.instruments
    assert str(instrument.number) == "甲政办发〔2023〕25号"
    assert instrument.title == "关于支持商贸企业的意见"
    assert instrument.date == date(2023, 8, 28)
    assert [part.reason for part in reading.document.left_out] == ["网页页眉、导航", "网页页脚"]
    assert unplaced(reading) == []
    assert "没有识别出标题" not in reading.document.warnings


def test_the_documents_own_words_and_the_manifest_come_before_the_page(read) -> None:
    own = ARTICLE.replace("<p>&emsp;", "<p>甲市人民政府关于另一事项的办法</p><p>甲政发〔2024〕1号</p><p>&emsp;", 1)
    (instrument,) = read(page(own), "甲.html").instruments
    assert (instrument.title, str(instrument.number)) == ("甲市人民政府关于另一事项的办法", "甲政发〔2024〕1号")
    stated = {"title": "拟的标题", "issuer": "乙局", "date": date(2023, 1, 2)}
    entry = DocumentEntry.model_validate({"id": "甲", "file": "甲.html", "instrument": [stated]})
    unsigned = ARTICLE.replace("<p>2023年8月28日</p>", "").replace("<p>甲市人民政府办公室</p>", "")
    (instrument,) = read(page(unsigned), "甲.html", entry=entry).instruments[:1]
    assert (instrument.title, instrument.issuer, instrument.date) == ("拟的标题", "乙局", date(2023, 1, 2))


def test_the_facts_of_a_page_are_not_given_to_several_documents(read) -> None:
    first = "<p>甲政发〔2024〕1号</p><p>关于一事的通知</p><p>一、做好此事。</p>"
    second = first + "<p>甲政发〔2024〕2号</p><p>关于二事的通知</p><p>一、做好彼事。</p>"
    numbers = {str(instrument.number) for instrument in read(page(second), "甲.html").instruments}
    assert numbers == {"甲政发〔2024〕1号", "甲政发〔2024〕2号"}


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".docx", ".pdf", ".doc"])
@pytest.mark.parametrize("keep", [0, 7, 200, 600])
def test_a_file_that_was_cut_off_is_read_or_refused_by_name(read, unplaced, suffix: str, keep: int) -> None:
    whole = {
        ".docx": word_file(),
        ".pdf": pdf(typeset("\n".join(STATUTE))),
        ".html": page(),
        ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900),
    }.get(suffix, "\n".join(STATUTE).encode())
    with contextlib.suppress(CorpusError):
        assert unplaced(read(whole[:keep], f"甲{suffix}")) == []


def test_the_body_of_a_page_stands_where_it_stood_after_repairs(read) -> None:
    reading = read(
        page(ARTICLE.replace("商贸企业", "商\u200b贸企业,、")).replace("首页".encode(), "首\u200b页".encode()),
        "甲.html",
    )
    first, last = reading.document.left_out
    text = reading.document.text
    assert first.span.start == 0
    assert text[first.span.end :].lstrip().startswith("为促进商贸企业、发展")
    assert last.span == Span(text.index("相关文章"), len(text))
