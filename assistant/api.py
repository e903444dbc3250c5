"""The HTTP face: the API of the contract, and the chat page at ``/``, as one application.

    POST /api/v1/ask · GET /api/v1/lookup · /api/v1/instruments · /api/v1/instruments/{id}
    GET /healthz · /readyz · /openapi.json · /

This is an edge: the day is read here, once a request, and handed on. No question is ever logged. Importing this module
imports fastapi, and :func:`create_app` gradio: the command line imports it where it serves.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Literal, Protocol

from fastapi import FastAPI, HTTPException, Query
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.middleware.cors import CORSMiddleware

from assistant import __version__, clock
from assistant.answer import validity_json
from assistant.incoming import RequestError, read_day, read_request
from assistant.web.errors import error_response
from assistant.web.guard import HISTORY_LIMIT, MESSAGE_LIMIT, QUESTION_LIMIT, Guard
from corpus.errors import PolicyError

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request as HttpRequest

    from assistant.pipeline import Assistant
    from corpus.library import Library
    from corpus.model import Instrument, Provision


class ServerSettings(Protocol):
    """What the server needs to know of the settings."""

    @property
    def corpus(self) -> Path:
        """The corpus folder, where the example questions lie."""


City = Annotated[str, Field(max_length=20, description="如 天门市，有没有“市”都可以", examples=["天门市"])]
Day = Annotated[str, Field(max_length=20, description="判断效力的日期，默认今天", examples=["2024-03-15"])]


class Message(BaseModel):
    """A message of the conversation so far: what was said, never a source."""

    role: Literal["user", "assistant", "system"]
    content: str = Field(max_length=MESSAGE_LIMIT)


class Line(BaseModel):
    """A question as a batch line has it."""

    question: str = Field(min_length=1, max_length=QUESTION_LIMIT)
    id: Annotated[str, Field(max_length=200)] | int | None = None
    history: list[Message] = Field(default_factory=list, max_length=HISTORY_LIMIT)
    as_of: Day | None = None
    city: City | None = None
    mode: Literal["extractive", "llm"] | None = None


class Problem(BaseModel):
    """What went wrong: a stable code, and a sentence in Chinese and in English."""

    code: str
    message: str
    message_en: str


class ErrorBody(BaseModel):
    """The body of every error."""

    error: Problem


def create_app(assistant: Assistant, settings: ServerSettings, today: Callable[[], date] = clock.today) -> FastAPI:
    """The whole application. ``today`` is asked once for every request."""
    from assistant.web import page
    from assistant.web.examples import working_examples

    app = FastAPI(
        title="惠企政策问答 policy-assistant",
        version=__version__,
        description="每个数字都能核对到条款。Answers about enterprise-support policies, cited to the clause.",
        docs_url=None,
        redoc_url=None,
        responses={status: {"model": ErrorBody} for status in (404, 405, 413, 422, 500)},
    )
    _add_api(app, assistant, today)
    for name, media_type in page.ASSETS.items():
        app.add_api_route(f"/{name}", partial(_asset, page.asset(name), media_type), include_in_schema=False)
    own_routes = tuple(app.routes)
    page.mount(app, assistant, working_examples(assistant, settings.corpus, today()), today)
    for each in (app, app.routes[-1].app):  # type: ignore[attr-defined] # gradio's application is mounted last
        each.add_exception_handler(StarletteHTTPException, _http_error)
        each.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(RequestError, _unusable)
    # Without any origin allowed, gradio adds no header that would let another site's page read answers.
    app.add_middleware(CORSMiddleware)
    app.add_middleware(Guard, routes=own_routes, rewrite=lambda html, nonce: page.rewrite(html, nonce, today()))
    return app


def _add_api(app: FastAPI, assistant: Assistant, today: Callable[[], date]) -> None:
    """The routes of the contract. Plain functions: FastAPI runs them in its thread pool."""
    library = assistant.library

    def day_of(as_of: str | None) -> date:
        now = today()
        return read_day(as_of, now) if as_of else now

    @app.post("/api/v1/ask", summary="提问 Ask")
    def ask(line: Line) -> dict[str, Any]:
        """One answer with its citations; a refusal is an answer too."""
        return assistant.ask(read_request(line.model_dump(), today())).as_json()

    @app.get("/api/v1/lookup", summary="查条款 Look up clauses")
    def lookup(
        q: Annotated[str, Query(min_length=1, max_length=200, description="文号、文号加条款，或关键词")],
        city: Annotated[City | None, Query()] = None,
        as_of: Annotated[Day | None, Query()] = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> dict[str, Any]:
        """The clauses of a document number or article, else the best for keywords; exact hits first."""
        return assistant.lookup(q, day_of(as_of), city or None, limit).as_json()

    @app.get("/api/v1/instruments", summary="文件目录 Instruments")
    def instruments(as_of: Annotated[Day | None, Query()] = None) -> list[dict[str, Any]]:
        """Every instrument, with its validity on the day."""
        on = day_of(as_of)
        return [_instrument_json(instrument, on) for instrument in library.instruments]

    @app.get("/api/v1/instruments/{instrument_id}", summary="一份文件 One instrument")
    def instrument(instrument_id: str, as_of: Annotated[Day | None, Query()] = None) -> dict[str, Any]:
        """An instrument with the tree of its provisions, verbatim."""
        found = library.instrument.get(instrument_id)
        if found is None:
            raise HTTPException(404)
        tree = [_provision_json(library, found, provision) for provision in found.provisions]
        return {**_instrument_json(found, day_of(as_of)), "provisions": tree}

    @app.get("/healthz", summary="存活 Alive")
    def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok", "version": __version__}

    @app.get("/readyz", summary="就绪 Ready")
    def readyz() -> dict[str, Any]:
        """There are clauses to answer from."""
        if not library.clauses:
            raise HTTPException(503)
        counts = {"documents": len(library.documents), "clauses": len(library.clauses)}
        return {"status": "ready", "corpus_version": library.version, **counts}


def _instrument_json(instrument: Instrument, on: date) -> dict[str, Any]:
    return {
        "id": instrument.id,
        "document_number": str(instrument.number) if instrument.number else None,
        "title": instrument.title,
        "city": instrument.city or None,
        "kind": instrument.kind.value,
        "issuer": instrument.issuer,
        "date": instrument.date.isoformat() if instrument.date else None,
        "validity": validity_json(instrument.validity, on),
    }


def _provision_json(library: Library, instrument: Instrument, provision: Provision) -> dict[str, Any]:
    """A node of the tree; ``text`` is its own text, ``clause_id`` the clause that it is cited as, if it is one."""
    clause_id = f"{instrument.id}~{provision.path}"
    return {
        "path": list(provision.path.labels),
        "label": provision.path.label,
        "level": provision.level.value,
        "heading": provision.heading,
        "text": provision.own.of(library.document[instrument.document_id].text),
        "clause_id": clause_id if clause_id in library.clause else None,
        "children": [_provision_json(library, instrument, child) for child in provision.children],
    }


def _asset(content: bytes, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Cache-Control": "public, max-age=31536000, immutable"})


async def _http_error(_request: HttpRequest, error: Exception) -> JSONResponse:
    return error_response(error.status_code if isinstance(error, StarletteHTTPException) else 500)


async def _invalid(_request: HttpRequest, error: Exception) -> JSONResponse:
    """The first thing that is wrong, in words; what was sent is not repeated."""
    first = error.errors()[0] if isinstance(error, RequestValidationError) else {}
    place = ".".join(str(part) for part in first.get("loc", ())[1:])
    if first.get("type") == "json_invalid" or not place:
        english = "The body must be a JSON object (Content-Type: application/json)"
        return error_response(422, "请求正文应为 JSON 对象（Content-Type: application/json）", english)
    limit = next(iter((first.get("ctx") or {}).values()), "")
    message, message_en = {
        "missing": ("缺少这一项", "is missing"),
        "string_too_short": ("不能为空", "must not be empty"),
        "string_too_long": (f"超过 {limit} 字", f"is longer than {limit} characters"),
        "too_long": (f"超过 {HISTORY_LIMIT} 条", f"has more than {HISTORY_LIMIT} entries"),
        "literal_error": (f"应为 {limit} 之一", f"must be one of {limit}"),
    }.get(first.get("type", ""), ("的值不合要求", "has a value that cannot be used"))
    return error_response(422, f"{place}：{message}", f"{place} {message_en}")


async def _unusable(_request: HttpRequest, error: Exception) -> JSONResponse:
    return error_response(422, str(error))


def serve(
    assemble: Callable[[], Assistant], settings: ServerSettings, host: str = "127.0.0.1", port: int = 7860
) -> None:
    """Serve until interrupted; one line on stderr says where.

    ``assemble`` is called once the address is had, since it may take its time; ``PolicyError`` where it cannot be had.
    """
    import uvicorn

    listening = _listen(host, port)
    with listening:
        app = create_app(assemble(), settings)
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}"

        class Server(uvicorn.Server):
            """Says where it listens, once it does."""

            async def startup(self, sockets: list[socket.socket] | None = None) -> None:
                await super().startup(sockets)
                print(f"已启动，请用浏览器打开 {address} （按 Ctrl+C 停止）", file=sys.stderr, flush=True)

        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        raise PolicyError(_why_not(error, host, port)) from error
    return listening


def _why_not(error: OSError, host: str, port: int) -> str:
    import errno

    if error.errno == errno.EADDRINUSE:
        return f"端口 {port} 已被占用：请先停止占用它的程序，或者换一个端口，例如 --port {port + 1}。"
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"没有权限使用端口 {port}：请换一个 1024 以上的端口，例如 --port 7860。"
    return f"无法在 {host}:{port} 上提供服务：请检查 --host 是不是本机的地址，--port 是不是 1 到 65535。"
