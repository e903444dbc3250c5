"""A typed question → what it asks: where, when, of which document, what kind of answer, and for what.

Nothing here looks at clauses; what exists in the corpus (its cities and titles) is passed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.masking import without_personal
from assistant.understanding.asked import ABOUT_DOCUMENTS, COUNTERS, CUES, OF_ITSELF, Asked, asked_of, role_of
from assistant.understanding.since import Since, since_of
from assistant.vocabulary import places
from corpus.cities import short_name
from corpus.dates import FULL_DATE, date_of, last_day
from corpus.facts.amounts import amounts_of
from corpus.facts.periods import periods_of
from corpus.folding import fold
from corpus.model import Measure, Period, Role

#: 多少 in speech: 几多, 好多 where it asks (给好多, 好多一年) and does not say that there are many (好多企业), 几个钱.
_SPOKEN_MUCH = re.compile(
    r"几多|(?<=[给得奖补领拿交缴贷扣减免到是要])好多(?!了|家的|人都)|好多(?=[?,。!]|$|钱|万|块|一[年月家户个]|个月|天)"
)
_SPOKEN_MONEY = re.compile(r"(?:几|多少|好)(?:个|多|点)?(?:银子|票子|大洋|钞票)|几(?:个|块)?钱(?!都?没|也不)")
#: 800万自产的货, 2万印花税: what people leave 元 out of, by the noun that follows.
_SUM_OF = re.compile(
    r"(?<=\d[万亿])(?=自产|地方留成|留成|回税|贴息|贷款?|借款|佣金|税|[^,。?]{1,3}税|产值|营收|收入|销售额|租金|房租|保费|保险费|设备|利息|投资|工资|奖金|补贴|了钱|1年|一年)"
)
#: 产值达到15亿, 月销售额20万: the same, by the noun before.
_SUM_BEHIND = re.compile(
    r"((?:销售额|营业额|营收|收入|产值|税收|纳税|缴税|贡献|贷款|投资|利润|额度|流水)[^,。?\d]{0,4}\d[\d.]*[万亿])(?=的|有)"
)
_FIGURE = r"\d[\d.]*(?:[万亿]元?|元|块|%)"
#: 给8万还是4万, 零售8万对吗: what it is, is asked; the figures are guesses.
_GUESSED = re.compile(
    rf"(?:是|给)?{_FIGURE}[,呢]?还是(?:给|奖|补|是)?{_FIGURE}|(?:是不是|是|给|奖|补)?{_FIGURE},?(?:对吗|对不对|对吧|对么|没错吧|是吗|是吧)(?=[?,。]|$)"
)
_LAST_YEAR = {"去年": 1, "前年": 2, "上一年": 1}
#: Who asks of now tells what was last year.
_NOW = "今年|今天|现在|眼下|如今|这会儿"
#: Words that make a date the day asked about; without them it is part of the subject.
_AS_OF = r"(?:的?时候|那时候?|当时|那会儿?|那天|当天|这天|为止|那个时候|(?:这个)?时点)"
_ACTS = r"(?:就?(?:申请|申报|提交|办理?|登记|注册|进限|进规|入库|迁|搬|交|缴|开业|开店|评上|拿到))"
_DATED = re.compile(
    rf"(?:在|到|截至|截止到?|按)?(?:(?P<full>{FULL_DATE.pattern[:-1]}[日号])|(?P<yy>(?:19|20)\d\d)年(?:(?P<mm>\d{{1,2}})月)?(?:份)?)"
    rf"(?:(?P<as_of>{_AS_OF})|(?P<still>(?=[^,。?]{{0,14}}(?:还|仍|是否)(?:有效|能|可以|生效|在执行|有)|(?:有效|能用|生效)))|(?P<act>(?={_ACTS})))"
)


_ANY_DAY = re.compile(rf"{FULL_DATE.pattern[:-1]}[日号]|(?<!\d)(?P<mm>\d{{1,2}})月(?P<dd>\d{{1,2}})[日号]")
#: A day of the document itself, or one from which or until which something runs.
_DAY_OF_TERM = re.compile(r"\s*(?:起|为止|止|印|发布|施行|生效|实施|到期|失效|至|到|—|-|还是)")


def _day_of_validity(topic: str, day: date) -> tuple[date, str]:
    """The day on which something is asked to be in force, and the topic without it: 2025年9月1号去申请还给不给."""
    days = list(_ANY_DAY.finditer(topic))
    if len(days) != 1 or _DAY_OF_TERM.match(topic, days[0].end()):
        return day, topic
    stated = date_of(days[0]) if days[0]["y"] else None
    now = re.search("今[天日儿]|现在|目前|眼下|如今", topic)
    rest = f"{topic[: days[0].start()]} {topic[days[0].end() :]}"
    return (stated if stated and not now else day), rest


#: 2025年8月29日还能拿来申请吗, 今天还能不能办: whether something is in force on a day that the topic no longer holds.
_STILL_THEN = re.compile(
    r"(?:\d[年月日号]|今[天日])(?:的?时候|当天)?还(?:能|可以|有|给|发|算)(?!再)[^,。?多少几]{0,12}(?:[吗么]|不[能给发]|[?]?$)"
)


@dataclass(frozen=True, slots=True)
class Question:
    """What a question asks.

    ``text`` is folded and stands alone; ``topic`` is what is left of it without places, days asked about and
    references: what is searched for. ``cities`` are those of the corpus that it names (in full), ``elsewhere``
    the places it asks about that the corpus has nothing of. ``figures`` and ``periods`` are those it states itself.
    ``background`` is what a follow-up goes on from: it is searched for as well, and counts less; ``told`` are figures
    that were given before, which it hardly asks for again; ``same`` tells that it asks the same of something else.
    """

    text: str
    topic: str
    asked: Asked
    as_of: date
    cities: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()
    role: Role | None = None
    counter: str = ""
    figures: tuple[Measure, ...] = ()
    periods: tuple[Period, ...] = ()
    since: Since | None = None
    background: str = ""
    told: tuple[str, ...] = ()
    same: bool = False

    @property
    def subject(self) -> str:
        """What is searched for: the topic, less words that only ask: of a document itself, or for a condition."""
        if self.asked in ABOUT_DOCUMENTS:
            return OF_ITSELF.sub(" ", self.topic)
        if self.asked in (Asked.CONDITION, Asked.EXCLUSION, Asked.DEFINITION, Asked.PURPOSE):
            return dict(CUES)[self.asked].sub(" ", self.topic).strip() or self.topic
        if self.background and self.asked is Asked.OFFICE:
            return re.sub("牵头|负责|主管|管|落实", " ", dict(CUES)[self.asked].sub(" ", self.topic)).strip()
        if self.asked in (Asked.LIST, Asked.OTHER):
            return _LIST_OF.sub(" ", self.topic).strip() or self.topic
        if self.asked in (Asked.COUNT, Asked.FIGURE):
            return _NUMBER_OF.sub(" ", self.topic).strip() or self.topic
        return self.topic


#: 有哪些举措: what is listed is not called so in a document.
_LIST_OF = re.compile(
    r"(?:都|又|还)?(?:有|是|采取了?)?(?:哪些|什么|啥)(?:方面)?的?(?:硬性?|具体|主要|新)?的?(?:举措|动作|做法|招数|花样|说法|门道|硬要求|要求)"
)
#: 高新技术企业数量要到多少 asks of the firms: documents give the number and do not call it one.
_NUMBER_OF = re.compile(
    r"的?(?:总|创建|建设|培育|企业)?(?:数量|家数|个数|户数|总数|数目|(?<=[\u4e00-\u9fff]{3})数(?=[,(]|多少|要|是|$))(?:目标|指标)?"
)


#: 什么时候能砍50%: under which condition.
_WHEN_SO_MUCH = re.compile(r"(?:什么时候|啥时候|何时|几时)才?(?:能|可以|会)[^,。?]{0,6}\d+(?:\.\d+)?(?:%|倍)")
#: 四年前就知道了,来得及吗: whether a time limit of the rules is missed, not whether they are in force.
_TOO_LATE = re.compile(r"(?:[\d一二两三四五六七八九十半]个?(?:年|月|天|工作日)|晚)[^?]*来得及")


def understand(text: str, as_of: date, cities: tuple[str, ...], city: str | None = None) -> Question:
    """Read a stand-alone question. ``as_of`` is the day given with it; ``city`` that of the request.

    The question's own city beats ``city``; a day that it states as the one asked about beats ``as_of``.
    """
    folded = normalise(without_personal(text))
    since = since_of(folded, as_of)
    day, without_day = (as_of, since.rest) if since else _stated_day(folded, as_of)
    named, elsewhere, topic = _places(without_day, cities)
    if not named and not elsewhere and city:
        full = city_in_full(city, cities)
        named, elsewhere = ((full,), ()) if full else ((), (city,))
    topic = _GUESSED.sub("多少", topic)
    asked = asked_of(topic)
    asked = Asked.COUNT if asked is Asked.FIGURE and _NUMBER_OF.search(topic) else asked
    asked = Asked.CONDITION if asked is Asked.DATE and _WHEN_SO_MUCH.search(topic) else asked
    asked = Asked.YES_NO if asked is Asked.VALIDITY and _TOO_LATE.search(topic) else asked
    if asked is Asked.YES_NO and _STILL_THEN.search(folded):
        asked = Asked.VALIDITY
    if asked is Asked.VALIDITY:
        day, topic = _day_of_validity(topic, day)
    counter = re.search(rf"(?:多少|几)({COUNTERS})", topic)
    amounts, quantities = amounts_of(topic)
    return Question(
        text=folded,
        topic=topic,
        asked=asked,
        as_of=day,
        cities=named,
        elsewhere=elsewhere,
        role=role_of(topic),
        counter=counter[1] if counter else "",
        figures=tuple(sorted((*amounts, *quantities), key=lambda figure: figure.span)),
        periods=periods_of(topic),
        since=since,
    )


def understand_further(own: Question, before: Question, background: str, given: date, *, same: bool) -> Question:
    """A follow-up in the light of the question ``before`` it, whose subject is ``background``.

    Its own words beat those before: the place, the day, and what kind of figure is asked for, where it says so.
    ``same`` tells that the same is asked of something else.
    """
    figure = own.asked is Asked.FIGURE and before.asked.is_figure
    kind = before if figure or (same and own.asked in (Asked.OTHER, Asked.FIGURE)) else own
    named = own if own.cities or own.elsewhere else before
    return replace(
        own,
        asked=kind.asked,
        role=own.role or kind.role,
        counter=own.counter or kind.counter,
        as_of=own.as_of if own.as_of != given else before.as_of,
        cities=named.cities,
        elsewhere=named.elsewhere,
        background=background,
        same=same,
    )


def normalise(text: str) -> str:
    """A question in the form that patterns read: half width, simplified characters, 50w as 50万."""
    from index.terms import simplify

    folded = fold(simplify(text)).strip().replace("晓得", "知道")
    folded = re.sub(r"(?:(?<=^)|(?<=[\s,到在至州门阳市]))([12]\d)年(?=[^\s,。?以内期满后前级])", r"20\1年", folded)
    folded = re.sub(r"([一二三四五六七八九])折", lambda fold_: f"{'一二三四五六七八九'.index(fold_[1]) + 1}0%", folded)
    folded = re.sub(r"(?<=[砍降减掉])(?:掉|了|到)?一半", "50%", folded)
    folded = re.sub(r"(?<=\d)\s*[wW](?![a-zA-Z])", "万", folded)
    folded = _SUM_BEHIND.sub(r"\1元", _SUM_OF.sub("元", folded))
    folded = re.sub(r"(?<=\d[万亿])(?=[能可会但却怎该应回才算要就没够吧呢吗都还又])", ",", folded)
    folded = _SPOKEN_MUCH.sub("多少", _SPOKEN_MONEY.sub("多少钱", folded))
    # 二十几亿, 20多万: at least that.
    folded = re.sub(r"(?<=[十百千0])(?:几|多|来)(?=[万亿])", "", folded)
    return re.sub(r"几回", "几次", re.sub(r"(?<=[\d几])个(?=[亿万])", "", folded))


def city_in_full(name: str, cities: tuple[str, ...]) -> str | None:
    """The city of the corpus that a name with or without 市 means."""
    wanted = name.strip()
    return next((city for city in cities if wanted in (city, short_name(city))), None)


def _stated_day(folded: str, given: date) -> tuple[date, str]:
    """The day that the question states as the one asked about, and the question without it."""
    match = _DATED.search(folded)
    if match is not None:
        if match["full"]:
            day = date_of(match)
        elif match["mm"]:
            day = last_day(int(match["yy"]), int(match["mm"])) if 1 <= int(match["mm"]) <= 12 else None
        else:
            day = last_day(int(match["yy"])) if match["act"] is None else None
        if day is not None:
            whole = match["full"] is not None
            if re.match("之后|以后", folded[match.end() :]):
                day += timedelta(days=1)
            return (day if whole else min(day, given)), (folded[: match.start()] + folded[match.end() :]).strip(" ,")
    for word, years in _LAST_YEAR.items():
        if word in folded and not re.search(rf"{word}(?:以来|同期|底|年底)|{_NOW}", folded):
            return min(last_day(given.year - years), given), folded.replace(word, "", 1)
    return given, folded


def _places(folded: str, cities: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...], str]:
    """Cities of the corpus, other places asked about, and the question without the former."""
    named = []
    topic = folded
    for city in cities:
        short = short_name(city)
        if re.search(rf"(?<!从){short}", folded):
            named.append(city)
            level = city.removeprefix(short)
            full = rf"(?:{level}(?![长级场政委民区内外]))?" if level else ""
            topic = re.sub(rf"(?:(?:我们?|咱们?)?在)?{short}{full}(?:这边|这里|那边)?的?", " ", topic)
    provinces, known = places()
    short_names = {short_name(city) for city in cities}
    elsewhere = [
        place
        for place in sorted(known - short_names, key=len, reverse=True)
        # Most names stand nowhere: no pattern is made for these.
        if place in folded and (found := re.search(rf"(?<!从)(?<!自){place}", folded)) and _is_place(folded, found)
    ]
    elsewhere += [
        p for p in sorted(provinces) if f"{p}省" in folded and re.search(rf"(?<!从){p}省(?!级|外|内)", folded)
    ]
    other = re.findall(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,3})市(?![场值民面政级内外区价委局])", folded)
    elsewhere += [name for name in other if name not in short_names and not _NO_NAME.search(name)]
    return tuple(named), () if named else tuple(dict.fromkeys(elsewhere)), re.sub(r"\s+", " ", topic).strip(" ,的")


#: 全市, 本市, 大城市, 上市: 市 behind words that name no city.
_NO_NAME = re.compile(r"[全我本各上超都县省股门夜集该两贵]$|[大小各全本该新老]城$|^(?:我们|本地|外地)")


def _is_place(folded: str, found: re.Match[str]) -> bool:
    """Whether a place name is one here: 大理 in 加大理赔 or 中山 装 is not."""
    before, behind = folded[: found.start()], folded[found.end() :]
    return not (
        found[0] in ("大理", "中山", "红河", "海东", "海北", "海西", "阿里", "东方")
        and not behind.startswith(("市", "州"))
    ) and not before.endswith(("加", "扩", "重", "最"))
