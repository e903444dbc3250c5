"""How provisions bear on each other, and which travel with which."""

import pytest

from corpus.model import RelationKind


@pytest.mark.parametrize(
    ("sentence", "kind", "words", "subject"),
    [
        ("同一家企业不重复享受同类补助奖励。", "non_stacking", "同一家企业不重复享受同类补助奖励", ""),
        ("(此条奖励与第一条奖励不重复享受)", "non_stacking", "此条奖励与第一条奖励不重复享受", "第一条"),
        ("不叠加享受。", "non_stacking", "不叠加享受", ""),
        ("不得同时享受两项政策。", "non_stacking", "不得同时享受两项政策", ""),
        ("双方另有约定的,从其约定。", "defers", "从其约定", ""),
        ("与市级其他政策重复的,按就高原则执行。", "higher_of", "按就高原则执行", ""),
        ("与本意见不一致的,以本意见为准。", "precedence", "以本意见为准", ""),
        ("上级另有规定的,从其规定。", "defers", "从其规定", ""),
        ("对商贸企业奖励8万元(总部经济除外)。", "exception", "总部经济除外", ""),
        ("除明确规定时限外,有效期3年。", "exception", "除明确规定时限外", ""),
        (
            "《甲市促进工业十条》(甲政发〔2020〕7号)同时废止。",
            "repeals",
            "《甲市促进工业十条》(甲政发〔2020〕7号)同时废止",
            "《甲市促进工业十条》(甲政发〔2020〕7号)",
        ),
        ("不与招商协议约定的优惠重复享受。", "non_stacking", "不与招商协议约定的优惠重复享受", "招商协议约定的优惠"),
        ("同一项目不得多头申报。", "non_stacking", "同一项目不得多头申报", ""),
        ("同时符合的,从优执行。", "higher_of", "从优执行", ""),
        (
            "此前文件与本意见规定不一致的,按本意见执行。",
            "precedence",
            "此前文件与本意见规定不一致的,按本意见执行",
            "本意见规定",
        ),
        ("本办法第一条的奖励不受此限。", "exception", "本办法第一条的奖励不受此限", "本办法第一条"),
        ("将第三条修改为“甲”。", "amends", "将第三条修改为“甲”", "第三条"),
        ("对《甲市办法》作如下修改:", "amends", "对《甲市办法》作如下修改", "《甲市办法》"),
    ],
)
def test_relations(read, sentence: str, kind: str, words: str, subject: str) -> None:
    reading = read(f"甲市若干措施\n一、奖励。对企业奖励5万元。\n二、其他。{sentence}\n三、丙。")
    (clause,) = [c for c in reading.clauses if str(c.path) == "h1_2"]
    found = {relation.kind.value: relation for relation in clause.relations}
    assert (found[kind].text, found[kind].subject) == (words, subject)
    assert reading.document.text[found[kind].span.start : found[kind].span.end].strip() == words


@pytest.mark.parametrize(
    "text", ["解除外商限制。", "消除外部风险。", "该政策停止执行后另行通知。", "原合同废止后重新签订。"]
)
def test_words_that_only_look_like_it_relate_nothing(read, text: str) -> None:
    reading = read(f"甲市若干措施\n一、{text}\n二、乙。")
    assert [relation for clause in reading.clauses for relation in clause.relations] == []


def provisos(reading) -> dict[str, list[str]]:
    return {str(c.path): [proviso.split("~")[1] for proviso in c.provisos] for c in reading.clauses}


def test_closings_on_validity_conflict_and_stacking_govern_every_clause(read) -> None:
    reading = read(
        "甲市若干意见\n一、甲。对企业奖励5万元。\n二、乙。\n本意见自印发之日起施行。本意见与现行政策有冲突的,以本意见为准。\n附件:名单"
    )
    assert provisos(reading) == {
        "head": [],
        "h1_1": ["tail_1"],
        "h1_2": ["tail_1"],
        "tail_1": [],
        "tail_2": ["tail_1"],
    }


def test_articles_that_speak_of_the_whole_statute_govern_the_others(read) -> None:
    reading = read(
        "甲市办法\n第一条 有下列情形之一的,不适用本办法:\n(一)甲。\n"
        "第二条 依照本办法第一条的规定办理;有明确期限的,从其规定。\n第三条 除法律另有规定外,依照本办法办理。\n"
        "第四条 本办法自印发之日起施行。"
    )
    assert provisos(reading)["art_2"] == ["art_1", "art_4"]
    assert provisos(reading)["art_4"] == ["art_1"]


def test_an_award_that_may_not_be_combined_with_another_governs_that(read) -> None:
    reading = read("甲市意见\n一、甲。奖励5万元。\n二、乙。\n三、丙。\n四、丁。(此条奖励与第一条奖励不重复享受)")
    assert provisos(reading) == {"head": [], "h1_1": ["h1_4"], "h1_2": [], "h1_3": [], "h1_4": []}
    (relation,) = reading.clauses[-1].relations
    assert [target.split("~")[1] for target in relation.targets] == ["h1_1"]


def test_a_paragraph_governs_what_its_part_holds_before_it(read) -> None:
    reading = read(
        "甲市措施\n一、奖励\n(一)甲。奖励5万元。\n(责任单位:市经信局)\n(二)乙。奖励6万元。\n二、补贴\n"
        "对企业补贴5万元。(责任单位:市商务局)\n对个人补贴1万元。(责任单位:市人社局)\n以上补贴不得重复享受。\n三、保障\n丙。"
    )
    found = provisos(reading)
    assert found["h1_2__para_1"] == found["h1_2__para_2"] == ["h1_2__para_3"]
    assert found["h1_1__h2_1"] == []


def test_the_provisos_of_the_sample(library, clause) -> None:
    first = clause(library, "商贸企业进限纳统", "一、")
    assert [i.split("~")[1] for i in first.provisos] == ["h1_4", "tail_1"]
    article = clause(library, "涉企补偿救济", "第九条")
    assert [i.split("~")[1] for i in article.provisos] == ["art_6", "art_24"]
    for each in library.clauses:
        assert all(library.clause[proviso].instrument_id == each.instrument_id for proviso in each.provisos)


def test_the_exceptions_of_the_sample_stand_with_what_they_limit(library, clause) -> None:
    third = clause(library, "商贸企业进限纳统", "三、")
    assert [(r.kind, r.text) for r in third.relations] == [(RelationKind.EXCEPTION, "总部经济除外")]
