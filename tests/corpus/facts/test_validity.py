"""In force from when to when, from the documents' own words."""

from datetime import date

import pytest

from corpus.facts.terms import terms_of
from corpus.facts.validity import instrument_validity, validity_of
from corpus.model import Level, Span, Validity, ValidityStatus

DATED = date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "effective", "expires"),
    [
        ("本意见自印发之日起施行,有效期2年,由市经信局负责解释。", DATED, date(2026, 2, 28)),
        ("本意见自印发之日起施行,有效期1年。", DATED, date(2025, 2, 28)),
        ("本意见自印发之日起施行,有效期四年。", DATED, date(2028, 2, 29)),
        ("本意见自印发之日起施行，有效期为18个月。", DATED, date(2025, 8, 29)),
        ("本意见自2023年8月1日起施行,有效期2年。", date(2023, 8, 1), date(2025, 8, 1)),
        ("本办法有效期3年。本办法自2024年5月1日起施行。", date(2024, 5, 1), date(2027, 5, 1)),
        ("以上各项政策措施除明确规定时限外,有效期3年。", DATED, date(2027, 2, 28)),
        ("本通知自发布之日起执行,有效期至2025年12月31日。", DATED, date(2025, 12, 31)),
        ("本通知自发布之日起执行,有效期至2025年底。", DATED, date(2025, 12, 31)),
        ("本办法自2024年1月1日起施行,至2026年12月31日止。", date(2024, 1, 1), date(2026, 12, 31)),
        ("本政策执行期限为2024年1月1日至12月31日。", date(2024, 1, 1), date(2024, 12, 31)),
        ("本政策有效期自2024年1月1日至2025年6月30日。", date(2024, 1, 1), date(2025, 6, 30)),
        ("本办法自印发之日起试行,试行期一年。", DATED, date(2025, 2, 28)),
        ("本办法自印发之日起试行一年。", DATED, date(2025, 2, 28)),
        ("以上措施自公布之日起施行,试行一年。", DATED, date(2025, 2, 28)),
        ("本办法自公布之日起30日后施行。", date(2024, 3, 31), None),
        ("本通知自发文之日起执行,执行期限暂定为2年。", DATED, date(2026, 2, 28)),
        ("本措施执行时间为2023年1月1日至2023年12月31日。", date(2023, 1, 1), date(2023, 12, 31)),
        ("本方案实施期限为2023—2025年。", date(2023, 1, 1), date(2025, 12, 31)),
        ("本措施自印发之日起执行,没有明确期限的,截至2024年12月31日。", DATED, date(2024, 12, 31)),
        ("本条例自2018年1月1日起施行。", date(2018, 1, 1), None),
        ("本规定自2024年1月1日起施行,于2025年6月30日废止。", date(2024, 1, 1), date(2025, 6, 30)),
        ("本意见自印发之日起施行。原《某意见》(甲政发〔2020〕1号)自2024年1月1日起废止。", DATED, None),
    ],
)
def test_the_term_of_an_instrument(clause_of, text: str, effective: date, expires: date | None) -> None:
    validity = instrument_validity([clause_of(text, Level.TAIL)], DATED)
    assert (validity.stated, validity.effective_on, validity.expires_on) == (True, effective, expires)
    assert all(sentence.strip() in text for sentence in validity.basis.split("。") if sentence)
    assert validity.basis_clause_id == "i~tail_1"


@pytest.mark.parametrize(
    "text",
    [
        "附件:名单",
        "请各单位认真贯彻执行。",
        "到2025年,总产值达到600亿元。",
        "(2023—2025年)",
        "原《某意见》自2024年1月1日起废止。",
    ],
)
def test_what_says_nothing_of_a_term_is_unknown(clause_of, text: str) -> None:
    validity = instrument_validity([clause_of(text, Level.TAIL)], DATED)
    assert validity == Validity()
    assert validity.status(date(2030, 1, 1)) is ValidityStatus.UNKNOWN


def test_an_article_speaks_for_the_whole_only_where_it_names_it(clause_of) -> None:
    licence = clause_of("第三条 许可证有效期5年,自发布之日起施行检查。", Level.ARTICLE, 3, "第三条")
    last = clause_of("第四条 本办法自2024年5月1日起施行,有效期2年。", Level.ARTICLE, 4, "第四条")
    assert instrument_validity([licence], DATED) == Validity()
    validity = instrument_validity([licence, last], DATED)
    assert (validity.effective_on, validity.expires_on) == (date(2024, 5, 1), date(2026, 5, 1))
    assert validity.basis == "本办法自2024年5月1日起施行,有效期2年。"
    assert validity.basis_clause_id == last.id


def test_a_clause_in_the_middle_speaks_for_the_whole_under_a_heading_that_says_so(clause_of) -> None:
    text = "五、附则\n(一)自2024年5月1日起施行。"
    assert instrument_validity([clause_of(text)], DATED) == Validity()
    assert instrument_validity([clause_of(text, headings=("附则",))], DATED).effective_on == date(2024, 5, 1)


def test_what_is_in_force_for_good_is_stated_and_open(clause_of) -> None:
    validity = instrument_validity([clause_of("本办法长期有效。", Level.TAIL)], DATED)
    assert (validity.stated, validity.expires_on) == (True, None)
    assert validity.status(date(2050, 1, 1)) is ValidityStatus.IN_FORCE


def test_an_item_of_the_last_article_may_say_the_term(read) -> None:
    term = "本政策自2022年7月1日起施行,有效期至2025年6月30日;"
    text = f"甲市政策\n第一条 甲。\n第二条 附则\n(一)由某局解释。\n(二){term}此前的参照执行。"
    reading = read(text)
    validity = reading.instruments[0].validity
    assert (validity.effective_on, validity.expires_on) == (date(2022, 7, 1), date(2025, 6, 30))
    assert validity.basis_span is not None
    assert validity.basis_span.of(text) == term


def test_the_term_of_the_instrument_is_none_of_the_clause_that_states_it(read) -> None:
    text = "某措施\n一、奖励执行至2026年12月31日。\n二、本措施自2026年7月1日起施行,有效期至2027年6月30日。"
    reading = read(text)
    terms = {str(c.path): [term.expires_on for term in c.terms] for c in reading.clauses if c.path.labels[0] != "题头"}
    assert terms == {"h1_1": [date(2026, 12, 31)], "h1_2": []}
    assert reading.instruments[0].validity.expires_on == date(2027, 6, 30)


def test_a_term_without_a_known_date_is_stated_and_open(clause_of) -> None:
    validity = instrument_validity([clause_of("本意见自印发之日起施行,有效期2年。", Level.TAIL)], None)
    assert (validity.stated, validity.effective_on, validity.expires_on) == (True, None, None)


WHOLE = Validity(DATED, date(2027, 2, 28), stated=True, basis="有效期3年。", basis_clause_id="i~tail_1")


def governing(clause, words: str) -> Validity:
    start = clause.text.index(words) + clause.span.start
    return validity_of(Span(start, start + len(words)), clause, WHOLE)[0]


@pytest.mark.parametrize(
    ("text", "effective", "expires"),
    [
        ("免征增值税。执行期限至2023年12月31日。", DATED, date(2023, 12, 31)),
        ("减半征收,实施期限延长至2024年底。", DATED, date(2024, 12, 31)),
        ("减半征收,执行至2024年6月底。", DATED, date(2024, 6, 30)),
        ("注册费零收费执行期限为2020年1月1日至6月30日。", date(2020, 1, 1), date(2020, 6, 30)),
        ("自2023年1月1日至2027年12月31日,减半征收。", date(2023, 1, 1), date(2027, 12, 31)),
        ("对企业延续实施阶段性降低费率政策至2024年底。", DATED, date(2024, 12, 31)),
    ],
)
def test_a_term_of_a_clause_s_own(clause_of, text: str, effective: date, expires: date) -> None:
    (term,) = terms_of(clause_of(text, start=7), WHOLE)
    assert (term.stated, term.effective_on, term.expires_on) == (True, effective, expires)
    assert term.span == Span(7, 7 + len(text))
    assert term.basis in text


def test_what_follows_national_rules_is_unknown(clause_of) -> None:
    (term,) = terms_of(clause_of("继续落实退税政策。执行期限按国家统一规定执行。"), WHOLE)
    assert term.status(date(2024, 6, 1)) is ValidityStatus.UNKNOWN


@pytest.mark.parametrize(
    "text",
    ["力争三年内完成。", "今年2月份纳税申报期限延长至2月24日。", "期限不超过3年的贷款。", "2025年底前完成任务。"],
)
def test_a_deadline_or_a_plan_is_no_term(clause_of, text: str) -> None:
    assert terms_of(clause_of(text), WHOLE) == ()


def test_two_terms_in_one_sentence_each_govern_what_they_speak_of(clause_of) -> None:
    text = (
        "(十)降低手续费。开户手续费实行5折优惠。取消支票工本费、本票手续费。支持落实其他减免政策。"
        "其中,票据业务执行期限为长期,其余措施执行期限至2024年9月30日。"
    )
    clause = replace_terms(clause_of(text, start=30))
    assert governing(clause, "取消支票工本费").expires_on is None
    assert governing(clause, "取消支票工本费").status(date(2040, 1, 1)) is ValidityStatus.IN_FORCE
    assert governing(clause, "开户手续费实行5折").expires_on == date(2024, 9, 30)
    assert governing(clause, "票据业务执行期限为长期").expires_on is None
    chosen, others = validity_of(clause.span, clause, WHOLE)
    assert {chosen.expires_on, *(other.expires_on for other in others)} == {None, date(2024, 9, 30)}


def test_a_continued_policy_ends_with_its_sentence_and_those_that_begin_with_qizhong(clause_of) -> None:
    text = "(一)对企业延续实施降低费率政策至2024年底。其中,失业保险费率按1%执行。个人可自愿补缴。"
    clause = replace_terms(clause_of(text))
    assert governing(clause, "失业保险费率按1%").expires_on == date(2024, 12, 31)
    assert governing(clause, "个人可自愿补缴") == WHOLE


def test_a_term_governs_what_stands_before_it(clause_of) -> None:
    clause = replace_terms(clause_of("按20%的税率缴纳。执行期限至2024年12月31日。高新技术企业按15%征收。"))
    assert governing(clause, "按20%的税率").expires_on == date(2024, 12, 31)
    assert governing(clause, "按15%征收") == WHOLE


def replace_terms(clause):
    from dataclasses import replace

    return replace(clause, terms=terms_of(clause, WHOLE))


@pytest.mark.parametrize(
    ("title", "effective", "expires"),
    [
        ("天门市促进个体工商户发展若干措施", date(2023, 8, 1), date(2026, 8, 1)),
        ("关于加快工业企业进规入库的五条意见", date(2023, 8, 28), date(2025, 8, 28)),
        ("关于支持商贸企业进限纳统的五条意见", date(2023, 8, 28), date(2025, 8, 28)),
        ("关于支持服务业企业进规纳统的五条意见", date(2023, 8, 28), date(2025, 8, 28)),
        ("关于加强建筑业企业培育的五条意见", date(2023, 8, 28), date(2025, 8, 28)),
        ("关于支持经营主体发展的两条意见", date(2023, 8, 1), date(2025, 8, 1)),
        ("天门市涉企补偿救济实施办法(试行)", date(2023, 8, 29), date(2024, 8, 29)),
    ],
)
def test_the_bundled_instruments_that_state_a_term(library, title: str, effective: date, expires: date) -> None:
    (instrument,) = [i for i in library.instruments if i.title == title]
    assert (instrument.validity.effective_on, instrument.validity.expires_on) == (effective, expires)
    assert instrument.validity.basis in library.clause[instrument.validity.basis_clause_id].text


def test_all_others_of_the_bundle_state_none(library) -> None:
    assert sum(instrument.validity.stated for instrument in library.instruments) == 7


@pytest.mark.parametrize(
    ("label", "words", "expires"),
    [
        ("(一)", "失业保险费率按1%执行", date(2024, 12, 31)),
        ("(二)", "可以申请办理缓缴手续", date(2023, 12, 31)),
        ("(四)", "免征增值税", date(2023, 12, 31)),
        ("(七)", "减征资源税", date(2024, 12, 31)),
        ("(八)", "每户每年14400元", date(2025, 12, 31)),
        ("(十)", "取消支票工本费", None),
        ("(十)", "价格9折", date(2024, 9, 30)),
        ("(二十)", "按20%的税率", date(2024, 12, 31)),
        ("(二十)", "按15%的税率", date(2026, 8, 1)),
        ("(十八)", "3年内免征增值税", date(2026, 8, 1)),
    ],
)
def test_terms_within_a_bundled_instrument(library, clause, label: str, words: str, expires: date | None) -> None:
    found = clause(library, "个体工商户发展若干措施", label)
    start = found.span.start + found.text.index(words)
    inherited = library.instrument[found.instrument_id].validity
    validity, _ = validity_of(Span(start, start + len(words)), found, inherited)
    assert validity.expires_on == expires
    assert validity.stated
