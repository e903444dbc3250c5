"""The chat page: gradio's components and events, and the document that they are served in.

    composer (HTML) ──submit──▶ reply ──change──▶ page.js puts the turn into the conversation

The conversation of a visitor is a ``gr.State``: what was said, kept on the server for that visitor alone.
Importing this module imports gradio, which takes seconds: it is imported where the application is put together.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Answer, Request, Turn
from assistant.incoming import RequestError, read_day
from assistant.render import NOTICE
from assistant.web import cards
from assistant.web.guard import QUESTION_LIMIT
from corpus.errors import PolicyError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from assistant.pipeline import Assistant
    from corpus.library import Library

_log = logging.getLogger(__name__)

TITLE = "惠企政策问答"
#: Messages of the conversation that go with a follow-up.
REMEMBERED = 20
ASSETS = {"page.css": "text/css", "page.js": "text/javascript"}

#: No reports home, and no summary of up to 10,000 past events drawn up anew after each one.
_GRADIO = {
    "GRADIO_ANALYTICS_ENABLED": "False",
    "GRADIO_ANALYTICS_MAX_EVENTS": "100",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**9),
}

_EMPTY = "请先写下想问的事，例如奖补金额、申报条件、办理期限，或者直接写文号和条款。"
_TOO_LONG = f"问题太长了，请缩短到 {QUESTION_LIMIT} 字以内。"
_BROKEN = "服务出了问题，这次没有答成。请稍后再试；问题一直存在时，请告诉维护人员。"


@cache
def asset(name: str) -> bytes:
    """The page's own style sheet or script."""
    return Path(__file__).with_name(name).read_bytes()


def mount(app: FastAPI, assistant: Assistant, examples: Sequence[str], today: Callable[[], date]) -> None:
    """Serve the chat page at ``/`` of ``app``. ``today`` is read once for every question."""
    os.environ |= _GRADIO
    gr.mount_gradio_app(
        app,
        _blocks(assistant, examples, today),
        path="/",
        footer_links=[],
        run_history=False,
        allowed_paths=[],
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]),
    )


def _blocks(assistant: Assistant, examples: Sequence[str], today: Callable[[], date]) -> gr.Blocks:
    def respond(said: Sequence[Turn], event: gr.EventData) -> Iterator[tuple[str, Sequence[Turn]]]:
        yield from reply(assistant, said, event._data, today())

    plain: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    blocks: gr.Blocks
    with gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True) as blocks:
        said = gr.State(())
        gr.HTML(_conversation(assistant.library, examples), elem_id="conversation", **plain)
        composer = gr.HTML(
            _composer(assistant.library),
            elem_id="composer",
            apply_default_css=False,
            js_on_load="policyPage.compose(element, trigger)",
        )
        fragment = gr.HTML("", visible=False, **plain)
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        answered = composer.submit(respond, [said], [fragment, said], concurrency_limit=8, **quiet)
        answered.then(None, js="() => policyPage.ready()", **quiet)
        fragment.change(None, [fragment], None, js="(html) => policyPage.show(html)", **quiet)
    blocks.queue(max_size=256)
    return blocks


def reply(
    assistant: Assistant, said: Sequence[Turn], asked: Mapping[str, Any] | None, today: date
) -> Iterator[tuple[str, Sequence[Turn]]]:
    """The turn for what the composer sent, first as waiting, then answered; with each, the conversation so far."""
    asked = asked if isinstance(asked, Mapping) else {}
    said = () if asked.get("fresh") else said
    question, city, day = (str(asked.get(name) or "").strip() for name in ("question", "city", "day"))
    turn_id = f"t{secrets.token_hex(5)}"
    if not question or len(question) > QUESTION_LIMIT:
        yield cards.told(turn_id, question[:QUESTION_LIMIT], _TOO_LONG if question else _EMPTY), said
        return
    try:
        as_of = read_day(day, today) if day else today
    except RequestError as error:
        yield cards.told(turn_id, question, str(error)), said
        return
    yield cards.asked(turn_id, question), said
    known = city if city in assistant.library.cities else None
    request = Request(question=question, as_of=as_of, history=tuple(said), city=known)
    try:
        answer = assistant.ask(request)
    except PolicyError as error:
        yield cards.told(turn_id, question, str(error)), said
        return
    except Exception:  # noqa: BLE001 - the page stays usable, and the log has the place
        _log.exception("a question could not be answered")
        yield cards.told(turn_id, question, _BROKEN), said
        return
    said = (*said, Turn("user", question), Turn("assistant", answer.text))[-REMEMBERED:]
    yield cards.answered(turn_id, answer, _repaired(assistant.library, answer)), said


def _repaired(library: Library, answer: Answer) -> frozenset[str]:
    """The cited clauses whose document was repaired when it was read."""
    return frozenset(
        citation.clause_id
        for citation in answer.citations
        if (instrument := library.instrument.get(citation.instrument_id)) is not None
        and library.document[instrument.document_id].repairs
    )


def _conversation(library: Library, examples: Sequence[str]) -> str:
    """What a visitor sees first, and below it the place where the turns go."""
    cities = "、".join(library.cities)
    chips = "".join(
        f'<li><button type="button" data-question>{escape(question)}</button></li>' for question in examples
    )
    return (
        '<section class="welcome" aria-label="使用说明">'
        "<h2>想问什么，直接写一句话</h2>"
        f"<p>收录{escape(cities)}的 {len(library.instruments)} 份文件，只按文件原文回答："
        "奖补多少、什么条件、何时截止、找哪个部门、文件是否还有效。"
        "答复里的每个数字都能点开原文核对；文件里没有写的，会直接告诉您没有。</p>"
        + (f'<p class="label">可以这样问</p><ul class="examples">{chips}</ul>' if chips else "")
        + f"{_shelf(library)}</section>"
        '<section id="log" aria-label="问答记录"></section>'
        '<p id="spoken" class="unseen" role="status" aria-live="polite"></p>'
    )


def _shelf(library: Library) -> str:
    """The documents that answers can rest on, by city."""
    by_city: dict[str, list[str]] = {}
    for instrument in library.instruments:
        number = f" {instrument.number}" if instrument.number else ""
        entry = f"<li><cite>《{escape(instrument.title)}》</cite>{escape(number)}</li>"
        by_city.setdefault(instrument.city or "其他", []).append(entry)
    lists = "".join(f"<h3>{escape(city)}</h3><ul>{''.join(entries)}</ul>" for city, entries in by_city.items())
    return f'<details class="shelf"><summary>收录的 {len(library.instruments)} 份文件</summary>{lists}</details>'


def _composer(library: Library) -> str:
    """The form: the question, and the conditions under which it is answered."""
    options = "".join(f"<option>{escape(city)}</option>" for city in library.cities)
    return (
        '<form class="composer" aria-label="提问">'
        '<div class="conditions">'
        f'<label>城市<select name="city"><option value="">全部城市</option>{options}</select></label>'
        '<label>日期<input type="date" name="day" min="1949-10-01" max="2099-12-31"></label>'
        '<span class="meaning">按这一天判断文件是否有效</span></div>'
        '<div class="line"><textarea name="question" rows="1" aria-label="您的问题" enterkeyhint="send"'
        f' maxlength="{QUESTION_LIMIT}" placeholder="写下您的问题" title="回车发送，Shift+回车换行"></textarea>'
        '<button type="submit" class="send" name="send">提问</button></div>'
        '<p class="hint" role="alert"></p>'
        f'<div class="foot"><p class="notice">{escape(NOTICE)}</p>'
        '<button type="button" class="plain" name="clear">新的对话</button></div></form>'
    )


def rewrite(html: str, nonce: str, today: date) -> str:
    """The document that gradio serves, made ours: its language, header, style and script; nothing of other hosts."""
    links = (
        f'<meta name="description" content="{TITLE}：只按收录的政策文件原文回答">'
        '<meta name="color-scheme" content="light">'
        f'<link rel="stylesheet" href="{_versioned("page.css")}"><script src="{_versioned("page.js")}"></script>'
    )
    header = (
        f'<header class="masthead"><div><h1>{TITLE}</h1><p>每句话都有文件出处，可逐条核对原文</p></div></header>'
        '<p class="opening">正在打开页面……</p>'
        '<noscript><p class="opening">本页需要浏览器启用 JavaScript。</p></noscript>'
    )
    html = re.sub(r'<html\s+lang="[^"]*"', f'<html lang="zh-CN" data-today="{today.isoformat()}"', html, count=1)
    html = re.sub(r'<meta\s+(?:property="og:|name="twitter:)[^>]*>', "", html)
    html = re.sub(r'<link rel="manifest"[^>]*>', "", html)
    html = html.replace("</head>", f"<title>{TITLE}</title>{links}</head>", 1)
    html = re.sub(r"(<body[^>]*>)", lambda match: match[1] + header, html, count=1)
    return html.replace("<script", f'<script nonce="{nonce}"')


def _versioned(name: str) -> str:
    return f"{name}?v={hashlib.sha256(asset(name)).hexdigest()[:12]}"
