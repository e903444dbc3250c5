"""PDF files for the tests, written by hand: text at places, in a font that every reader knows and none embeds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_HEADER = b"%PDF-1.4\n"
_WIDTH, _HEIGHT = 595, 842

#: (from the left, from the bottom, size, words)
Words = tuple[float, float, float, str]


def pdf(pages: Sequence[Sequence[Words]]) -> bytes:
    """A PDF of these pages."""
    kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>".encode(),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000/W[1[500] 814[500]]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
        b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    ]
    for i, page in enumerate(pages):
        content = "\n".join(_shown(words) for words in page).encode()
        resources = "/Resources<</Font<</F 3 0 R>>>>"
        box = f"/MediaBox[0 0 {_WIDTH} {_HEIGHT}]"
        objects.append(f"<</Type/Page/Parent 2 0 R{resources}{box}/Contents {7 + 2 * i} 0 R>>".encode())
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    return _file(objects)


def _shown(words: Words) -> str:
    x, y, size, text = words
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{text.encode('utf-16-be').hex()}> Tj ET"


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(_HEADER)
    places = []
    for i, words in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, words)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)


def typeset(text: str, columns: int = 28, lines: int = 22, size: float = 16) -> list[list[Words]]:
    """Paragraphs set on pages: two characters of indent, a page number at the foot of each."""
    printed = [
        (90 + size * (2 if first else 0), words)
        for paragraph in text.split("\n")
        for first, words in broken(paragraph, columns, columns - 2)
    ]
    pages = []
    for start in range(0, len(printed), lines):
        page: list[Words] = [
            (x, 740 - 28 * row, size, words) for row, (x, words) in enumerate(printed[start : start + lines])
        ]
        pages.append([*page, (280, 60, 14, f"— {len(pages) + 1} —")])
    return pages


#: No line begins with a closing mark, and no number is broken.
_WORD = re.compile(r"(?:[0-9A-Za-z%.]+|.)[，。；：！？、）》〉”’」』】〕,;:!?)]*")


def broken(paragraph: str, columns: int, first_columns: int) -> Iterator[tuple[bool, str]]:
    """The lines of a paragraph, so many Han characters wide, each with whether it is the first."""
    first, line, room = True, "", 2 * first_columns
    for word in _WORD.findall(paragraph):
        if line and len((line + word).encode("gbk", "replace")) > room:
            yield first, line
            first, line, room = False, "", 2 * columns
        line += word
    yield first, line
