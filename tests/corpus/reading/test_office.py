"""Old office formats through LibreOffice, a stand-in for it on the path."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.reading.files import read_file
from corpus.reading.office import to_docx
from tests.corpus.reading.word import docx, p

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
#: Writes made.docx, which stands beside it, into the folder that it is told, as LibreOffice would; notes its arguments.
CONVERTS = """#!/bin/sh
here=$(dirname "$0"); echo "$@" > "$here/arguments"
while [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done
cat "$1" > "$here/seen"; mkdir -p "$out"; cat "$here/made.docx" > "$out/document.docx"
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch):
    """A folder that is first on the path, with a soffice that does what it is told."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")

    def does(script: str) -> Path:
        (folder / "soffice").write_text(script)
        (folder / "soffice").chmod(0o755)
        return folder

    return does


@pytest.mark.parametrize(
    ("name", "data"), [("甲.doc", OLE), ("甲.wps", OLE), ("甲.doc", b"{\\rtf1 x}"), ("甲.txt", OLE)]
)
def test_it_is_read_as_what_libreoffice_makes_of_it(program, tmp_path: Path, name: str, data: bytes) -> None:
    folder = program(CONVERTS)
    (folder / "made.docx").write_bytes(docx(p("一、甲")))
    (tmp_path / name).write_bytes(data)
    assert read_file(tmp_path / name, name).text == "一、甲\n"
    assert (folder / "seen").read_bytes() == data
    arguments = (folder / "arguments").read_text()
    assert "--headless" in arguments
    assert "-env:UserInstallation=file:///" in arguments


def test_without_libreoffice_the_way_out_is_said(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CorpusError, match=r"甲\.doc .*LibreOffice.*另存为 \.docx"):
        to_docx(OLE, ".doc", "甲.doc")


@pytest.mark.parametrize("script", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\nexit 0\n", "#!/no/such/program\n"])
def test_where_it_fails_the_way_out_is_said(program, script: str) -> None:
    program(script)
    with pytest.raises(CorpusError, match=r"LibreOffice .*甲\.doc.*另存为 \.docx"):
        to_docx(OLE, ".doc", "甲.doc")


def test_where_it_hangs_it_is_ended_with_what_it_started(program) -> None:
    folder = program('#!/bin/sh\n(sleep 30; touch "$(dirname "$0")/late") &\nsleep 30\n')
    start = time.perf_counter()
    with pytest.raises(CorpusError, match=r"转换 甲\.doc 超过 0\.5 秒"):
        to_docx(OLE, ".doc", "甲.doc", timeout_s=0.5)
    assert time.perf_counter() - start < 10
    assert not (folder / "late").exists()


def test_a_damaged_result_is_said_to_be_one(program, tmp_path: Path) -> None:
    folder = program(CONVERTS)
    (folder / "made.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "甲.doc").write_bytes(OLE)
    with pytest.raises(CorpusError, match=r"甲\.doc 已损坏"):
        read_file(tmp_path / "甲.doc", "甲.doc")
