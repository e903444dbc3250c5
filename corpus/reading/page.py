"""What a government web page says of its document outside of the document's own words.

Two sources: the meta elements that 政府网站发展指引 (国办发〔2017〕47号) prescribes for a page with an article
(ArticleTitle, PubDate, ContentSource), and the labelled values that pages print above the text, as a table or as lines
(发文字号: …, 成文日期: …).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.dates import FULL_DATE, NUMERIC_DATE, date_of
from corpus.folding import fold
from corpus.model import DocumentNumber, Span
from corpus.reading.alone import as_line
from corpus.reading.content import PageFacts
from corpus.structure.titles import looks_like_title, names_offices

if TYPE_CHECKING:
    from lxml.etree import _Element

#: The labels that pages print, by what they label; the others only end the value before them.
_LABELS = {
    "number": "发文字号|发文文号|文件编号|文号",
    "issuer": "发文机关|发文单位|制发机关|发布机构|发布机关|公开机构",
    "date": "成文日期|成文时间|生成日期|发文日期|发文时间|印发日期|印发时间",
    "published": "发布日期|发布时间|公开日期|公开时间",
    "title": "标题|名称|公文名称|文件名称",
    "other": "索引号|信息索引号|主题分类|主题词|关键词|信息分类|体裁|组配分类|有效性|效力状态|来源|信息来源|浏览次数|"
    "字体|字号|分享|阅读|点击|作者|发布人|语种|公开方式|公开范围|废止日期|失效日期|施行日期|实施日期|生效日期",
}


def _spread(words: str) -> str:
    """A pattern for words whose characters may stand apart: 文 号."""
    return "|".join(r"[^\S\n]{0,4}".join(word) for word in words.split("|"))


#: 发文字号: 天政办发〔2023〕26号, 【文 号】…, 成文日期 | 2023年8月28日.
_LABEL = re.compile(
    rf"(?:^|(?<=[\s|\[【]))(?:{'|'.join(f'(?P<{name}>{_spread(labels)})' for name, labels in _LABELS.items())})"
    r"[^\S\n]{0,4}(?:[\]】][^\S\n]{0,4}[:]?|[:|]|$)",
    re.MULTILINE,
)
#: So much of a page may stand above its document, so much of a document may be the page's table.
_ABOVE, _WITHIN = 20_000, 1_000
_TITLE_ENDS = re.compile(r"\s*[_|]\s*|\s+[-–—]+\s+|(?<=[\u4e00-\u9fff])-(?=[\u4e00-\u9fff])")
_SHORTEST_TITLE = 6


def facts_of_page(root: _Element, text: str, body: Span | None) -> PageFacts:
    """The facts of a parsed page whose text is ``text``."""
    metas = {(m.get("name") or "").strip().lower(): (m.get("content") or "").strip() for m in root.iter("meta")}
    start = body.start if body else 0
    labelled = _labelled(text[max(0, start - _ABOVE) : start + _WITHIN])
    source = metas.get("contentsource", "")
    return PageFacts(
        title=metas.get("articletitle") or labelled.get("title", "") or _heading(root),
        number=_number(labelled.get("number", "")),
        issuer=labelled.get("issuer", "") or (source if names_offices(as_line(source)) else ""),
        date=_day(labelled.get("date", "")),
        published_on=_day(labelled.get("published", "")) or _day(metas.get("pubdate", "")),
    )


def _labelled(text: str) -> dict[str, str]:
    """The first value of each label; a label that ends its line labels the next one."""
    found = list(_LABEL.finditer(fold(text)))
    values: dict[str, str] = {}
    for i, label in enumerate(found):
        stop = found[i + 1].start() if i + 1 < len(found) else len(text)
        value = _VALUE.match(text, label.end(), stop)
        if value and label.lastgroup:
            values.setdefault(label.lastgroup, value[1].strip(_AROUND))
    return values


_AROUND = " \u3000\u00a0[]【】"
#: What stands behind a label: on its line, in the next cell, or on the next line.
_VALUE = re.compile(rf"[|{re.escape(_AROUND)}]*\n?[|{re.escape(_AROUND)}]*([^\n|]+)")


def _number(value: str) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(value)
    except ValueError:
        return None


def _day(value: str) -> dt.date | None:
    folded = fold(value)
    found = FULL_DATE.search(folded) or NUMERIC_DATE.search(folded)
    return date_of(found) if found else None


def _heading(root: _Element) -> str:
    """The page's heading that reads like a document's title, else what the browser's window is called."""
    named = list(_headings(root))
    return next((words for words in named if looks_like_title(as_line(words))), named[-1] if named else "")


def _headings(root: _Element) -> Iterator[str]:
    for element in root.iter("h1", "h2", "title"):
        words = " ".join("".join(element.itertext()).split())
        first = _TITLE_ENDS.split(words, maxsplit=1)[0] if element.tag == "title" else words
        if _SHORTEST_TITLE <= len(first) <= 200:
            yield first
