"""A draft that says the contrary of its sources: yes for no, a 不 that nobody said, words without the 不 they have."""

from __future__ import annotations

import re
from collections.abc import Iterator

#: 不可以, 不能, 不用 in front of an answer, and their contraries.
_DENIAL = re.compile(
    r"^\s*(?:不(?:行|可以|可|能|会|是|用|需要|需|必|算|属于|一样|同)?|否|没有|并非|无须|无需|免)"
    r"[^,:。;!\s\d]{0,6}(?=[,:。;!\s]|$)"
)
_CONSENT = re.compile(r"^\s*(?:可以|可|能|会|是|是的|行|需要|要|有|属于|算)(?=[,:。;!\s]|$)")
_NOT = re.compile(r"[不未无非没免勿别禁]")
#: Straight before words, what makes them their contrary.
_NOT_SO = re.compile(r"(?:不|未|禁止|不得|不予|不再|不能|不可|无需|严禁|禁止在)\Z")
#: So many characters in a row are somebody's words and no coincidence.
_WORDS = 4


def is_turned(said: str, told: str) -> bool:
    """Whether the first sentence of a draft says yes where the answer says no, or no where it says yes."""
    if denies(told):
        return not _NOT.search(said) or _CONSENT.match(said) is not None
    return denies(said) and not _NOT.search(told)


def denies(sentence: str) -> bool:
    """Whether a sentence begins with a no."""
    return _DENIAL.match(sentence) is not None


def denied(text: str, known: str, plain: set[int]) -> Iterator[str]:
    """Words with a 不 that is not said so; one at the places in ``plain`` denies nothing (不过, 分别, 尚未施行)."""
    for match in _NOT.finditer(text):
        at = match.start()
        if at not in plain and not any(text[start : start + 3] in known for start in (at, max(at - 1, 0))):
            yield text[at : at + _WORDS].strip()


def affirmed(text: str, known: str) -> Iterator[str]:
    """Words that are only said with a 不 before them, without it."""
    for at in range(len(text) - _WORDS + 1):
        words = text[at : at + _WORDS]
        places = [place.start() for place in re.finditer(re.escape(words), known)]
        if not places or _NOT.search(text[max(0, at - _WORDS) : at]):
            continue
        if all(_NOT_SO.search(known[max(0, place - _WORDS) : place]) for place in places):
            yield words
