"""An entry of a log as the draft of a case, with a note of what a person has to add.

    entry → clauses that it may take over, what is left to do → draft

Nobody's own answer becomes what is expected of it: a draft takes over a clause only where a person marked the answer
right, or named the clause in a correction.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from assistant.masking import masked
from assistant.understanding.asked import Asked, asked_of
from corpus.folding import fold as fold_widths
from corpus.library import Library
from corpus.model import ProvisionPath
from evals.cases import ClauseName
from evals.drafts.confirming import UNSORTED
from evals.drafts.entries import Cited, Entry
from evals.drafts.splits import split_of
from evals.naming import clauses_named, provisions_named
from evals.wording import fold

_REFUSED = frozenset({"not_found", "out_of_scope", "clarify"})
_MARKED = {"right": "标为答对", "wrong": "标为答错", "useless": "标为没有用"}
_KINDS = {
    Asked.MONEY: "amount",
    Asked.RATE: "rate",
    Asked.COUNT: "quantity",
    Asked.DATE: "deadline",
    Asked.DURATION: "duration",
    Asked.VALIDITY: "validity",
    Asked.INTERPRETER: "interpretation",
    Asked.PERSON: "person",
    Asked.OFFICE: "office",
    Asked.YES_NO: "yes_no",
    Asked.CONDITION: "condition",
    Asked.PROCEDURE: "materials",
    Asked.LIST: "list",
}
_LABEL = re.compile(
    r"[》)）\s的,，]*(?P<label>(?:第[零〇一二三四五六七八九十百\d]+[条款项段目](?:之[一二三四五六七八九十])?|[一二三四五六七八九十]{1,3}、"
    r"|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|末段|题头)+)"
)


def draft_of(entry: Entry, library: Library, splits: Mapping[str, str]) -> tuple[dict[str, Any], list[ClauseName]]:
    """The draft of a question, and the clauses cited that no document has; ``splits`` has those of clauses, by id."""
    known = [cited for cited in entry.cited if provisions_named(cited.name, library)]
    labels = {cited.name.path for cited in known}
    unknown = [cited.name for cited in entry.cited if cited not in known and cited.name.path not in labels]
    first = _narrowest(known, library)
    expect, source, to_do = _expected(entry, first, library)
    named = [ClauseName(c["document"], tuple(c["path"])) for c in (*expect["clauses"], *expect.get("also", ()))]
    about = (clause for name in named for clause in sorted(clauses_named(name, library)))
    draft: dict[str, Any] = {"id": _id(entry), "question": entry.question}
    if entry.history:
        draft["history"] = [{"role": turn.role, "content": turn.content} for turn in entry.history]
    if entry.as_of:
        draft["as_of"] = entry.as_of.isoformat()
    if entry.city:
        draft["city"] = entry.city
    draft |= {"kind": _kind(entry), "tags": _tags(entry, unknown), "expect": expect, "source": source}
    draft |= {"split": split_of(about, splits), "draft": True, "note": _note(entry, first, unknown, to_do)}
    return draft, unknown


def _expected(entry: Entry, first: Cited | None, library: Library) -> tuple[dict[str, Any], str, str]:
    """What the case expects, its source, and what is left to do; "" for no source, and for nothing to do."""
    expect: dict[str, Any] = {"status": ["answered" if entry.status == "error" else entry.status], "clauses": []}
    source = ""
    if entry.verdict == "wrong":
        expect["status"] = ["answered"]
        expect["clauses"] = [_as_json(name) for name in _named_in(entry.notes, library)]
        to_do = "查文件，写上正确的条款、要点（say）和原文（source）；文件里确实没有就把 status 改成 not_found。"
    elif entry.status in _REFUSED:
        expect["also"] = [_as_json(first.name)] if first else []
        check = "看拒答得对不对：文件里有答案就把 status 改成 answered，写上条款、要点（say）和原文（source）。"
        to_do = "" if entry.verdict == "right" else check
    elif entry.verdict == "right" and first:
        expect["clauses"] = [_as_json(first.name)]
        source = _in_document(first, library)
        to_do = "写上要点（say）。" if source else "写上要点（say）和原文（source）。"
    else:
        seen = "答复没有帮上忙，想一想问的人要什么" if entry.verdict == "useless" else "没有人看过答得对不对"
        to_do = f"{seen}：查文件，写上条款、要点（say）和原文（source）。"
    return expect | {"say": []}, source, to_do


def _narrowest(known: Sequence[Cited], library: Library) -> Cited | None:
    """The first citation, under its number or its title: whichever names one provision only."""
    if not known:
        return None
    same = [cited for cited in known if cited.name.path == known[0].name.path][:2]
    return min(same, key=lambda cited: len(provisions_named(cited.name, library)))


def _in_document(cited: Cited, library: Library) -> str:
    """The words relied on, where the clause has them as they stand; "" elsewhere."""
    words = cited.quote.strip()
    texts = (library.text_of(*found) for found in provisions_named(cited.name, library))
    return words if words and any(fold(words) in fold(text) for text in texts) else ""


def _named_in(notes: Iterable[str], library: Library) -> list[ClauseName]:
    """The clauses that a correction names: a number or title of a document here, and a label behind it."""
    names: list[ClauseName] = []
    for note in notes:
        folded = fold_widths(note).replace("[", "(").replace("]", ")").replace("〔", "(").replace("〕", ")")
        for instrument in library.instruments:
            for document in filter(None, (str(instrument.number or ""), instrument.title)):
                written = fold_widths(document).replace("〔", "(").replace("〕", ")")
                at = folded.find(written)
                label = _LABEL.match(note, at + len(written)) if at >= 0 else None
                name = ClauseName(document, _labels(label["label"])) if label else None
                if name and name not in names and len(provisions_named(name, library)) == 1:
                    names.append(name)
    return names


def _labels(label: str) -> tuple[str, ...]:
    """The labels of a printed path; one that is none is left whole, and names nothing."""
    try:
        return ProvisionPath.parse(label).labels
    except ValueError:
        return (label,)


def _kind(entry: Entry) -> str:
    if entry.looked_up:
        return "lookup"
    if entry.history:
        return "follow_up"
    if entry.status == "out_of_scope" and entry.verdict != "wrong":
        return "out_of_scope"
    return _KINDS.get(asked_of(fold_widths(entry.question)), UNSORTED)


def _tags(entry: Entry, unknown: Sequence[ClauseName]) -> list[str]:
    tags = {
        "log": True,
        f"x{entry.times}": entry.times > 1,
        f"marked_{entry.verdict}": bool(entry.verdict),
        "refused": entry.status in _REFUSED,
        "error": entry.status == "error",
        "unknown_clause": bool(unknown),
    }
    return [tag for tag, holds in tags.items() if holds]


def _note(entry: Entry, first: Cited | None, unknown: Sequence[ClauseName], to_do: str) -> str:
    """What the person who completes the draft has to know, and what is left to do."""
    said = [f"问过 {entry.times} 次，当时的状态是 {entry.status}"]
    said[0] += f"，{_MARKED[entry.verdict]}。" if entry.verdict else "。"
    if first:
        said.append(f"当时首条引用：{masked(str(first.name))}。")
    said += [f"当时引用的 {masked(str(name))} 不在现有文件里。" for name in unknown]
    said += [f"经办人写道：“{note}”。" for note in entry.notes]
    if to_do:
        said.append(f"要做：{to_do}")
    return "".join(said)


def _id(entry: Entry) -> str:
    """The same for the same question, so that a log imported again adds nothing twice."""
    key = "\n".join(entry.key)
    return f"log-{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:10]}"


def _as_json(name: ClauseName) -> dict[str, Any]:
    return {"document": name.document, "path": list(name.path)}
