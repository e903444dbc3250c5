"""Questions that no policy document could answer: small talk, instructions, legal advice on a case."""

from __future__ import annotations

import re

from assistant.answer import Status
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.orders import is_order
from assistant.retrieve import Evidence
from assistant.understanding.asked import Asked
from assistant.understanding.question import Question
from corpus.folding import fold

_SMALL_TALK = re.compile(
    r"^(?:你好|您好|hi|hello|嗨|在吗|在不在|早上好|下午好|晚上好|谢谢|多谢|感谢|再见|拜拜|辛苦了|好的|知道了|明白了|哈+)[^\u4e00-\u9fff]*$|"
    r"你(?:是谁|叫什么|几岁|多大|会什么|能做什么|是(?:不是)?(?:人|机器人|AI|ai|真人))|天气|下(?:不下)?雨|气温|几度|笑话|唱(?:首|个)?歌|写(?:一?(?:首|篇|段|个))|作(?:一?首)诗|"
    r"翻译|翻成|译成|代码|编程|python|Python|下棋|彩票|股票|算命|星座|吃什么|好吃|电影|明星|足球|篮球|游戏|菜谱|怎么做菜|(?:蒸|煮|炖|炒|烤|焖|卤|腌)(?:的?时候)?(?:要|得|需要)?(?:蒸|煮|炖|炒|烤|焖|多久|多长时间|多少分钟|几分钟|几个?小时|多大火)|减肥|旅游攻略"
)
_CASE_ADVICE = re.compile(
    r"(?:能|会|会不会|能不能)(?:打)?(?:赢|胜诉)|胜算|(?:写|拟|起草)(?:一?[份封个张])?(?:起诉状|诉状|答辩状|律师函|上诉状|遗嘱|借条|欠条|离婚协议)|判(?:几年|多久|多少年|刑)|离婚|遗产|抚养|坐牢|拘留|(?:我|我们)该不该(?:起诉|告)|该告谁|怎么(?:告|起诉)(?:他|她|政府|公司)|逃税|偷税|行贿|送礼|走后门|找关系|钻空子|规避"
)

#: 帮我写一份申请书: what is asked for is work, not what a document says.
_WORK = re.compile(
    r"(?:帮|替|给)(?:我|咱|俺|忙)们?(?:们)?(?:写|拟|起草|编|填写?|做|弄|算命|润色)(?:一?下|出)?(?:一?[份封个张篇套])?[^,。?;]{0,10}(?:申请书|申请表|申请报告|方案|报告|材料|合同|计划书|文案|总结|稿|信|PPT|ppt|表格?)"
)

#: Kinds of question that ask nothing yet where they name no subject (怎么办).
_UNSPECIFIC = (Asked.OTHER, Asked.YES_NO, Asked.CONTENT, Asked.LIST, Asked.CONDITION, Asked.EXCLUSION, Asked.PROCEDURE)


def out_of_scope(question: Question, topic: Topic, evidence: Evidence) -> Draft | None:
    """The refusal for a question that is none about policy; None for one that may be.

    What the corpus is about comes from the corpus: a question none of whose terms any clause shares, and that asks
    for no figure, office or condition, is outside.
    """
    text = question.text
    if _SMALL_TALK.search(text) and not _is_about_policy(topic, evidence):
        return _beyond(
            "我只回答惠企政策文件中的内容,这个问题不在范围内。可以问奖励补贴的金额、条件、期限、负责部门,或某个文件的某一条"
        )
    if is_order(text):
        return _beyond("我只回答惠企政策文件中的内容,不能按这样的要求处理。可以问奖励补贴的金额、条件、期限、负责部门")
    if _WORK.search(text):
        return _beyond("我只回答惠企政策文件中的内容,不代写材料。可以问要交哪些材料、怎么申请、由哪个部门受理")
    if _CASE_ADVICE.search(text):
        return _beyond("我只能说明政策文件的规定,不能就个案提供法律意见。具体案件请咨询律师或公共法律服务机构")
    if not topic.terms and question.asked in _UNSPECIFIC:
        return _beyond("请说明要问的事项,例如零售企业进限纳统奖励多少,或某个文件的文号和条款")
    return None


def _beyond(text: str) -> Draft:
    return Draft(Status.OUT_OF_SCOPE, (Statement(text),))


def _is_about_policy(topic: Topic, evidence: Evidence) -> bool:
    return any(topic.coverage(fold(clause.text), *clause.headings) >= 0.9 for clause in evidence.clauses[:3])
