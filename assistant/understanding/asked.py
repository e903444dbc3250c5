"""What kind of answer a question wants, and what the figure it asks for does: cues in the words of the question."""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.understanding.in_force import ASKS_IN_FORCE
from corpus.model import Role


class Asked(StrEnum):
    """The kind of answer that a question wants."""

    MONEY = "money"
    RATE = "rate"
    COUNT = "count"
    DATE = "date"
    DURATION = "duration"
    FIGURE = "figure"
    VALIDITY = "validity"
    INTERPRETER = "interpreter"
    PERSON = "person"
    OFFICE = "office"
    ISSUED = "issued"
    YES_NO = "yes_no"
    CONDITION = "condition"
    EXCLUSION = "exclusion"
    PURPOSE = "purpose"
    DEFINITION = "definition"
    PROCEDURE = "procedure"
    LIST = "list"
    CONTENT = "content"
    OTHER = "other"

    @property
    def said(self) -> str:
        """The words that documents say it in where the question does not, for the search."""
        return _SAID.get(self, "")

    @property
    def is_figure(self) -> bool:
        """Whether the answer is a number or a date."""
        return self in _FIGURES


_SAID = {
    Asked.EXCLUSION: "下列情形 不适用 不予 除外",
    Asked.PROCEDURE: "提交 申请 材料",
    Asked.PURPOSE: "为了 促进 根据 制定",
    Asked.DEFINITION: "是指 所称",
}
_FIGURES = frozenset({Asked.MONEY, Asked.RATE, Asked.COUNT, Asked.DATE, Asked.DURATION, Asked.FIGURE})

#: Kinds of question about a document itself.
ABOUT_DOCUMENTS = frozenset({Asked.VALIDITY, Asked.INTERPRETER, Asked.ISSUED})
#: Words that ask of a document itself.
OF_ITSELF = re.compile(
    r"有没有效|有效期?内?|过期|失效|到期|施行|执行|实施|生效|作废|废止|负责|解释|哪个部门|部门|单位|期限|现行|还能用|"
    r"就?(?:能|可以)用|截止|结束|日期|算不算数|作不作数|算数|作数|认账|管不?管用|管用|管到|来得及|最后[1一]天|起算|算起|停|还行|这会儿|眼下|如今|几时|"
    r"(?:那|这)?[一二两三四五六七八九十几\d]+(?:个|份)(?:意见|文件|措施|办法|通知|规定|政策)|(?:和|跟|与)(?=\s)|"
    r"开始|至今|为止|文号|印发|发布|出台|公布|统一|同一天|一样|都是|全部|分别|[一二两三四五六七八九十]{1,2}[个份]|那几?[份套]|里[头面]|拿来|"
    r"文件|政策|这(?:个|条|项|份|些)|那(?:个|条|项|笔)|写没写|有没有写|里|中|几年|多久|今天|现在|目前|什么时候|何时|哪天|还在?|吗|了|没有?"
)

COUNTERS = "家|个|户|人|台|次|项|种|套|座|件|名|所|平方米|亩|吨|倍|条|级|辆|亿|位|间|栋|类|处"
_AWARDED = "奖|补|给|拿|领|得|返|资助|扶持|支持|报销|减|免|抵|扣|贴息|发"
#: In this order: the first that fits decides. For folded text.
CUES: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    (Asked.INTERPRETER, re.compile(r"(?:谁|哪个|哪家|哪些|什么|哪)[^,。?]{0,8}解释|解释(?:权|机关|单位|部门)")),
    (Asked.VALIDITY, ASKS_IN_FORCE),
    (
        Asked.ISSUED,
        re.compile(
            r"(?:什么时候|何时|哪天|几号|哪年)(?:印发|发布|出台|公布|下发|发(?=的|了|文|[?]?$))(?:的)?|(?:印发|发文|成文|发布)(?:日期|时间)|(?:文号|发文字号)是|什么文号|谁(?:印发|发布|出台)"
        ),
    ),
    (
        Asked.DEFINITION,
        re.compile(
            r"(?:什么|啥)(?:个)?意思|(?:的)?意思(?:是|指)|(?<!对象)指的?(?:是)?(?:什么|啥|哪)|(?:各|分别)?代表(?:的)?(?:是)?(?:什么|啥)|定义|"
            r"(?:什么|啥)(?:东西)?的?(?:简称|缩写|全称)|是(?:个)?(?:什么|啥)(?:东西|概念|玩意)(?:的(?:简称|缩写|全称))?|何谓|何为|(?:什么|啥)叫"
        ),
    ),
    (
        Asked.PURPOSE,
        re.compile(
            r"为(?:什么|何|啥|了什么)|目的(?:是|在于|何在|有)?|图的?(?:什么|啥)|出于什么|缘由|什么原因|依据(?:是)?(?:什么|哪)|"
            r"(?:根据|依据|照着|按照)(?:什么|哪(?:些|部|个|几[部个]))(?:法|文件|上级)[^,。?]{0,6}(?:定|出台|来)"
        ),
    ),
    (
        Asked.OFFICE,
        re.compile(
            r"(?<!面向)(?<!对)(?<!给)(?<!对象是)(?<!对象有)(?:哪[一两三几些]?个?|什么)(?:部门|单位|机关|局(?!面)|机构|科室|办(?![法学班事理得]))|谁(?:来)?(?:负责|管|牵头|主管|落实|承担|监督|受理|审批|说了算|拍板)|找谁|找哪|归(?:谁|哪)|责任单位|(?:责任|主管|负责|牵头)的?(?:部门|单位)(?:是|有)?哪|"
            r"牵头(?:单位|部门)|主管(?:单位|部门)|由谁|向谁|报(?:给)?(?:谁|哪里)|哪里备案|谁审核|去哪(?:里|儿|个)?(?:办|申请|问|报|交)|到哪(?:里|儿)?(?:办|申请|报)"
        ),
    ),
    (Asked.PERSON, re.compile(r"(?<!对象)是谁|谁(?:是|任|当|担任|来任)|哪(?:一)?位|叫什么名字")),
    (
        Asked.MONEY,
        re.compile(
            r"哪(?:个|座)?(?:市|城市|地方)[^,。?]{0,6}(?:多|高|少|低)|各(?:个)?(?:市|城市|地)[^,。?]{0,6}(?:奖|补|给|多少)"
        ),
    ),
    (
        Asked.EXCLUSION,
        re.compile(
            r"(?:在|有)?(?:什么|哪些|哪种|哪类|啥)(?:样的?)?(?:情况|情形|条件|时候)?下?(?:的?企业|的?公司|的?店|的?人|的?项目)?(?:就|会|是)?"
            r"(?:不(?:给|能|算|予|受理|适用|可以|享受|行|管|包括|符合)(?:给|拿|领|享受?|申请|受理|适用)?|拿不到|领不到|享受不了|申请不了)|哪[些类种](?=[^,。?]{0,12}(?:企业|公司|单位|人|项目|情形|情况|店|户)[^,。?]{0,2}(?:不能|不可以|不得|不予|不享受|拿不到|领不到|没资格|没份))|不归[^,。?]{0,12}管|不在[^,。?]{0,12}范围|除了?(?:什么|哪些)都"
        ),
    ),
    (
        Asked.CONDITION,
        re.compile(
            r"(?:需要|要|得|应当?|有)?(?:符合|满足|达到|具备)?(?:什么|哪些|哪几个?|哪种|啥|几个|怎样的)(?:样的?)?(?:条件|要求|资格|门槛|情况下?|情形)|"
            r"(?:需要|要|得|应当?)?(?:符合|满足|达到|具备)(?:什么|啥|哪些)|(?:什么|啥)(?:时候|情况下?)(?:就|才)?会?(?=[“\"]?(?:中止|暂停|终止|停|取消|收回))|的?(?:条件|资格)(?:是|有|呢|都?有)?(?:什么|啥|哪些|呢)?[?]?$|"
            r"(?:什么样|哪种|哪类)的?(?:企业|公司|店|人|项目|单位)?(?:才|能|可以|算)(?:能|算|可以)?|怎么(?:才|样才)(?:能|算|可以)"
        ),
    ),
    (
        Asked.PROCEDURE,
        re.compile(
            r"(?:怎么|如何|咋|怎样)(?:去)?(?:办|申请|申报|领|弄|报|提交|提出|办理)|(?:什么|哪些|啥|哪几[样份种])(?:流程|程序|手续(?!费)|步骤|材料|证明|资料|凭据|凭证|证件|文件材料)|"
            r"(?:交|带|准备|提交|提供|递)(?:上|齐)?(?:什么|哪些|啥|哪几[样份种])(?:东西|文件|单子)|(?:流程|程序|手续|步骤|材料)(?:是|有|呢)?(?:什么|啥|哪些|呢|怎么走)?[?]?$"
        ),
    ),
    (
        Asked.LIST,
        re.compile(
            r"哪几(?!年|天|个月|月)|哪些|分(?:为|成)?几[类种档块]|几[个类种][^,。?]{0,12}(?:叫|分别是|是哪)|(?:对象|面向|适用于?)(?:的)?(?:是|有|包括)?谁"
        ),
    ),
    (
        Asked.YES_NO,
        re.compile(
            r"^(?!.*多少).*(?:吗|不|(?<!什)(?<!怎)(?<!那)(?<!这)么)(?:[?!,。()\s]|$)|"
            r"^(?!.*(?:多少|多久|哪天|什么时候|何时|最[晚迟]|怎么|几(?:年|天|日|个|号|百|成|折|家|万))).*(?<![时动])([\u4e00-\u9fff])不\1|"
            r"(?:要不要|收不收|用不用)(?:钱|费|交)"
        ),
    ),
    (
        Asked.RATE,
        re.compile(
            r"百分之(?:几|多少)|(?:几|多少)个点|几厘|几倍|多少倍|百分比|几成|(?:打)?几折|多少折|(?:比例|费率|税率|利率|占比|比重|覆盖率|[^效频]率)[^,。?]{0,10}(?:多少|几|多高|是什么)(?!钱|元|万|奖)|(?:比例|率|比重|占比)(?:目标)?$|占[^,。?]{1,14}比[^,。?例重]{0,6}多少|(?:上|下)?浮动?[^,。?钱元]{0,4}(?:多少|几)(?!钱|万|元)|(?:多少|什么)(?:的)?(?:比例|费率|税率)|按多少(?:比例)?|(?:增长|下降|提高|下调|降低|增加)(?:了)?多少(?!钱|万|亿|家|个|元)"
        ),
    ),
    (
        Asked.MONEY,
        re.compile(
            rf"多少(?:钱|元|万|亿|块|资金|奖金|补贴|补助|奖励|经费|费用|贷款|额度|现金)|几[十百千]?(?:万|千|百|块|毛|亿|元|分钱)|(?:具体|多大|最高|最大)?(?:数额|金额|额度)[?]?$|(?:{_AWARDED})[^,。?家个户]{{0,6}}多少(?!{COUNTERS}|比例|年|天|久)|(?:金额|额度|资金|奖金|补贴|补助|奖励|产值|收入|限额|封顶|上限|投资|贡献|税收|销售额)[^,。?占比率]{{0,8}}(?:多少|是几)(?!{COUNTERS}|比例|号|月|天|年)|多少(?:奖|补)|(?:最高|最多)(?:能|可以?)?(?:贷|拿|给|补|奖|领|申请)?多少(?!{COUNTERS}|年|天)|能(?:贷|拿|领|补|得)多少(?!{COUNTERS})|(?:多大|多少)(?:额度|金额)|有钱(?:拿|领)|多少花费"
        ),
    ),
    (
        Asked.DURATION,
        re.compile(
            r"多久|多长(?:时间)?|几(?:天|年|个月|个工作日|日内|周)|多少(?:天|年|个月|个工作日|工作日|日)|(?:时限|期限|时效)(?:是|为|有)?(?:多少|多长|几|什么)|(?:时限|期限|时效)$|多快"
        ),
    ),
    (
        Asked.DATE,
        re.compile(
            r"什么时候|啥时候|何时|哪(?:一)?天|哪几天|几号到几号|窗口期|起止|几号|截止|哪(?:一)?年|几月|最晚|最迟|到期|到哪(?:天|年|时)|什么时间|几时|时间节点|日期"
        ),
    ),
    (Asked.COUNT, re.compile(rf"(?:多少|(?<!前)几)(?:{COUNTERS})(?!钱|税)|(?:家数|数量|个数|次数|台数)")),
    (Asked.FIGURE, re.compile(r"多少|(?<!十)(?<!前)几(?!个方面|乎|何)|多大|多高|(?:目标|指标)(?:是什么|是)?[?]?$")),
    (
        Asked.LIST,
        re.compile(
            r"(?:有|包括|含|分|指)?(?:哪些|哪几|什么样的|哪种)|有什么|有啥|(?:包括|分为|分成|含有)什么|几种|都有谁|分别是|几条|几类|都(?:有|包括)"
        ),
    ),
    (
        Asked.YES_NO,
        re.compile(
            r"吗|(?<!什)(?<!怎)么[?]?$|能不能|可不可以|可以不|能否|是否|会不会|要不要|有没有|有无|算不算|行不行|是不是|需不需要|管不管|用不用|收不收|让不让|不[?]?$|没有?[?]?$"
        ),
    ),
    (
        Asked.CONTENT,
        re.compile(
            r"讲(?:的)?(?:是)?(?:什么|啥)|说(?:的)?(?:是)?(?:什么|啥)|规定(?:了)?(?:什么|啥)|(?:内容|全文|原文|条文)|怎么(?:说|规定|写)|写(?:的|了)?(?:什么|啥)|念(?:一下)?"
        ),
    ),
    (
        Asked.LIST,
        re.compile(r"怎么(?:补|算|做)|如何|什么(?:政策|优惠|支持|奖励|补贴|措施|标准|扶持)"),
    ),
)
_CAP = re.compile(r"封顶|顶多|撑死|至多|(?<![刚进入])上限|最高|最多(?!.{0,4}(?:次|家))|顶格|最大(?:额度)?")
#: Words right before or behind 多少 that make it a condition: 要达到多少, 多少才能, 多少以下.
_THRESHOLD_BEFORE = re.compile(
    r"(?:达到?|超过?|不低于|不少于|突破|满|要|需要?|得有?|门槛是?|标准是?|条件是?|不超过|有)[^,。?奖补给]{0,4}$|过$"
)
_THRESHOLD_BEHIND = re.compile(
    r"(?:多少|几|多[大高长久])[^,。?]{0,8}(?:才|以上|以下|以内|之内)|.*才(?:能|算|有|给|行|可以|符合)"
)
_THRESHOLD_NEXT = re.compile(r"(?:达到|超过|不低于|不少于|要到|需要|突破|要超|要满)[^,。?奖补给]{0,2}$")
_AWARD_AROUND = re.compile(rf"(?:{_AWARDED})[^,。?]{{0,6}}$")
_TARGET = re.compile(r"目标|力争|到20\d\d年|要建|要新增|计划")


def role_of(topic: str) -> Role | None:
    """What the asked figure does, from the words next to 多少."""
    if _CAP.search(topic):
        return Role.CAP
    asked = list(re.finditer(r"多少|几|多[大高久]", topic))
    before = topic[max(0, asked[-1].start() - 10) : asked[-1].start()] if asked else topic
    behind = topic[asked[-1].start() :] if asked else ""
    if _THRESHOLD_BEHIND.match(behind) or _THRESHOLD_NEXT.search(before):
        return Role.THRESHOLD
    if _AWARD_AROUND.search(before) or re.search("奖|补", behind[:8]):
        return Role.AWARD
    if asked and _THRESHOLD_BEFORE.search(before):
        return Role.THRESHOLD
    if re.search(_AWARDED, topic) and not re.search("达到|超过", before):
        return Role.AWARD
    return Role.TARGET if _TARGET.search(topic) else None


#: Words that ask for one thing.
_WH = re.compile(r"哪|什么|啥|谁|怎么|怎样|咋|如何|多少|多久|多长|何时|几(?!乎|何)")


def asked_of(topic: str) -> Asked:
    """The first kind whose cue stands in a folded topic; of several parts that ask, the last says what is wanted.

    损失多少钱谈不拢,可以找什么样的机构评估 does not ask for the sum.
    """
    asking = [part for part in re.split(r"[,?。;!]+", topic) if _WH.search(part)]
    kind = _first(asking[-1]) if len(asking) > 1 else Asked.OTHER
    return _first(topic) if kind is Asked.OTHER else kind


def _first(words: str) -> Asked:
    return next((asked for asked, cue in CUES if cue.search(words)), Asked.OTHER)
