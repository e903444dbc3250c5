import math
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from assistant.generation.tokens import MARGIN, encoding, estimate, shorten

ROOT = Path(__file__).parents[2]
CHINESE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))


@given(CHINESE)
def test_chinese_text_is_never_taken_for_shorter_than_real_encodings_make_it(text: str) -> None:
    # cl100k_base takes 1.24 tokens a Chinese character, o200k_base 0.75.
    assert estimate(text) >= 1.24 * len(text)
    assert estimate(text) <= math.ceil(1.25 * len(text))


@given(st.text())
def test_any_text_comes_back_from_its_tokens(text: str) -> None:
    text = text.encode("utf-8", "ignore").decode()
    assert encoding().decode(encoding().encode_ordinary(text)) == text
    assert estimate(text) <= math.ceil(MARGIN * len(text.encode()))


@given(st.text(), st.integers(0, 200))
def test_shortened_text_is_a_beginning_that_fits(text: str, budget: int) -> None:
    text = text.encode("utf-8", "ignore").decode()
    short = shorten(text, budget)
    assert text.startswith(short)
    assert estimate(short) <= budget


def test_shortening_stops_at_the_end_of_a_sentence() -> None:
    assert shorten("第一句。第二句。第三句。", 12) == "第一句。第二句。"
    assert shorten("一句很长的话没有尽头", 5) == "一句很长"


def test_special_tokens_in_a_text_are_text() -> None:
    assert estimate("<|endoftext|>") == math.ceil(MARGIN * 13)


def test_nothing_is_downloaded_and_nothing_read_at_import() -> None:
    script = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise AssertionError('network')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "import assistant.generation.tokens as tokens\n"
        "assert 'tiktoken' not in sys.modules\n"
        "print(tokens.estimate('惠企政策 2024'))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == f"{estimate('惠企政策 2024')}\n"
