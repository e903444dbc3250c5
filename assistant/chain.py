"""The assistant for LangChain programs: the whole as a ``Runnable``, its search as a ``BaseRetriever``.

What goes in and what comes out:

    assistant_chain(assistant, today).invoke("…")                                → Answer
    assistant_chain(assistant, today).invoke({"question": "…", "history": […]})  → Answer
    ClauseRetriever(assistant=assistant, today=today).invoke("…")                → [Document]
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from langchain_core.callbacks import AsyncCallbackManagerForRetrieverRun, CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.messages import convert_to_messages
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda, run_in_executor

from assistant.answer import Answer, Citation, Request
from assistant.incoming import read_request
from assistant.pipeline import Assistant

#: A question alone, or with ``history``, ``as_of`` and ``city``; the history may be of LangChain's messages.
ChainInput = str | Mapping[str, Any]

_ROLES = {"human": "user", "ai": "assistant"}


def assistant_chain(assistant: Assistant, today: Callable[[], date]) -> Runnable[ChainInput, Answer]:
    """The whole assistant as one step: invoke, batch and stream with their asynchronous twins, callbacks, config.

    An answer is checked as a whole before anyone sees it, so a stream of it has one piece. ``today`` is asked for
    every input that states no day.
    """

    def answer(asked: ChainInput) -> Answer:
        return assistant.ask(_request(asked, today()))

    return RunnableLambda(answer, name="policy-assistant")


class ClauseRetriever(BaseRetriever):
    """Clauses for a question: the exact ones where it names a document or article, else the best found.

    A document's id is the clause's; its metadata are flat.
    """

    assistant: Any
    today: Callable[[], date]
    city: str | None = None
    limit: int = 10

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun | None = None,  # noqa: ARG002 - LangChain's signature
    ) -> list[Document]:
        on = self.today()
        found = self.assistant.lookup(query, on, self.city, self.limit)
        return [_document(match, on) for match in found.matches]

    async def _aget_relevant_documents(
        self,
        query: str,
        *,
        run_manager: AsyncCallbackManagerForRetrieverRun,  # noqa: ARG002 - LangChain's signature
    ) -> list[Document]:
        return await run_in_executor(None, self._get_relevant_documents, query)


def _request(asked: ChainInput, today: date) -> Request:
    if isinstance(asked, str):
        return read_request({"question": asked}, today)
    values = dict(asked)
    if values.get("history"):
        messages = convert_to_messages(values["history"])
        values["history"] = [
            {"role": _ROLES.get(message.type, message.type), "content": str(message.text)} for message in messages
        ]
    if isinstance(values.get("as_of"), date):
        values["as_of"] = values["as_of"].isoformat()
    return read_request(values, today)


def _document(citation: Citation, on: date) -> Document:
    validity = citation.validity
    return Document(
        id=citation.clause_id,
        page_content=citation.text,
        metadata={
            "instrument_id": citation.instrument_id,
            "document_number": citation.document_number,
            "title": citation.title,
            "label": citation.label,
            "city": citation.city,
            "kind": citation.kind.value,
            "as_of": on.isoformat(),
            "status": validity.status(on).value,
            "effective_on": validity.effective_on.isoformat() if validity.effective_on else None,
            "expires_on": validity.expires_on.isoformat() if validity.expires_on else None,
        },
    )
