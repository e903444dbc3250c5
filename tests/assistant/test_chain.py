import asyncio
from datetime import date
from uuid import UUID

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer, Turn
from assistant.chain import ClauseRetriever, assistant_chain
from assistant.generation.generate import ChatModel
from assistant.incoming import RequestError
from assistant.pipeline import Assistant

TODAY = date(2026, 11, 22)


@pytest.fixture
def chain(scripted):
    return assistant_chain(scripted, lambda: TODAY)


def test_a_question_gives_an_answer(chain, scripted) -> None:
    answer = chain.invoke("零售店奖多少？")
    assert isinstance(answer, Answer)
    assert answer.text == "答：零售店奖多少？ [1]"
    assert scripted.asked[0].as_of == TODAY


def test_history_day_and_city_are_taken(chain, scripted) -> None:
    said = [HumanMessage("甲市？"), AIMessage("60万元")]
    chain.invoke({"question": "乙市呢？", "history": said, "as_of": date(2024, 3, 15), "city": "乙市"})
    chain.invoke({"question": "乙市呢？", "history": [{"role": "user", "content": "甲市？"}], "as_of": "2024年3月"})
    first, second = scripted.asked
    assert first.history == (Turn("user", "甲市？"), Turn("assistant", "60万元"))
    assert (first.as_of, first.city) == (date(2024, 3, 15), "乙市")
    assert second.history == (Turn("user", "甲市？"),)
    assert second.as_of == date(2024, 3, 31)


def test_what_is_no_question_is_refused(chain) -> None:
    with pytest.raises(RequestError):
        chain.invoke({"query": "?"})
    with pytest.raises(RequestError):
        chain.invoke(" ")


def test_batches_streams_and_their_asynchronous_twins(chain) -> None:
    assert [answer.question for answer in chain.batch(["甲", "乙", "丙"])] == ["甲", "乙", "丙"]
    assert [answer.question for answer in chain.stream("甲")] == ["甲"]
    assert asyncio.run(chain.ainvoke("甲")).question == "甲"
    assert [answer.question for answer in asyncio.run(chain.abatch(["甲", "乙"]))] == ["甲", "乙"]


def test_callbacks_and_composition_work_as_for_any_runnable(chain) -> None:
    seen = []

    class Watcher(BaseCallbackHandler):
        def on_chain_start(self, _serialized, inputs, *, name=None, **_):
            seen.append((name, inputs))

    text = (chain | RunnableLambda(lambda answer: answer.text) | StrOutputParser()).invoke(
        "甲", config={"callbacks": [Watcher()]}
    )
    assert text == "答：甲 [1]"
    assert ("policy-assistant", "甲") in seen


def test_the_search_is_a_retriever(scripted) -> None:
    retriever = ClauseRetriever(assistant=scripted, today=lambda: TODAY, city="甲市")
    (document,) = retriever.invoke("奖励")
    assert document == Document(
        id="甲政发-2023-5~h1_1",
        page_content="一、零售企业一次性奖励4万元。",
        metadata={
            "instrument_id": "甲政发-2023-5",
            "document_number": "甲政发〔2023〕5号",
            "title": "支持商贸企业的若干意见",
            "label": "一、",
            "city": "甲市",
            "kind": "normative",
            "as_of": "2026-11-22",
            "status": "expired",
            "effective_on": "2023-08-28",
            "expires_on": "2025-08-28",
        },
    )
    assert scripted.looked_up == [("奖励", TODAY, "甲市")]
    assert asyncio.run(retriever.ainvoke("奖励")) == [document]


class Tracing(BaseCallbackHandler):
    """What a tracing tool sees: each model call with the run it belongs to, its tokens, its counts, its end."""

    def __init__(self) -> None:
        self.chains: dict[UUID, str | None] = {}
        self.within: list[str | None] = []
        self.prompts: list[str] = []
        self.tokens: list[str] = []
        self.replies: list[str] = []
        self.counts: list[tuple[int, int]] = []
        self.errors: list[str] = []

    def on_chain_start(self, _serialized, _inputs, *, run_id, name=None, **_) -> None:
        self.chains[run_id] = name

    def on_chat_model_start(self, _serialized, messages, *, parent_run_id=None, **_) -> None:
        self.within.append(self.chains.get(parent_run_id))
        self.prompts.append(str(messages[0][-1].content))

    def on_llm_new_token(self, token, **_) -> None:
        self.tokens.append(token)

    def on_llm_end(self, response, **_) -> None:
        generation = response.generations[0][0]
        self.replies.append(generation.text)
        usage = generation.message.usage_metadata
        if usage:
            self.counts.append((usage["input_tokens"], usage["output_tokens"]))

    def on_llm_error(self, error, **_) -> None:
        self.errors.append(type(error).__name__)


ASKED = {"question": "零售店刚进限纳统，天门奖多少？"}
SAID = "零售企业一次性奖励4万元 [1]。"


@pytest.fixture
def modelled(bundled, model_server):
    """The chain over the bundled corpus with a model whose words the test decides."""
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=20))
    return assistant_chain(assistant, lambda: TODAY)


def _invoked(chain, config):
    return chain.invoke(ASKED, config=config)


def _streamed(chain, config):
    (answer,) = chain.stream(ASKED, config=config)
    return answer


def _batched(chain, config):
    (answer,) = chain.batch([ASKED], config=config)
    return answer


def _ainvoked(chain, config):
    return asyncio.run(chain.ainvoke(ASKED, config=config))


def _astreamed(chain, config):
    async def last():
        return [answer async for answer in chain.astream(ASKED, config=config)][-1]

    return asyncio.run(last())


@pytest.mark.parametrize("way", [_invoked, _streamed, _batched, _ainvoked, _astreamed])
def test_a_tracing_callback_sees_the_model_call_and_its_tokens(way, modelled, model_server) -> None:
    model_server.say(SAID, usage=(321, 17))
    tracing = Tracing()
    answer = way(modelled, {"callbacks": [tracing]})
    assert answer.mode == "llm"
    assert (answer.tokens.prompt, answer.tokens.completion) == (321, 17)
    assert tracing.within == ["policy-assistant"]
    assert "零售店刚进限纳统" in tracing.prompts[0]
    assert "".join(tracing.tokens) == SAID
    assert len([token for token in tracing.tokens if token]) > 2, "piece by piece"
    assert tracing.replies == [SAID]
    assert tracing.counts == [(321, 17)]
    assert tracing.errors == []


def test_a_batch_has_a_run_and_a_model_call_for_each(modelled, model_server) -> None:
    for _ in range(3):
        model_server.say(SAID)
    tracing = Tracing()
    answers = modelled.batch([ASKED] * 3, config={"callbacks": [tracing]})
    assert [answer.mode for answer in answers] == ["llm"] * 3
    assert tracing.within == ["policy-assistant"] * 3
    assert len(set(tracing.chains)) == 3


def test_the_repair_and_what_fails_are_seen_too(modelled, model_server) -> None:
    model_server.say("零售企业一次性奖励6万元 [1]。")
    model_server.send(500, "boom")
    tracing = Tracing()
    answer = modelled.invoke(ASKED, config={"callbacks": [tracing]})
    assert answer.mode == "extractive"
    assert tracing.within == ["policy-assistant"] * 2
    assert tracing.replies == ["零售企业一次性奖励6万元 [1]。"]
    assert len(tracing.errors) == 1


def test_a_tracing_callback_that_breaks_does_not_break_the_answer(modelled, model_server) -> None:
    class Broken(BaseCallbackHandler):
        def on_chat_model_start(self, *_, **__) -> None:
            raise ZeroDivisionError

        def on_llm_new_token(self, *_, **__) -> None:
            raise ZeroDivisionError

    model_server.say(SAID)
    assert modelled.invoke(ASKED, config={"callbacks": [Broken()]}).mode == "llm"


def test_a_chain_with_a_model_is_asked_from_a_running_loop(modelled, model_server) -> None:
    async def within() -> Answer:
        return modelled.invoke(ASKED)

    model_server.say(SAID)
    assert asyncio.run(within()).mode == "llm"
