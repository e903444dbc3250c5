"""What keys and codes are called in a report: statuses, kinds of question, roles of amounts, seeded errors, slices."""

from __future__ import annotations

from corpus.model import ValidityStatus

STATUS = {
    "answered": "已答复",
    "partial": "部分答复",
    "clarify": "反问",
    "not_found": "未找到",
    "out_of_scope": "不在范围",
    "error": "出错",
}
KINDS = {
    "amount": "金额",
    "rate": "比例",
    "cap": "上限",
    "threshold": "门槛",
    "deadline": "期限",
    "duration": "年限",
    "target": "目标",
    "quantity": "数量",
    "validity": "效力",
    "office": "部门",
    "interpretation": "解释机关",
    "condition": "条件",
    "materials": "材料",
    "yes_no": "能不能",
    "list": "有哪些",
    "definition": "是什么",
    "person": "是谁",
    "lookup": "查条款",
    "follow_up": "追问",
    "comparison": "城市对比",
    "computation": "推算",
    "near_miss": "差一点",
    "out_of_scope": "不相干",
    "clarify": "该反问",
}
CITED_AS = {"answers": "回答", "supports": "佐证", "nearest": "相近"}
VALIDITY = {
    ValidityStatus.NOT_YET: "尚未施行",
    ValidityStatus.IN_FORCE: "有效",
    ValidityStatus.EXPIRED: "已过期",
    ValidityStatus.REPEALED: "已废止",
    ValidityStatus.UNKNOWN: "未写明",
}
ROLES = {
    "award": "奖补多少",
    "cap": "最高多少",
    "rate": "按多少比例",
    "threshold": "门槛",
    "target": "目标",
    "loan": "贷款额",
    "fee": "费率税率",
    "other": "其他",
}
TRIALS = {
    "amount": "改金额",
    "rate": "改比例",
    "length": "改期限",
    "day": "改日期",
    "scale": "万改亿、亿改万",
    "neighbour": "换成同一条里别人的数",
    "neighbour_throughout": "处处换成同一条里别人的数",
    "tier": "换成另一档的数",
    "cap": "去掉最高、不超过",
    "award_as_cap": "凭空加上最高",
    "bound": "以上改以下、超过改不足",
    "condition": "去掉首次、连续、累计",
    "city": "换成别的城市",
    "status": "已过期说成有效",
    "mark": "引用编号对调",
    "citation": "引到别的条款",
    "document_number": "编造文号",
    "article": "编造条号",
    "phone": "编造电话",
    "hotline": "编造热线",
    "office": "编造单位",
    "quote": "编造引文",
    "title": "编造文件名",
    "as_is": "原样",
    "yuan": "4万元写成40000元",
    "thousands": "4万元写成40,000元",
    "iso_day": "日期写成2025-08-28",
    "numeral": "7写成七",
    "percent": "50%写成百分之五十",
    "width": "全角数字",
    "wide_marks": "全角的引用编号",
}
SLICE_TITLES = {"by_kind": "按问题类型", "by_city": "按城市", "by_document": "按文件", "by_tag": "按说法"}


def kind_name(kind: str) -> str:
    """A kind of question in Chinese; one that nobody has named yet as it is written."""
    return KINDS.get(kind, kind)


def slice_name(key: str, value: str) -> str:
    """A value of a slice as a reader knows it."""
    return kind_name(value) if key == "by_kind" else value
