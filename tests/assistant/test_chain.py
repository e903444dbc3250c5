import asyncio
from datetime import date

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.documents import Document
from langchain_core.messages import AIMessage, HumanMessage
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import RunnableLambda

from assistant.answer import Answer, Turn
from assistant.chain import ClauseRetriever, assistant_chain
from assistant.incoming import RequestError

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


class Recording(BaseCallbackHandler):
    def __init__(self) -> None:
        self.models: list[str] = []
        self.replies: list[str] = []

    def on_chat_model_start(self, _serialized, messages, **_) -> None:
        self.models.append(str(messages[0][-1].content))

    def on_llm_end(self, response, **_) -> None:
        self.replies.append(response.generations[0][0].text)


def test_callbacks_reach_the_model_call(bundled, model_server) -> None:
    from assistant.generate import ChatModel
    from assistant.pipeline import Assistant

    model_server.say("零售企业一次性奖励4万元 [1]。")
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", "key", timeout=5))
    recording = Recording()
    asked = {"question": "零售店刚进限纳统，天门奖多少？"}
    answer = assistant_chain(assistant, lambda: TODAY).invoke(asked, config={"callbacks": [recording]})
    assert answer.mode == "llm"
    assert "零售店刚进限纳统" in recording.models[0]
    assert recording.replies == ["零售企业一次性奖励4万元 [1]。"]
