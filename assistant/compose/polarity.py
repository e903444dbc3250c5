"""Yes or no, where the sentence that is quoted decides it; nothing where it does not.

    能不能分期交 · 可申请暂缓或分期缴纳            可以
    园区外扩建批吗 · 禁止在…园区外新建、扩建         不可以
    收不收租金 · 免费入驻                        不用
    第四回还给贴息吗 · 累计次数不得超过3次           不能
    算不算中小企业 · 视同中小企业                  算

A question is read by its last part that asks; one that is itself negative (就没份了吗) is never answered so: both words
would be misread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.compose.limits import folded, is_about, misses, misses_count
from assistant.compose.sentences import Sentence, lead_in, sentences_of
from assistant.matching import Topic
from assistant.question import Question
from corpus.facts.phrases import segments_of
from corpus.folding import fold
from corpus.model import Span


@dataclass(frozen=True, slots=True)
class _Frame:
    """One way to ask: what it matches, the words that grant and deny it, and how each is said."""

    asked: re.Pattern[str]
    grants: re.Pattern[str]
    denies: re.Pattern[str]
    yes: str
    no: str


_FORBIDDEN = (
    r"不得|禁止|严禁|不允许|不予|不适用|不可(?!抗)|不能|一律不|除外|不享受|不再(?:享受|给予|受理|支持|奖励|补助|补贴)|"
    r"不支持|不纳入|取消[^,。;]{0,12}资格|暂停(?:审批|受理)"
)
_FREE = r"免征|免收|免缴|免费|免交|免除|不(?:再|另行|予)?(?:收取|收费|增收|加收|征收|缴纳)|取消[^,。;]{0,16}(?:费|金)"
_GIVEN = (
    r"给予|给与|予以(?:支持|奖励|补助|补贴|激励|补偿)|奖励|奖补|补贴|补助|资助|贴息|优先|"
    r"支持|提供|设立|减按|减征|减半|免征|免收|免费|优惠|返还|激励|发放|开展|推行|推广"
)
_ALLOWED = r"可以|允许|准予|同意|不影响|(?<![不许认尚无])可(?!持续|靠|行性|能|研|见|控|比|再生|视化|追溯)|视同|支持"

_FRAMES = (
    # What is against the rules: 合不合规定, 行得通吗.
    _Frame(
        re.compile(r"合不合|合[规法][^,。?]{0,4}(?:吗|么|不)|行得通"),
        re.compile(r"(?!)"),
        re.compile(f"{_FORBIDDEN}|不(?:再|另行)?收取"),
        "可以",
        "不可以",
    ),
    # What is charged: 收不收, 要不要交, 要钱吗.
    _Frame(
        re.compile(
            r"收不收|交不交|缴不缴|要不要(?:再|另外?|补)*(?:交|缴|收|付|钱|费)|用不用(?:交|缴|付)|要(?:再|另外?|补)*(?:交|缴|收|付)[^,。?]{0,12}(?:吗|么|不)|"
            r"(?:还|要|会|再|另)收(?![回到购])[^,。?]{0,8}(?:吗|么|不)|^收(?![回到购])[^,。?]{0,8}(?:吗|么|不)|要(?:钱|费)(?:吗|么|不)|"
            r"要[^,。?]{0,6}(?:费|租金|押金|保证金|利息|税)(?:吗|么|不)|加收"
        ),
        re.compile(r"(?!)"),
        re.compile(_FREE),
        "要",
        "不用",
    ),
    # What something counts as: 算不算, 是不是, 认不认.
    _Frame(
        re.compile(
            r"算不算|认不认|算(?!了|出|多少)[^,。?]{0,12}(?:吗|么|不)|属(?:不属)?于|是不是[^,。?]{0,4}(?:属于|算)|视同"
        ),
        re.compile(r"视同|视为|属于|纳入|可?折算|认定为|包括|含"),
        re.compile(r"除外|不包括|不含|不属于|不视为|不作为|不计入|不纳入"),
        "是",
        "不是",
    ),
    # What will be done to one: 会不会罚.
    _Frame(
        re.compile(r"会不会|罚不罚|会[^,。?能]{1,14}(?:吗|么|不)$|会[^,。?能]{1,14}(?:吗|么)"),
        re.compile(r"追究|追回|追缴|征缴|加收|处[^,。;]{0,12}罚款|列入|暂停|收回|取消"),
        re.compile(r"不予处罚|不作为|不影响|不处罚|免予|不追究|可不|不纳入"),
        "会",
        "不会",
    ),
    # What must be done: 要不要, 需不需要, 必须吗.
    _Frame(
        re.compile(
            r"需不需要|是否(?:需要?|要|必须)|必须[^,。?]*(?:吗|么|不)|(?<!能)要不要|得不得|"
            r"要[^,。?]{0,10}(?:退|还(?!能|可|有|给)|收回|追回)[^,。?]{0,6}(?:吗|么|不)|用不用"
        ),
        re.compile(r"应当?|必须|须|需(?!求)|退回|退还|收回|追回|追缴|扣回"),
        re.compile(r"无需|不需要?|不用|免于|无须|不必|免申即享|免除"),
        "要",
        "不用",
    ),
    # What is allowed, or can be had: 能不能, 让不让, 批吗.
    _Frame(
        re.compile(
            r"能不能|可不可以|可以[^,。?]{0,24}(?:吗|么|不)|能[^,。?]{0,24}(?:吗|么|不)|能否|可否|行不行|行(?:吗|么|不)$|让不让|准不准|许不许|批不批|批(?:吗|么|不)|允许|批得下来|办得[了成]|"
            r"够不够格|够格(?:吗|么|不)|有(?:没有)?资格|合不合格|符不符合|符合[^,。?]{0,8}(?:吗|么|不)|享受[^,。?]{0,6}(?:吗|么|不)|适不适用|适用[^,。?]{0,6}(?:吗|么|不)|拿(?:得|不)到|(?:拿|领)得到|来得及"
        ),
        re.compile(_ALLOWED),
        re.compile(_FORBIDDEN),
        "可以",
        "不可以",
    ),
    # What is taken off: 免规费吗, 还免税不.
    _Frame(
        re.compile(r"(?:还|能|也|就)?(?:免|减|退)(?![役休学])[^,。?退]{0,10}(?:吗|么|不)"),
        re.compile(f"{_FREE}|免|减按|减征|减半|减免|退还|返还|留抵退税"),
        re.compile(_FORBIDDEN),
        "可以",
        "不可以",
    ),
    # What there is to get: 有没有, 给不给.
    _Frame(
        re.compile(
            r"有没有|有无|有[^,。?]{0,14}(?:吗|么|不)|(?:给|补|奖|发|贴|送|管)不(?:给|补|奖|发|贴|送|管)|(?<!不)(?:给|补|奖|贴|资助)[^,。?]{0,10}(?:吗|么|不)|有份"
        ),
        re.compile(_GIVEN),
        re.compile(_FORBIDDEN),
        "有",
        "没有",
    ),
)
_NOT = re.compile(r"不(?!良|动产|锈|同|管|论|过[,]|晓得|知道)|没|未(?!来)|别(?!的|家|人|处)|无(?!论)|赖|只能")
#: What is told before the asking words may be negative in this way only: 交不起罚款能不能分期.
_COMPLEMENT = re.compile(r"(?<=[\u4e00-\u9fff])不(?=[起上了到齐够完])")
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])不\1|有没有|有无")


def deciding(question: Question, topic: Topic, sentence: Sentence, span: Span) -> tuple[str, Span]:
    """What the words of a span decide, and which of them do.

    Of a list of conditions the item that the case of the asker fails; of one of exclusions the item that fits best.
    """
    text, told = sentence.clause.text, folded(question.topic)
    items = [item for item in sentences_of(sentence.clause) if item in span]
    lead = lead_in(sentence.clause, sentence.span)
    if lead is not None and re.search(_FORBIDDEN, fold(lead.of(text))):
        # Of items that hold the same terms the one in the asker's own words: 已向法院, for who went to 法院.
        beside = [item for item in items if lead_in(sentence.clause, item) == lead] or [sentence.span]
        if not _is_asked_of(_asking(question.topic), topic, (fold(lead.of(text)), sentence.instrument.title)):
            return "", span
        best = max(beside, key=lambda item: (topic.best(((1.0, fold(item.of(text))),)), _shared(told, item.of(text))))
        return verdict(question, topic, sentence, lead.of(text) + best.of(text)), best
    for item in items if len(items) > 1 else ():
        words = folded(item.of(text))
        if misses(told, words) or _is_in_state(told, words):
            return verdict(question, topic, sentence, item.of(text)), item
    if not misses(told, folded(span.of(text))):
        for other in sentences_of(sentence.clause):
            words = folded(other.of(text))
            if other not in span and is_about(told, words) and misses(told, words):
                return verdict(question, topic, sentence, other.of(text)), other
    return verdict(question, topic, sentence, span.of(text)), span


def _is_asked_of(asked: str, topic: Topic, scope: tuple[str, str]) -> bool:
    """Whether what is asked for is what a lead-in speaks of: 能不能申请补偿, and not 能不能打官司, of 不适用本办法."""
    match = next((match for frame in _FRAMES if (match := frame.asked.search(asked))), None)
    asked = asked[match.start() :] if match else asked
    terms = [t for t in topic.terms if any(p.strip("\0") in asked or asked in p for p in t.pairs)]
    joined = "\n".join(scope)
    return sum(term.found_in(joined) for term in terms) >= _SOME * len(terms)


def _shared(told: str, words: str) -> int:
    return sum(told[i : i + 2] in fold(words) for i in range(len(told) - 1))


def verdict(question: Question, topic: Topic, sentence: Sentence, words: str) -> str:
    """可以, 不用, 没有 … where the quoted words decide a yes-no question; empty where they do not."""
    asked = _asking(question.topic)
    frame = next((frame for frame in _FRAMES if frame.asked.search(asked)), None)
    if frame is None or _is_negative(asked, frame):
        return ""
    told = folded(question.topic)
    text = folded(words)
    if any(_speaks_of(remark, told) for remark in _EXCEPTION.findall(text)):
        return frame.no
    missed = misses(told, text) or misses_count(told, text)
    text = re.sub(r"\([^()]*\)", lambda remark: remark[0] if _speaks_of(remark[0], told) else "", text)
    if missed:
        # 不足20亩的,不单独供地 forbids what misses its limit: nothing is said of who does not
        forbids = frame.denies.search(text) or _negated(asked, text)
        return "" if forbids and not misses_count(told, text) else _OUT.get(frame.yes, "")
    if _is_another(told, text):
        return ""
    if question.figures and any(fact.key for fact in sentence.clause.amounts):
        return ""  # which of several tiers a case reaches is not said by a sentence that names them all
    if frame.yes in _OUT and not frame.denies.search(text) and _is_in_state(told, text):
        return _OUT[frame.yes]
    if _negated(asked, text):
        return frame.no
    granted = _weight(frame.grants, text, topic)
    denied = _weight(frame.denies, text, topic)
    if granted is None and denied is None:
        return ""
    said = frame.yes if denied is None or (granted is not None and granted > denied) else frame.no
    return said if said != frame.yes or _is_of(topic, sentence) else ""


def _is_negative(asked: str, frame: _Frame) -> bool:
    """Whether the asking part is negative itself (就没份了吗), or tells a case by what it is not."""
    plain = re.sub(r"不$", "", _A_NOT_A.sub(r"\1", asked))
    match = frame.asked.search(asked)
    start = match.start() if match else 0
    return _NOT.search(_COMPLEMENT.sub("", plain[:start]) + plain[start:]) is not None


def _asking(asked: str) -> str:
    """The part of a question that asks; what is told before it, or behind it, is the case."""
    joined = re.sub(r",(?=[吗么不](?:[?,。!]|$))", "", re.sub(r"\s", "", asked))
    parts = [part for part in re.split(r"[,?。!:;()]+", joined) if part]
    asking = [part for part in parts if any(frame.asked.search(part) for frame in _FRAMES)]
    return asking[-1] if asking else asked.strip("?。! ")


#: What is excepted, in brackets: (总部经济除外). It decides for whoever asks about just that.
_EXCEPTION = re.compile(r"\(([^()]*(?:除外|不含|不包括)[^()]*)\)")
#: What is said of a case that is outside: by the word that grants it.
_OUT = {"有": "不能", "可以": "不能", "是": "不是"}
#: The state that a condition excludes: 无逾期记录, 未被列入失信名单, 未购房的.
_FREE_OF = re.compile(
    r"(?:没有|不存在|不得有|未(?:被)?(?:发生|列入|受到?|曾|有)?|无(?!法|偿|需|须|论|形|人|线|还本|抵押|纺|障碍))(?P<state>[^,。;、:的]{2,12})"
)
_DENIED = re.compile(r"(?:没有?|无|未|不|别)[^,。?]{0,3}$")
#: What is not done: 不单独供地, 不停供, 不再增收. Counts and conjunctions begin with 不 too.
_NOT_DONE = re.compile(r"(?<![可无要])不(?:再|得|予|会|另行|需要?)?(?P<what>[\u4e00-\u9fff]{2})")
_NO_DEED = re.compile(
    r"少于|低于|超过|高于|大于|多于|足|满|同|断|仅|动产|可抗|良|限|论|含|包括|符合|重复|锈|可|能|易|利|稳|强|高|大|多|少"
)


def _is_in_state(told: str, text: str) -> bool:
    """Whether who asks says to be in the very state that a condition excludes (贷款逾期过, where 无逾期记录)."""
    for match in _FREE_OF.finditer(text):
        state = match["state"]
        pairs = {state[i : i + 2] for i in range(len(state) - 1)} - _OF_ANY
        for pair in pairs:
            place = told.find(pair)
            if place >= 0 and not _DENIED.search(told[:place]):
                return True
    return False


#: Pairs that say nothing of a state: what any condition is about.
_OF_ANY = frozenset(
    {
        "企业",
        "公司",
        "单位",
        "项目",
        "记录",
        "情况",
        "情形",
        "行为",
        "发生",
        "补贴",
        "补助",
        "奖励",
        "资金",
        "贷款",
        "本市",
        "申请",
        "享受",
        "人员",
    }
)


#: Members of a series that documents grade by: A类, 二级, 4A级.
_GRADE = re.compile(r"[A-Z一二三四五六](?=[类级档等]|至[A-Z一二三四五六][类级档等])")


def _is_another(told: str, text: str) -> bool:
    """Whether some words grade by a series and leave out the member that a question names: E类, of A类、B类."""
    own, said = set(_GRADE.findall(told)), set(_GRADE.findall(text))
    return bool(own and said) and not own & said


def _negated(asked: str, text: str) -> bool:
    """Whether some words say that just what is asked about is not done: 单独供地吗, where 不单独供地."""
    return any(
        match["what"] in asked and not _NO_DEED.match(match["what"]) and f"不{match['what']}" not in asked
        for match in _NOT_DONE.finditer(text)
    )


#: Less of what is asked for in a lead-in and a title is something else.
_SOME = 0.2
#: Less of the topic in a sentence and its headings is no ground for a yes.
_ENOUGH = 0.5


def _speaks_of(remark: str, asked: str) -> bool:
    return any(remark[i : i + 3] in asked for i in range(len(remark) - 2))


def _is_of(topic: Topic, sentence: Sentence) -> bool:
    """Whether a sentence, in its clause, speaks of all that has an official name: 个体工商户, not 合伙企业."""
    scope = "\n".join((fold(sentence.clause.text), *sentence.clause.headings, sentence.instrument.title))
    named = all(term.found_in(scope) > 0 for term in topic.terms if term.official)
    return named and topic.coverage(scope) >= _ENOUGH


def _weight(words: re.Pattern[str], folded: str, topic: Topic) -> float | None:
    """How much of the topic stands in the part of a sentence that says some words; None where no part does."""
    parts = [span.of(folded) for span in segments_of(folded, Span(0, len(folded)))]
    found = [topic.best(((1.0, part),)) for part in parts if words.search(part)]
    return max(found, default=None)
