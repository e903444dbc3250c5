"""The city of a document, from its own words."""

import pytest

from corpus.cities import Cities, short_name


@pytest.mark.parametrize(
    ("issuer", "title", "city"),
    [
        ("天门市人民政府办公室", "", "天门市"),
        ("湖北省天门市人民政府", "", "天门市"),
        ("中共荆门市委办公室", "", "荆门市"),
        ("石家庄市人民政府", "", "石家庄市"),
        ("", "呼和浩特市促进办法", "呼和浩特市"),
        ("国家税务总局深圳市税务局", "", "深圳市"),
        ("上海市商务委员会", "", "上海市"),
        ("", "关于印发荆门市工作方案的通知", "荆门市"),
        ("", "本溪市规定", "本溪市"),
        ("", "《本溪市规定》解读", "本溪市"),
        ("湖北省人民政府", "天门市总体规划", ""),
        ("国务院办公厅", "关于北京市规划的批复", ""),
        ("", "中华人民共和国中小企业促进法", ""),
        ("市人民政府办公室", "全市各县市城市上市企业超市办法", ""),
        ("", "加快建设万亿工业强市工作任务分解", ""),
        ("清源县人民政府办公室", "关于加快农产品加工业发展的意见", "清源县"),
        ("", "江浦新区人才引进办法", "江浦新区"),
        ("", "松岭经济技术开发区关于节约用地的规定", "松岭经济技术开发区"),
        ("", "中共禾丰县委农村工作领导小组关于产业发展的意见", "禾丰县"),
        ("黎川市青岚区人民政府", "", "黎川市"),
        ("", "园区企业管理办法", ""),
        ("", "各县区任务分解", ""),
    ],
)
def test_of_issuer_and_title(issuer: str, title: str, city: str) -> None:
    assert Cities("").of(issuer, title) == city


@pytest.mark.parametrize(
    ("text", "city"),
    [
        ("在天门市落户,天门市经济开发区,到天门市投资", "天门市"),
        ("在石家庄市落户,石家庄市税务局,到石家庄市投资", "石家庄市"),
        ("经乌鲁木齐市同意,乌鲁木齐市财政局,到乌鲁木齐市投资", "乌鲁木齐市"),
        ("全市各县市,城市更新,支持企业上市,超市,全市部门市场", ""),
        ("到天门市投资", ""),
    ],
)
def test_of_the_text_where_nothing_else_names_one(text: str, city: str) -> None:
    assert Cities(text).of("市商务局", "关于某事的通知") == city


def test_the_cities_of_the_sample_stand_in_its_own_words(library) -> None:
    found = {i.title: Cities(library.document[i.document_id].text).of("", "") for i in library.instruments}
    stated = {i.title: i.city for i in library.instruments}
    assert {title for title in found if found[title] != stated[title]} == {"加快建设万亿工业强市工作任务分解"}


@pytest.mark.parametrize(
    ("city", "short"),
    [("天门市", "天门"), ("清源县", "清源"), ("江浦新区", "江浦"), ("松岭经济技术开发区", "松岭"), ("忠县", "忠县")],
)
def test_a_place_as_people_say_it(city: str, short: str) -> None:
    assert short_name(city) == short
