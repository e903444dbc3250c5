"""Personal data out of what people typed, before anything is written to a file or leaves the machine.

Masked are numbers of telephones, identity and bank cards, e-mail addresses, accounts of chat services, and the name
behind 我叫, 姓名 and the like. No rule finds every name: whoever passes a file on reads it first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_PHONE, _CARD, _NUMBER, _MAIL, _ACCOUNT, _NAME = "[手机号]", "[证件号]", "[号码]", "[邮箱]", "[账号]", "[姓名]"
_GAP = r"[\s\-－—·.]?"
#: In this order; for text in which all digits are ASCII.
_MASKS = (
    (_MAIL, re.compile(r"[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9\-]+(?:[.．][A-Za-z0-9\-]+)+")),
    (_CARD, re.compile(rf"(?<!\d)\d{{6}}{_GAP}(?:19|20)\d{{2}}{_GAP}\d{{4}}{_GAP}\d{{3}}[\dXxＸｘ](?!\d)")),
    # Bank cards as they are printed: 6222 0212 3456 7890 123.
    (_NUMBER, re.compile(r"(?<!\d)\d{4}(?:[ \-]\d{4}){2,4}(?:[ \-]?\d{1,3})?(?!\d)")),
    (_PHONE, re.compile(rf"(?<!\d)(?:[+＋]?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)")),
    (_PHONE, re.compile(rf"(?<!\d)[(（]?0\d{{2,3}}[)）]?{_GAP}[2-9]\d{{6,7}}(?!\d)")),
    # Whatever is as long as a telephone number and none of the above: bank cards, numbers run together.
    (_NUMBER, re.compile(r"\d{11,}[Xx]?(?!\s*[元万亿\d])")),
    (_ACCOUNT, re.compile(r"(?<=微信)(?:号|号码)?(?:是|为|[:：])?\s*[A-Za-z0-9_\-]{6,20}", re.IGNORECASE)),
    (_ACCOUNT, re.compile(r"(?<=QQ)(?:号|号码)?(?:是|为|[:：])?\s*\d{5,11}", re.IGNORECASE)),
)
_CALLED = re.compile(
    r"(?P<lead>我叫|我的名字(?:叫|是)|本人姓名(?:是|为|[:：])?|姓名(?:是|为|[:：])|联系人(?:是|为|[:：])|名叫|我姓)"
    r"(?!谁|哪|什么|啥|怎|几|多少)(?P<name>[\u4e00-\u9fff]{1,4}?)(?=[，,。.；;、！!？?\s]|我|是|在|想|来|要|有|电话|手机|住|开|$|[A-Za-z0-9\[])"
)
_INTRODUCED = re.compile(
    r"(?:我|本人|咱)?的?(?:联系)?(?:方式|电话|手机|微信|QQ|身份证|证件|银行卡|卡|邮箱|名字|姓名|联系人)?(?:号码|卡号|号)?"
    rf"(?:叫|是|为|[:：])?\s*(?:{'|'.join(map(re.escape, (_PHONE, _CARD, _NUMBER, _MAIL, _ACCOUNT, _NAME)))})"
)


def masked(text: str) -> str:
    """``text`` with a word in brackets in the place of each piece of personal data."""
    return _replaced(text, lambda word, _: word)


def without_personal(text: str) -> str:
    """``text`` without personal data and what introduces them (我手机号是): no policy depends on them."""
    return _INTRODUCED.sub("", masked(text))


class Mask:
    """Takes personal data out of several texts, and puts what was taken back where its word is repeated.

    The same piece has the same word in all of them; a second of its sort is numbered ([手机号2]).
    """

    def __init__(self) -> None:
        self._words: dict[str, str] = {}

    def hide(self, text: str) -> str:
        """``text`` with a word in the place of each piece of personal data."""
        return _replaced(text, self._word)

    def show(self, text: str) -> str:
        """``text`` with each word as what it stands for; only words that this mask has put."""
        for piece, word in self._words.items():
            text = text.replace(word, piece)
        return text

    def touches(self, text: str) -> bool:
        """Whether a text repeats a part of what was hidden: a number by itself that no rule takes for personal data."""
        hidden = [re.sub(r"\D", "", piece) for piece in self._words]
        return any(run in digits for run in re.findall(r"\d{4,}", text) for digits in hidden)

    def _word(self, word: str, piece: str) -> str:
        known = self._words.get(piece)
        if known is None:
            before = sum(other.startswith(word[:-1]) for other in self._words.values())
            known = self._words[piece] = f"{word[:-1]}{before + 1}]" if before else word
        return known


def _replaced(text: str, replacement: Callable[[str, str], str]) -> str:
    for word, pattern in _MASKS:
        # Digits of any script are looked for as ASCII ones, in a text of the same length.
        plain = "".join(_ascii_digit(character) for character in text)
        pieces, last = [], 0
        for match in pattern.finditer(plain):
            pieces += [text[last : match.start()], replacement(word, text[match.start() : match.end()])]
            last = match.end()
        text = "".join([*pieces, text[last:]])
    return _CALLED.sub(lambda match: match["lead"] + replacement(_NAME, match["name"]), text)


def _ascii_digit(character: str) -> str:
    if character.isascii():
        return character
    digit = unicodedata.decimal(character, None)
    return str(digit) if digit is not None else character
