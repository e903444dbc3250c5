"""Personal data that people type, in any spelling, stay on this machine in all that is asked of a model."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.answer import Request, Turn
from assistant.generation.generate import ChatModel
from assistant.pipeline import Assistant
from index.search import Index
from tests.model_server import ModelServer

DAY = date(2026, 11, 22)
RETAIL = "零售店刚进限纳统，天门奖多少？"
#: What is typed, and the digits of it that may not go out.
TYPED = {
    "a mobile number": ("13812345678", "13812345678"),
    "with blanks": ("138 1234 5678", "13812345678"),
    "with dashes": ("138-1234-5678", "13812345678"),
    "with the code of the country": ("+86 138 1234 5678", "13812345678"),
    "in wide digits": ("１３８１２３４５６７８", "13812345678"),
    "run together with words": ("手机13812345678微信同号", "13812345678"),
    "a number of a house": ("0728-5231234", "5231234"),
    "in brackets": ("(0728)5231234", "5231234"),
    "an identity card": ("429006199001011234", "199001011234"),
    "an identity card with X": ("42900619900101123X", "19900101123"),
    "an identity card with blanks": ("429006 19900101 1234", "199001011234"),
    "an old identity card": ("429006900101123", "429006900101123"),
    "a bank card": ("6222021234567890123", "6222021234567890123"),
    "a bank card as printed": ("6222 0212 3456 7890 123", "3456 7890"),
    "a credit card as printed": ("4367-4212-3456-7890", "3456-7890"),
}


@pytest.mark.parametrize("kind", TYPED)
def test_numbers_stay_here(kind: str, bundled: Index, model_server: ModelServer) -> None:
    typed, digits = TYPED[kind]
    model_server.say("天门的零售店刚进限纳统奖多少？")
    # A draft that fails, so that the question goes out once more with the findings.
    model_server.say(f"零售企业一次性奖励6万元，请联系{typed} [1]。")
    model_server.say("零售企业一次性奖励4万元 [1]。")
    history = (Turn("user", f"我是{typed}，批发的在天门进限纳统奖多少？"), Turn("assistant", "8万元。"))
    question = f"那零售店呢？我的是{typed}"
    assistant = Assistant(bundled, ChatModel(model_server.base_url, "stand-in", None, timeout=30))
    answer = assistant.ask(Request(question, DAY, history=history))
    sent = "\n".join(message["content"] for request in model_server.requests for message in request["messages"])
    assert len(model_server.requests) >= 2
    assert re.sub(r"\D", "", digits) not in re.sub(r"[\s\-（）()]", "", sent)
    assert typed not in sent
    assert answer.question == question


@pytest.mark.parametrize("typed", ["我手机号是{}，", "我叫王芳，电话{}，", "{}，"])
@pytest.mark.parametrize("kind", ["with blanks", "a number of a house", "an identity card", "a bank card as printed"])
def test_an_answer_does_not_depend_on_them(kind: str, typed: str, bundled: Index) -> None:
    question = typed.format(TYPED[kind][0]) + RETAIL
    answer = Assistant(bundled).ask(Request(question, DAY))
    assert answer.text.startswith("4万元")
    assert answer.standalone_question == question
