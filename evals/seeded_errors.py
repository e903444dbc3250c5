"""Answers made wrong on purpose, in the ways in which a language model's drafts are wrong.

Each is certain to be wrong by its construction, not by anybody's verification: an altered figure stands in nothing
that is cited (:func:`evals.figures.unsupported` decides, which shares no code with the assistant), a figure of a
neighbour is put in front of words that say another one, a limit is a word that the clause prints and the answer no
longer has, a name or number is one that no document of the corpus holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, pairwise

from assistant.answer import Answer, Citation
from corpus.dates import in_words
from corpus.library import Library
from corpus.model import ValidityStatus
from evals.figures import figures_of, unsupported
from evals.wording import without_marks

_MONEY = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>[万亿]*)元")
_RATE = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)(?P<scale>)%")
_LENGTH = re.compile(r"(?<![\d.])(?P<n>\d+)(?P<scale>)(?=个工作日|个月|年内|年(?![\d度底末初]))")
_DAY = re.compile(r"(?P<y>(?:19|20)\d\d)年(?P<m>\d{1,2})月(?P<d>\d{1,2})日")
_SCALED = re.compile(r"(?<=\d)(?P<scale>[万亿])元")
_MARKS = re.compile(r"\[(\d+)\]")
_LEAD = re.compile(r"^(?:文件没有用您这样的说法,最接近的规定是——)?[^:。,;]{1,40}:(?=\S)")
#: So many clauses are tried in the place of one cited, of which so many characters are quoted.
_TRIED, _QUOTED = 12, 80
#: A limit in front of an amount, and behind it.
_CAP = re.compile(r"(?:最高)?(?:不超过|不得超过)|最高(?:可达|可|为)?(?=[^,。]{0,4}\d)")
_QUALIFIER = re.compile(r"首次|连续|累计")
#: How an asker says these in other words.
_SAID_OTHERWISE = {"首次": "第一|头一|头回|首|刚|初", "连续": "连|一直|每年", "累计": "累|共|总|合计"}
_FIGURE = r"\d[\d.]*[万亿]*(?:元|%|年|个月)"
_BOUNDS = (("以上", "以下"), ("以下", "以上"), ("超过", "不足"), ("不低于", "不超过"), ("不少于", "不超过"))


def errors(answer: Answer, library: Library) -> Iterator[tuple[str, Answer]]:
    """The wrong answers made of a right one, at most one of each kind."""
    for kind, texts in _altered(answer).items():
        wrong = (replace(answer, text=each) for each in texts)
        yield from ((kind, each) for each in islice(filter(_is_wrong, wrong), 1))
    for kind, make in _MADE.items():
        yield from ((kind, each) for each in islice(make(answer, library), 1))


def _is_wrong(answer: Answer) -> bool:
    return bool(unsupported(answer.as_json()))


def _altered(answer: Answer) -> dict[str, Iterator[str]]:
    """Texts with one figure changed; they count as wrong where nothing cited supports the new one."""
    text = answer.text
    return {
        "amount": _other_values(text, _MONEY),
        "rate": _other_values(text, _RATE),
        "length": _other_values(text, _LENGTH),
        "scale": _other_scales(text),
        "day": _other_days(text),
    }


def _other_values(text: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """The text with its first figure of a pattern changed: by one, by a place, to double."""
    match = pattern.search(text)
    if match is None:
        return
    value = Decimal(match["n"])
    for other in (value + 1, value * 10, value * 2, value + 3, value + 7):
        yield f"{text[: match.start('n')]}{other.normalize():f}{text[match.end('n') :]}"


def _other_scales(text: str) -> Iterator[str]:
    """万 for 亿 and 亿 for 万, in every figure: a model that misreads the scale does so throughout."""
    swapped = _SCALED.sub(lambda match: {"万": "亿元", "亿": "万元"}[match["scale"]], text)
    if swapped != text:
        yield swapped


def _other_days(text: str) -> Iterator[str]:
    """The text with its first day a day, a month or a year later."""
    match = _DAY.search(text)
    if match is None:
        return
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        # A document may print a day that there is not (2月30日).
        return
    for days in (1, 31, 366):
        yield text.replace(match[0], in_words(day + timedelta(days=days)), 1)


def _neighbours(answer: Answer, _library: Library) -> Iterator[Answer]:
    """The first amount replaced by another one of the clause that is cited first."""
    text = answer.text
    for pattern in (_MONEY, _RATE):
        match = pattern.search(text)
        if match is None:
            continue
        for other in _unsaid(answer, pattern):
            yield replace(answer, text=f"{text[: match.start()]}{other}{text[match.end() :]}")


def _neighbours_throughout(answer: Answer, _library: Library) -> Iterator[Answer]:
    """An amount replaced wherever the answer says it, in words that the clause says of the other amount only.

    The clause must print the words in front of it (six of them) once, and the figure behind them must be the replaced.
    """
    text = without_lead(answer.text)
    for pattern in (_MONEY, _RATE):
        for match in pattern.finditer(text):
            before = re.sub(r"[^\u4e00-\u9fff]", "", text[max(0, match.start() - 6) : match.start()])
            clause = answer.citations[0].text
            if len(before) < 6 or clause.count(before) != 1 or f"{before}{match[0]}" not in clause:
                continue
            for other in _unsaid(answer, pattern):
                yield replace(answer, text=text.replace(match[0], other))


def without_lead(text: str) -> str:
    """An answer without the figure in front of the words that say it (4万元:…)."""
    return _LEAD.sub("", text, count=1)


def _unsaid(answer: Answer, pattern: re.Pattern[str]) -> Iterator[str]:
    """The figures of the clause cited first that the answer does not say."""
    said = {figure.value for figure in figures_of(without_marks(answer.text))}
    for other in pattern.finditer(answer.citations[0].text):
        if all(figure.value not in said for figure in figures_of(other[0])):
            yield other[0]


def _cap_as_award(answer: Answer, _library: Library) -> Iterator[Answer]:
    """不超过 and 最高 left out wherever the answer says them of an amount; the clause prints them."""
    text = without_lead(answer.text)
    for match in _CAP.finditer(text):
        behind = _MONEY.match(text, match.end())
        if behind is None or not re.search(r"奖|补|贴|资助|给予", text[: match.start()]):
            continue
        if any(f"{match[0]}{behind[0]}" in citation.text for citation in answer.citations):
            yield replace(answer, text=text[: match.start()] + text[match.end() :])


def _award_as_cap(answer: Answer, _library: Library) -> Iterator[Answer]:
    """最高 put in front of an amount that the clause gives without a limit."""
    text = without_lead(answer.text)
    for match in re.finditer(r"(?:奖励|补助|补贴|奖补)(?=\d[\d.]*[万亿]*元)", text):
        limited = any(re.search(r"最高|不超过|封顶|限额|以内|上限|至多|最多", c.text) for c in answer.citations)
        if not limited and answer.citations[0].text.count(match[0]):
            yield replace(answer, text=f"{text[: match.end()]}最高{text[match.end() :]}")


def _other_tier(answer: Answer, library: Library) -> Iterator[Answer]:
    """The amount of another tier of a 分别-list wherever the answer says the one that its condition leads to."""
    clause = library.clause.get(answer.citations[0].clause_id)
    paired = [amount for amount in clause.amounts if amount.key] if clause else []
    text = without_lead(answer.text)
    for amount in paired:
        said = amount.text in text and any(name in text for name in amount.key.split())
        for other in paired:
            apart = set(other.key.split()).isdisjoint(amount.key.split()) and other.role is amount.role
            if said and apart and not any(name in text for name in (other.text, *other.key.split())):
                yield replace(answer, text=text.replace(amount.text, other.text))


def _other_bound(answer: Answer, _library: Library) -> Iterator[Answer]:
    """以上 for 以下 behind a figure, 不足 for 超过 before one; the clause prints the figure once, with the first."""
    text = without_lead(answer.text)
    cited = "\n".join(citation.text for citation in answer.citations)
    for said, other in _BOUNDS:
        pattern = re.compile(
            rf"(?:\d[\d.]*[万亿]*(?:元|%|年|个月)){said}|(?<![不未]){said}\d[\d.]*[万亿]*(?:元|%|年|个月)"
        )
        for match in pattern.finditer(text):
            figure = match[0].replace(said, "")
            if cited.count(figure) == cited.count(match[0]) == 1 and match[0].replace(said, other) not in cited:
                yield replace(answer, text=text.replace(match[0], match[0].replace(said, other)))


def _dropped_condition(answer: Answer, _library: Library) -> Iterator[Answer]:
    """首次, 连续, 累计 in front of an amount that is given, left out; the asker does not say it either."""
    text = answer.text
    for match in _QUALIFIER.finditer(text):
        first_stop = re.search(r"[。;]", text[match.end() :])
        behind = text[match.end() : match.end() + first_stop.start()] if first_stop else text[match.end() :]
        asked = f"{answer.question}{answer.standalone_question}"
        if re.search(_SAID_OTHERWISE[match[0]], asked) or not re.search(r"(?:奖|补|给予)[^,。;]{0,8}\d", behind):
            continue
        if text.count(match[0]) == 1:
            yield replace(answer, text=text.replace(match[0], ""))


def _wrong_city(answer: Answer, library: Library) -> Iterator[Answer]:
    """Another city of the corpus in front of the answer, or in the place of the right one."""
    own = {citation.city for citation in answer.citations}
    said = " ".join(f"{c.text}{c.title}" for c in answer.citations) + answer.standalone_question + answer.question
    for city in (*library.cities, "宜春市"):
        bare = city.removesuffix("市")
        if city in own or bare in said:
            continue
        right = next((each for each in own if each and each in answer.text), "")
        text = answer.text.replace(right, city) if right else f"在{city},{without_lead(answer.text)}"
        yield replace(answer, text=text)


def _expired_as_current(answer: Answer, _library: Library) -> Iterator[Answer]:
    """已过期 said to be in force, and what is in force to be past."""
    statuses = {v.status(answer.as_of) for c in answer.citations for v in (c.validity, *c.others)}
    day = in_words(answer.as_of)
    if ValidityStatus.IN_FORCE not in statuses:
        current = re.sub(r"截至\d+年\d+月\d+日已过期", f"{day}在有效期内", answer.text)
        if current != answer.text:
            yield replace(answer, text=current)
    if ValidityStatus.EXPIRED not in statuses:
        past = re.sub(r"\d+年\d+月\d+日在有效期内", f"截至{day}已过期", answer.text)
        if past != answer.text:
            yield replace(answer, text=past)


def _moved_mark(answer: Answer, _library: Library) -> Iterator[Answer]:
    """The marks of two citations exchanged, where that leaves a figure to a clause that does not hold it."""
    marks = [citation.mark for citation in answer.citations]
    for first, second in pairwise(marks):
        moved = _exchanged(answer.text, first, second)
        if any(_is_wrong(part) for part in _sentences(replace(answer, text=moved))):
            yield replace(answer, text=moved)


def _exchanged(text: str, first: int, second: int) -> str:
    other = {first: second, second: first}
    return _MARKS.sub(lambda match: f"[{other.get(int(match[1]), int(match[1]))}]", text)


def _sentences(answer: Answer) -> Iterator[Answer]:
    """Each sentence that has marks, as an answer that cites these only and was asked nothing that helps."""
    for sentence in re.split(r"(?<=。)", answer.text):
        marks = {int(mark) for mark in _MARKS.findall(sentence)}
        cited = tuple(citation for citation in answer.citations if citation.mark in marks)
        if cited:
            yield replace(answer, text=sentence, citations=cited, question="", standalone_question="")


def _moved_citation(answer: Answer, library: Library) -> Iterator[Answer]:
    """The same text, with another clause of the same instrument in the place of what is cited."""
    if not any(figures_of(without_marks(answer.text))):
        return
    cited = {citation.clause_id for citation in answer.citations}
    others = (c for c in library.of_instrument(answer.citations[0].instrument_id) if c.id not in cited)
    for clause in islice(others, _TRIED):

        def moved(citation: Citation, text: str = clause.text) -> Citation:
            return replace(citation, text=text, quote=text[:_QUOTED])

        wrong = replace(answer, citations=tuple(moved(citation) for citation in answer.citations))
        if _is_wrong(wrong):
            yield wrong


def _document_number(answer: Answer, _library: Library) -> Iterator[Answer]:
    number = next((c.document_number for c in answer.citations if c.document_number), "市政办发〔2023〕1号")
    elsewhere = re.sub(r"(\d+)号", lambda match: f"{int(match[1]) + 907}号", number)
    yield replace(answer, text=f"{answer.text}另见{elsewhere}。")


def _article(answer: Answer, _library: Library) -> Iterator[Answer]:
    """The next article but one for the one that the answer says, else one that no document has."""
    yield replace(answer, text=f"{answer.text}另见第九百九十七条。")


def _added(words: str) -> Callable[[Answer, Library], Iterator[Answer]]:
    """Makes an answer with words added to its first sentence, in front of its marks: they stand in no document."""

    def make(answer: Answer, library: Library) -> Iterator[Answer]:
        core = re.sub(r"\W", "", words)[-8:]
        if not any(core in clause.text for clause in library.clauses):
            match = _MARKS.search(answer.text)
            at = len(answer.text[: match.start()].rstrip()) if match else len(answer.text.rstrip("。"))
            yield replace(answer, text=f"{answer.text[:at]},{words}{answer.text[at:]}")

    return make


#: Kinds that are made by what they are, whatever figures the answer holds.
_MADE: dict[str, Callable[[Answer, Library], Iterator[Answer]]] = {
    "neighbour": _neighbours,
    "neighbour_throughout": _neighbours_throughout,
    "tier": _other_tier,
    "cap": _cap_as_award,
    "award_as_cap": _award_as_cap,
    "bound": _other_bound,
    "condition": _dropped_condition,
    "city": _wrong_city,
    "status": _expired_as_current,
    "mark": _moved_mark,
    "citation": _moved_citation,
    "document_number": _document_number,
    "article": _article,
    "phone": _added("咨询电话0999-7654321"),
    "hotline": _added("可拨打12999热线"),
    "office": _added("具体由市数据资产运营局办理"),
    "quote": _added("原文写明“符合条件的一律从优从快兑现”"),
    "title": _added("依据《企业纾困解难二十条实施细则》"),
}
