"""One more entry in a manifest; all that stands there stays."""

import tomllib
from datetime import date

import pytest

from corpus.errors import CorpusError
from corpus.upkeep.manifest_edit import with_entry

ENTRY = {
    "id": "乙",
    "file": '乙 "二".txt',
    "published_on": date(2024, 3, 15),
    "note": "两行\n和\\反斜线",
    "instrument": [{"title": "某意见", "title_inferred": True}],
}
LISTED = """# 说明
[[document]]   # 第一个
file = "甲.txt"
id    =  '甲'

  [[document.replace]]
from="a"
to="b"
reason="c\""""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\n# 末尾的话", "\n\n\n"])
def test_what_stands_there_is_kept_byte_for_byte(newline: str, end: str) -> None:
    before = f"{LISTED}{end}".replace("\n", newline).encode()
    after = with_entry(before, ENTRY)
    assert after.startswith(before)
    added = after[len(before) :]
    assert added.count(b"\n") == added.count(newline.encode())
    assert (newline == "\r\n") == (b"\r" in added)
    first, second = tomllib.loads(after.decode())["document"]
    assert first == tomllib.loads(before.decode())["document"][0]
    assert second == ENTRY
    assert f"{newline * 2}[[document]]" in after.decode()


@pytest.mark.parametrize("before", [b"", "# 只有说明".encode(), b"\r\n"])
def test_the_first_entry(before: bytes) -> None:
    after = with_entry(before, ENTRY)
    assert after.startswith(before)
    assert tomllib.loads(after.decode())["document"] == [ENTRY]


@pytest.mark.parametrize(
    "before",
    ["document = []\n", '# 表\r\ndocument = [\r\n  { id = "甲", file = "甲.txt" }, # 第一个\r\n]\r\n# 完\r\n'],
)
def test_an_array_of_documents_gets_one_more_element(before: str) -> None:
    after = with_entry(before.encode(), ENTRY).decode()
    documents = tomllib.loads(after)["document"]
    assert documents[:-1] == tomllib.loads(before)["document"]
    assert documents[-1] == ENTRY
    for line in before.splitlines():
        if "#" in line:
            assert line in after


def test_what_would_not_read_back_is_not_written(monkeypatch) -> None:
    monkeypatch.setattr("tomlkit.dumps", lambda _: "")
    with pytest.raises(CorpusError, match="手工写入"):
        with_entry(LISTED.encode(), ENTRY)
