"""The chat page in a real browser, over a real server; and the cards as HTML."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from assistant import answer as answers
from assistant.answer import Answer, Citation, CitationRole, Derivation, Request, Status, WarningKind
from assistant.api import create_app
from assistant.pipeline import Assistant
from assistant.render import NOTICE
from assistant.settings import BUNDLED_CORPUS, load_settings
from assistant.web import cards
from assistant.web.examples import working_examples
from corpus.library import read_library
from corpus.model import Kind, Office, OfficeRole, Validity

TODAY = date(2026, 11, 22)
HANDOFF = "请咨询政务服务大厅惠企专窗。"
HOSTILE = (
    '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"><svg onload="window.hacked=1">'
    "${window.hacked=1}{{constructor}}`</textarea></details>"
)
TERM = Validity(date(2023, 8, 28), date(2025, 8, 28), None, True, "本意见自印发之日起施行，有效期2年", "i~tail")
TEXT = "一、进限奖励。对首次进限的零售业企业，一次性奖励4万元；餐饮业企业，一次性奖励3万元。"
QUOTE = "对首次进限的零售业企业，一次性奖励4万元"


def citation(mark: int = 1, role: CitationRole = CitationRole.ANSWERS, **others: object) -> Citation:
    values: dict[str, object] = {
        "mark": mark,
        "role": role,
        "clause_id": f"i~h1_{mark}",
        "instrument_id": "i",
        "city": "某市",
        "document_number": "某政发〔2023〕25号",
        "title": "关于支持企业的意见",
        "kind": Kind.NORMATIVE,
        "path": ("一、",),
        "label": "一、",
        "text": TEXT,
        "quote": QUOTE,
        "validity": TERM,
    }
    return Citation(**(values | others))  # type: ignore[arg-type]


def answer(text: str = "一次性奖励4万元 [1]。", status: Status = Status.ANSWERED, **others: object) -> Answer:
    values: dict[str, object] = {
        "question": "奖多少？",
        "standalone_question": "奖多少？",
        "as_of": TODAY,
        "mode": "extractive",
        "status": status,
        "text": text,
    }
    return Answer(**(values | others))  # type: ignore[arg-type]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


# --- The cards ---


def test_a_card_says_everything_that_a_reader_needs_to_believe_it() -> None:
    offices = (
        Office("市商务局", OfficeRole.INTERPRETS, "i~tail"),
        Office("市财政局", OfficeRole.RESPONSIBLE, "i~h1_1"),
    )
    html = cards.answered("t1", answer(citations=(citation(offices=offices),)))
    said = words(html)
    for expected in (
        "《关于支持企业的意见》一、",
        "某政发〔2023〕25号",
        "某市",
        "规范性文件",
        "已过期",
        "有效期至2025年8月28日",
        "负责解释：市商务局",
        "责任单位：市财政局",
        "原文",
        "效力依据：“本意见自印发之日起施行，有效期2年”",
        "效力按2026年11月22日判断",
        NOTICE,
    ):
        assert expected in said
    assert f"<blockquote>一、进限奖励。<mark>{QUOTE}</mark>；餐饮业" in html
    assert '<strong class="figure">4万元</strong>' in html
    assert 'href="#t1-c1"' in html
    assert 'id="t1-c1"' in html


@pytest.mark.parametrize(
    ("validity", "said"),
    [
        (Validity(), "文件未写明有效期"),
        (Validity(date(2023, 8, 1), None, None, True, "x"), "现行有效"),
        (Validity(date(2027, 1, 1), None, None, True, "x"), "尚未施行"),
        (Validity(date(2020, 1, 1), None, date(2024, 1, 1), True, "x"), "已废止"),
    ],
)
def test_the_status_is_said_in_words(validity: Validity, said: str) -> None:
    assert said in words(cards.answered("t1", answer(citations=(citation(validity=validity),))))


def test_repaired_text_is_said_where_it_is_quoted_and_warned_of() -> None:
    cited = (citation(1), citation(2, CitationRole.SUPPORTS))
    warned = (answers.AnswerWarning(WarningKind.REPAIRED_TEXT, "文本经过修复。"),)
    html = cards.answered("t1", answer(citations=cited, warnings=warned), repaired={"i~h1_2"})
    first, second = html.split('id="t1-c2"')
    assert "据修复文本" not in first
    assert "据修复文本" in second
    assert "据修复文本" not in cards.answered("t1", answer(citations=cited), repaired={"i~h1_2"})


def test_a_computed_value_shows_how() -> None:
    derived = (Derivation("15万元", "sum", ("10万元", "5万元")), Derivation("6", "count", ("甲", "乙")))
    said = words(cards.answered("t1", answer("共15万元。", derivations=derived)))
    assert "10万元 ＋ 5万元 ＝ 15万元（合计）" in said
    assert "甲，乙 → 6（计数）" in said


def test_the_question_that_was_answered_is_shown_only_where_it_says_more() -> None:
    assert "按这个问题作答" not in cards.answered("t1", answer(standalone_question="奖多少"))
    html = cards.answered("t1", answer(standalone_question="天门市零售店奖多少？"))
    assert "按这个问题作答：天门市零售店奖多少？" in words(html)


def test_a_mark_without_a_card_is_no_link() -> None:
    assert "href" not in cards.answered("t1", answer("一次性奖励4万元 [7]。", citations=()))


def test_whatever_is_shown_is_escaped() -> None:
    office = Office(HOSTILE, OfficeRole.LEADS, "i~x")
    basis = Validity(date(2023, 1, 1), None, None, True, HOSTILE, scope=HOSTILE)
    hostile = citation(
        title=HOSTILE,
        city=HOSTILE,
        document_number=HOSTILE,
        label=HOSTILE,
        text=f"前{HOSTILE}后",
        quote=HOSTILE,
        validity=basis,
        others=(basis,),
        offices=(office,),
    )
    html = cards.answered(
        "t1",
        answer(
            HOSTILE,
            question=HOSTILE,
            standalone_question=f"另一个{HOSTILE}",
            citations=(hostile,),
            warnings=(answers.AnswerWarning(WarningKind.CLOSEST, HOSTILE),),
            derivations=(Derivation(HOSTILE, "sum", (HOSTILE, HOSTILE)),),
            handoff=HOSTILE,
        ),
    )
    for html_ in (html, cards.asked("t1", HOSTILE), cards.told("t1", HOSTILE, HOSTILE)):
        assert not re.search(r"<(script|img|svg|/textarea)", html_)
        assert '"window' not in html_
    assert f"前{HOSTILE}后" in unescape(re.sub("</?mark>", "", html))


# --- The page, over the real assistant ---


@contextmanager
def serving(assistant: Assistant, corpus: Path) -> Iterator[str]:
    app = create_app(assistant, SimpleNamespace(corpus=corpus), today=lambda: TODAY)
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    from assistant.__main__ import assemble

    return assemble(load_settings({"index": tmp_path_factory.mktemp("index"), "handoff": HANDOFF}))


@pytest.fixture(scope="module")
def site(assistant: Assistant) -> Iterator[str]:
    with serving(assistant, BUNDLED_CORPUS) as address:
        yield address


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page as a new visitor; at the end no page may have complained or asked another host for anything."""
    complaints: list[str] = []
    opened: list[Page] = []

    def open_page(address: str, width: int = 1280, height: int = 900, **options: str) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        page = context.new_page()
        opened.append(page)
        page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("response", lambda got: complaints.append(f"{got.status} {got.url}") if got.status >= 400 else None)
        page.on(
            "request",
            lambda sent: (
                None
                if sent.url.startswith((address, "data:", "blob:"))
                else complaints.append(f"another host: {sent.url}")
            ),
        )
        page.goto(address)
        page.wait_for_selector("textarea[name=question]")
        return page

    yield open_page
    for page in opened:
        page.context.close()
    assert complaints == []


def ask(page: Page, question: str) -> None:
    """Type and send; returns when the answer is there."""
    answered = page.locator(".turn[aria-busy=false]")
    before = answered.count()
    expect(page.locator("button[name=send]")).to_be_enabled()
    page.fill("textarea[name=question]", question)
    page.keyboard.press("Enter")
    expect(answered).to_have_count(before + 1, timeout=15000)


def overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


Visit = Callable[..., Page]


def test_ask_read_and_open_a_citation(visit: Visit, site: str, assistant: Assistant) -> None:
    page = visit(site)
    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    expect(page.locator(".composer .notice")).to_have_text(NOTICE)
    ask(page, "零售店刚进限纳统，天门奖多少？")
    turn = page.locator(".turn")
    expect(turn.locator(".answer .figure").first).to_contain_text("4万元")
    expect(turn.locator(".warnings")).to_be_visible()
    expect(turn.locator(".reply > .notice")).to_have_text(NOTICE)
    expect(page.locator("#spoken")).to_contain_text("4万元")
    card = turn.locator(".card").first
    for said in ("关于支持商贸企业进限纳统的五条意见", "天政办发〔2023〕25号", "一、", "天门市", "市商务局"):
        expect(card.locator("summary")).to_contain_text(said)
    expect(card.locator("summary .validity")).to_contain_text("已过期")
    expect(card.locator("summary .validity")).to_contain_text("2025年8月28日")

    clause = card.locator("blockquote")
    expect(clause).not_to_be_visible()
    card.locator("summary").click()
    expect(clause).to_be_visible()
    cited = assistant.ask(Request("零售店刚进限纳统，天门奖多少？", TODAY)).citations[0]
    assert clause.evaluate("each => each.textContent") == cited.text
    assert clause.locator("mark").text_content() == cited.quote


def test_a_mark_in_the_answer_opens_its_card(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, "零售店刚进限纳统，天门奖多少？")
    page.locator(".answer a.mark").first.click()
    expect(page.locator(".card").first.locator("blockquote")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".card").first.locator("blockquote")).not_to_be_visible()


def test_a_follow_up_is_answered_within_the_conversation(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, "鄂州评上中国驰名商标奖多少？")
    first = page.locator(".turn").nth(0)
    expect(first.locator(".answer .figure").first).to_contain_text("60万元")
    expect(first.locator(".card .validity").first).to_contain_text("文件未写明有效期")
    ask(page, "荆门呢？")
    second = page.locator(".turn").nth(1)
    expect(second.locator(".restated")).to_contain_text("驰名商标")
    expect(second.locator(".answer")).to_contain_text("50万元")
    expect(first.locator(".answer")).to_contain_text("60万元")
    page.click("button[name=clear]")
    expect(page.locator(".turn")).to_have_count(0)
    ask(page, "荆门呢？")
    expect(page.locator(".turn .answer")).not_to_contain_text("50万元")


def test_the_day_is_a_condition_that_can_be_changed(visit: Visit, site: str) -> None:
    page = visit(site)
    assert page.input_value("input[name=day]") == TODAY.isoformat()
    page.fill("input[name=day]", "2024-03-15")
    ask(page, "零售店刚进限纳统，天门奖多少？")
    expect(page.locator(".card .validity").first).to_contain_text("现行有效")
    expect(page.locator(".citations > .label")).to_contain_text("效力按2024年3月15日判断")
    page.fill("input[name=day]", "")
    ask(page, "零售店刚进限纳统，天门奖多少？")
    expect(page.locator(".turn").nth(1).locator(".card .validity").first).to_contain_text("已过期")


def test_the_city_is_a_condition_that_can_be_changed(visit: Visit, site: str, assistant: Assistant) -> None:
    page = visit(site)
    offered = page.locator("select[name=city] option").all_text_contents()
    assert offered == ["全部城市", *assistant.library.cities]
    page.select_option("select[name=city]", "荆门市")
    ask(page, "评上中国驰名商标奖多少？")
    expect(page.locator(".answer")).to_contain_text("50万元")
    expect(page.locator(".card").first).to_contain_text("荆门市")


def test_a_refusal_names_the_nearest_and_the_way_on(visit: Visit, site: str) -> None:
    page = visit(site)
    ask(page, "武汉小微企业贷款贴息多少？")
    turn = page.locator(".turn")
    expect(turn).to_have_attribute("data-status", "not_found")
    expect(turn.locator(".handoff")).to_have_text(HANDOFF)
    expect(page.locator("textarea[name=question]")).to_be_editable()
    expect(page.locator("button[name=send]")).to_be_enabled()
    ask(page, "天政办发〔2023〕26号第九条")
    expect(page.locator(".turn").nth(1)).to_contain_text("7个工作日")


def test_an_example_is_one_click_away_from_its_answer(visit: Visit, site: str) -> None:
    page = visit(site)
    examples = page.locator(".examples button")
    assert examples.count() >= 4
    question = examples.first.text_content()
    examples.first.click()
    expect(page.locator(".turn[data-status=answered]")).to_be_visible(timeout=15000)
    expect(page.locator(".turn .asked")).to_contain_text(str(question))


def test_a_phone_shows_it_all_without_scrolling_sideways(visit: Visit, site: str) -> None:
    page = visit(site, 360, 800)
    assert overflow(page) <= 0
    page.locator(".shelf summary").click()
    assert overflow(page) <= 0
    ask(page, "鄂州评上中国驰名商标奖多少？")
    page.locator(".card summary").first.click()
    assert overflow(page) <= 0
    box = page.locator("textarea[name=question]").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 800


def test_the_keyboard_is_enough(visit: Visit, site: str) -> None:
    page = visit(site)
    question = page.locator("textarea[name=question]")
    question.focus()
    page.keyboard.type("天政办发〔2023〕26号")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("第九条")
    assert question.input_value() == "天政办发〔2023〕26号\n第九条"
    # Enter that ends the composition of a character sends nothing.
    question.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True, "cancelable": True})
    expect(page.locator(".turn")).to_have_count(0)
    question.fill("天政办发〔2023〕26号第九条")
    page.keyboard.press("Enter")
    expect(page.locator(".turn[aria-busy=false]")).to_have_count(1, timeout=15000)
    page.locator("body").press("Tab")
    for _ in range(12):
        if page.evaluate("document.activeElement.tagName") == "SUMMARY":
            break
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".card[open]")).to_have_count(1)


def test_no_question_no_answer_but_a_hint(visit: Visit, site: str) -> None:
    page = visit(site)
    page.click("button[name=send]")
    expect(page.locator(".composer .hint")).to_contain_text("请先写下")
    expect(page.locator(".turn")).to_have_count(0)
    page.fill("textarea[name=question]", "奖")
    expect(page.locator(".composer .hint")).to_be_empty()


def test_the_page_speaks_chinese_in_an_english_browser(visit: Visit, site: str) -> None:
    page = visit(site, locale="en-US")
    ask(page, "涉企补偿申请交上去，多久告诉我受不受理？")
    labels = "[...document.querySelectorAll('[aria-label],[title],[placeholder],[alt]')].flatMap(each => "
    labels += "['aria-label', 'title', 'placeholder', 'alt'].map(name => each.getAttribute(name)))"
    said = [page.inner_text("body"), *(label for label in page.evaluate(labels) if label), page.title()]
    english = [
        found for text in said for found in re.findall(r"[A-Za-z]{3,}(?: [A-Za-z]+)*", text.replace("Shift+", ""))
    ]
    assert english == []


# --- The page, over an assistant that repeats what it was given ---


class Parrot(Assistant):
    """Says what the conversation so far was, and cites the first clause of its library; breaks at 坏."""

    def __init__(self, corpus: Path) -> None:
        self.library = read_library(corpus)

    def ask(self, request: Request) -> Answer:
        if "坏" in request.question:
            raise RuntimeError("a detail that nobody outside should read")
        said = "；".join(turn.content for turn in request.history) or "还没有说过话"
        clause = self.library.clauses[-1]
        instrument = self.library.instrument[clause.instrument_id]
        cited = citation(
            clause_id=clause.id,
            instrument_id=instrument.id,
            title=instrument.title,
            label=clause.path.label,
            text=clause.text,
            quote=clause.text[-30:],
        )
        return answer(f"听到：{said} [1]", question=request.question, as_of=request.as_of, citations=(cited,))


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    corpus = tmp_path_factory.mktemp("hostile")
    (corpus / "documents").mkdir()
    text = (
        f"某市支持企业发展办法{HOSTILE}\n\n某政发〔2025〕1号\n\n第一条　对新建厂房的企业，一次性奖励5万元{HOSTILE}。\n"
        f"第二条　本办法自2025年1月1日起施行，有效期5年{HOSTILE}。\n"
    )
    (corpus / "documents" / "hostile.txt").write_text(text, encoding="utf-8")
    (corpus / "examples.txt").write_text(f"# 示例\n问一问{HOSTILE}\n", encoding="utf-8")
    with serving(Parrot(corpus), corpus) as address:
        yield address


def test_hostile_questions_and_documents_are_shown_and_not_run(visit: Visit, hostile_site: str) -> None:
    page = visit(hostile_site)
    expect(page.locator(".examples button")).to_have_text(f"问一问{HOSTILE}")
    page.locator(".shelf summary").click()
    ask(page, HOSTILE)
    expect(page.locator(".turn .asked")).to_contain_text(HOSTILE)
    ask(page, "再问一次")
    expect(page.locator(".turn .answer").nth(1)).to_contain_text(HOSTILE)
    page.locator(".card summary").last.click()
    expect(page.locator("blockquote").last).to_contain_text(HOSTILE)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#conversation img, #conversation script, #conversation svg").count() == 0


def test_markup_that_slipped_through_could_not_run(browser: Browser, hostile_site: str) -> None:
    page = browser.new_page()
    page.goto(hostile_site)
    page.wait_for_selector("textarea[name=question]")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.hacked=1\">')")
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    page.close()


def test_two_visitors_never_see_each_others_conversation(visit: Visit, hostile_site: str) -> None:
    one, other = visit(hostile_site), visit(hostile_site)
    ask(one, "甲的问题")
    ask(other, "乙的问题")
    expect(other.locator(".turn .answer")).to_contain_text("还没有说过话")
    ask(one, "接着问")
    expect(one.locator(".turn .answer").nth(1)).to_contain_text("甲的问题")
    assert "乙的问题" not in one.inner_text("#log")
    one.reload()
    one.wait_for_selector("textarea[name=question]")
    ask(one, "重新来过")
    expect(one.locator(".turn .answer")).to_contain_text("还没有说过话")


def test_what_breaks_inside_is_said_in_a_sentence(visit: Visit, hostile_site: str) -> None:
    page = visit(hostile_site)
    ask(page, "坏")
    expect(page.locator(".turn .answer")).to_contain_text("服务出了问题")
    assert "detail" not in page.inner_text("body")
    ask(page, "还在吗")
    expect(page.locator(".turn .answer").nth(1)).to_contain_text("听到")


def test_a_lost_connection_is_said_in_chinese(browser: Browser) -> None:
    page = browser.new_page()
    with serving(Parrot(BUNDLED_CORPUS), Path("nowhere")) as address:
        page.goto(address)
        page.wait_for_selector("textarea[name=question]")
        page.context.set_offline(True)
        page.fill("textarea[name=question]", "还在吗")
        page.keyboard.press("Enter")
        expect(page.locator(".composer .hint")).to_contain_text("连接断开", timeout=15000)
        assert page.input_value("textarea[name=question]") == "还在吗"
        expect(page.locator("button[name=send]")).to_be_enabled()
        page.close()


# --- The examples ---


def test_examples_are_asked_before_they_are_shown(assistant: Assistant, tmp_path: Path) -> None:
    listed = "# 注释\n\n天政办发〔2023〕26号第九条\n武汉小微企业贷款贴息多少？\n"
    (tmp_path / "examples.txt").write_text(listed, encoding="utf-8")
    assert working_examples(assistant, tmp_path, TODAY) == ("天政办发〔2023〕26号第九条",)
    (tmp_path / "examples.txt").unlink()
    made = working_examples(assistant, tmp_path, TODAY)
    assert made
    assert all("有效期" in question for question in made)


def test_every_example_of_the_bundled_corpus_works(assistant: Assistant) -> None:
    listed = (BUNDLED_CORPUS / "examples.txt").read_text(encoding="utf-8").splitlines()
    assert list(working_examples(assistant, BUNDLED_CORPUS, TODAY)) == [line for line in listed if line]
