"""Cases against the documents that they are about: what no reader of a single line can see.

- every ``source`` stands in the text of a document, widths and blanks apart (where text was repaired: as repaired)
- every expected value stands there too, or is a day that the expected validity states
- every clause that is named exists
- no clause is asked about in two splits
- an expected answer is proved by a source
- no field is misspelt: what is not known would be passed over without a word
- the questions are worded variously (:mod:`evals.variety`); drafts are left out of that
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Status
from corpus.dates import in_words
from corpus.library import Library
from evals.cases import Case
from evals.naming import clauses_named, instruments_named, provisions_named
from evals.variety import too_alike, too_many_copied
from evals.wording import plain, says_any

_REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.CLARIFY})
#: What an answer says of a document that states no term.
_UNSTATED = ("文件未写明有效期", "文件没有写明有效期")


def check_cases(cases: Sequence[Case], library: Library) -> tuple[str, ...]:
    """What is wrong, a Chinese sentence each with file and line; nothing for cases that are right."""
    confirmed = [case for case in cases if not case.draft]
    return (
        *_each(cases, library),
        *_in_two_splits(cases, library),
        *too_many_copied(confirmed, library),
        *too_alike(confirmed, library),
    )


def _each(cases: Iterable[Case], library: Library) -> Iterator[str]:
    documents = {document.id: document.text for document in library.documents}
    texts = {document: plain(text) for document, text in documents.items()}
    for case in cases:
        for field in case.unknown_fields:
            yield f"{case.place} {case.id}：没有 {field} 这个字段。"
        named = (*case.expect.clauses, *case.expect.also)
        for name in named:
            if not provisions_named(name, library):
                yield f"{case.place} {case.id}：没有这个条款：{name}。"
        about = {i.document_id for name in named for i in instruments_named(name.document, library)}
        for words in case.source:
            if not any(plain(words) in texts[document] for document in about or texts):
                yield f"{case.place} {case.id}：source 不在文件里：{words}"
        for group in case.expect.say:
            if not _stands(group, case, [documents[each] for each in about] or documents.values()):
                yield f"{case.place} {case.id}：say 里的“{group[0]}”不在文件里，请照文件抄写。"
        if not case.source and not case.expect.status & _REFUSALS:
            yield f"{case.place} {case.id}：期望有答复，但没有写 source。"


def _in_two_splits(cases: Iterable[Case], library: Library) -> Iterator[str]:
    first: dict[str, Case] = {}
    for case in cases:
        for name in (*case.expect.clauses, *case.expect.also):
            for clause in clauses_named(name, library):
                other = first.setdefault(clause, case)
                if other.split != case.split:
                    yield (
                        f"{case.place} {case.id}：{name} 既在 {case.split} 又在 {other.split}（{other.id}），"
                        "一个条款只能在一个部分。"
                    )


def _stands(group: Sequence[str], case: Case, texts: Iterable[str]) -> bool:
    """Whether what is to be said is the documents' own, or a day or the silence that the expected validity states.

    What is worked out stands nowhere.
    """
    if case.kind == "computation":
        return True
    validity = case.expect.validity
    days = [validity.effective_on, validity.expires_on] if validity else []
    said = [in_words(day) for day in days if day is not None]
    if case.kind == "validity":
        said += _UNSTATED
    return any(says_any(text, group) for text in (*texts, *said))
