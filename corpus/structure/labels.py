"""What the labels of articles look like, for lines (:mod:`corpus.structure.marks`) and for the midst of them."""

from __future__ import annotations

from corpus.numerals import HAN_NUMERAL

#: A numeral, also spread with blanks: 十二, 十 二, 12.
SPREAD_NUMERAL = rf"{HAN_NUMERAL}(?:[ \t]?{HAN_NUMERAL}){{0,8}}|\d{{1,4}}"
#: What must not stand behind 第X条: there it goes on as a sentence about it (第三条规定…, 第五条修改为).
NO_SENTENCE = (
    r"(?!第|规定|修改|改为|删|增加|中(?:的|所|规定|关于|增)|的|所|和|、|至|及|或|与|之|,|。|;|项|款|以|关于|[)》〉”])"
)
