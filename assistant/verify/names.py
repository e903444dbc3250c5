"""Names and quoted words in a sentence: document numbers, articles, offices, telephones, titles, quotes, cities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.verify.finding import FindingKind
from assistant.verify.sentences import Sentence
from assistant.verify.sources import Source, Sources, said_in
from assistant.vocabulary import places
from corpus.model import DocumentNumber
from corpus.numerals import number_of

#: What is wrong, the words, the place of the words in the sentence.
Wrong = tuple[FindingKind, str, str]

_HAN = "一二三四五六七八九十百千零〇两"
_ARTICLE = re.compile(rf"第\s?\(?([{_HAN}\d]{{1,9}})\)?\s?([条款项章节])(?![目的]?[下类])")
#: 一、(三), 五、(二十九): a place in an outline.
_OUTLINE = re.compile(rf"[{_HAN}]{{1,4}}、\([{_HAN}]{{1,4}}\)(?:\d{{1,2}}\.)?")
_PHONE = re.compile(
    r"(?<![\d.])(?:0\d{2,3}[- ]?[1-9]\d{6,7}|1[3-9]\d{9}|1[3-9]\d[- ]\d{4}[- ]\d{4}|[48]00[- ]?\d{3,4}[- ]?\d{3,4}"
    r"|123\d{2}|[2-8]\d{6,7})(?![\d.]*(?:元|万|亿|%|\d|年))"
)
#: What stands before digits that are a telephone number however they look.
_CALLED = re.compile(r"(?:电话|热线|致电|拨打|联系方式|手机|咨询)[^\d,。;]{0,6}((?:\+?\d[\d\- ]{3,16}\d))")
_WEB = re.compile(r"(?:https?://|www\.)[^\s\u4e00-\u9fff,。;)]+|[\w.+-]+@[\w-]+\.[\w.]+")
_TITLE = re.compile(r"《([^《》]{2,120})》")
_QUOTED = re.compile(r"“([^“”]{2,300})”|「([^「」]{2,300})」")
#: A question that holds quotes of its own, quoted.
_WHOLE = re.compile(r"“.+”")
_VERBATIM = re.compile(r"(?:原文|原文为|条款原文|规定原文)\s*:\s*([^“「].{3,600}?)[。;]?\s*$")
_PLACE = re.compile(r"(?=(?P<name>[\u4e00-\u9fff]{2,3}?)市(?![场值价面容民直区级]|部(?!门)|政(?!府)|商(?!务)))")
#: What stands before 市 and is no city: 全市, 超市, 在本市.
_OTHER_PLACES = re.compile(
    r"^(?:[全我本各该此其两同外县都超股门城上夜我]|.*[全我本各县省城都超股夜该两上进出入退开收休停债汇外内互乡镇区和与或的在由对向为到于从国部委局院府]"
    r"|.*[署处贸发办民强地副原])$"
)
_OFFICE_END = (
    r"(?:委员会|办公室|管委会|领导小组|公安局|[局厅](?!长)|委(?![员托派任屈培外会])"
    r"|办(?![理法事结公学企证案件税好场的]))"
)
_NOT_IN_NAME = "市省县区州在向由报经与和及对为或的是找到给按请可应须问去询系、,;:。()《》“”\\[\\]"
_OFFICE = re.compile(
    rf"(?P<whose>[市省县区州]|(?<=[市省县区州])(?=市场))?(?P<core>市场[\u4e00-\u9fff]{{2,4}}?局|[^\W\d_{_NOT_IN_NAME}]{{2,12}}?{_OFFICE_END})"
)
_NO_OFFICE = re.compile(r"(?:当|布|格|结|全|大|开|僵|残|终|破|时|新|变)局$")
_INTERPRETER = re.compile(
    r"(?:由|是)(?P<who>[^,。;由]{2,30}?)(?:负责|来|进行)?解释"
    r"|解释(?:权|工作)?(?:归|由|单位[是为:]|部门[是为:]|机关[是为:])(?P<by>[^,。;]{2,30})"
)
#: A sentence that says that something is not there may name what it looked for.
ABSENT = re.compile(r"没有|未写明|未收录|不能回答|无法回答|未作|查不到|没查到|未找到|找不到|不在")


def wrong_names(sentence: Sentence, cited: Sequence[Source], sources: Sources) -> Iterator[Wrong]:
    """The names and quoted words of a sentence that nothing it cites holds."""
    text = sentence.text
    listed = not sentence.marks
    asked = listed or ABSENT.search(text) is not None
    yield from _numbers(text, cited, sources, asked=asked)
    yield from _articles(text, cited, sources, asked=asked)
    yield from _phones(text, cited)
    yield from _quotes(text, cited, sources, listed=listed)
    # A title holds a city and a number of its own: it is looked at as a whole.
    outside = _TITLE.sub(_blank, text)
    for span, _ in DocumentNumber.find(outside):
        outside = outside[: span.start] + " " * len(span) + outside[span.end :]
    yield from _offices(outside, cited, sources)
    yield from _cities(outside, cited, sources, asked=asked)


def without_asked(text: str, sources: Sources) -> str:
    """A sentence that says what is absent, without the asker's own words that it quotes (of the same length)."""
    if not ABSENT.search(text):
        return text
    for pattern in (_WHOLE, _QUOTED):
        text = pattern.sub(lambda m: _blank(m) if _repeats(m[0], sources.question) else m[0], text)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _repeats(words: str, question: str) -> bool:
    """Whether words are those of the question, some left out."""
    left = iter(re.sub(r"\W", "", question))
    return all(character in left for character in re.sub(r"\W", "", words))


def _numbers(text: str, cited: Sequence[Source], sources: Sources, *, asked: bool) -> Iterator[Wrong]:
    known = {number for source in cited for number in source.numbers}
    if asked:
        known |= sources.numbers_asked
        known |= {number for name in sources.names.numbers for _, number in DocumentNumber.find(name)}
    for span, number in DocumentNumber.find(text):
        if not any(_is_same(number, other) for other in known):
            yield "document_number", span.of(text), "这个文号不是所引文件的，所引条款也没有提到。"


def _is_same(said: DocumentNumber, known: DocumentNumber) -> bool:
    """The code in front of a number may have swallowed words before it, on either side."""
    same = (said.year, said.serial) == (known.year, known.serial)
    return same and (said.code.endswith(known.code) or known.code.endswith(said.code))


def _articles(text: str, cited: Sequence[Source], sources: Sources, *, asked: bool) -> Iterator[Wrong]:
    known = {place for source in cited for place in _places(f"{source.label} {source.text}")}
    known |= {place for source in cited for place in _places(source.bases)}
    if asked:
        known |= set(_places(sources.question))
    for match in _ARTICLE.finditer(text):
        if _place(match) not in known:
            yield "article", match[0], "所引条款不是这一条，也没有提到这一条。"
    for match in _OUTLINE.finditer(text):
        if not said_in(cited, match[0]):
            yield "article", match[0], "所引条款不在文件的这个位置。"


def _places(text: str) -> Iterator[tuple[int, str]]:
    for match in _ARTICLE.finditer(text):
        yield _place(match)


def _place(match: re.Match[str]) -> tuple[int, str]:
    try:
        return number_of(match[1]), match[2]
    except ValueError:
        return -1, match[2]


def _phones(text: str, cited: Sequence[Source]) -> Iterator[Wrong]:
    # A day and a document number hold digits too.
    plain = re.sub(r"(?:19|20)\d\d年|〔\d{4}〕\d+号", lambda match: " " * len(match[0]), text)
    found = [match[0] for match in _PHONE.finditer(plain)] + [match[1] for match in _CALLED.finditer(plain)]
    for phone in dict.fromkeys(found):
        digits = re.sub(r"\D", "", phone)
        if not any(digits in re.sub(r"(?<=\d)[- ](?=\d)", "", source.words) for source in cited):
            yield "phone", phone, "所引条款里没有这个电话号码。"
    for match in _WEB.finditer(text):
        if not said_in(cited, match[0]):
            yield "phone", match[0], "所引条款里没有这个网址或邮箱。"


def _quotes(text: str, cited: Sequence[Source], sources: Sources, *, listed: bool) -> Iterator[Wrong]:
    asked = re.sub(r"\s", "", sources.question)
    for match in _TITLE.finditer(text):
        title = re.sub(r"\s", "", match[1])
        known = said_in(cited, title) or title in asked
        if not known and not (listed and any(title in name for name in sources.names.titles)):
            yield "quote", match[0], "这个文件名不是所引文件的，所引条款也没有提到。"
    for match in _QUOTED.finditer(text):
        words = re.sub(r"\s", "", match[1] or match[2]).rstrip("。,;")
        if not said_in(cited, words) and words not in asked and words not in sources.names.headings:
            yield "quote", match[0], "这句引文与所引条款的原文不一致。"
    verbatim = _VERBATIM.search(text)
    if verbatim and not said_in(cited, verbatim[1].rstrip("。;")):
        yield "quote", verbatim[1][:60], "这句引文与所引条款的原文不一致。"


def _offices(text: str, cited: Sequence[Source], sources: Sources) -> Iterator[Wrong]:
    for match in _OFFICE.finditer(text):
        whose, core = match["whose"] or "", match["core"]
        if _NO_OFFICE.search(core) or said_in(cited, core) or core in sources.question:
            continue
        # Without 市 in front words may stand before the name: what is left of it counts from three characters on.
        if not whose and any(said_in(cited, core[i:]) for i in range(1, len(core) - 2)):
            continue
        yield "office", whose + core, "所引条款里没有这个单位。"
    for match in _INTERPRETER.finditer(text):
        who = (match["who"] or match["by"]).strip("“”")
        names = [office.name for source in cited for office in source.citation.offices if office.role == "interprets"]
        texts = [said[0] for source in cited for said in _INTERPRETER.finditer(source.text)]
        known = any(name in who or who in name for name in names) or any(who in said for said in texts)
        if who and not known and re.search(_OFFICE_END, who):
            yield "office", who, "所引条款没有写由这个单位解释。"


def _cities(text: str, cited: Sequence[Source], sources: Sources, *, asked: bool) -> Iterator[Wrong]:
    own = {source.citation.city for source in cited if source.citation.city}
    above = any(not source.citation.city for source in cited)
    for city in dict.fromkeys(_cities_in(text, cited, sources)):
        bare = city.removesuffix("市")
        if any(bare in city_cited for city_cited in own) or said_in(cited, bare):
            continue
        if (asked or above) and bare in sources.question:
            continue
        yield "city", city, f"所引条款是{'、'.join(sorted(own)) or '别处'}的，不是{city}的。"


def _cities_in(text: str, cited: Sequence[Source], sources: Sources) -> Iterator[str]:
    """The cities that are named: those there are documents of by their bare name, any other with its 市.

    市 may also begin a name that a clause has (由 | 市经信局); in front of that only a city that there is counts.
    """
    known = set(sources.names.cities) | {source.citation.city for source in sources.all if source.citation.city}
    for city in sorted(known):
        if city.removesuffix("市") in text:
            yield city
    for match in _PLACE.finditer(text):
        name = match["name"]
        is_known = f"{name}市" in known or any(name.endswith(city[:-1][-2:]) for city in known)
        begins = said_in(cited, text[match.end("name") : match.end("name") + 3]) and name not in places()[1]
        if len(name) == 2 and not _OTHER_PLACES.match(name) and not is_known and not begins:
            yield f"{name}市"
