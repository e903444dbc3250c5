"""Whether what an answer says it computed recomputes, from values that are printed where they may be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.answer import Derivation
from assistant.derive import recomputes
from assistant.verify.figures import Key, holds, stated_in
from assistant.verify.sentences import one_spelling
from assistant.verify.sources import Sources
from corpus.dates import in_words

_NUMERAL = re.compile(r"\d+(?:\.\d+)?")


def fault_in(derivation: Derivation, sources: Sources) -> str:
    """What is wrong with a derivation, in a Chinese sentence; "" where it recomputes from values that are printed."""
    for part in derivation.sources:
        if not _is_printed(part, sources):
            return f"推算所用的“{part}”在所引条款、问题和日期中都找不到。"
    if not recomputes(derivation):
        return f"“{derivation.value}”按{'、'.join(derivation.sources)}推算不出来。"
    return ""


@dataclass(frozen=True, slots=True)
class Computed:
    """The values that sound derivations give, and those that they name as what they were computed from.

    The former stand in no clause; the latter do, so that only the words that show the computation need not cite them.
    """

    values: tuple[Key, ...]
    inputs: tuple[Key, ...]


def computed_by(derivations: Iterable[Derivation]) -> Computed:
    """What derivations that have no fault give and rest on."""
    sound = list(derivations)
    return Computed(_keys(each.value for each in sound), _keys(part for each in sound for part in each.sources))


def _keys(texts: Iterable[str]) -> tuple[Key, ...]:
    return tuple(stated.key for text in texts for stated in stated_in(one_spelling(text)))


def _is_printed(part: str, sources: Sources) -> bool:
    spelled = one_spelling(part)
    if spelled in in_words(sources.answer.as_of) or spelled in sources.question:
        return True
    wanted = stated_in(spelled)
    known = [*sources.asked, *(s for source in sources.all for s in source.figures)]
    keys = [s.key for s in known] + [key for source in sources.all for key in source.days]
    if wanted:
        return all(any(holds(key, each.key) for key in keys) for each in wanted)
    bare = [source.bare for source in sources.all]
    numerals = _NUMERAL.findall(spelled)
    if numerals:
        return all(numeral in sources.bare_asked or any(numeral in each for each in bare) for numeral in numerals)
    return any(re.sub(r"\s", "", spelled) in source.words for source in sources.all)
