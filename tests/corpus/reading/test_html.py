"""Saved web pages → text, body, and what the page says of its document."""

from __future__ import annotations

import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.errors import CorpusError
from corpus.model import DocumentNumber
from corpus.reading.html import read_html

ARTICLE = """
<p>&emsp;&emsp;为促进商贸企业发展,
制定本意见。</p>
<p>一、对新增入统的企业给予一次性奖励。<!-- 二、旧稿 --></p>
<p style="display: none">隐藏的句子。</p><p hidden>也隐藏。</p><span aria-hidden="true">也隐藏。</span>
<table><tr><th>类型</th><th>金额</th></tr><tr><td><p>批发</p><p>企业</p></td><td>8万元</td></tr></table>
<p>二、本意见自印发之日起施行,有效期2年。<br>三、由市商务局负责解释。</p>
<p>甲市人民政府办公室</p><p>2023年8月28日</p>
"""
BODY = [
    "\u2003\u2003为促进商贸企业发展,制定本意见。",
    "一、对新增入统的企业给予一次性奖励。",
    "类型 | 金额",
    "批发 企业 | 8万元",
    "二、本意见自印发之日起施行,有效期2年。",
    "三、由市商务局负责解释。",
    "甲市人民政府办公室",
    "2023年8月28日",
]
PAGE = """<!DOCTYPE html><html><head><meta charset="{charset}">
<meta name="ArticleTitle" content="关于支持商贸企业的意见"><meta name="PubDate" content="2023-08-29 10:00">
<meta name="ContentSource" content="甲市人民政府办公室"><title>关于支持商贸企业的意见_政策文件_甲市人民政府</title>
<script>var a = "第一条 不是正文。";</script><style>p {{ }}</style></head><body><form id="aspnetForm">
<div class="top"><a href="/">首页</a>
<a href="/zwgk">政务公开</a><ul><li><a>机构</a></li><li><a>政策</a></li></ul></div>
<div class="wrap"><h1>关于支持商贸企业的意见</h1>
<table><tr><td>索 引 号：</td><td>0001/2023</td><td>发文字号：</td><td>甲政办发〔2023〕25号</td></tr>
<tr><td>发布机构：</td><td>甲市人民政府办公室</td><td>成文日期：</td><td>2023年08月28日</td></tr></table>
<div id="zoom">{article}</div></div>
<div class="more"><h3>相关文章</h3><ul><li><a>一、一篇旁的文章,说了很多。</a></li></ul></div>
<div class="foot"><p>主办：甲市人民政府 版权所有。</p><p>网站标识码4290060001 京ICP备1号</p></div>
</form></body></html>"""


def page(article: str = ARTICLE, charset: str = "utf-8") -> bytes:
    return PAGE.format(article=article, charset=charset).encode({"gb2312": "gb18030"}.get(charset, charset))


@pytest.mark.parametrize("charset", ["utf-8", "gb2312"])
def test_the_body_of_a_page_without_its_chrome(charset: str) -> None:
    content = read_html(page(charset=charset), "甲.html")
    assert content.body is not None
    assert content.body.of(content.text).splitlines() == BODY


def test_the_page_says_its_encoding_where_the_bytes_leave_a_choice() -> None:
    data = '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>一、給予獎勵。</p>'.encode("big5")
    assert read_html(data, "甲.html").text == "一、給予獎勵。\n"


def test_the_text_is_the_whole_visible_page() -> None:
    text = read_html(page(), "甲.html").text
    assert text.splitlines()[:3] == ["首页 政务公开", "机构", "政策"]
    assert text.splitlines()[-1] == "网站标识码4290060001 京ICP备1号"
    assert not any(hidden in text for hidden in ("隐藏", "旧稿", "不是正文", "{"))


def test_what_the_page_says_of_its_document() -> None:
    facts = read_html(page(), "甲.html").page
    assert facts.title == "关于支持商贸企业的意见"
    assert facts.number == DocumentNumber("甲政办发", 2023, 25)
    assert facts.issuer == "甲市人民政府办公室"
    assert (facts.date, facts.published_on) == (date(2023, 8, 28), date(2023, 8, 29))


@pytest.mark.parametrize(
    ("above", "number", "day"),
    [
        ("<p>文号：甲政发〔2024〕3号　　成文日期：2024-01-02</p>", "甲政发〔2024〕3号", date(2024, 1, 2)),
        (
            "<dl><dt>【发文字号】</dt><dd>甲政发[2024]3号</dd><dt>发文日期</dt><dd>2024年1月2日</dd></dl>",
            "甲政发〔2024〕3号",
            date(2024, 1, 2),
        ),
        ("<p>来源：甲市</p><p>有效性：有效</p>", None, None),
        ("<table><tr><td>文 号</td><td></td><td>公开日期</td><td>2024-01-02</td></tr></table>", None, None),
    ],
)
def test_labelled_values_above_the_text(above: str, number: str | None, day: date | None) -> None:
    facts = read_html(f"<body><div>{above}</div><div>{ARTICLE}</div></body>".encode(), "甲.html").page
    assert (str(facts.number) if facts.number else None, facts.date) == (number, day)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>关于甲的实施办法 - 乙市人民政府</title>", "关于甲的实施办法"),
        ("<title>乙市人民政府</title></head><body><h1>关于丙的实施意见</h1>", "关于丙的实施意见"),
        ("<title>首页</title>", ""),
    ],
)
def test_a_title_without_meta_elements(head: str, title: str) -> None:
    assert read_html(f"<html><head>{head}<p>甲乙丙丁。</p></html>".encode(), "甲.html").page.title == title


def test_a_page_that_is_laid_out_in_tables() -> None:
    article = "".join(f"<p>{number}、对企业给予奖励,以实际到账为准。</p>" for number in "一二三四五六七八九十")
    data = f"<table><tr><td><a>导航一</a><br><a>导航二</a></td><td>{article}</td></tr></table>".encode()
    content = read_html(data, "甲.html")
    assert content.body is not None
    assert content.body.of(content.text).splitlines()[0] == "一、对企业给予奖励,以实际到账为准。"
    assert len(content.body.of(content.text).splitlines()) == 10


def test_an_annex_outside_of_the_main_block_is_not_lost() -> None:
    article = "".join(f"<p>{number}、对企业给予奖励,以实际到账为准。</p>" for number in "一二三四五六七八九十")
    data = f"<div><a>导航</a></div><div><div>{article}</div><div><p>第一条 附件中的办法。</p></div></div>".encode()
    content = read_html(data, "甲.html")
    assert content.body is not None
    assert content.body.of(content.text).splitlines()[-1] == "第一条 附件中的办法。"


def test_preformatted_text_keeps_its_lines() -> None:
    assert read_html("<pre>一、甲\n二、乙</pre>".encode(), "甲.html").text == "一、甲\n二、乙\n"


def test_an_entity_is_never_resolved() -> None:
    data = '<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><p>&e;甲乙。</p>'.encode()
    assert "root:" not in read_html(data, "甲.html").text


@pytest.mark.parametrize(
    "data",
    [b"<div>" * 100_000 + "甲。".encode(), b"<p>" + b"x" * 11_000_000 + "<p>甲。".encode(), b"<table><tr><td>" * 5_000],
    ids=["deep", "one long word", "tables in tables"],
)
def test_what_the_parser_would_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"甲\.html 中的网页元素嵌套过深或过大"):
        read_html(data, "甲.html")


@pytest.mark.parametrize("data", [b"<html></html>", b"<script>a()</script>", b"<a " * 1_000, b"<!-- -->"])
def test_a_page_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(CorpusError, match=r"甲\.html 是没有文字的网页"):
        read_html(data, "甲.html")


WHOLE = page()


@settings(max_examples=100, deadline=None)
@given(
    st.integers(0, len(WHOLE)),
    st.integers(0, 300),
    st.sampled_from([b"", b"<", b"</div>", b"<table>", b"<form><p", b"<!--", b"&#0;", b"\x00\xff", b"<br></tr></td>"]),
)
def test_damage_gives_a_text_or_a_sentence(at: int, cut: int, new: bytes) -> None:
    with contextlib.suppress(CorpusError):
        content = read_html(WHOLE[:at] + new + WHOLE[at + cut :], "甲.html")
        assert content.body is None or 0 <= content.body.start < content.body.end <= len(content.text)
