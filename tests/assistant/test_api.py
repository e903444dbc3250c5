"""The HTTP face, without a browser: the contract's routes, their limits, and what they do not give away."""

import json
import logging
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant import clock
from assistant.answer import Answer, Request, Status
from assistant.api import create_app, serve
from assistant.pipeline import Assistant, Lookup
from assistant.settings import BUNDLED_CORPUS
from assistant.web.guard import BODY_LIMIT, HISTORY_LIMIT, QUESTION_LIMIT
from corpus.errors import PolicyError
from corpus.library import read_library

TODAY = date(2026, 11, 22)
SECRET = "我公司的秘密问题"


class Recorder(Assistant):
    """Remembers what it was asked, over the real library; a question with 坏 in it breaks."""

    def __init__(self) -> None:
        self.library = read_library(BUNDLED_CORPUS)
        self.asked: list[Request] = []
        self.looked_up: list[tuple[Any, ...]] = []

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        if "坏" in request.question:
            raise RuntimeError("a detail that nobody outside should read")
        return Answer(
            question=request.question,
            standalone_question=request.question,
            as_of=request.as_of,
            mode="extractive",
            status=Status.NOT_FOUND,
            text="文件里没有写。",
            id=request.id,
        )

    def lookup(self, query: str, as_of: date, city: str | None = None, limit: int = 10) -> Lookup:
        self.looked_up.append((query, as_of, city, limit))
        return Lookup(query, as_of, (), 0)


@pytest.fixture(scope="module")
def assistant() -> Recorder:
    return Recorder()


@pytest.fixture(scope="module")
def client(assistant: Recorder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    settings = SimpleNamespace(corpus=tmp_path_factory.mktemp("corpus"))
    app = create_app(assistant, settings, today=lambda: TODAY)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def error_of(response: Any, status: int) -> dict[str, str]:
    assert response.status_code == status, response.text
    assert set(response.json()) == {"error"}
    error: dict[str, str] = response.json()["error"]
    assert set(error) == {"code", "message", "message_en"}
    assert re.search("[\u4e00-\u9fff]", error["message"])
    assert error["message_en"].isascii()
    assert "Traceback" not in response.text
    return error


def test_ask_takes_a_batch_line_and_a_refusal_is_200(client: TestClient, assistant: Recorder) -> None:
    line = {
        "id": "a-1",
        "question": "那小微企业呢？",
        "history": [{"role": "user", "content": "贷款贴息多少？"}, {"role": "assistant", "content": "没有写。"}],
        "as_of": "2024年3月",
        "city": "天门",
        "mode": "extractive",
    }
    response = client.post("/api/v1/ask", json=line)
    assert response.status_code == 200
    answer = response.json()
    assert answer["status"] == "not_found"
    assert answer["id"] == "a-1"
    assert answer["as_of"] == "2024-03-31"
    asked = assistant.asked[-1]
    assert [turn.role for turn in asked.history] == ["user", "assistant"]
    assert asked.history[0].content == "贷款贴息多少？"
    assert (asked.city, asked.mode) == ("天门", "extractive")


def test_the_day_is_today_unless_given(client: TestClient, assistant: Recorder) -> None:
    client.post("/api/v1/ask", json={"question": "奖多少？"})
    assert assistant.asked[-1].as_of == TODAY
    client.get("/api/v1/lookup", params={"q": "贴息"})
    client.get("/api/v1/lookup", params={"q": "贴息", "as_of": "2024-03-15", "city": "天门", "limit": 3})
    assert assistant.looked_up[-2:] == [("贴息", TODAY, None, 10), ("贴息", date(2024, 3, 15), "天门", 3)]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({}, "question"),
        ({"question": ""}, "question"),
        ({"question": "  "}, "question"),
        ({"question": 5}, "question"),
        ({"question": "长" * (QUESTION_LIMIT + 1)}, "question"),
        ({"question": "多少？", "as_of": "三月"}, "日期"),
        ({"question": "多少？", "mode": "magic"}, "mode"),
        ({"question": "多少？", "history": [{"role": "robot", "content": ""}]}, "history"),
        ({"question": "多少？", "history": [{"role": "user", "content": "问"}] * (HISTORY_LIMIT + 1)}, "history"),
        ([], "JSON"),
    ],
)
def test_what_cannot_be_used_is_422_with_the_field_named(client: TestClient, body: Any, named: str) -> None:
    assert named in error_of(client.post("/api/v1/ask", json=body), 422)["message"]


def test_a_body_that_is_no_json_is_422(client: TestClient) -> None:
    headers = {"content-type": "application/json"}
    error_of(client.post("/api/v1/ask", content=b"{", headers=headers), 422)
    error_of(client.post("/api/v1/ask", content=b"\xff\xfe", headers=headers), 422)
    error_of(client.get("/api/v1/lookup"), 422)
    error_of(client.get("/api/v1/lookup", params={"q": "贴息", "limit": 1000}), 422)
    error_of(client.get("/api/v1/instruments", params={"as_of": "soon"}), 422)


def test_a_body_over_the_limit_is_413_also_without_a_declared_length(client: TestClient, assistant: Recorder) -> None:
    before = len(assistant.asked)
    body = json.dumps({"question": "多少？", "padding": "x" * BODY_LIMIT}).encode()
    error_of(client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"}), 413)

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1000):
            yield body[start : start + 1000]

    error_of(client.post("/api/v1/ask", content=pieces(), headers={"content-type": "application/json"}), 413)
    assert len(assistant.asked) == before


def test_unknown_addresses_and_methods(client: TestClient) -> None:
    error_of(client.get("/api/v1/nothing"), 404)
    error_of(client.get("/nothing"), 404)
    error_of(client.get("/api/v1/instruments/nothing"), 404)
    error_of(client.get("/api/v1/ask"), 405)
    error_of(client.delete("/healthz"), 405)
    error_of(client.post("/api/v1/lookup"), 405)


def test_what_breaks_inside_is_500_and_neither_told_nor_logged_with_the_question(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        response = client.post("/api/v1/ask", json={"question": f"{SECRET}坏"})
        client.post("/api/v1/ask", json={"question": SECRET})
        client.get("/api/v1/lookup", params={"q": SECRET})
        client.post("/api/v1/ask", json={"question": SECRET, "mode": "magic"})
    assert "a detail" not in response.text
    error_of(response, 500)
    assert "RuntimeError" in caplog.text
    logged = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("httpx"))
    assert SECRET not in logged


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/info",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file=https://example.com/",
        "/gradio_api/proxy=https://example.com/",
        "/gradio_api/mcp/",
        "/monitoring",
        "/login",
        "/docs",
        "/redoc",
    ],
)
def test_nothing_of_gradio_is_open_that_the_page_does_not_need(client: TestClient, path: str) -> None:
    error_of(client.get(path), 404)
    error_of(client.post(path, files={"files": ("a.txt", b"x")}), 404)


@pytest.mark.parametrize("path", ["/assets/", "/static/", "/assets/%2e%2e/index.html", "/static/..%2f..%2froutes.py"])
def test_no_folder_is_served(client: TestClient, path: str) -> None:
    response = client.get(path)
    error_of(response, response.status_code)
    assert 400 <= response.status_code < 500
    error_of(client.post(path, files={"files": ("a.txt", b"x")}), 405)


def test_every_response_keeps_the_page_at_home(client: TestClient) -> None:
    paths = ["/", "/healthz", "/nothing", "/page.css", "/api/v1/instruments"]
    for response in [client.get(path, headers={"origin": "http://elsewhere.example"}) for path in paths]:
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]
        assert response.headers["x-content-type-options"] == "nosniff"
        assert response.headers["x-frame-options"] == "DENY"
        assert response.headers["referrer-policy"] == "no-referrer"
        assert "access-control-allow-origin" not in response.headers


def test_the_page_speaks_chinese_and_names_no_other_host(client: TestClient) -> None:
    response = client.get("/", headers={"accept-encoding": "br"})
    assert '<html lang="zh-CN"' in response.text
    assert not re.search(r"""(?:src|href|content)\s*=\s*["'](?:https?:)?//""", response.text)
    nonce = re.search("'nonce-([^']+)'", response.headers["content-security-policy"])
    assert nonce is not None
    assert response.text.count("<script") == response.text.count(f'<script nonce="{nonce[1]}"') > 0
    assert nonce[1] not in client.get("/").text


def test_instruments_and_their_trees(client: TestClient, assistant: Recorder) -> None:
    listed = client.get("/api/v1/instruments").json()
    assert len(listed) == len(assistant.library.instruments) == 14
    fields = {"id", "document_number", "title", "city", "kind", "issuer", "date", "validity"}
    assert all(set(each) == fields for each in listed)
    numbered = next(each for each in listed if each["document_number"] == "天政办发〔2023〕26号")
    assert numbered["validity"]["status"] == "expired"
    earlier = client.get("/api/v1/instruments", params={"as_of": "2024-03-15"}).json()
    assert next(each for each in earlier if each["id"] == numbered["id"])["validity"]["status"] == "in_force"

    tree = client.get(f"/api/v1/instruments/{numbered['id']}").json()

    def walk(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for node in nodes:
            yield node
            yield from walk(node["children"])

    nodes = list(walk(tree["provisions"]))
    ninth = next(node for node in nodes if node["label"] == "第九条")
    assert "7个工作日" in assistant.library.clause[ninth["clause_id"]].text
    articles = [node["label"] for node in nodes if node["level"] == "art"]
    assert (len(articles), articles[0], articles[-1]) == (24, "第一条", "第二十四条")


def test_health_readiness_and_openapi(client: TestClient, assistant: Recorder) -> None:
    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz").json()
    assert ready["corpus_version"] == assistant.library.version
    assert ready["clauses"] == len(assistant.library.clauses)
    paths = client.get("/openapi.json").json()["paths"]
    expected = {"/api/v1/ask", "/api/v1/lookup", "/api/v1/instruments", "/api/v1/instruments/{instrument_id}"}
    assert set(paths) == expected | {"/healthz", "/readyz"}


def test_the_day_of_the_edge_is_the_day_in_china() -> None:
    assert abs((clock.today() - date.today()).days) <= 1  # noqa: DTZ011 - only its neighbourhood matters


def test_a_port_in_use_is_said_in_a_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PolicyError, match=f"端口 {port} 已被占用"):
            serve(Recorder, SimpleNamespace(corpus=Path()), "127.0.0.1", port)


def test_a_host_that_is_not_ours_is_said_in_a_sentence() -> None:
    with pytest.raises(PolicyError, match="--host"):
        serve(Recorder, SimpleNamespace(corpus=Path()), "192.0.2.1", 0)


def test_the_command_serves_says_where_and_stops_when_told(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    text = "某市支持企业发展办法\n\n某政发〔2025〕1号\n\n第一条　对新建厂房的企业，一次性奖励5万元。\n"
    (tmp_path / "documents" / "one.txt").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--corpus", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = ""
            while "http://" not in said:
                line = process.stderr.readline()
                assert line, said
                said += line
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address is not None
            with urllib.request.urlopen(f"{address[0]}/healthz", timeout=10) as response:
                assert json.load(response)["status"] == "ok"
        finally:
            process.send_signal(signal.SIGINT)
            output, errors = process.communicate(timeout=20)
    assert output == ""
    assert "Traceback" not in errors
