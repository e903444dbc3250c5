"""The words around a fact, cut so that a question can be made of them.

    对首次升规的企业,一次性奖励10万元;次年在库的,再奖励5万元

    of 5万元:  earlier 首次升规的企业,一次性奖励10万元   condition 次年在库的   lead 再奖励   asked 再奖励多少

Chinese asks where the answer stands (再奖励多少), so a sentence with 多少 in the place of its figure is a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.facts.phrases import segments_of, sentence_of
from corpus.folding import fold
from corpus.model import Clause, Level, Span

#: What stands at the head of a provision in front of its first sentence.
_LABEL = re.compile(
    r"\s*(?:第[零〇一二三四五六七八九十百\d]+条(?:之[一二三四五六七八九十]+)?\s*|[零一二三四五六七八九十]+、"
    r"|\([一二三四五六七八九十\d]{1,3}\)、?|\d{1,2}[.、](?!\d)|[①-⑳]|—+|[一二三四五六七八九十]是"
    r"|【[^】\n]{1,12}】|\s)+"
)
#: A full stop that a conversion left behind; in 0.5 and 1. it is none.
_DOT = re.compile(r"(?<=[\u4e00-\u9fff%)”》])\.(?!\d)")
_OPENERS = re.compile(
    r"^(?:[答问](?:[：，]|$)|对于|对(?!方)|凡是?|其中[,:]?|同时[,:]?|此外[,:]?|并且?|支持(?=企业|对)|鼓励(?=企业))+"
)
#: Whoever meets these words without the sentence before them asks: who?
_LEANS = re.compile(
    r"^(?:重新|其中|每|再|单个|另|最[高低]|同时|其[他余它]?|剩余|以上|以下|前\d|第\d|属|被|若|如|取消|该|总额|累计|按|由|给予|予以|一次性|奖励|补助|"
    r"可|应|缓缴|补缴|展期|贴息|补贴期|公示)"
)
_NAMES_SOMEBODY = re.compile(
    r"企业|公司|项目|单位(?!费率|缴费)|机构|商户|个体|平台|园区|基地|人才|人员|个人(?!费率|缴费)|劳动者|毕业生|纳税人|主体|协会|合作社|银行|农户|家庭|团队|部门|"
    r"博士|硕士|本科|大学生|军人|居民|用户|工厂|车间|实验室|品牌|商标|专利|展会|首店|申请人|[市区县镇乡][\u4e00-\u9fff]{1,10}(?:局|委|办)"
)
_POINTS_BACK = re.compile(
    r"前款|前条|前项|上述|前述|本条|本款|以上(?:企业|项目|措施|奖励)|如前|下列|以下(?:条件|标准)|本[办细规意措方]"
)
#: Words that only refer to what was said, and can go.
_ON_TOP = re.compile(r"在(?:上述|前款|此|原)[^,，。]{0,10}基础上[,，]?")
#: What begins so is half a sentence: 到2018年, 以开发区为依托.
_NO_TOPIC = re.compile(r"到|以(?!上)|对|为|在|按|从|于|采取|各|由|经")
_CHAPTER = re.compile(r"第.{1,4}[编章节]")
_AMENDS = re.compile(r"修改为|新增一条|删去|删除|改为“")
#: What was said before helps where it gives something or sets a day; a target does not.
_TELLS = re.compile(r"\d|[一二三四五六七八九十百]+(?:万|个|年|日|天|月|分之)")
_TARGET = re.compile(r"到20\d\d年|力争|目标|累计|已")
_PAIRS = ("（）", "()", "《》", "“”", "【】", "〔〕", "「」", "‘’")
_LONGEST_EARLIER = 60
_SHORT = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A fact's sentence in parts; all but ``source`` are ready to be asked (one line, full-width commas).

    ``condition`` are the segments in front of the fact's own that belong to it, ``asked`` its own segment with the fact
    masked, ``lead`` and ``tail`` what that says before and behind. ``earlier`` is what was said before and may be
    needed to understand it, ``heading`` that of its clause, ``lead_in`` the sentence of a list that it is an item of,
    ``masks`` how many figures were masked.
    """

    source: str
    condition: str = ""
    lead: str = ""
    tail: str = ""
    asked: str = ""
    earlier: str = ""
    heading: str = ""
    lead_in: str = ""
    masks: int = 1

    @property
    def leans(self) -> bool:
        """Whether its words alone do not say whom or what they are about."""
        words = self.condition or self.lead
        return len(words) < _SHORT or _LEANS.match(words) is not None or not _NAMES_SOMEBODY.search(words)

    @property
    def hangs(self) -> bool:
        """Whether it means nothing at all without what was said before it, not even under the title of its document."""
        words = self.condition or self.lead
        return len(words) < 3 or _LEANS.match(words) is not None or words[0].isdigit()

    @property
    def context(self) -> str | None:
        """What has to be said first: "" where nothing has, None where the passage offers nothing that would do."""
        if not self.leans:
            return ""
        told = f"{self.earlier}，那" if self.earlier else None
        if (told and (self.condition or self.hangs)) or re.match(r"\d", self.condition or self.lead):
            return told
        return f"{quoted(self.heading)}这一条，" if self.heading else told


def passage_of(clause: Clause, text: str, masks: Sequence[tuple[Span, str]], given: Sequence[Span]) -> Passage | None:
    """The passage around a fact of a clause in its document's ``text``; None where no question can be made of it.

    ``masks`` are the places of the fact, in reading order, each with the word that asks for it; ``given`` those of the
    other facts of its kind, at which its condition ends.
    """
    base = clause.span.start
    raw = clause.span.of(text)
    folded = _DOT.sub("。", fold(raw))
    place = Span(masks[0][0].start - base, masks[-1][0].end - base)
    sentence = sentence_of(folded, place)
    whole, sentence = sentence, _unlabelled(folded, sentence, place.start)
    if "|" in sentence.of(raw) or "\t" in sentence.of(raw).strip() or _AMENDS.search(sentence.of(folded)):
        return None
    segments = segments_of(folded, sentence)
    own = [s for s in segments if s.start < max(place.end, place.start + 1) and s.end > place.start]
    if not own or place.start < own[0].start:
        return None
    segment = Span(own[0].start, own[-1].end)
    others = [Span(g.start - base, g.end - base) for g in given]
    mine: list[Span] = []
    for before in reversed([s for s in segments if s.end <= segment.start]):
        if any(other in before for other in others):
            break
        mine.insert(0, before)
    first = mine[0].start if mine else segment.start
    earlier = _told_before(folded, Span(sentence.start, first), whole.start)
    masked = raw[segment.start : masks[0][0].start - base]
    for i, (span, word) in enumerate(masks):
        following = masks[i + 1][0].start - base if i + 1 < len(masks) else segment.end
        masked += word + raw[span.end - base : following]
    asked = re.sub(r"(多少|[百千]分之几)(?:[、和及]\1)+", r"\1", plain(_ON_TOP.sub("", masked)))
    condition = _trimmed(plain(_ON_TOP.sub("", raw[first : segment.start])))
    passage = Passage(
        source=sentence.of(raw).strip(),
        condition=condition,
        lead=_trimmed(plain(_ON_TOP.sub("", raw[segment.start : masks[0][0].start - base]))),
        tail=plain(raw[masks[-1][0].end - base : segment.end]),
        asked=_trimmed(asked) if not condition else asked,
        earlier=earlier,
        heading=heading_of(clause),
        masks=len(masks),
    )
    return None if _POINTS_BACK.search(passage.condition + passage.asked) else passage


def heading_of(clause: Clause) -> str:
    """The clause's heading where people would use it: a few words that stand in front of its text; else ""."""
    spoken = clause.level in (Level.TURN, Level.ORDINAL)
    heading = plain(clause.headings[-1]) if clause.headings and not spoken else ""
    usable = 4 <= len(heading) <= 18 and not re.search(r"[，。；：;:]", heading) and not _CHAPTER.match(heading)
    return heading if usable and not re.match(r"附\s*则|总\s*则", heading) else ""


def first_words(clause: Clause, longest: int = 22) -> str:
    """How a clause's text begins, behind its label; "" where that is no phrase that people could use."""
    folded = fold(clause.text)
    label = _LABEL.match(folded)
    words = plain(re.split(r"[,。;:!?\n(]", folded[label.end() if label else 0 :], maxsplit=1)[0])
    return words if 5 <= len(words) <= longest and not _NO_TOPIC.match(words) else ""


def said_of_list(text: str) -> str:
    """The last sentence of a text that leads into a list, without its label and its colon."""
    last = re.split(r"[。；]", text.rstrip("：:"))[-1]
    label = _LABEL.match(fold(last))
    return last[label.end() if label else 0 :]


def plain(text: str) -> str:
    """Text on one line, with full-width commas; blanks stay between Latin words only."""
    joined = re.sub(r"(?<![A-Za-z0-9])\s+|\s+(?![A-Za-z0-9])", "", text)
    joined = re.sub(r",(?!\d)|(?<!\d),", "，", joined)
    return joined.replace(";", "；").replace(":", "：").replace("(", "（").replace(")", "）")


def quoted(words: str) -> str:
    """Words in quotation marks; those inside become single."""
    return f"“{words.replace('“', '‘').replace('”', '’')}”"


def sentence_at(clause: Clause, text: str, place: Span) -> str:
    """The sentence of a clause around a place, verbatim, without the label in front."""
    folded = fold(clause.span.of(text))
    inside = Span(place.start - clause.span.start, place.end - clause.span.start)
    return _unlabelled(folded, sentence_of(folded, inside), inside.start).of(clause.span.of(text)).strip()


def is_balanced(question: str) -> bool:
    """Whether brackets and quotation marks are closed."""
    return all(question.count(pair[0]) == question.count(pair[1]) for pair in _PAIRS)


def _trimmed(words: str) -> str:
    return _OPENERS.sub("", words.strip("，、：； ")).strip("，、：； ")


def _told_before(folded: str, same: Span, start: int) -> str:
    """What was said in front, back to the statement that does not itself need the one before it; "" where too long.

    ``same`` is what the sentence itself says in front, ``start`` where the sentence begins.
    """
    told = _trimmed(plain(same.of(folded)))
    while not told or _LEANS.match(told) or told[0].isdigit():
        end = len(folded[:start].rstrip("。;!? \n"))
        before = sentence_of(folded, Span(end - 1, end)) if end else Span(0, 0)
        if not end or before.start >= start:
            return ""
        start = before.start
        said = _trimmed(plain(_unlabelled(folded, before, before.end).of(folded)))
        told = "，".join(filter(None, (said, told)))
        if len(told) > _LONGEST_EARLIER:
            return ""
    useful = 6 <= len(told) <= _LONGEST_EARLIER and _TELLS.search(told)
    return "" if not useful or _TARGET.search(told) or _POINTS_BACK.search(told) or not is_balanced(told) else told


def _unlabelled(folded: str, sentence: Span, up_to: int) -> Span:
    label = _LABEL.match(folded, sentence.start, up_to)
    return Span(label.end() if label else sentence.start, sentence.end)
