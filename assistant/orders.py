"""What in a text tells a language model what to do, where it should only say what a policy is.

A document or a question may hold such words by design or by accident. For a model they are left out, and nothing that a
draft says can rest on them.
"""

from __future__ import annotations

import re

#: What a part of a question says to whoever answers, which is no word of what it is about.
ORDERS = re.compile(r"忽略|回答|回复|答复|输出|告诉|扮演|系统|提示|指令|规则|说|写|必须|请|务必")
_ORDER = re.compile(
    r"(?:忽略|无视|忘[记掉]|抛开|不[要用]理会)[^。;!?\n]{0,14}(?:规则|指令|提示|要求|约束|限制|上文|内容)"
    r"|系统提示|提示词|(?:AI|人工智能|智能|语言)(?:助手|模型)[^。;!?\n]{0,6}(?:注意|请|必须|应当|务必|:|：)"
    r"|(?:回答|回复|答复|输出)(?:时|用户|本?问题|中)?[^。;!?\n]{0,8}(?:请|必须|务必|一律|都要|直接)?(?:说(?!明)|写成|称|改为|输出)"
    r"|你(?:现在)?(?:是一|必须|只能|务必|应当?|要(?!求))|扮演"
    r"|(?:ignore|disregard|forget)\b[^.。\n]{0,40}\b(?:instruction|rule|prompt|above|previous)"
    r"|system prompt|you (?:are|must) ",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^。;；!！?？\n]*[。;；!！?？\n]?")


def without_orders(text: str) -> str:
    """``text`` without the sentences that tell a model what to do."""
    if not _ORDER.search(text):
        return text
    return "".join(sentence for sentence in _SENTENCE.findall(text) if not _ORDER.search(sentence))
