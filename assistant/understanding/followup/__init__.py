"""Follow-ups → questions that stand alone (荆门呢 after 鄂州评上中国驰名商标奖多少).

By rule. A complete question is left as it is; one that changes the subject drops the old one.

    marks.py     words that go back to what was said before, or leave it
    slots.py     what takes the place of its kind: a city, a year, a rank, an amount, a kind of firm
    choosing.py  one of several things that the question before set side by side
    comparing.py what was asked of each of two, asked of both
    reading.py   the question as it is read in the light of the conversation
"""

from __future__ import annotations

from assistant.understanding.followup.reading import Reading, read, standalone
from assistant.understanding.followup.slots import kin_word

__all__ = ["Reading", "kin_word", "read", "standalone"]
