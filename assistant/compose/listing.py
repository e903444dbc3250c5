"""What is listed over several clauses under one heading: 三、申报材料 1.申请表 2.营业执照, each item a clause."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import CitationRole
from assistant.asked import Asked
from assistant.compose.finish import quote_of
from assistant.compose.sentences import Sentence
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from assistant.question import Question
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Span

#: What the heading above a list says where the list is what is asked for.
_HEADINGS: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (re.compile(r"材料|资料|凭[据证]|证件|文件|东西|证明"), re.compile(r"材料|资料|清单|要件")),
    (re.compile(r"条件|要求|门槛|够格|资格|满足|符合|前提"), re.compile(r"条件|要求|资格")),
    (re.compile(r"对象|范围|哪些(?:企业|单位|人|机构)|面向"), re.compile(r"对象|范围|主体")),
    (
        re.compile(r"流程|程序|步骤|手续|怎么(?:申请|申报|办|走)|如何(?:申请|申报|办)"),
        re.compile(r"程序|流程|步骤|方式|时间安排"),
    ),
    (re.compile(r"废止|废掉|作废|失效|不再执行"), re.compile(r"废止|失效|停止执行")),
    (re.compile(r"修改|改了|调整|修订"), re.compile(r"修改|修订")),
    (
        re.compile(r"哪些(?:支持|奖励|补贴|优惠|扶持|政策)|支持(?:方向|内容)|奖哪|补哪|哪几[类项种]|几[类种]"),
        re.compile(r"支持|扶持|奖励|补助|标准|类别|内容|方向"),
    ),
    (re.compile(r"原则"), re.compile(r"原则")),
    (re.compile(r"目标"), re.compile(r"目标")),
    (re.compile(r"任务|工作|措施|举措|行动"), re.compile(r"任务|措施|举措|行动")),
)
_KINDS = (Asked.LIST, Asked.PROCEDURE, Asked.CONDITION, Asked.EXCLUSION, Asked.OTHER)
#: Items longer than this are rules of their own, not one list; so many are shown.
_LONGEST, _SHOWN = 70, 8


@dataclass(frozen=True, slots=True)
class Listed:
    """The clauses under one heading."""

    heading: str
    clauses: tuple[Clause, ...]


def listed_with(question: Question, chosen: Sequence[Sentence], library: Library) -> tuple[Sentence, Listed] | None:
    """The list that one of the best sentences is an item of, where its heading names what is asked for."""
    if question.asked not in _KINDS:
        return None
    for sentence in chosen[:_BEST]:
        found = _list_of(sentence.clause, library)
        if found is not None and _is_asked(question.topic, found.heading):
            return sentence, found
    return None


#: Among so many of the best sentences an item is looked for.
_BEST = 4


def _list_of(clause: Clause, library: Library) -> Listed | None:
    """The short clauses beside a clause, under the same heading."""
    above = clause.path.steps[:-1]
    if not above or len(clause.headings) < len(above):
        return None
    beside = tuple(
        other
        for other in library.of_instrument(clause.instrument_id)
        if other.path.steps[:-1] == above and other.level is clause.level
    )
    lengths = sorted(len(other.text) for other in beside)
    if len(beside) < 2 or lengths[len(lengths) // 2] > _LONGEST:
        return None
    return Listed(clause.headings[len(above) - 1], beside)


def _is_asked(topic: str, heading: str) -> bool:
    return any(asked.search(topic) and said.search(fold(heading)) for asked, said in _HEADINGS)


def statements_of(sentence: Sentence, listed: Listed) -> list[Statement]:
    """One line an item, each resting on its own clause; more than are shown are counted."""
    shown = listed.clauses[:_SHOWN]
    lines = []
    for number, clause in enumerate(shown):
        words = as_sentence(clause.text)
        lead = f"{listed.heading}:" if number == 0 else ""
        quote = quote_of(sentence.instrument, clause, Span(0, len(clause.text)), CitationRole.ANSWERS)
        more = len(listed.clauses) - len(shown)
        tail = f"(另有{more}项,见原文)" if more and number == len(shown) - 1 else ""
        lines.append(Statement(f"{lead}{number + 1}.{words}{tail}", (quote,)))
    return lines
