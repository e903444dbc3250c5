"""Whether a figure is said of another subject than the one asked about, however well its clause fits.

    企业上市奖几百万   and a sentence that gives 50万元 for a trademark
    养老保险费率       and 失业保险费率按1%执行
    排名第四奖多少     and 排名前三的,奖励…
    2022年引进多少项目  and a press conference of 2024
    2022年小进规奖多少  and a document in force from 2023

Such a figure is a near miss: it is not shown.
"""

from __future__ import annotations

import re

from assistant.matching import Term, Topic
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.model import Bound, Clause, Instrument, Kind, Role, Span
from corpus.numerals import HAN_NUMERAL, number_of

#: A term that counts so much, beside the rarest, is a matter of its own; a lay word counts for its official ones.
_MATTER, _LAY_MATTER = 0.5, 0.7
#: Nouns that only say what kind of figure is asked for.
_MEASURE = re.compile(
    r"最多|最高|封顶|上限|顶多|至少|奖|补贴|盘子|指标|目标|标准|金额|比例|额度|数额|总额|水平|门槛|幅度|名额|规模|多少|几[万百千亿个家]|[百千]万|\d|百分|分之"
)


#: Characters that belong to no noun.
_GRAMMAR = frozenset("的里了吗呢吧啊我你他这那不没也都就是在被让几谁哪")


def lacks_matter(asked: str, topic: Topic, scope: str, rarest: float) -> bool:
    """Whether a whole word of the question, that the clauses know, stands nowhere in the words of a figure.

    A pair of characters whose neighbours stand there is the seam of two words, not a word.
    """
    covered = [False] * len(asked)
    missing = []
    for term in topic.terms:
        places = [m.start() for pair in term.pairs for m in re.finditer(re.escape(pair), asked)]
        if term.found_in(scope) >= 1:
            for at in places:
                covered[at : at + 2] = [True] * len(covered[at : at + 2])
        elif _is_matter(term, rarest) and term.found_in(scope) == 0:
            missing += [(at, pair) for pair in term.pairs for at in places if asked.startswith(pair, at)]
    return any(
        not any(covered[at : at + len(pair)])
        and not _MEASURE.search(asked[max(0, at - 1) : at + len(pair)])
        and not _GRAMMAR.intersection(pair)
        for at, pair in missing
    )


def _is_matter(term: Term, rarest: float) -> bool:
    return term.known and term.weight >= (_LAY_MATTER if term.official else _MATTER) * rarest


#: What is insured, lent, certified or built, each told from others of its kind by the word in front of it.
_KIND = re.compile(r"(?P<what>[\u4e00-\u9fff]{2})(?P<head>保险|贷款|资质|工厂|商标|企业|合作社)")
#: Firms are told apart by the clause, for its sentences say 企业 of those that it has named.
_FIRMS = frozenset({"企业", "合作社"})
#: Words in front of 企业 or 保险 that name no kind.
_ANY_KIND = re.compile(
    r"本地|外地|当地|外来|小微|中小|大型|小型|微型|民营|我们|咱们|这家|哪些|所有|其他|新办|新建|新增|规上|限上|规模|以上|注册|上市|社会|各项|单位|"
    r"职工|参加|购买|缴纳|基本|申请|办理|银行|困难|重点|骨干|龙头|优质|成立|新进|进规|进限|入库|迁入|落户|所属|每个|全市|年度"
)


def names_another_kind(asked: str, topic: Topic, sentence: str, clause: str, library_text: str, *, firms: bool) -> bool:
    """Whether a kind of thing that is asked about (养老保险, 合伙企业) is none of those that these words name.

    A kind counts that the documents name elsewhere; of insurances and of firms where the sentence lists several, any.
    """
    for found in _KIND.finditer(asked):
        what, head = found["what"], found["head"]
        if _ANY_KIND.search(what) or _GRAMMAR.intersection(what) or (head in _FIRMS and not firms):
            continue
        if any(what in pair or pair in what for term in topic.terms if term.official for pair in term.pairs):
            continue
        if head in _FIRMS:
            listed = re.search(rf"(?:[\u4e00-\u9fff]{{2,6}}、)+[\u4e00-\u9fff]{{2,6}}{head}", sentence) is not None
            told = any(term.known and what in term.pairs for term in topic.terms)
            another = what not in clause and ((listed and told) or f"{what}{head}" in library_text)
        else:
            named = re.search(rf"(?<!无){what}(?:[、和及与][^,。;]{{1,8}})?{head}", sentence) is not None
            another = head in sentence and not named and (head == "保险" or f"{what}{head}" in library_text)
        if another:
            return True
    return False


#: A name that is given in quotation marks is meant by the letter.
_QUOTED = re.compile(r"[“\"「『](?P<name>[\u4e00-\u9fff\d]{2,10})[”\"」』]")
#: What somebody is named or rated as: 评上“湖北名牌”, 获湖北精品认定.
_HONOUR = re.compile(
    r"(?:评上了?|获评|获得?了?|得了|拿到?了?|入选|认定为|评为)[“\"]?(?P<name>[\u4e00-\u9fff]{4,10}?)[”\"]?(?:认定|称号|品牌|荣誉|奖?奖(?:多少|几|励)|给(?:多少|几|予))"
)


def names_another_honour(asked: str, clause: str) -> bool:
    """Whether a name in quotation marks, or most of an honour's name, stands nowhere in a clause."""
    if any(found["name"] not in clause for found in _QUOTED.finditer(asked)):
        return True
    found = _HONOUR.search(asked)
    if found is None:
        return False
    name = found["name"]
    pairs = [name[i : i + 2] for i in range(len(name) - 1)]
    return sum(pair in clause for pair in pairs) < 0.5 * len(pairs)


_ORDINAL = re.compile(
    rf"第(?P<n>{HAN_NUMERAL}{{1,2}}|\d{{1,2}})(?P<unit>年|名|位)?(?![条款项章号季批轮点部次届期回笔个])"
)
_FIRST_SO_MANY = re.compile(rf"前(?P<n>{HAN_NUMERAL}{{1,2}}|\d{{1,2}})(?![\d月年季]|个月|天)")
_YEARS = {"当年": 1, "首年": 1, "次年": 2, "第一年": 1, "第二年": 2, "第三年": 3, "第四年": 4, "第五年": 5}


def beyond_rank(asked: str, scope: str) -> bool:
    """Whether a rank that is asked for lies behind the last that something is given for (第四名, of 前三)."""
    number = _asked_number(asked, years=False)
    ranks = [n for match in _FIRST_SO_MANY.finditer(scope) if (n := _number(match["n"])) is not None]
    return number is not None and bool(ranks) and number > max(ranks)


def beyond_years(asked: str, scope: str) -> bool:
    """Whether a later year is asked for than those that something is given in (第四年, of 当年、第二年、第三年)."""
    number = _asked_number(asked, years=True)
    if (
        number is None
        or number < 2
        or re.search(r"连续[\d一二两三四五六七八九十]|年内|每年|逐年|分年|前\S{1,2}年|\d年", scope)
    ):
        return False
    return number not in {year for word, year in _YEARS.items() if word in scope}


def _asked_number(asked: str, *, years: bool) -> int | None:
    """The first ordinal that is asked for: of a year, or of anything else."""
    found = next((m for m in _ORDINAL.finditer(asked) if (m["unit"] == "年") is years), None)
    return _number(found["n"]) if found else None


def _number(words: str) -> int | None:
    try:
        return number_of(words)
    except ValueError:
        return None


_YEAR = re.compile(r"(?<!\d)(20[0-4]\d)(?=年|[—–~～至-]|[^\d号〕\].]|$)")


def of_another_year(question: Question, sentence: str, clause: str, instrument: Instrument) -> bool:
    """Whether a question of a year is answered by what is said of another, or was not in force yet.

    What is given is given as long as its document is in force; a target or a result is of the years that it names,
    else of those in the title, else, at a press conference, of that year and the one before.
    """
    asked = {int(year) for year in _YEAR.findall(question.topic)}
    if not asked:
        return False
    if question.role in (Role.AWARD, Role.CAP):
        begins = instrument.validity.effective_on
        return begins is not None and max(asked) < begins.year and not asked & _years(clause)
    named = _years(sentence)
    if named:
        return not any(min(named) <= year <= max(named) for year in asked)
    titled = _years(fold(instrument.title))
    if len(titled) > 1:
        return not any(min(titled) <= year <= max(titled) for year in asked)
    if instrument.kind is Kind.PRESS and instrument.date is not None:
        return not asked & ({instrument.date.year - 1, instrument.date.year} | _years(clause))
    return False


def _years(words: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(words)}


#: What is excepted, in brackets: (总部经济除外).
_EXCEPTION = re.compile(r"\(([^()]*)(?:除外|不含|不包括)[^()]*\)")


def is_excepted(asked: str, sentence: str) -> bool:
    """Whether a sentence excepts just what the question is about."""
    return any(
        any(words[i : i + 4] in asked for i in range(max(len(words) - 3, 1))) for words in _EXCEPTION.findall(sentence)
    )


#: Nouns of what is measured, by the character that tells them.
_MEASURED = frozenset("税销售产值收入贡献费投资面积容量额")


def below_threshold(question: Question, clause: Clause, sentence: Span) -> bool:
    """Whether a figure that the question states of itself misses what the sentence demands of the same thing.

    纳税500万的公司, of 当年上缴税收达到1000万元以上的; not 贡献500万, which is another thing.
    """
    text, start = fold(clause.text), clause.span.start
    demanded = [
        fact
        for fact in (*clause.amounts, *clause.quantities)
        if fact.role in (Role.THRESHOLD, Role.LOAN) and not fact.key and fact.bound in (Bound.AT_LEAST, Bound.OVER)
        if Span(fact.span.start - start, fact.span.end - start) in sentence
    ]
    for bound in demanded:
        own = [figure for figure in question.figures if figure.unit == bound.unit]
        at = bound.span.start - start
        said = _MEASURED.intersection(text[max(sentence.start, at - 12) : at])
        told = [_MEASURED.intersection(question.topic[max(0, f.span.start - 6) : f.span.start]) for f in own]
        if own and all(f.high < bound.low for f in own) and all(not words or words & said for words in told):
            return True
    return False


#: Whose part of a contribution is asked for.
_OWN_PART = re.compile(r"(?:个人|员工|职工|自己|本人)[^,。?]{0,4}(?:掏|那?一?部分|承担|那份)")


def of_another_part(asked: str, sentence: str) -> bool:
    """Whether the part of the insured person is asked for, and the words are of the whole."""
    return _OWN_PART.search(asked) is not None and not re.search("个人|职工|本人|自[缴付筹担行费]", sentence)
