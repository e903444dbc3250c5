"""Where a text cannot be read, in words for the person who wrote it."""

from __future__ import annotations

import json
import tomllib

import pytest

from corpus.errors import place_of


@pytest.mark.parametrize(
    ("text", "place"),
    [("a = 1\nb = [1,\nc", "第 3 行第 1 个字符"), ("x = 1\ny 2\n", "第 2 行第 3 个字符"), ('a = "', "末尾")],
)
def test_of_toml(text: str, place: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    assert place_of(error.value) == place


def test_of_json() -> None:
    with pytest.raises(json.JSONDecodeError) as error:
        json.loads('{"id": "x",\n "question": }')
    assert place_of(error.value) == "第 2 行第 14 个字符"


def test_of_bytes() -> None:
    with pytest.raises(UnicodeDecodeError) as error:
        b"ab\xff".decode("utf-8")
    assert place_of(error.value) == "第 3 个字节（不是 UTF-8 编码）"
