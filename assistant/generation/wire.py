"""The bytes of a reply on their way from an endpoint to the library that reads its stream.

Endpoints differ: some ignore ``stream`` and answer with one JSON body, some name the wrong type of content, some never
end, some just close the connection. What a body is is told by its first character, not by what its header says.
"""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator

import httpx

from assistant.errors import ModelError

#: So many bytes of a reply are read. A stream of tokens takes some 300 bytes a token.
_LARGEST = 16 * 1024 * 1024

_BEGIN = b"\xef\xbb\xbf \t\r\n"
_END = re.compile(rb"(?:^|[\r\n])data: ?\[DONE\]")
_END_LENGTH = len(b"\ndata: [DONE]")


class Wire:
    """Watches one reply: how large it gets, and whether it came to its end.

    ``ended`` is whether the stream said that it was over, which a connection that was closed half way does not.
    """

    def __init__(self, *, streamed: bool) -> None:
        self.streamed = streamed
        self.ended = False

    async def watch(self, response: httpx.Response) -> None:
        """Puts itself between a response and whoever reads it (a response hook of httpx)."""
        body = response.stream
        if isinstance(body, httpx.AsyncByteStream):
            response.stream = _Body(body, self, as_events=self.streamed and response.is_success)


class _Body(httpx.AsyncByteStream):
    """A body, as server-sent events where these are wanted."""

    def __init__(self, body: httpx.AsyncByteStream, wire: Wire, *, as_events: bool) -> None:
        self._body = body
        self._wire = wire
        self._as_events = as_events

    async def __aiter__(self) -> AsyncIterator[bytes]:
        whole, tail, size = bytearray(), b"", 0
        is_whole = None if self._as_events else False
        async for received in self._body:
            piece = received
            size += len(piece)
            if size > _LARGEST:
                raise ModelError("语言模型的答复太长，没有采用。")
            if is_whole is None:
                piece = piece.lstrip(_BEGIN)
                is_whole = piece.startswith(b"{") if piece else None
            if is_whole:
                whole += piece
            elif piece:
                self._wire.ended = self._wire.ended or _END.search(tail + piece) is not None
                tail = (tail + piece)[-_END_LENGTH:]
                yield piece
        if is_whole:
            self._wire.ended = True
            yield _as_events(whole)

    async def aclose(self) -> None:
        """Closes the connection's side of it."""
        await self._body.aclose()


def _as_events(body: bytearray) -> bytes:
    """A whole reply as the one event of a stream; an error object stays one."""
    said = json.loads(body.decode("utf-8-sig"))
    choices = said.get("choices")
    if isinstance(choices, list):
        said = {**said, "object": "chat.completion.chunk", "choices": [_as_delta(choice) for choice in choices]}
    return b"data: " + json.dumps(said).encode() + b"\n\ndata: [DONE]\n\n"


def _as_delta(choice: dict[str, object]) -> dict[str, object]:
    message = choice.get("message")
    content = message.get("content") if isinstance(message, dict) else None
    finish = choice.get("finish_reason")
    return {"index": 0, "delta": {"role": "assistant", "content": content}, "finish_reason": finish}
