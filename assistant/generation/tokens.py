"""How long a text is for a language model, estimated without knowing the model and without a download.

The encodings of real models have to be fetched, and the model may be any. So the estimate uses an encoding of its own,
made by rule, not trained: every Chinese character and full-width sign is one token, every other character as many as
it has bytes in UTF-8. What this counts is multiplied by :data:`MARGIN`. Measured on Chinese text, cl100k_base takes
1.24 tokens a character and o200k_base 0.75, so the estimate errs on the safe side for both; Latin text, of which
policies have little, is overestimated several times.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tiktoken

MARGIN = 1.25

#: Chinese characters, and the punctuation and full-width signs printed with them.
_ONE_TOKEN_EACH = (range(0x2010, 0x2040), range(0x3000, 0x3040), range(0x3400, 0xA000), range(0xFF00, 0xFFF0))
_SENTENCE_END = re.compile(r"[。；！？\n]")


@lru_cache(maxsize=1)
def encoding() -> tiktoken.Encoding:
    """The encoding described above; the same in every process."""
    import tiktoken

    ranks = {bytes([byte]): byte for byte in range(256)}
    for codes in _ONE_TOKEN_EACH:
        for code in codes:
            ranks[chr(code).encode()] = len(ranks)
    return tiktoken.Encoding("characters", pat_str=r"[\s\S]", mergeable_ranks=ranks, special_tokens={})


def estimate(text: str) -> int:
    """About how many tokens a model takes for ``text``, rather too many than too few."""
    return math.ceil(MARGIN * len(encoding().encode_ordinary(text)))


def shorten(text: str, budget: int) -> str:
    """The beginning of ``text`` that fits into ``budget`` tokens, up to the end of a sentence where there is one."""
    if estimate(text) <= budget:
        return text
    kept = encoding().encode_ordinary(text)[: int(budget / MARGIN)]
    beginning = encoding().decode(kept, errors="ignore")
    ends = [match.end() for match in _SENTENCE_END.finditer(beginning)]
    return beginning[: ends[-1]] if ends else beginning
