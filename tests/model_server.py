"""A real HTTP server in the place of a language model, whose words the tests decide."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """A real HTTP server in the place of a model. Replies are given in the order in which they were scripted.

    ``abandoned`` is set when whoever asked closes the connection before the reply has ended.
    """

    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    base_url: str = ""
    released: threading.Event = field(default_factory=threading.Event)
    abandoned: threading.Event = field(default_factory=threading.Event)

    def say(self, text: str | None, finish: str | None = "stop", usage: tuple[int, int] | None = None) -> None:
        """A reply, streamed where a stream is asked for; ``usage`` are the tokens of prompt and reply, if counted."""

        def reply(handler: BaseHTTPRequestHandler) -> None:
            if self.requests[-1].get("stream"):
                counted = usage if self.requests[-1].get("stream_options", {}).get("include_usage") else None
                _stream(handler, [*_events(text, finish, counted), b"data: [DONE]\n\n"])
            else:
                _send(handler, 200, _whole(text, finish, usage).encode())

        self.replies.append(reply)

    def say_whole(self, text: str | None, finish: str | None = "stop", usage: tuple[int, int] | None = None) -> None:
        """A reply in one JSON body, whether or not a stream is asked for."""
        self.send(200, _whole(text, finish, usage))

    def stream(self, pieces: Iterable[bytes], pause: float = 0, content_type: str = "text/event-stream") -> None:
        """The bytes of a stream, piece by piece; then the connection is closed, as if that were all."""
        self.replies.append(lambda handler: _stream(handler, pieces, pause, content_type, self.released))

    def events(self, text: str, finish: str | None = "stop") -> list[bytes]:
        """The events of a reply, without the one that ends a stream."""
        return list(_events(text, finish, None))

    def send(self, status: int, body: str | bytes, content_type: str = "application/json", **headers: str) -> None:
        """Any body with any status."""
        data = body.encode() if isinstance(body, str) else body
        self.replies.append(lambda handler: _send(handler, status, data, content_type, **headers))

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


def _whole(text: str | None, finish: str | None, usage: tuple[int, int] | None) -> str:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
    reply = {"id": "1", "object": "chat.completion", "model": "m", "choices": [choice], "usage": _counts(usage)}
    return json.dumps(reply)


def _counts(usage: tuple[int, int] | None) -> dict[str, int] | None:
    if usage is None:
        return None
    return {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)}


def _events(text: str | None, finish: str | None, usage: tuple[int, int] | None) -> Iterator[bytes]:
    pieces = [text[at : at + 3] for at in range(0, len(text or ""), 3)] if text else []
    for piece in pieces:
        yield _event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}])
    yield _event([{"index": 0, "delta": {}, "finish_reason": finish}])
    if usage:
        yield _event([], usage=_counts(usage))


def _event(choices: list[dict[str, Any]], **more: Any) -> bytes:
    chunk = {"id": "1", "object": "chat.completion.chunk", "model": "m", "choices": choices, **more}
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


def _send(
    handler: BaseHTTPRequestHandler, status: int, data: bytes, content_type: str = "application/json", **headers: str
) -> None:
    handler.send_response(status)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(len(data)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(data)


def _stream(
    handler: BaseHTTPRequestHandler,
    pieces: Iterable[bytes],
    pause: float = 0,
    content_type: str = "text/event-stream",
    released: threading.Event | None = None,
) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.end_headers()
    for piece in pieces:
        handler.wfile.write(piece)
        handler.wfile.flush()
        if pause and released and released.wait(pause):
            break


@contextmanager
def serving() -> Iterator[ModelServer]:
    """The server on a port of its own."""
    script = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            script.requests.append({"path": self.path, **json.loads(body)})
            script.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.close_connection = True
            try:
                script.replies.pop(0)(self)
            except (BrokenPipeError, ConnectionResetError):
                script.abandoned.set()

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
