"""One request to an OpenAI-compatible endpoint, streamed, within a time.

    messages → LangChain's ChatOpenAI → stream → Reply, filled while it arrives

Everything runs in an event loop of its own in a thread of its own: when the time is up the request is cancelled
wherever it stands (name, connection, first byte, drip), its connection is closed, and whoever waits goes on. The
caller's LangChain callbacks see the call, each token and the counts.
"""

from __future__ import annotations

import asyncio
import contextvars
import queue
import threading
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, cast

from assistant.errors import ModelError
from assistant.generation.prompting import Message

if TYPE_CHECKING:
    from langchain_core.messages import AIMessageChunk

#: A draft has some hundred characters; a reply that goes on beyond this, thinking included, is abandoned.
_LONGEST = 40_000

#: So many seconds an abandoned request is given to close its connection before nobody waits for that either.
_GRACE = 0.2


class _Way(IntEnum):
    """How to ask, best first: an endpoint may not know ``stream_options``, or not stream, and say so with HTTP 400."""

    COUNTED = 0
    STREAMED = 1
    WHOLE = 2


@dataclass(slots=True)
class Reply:
    """What has arrived of a reply; the counts are None where the endpoint gives none."""

    text: str = ""
    finish: str | None = None
    prompt_tokens: int | None = None
    completion_tokens: int | None = None

    def add(self, chunk: AIMessageChunk) -> None:
        """The next piece. Counts are those of the last piece that has any: some endpoints send running totals."""
        self.text += str(chunk.text)
        self.finish = chunk.response_metadata.get("finish_reason") or self.finish
        usage = chunk.usage_metadata
        if usage:
            self.prompt_tokens = usage.get("input_tokens") or self.prompt_tokens
            self.completion_tokens = usage.get("output_tokens") or self.completion_tokens


class Endpoint:
    """An OpenAI-compatible endpoint and a model behind it.

    Every failure is a ``ModelError`` with a Chinese sentence that never holds the key.
    """

    def __init__(self, base_url: str, model: str, api_key: str | None) -> None:
        self.base_url = base_url
        self.model = model
        self._api_key = api_key
        self._way = _Way.COUNTED

    def ask(self, messages: Sequence[Message], seconds: float, reply: Reply) -> None:
        """Fills ``reply`` with the whole reply; of one that breaks off with what came before."""
        ended: queue.SimpleQueue[Exception | None] = queue.SimpleQueue()

        async def work() -> None:
            try:
                async with asyncio.timeout(seconds):
                    await self._in_some_way(messages, reply)
            except Exception as error:  # noqa: BLE001 - whatever the libraries raise is told in the asker's thread
                ended.put(error)
            else:
                ended.put(None)

        context = contextvars.copy_context()
        threading.Thread(target=context.run, args=(asyncio.run, work()), daemon=True).start()
        try:
            error = ended.get(timeout=seconds + _GRACE)
        except queue.Empty:
            error = TimeoutError()
        if error is not None:
            # Without its cause: what an endpoint says about a wrong key may repeat the key.
            raise ModelError(_why(error)) from None

    async def _in_some_way(self, messages: Sequence[Message], reply: Reply) -> None:
        """Asks in the way that the endpoint was last content with, and when it is not in the next one."""
        import openai

        for way in list(_Way)[self._way :]:
            try:
                await self._receive(way, messages, reply)
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                if way is _Way.WHOLE:
                    raise
            else:
                self._way = way
                return

    async def _receive(self, way: _Way, messages: Sequence[Message], reply: Reply) -> None:
        import httpx
        from langchain_openai import ChatOpenAI
        from pydantic import SecretStr

        from assistant.generation.wire import Wire

        wire = Wire(streamed=way is not _Way.WHOLE)
        # Packed, a small body could be a huge one, and its beginning would not tell what it is.
        headers = {"Accept-Encoding": "identity"}
        # The time is kept by whoever awaits this: no pause between two bytes is too long in itself.
        async with httpx.AsyncClient(
            timeout=None,  # noqa: S113
            headers=headers,
            event_hooks={"response": [wire.watch]},
        ) as client:
            model = ChatOpenAI(
                model=self.model,
                base_url=self.base_url,
                api_key=SecretStr(self._api_key or "none"),
                temperature=0,
                max_retries=0,
                http_async_client=client,
                openai_proxy="",
                use_responses_api=False,
                stream_chunk_timeout=None,
                stream_usage=way is _Way.COUNTED,
                disable_streaming=way is _Way.WHOLE,
            )
            pieces = model.astream([(message.role, message.content) for message in messages])
            # Closed at once where it is left early; the type of what streams does not say that it can be.
            async with aclosing(cast("AsyncGenerator[AIMessageChunk]", pieces)):
                async for piece in pieces:
                    reply.add(piece)
                    if len(reply.text) > _LONGEST:
                        raise ModelError("语言模型的答复太长，没有采用。")
        if wire.streamed and not (reply.finish or wire.ended):
            raise ModelError("语言模型的答复中途断开了。")


def prepare() -> None:
    """Loads the libraries, which takes seconds the first time: no time of a request should be lost on it."""
    import langchain_openai  # noqa: F401

    import assistant.generation.wire  # noqa: F401


def _why(error: Exception) -> str:
    """A Chinese sentence for what the libraries raise; what they say is not repeated, since it may hold the key."""
    import openai

    match error:
        case ModelError():
            return str(error)
        case TimeoutError() | openai.APITimeoutError():
            return "语言模型没有在规定时间内答完。"
        case openai.APIConnectionError():
            return "语言模型的接口连不上，或者中途断开了。"
        case openai.AuthenticationError() | openai.PermissionDeniedError():
            return f"语言模型的接口不接受密钥（HTTP {error.status_code}），请检查 LLM_API_KEY。"
        case openai.NotFoundError():
            return "语言模型的接口找不到这个地址或模型（HTTP 404），请检查 LLM_BASE_URL 和 LLM_MODEL。"
        case openai.RateLimitError():
            return "语言模型的接口请求太多或额度用完（HTTP 429）。"
        case openai.APIStatusError():
            return f"语言模型的接口出错（HTTP {error.status_code}）。"
        case openai.APIError():
            return "语言模型的接口报告了错误。"
    return f"语言模型的接口没有按约定的格式答复（{type(error).__name__}）。"
