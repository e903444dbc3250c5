"""Provisos travel with what they govern."""

import pytest

from corpus.facts.relations import NON_STACKING, PRECEDENCE, provisos_of
from corpus.model import Level


@pytest.mark.parametrize(
    "text", ["同一家企业不重复享受同类补助奖励", "按就高不重复原则", "不得重复申报", "不得同时享受", "不叠加享受"]
)
def test_words_of_non_stacking(text: str) -> None:
    assert NON_STACKING.search(text)


@pytest.mark.parametrize("text", ["以本意见为准", "上级出台新规定的,从其规定", "双方另有约定的,从其约定"])
def test_words_of_precedence(text: str) -> None:
    assert PRECEDENCE.search(text)


def test_closings_on_validity_conflict_and_stacking_govern_every_clause(clause_of) -> None:
    head, one = clause_of("题头", Level.HEAD, 0), clause_of("一、甲")
    closing = clause_of("本意见自印发之日起施行。本意见与现行政策有冲突的,以本意见为准。", Level.TAIL)
    names = clause_of("附件:名单", Level.TAIL, 2)
    assert provisos_of([head, one, closing, names]) == {
        one.id: (closing.id,),
        closing.id: (),
        names.id: (closing.id,),
    }


def test_articles_that_speak_of_the_whole_statute_govern_the_others(clause_of) -> None:
    articles = [
        clause_of("第一条 有下列情形之一的,不适用本办法:", Level.ARTICLE, 1),
        clause_of("第二条 依照本办法第一条的规定办理;有明确期限的,从其规定。", Level.ARTICLE, 2),
        clause_of("第三条 除法律另有规定外,依照本办法办理。", Level.ARTICLE, 3),
        clause_of("第四条 本办法自印发之日起施行。", Level.ARTICLE, 4),
    ]
    assert provisos_of(articles)["i~art_2"] == ("i~art_1", "i~art_4")
    assert provisos_of(articles)["i~art_4"] == ("i~art_1",)


def test_an_award_that_may_not_be_combined_with_another_governs_that(clause_of) -> None:
    first, second = clause_of("一、甲", number=1), clause_of("二、乙", number=2)
    fourth = clause_of("四、丙。(此条奖励与第一条奖励不重复享受)", number=4)
    provisos = provisos_of([first, second, fourth])
    assert provisos[first.id] == (fourth.id,)
    assert provisos[second.id] == ()


def test_the_provisos_of_the_sample(library, clause) -> None:
    first = clause(library, "商贸企业进限纳统", "一、")
    assert [i.split("~")[1] for i in first.provisos] == ["h1_4", "tail_1"]
    article = clause(library, "涉企补偿救济", "第九条")
    assert [i.split("~")[1] for i in article.provisos] == ["art_6", "art_24"]
    for each in library.clauses:
        assert all(library.clause[proviso].instrument_id == each.instrument_id for proviso in each.provisos)
