"""The assistant itself, and stand-ins whose words the tests decide: a language model's endpoint, an assistant."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from assistant.answer import Answer, Citation, CitationRole, Request, Status
from assistant.pipeline import Assistant, Lookup
from corpus.errors import CorpusError
from corpus.model import Kind, Office, OfficeRole, Validity
from index.search import Index


@pytest.fixture(scope="session")
def assistant(bundled: Index) -> Assistant:
    """The assistant over the bundled corpus, without a language model."""
    return Assistant(bundled)


Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """A real HTTP server in the place of a model. Replies are given in the order in which they were scripted."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    base_url: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    def say(self, text: str | None, finish: str | None = "stop") -> None:
        """A whole reply."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        self.send(200, json.dumps({"id": "1", "object": "chat.completion", "model": "m", "choices": [choice]}))

    def send(self, status: int, body: str, content_type: str = "application/json") -> None:
        """Any body with any status."""
        data = body.encode()

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", content_type)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.replies.append(reply)

    def cut(self, text: str) -> None:
        """A reply whose connection closes half way."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "10000")
            handler.end_headers()
            handler.wfile.write(text.encode())

        self.replies.append(reply)

    def hang(self) -> None:
        """No reply before the test has ended."""
        self.replies.append(lambda _: self.released.wait(30) and None)

    def drip(self) -> None:
        """A reply that never stalls for long and never ends before the test has ended."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", "1000000")
            handler.end_headers()
            while not self.released.wait(0.02):
                handler.wfile.write(b" ")
                handler.wfile.flush()

        self.replies.append(reply)


@pytest.fixture
def model_server() -> Iterator[ModelServer]:
    """A server in the place of a model, on a port of its own."""
    script = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.requests.append({"path": self.path, **json.loads(body)})
            script.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            with suppress(BrokenPipeError, ConnectionResetError):
                script.replies.pop(0)(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    script.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield script
    script.released.set()
    server.shutdown()
    server.server_close()


def citation(**changes: Any) -> Citation:
    """A citation with everything that one can have."""
    told: dict[str, Any] = {
        "mark": 1,
        "role": CitationRole.ANSWERS,
        "clause_id": "甲政发-2023-5~h1_1",
        "instrument_id": "甲政发-2023-5",
        "city": "甲市",
        "document_number": "甲政发〔2023〕5号",
        "title": "支持商贸企业的若干意见",
        "kind": Kind.NORMATIVE,
        "path": ("一、",),
        "label": "一、",
        "text": "一、零售企业一次性奖励4万元。",
        "quote": "一次性奖励4万元",
        "validity": Validity(date(2023, 8, 28), date(2025, 8, 28), stated=True, basis="有效期2年", basis_clause_id="x"),
        "offices": (Office("市商务局", OfficeRole.INTERPRETS, "甲政发-2023-5~tail_1"),),
    }
    return Citation(**{**told, **changes})


@dataclass
class ScriptedAssistant:
    """Answers every question in the same way and remembers what it was asked.

    A question that is the name of a status is answered with that status; ``boom`` breaks.
    """

    asked: list[Request] = field(default_factory=list)
    looked_up: list[tuple[str, date, str | None]] = field(default_factory=list)

    def ask(self, request: Request) -> Answer:
        self.asked.append(request)
        if request.question == "boom":
            raise ZeroDivisionError("nobody foresaw this")
        if request.question == "policy error":
            raise CorpusError("语料读不出来。")
        known = request.question in list(Status)
        return Answer(
            question=request.question,
            standalone_question=request.question,
            as_of=request.as_of,
            mode=request.mode or "extractive",
            status=Status(request.question) if known else Status.ANSWERED,
            text=f"答：{request.question} [1]",
            citations=(citation(),),
            id=request.id,
        )

    def lookup(self, query: str, as_of: date, city: str | None = None, _limit: int = 10) -> Lookup:
        self.looked_up.append((query, as_of, city))
        matches = () if query == "没有" else (citation(),)
        return Lookup(query, as_of, matches, len(matches))


@pytest.fixture
def make_citation() -> Callable[..., Citation]:
    """Makes a citation; what it is told differs from the usual one."""
    return citation


@pytest.fixture
def scripted() -> ScriptedAssistant:
    """An assistant that says what the test needs."""
    return ScriptedAssistant()
