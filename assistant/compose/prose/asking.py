"""The ways to ask for yes or no: what each matches, the words that grant and deny it, how yes and no are said.

A question is read by its last part that asks; what is told before it is the case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to ask: what it matches, the words that grant and deny it, and how yes and no are said."""

    asked: re.Pattern[str]
    grants: re.Pattern[str]
    denies: re.Pattern[str]
    yes: str
    no: str


#: Words that forbid whatever they are said of.
FORBIDDEN = (
    r"不得|禁止|严禁|不允许|不予|不适用|不可(?!抗)|不能|一律不|除外|不享受|不再(?:享受|给予|受理|支持|奖励|补助|补贴)|"
    r"不支持|不纳入|取消[^,。;]{0,12}资格|暂停(?:审批|受理)"
)
_FREE = r"免征|免收|免缴|免费|免交|免除|不(?:再|另行|予)?(?:收取|收费|增收|加收|征收|缴纳)|取消[^,。;]{0,16}(?:费|金)"
_GIVEN = (
    r"给予|给与|予以(?:支持|奖励|补助|补贴|激励|补偿)|奖励|奖补|补贴|补助|资助|贴息|优先|"
    r"支持|提供|设立|减按|减征|减半|免征|免收|免费|优惠|返还|激励|发放|开展|推行|推广"
)
_ALLOWED = r"可以|允许|准予|同意|不影响|(?<![不许认尚无])可(?!持续|靠|行性|能|研|见|控|比|再生|视化|追溯)|视同|支持"

#: In this order: the first that fits decides.
_FRAMES = (
    # What is against the rules: 合不合规定, 行得通吗.
    Frame(
        re.compile(r"合不合|合[规法][^,。?]{0,4}(?:吗|么|不)|行得通"),
        re.compile(r"(?!)"),
        re.compile(f"{FORBIDDEN}|不(?:再|另行)?收取"),
        "可以",
        "不可以",
    ),
    # What is charged: 收不收, 要不要交, 要钱吗.
    Frame(
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
    Frame(
        re.compile(
            r"算不算|认不认|算(?!了|出|多少)[^,。?]{0,12}(?:吗|么|不)|属(?:不属)?于|是不是[^,。?]{0,4}(?:属于|算)|视同"
        ),
        re.compile(r"视同|视为|属于|纳入|可?折算|认定为|包括|含"),
        re.compile(r"除外|不包括|不含|不属于|不视为|不作为|不计入|不纳入"),
        "是",
        "不是",
    ),
    # What will be done to one: 会不会罚.
    Frame(
        re.compile(r"会不会|罚不罚|会[^,。?能]{1,14}(?:吗|么|不)$|会[^,。?能]{1,14}(?:吗|么)"),
        re.compile(r"追究|追回|追缴|征缴|加收|处[^,。;]{0,12}罚款|列入|暂停|收回|取消"),
        re.compile(r"不予处罚|不作为|不影响|不处罚|免予|不追究|可不|不纳入"),
        "会",
        "不会",
    ),
    # What must be done: 要不要, 需不需要, 必须吗.
    Frame(
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
    Frame(
        re.compile(
            r"能不能|可不可以|可以[^,。?]{0,24}(?:吗|么|不)|能[^,。?]{0,24}(?:吗|么|不)|能否|可否|行不行|行(?:吗|么|不)$|让不让|准不准|许不许|批不批|批(?:吗|么|不)|允许|批得下来|办得[了成]|"
            r"够不够格|够格(?:吗|么|不)|有(?:没有)?资格|合不合格|符不符合|符合[^,。?]{0,8}(?:吗|么|不)|享受[^,。?]{0,6}(?:吗|么|不)|适不适用|适用[^,。?]{0,6}(?:吗|么|不)|拿(?:得|不)到|(?:拿|领)得到|来得及"
        ),
        re.compile(_ALLOWED),
        re.compile(FORBIDDEN),
        "可以",
        "不可以",
    ),
    # What is taken off: 免规费吗, 还免税不.
    Frame(
        re.compile(r"(?:还|能|也|就)?(?:免|减|退)(?![役休学])[^,。?退]{0,10}(?:吗|么|不)"),
        re.compile(f"{_FREE}|免|减按|减征|减半|减免|退还|返还|留抵退税"),
        re.compile(FORBIDDEN),
        "可以",
        "不可以",
    ),
    # What there is to get: 有没有, 给不给.
    Frame(
        re.compile(
            r"有没有|有无|有[^,。?]{0,14}(?:吗|么|不)|(?:给|补|奖|发|贴|送|管)不(?:给|补|奖|发|贴|送|管)|(?<!不)(?:给|补|奖|贴|资助)[^,。?]{0,10}(?:吗|么|不)|有份"
        ),
        re.compile(_GIVEN),
        re.compile(FORBIDDEN),
        "有",
        "没有",
    ),
)
_NOT = re.compile(r"不(?!良|动产|锈|同|管|论|过[,]|晓得|知道)|没|未(?!来)|别(?!的|家|人|处)|无(?!论)|赖|只能")
#: What is told before the asking words may be negative in this way only: 交不起罚款能不能分期.
_COMPLEMENT = re.compile(r"(?<=[\u4e00-\u9fff])不(?=[起上了到齐够完])")
_A_NOT_A = re.compile(r"([\u4e00-\u9fff])不\1|有没有|有无")


def frame_of(asked: str) -> Frame | None:
    """The way that a part of a question asks in; None where it asks for no yes or no."""
    return next((frame for frame in _FRAMES if frame.asked.search(asked)), None)


def is_negative(asked: str, frame: Frame) -> bool:
    """Whether the asking part is negative itself (就没份了吗), or tells a case by what it is not."""
    plain = re.sub(r"不$", "", _A_NOT_A.sub(r"\1", asked))
    match = frame.asked.search(asked)
    start = match.start() if match else 0
    return _NOT.search(_COMPLEMENT.sub("", plain[:start]) + plain[start:]) is not None


def asking_of(asked: str) -> str:
    """The part of a question that asks; what is told before it, or behind it, is the case."""
    joined = re.sub(r",(?=[吗么不](?:[?,。!]|$))", "", re.sub(r"\s", "", asked))
    parts = [part for part in re.split(r"[,?。!:;()]+", joined) if part]
    asking = [part for part in parts if any(frame.asked.search(part) for frame in _FRAMES)]
    return asking[-1] if asking else asked.strip("?。! ")
