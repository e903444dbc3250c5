"""Words that point to other documents and to provisions.

    《湖北省…若干措施》(鄂政办发〔2023〕9号)   国发〔2019〕23号   国务院令第361号
    第九条   本办法第十条第二款   第十九、二十条   前款   本条   上述标准

A title counts where it names a document; forms and certificates (《…申请表》) are none. Whether the corpus has what a
text points to is said in the second step, :func:`resolved`, when all documents are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from corpus.facts.places import Places
from corpus.facts.spans import Taken
from corpus.folding import fold
from corpus.model import Clause, DocumentNumber, Instrument, Level, Reference, Span
from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.lines import squeeze

_N = rf"(?:{HAN_NUMERAL}{{1,9}}|\d{{1,4}})"
_TITLE = re.compile(r"《(?P<title>(?:[^《》\n]|\n(?!\n)){2,160})》")
#: What is filled in, issued to somebody, or read for news is no document that rules.
_NO_DOCUMENT = re.compile(
    r"(?:表|书|证|证明|承诺|凭证|回执|清册|卡|簿|日报|晚报|新闻|新闻联播|(?:信用|审计|检测|验收|评估|体检|核查)报告)$"
)
_IN_BRACKETS = re.compile(r"\s?\((?P<number>[^()\n]{4,40}?号)[^()\n]{0,20}\)")
_LEADING_WORDS = re.compile(
    r"^.*(?:根据|按照|依据|参照|依照|执行|落实|贯彻|对照|废止|关于|以及|和|与|及|见|即|为|是|的|按|将|对|由|原|文件|规定|印发|转发|修订|是指|以)"
)
_ORDER = re.compile(r"(?P<order>[\u4e00-\u9fff]{2,10}令)\s?(?:\(?(?:19|20)\d\d年?\)?\s?)?第\s?(?P<serial>\d{1,4})\s?号")
_PROVISION = re.compile(
    rf"(?P<own>本(?:办法|规定|条例|细则|法|意见|措施|政策|解释|规则|通知|方案)|前述)?"
    rf"第(?P<article>{_N})(?:条(?:之(?P<after>{_N}))?(?:第(?P<para>{_N})款)?(?:第?\(?(?P<sub>{_N})\)?项)?|(?P<more>(?:、第?{_N}){{1,10}})条|(?:至|到|—|-)第?(?P<until>{_N})条)"
    rf"(?P<to>(?:至|到)第(?P<last>{_N})条)?"
)
#: 第一条至第三条 points to all of them; a longer run than this names a part of the document.
_LONGEST_RUN = 50
_BACK = re.compile(
    rf"(?P<word>前[两二三]?款|上款|前条|前项|本条|此条|本款|本项|(?:前述|上述)(?:[\u4e00-\u9fff]{{0,8}}?(?:标准|规定|措施|政策|条款|条件|情形|金额|奖励|补贴|补助|比例|要求|范围|事项|期限|费用)))"
    rf"(?:第\(?(?P<sub>{_N})\)?项)?"
)


#: 第二款, 第(一)项: within the article that the words stand in.
_WITHIN = re.compile(
    rf"(?<![条款项])(?:本(?:指南|办法|清单|意见|措施|政策|细则|规定))?第\s?\(?(?P<number>{_N})\)?(?:、{_N}){{0,8}}(?P<unit>款|项)(?!目|下|的)"
)


#: 对《甲办法》作如下修改: from here on 第三条 is an article of 甲办法.
_CHANGING = re.compile(r"作(?:出|了)?(?:如下|以下)(?:修改|修订|调整)|(?:修改|修订|调整)如下")


def references_of(
    clause: Clause, instrument: Instrument, places: Places, amended: Reference | None = None
) -> tuple[Reference, ...]:
    """What a clause points to, in reading order, not yet resolved to other documents.

    ``amended`` is the document that the instrument changes where the clause begins: 第三条 is an article of that one.
    """
    folded = fold(clause.text)
    documents = [*_documents(folded, clause, instrument)]
    found = [*documents, *_provisions(folded, clause, places, documents, amended)]
    return tuple(sorted(found, key=lambda reference: reference.span))


def amended_in(clause: Clause, references: Sequence[Reference]) -> Reference | None:
    """The document that a clause says is changed by what follows it (对《甲办法》作如下修改), the last if several."""
    changed = _changed(fold(clause.text), clause.span.start, references)
    return changed[-1][1] if changed else None


def _changed(folded: str, offset: int, references: Sequence[Reference]) -> list[tuple[int, Reference]]:
    """The documents that a text says are changed, each with the place from which on it is."""
    changed = []
    for match in _CHANGING.finditer(folded):
        sentence = offset + max(folded.rfind(stop, 0, match.start()) + 1 for stop in "。;\n")
        named = [
            r
            for r in references
            if (r.title or r.number) and sentence <= r.span.start and r.span.end <= offset + match.start()
        ]
        if named:
            changed.append((match.end(), named[-1]))
    return changed


def _documents(folded: str, clause: Clause, instrument: Instrument) -> Iterator[Reference]:
    offset, words = clause.span.start, clause.text
    titled = Taken()
    for match in _TITLE.finditer(folded):
        title = re.sub(r"\s", "", words[match.start("title") : match.end("title")])
        if _NO_DOCUMENT.search(title):
            continue
        bracket = _IN_BRACKETS.match(folded, match.end())
        number = _number(bracket["number"]) if bracket else None
        end = bracket.end() if bracket and (number or _ORDER.search(bracket[0])) else match.end()
        place = _PROVISION.match(folded, end)
        address = _address(place["article"], place["after"], place["para"], place["sub"]) if place else ""
        if place and not place["own"]:
            end = place.end()
        titled.add(Span(match.start(), end))
        text = words[match.start() : end]
        yield Reference(text, Span(offset + match.start(), offset + end), number, title, address)
    for found, number in DocumentNumber.find(folded):
        lead = _LEADING_WORDS.match(number.code)
        start = found.start + (lead.end() if lead and len(number.code) - lead.end() >= 2 else 0)
        named = replace(number, code=number.code[start - found.start :])
        own = named == instrument.number and clause.level is Level.HEAD
        if not own and not titled.overlaps(found):
            place = _PROVISION.match(folded, found.end)
            end = place.end() if place and not place["own"] else found.end
            address = _address(place["article"], place["after"], place["para"], place["sub"]) if place else ""
            yield Reference(words[start:end], Span(offset + start, offset + end), named, address=address)
    for match in _ORDER.finditer(folded):
        if not titled.overlaps(Span(match.start(), match.end())):
            order = _LEADING_WORDS.sub("", match["order"]) or match["order"]
            start = match.end("order") - len(order)
            title = f"{order}第{match['serial']}号"
            yield Reference(words[start : match.end()], Span(offset + start, offset + match.end()), title=title)


def _number(text: str) -> DocumentNumber | None:
    try:
        return DocumentNumber.parse(text)
    except ValueError:
        return None


def _provisions(
    folded: str, clause: Clause, places: Places, documents: Sequence[Reference], amended: Reference | None
) -> Iterator[Reference]:
    label = clause.path.steps[-1].label
    offset = clause.span.start
    taken = Taken(reference.span for reference in documents)
    changed = [(0, amended), *_changed(folded, offset, documents)]
    #: Where a place in another document ends: 《甲办法》第五条|、第六条.
    ends = {reference.span.end - offset: reference for reference in documents if reference.address}
    for match in _PROVISION.finditer(folded):
        span = Span(offset + match.start(), offset + match.end())
        if (match.start() == 0 and clause.text.startswith(label) and label) or taken.overlaps(span):
            continue
        addresses = [_address(match["article"], match["after"], match["para"], match["sub"])]
        addresses += (f"art_{n}" for n in map(_digits, re.findall(_N, match["more"] or "")) if n)
        if match["last"] or match["until"]:
            first, last = (
                int(_digits(numeral) or 0) for numeral in (match["article"], match["last"] or match["until"])
            )
            addresses += (f"art_{n}" for n in range(first + 1, min(last, first + _LONGEST_RUN) + 1))
        joined = None if match["own"] else _joined_to(folded, match.start(), ends)
        if joined:
            ends[match.end()] = joined
        other = joined or [document for place, document in changed if place <= match.start()][-1]
        if other and not match["own"]:
            yield Reference(
                clause.text[match.start() : match.end()], span, other.number, other.title, address=addresses[0]
            )
            continue
        known = tuple(dict.fromkeys(t for a in addresses if (t := _in_tree(a, places))))
        targets = tuple(f"{clause.instrument_id}~{address}" for address in known)
        yield Reference(
            clause.text[match.start() : match.end()], span, address=known[0] if known else addresses[0], targets=targets
        )
    for match in _WITHIN.finditer(folded):
        span = Span(offset + match.start(), offset + match.end())
        if taken.overlaps(span):
            continue
        address = _inside(match, places, span.start)
        targets = (f"{clause.instrument_id}~{address}",) if address else ()
        yield Reference(
            clause.text[match.start() : match.end()], span, address=address or str(clause.path), targets=targets
        )
    for match in _BACK.finditer(folded):
        span = Span(offset + match.start(), offset + match.end())
        if taken.overlaps(span):
            continue
        address = _back(match, clause, places, span.start)
        targets = (f"{clause.instrument_id}~{address}",) if address in places else ()
        yield Reference(clause.text[match.start() : match.end()], span, address=address, targets=targets)


def _joined_to(folded: str, start: int, ends: Mapping[int, Reference]) -> Reference | None:
    """The reference that ends in front of a place, but for the word that joins them."""
    places = (start - len(joint) for joint in ("、", "以及", "和", "及", "与") if folded.endswith(joint, 0, start))
    return next((ends[place] for place in places if place in ends), None)


def _in_tree(address: str, places: Places) -> str:
    """The address as the tree has it: 第N条 of an outline is no article, and a 项 may stand below the only 款."""
    article, _, below = address.partition("__")
    top = places.article(article.removeprefix("art_"))
    if not top or not below:
        return top
    steps = dict(step.split("_", 1) for step in below.split("__"))
    return places.within(top, steps.get("para", ""), steps.get("subpara", "")) or top


def _inside(match: re.Match[str], places: Places, offset: int) -> str:
    """The 款 or 项 of the article around a place; "" where it has none with that number."""
    article = next((str(p.path) for p in places.at(offset) if p.level is Level.ARTICLE), "")
    number = _digits(match["number"])
    if not article:
        return ""
    return places.within(article, number, "") if match["unit"] == "款" else places.within(article, "", number)


def _back(match: re.Match[str], clause: Clause, places: Places, offset: int) -> str:
    """What 前款, 前条, 本条 point back to; of 上述 the clause itself."""
    word = match["word"]
    if word[0] in "前上" and word.endswith("款"):
        address = places.before(offset, Level.PARAGRAPH)
        return places.within(address, "", _digits(match["sub"])) or address if match["sub"] else address
    if word == "前条":
        return places.before(offset, Level.ARTICLE)
    if word == "前项":
        return places.before(offset, Level.SUBPARAGRAPH)
    own = {"本款": Level.PARAGRAPH, "本项": Level.SUBPARAGRAPH}.get(word)
    if own:
        return next((str(p.path) for p in reversed(places.at(offset)) if p.level is own), str(clause.path))
    return str(clause.path)


def _address(article: str, after: str | None, paragraph: str | None, subparagraph: str | None) -> str:
    steps = [f"art_{_digits(article)}" + (f"-{_digits(after)}" if after else "")]
    steps += [f"para_{_digits(paragraph)}"] if paragraph else []
    steps += [f"subpara_{_digits(subparagraph)}"] if subparagraph else []
    return "__".join(steps)


def _digits(numeral: str | None) -> str:
    try:
        return str(number_of(numeral)) if numeral else ""
    except ValueError:
        return ""


@dataclass(frozen=True)
class Directory:
    """The instruments of a corpus by number and by title, to resolve what documents say of each other."""

    numbers: Mapping[DocumentNumber, tuple[str, ...]] = field(default_factory=dict)
    titles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, instruments: Sequence[Instrument]) -> Directory:
        """The directory of a corpus's instruments."""
        numbers: dict[DocumentNumber, tuple[str, ...]] = {}
        titles: dict[str, tuple[str, ...]] = {}
        for instrument in instruments:
            if instrument.number:
                numbers[instrument.number] = (*numbers.get(instrument.number, ()), instrument.id)
            title = squeeze(instrument.title)
            titles[title] = (*titles.get(title, ()), instrument.id)
        return cls(numbers, titles)

    def instruments(self, reference: Reference) -> tuple[str, ...]:
        """The ids of the instruments that a reference names; of a bundle's number the one with the title, if any is."""
        by_title = self.titles.get(squeeze(reference.title), ()) if reference.title else ()
        if reference.number is None:
            return by_title
        by_number = self.numbers.get(reference.number, ())
        return tuple(i for i in by_number if i in by_title) or by_number or by_title


def resolved(clause: Clause, directory: Directory) -> Clause:
    """The clause with the documents that it points to, as far as the corpus has them, its own instrument left out."""
    if not any(reference.number or reference.title for reference in clause.references):
        return clause
    references = tuple(_resolved(reference, clause, directory) for reference in clause.references)
    by_span = {reference.span: reference.targets for reference in references}
    relations = tuple(
        replace(relation, targets=targets)
        if not relation.targets
        and (targets := tuple(t for span, ids in by_span.items() if span in relation.span for t in ids))
        else relation
        for relation in clause.relations
    )
    return replace(clause, references=references, relations=relations)


def _resolved(reference: Reference, clause: Clause, directory: Directory) -> Reference:
    ids = [i for i in directory.instruments(reference) if i != clause.instrument_id]
    if not ids or not (reference.number or reference.title):
        return reference
    targets = tuple(f"{i}~{reference.address}" if reference.address else i for i in ids)
    return replace(reference, targets=targets)
