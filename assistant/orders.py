"""Instructions to whoever answers, in a question or in a document: declined in the one, left out of the other.

Documents say what a policy is. A sentence that tells a program what to do is none of it, and no answer rests on it.
"""

from __future__ import annotations

import re

#: What no policy document says: in eleven million characters of regulations and notices no place matches.
_TO_A_PROGRAM = (
    r"(?:忽略|无视|忘[记掉]|抛开|不[要用]理会)[^。;!?\n]{0,14}(?:规则|指令|提示|要求|约束|限制|上文|内容)"
    r"|系统提示[词:：]|提示词|(?:AI|人工智能|智能|语言)(?:助手|模型)[^。;!?\n]{0,6}(?:注意|请|必须|应当|务必|:|：)"
    r"|(?:回答|回复|答复|输出)(?:时|用户|本?问题|中)?[^。;!?\n]{0,8}(?:请|必须|务必|一律|都要|直接)?(?:说(?!明)|写成|称|改为|输出)"
    r"|你(?:现在是|必须|只能|务必|应当?|要(?!求))"
    r"|(?:ignore|disregard|forget)\b[^.。\n]{0,40}\b(?:instruction|rule|prompt|above|previous)"
    r"|system prompt|you (?:are|must) "
)
#: What people ask a program beyond that, and nobody asks of a policy.
_OF_AN_ASKER = (
    r"(?:忽略|忘掉|忘记|不要管|抛开)掉?[你您]?的?(?:以上|上面|之前|前面|所有|一切)|无视(?:以上|之前)|扮演|假装你|越狱|开发者模式|jailbreak"
    r"|你现在起?就?是|从现在(?:起|开始),?你就?(?:是|叫)"
    r"|(?:输出|打印|导出|告诉我|显示|泄露|重复|复述|念出)[^。;!?\n]{0,6}(?:密码|密钥|key|指令|规则|提示词?|prompt|上面的话|上文|以上内容)"
    r"|(?:把|将)?你的?(?:系统)?(?:指令|规则|提示|设定)[^。;!?\n]{0,6}(?:打印|输出|告诉|显示|发|说出|念)"
    r"|不(?:用|要)?(?:看|管|顾|按|理会)(?:文件|条款|规定|原文|资料)[^。;!?\n]{0,6}(?:说|回答|答|告诉|凭)|凭你(?:自己)?的"
    r"|(?:假设|假如|当作|就当)你(?:没有|不受)|你(?:以后|从现在起)|以后你"
    r"|(?:reveal|print|repeat|show|output)\b[^.。\n]{0,30}\b(?:prompt|instruction|rule|password)"
)
_SENTENCE_ORDER = re.compile(_TO_A_PROGRAM, re.IGNORECASE)
_QUESTION_ORDER = re.compile(f"{_TO_A_PROGRAM}|{_OF_AN_ASKER}", re.IGNORECASE)
#: What a part of a question says to whoever answers: its words are none of what it is about.
ADDRESSED = re.compile(r"忽略|回答|回复|答复|输出|告诉|扮演|系统|提示|指令|规则|说|写|必须|请|务必")
_SENTENCE = re.compile(r"[^。;；!！?？\n]*[。;；!！?？\n]?")


def is_order(question: str) -> bool:
    """Whether a question tells the assistant what it is to be, to forget, to give away or to say."""
    return _QUESTION_ORDER.search(question) is not None


def without_orders(text: str) -> str:
    """``text`` of a document without the sentences that tell a program what to do."""
    if not _SENTENCE_ORDER.search(text):
        return text
    kept = "".join(sentence for sentence in _SENTENCE.findall(text) if not _SENTENCE_ORDER.search(sentence))
    return kept.rstrip("。")
