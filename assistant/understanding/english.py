"""A question typed in English → the same in Chinese, word by word, so that everything after reads one language.

    How much is the reward for retail enterprises in Tianmen?
    ask at the end      how much → 多少
    prepositions turn   reward │ for retail enterprises │ in Tianmen → Tianmen, retail enterprises, reward
    words by the table  天门零售企业奖励多少?

No translation: what the table does not know is left out, and what is found is quoted in Chinese as ever.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from assistant.vocabulary import places

_TABLE = Path(__file__).parent.parent / "vocabulary" / "english.toml"
_LETTER = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[\u3007\u4e00-\u9fff]")
#: So many words are a question in English; single ones (VAT, SCI) stand in Chinese questions too.
_WORDS = 2
#: An English word has more letters than the Chinese one has characters.
_LETTERS_A_CHARACTER = 2
#: What follows these says more of what stands in front, and stands in front of it in Chinese.
_TURNS = re.compile(r"\b(?:for|of|in|to|from|at|on|by|with|under|that|who|which)\b|,", re.IGNORECASE)
_DAY = re.compile(r"(?<![〔\[(])\b(?P<year>(?:19|20)\d\d)(?:-(?P<month>\d{1,2})-(?P<day>\d{1,2}))?\b")
_ARTICLE = re.compile(r"\barticle\s+(?P<number>\d{1,3})\b", re.IGNORECASE)
_NUMBER = re.compile(r"\b(?:document\s+)?no\.?\s*(?P<number>\d{1,4})\b", re.IGNORECASE)
_REFERENCE = re.compile(r"号|第\d+条")
#: What is kept as it stands: figures with their units, and Chinese.
_KEPT = re.compile(r"[\u3007\u4e00-\u9fff〔〕]+|\d[\d.]*%?(?:[\u4e00-\u9fff]+)?")


def in_chinese(question: str) -> str:
    """The question in Chinese; as it stands where it is not in English or no word of it is known."""
    letters, characters = len(_LETTER.findall(question)), len(_HAN.findall(question))
    if len(re.findall(r"[A-Za-z]{2,}", question)) < _WORDS or letters <= _LETTERS_A_CHARACTER * characters:
        return question
    rest = _ARTICLE.sub(r"第\g<number>条", _NUMBER.sub(r"\g<number>号文", question.replace("’", "'")))
    rest = _DAY.sub(_day, rest)
    ask = ""
    for phrase, chinese in _asks():
        found = re.search(rf"\b{re.escape(phrase)}\b", rest, re.IGNORECASE)
        if found:
            ask, rest = chinese, f"{rest[: found.start()]} {rest[found.end() :]}"
            break
    said = "".join(_said(part) for part in reversed(_TURNS.split(rest)))
    # A place alone, or a year, is nothing to ask policies for.
    about = any(chinese in said for chinese in _table()["words"].values()) or _REFERENCE.search(said)
    return f"{said}{ask}?" if about else question


def _day(match: re.Match[str]) -> str:
    month = f"{int(match['month'])}月{int(match['day'])}日" if match["month"] else ""
    return f"{match['year']}年{month}"


def _said(part: str) -> str:
    """The known words of a part, in their order."""
    return "".join(_words().get(match[0].lower(), match[0]) for match in _known().finditer(part))


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


@cache
def _asks() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(_table()["asks"].items(), key=lambda row: -len(row[0])))


@cache
def _words() -> dict[str, str]:
    """English words, their plurals, and the names of places in pinyin, with the Chinese ones."""
    # Loaded when somebody asks in English: it takes a quarter of a second.
    from pypinyin import lazy_pinyin

    words = dict(_table()["words"])
    provinces, cities = places()
    named = {"".join(lazy_pinyin(name)): name for name in sorted(provinces | cities)}
    return {**named, **{f"{word}s": chinese for word, chinese in words.items()}, **words}


@cache
def _known() -> re.Pattern[str]:
    words = "|".join(map(re.escape, sorted(_words(), key=len, reverse=True)))
    return re.compile(rf"\b(?:{words})\b|{_KEPT.pattern}", re.IGNORECASE)
