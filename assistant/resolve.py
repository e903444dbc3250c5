"""References in a question → provisions, exactly, before any search.

    天政办发〔2023〕26号第九条   20号文第八条   25号第一条   《…办法》第十条第二款   二、(六)2.

第N条 of an outline means the level whose numbers run through it and are unique, else 一、N.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from assistant.mentions import Mention, mentions_of
from assistant.understanding.asked import ABOUT_DOCUMENTS, asked_of
from corpus.folding import fold
from corpus.library import Library
from corpus.model import (
    OUTLINE_LEVELS,
    Clause,
    DocumentNumber,
    Instrument,
    Level,
    Provision,
    Scheme,
)
from corpus.numerals import HAN_NUMERAL, number_of
from corpus.structure.lines import squeeze

_N = rf"(?:{HAN_NUMERAL}{{1,6}}|\d{{1,4}})"
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}?\s*[〔\[(【{]\s*(?:19|20)\d\d\s*[〕\])】}]\s*第?\s*\d{1,5}\s*号")
#: The same with the brackets left out (天政办发2023 25号): believed only where there is such a document.
_BARE_NUMBER = re.compile(
    r"(?P<code>[\u4e00-\u9fff]{2,12}?)\s*(?P<year>(?:19|20)\d\d)年?\s*第?\s*(?P<serial>\d{1,5})\s*号"
)
_SHORT_NUMBER = re.compile(
    r"(?<![\d〕\])】}年月])(?:第)?(?P<serial>\d{1,4}|[一二三四五六七八九十百零]{1,6}(?=\s*号文))\s*号(?:文件?|通知|令)?(?!楼|线|院|门|店|窗|桌|机|[才就]?[印办来去交报登注开到]|才|那天|当天|之?[前后])"
)
_QUOTED = re.compile(r"[《<]([^《》<>]{2,60})[》>]")
#: A whole title without its marks: 关于支持商贸企业进限纳统的五条意见.
_UNQUOTED = re.compile(
    r"关于[\u4e00-\u9fff]{4,40}?的(?:若干|[一二三四五六七八九十]{1,3}条)?(?:意见|办法|措施|规定|方案|通知|细则|决定)"
)
#: One step of an address, by the mark it is written with.
_STEPS = re.compile(
    rf"(?:第(?P<art>{_N})|^\s*(?P<bare>\d{{1,3}}))条(?!意见|措施|规定|政策)(?:之(?P<sub>{_N}))?|(?P<last>最后一条|倒数第一条)|第(?P<part_no>{_N})(?:个?(?:大点|大条|大项|部分))|第(?P<point>{_N})(?:小?点|小条|小项|小节)|第(?P<para>{_N})款|(?:第\(?(?P<subpara>{_N})\)?|\((?P<bracketed>{_N})\))项|第(?P<item>{_N})目"
    rf"|第(?P<stretch>{_N})段|(?P<h1>(?:(?<=^)|(?<=[\s,。号文》案法见施则划定解条里中的]))[一二三四五六七八九十]{{1,3}})(?:、|(?=[\s(]*\())|\((?P<h2>[一二三四五六七八九十百]{{1,5}})\)"
    rf"|(?<=[)、\s])(?P<h3>\d{{1,2}})(?:[.、]|$|(?=\())|\((?P<h4>\d{{1,2}})\)|(?P<part>第{_N}(?:章|节))|专栏\s*(?P<box>{_N})|(?P<tail>末段|最后一段)|(?P<annex>附件(?:{_N})?)"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """What a text refers to: a document by number, serial or title, and an address in it.

    ``rest`` is the text without the reference; ``absent`` names a document that the library does not have, and
    ``mentioned`` says whether a document that it does have speaks of that one.
    """

    instruments: tuple[Instrument, ...]
    address: tuple[tuple[str, str], ...]
    rest: str
    absent: str = ""
    mentioned: bool = False
    by_words: bool = False

    def __bool__(self) -> bool:
        return bool(self.instruments or self.address or self.absent)


@dataclass(frozen=True, slots=True)
class Place:
    """A provision with its instrument, as something to cite."""

    instrument: Instrument
    clause: Clause


def refer(text: str, library: Library, cities: Sequence[str] = ()) -> Reference:
    """The reference in a folded question or query; an empty one where there is none."""
    rest = text
    instruments: list[Instrument] = []
    absent = ""
    named = _NUMBER.search(rest)
    if named is not None:
        number = _longest_number(named[0], library)
        instruments = list(library.numbered(number)) if number else []
        absent = "" if instruments else named[0].strip()
        rest = rest.replace(named[0], " ", 1)
    elif bare := _BARE_NUMBER.search(rest):
        number = _longest_number(f"{bare['code']}〔{bare['year']}〕{bare['serial']}号", library)
        instruments = list(library.numbered(number)) if number else []
        rest = rest.replace(bare[0], " ", 1) if number else rest
    quoted = _QUOTED.search(rest)
    if quoted is not None:
        titled = _titled(quoted[1], library)
        if titled:
            instruments = [i for i in instruments if i in titled] or titled
        elif not instruments and re.search(r"办法|意见|措施|规定|方案|通知|细则|条例|法$", quoted[1]):
            absent = absent or f"《{quoted[1]}》"
        rest = rest.replace(quoted[0], " ", 1)
    elif not instruments and (unquoted := _UNQUOTED.search(rest)):
        instruments = _titled_nearly(unquoted[0], library)
        absent = "" if instruments else f"《{unquoted[0]}》"
        rest = rest.replace(unquoted[0], " ", 1)
    if not instruments and not absent and (short := _SHORT_NUMBER.search(rest)):
        serial = number_of(short["serial"])
        instruments = [i for i in library.instruments if i.number and i.number.serial == serial]
        absent = "" if instruments else short[0]
        rest = rest.replace(short[0], " ", 1)
        for other in _SHORT_NUMBER.finditer(rest) if instruments else ():
            # 20号文和26号文哪个先到期
            named_too = [i for i in library.instruments if i.number and i.number.serial == number_of(other["serial"])]
            instruments += [i for i in named_too if i not in instruments]
            rest = rest.replace(other[0], " ", 1) if named_too else rest
    if cities:
        instruments = [i for i in instruments if i.city in cities] or instruments
    by_words = False
    if not instruments and not absent:
        named_by = mentions_of(rest, library, cities, addressed=_address(rest)[0] != ())
        if len(named_by) == 1:
            mention, by_words = named_by[0], True
            instruments, rest = list(mention.instruments), f"{rest[: mention.start]} {rest[mention.end :]}"
        else:
            instruments, rest = _each_named(text, rest, named_by)
            by_words = bool(instruments)
    elif len(instruments) > 1:
        listed, left = _each_named(text, rest, mentions_of(rest, library, cities))
        if listed and set(listed) <= set(instruments):
            instruments, rest, by_words = listed, left, True
    address, rest = _address(rest)
    if address and not instruments and not absent:
        instruments, rest = _mentioned(rest, library)
    if len(instruments) > 1 and not by_words:
        instruments = _narrowed(instruments, rest)
    mentioned = quoted is not None and bool(absent) and _is_mentioned(quoted[1], library)
    rest = re.sub(r"\s+", " ", rest).strip(" ,的")
    return Reference(tuple(instruments), address, rest, absent, mentioned, by_words)


def _each_named(text: str, rest: str, mentions: Sequence[Mention]) -> tuple[list[Instrument], str]:
    """Several documents that are each asked the same of themselves: 五条意见和两条措施是同一天失效的吗.

    None where a question is about something else: then their names are words like any others.
    """
    if len(mentions) < 2 or asked_of(text) not in ABOUT_DOCUMENTS:
        return [], rest
    for mention in reversed(mentions):
        rest = f"{rest[: mention.start]} {rest[mention.end :]}"
    return list(dict.fromkeys(i for mention in mentions for i in mention.instruments)), rest


def _longest_number(text: str, library: Library) -> DocumentNumber | None:
    """The number in a text whose code may have swallowed words before it (请问天政办发〔2023〕26号)."""
    known = {instrument.number for instrument in library.instruments}
    for start in range(len(text)):
        try:
            number = DocumentNumber.parse(text[start:].translate(str.maketrans("{}", "[]")))
        except ValueError:
            continue
        if number in known:
            return number
    return None


def _is_mentioned(quoted: str, library: Library) -> bool:
    """Whether documents here speak of a titled one."""
    wanted = squeeze(quoted)
    return any(wanted in squeeze(clause.text) for clause in library.clauses)


def _titled(quoted: str, library: Library) -> list[Instrument]:
    wanted = squeeze(quoted)
    exact = [i for i in library.instruments if squeeze(i.title) == wanted]
    return exact or [i for i in library.instruments if wanted in squeeze(i.title)]


#: So much of a title that is given in full must be right.
_RIGHT = 0.6


def _titled_nearly(title: str, library: Library) -> list[Instrument]:
    """The documents of a title that is given in full, or nearly so."""
    wanted = squeeze(title)
    pairs = {wanted[i : i + 2] for i in range(len(wanted) - 1)}
    shares = {i.id: sum(pair in squeeze(fold(i.title)) for pair in pairs) / len(pairs) for i in library.instruments}
    best = max(shares.values(), default=0.0)
    return [i for i in library.instruments if shares[i.id] == best] if best >= _RIGHT else []


#: So many characters of a title in a row name its document.
_MENTION = 5


def _mentioned(rest: str, library: Library) -> tuple[list[Instrument], str]:
    """The documents whose titles a text gives the longest part of, without 《》, and the text without it."""
    found = [(_common(squeeze(rest), squeeze(i.title)), i) for i in library.instruments]
    longest = max((len(part) for part, _ in found), default=0)
    if longest < _MENTION:
        return [], rest
    part = next(part for part, _ in found if len(part) == longest)
    return [i for p, i in found if len(p) == longest], squeeze(rest).replace(part, " ")


def _common(a: str, b: str) -> str:
    match = SequenceMatcher(None, a, b, autojunk=False).find_longest_match()
    return a[match.a : match.a + match.size]


#: Two documents of a bundle at once: 工业五条意见跟经营主体两条意见是同一天失效的吗.
_SIDE_BY_SIDE = re.compile(r"(?:跟|和|与|同|、).*(?:同一天|一样|相同|分别|各|都)")


def _narrowed(instruments: list[Instrument], rest: str) -> list[Instrument]:
    """Of the instruments of a bundle those whose title holds a word of the question that the others lack."""
    scored = []
    for instrument in instruments:
        others = "".join(other.title for other in instruments if other is not instrument)
        words = {rest[i : i + 2] for i in range(len(rest) - 1)}
        own = [word for word in words if word in instrument.title and word not in others]
        scored.append((len(own), instrument))
    best = max(score for score, _ in scored)
    if _SIDE_BY_SIDE.search(rest):
        return [instrument for score, instrument in scored if score] or instruments
    return [instrument for score, instrument in scored if score == best] if best else instruments


def _address(text: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """The address steps in a text, top first, and the text without them."""
    steps: list[tuple[str, str]] = []
    rest = text
    for match in _STEPS.finditer(text):
        kind = match.lastgroup or ""
        value = match[kind]
        kind = {"sub": "art", "bracketed": "subpara", "bare": "art"}.get(kind, kind)
        value = (match["art"] or match["bare"]) if kind == "art" else value
        if kind in ("part", "last"):
            steps.append((kind, value))
        elif kind in ("tail", "annex"):
            steps.append((kind, re.sub(r"\D", "", value)))
        else:
            try:
                number = str(number_of(value)) + (f"-{number_of(match['sub'])}" if match["sub"] else "")
            except ValueError:
                # 百项精品工程 counts something: it is no address.
                continue
            steps.append((kind, number))
        rest = rest.replace(match[0], " ", 1)
    return tuple(steps), rest


def places_of(reference: Reference, library: Library) -> tuple[Place, ...]:
    """The provisions that a reference names: in its instruments, or where it names none in all that have it."""
    instruments = reference.instruments or library.instruments
    return tuple(place for instrument in instruments for place in _in(instrument, reference.address, library))


def _in(instrument: Instrument, address: tuple[tuple[str, str], ...], library: Library) -> Iterator[Place]:
    if not address:
        return
    provisions: list[Provision] = list(instrument.provisions)
    found: list[Provision] = []
    for i, (kind, number) in enumerate(address):
        found = _step(instrument, provisions, kind, number, first=i == 0)
        provisions = [child for provision in found for child in provision.children]
        if not found:
            return
    for provision in found:
        yield Place(instrument, as_clause(instrument, provision, library))


_LEVELS = {
    "para": Level.PARAGRAPH,
    "stretch": Level.PARAGRAPH,
    "subpara": Level.SUBPARAGRAPH,
    "item": Level.ITEM,
    "h1": Level.OUTLINE_1,
    "h2": Level.OUTLINE_2,
    "h3": Level.OUTLINE_3,
    "h4": Level.OUTLINE_4,
    "box": Level.BOX,
    "tail": Level.TAIL,
    "annex": Level.ANNEX,
}


def _step(
    instrument: Instrument, provisions: Sequence[Provision], kind: str, number: str, *, first: bool
) -> list[Provision]:
    below = [p for top in provisions for p in top.walk()] if first else list(provisions)
    outline = instrument.scheme is Scheme.OUTLINE
    if kind == "last":
        return _last_article(instrument)
    if kind == "part":
        return [p for p in below if p.label.replace(" ", "").startswith(number)]
    if kind == "part_no":
        labelled = [p for p in below if number_in(p.label, "部分") == number]
        level = Level.OUTLINE_1 if outline else Level.CHAPTER
        return labelled or [p for p in below if p.level is level and p.path.steps[-1].number == number]
    if kind == "art" or (outline and kind in _POINTS):
        # 第三部分第二点: below a part that is named, what is numbered next.
        return _articles(instrument, below, number) if first else _numbered(below, number)
    if kind == "point":
        kind = "subpara"
    level = _LEVELS[kind]
    if instrument.scheme is Scheme.STATUTE and kind in ("h2", "h3"):
        level = Level.SUBPARAGRAPH if kind == "h2" else Level.ITEM
    found = [p for p in below if p.level is level and (not number or p.path.steps[-1].number == number)]
    if not found and not first:
        # 第十条第(三)项 where the items stand below the only 款.
        deeper = [child for p in provisions for child in p.children]
        found = [p for p in deeper if p.level is level and p.path.steps[-1].number == number]
    if not found and kind == "para" and number == "1":
        return []
    return found


#: Words for a numbered place of an outline, whatever its level.
_POINTS = ("point", "para", "subpara")


def number_in(label: str, noun: str) -> str:
    """The number of 第三部分 or the like, in digits; empty where a label is none."""
    found = re.match(rf"第({_N}){noun}", label.replace(" ", ""))
    return str(number_of(found[1])) if found else ""


def _numbered(provisions: Sequence[Provision], number: str) -> list[Provision]:
    return [p for p in provisions if p.level in OUTLINE_LEVELS and p.path.steps[-1].number == number]


def _last_article(instrument: Instrument) -> list[Provision]:
    level = Level.ARTICLE if instrument.scheme is Scheme.STATUTE else running_level(instrument)
    return [p for p in instrument.walk() if p.level is level][-1:]


def _articles(instrument: Instrument, provisions: Sequence[Provision], number: str) -> list[Provision]:
    if instrument.scheme is Scheme.STATUTE:
        return [p for p in provisions if p.level is Level.ARTICLE and p.path.steps[-1].number == number]
    if instrument.scheme is not Scheme.OUTLINE:
        return []
    level = running_level(instrument)
    return [p for p in provisions if p.level is level and p.path.steps[-1].number == number]


def running_level(instrument: Instrument) -> Level:
    """The level of an outline whose numbers run through it, of several the one with most; else that of 一、."""
    running: list[tuple[int, Level]] = []
    for level in OUTLINE_LEVELS[:3]:
        numbers = [
            p.path.steps[-1].number
            for p in instrument.walk()
            if p.level is level and p.path.steps[0].level is not Level.NOTICE
        ]
        if len(numbers) > 1 and numbers == [str(i) for i in range(1, len(numbers) + 1)]:
            running.append((len(numbers), level))
    return max(running, key=lambda found: found[0])[1] if running else Level.OUTLINE_1


def as_clause(instrument: Instrument, provision: Provision, library: Library) -> Clause:
    """A provision as something to cite: the clause it is, or a part of the clause it stands in."""
    clause_id = f"{instrument.id}~{provision.path}"
    known = library.clause.get(clause_id)
    text = library.text_of(instrument, provision)
    if known is not None and len(known.text) >= len(text):
        return known
    around = next(
        (
            c
            for c in library.of_instrument(instrument.id)
            if provision.span.start >= c.span.start and provision.span.start < c.span.end
        ),
        None,
    )
    document = library.document[instrument.document_id]
    start = (
        provision.span.start + len(provision.span.of(document.text)) - len(provision.span.of(document.text).lstrip())
    )
    span = replace(provision.span, start=start, end=start + len(text))
    if around is None:
        around = next(library.of_instrument(instrument.id))
    inside = [fact for fact in around.amounts if fact.span in span]
    return replace(
        around,
        id=clause_id,
        path=provision.path,
        level=provision.level,
        span=span,
        text=text,
        amounts=tuple(inside),
        quantities=tuple(fact for fact in around.quantities if fact.span in span),
        periods=tuple(fact for fact in around.periods if fact.span in span),
    )


def first_sentence(clause: Clause) -> str:
    """A clause in brief: its heading and the first full sentence behind it."""
    folded = fold(clause.text)
    heading = re.match(r"[^。\n]{0,60}[。\n]", folded)
    start = heading.end() if heading and clause.headings and clause.headings[-1] in clause.text[: heading.end()] else 0
    stop = folded.find("。", start)
    return clause.text[: stop + 1 if stop >= 0 else None].strip()
