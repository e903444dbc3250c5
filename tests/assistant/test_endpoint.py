"""Whatever an endpoint does, whoever asks gets the answer from the document's own words, in time, with a notice."""

from __future__ import annotations

import gzip
import itertools
import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import date
from http.server import BaseHTTPRequestHandler

import pytest

from assistant.answer import Request, WarningKind
from assistant.errors import ModelError
from assistant.generation.endpoint import Endpoint, Reply
from assistant.generation.generate import ChatModel
from assistant.generation.prompting import Message
from assistant.pipeline import Assistant
from index.search import Index
from tests.model_server import ModelServer

ASKED = Request("零售店刚进限纳统，天门奖多少？", date(2026, 11, 22))
SAID = "可以一次性奖励4万元 [1]。"
DONE = b"data: [DONE]\n\n"
#: Seconds that a model is given where it never gets done, and that the answer may then take on a busy machine.
BUDGET, ENOUGH = 1.0, 4.0

Script = Callable[[ModelServer], None]


def _said(text: str = SAID) -> bytes:
    return b"".join(ModelServer().events(text)) + DONE


def _event(delta: object, finish: str | None = None) -> bytes:
    choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
    return f"data: {json.dumps({'id': '1', 'choices': choices})}\n\n".encode()


TOOL = [{"index": 0, "id": "a", "type": "function", "function": {"name": "search", "arguments": "{}"}}]


def _drip_headers(server: ModelServer) -> Callable[[BaseHTTPRequestHandler], None]:
    def reply(handler: BaseHTTPRequestHandler) -> None:
        for byte in itertools.chain(b"HTTP/1.1 200 OK\r\n", itertools.cycle(b"X-A: b\r\n")):
            if server.released.wait(0.05):
                break
            handler.wfile.write(bytes([byte]))
            handler.wfile.flush()

    return reply


#: What never ends by itself.
ENDLESS: dict[str, Script] = {
    "nothing before the first byte": lambda s: s.hang(),
    "a body that drips": lambda s: s.drip(),
    "a stream a byte a second": lambda s: s.stream((bytes([b]) for b in itertools.cycle(_said())), pause=0.5),
    "a good reply that drips": lambda s: s.stream((bytes([b]) for b in _said()), pause=0.1),
    "headers that drip": lambda s: s.replies.append(_drip_headers(s)),
    "comments that keep it alive": lambda s: s.stream(itertools.repeat(b": keep-alive\n\n"), pause=0.05),
    "blank lines": lambda s: s.stream(itertools.repeat(b"\n"), pause=0.02),
    "pieces without words": lambda s: s.stream(itertools.repeat(_event({"content": ""})), pause=0.02),
    "thinking apart": lambda s: s.stream(itertools.repeat(_event({"reasoning_content": "嗯"})), pause=0.02),
    "words and no end": lambda s: s.stream(itertools.repeat(_event({"content": "奖"})), pause=0.05),
    "a whole reply, then silence": lambda s: s.stream(
        itertools.chain(s.events(SAID, finish=None), itertools.repeat(b": \n\n")), pause=0.1
    ),
}

#: What ends, badly.
BROKEN: dict[str, Script] = {
    "half a stream": lambda s: s.stream(s.events(SAID)[:2]),
    "half a stream that reads like a whole": lambda s: s.stream(s.events(SAID, finish=None)),
    "half an event": lambda s: s.stream([*s.events(SAID)[:3], b'data: {"choices": [{"delta": {"cont']),
    "half a JSON body": lambda s: s.cut('{"choices": [{"message": {"content": "奖励4万'),
    "half a JSON body in a stream": lambda s: s.stream([b'{"choices": [{"message": {"content": "']),
    "garbage": lambda s: s.stream([b"\x00\x01<html>", bytes(range(256))]),
    "garbage between events": lambda s: s.stream([*s.events(SAID)[:2], b"data: {'oops'}\n\n", DONE]),
    "events that are no chunks": lambda s: s.stream([b"data: 42\n\n", b"data: []\n\n", b'data: "x"\n\n', DONE]),
    "an error in the stream": lambda s: s.stream([*s.events(SAID)[:2], b'data: {"error": {"message": "boom"}}\n\n']),
    "invalid UTF-8": lambda s: s.stream([*s.events(SAID)[:2], b'data: {"a": "\xff\xfe\xfa"}\n\n', DONE]),
    "invalid UTF-8 in a JSON body": lambda s: s.send(200, b'{"choices": [{"message": {"content": "\xff[1]"}}]}'),
    "too many requests": lambda s: s.send(429, "{}", Retry_After="30"),
    "500": lambda s: s.send(500, "boom", "text/plain"),
    "503 with a page": lambda s: s.send(503, "<html>网关</html>", "text/html", Retry_After="120"),
    "an empty body": lambda s: s.send(200, ""),
    "an empty stream": lambda s: s.stream([]),
    "a stream of only its end": lambda s: s.stream([DONE]),
    "a page": lambda s: s.send(200, "<html>请先登录</html>", "text/html"),
    "a huge JSON body": lambda s: s.send(200, b'{"choices": [' + b" " * 40_000_000),
    "a huge error": lambda s: s.send(500, b"x" * 40_000_000),
    "a huge stream": lambda s: s.stream(itertools.repeat(b"data: " + b"x" * 100_000)),
    "words and words": lambda s: s.stream(itertools.repeat(_event({"content": "奖励" * 500}))),
    "deeply nested JSON": lambda s: s.send(200, b'{"choices": ' + b"[" * 100_000),
    "cut off by its length": lambda s: s.stream([_event({"content": SAID}, "length"), DONE]),
    "held back by a filter": lambda s: s.stream([_event({"content": SAID}, "content_filter"), DONE]),
    "a call of a tool": lambda s: s.stream([_event({"content": None, "tool_calls": TOOL}, "tool_calls"), DONE]),
    "thinking that never closes": lambda s: s.stream([_said(f"<think>也许{SAID}")]),
    "thinking that opens late": lambda s: s.stream([_said("想一想<thinking>奖励4万元 [1]")]),
    "only thinking": lambda s: s.stream([_said(f"<think>{SAID}</think>")]),
    "a redirect": lambda s: s.send(307, "", Location="http://127.0.0.1:9/"),
    "a redirect to itself": lambda s: s.send(308, "", Location=f"{s.base_url}/chat/completions"),
    "a redirect to a page": lambda s: s.send(302, "<html>登录</html>", "text/html", Location="/login"),
    "no choices": lambda s: s.send(200, json.dumps({"choices": []})),
    "no choices in a stream": lambda s: s.stream([b'data: {"id": "1", "choices": []}\n\n', DONE]),
    "a choice without words": lambda s: s.send(200, json.dumps({"choices": [{"message": {"content": None}}]})),
    "a picture": lambda s: s.send(200, b"\x89PNG\r\n\x1a\n" + bytes(1000), "image/png"),
    "a picture that holds a reply": lambda s: s.send(200, b"\x89PNG" + _whole(SAID), "image/png"),
    "a body that unpacks to a hundred megabytes": lambda s: s.send(
        200, gzip.compress(b'{"choices": [' + bytes(100_000_000), 1), Content_Encoding="gzip"
    ),
    "success without a body": lambda s: s.send(204, ""),
    "a status that nobody knows": lambda s: s.send(599, "?"),
}


def _answer(bundled: Index, server: ModelServer, budget: float):
    assistant = Assistant(bundled, ChatModel(server.base_url, "stand-in", "key", timeout=budget))
    started = time.perf_counter()
    return assistant.ask(ASKED), time.perf_counter() - started


@pytest.fixture(autouse=True)
def _loaded(bundled: Index) -> None:
    """What is loaded once is loaded: the tests measure what an endpoint costs."""
    from assistant.generation.endpoint import prepare

    prepare()
    Assistant(bundled).ask(ASKED)


def _is_extractive(answer) -> bool:
    warned = WarningKind.MODEL_FALLBACK in {warning.kind for warning in answer.warnings}
    return answer.mode == "extractive" and answer.text.startswith("4万元") and warned


@pytest.mark.parametrize("case", ENDLESS)
def test_what_never_ends_is_abandoned_within_the_time(
    case: str, bundled: Index, model_server: ModelServer, capfd, caplog
) -> None:
    ENDLESS[case](model_server)
    before = threading.active_count()
    answer, took = _answer(bundled, model_server, BUDGET)
    assert _is_extractive(answer)
    assert took < ENOUGH
    if case != "nothing before the first byte":
        assert model_server.abandoned.wait(ENOUGH), "the connection is closed"
    _nothing_stays(before, model_server)
    assert "Traceback" not in capfd.readouterr().err
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("case", BROKEN)
def test_what_breaks_ends_in_the_extractive_answer_at_once(
    case: str, bundled: Index, model_server: ModelServer, capfd, caplog
) -> None:
    for _ in range(2):
        BROKEN[case](model_server)
    answer, took = _answer(bundled, model_server, budget=60)
    assert _is_extractive(answer)
    assert took < 20
    assert "Traceback" not in capfd.readouterr().err
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def _nothing_stays(before: int, server: ModelServer) -> None:
    """No thread of the asker is left; those of the server go when it is released."""
    server.released.set()
    until = time.monotonic() + ENOUGH
    while threading.active_count() > before and time.monotonic() < until:
        time.sleep(0.02)
    assert threading.active_count() <= before


def test_nothing_that_listens(bundled: Index) -> None:
    assistant = Assistant(bundled, ChatModel("http://127.0.0.1:9/v1", "stand-in", "key", timeout=30))
    assert _is_extractive(assistant.ask(ASKED))


GOOD: dict[str, Script] = {
    "streamed": lambda s: s.say(SAID),
    "one JSON body": lambda s: s.say_whole(SAID),
    "one JSON body that says it is a stream": lambda s: s.stream([_whole(SAID)]),
    "one JSON body behind blanks": lambda s: s.stream([b"\n", b"  ", _whole(SAID)[:9], _whole(SAID)[9:]]),
    "a stream that says it is JSON": lambda s: s.stream([_said()], content_type="application/json"),
    "a stream that says it is text": lambda s: s.stream([_said()], content_type="text/plain"),
    "byte by byte": lambda s: s.stream(bytes([b]) for b in _said()),
    "lines with carriage returns": lambda s: s.stream([_said().replace(b"\n", b"\r\n")]),
    "comments and a first empty piece": lambda s: s.stream([b": hello\n\n", _event({"role": "assistant"}), _said()]),
    "no reason for its end": lambda s: s.stream([*s.events(SAID, finish=None), DONE]),
    "no end, but a reason for it": lambda s: s.stream(s.events(SAID)),
    "thinking over several pieces": lambda s: s.stream(
        [_event({"content": piece}) for piece in ("<thi", "nk>奖", "9万元 [1]</th", "ink>", SAID)] + [DONE]
    ),
    "thinking apart from the reply": lambda s: s.stream([_event({"reasoning_content": "9万元 [1]"}), _said()]),
}


def _whole(text: str) -> bytes:
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return json.dumps({"choices": [choice]}).encode()


@pytest.mark.parametrize("case", GOOD)
def test_endpoints_differ_and_each_is_understood(case: str, bundled: Index, model_server: ModelServer) -> None:
    GOOD[case](model_server)
    answer, _ = _answer(bundled, model_server, budget=60)
    assert answer.mode == "llm"
    assert answer.text.startswith(SAID)
    assert model_server.requests[0]["stream"] is True


def _ask(endpoint: Endpoint) -> Reply:
    reply = Reply()
    endpoint.ask([Message("user", "？")], 20, reply)
    return reply


def test_the_counts_of_a_stream_are_asked_for_and_taken(model_server: ModelServer) -> None:
    model_server.say(SAID, usage=(321, 17))
    reply = _ask(Endpoint(model_server.base_url, "m", None))
    assert (reply.text, reply.prompt_tokens, reply.completion_tokens) == (SAID, 321, 17)


def test_an_endpoint_that_does_not_know_stream_options_is_asked_without(model_server: ModelServer) -> None:
    refusal = json.dumps({"error": {"message": "Unrecognized request argument supplied: stream_options"}})
    model_server.send(400, refusal)
    model_server.say(SAID)
    model_server.say(SAID)
    endpoint = Endpoint(model_server.base_url, "m", None)
    assert _ask(endpoint).text == SAID
    assert _ask(endpoint).text == SAID
    # What it does not know is not tried again.
    assert ["stream_options" in request for request in model_server.requests] == [True, False, False]
    assert all(request["stream"] for request in model_server.requests)


def test_an_endpoint_that_does_not_stream_is_asked_for_the_whole(model_server: ModelServer) -> None:
    for _ in range(2):
        model_server.send(422, json.dumps({"detail": "stream is not supported"}))
    model_server.say(SAID, usage=(321, 17))
    reply = _ask(Endpoint(model_server.base_url, "m", None))
    assert (reply.text, reply.completion_tokens) == (SAID, 17)
    assert not model_server.requests[-1].get("stream")


def test_an_endpoint_that_refuses_in_any_way_is_a_model_error(model_server: ModelServer) -> None:
    for _ in range(3):
        model_server.send(400, "{}")
    with pytest.raises(ModelError, match="HTTP 400"):
        _ask(Endpoint(model_server.base_url, "m", None))


def test_what_arrived_before_the_end_of_the_time_is_counted(bundled: Index, model_server: ModelServer) -> None:
    model_server.stream(itertools.repeat(_event({"content": "奖励"})), pause=0.02)
    answer, _ = _answer(bundled, model_server, BUDGET)
    assert _is_extractive(answer)
    assert answer.tokens is not None
    assert answer.tokens.prompt > 500
    assert answer.tokens.completion > 10
