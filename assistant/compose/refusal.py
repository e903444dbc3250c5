"""When to refuse, and how: not said means not said, with the nearest clause named."""

from __future__ import annotations

import re

from assistant.answer import CitationRole, Status
from assistant.compose.finish import quote_of
from assistant.draft import Draft, Statement
from assistant.matching import Topic
from assistant.retrieve import Evidence
from assistant.understanding.question import Question
from corpus.folding import fold
from corpus.model import Clause, Instrument, Level, OfficeRole, Span

#: How likely the words that an answer rests on must be the right ones (:meth:`Evidence.confidence`); set on
#: development questions, where the curve of ``eval run`` shows what it costs.
REFUSE_BELOW = 0.22
#: The same for an answer that leads with a figure: a wrong figure does more harm than a wrong sentence.
REFUSE_FIGURE_BELOW = 0.45
#: The share of the topic that a document or one of its clauses must hold to be the one that is asked about.
ABOUT_BELOW = 0.32

#: A clause that says less of the question is not even near.
_NEAR = 0.3
#: Nouns that name what is asked for, each with what a clause must say to answer.
_SLOTS: tuple[tuple[str, str], ...] = (
    ("销售额|营业额|流水", "销售|营业额|交易额"),
    ("营业收入|主营收入", "收入|营收"),
    ("产值", "产值"),
    ("利率|年息|月息|几厘", "利率"),
    ("费率", "费率"),
    ("税率", "税率|征收率|预征率"),
    ("面积|平方|平米", "面积|平方"),
    ("手续费", "手续费|工本费"),
    ("课时|学时", "课时|学时"),
    ("注册资本", "注册资本"),
    ("租金|房租", "租金|房租|租赁"),
    ("工资|薪", "工资|薪"),
    ("罚款|罚多少", "罚"),
    ("贴息", "贴息"),
    # What is given something for, where a sentence on another matter is easily taken for it.
    ("上市", "上市|挂牌|首发"),
    ("挂牌", "挂牌|上市"),
    ("出口|外贸", "出口|外贸|进出口|境外|外经贸"),
    ("专利", "专利|知识产权"),
    ("并购", "并购|重组|兼并"),
    ("参展", "展"),
    ("残疾", "残疾"),
    ("养老", "养老"),
    ("医保|医疗", "医疗|医保"),
    ("学费|助学|学贷", "学费|助学"),
    ("快递", "快递|寄递|物流"),
    ("农机", "农机|农业机械"),
    ("以旧换新", "以旧换新"),
    ("安家|购房", "安家|住房|购房"),
    ("博士|硕士", "博士|硕士|研究生|人才"),
    ("迁[入到来进]|搬[到来进]", "迁|搬|落户|引进"),
    ("社保补", "社会保险补|社保补"),
)

#: What is asked of the way and the place: answered by a clause that says it, not by one on the same subject.
_SERVICE_SLOTS: tuple[tuple[str, str], ...] = (
    ("材料|证件", "材料|证明|凭证"),
    ("电话|号码|联系方式", "电话"),
    ("地址|怎么走", "地址|路.{0,4}号"),
    # 窗口要交什么 names where one stands, and asks for something else.
    ("(?:哪|什么)[^,。?]{0,4}窗口|窗口(?:都?[在是设])?(?:哪|什么)|网站", "窗口|网址|网站|平台"),
    ("网址|官网|链接", "网址|官网|www|http"),
    ("申请表|表格|下载", "申请(?:表|书)|表格|附表|附件|下载"),
    ("[交缴收付][^,。?]{0,4}费[吗么不?]|要费(?:吗|么|不)|收费(?:吗|么|不)", "费|免|税"),
    ("哪条(?:街|路)|几号楼|几楼|门牌|上班|几点(?:钟|开门|关门)", "街|路.{0,4}号|楼|上班|办公时间"),
    ("到账|拨付|打到?[^,。?]{0,4}(?:账|卡)", "到账|拨付|兑付|兑现(?:到位|时间|之日|期限|后)|[日月年][^,。;]{0,6}兑现"),
    ("放款", "放款"),
    ("审核|审批", "审核|审批|初审"),
    ("申报时间|什么时候申报|何时申报|报名", "申报|报名"),
)


def lacks_slot(question: Question, scope: str) -> bool:
    """Whether the words a figure is said of lack the noun that names what is asked for (利率, 面积)."""
    return _lacks(question, scope, _SLOTS + _SERVICE_SLOTS)


def lacks_service(question: Question, scope: str) -> bool:
    """Whether a clause lacks the way or the place that is asked for (材料, 电话, 窗口)."""
    return _lacks(question, scope, _SERVICE_SLOTS)


def _lacks(question: Question, scope: str, slots: tuple[tuple[str, str], ...]) -> bool:
    return any(re.search(asked, question.topic) and not re.search(said, scope) for asked, said in slots)


def widest(topic: Topic, evidence: Evidence) -> float:
    """The greatest share of the topic in one clause with its headings and title."""
    return max(
        (
            topic.coverage(fold(clause.text), *clause.headings, instrument.title)
            for clause, instrument, _ in evidence.ranked[:5]
            if clause.level is not Level.HEAD
        ),
        default=0.0,
    )


def refuse(question: Question, topic: Topic, evidence: Evidence) -> Draft:
    """Not said means not said: what was looked for, and the nearest clause with its office."""
    near = _nearest(topic, evidence)
    asked = f"“{question.text.strip('?。!, ')}”"
    if re.search(r"\d", asked) or question.periods or question.figures:
        asked = "您所问"  # no figure stands in a refusal, not even one that was asked about
    if question.elsewhere:
        places = "、".join(question.elsewhere)
        said = f"库中没有{places}的政策文件,不能回答{asked}的问题"
    else:
        where = "、".join(question.cities)
        said = f"查过{where or '库中'}的政策文件,没有写明{asked}的内容"
    statements = [Statement(said)]
    if near is not None:
        clause, instrument = near
        offices = [o.name for o in clause.offices if o.role in (OfficeRole.LEADS, OfficeRole.INTERPRETS)]
        contact = f",可向{offices[0]}核实" if offices else ""
        label = clause.path.label or "开头部分"
        statements.append(
            Statement(
                f"相近的条款是《{plain_title(instrument)}》{label}{contact}",
                (quote_of(instrument, clause, Span(0, len(clause.text)), CitationRole.NEAREST),),
            )
        )
    return Draft(Status.NOT_FOUND, tuple(statements))


def plain_title(instrument: Instrument) -> str:
    """A title without the years in it: no figure stands in a refusal as if it were an answer."""
    return re.sub(r"[((][^()()]*\d{4}[^()()]*[))]$", "", instrument.title)


def _nearest(topic: Topic, evidence: Evidence) -> tuple[Clause, Instrument] | None:
    candidates = [
        (topic.coverage(fold(clause.text), *clause.headings) + 0.2 * strength, clause, instrument)
        for clause, instrument, strength in evidence.ranked[:6]
        if clause.level is not Level.HEAD
    ]
    if not candidates:
        return None
    score, clause, instrument = max(candidates, key=lambda candidate: candidate[0])
    return (clause, instrument) if score >= _NEAR else None
