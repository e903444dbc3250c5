"""A list whose items have no numbers and stand in clauses of their own, told with the line that leads them in.

个人申请贷款应当符合以下条件: ‖ 属于就业困难人员; ‖ 在本区创办企业,并已取得营业执照。
"""

from __future__ import annotations

from assistant.answer import CitationRole
from assistant.compose.finish import attributed, quote_of
from assistant.compose.prose.sentences import Sentence
from assistant.compose.wording import as_sentence
from assistant.draft import Statement
from corpus.folding import fold
from corpus.library import Library
from corpus.model import Clause, Level, Span

#: So many items are told, and so many characters.
_ITEMS, _LONGEST = 8, 320


def led_in(sentence: Sentence, library: Library) -> Statement | None:
    """The list that a sentence leads in, or is an item of, each item resting on its own clause; None for neither."""
    clauses = [c for c in library.of_instrument(sentence.clause.instrument_id) if c.level is not Level.TAIL]
    at = next((i for i, clause in enumerate(clauses) if clause.id == sentence.clause.id), None)
    if at is None:
        return None
    begin = at
    while begin > 0 and _ends(clauses[begin - 1]) == ";" and _ends(clauses[begin]) in ";。.":
        begin -= 1
    if begin > 0 and _ends(clauses[begin]) != ":":
        begin -= 1
    lead = clauses[begin]
    if _ends(lead) != ":" or (begin == at and not sentence.words.rstrip().endswith((":", "："))):
        return None
    items = _items(clauses[begin + 1 :], _LONGEST - len(lead.text))
    if len(items) < 2 or (begin != at and sentence.clause not in items):
        return None
    last = max(fold(lead.text).rfind(stop) for stop in "。\n") + 1
    shown = [lead, *items]
    words = [as_sentence(lead.text[last:]), *(as_sentence(item.text) for item in items)]
    quotes = [
        quote_of(sentence.instrument, c, Span(last if c is lead else 0, len(c.text)), CitationRole.ANSWERS)
        for c in shown
    ]
    return Statement(attributed(sentence.instrument, f"{words[0]}:{';'.join(words[1:])}"), tuple(quotes))


def _ends(clause: Clause) -> str:
    return fold(clause.text).strip()[-1:]


def _items(following: list[Clause], room: int) -> list[Clause]:
    """The clauses up to the one with a full stop, all but that ending in a semicolon."""
    items: list[Clause] = []
    for clause in following[:_ITEMS]:
        room -= len(clause.text)
        if room < 0 or _ends(clause) not in ";。.":
            break
        items.append(clause)
        if _ends(clause) != ";":
            break
    return items
