"""Cases against the documents that they are about: what no reader of a single line can see.

- every ``source`` stands in the text of a document, widths and blanks apart (where text was repaired: as repaired)
- every clause that is named exists
- no clause is asked about in two splits
- an expected answer is proved by a source
- no field is misspelt: what is not known would be passed over without a word
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Status
from corpus.library import Library
from corpus.model import Instrument, Provision
from evals.cases import Case, ClauseName
from evals.wording import fold

_REFUSALS = frozenset({Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.CLARIFY})
_CONTENT = re.compile(r"[\u4e00-\u9fff\w%]")


def check_cases(cases: Sequence[Case], library: Library) -> tuple[str, ...]:
    """What is wrong, a Chinese sentence each with file and line; nothing for cases that are right."""
    return (*_each(cases, library), *_in_two_splits(cases, library))


def _each(cases: Iterable[Case], library: Library) -> Iterator[str]:
    texts = {document.id: _plain(document.text) for document in library.documents}
    for case in cases:
        for field in case.unknown_fields:
            yield f"{case.place} {case.id}：没有 {field} 这个字段。"
        for name in (*case.expect.clauses, *case.expect.also):
            if not provisions_named(name, library):
                yield f"{case.place} {case.id}：没有这个条款：{name}。"
        about = {i.document_id for name in case.expect.clauses for i in instruments_named(name.document, library)}
        for words in case.source:
            if not any(_plain(words) in texts[document] for document in about or texts):
                yield f"{case.place} {case.id}：source 不在文件里：{words}"
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


def instruments_named(document: str, library: Library) -> tuple[Instrument, ...]:
    """The instruments with a number or title, as a case writes it."""
    wanted = fold(document)
    return tuple(i for i in library.instruments if wanted in (fold(str(i.number or "")), fold(i.title)))


def provisions_named(name: ClauseName, library: Library) -> tuple[tuple[Instrument, Provision], ...]:
    """The provisions whose printed path ends as a case writes it: clauses, what is above them and what is below."""
    wanted = [fold(label) for label in name.path]
    return tuple(
        (instrument, provision)
        for instrument in instruments_named(name.document, library)
        for provision in instrument.walk()
        if [fold(label) for label in provision.path.labels][-len(wanted) :] == wanted
    )


def clauses_named(name: ClauseName, library: Library) -> frozenset[str]:
    """The ids of the clauses that hold, or lie in, the provisions named."""
    found = provisions_named(name, library)
    return frozenset(
        clause.id
        for instrument, provision in found
        for clause in library.of_instrument(instrument.id)
        if provision.span in clause.span or clause.span in provision.span
    )


def overlap(case: Case, library: Library) -> float | None:
    """The share of the question's content bigrams that stand in the clauses named; None where none is named."""
    named = [provision for name in case.expect.clauses for provision in provisions_named(name, library)]
    if not named:
        return None
    text = _plain("".join(library.text_of(instrument, provision) for instrument, provision in named))
    asked = "".join(_CONTENT.findall(_plain(case.question)))
    pairs = {asked[i : i + 2] for i in range(len(asked) - 1)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
