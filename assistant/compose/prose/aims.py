"""What a sentence says that answers what is asked for: of a purpose its 为…, of a sanction its 追回.

The topic of a question picks the clause; which of its sentences answers is often told by the word that asks alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.understanding.question import Question


@dataclass(frozen=True, slots=True)
class Aim:
    """Questions that match ``asked`` are answered by sentences that match ``said``, worth ``weight`` of the topic.

    ``sought`` are words of such sentences to search for, where the question shares none with them.
    """

    asked: re.Pattern[str]
    said: re.Pattern[str]
    weight: float = 0.3
    sought: str = ""


def _aim(asked: str, said: str, weight: float = 0.3, sought: str = "") -> Aim:
    return Aim(re.compile(asked), re.compile(said), weight, sought)


#: Sources: the sentences of the development questions' clauses; wording of GB/T 9704 notices and of 办法, 细则.
_AIMS = (
    _aim(
        r"后果|处罚|处理|处置|怎么办|追究|担责|责任|会怎么?样",
        r"追回|追缴|退回|退还|收回|取消[^,。;]{0,10}资格|不再受理|不得(?:再)?申[报请]|处[^,。;]{0,16}罚|失信|追究|终止|暂停|约谈",
        sought="追回 取消 资格 不得申报",
    ),
    _aim(
        r"对象|面向|适用于?(?:谁|哪)|(?:发给|补给|奖给|给)(?:谁|哪[些种类])|哪些(?:企业|单位|人|机构|项目|群体)[^,。]{0,6}(?:可以?|能|够格|符合|算)|谁(?:可以?|能|有资格)",
        r"对象|面向|适用于|(?:支持|扶持|奖励|补贴|申报)(?:范围|条件)|(?:在|于)[^,。;]{0,14}(?:登记|注册|注册地)|是指|符合[^,。;]{0,14}条件|可(?:以)?申请",
        sought="适用于 对象 范围 条件",
    ),
    _aim(
        r"目的|为什么|为何|为啥|缘由|什么原因",
        r"(?:^|[,。、:\s条])(?:\S{0,3}\s*)为(?!期|主|准|单位|依据|核心|重点|目标|载体|导向|抓手)[^,。;]{3,40}[,、。]|为了|旨在|目的|受[^,。;]{2,20}影响|由于|因为|以便|[,、](?:减轻|促进|推动|提高|保障)[^,。;]{2,16}。?$",
        0.5,
    ),
    _aim(
        r"材料|资料|凭据|凭证|证件|证明|(?:交|带|准备|提供|提交)[^,。?]{0,4}(?:东西|文件)|(?:书|表)里",
        r"(?:提交|提供|附上?|带上?|填写|出具|报送)[^,。;]{0,40}(?:申请|材料|证据|证明|凭证|表|书|协议)|申请[表书]|申报[书表]|复印件",
        0.5,
        sought="提交 申请 材料",
    ),
    _aim(r"材料|资料|凭据|凭证|证件|证明", r"材料|证明|报告|凭证|票据", 0.2),
    _aim(
        r"哪里|哪儿|什么地方|去哪|到哪|在哪|地址|窗口|网站|平台",
        r"地址|窗口|网址|https?:|登录|平台|服务中心|[路街](?:\d|[一二三四五六七八九十])|号楼|\d+室|向[^,。;]{2,24}(?:提出|提交|申请|申报|递交)",
        sought="提出申请 窗口 登录",
    ),
    _aim(
        r"钱不够|不够(?:分|用)|不足|超(?:了|出|过)?(?:预算|总额)|报得(?:太)?多|盘子",
        r"按比例|超出|不足|总额控制|预算|用完即止|额满",
        0.5,
        sought="资金不足 按比例 总额控制",
    ),
    _aim(
        r"收不收|交不交|(?:要|用)不(?:要|用)(?:再|另外?|补)*[交缴付钱费]|还?收[^,。?]{0,8}(?:吗|不)|要(?:交|缴|钱|花钱)",
        r"免[征收费缴交]|不(?:再|另行)?收取|取消[^,。;]{0,12}费",
        0.3,
        sought="免收",
    ),
    _aim(
        r"能不能|可不可以|让不让|准不准|批不批|批吗|允许|行不行|可以[^,。?]{0,20}(?:吗|不)",
        r"可以|允许|准予|不得|禁止|严禁|不允许|可申请",
        0.15,
    ),
    _aim(
        r"算不算|算(?!了|出|多少|下)[^,。?]{0,12}(?:吗|么|不)|属不属于|认不认",
        r"视同|视为|认定为|属于|折算|是指",
        0.4,
        sought="视同",
    ),
    _aim(
        r"退(?:回|还|钱)?|收回|追回|吐出来|倒贴",
        r"退回|退还|收回|追回|追缴|扣回|扣除|返还",
        0.4,
        sought="退回 追回 收回",
    ),
    _aim(
        r"第[二三四五六七八九十\d]+(?:回|次|笔)|[一二两三四五六\d]+(?:回|次)了?|几[回次]",
        r"\d次|次数|[一二两三]次",
        0.5,
    ),
    _aim(r"来得及|晚不晚|年前|过了时限|逾期|超期", r"\d[^,。;]{0,4}[年月日]内|之日起|逾期", 0.4),
    _aim(
        r"重复|叠加|一起(?:拿|领|享受)|两头|同时(?:拿|领|享受|申)",
        r"重复|叠加|同时享受|就高|从高|不再|择优|最高",
        0.5,
        sought="不重复享受 就高",
    ),
    _aim(
        r"条件|要求|门槛|够格|资格|满足|符合|怎样才|前提",
        r"条件|具备|应当?符合|须符合|(?:下列|以下)要求|须(?!在)|应(?:在|为|具)",
        0.2,
    ),
    _aim(r"分摊|分担|谁出钱|各出", r"分担|承担|分摊|按[^,。;]{0,8}比例", 0.4, sought="按比例 分担 承担"),
    _aim(
        r"监督|督促|考核|检查|怎么(?:管|盯)",
        r"检查|抽查|考核|督查|督办|通报|约谈|绩效|监管|审计|报送",
        0.3,
        sought="检查 考核 督查 抽查",
    ),
    _aim(
        r"怎么(?:申请|申报|办|领|走)|如何(?:申请|申报|办理|领取)|流程|程序|步骤",
        r"申请|申报|提交|受理|审核|公示|拨付|登录|备案",
        0.2,
    ),
    _aim(
        r"(?:有什么|什么|哪些|啥)(?:优惠|支持|补贴|奖励|好处|待遇|扶持|补助|帮助|福利|便利|宽松)",
        r"给予|奖励|补助|补贴|免征|免收|减免|减按|免费|优先|享受|贴息|资助|支持|可[申暂缓]",
        0.2,
    ),
    _aim(
        r"依据|根据(?:什么|哪)|照着|凭(?:什么|哪)",
        r"(?:根据|依据|依照|按照)[^。]{4,}制定|(?:根据|依据)《",
        0.5,
        sought="根据 制定",
    ),
    _aim(r"几[档类种级]|哪几", r"分(?:为|成|别为)?[^,。;]{2,40}[两二三四五六七八九十]?[档类种级](?![型似])", 0.3),
    _aim(r"问题|毛病|短板|不足之处|困难是", r"存在|问题|不强|不高|不足|短板|瓶颈|单一", 0.3),
    _aim(
        r"老办法|以前(?:的|批|报)|之前(?:的|批|报|申)|已经(?:批|报|受理)|没兑现",
        r"原[^,。;]{0,8}(?:执行|兑现|办理)|已[^,。;]{2,14}的|此前|原办法|修改前",
        0.3,
        sought="已受理 按原 执行",
    ),
    _aim(
        r"打架|冲突|不一致|不一样|不同时|听谁|以(?:哪|谁)",
        r"为准|不一致|冲突|从其规定|按[^,。;]{0,10}执行",
        0.4,
        sought="为准 不一致",
    ),
    _aim(
        r"哪[些类种][^,。?]{0,12}(?:不能|不可以|不得|不予|不享受|拿不到|领不到|没份)|哪些(?:情况|情形)[^,。?]{0,4}不",
        r"(?:下列|以下)[^。;]{0,12}不|不适用|除外",
        0.4,
    ),
    _aim(
        r"不(?:能|可以|得|给|予|算|享受)[^,。?]{0,6}(?:的)?(?:吗|情形|情况|企业)?$|哪些[^,。]{0,10}不|除外|不包括|不(?:能|许)",
        r"不得|不予|不适用|不享受|除外|不包括|不含|不再|禁止|不纳入|不支持",
        0.2,
    ),
)


#: An aim worth less says too little of a sentence to stand for the words that ask.
_TELLING = 0.3


def aim_of(topic: str, words: str) -> float:
    """What it counts that some words answer what a question asks for; 0 where they do not, or nothing is asked."""
    return aimed(topic, words)[0]


def aimed(topic: str, words: str) -> tuple[float, tuple[str, ...]]:
    """The same, with the words of the question that ask, of each aim that is met: they need not stand there too."""
    found = [(aim.weight, asks) for aim, asks in _asked(topic) if aim.said.search(words)]
    telling = tuple(asks for weight, asks in found if weight >= _TELLING)
    return max((weight for weight, _ in found), default=0.0), telling


def sought(question: Question) -> str:
    """Words to search for that a question does not say: those of sentences that answer one of its kind."""
    if question.asked.is_figure:
        return question.asked.said
    return " ".join((question.asked.said, *(aim.sought for aim, _ in _asked(question.topic)))).strip()


@lru_cache(maxsize=64)
def _asked(topic: str) -> tuple[tuple[Aim, str], ...]:
    """The aims of a question with the words that ask: it is held against every sentence of its clauses."""
    found = ((aim, aim.asked.search(topic)) for aim in _AIMS)
    return tuple((aim, asks[0]) for aim, asks in found if asks)
