"""Whether a clause speaks of another of the kind that a question names: another grade, level or prize.

    二级资质 … 奖多少,  and a clause on 特级资质 and 一级资质
    长江质量奖 … 奖多少, and a clause on 市长质量奖

Such a clause is a near miss, however much of the question it holds.
"""

from __future__ import annotations

import re

#: Grades and levels; each family is told apart by its words.
_FAMILIES = (
    re.compile(r"(?<![\d十])(?:特|一|二|三|四|五|甲|乙|丙|[1-5])级(?=资质|资格|[^别以]|$)"),
    re.compile(r"国家级|省级|市级|县级|区级"),
    re.compile(r"(?<![A-Z\d])[A1-5]{1,5}级(?=纳税|信用|景区|物流|企业)|[1-5]A(?=级)?(?=景区|物流|级)"),
)
#: A prize by its name: 评上长江质量奖.
_PRIZE = re.compile(
    r"(?:评上|获得?|得了?|拿下?了?|入选|获评|评为)(?P<name>[\u4e00-\u9fff]{3,10}?奖)(?![励补金])"
    r"|(?:^|\s|企业|公司)(?P<titled>[\u4e00-\u9fff]{2,7}质量奖)"
)
#: So many characters at the end of a prize's name say its kind (质量奖).
_KIND = 3


def names_another(asked: str, said: str, clause: str) -> bool:
    """Whether ``said`` names only others of a family of which ``asked`` names one, or its ``clause`` another prize."""
    for family in _FAMILIES:
        wanted, given = set(family.findall(asked)), set(family.findall(said))
        if wanted and given and not wanted & given:
            return True
    return _other_prize(asked, re.sub(r"[^\u4e00-\u9fff]", "", clause))


def _other_prize(asked: str, said: str) -> bool:
    found = _PRIZE.search(asked)
    name = (found["name"] or found["titled"]) if found else ""
    if not name or name in said:
        return False
    qualifier, kind = name[:-_KIND], name[-_KIND:]
    pairs = [qualifier[i : i + 2] for i in range(len(qualifier) - 1)]
    return bool(pairs) and kind in said and not any(pair in said for pair in pairs)
