"""A real HTTP server in the place of a language model, whose words the tests decide."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Reply = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class ModelServer:
    """A real HTTP server in the place of a model. Replies are given in the order in which they were scripted."""

    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    base_url: str = ""
    released: threading.Event = field(default_factory=threading.Event)

    def say(self, text: str | None, finish: str | None = "stop", usage: tuple[int, int] | None = None) -> None:
        """A whole reply; ``usage`` are the tokens of prompt and reply, where the endpoint counts them."""
        choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}
        counted = (
            {"prompt_tokens": usage[0], "completion_tokens": usage[1], "total_tokens": sum(usage)} if usage else None
        )
        reply = {"id": "1", "object": "chat.completion", "model": "m", "choices": [choice], "usage": counted}
        self.send(200, json.dumps(reply))

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
