"""Which rule goes before another: answered by what a document says of that itself.

省里出了新规定,这个措施怎么办       (上级出台新规定的,从其规定)
合同里另有约定,按合同还是按办法     (另有约定的,从其约定)
跟别的政策打架,听谁的               (与现行其他政策有冲突的,以本意见为准)
"""

from __future__ import annotations

import re

from assistant.answer import CitationRole
from assistant.compose.documents.document_answer import document_asked
from assistant.compose.finish import quote_of
from assistant.compose.prose.sentences import sentences_of
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.library import Library

#: What may go before a document or behind it, as it is asked about and as a document says it.
_OTHERS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"合同|协议|约定"), re.compile(r"约定")),
    (re.compile(r"法院|判决|执行通知"), re.compile(r"法院|判决")),
    (re.compile(r"法律|法规|国家法|规章"), re.compile(r"法律|法规|规章")),
    (
        re.compile(r"省里|省级|国家|上级|上头|上面|中央|部委"),
        re.compile(r"(?:上级|国家|省|中央)[^。;]{0,20}(?:规定|政策)"),
    ),
    (
        re.compile(
            r"(?:别的|其他|其它|另外的?|以前的?|原来的?|现行|老的?|旧的?)[^,。?]{0,4}(?:政策|文件|规定|办法|措施|意见)"
        ),
        re.compile(r"(?:其他|现行|原有|此前|以往)[^。;]{0,10}(?:政策|规定|文件)|不一致|冲突"),
    ),
)
_ASKS = re.compile(
    r"听(?:谁|哪)|(?:照|按|依)(?:着|照)?(?:谁|哪[个份边](?!法|文件))|按[^,。?]{1,10}还是按?|哪(?:个|份|边)[^,。?]{0,4}(?:算数|作数|为准|优先|大)|怎么(?:办|算|执行)|"
    r"(?:还|谁|哪个)[^,。?]{0,2}(?:优先|算数|作数|管用)|优先(?:吗|适用)|打架|冲突|不一致|以谁为准|以哪"
)
_SAYS = re.compile(r"从其|为准|适用(?:相关|有关)?[^,。;]{0,16}规定|按[^,。;]{0,12}(?:规定|政策)执行")


def answer_on_precedence(question: Question, topic: Topic, evidence: Evidence, library: Library) -> Statement | None:
    """What the document asked about says of which rule goes before it; None where it is not asked or not said."""
    wanted = [said for asked, said in _OTHERS if asked.search(question.text)]
    if not wanted or not _ASKS.search(question.text):
        return None
    found = document_asked(topic, evidence)
    if found is None:
        return None
    instrument, _ = found
    rules = [
        (topic.coverage(span.of(text)), clause.span.start + span.start, clause, span)
        for clause in library.of_instrument(instrument.id)
        for text in (fold(clause.text),)
        for span in sentences_of(clause)
        if _SAYS.search(span.of(text)) and wanted[0].search(span.of(text))
    ]
    if not rules:
        return None
    # Of rules that say as much the last is the general one.
    _, _, clause, span = max(rules, key=lambda rule: rule[:2])
    quote = quote_of(instrument, clause, span, CitationRole.ANSWERS)
    return Statement(as_sentence(span.of(clause.text)), (quote,))
