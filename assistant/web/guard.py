"""What stands before every request: known paths only, bodies of a bounded size, and headers that keep a page at home.

    request → path and method known? → body within the limit? → application → headers → response

Gradio alone would take uploads, bodies of any size and calls to all its own routes, and send no such header.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders
from starlette.routing import Match

from assistant.web.errors import error_response

if TYPE_CHECKING:
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_log = logging.getLogger(__name__)

#: In bytes; the others in characters and messages.
BODY_LIMIT = 64 * 1024
QUESTION_LIMIT = 2000
HISTORY_LIMIT = 40
MESSAGE_LIMIT = 8000

#: What the page needs of gradio; its uploads, files, proxy, monitoring and API pages stay shut.
_PAGE_PATHS = frozenset({
    "/",
    "/config",
    "/theme.css",
    "/favicon.ico",
    "/gradio_api/app_id",
    "/gradio_api/cancel",
    "/gradio_api/queue/data",
    "/gradio_api/queue/join",
    "/gradio_api/reset",
    "/gradio_api/startup-events",
})  # fmt: skip
_PAGE_FOLDERS = ("/assets/", "/static/", "/gradio_api/heartbeat/")

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def content_security_policy(nonce: str) -> str:
    """Nothing from another host, no script in markup but those that carry ``nonce``.

    ``unsafe-eval``: gradio compiles its HTML templates and listeners in the page; without ``unsafe-inline`` markup
    that slipped through still cannot run.
    """
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


class _TooLargeError(Exception):
    """A body went over the limit."""


class Guard:
    """The outermost layer of the application.

    ``routes`` are the application's own; ``rewrite`` turns the served page and a nonce into the page as sent.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[BaseRoute], rewrite: Callable[[str, str], str]) -> None:
        self.app = app
        self.routes = tuple(routes)
        self.rewrite = rewrite

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request (ASGI)."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        nonce = secrets.token_urlsafe(16)
        started = False

        async def send_with_headers(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                headers.update(_HEADERS)
                headers["Content-Security-Policy"] = content_security_policy(nonce)
                if not scope["path"].startswith(("/assets/", "/static/", "/page.")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        async def refuse(status: int) -> None:
            await error_response(status)(scope, receive, send_with_headers)

        if status := self._unknown(scope):
            await refuse(status)
            return
        try:
            receive_body = await _bounded(scope, receive)
            if scope["path"] == "/":
                await self._serve_page(scope, receive_body, send_with_headers, nonce)
            else:
                await self.app(scope, receive_body, send_with_headers)
        except _TooLargeError:
            await refuse(413)
        except Exception:
            _log.exception("%s %s failed", scope["method"], scope["path"])
            if started:
                raise
            await refuse(500)

    def _unknown(self, scope: Scope) -> int | None:
        """404 for a path that nobody serves, 405 for a method that its path does not know."""
        found = {route.matches(scope)[0] for route in self.routes}
        if Match.FULL in found:
            return None
        if Match.PARTIAL in found:
            return 405
        path: str = scope["path"]
        if path.startswith(_PAGE_FOLDERS):
            return None if scope["method"] in {"GET", "HEAD"} else 405
        return None if path in _PAGE_PATHS else 404

    async def _serve_page(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        """The page, rewritten. It is asked for uncompressed, so that it can be read."""
        headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
        start: Message = {}
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
            elif message["type"] == "http.response.body":
                body += message.get("body", b"")

        await self.app({**scope, "headers": headers}, receive, collect)
        page = MutableHeaders(scope=start)
        if page.get("content-type", "").startswith("text/html") and body:
            body = self.rewrite(body.decode("utf-8"), nonce).encode("utf-8")
            page["content-length"] = str(len(body))
        await send(start)
        await send({"type": "http.response.body", "body": body})


async def _bounded(scope: Scope, receive: Receive) -> Receive:
    """A ``receive`` that gives the whole body at once; :class:`_TooLargeError` as soon as it goes over the limit."""
    if scope["method"] in {"GET", "HEAD", "OPTIONS"}:
        return receive
    declared = dict(scope["headers"]).get(b"content-length", b"0")
    if not declared.isdigit() or int(declared) > BODY_LIMIT:
        raise _TooLargeError
    body = b""
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > BODY_LIMIT:
            raise _TooLargeError
    whole: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive_whole() -> Message:
        return whole.pop() if whole else await receive()

    return receive_whole
