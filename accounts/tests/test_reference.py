"""The reference data as loaded from accounts/data."""
import pytest
from django.core.management import call_command

from accounts.models import Authority, EmergingHint, Industry, Product, Region, SizeStandard
from accounts.reference import load_all
from accounts.reference.industries import split_products

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def way_up(region_code):
    authority = Region.objects.get(code=region_code).authority
    way = []
    while authority:
        way.append((authority.code, authority.level))
        authority = authority.parent
    return way


def test_every_row_of_the_files_is_loaded(reference):
    assert reference == {
        "主管部门": 3214,
        "行政区划": 3214,
        "行业": 1972,
        "产品": 5739,
        "战略性新兴产业提示": 939,
        "中小企业划型标准": 16,
    }
    models = (Authority, Region, Industry, Product, EmergingHint, SizeStandard)
    assert [model.objects.count() for model in models] == list(reference.values())


def test_authorities_have_one_ministry_37_provincial_departments_and_the_levels_below():
    assert Authority.objects.get(level="ministry").short_name == "部级"
    assert Authority.objects.filter(level="province", parent__code="000000").count() == 37
    assert Authority.objects.filter(level="city").exclude(parent__level="province").count() == 0
    assert Authority.objects.filter(level="county").exclude(parent__level="city").count() == 0


def test_a_county_of_a_province_answers_to_county_city_province_and_ministry():
    assert way_up("320102") == [
        ("320102", "county"), ("320100", "city"), ("320000", "province"), ("000000", "ministry"),
    ]  # fmt: skip


def test_a_district_of_a_separate_planning_city_answers_to_the_city_as_a_provincial_department():
    assert way_up("210202") == [("210202", "city"), ("210200", "province"), ("000000", "ministry")]
    dalian = Region.objects.get(code="210200")
    assert dalian.parent_id == "210000"
    assert dalian.authority.parent.code == "000000"


def test_a_district_of_a_municipality_is_the_first_level_below_it():
    assert way_up("500103") == [("500103", "city"), ("500000", "province"), ("000000", "ministry")]


def test_a_county_directly_below_its_province_is_a_city_level_authority():
    assert way_up("429004") == [("429004", "city"), ("420000", "province"), ("000000", "ministry")]


def test_cities_of_the_corps_answer_to_its_divisions_and_an_unpaired_one_to_the_corps():
    assert way_up("659001") == [("660008", "city"), ("660000", "province"), ("000000", "ministry")]
    assert way_up("659013") == [("660000", "province"), ("000000", "ministry")]
    assert Authority.objects.filter(parent__code="660000").count() == 14
    assert not Authority.objects.filter(code__startswith="6590").exists()


def test_a_prefecture_without_counties_is_a_leaf_that_answers_to_its_own_city_authority():
    assert way_up("441900") == [("441900", "city"), ("440000", "province"), ("000000", "ministry")]
    leaves = Region.objects.filter(level="prefecture", is_leaf=True).values_list("code", flat=True)
    assert list(leaves) == ["441900", "442000", "460400", "620200"]


def test_every_leaf_has_an_authority_and_nothing_below_it():
    assert Region.objects.filter(is_leaf=True).count() == 2847 + 4
    assert not Region.objects.filter(parent__is_leaf=True).exists()
    without = Region.objects.filter(authority__isnull=True).values_list("name", flat=True)
    assert list(without) == ["台湾省", "香港特别行政区", "澳门特别行政区"]


def test_names_of_authorities_are_neutral_and_a_name_entered_by_an_administrator_stays():
    nanjing = Authority.objects.get(code="320100")
    assert (nanjing.name, nanjing.short_name) == ("江苏省南京市中小企业主管部门", "南京市")
    Authority.objects.filter(code="320100").update(name="测试局", telephone="025-88880000")
    Authority.objects.filter(code="320500").update(name="旧名中小企业主管部门")
    load_all()
    nanjing.refresh_from_db()
    assert (nanjing.name, nanjing.telephone) == ("测试局", "025-88880000")
    assert Authority.objects.get(code="320500").name == "江苏省苏州市中小企业主管部门"


def test_loading_again_changes_nothing_and_keeps_the_ids(capsys):
    before = list(Product.objects.order_by("id").values_list("id", "industry_id", "name"))
    Region.objects.filter(code="320102").update(name="旧名")
    Region.objects.create(code="320199", name="撤销区", full_name="江苏省南京市撤销区", level="county", parent_id="320100")
    call_command("load_reference")
    assert list(Product.objects.order_by("id").values_list("id", "industry_id", "name")) == before
    assert Region.objects.get(code="320102").name == "玄武区"
    assert Region.objects.filter(code="320199").exists(), "a vanished code may be referenced and stays"
    assert "行业: 1972" in capsys.readouterr().out


def test_industries_have_their_section_and_four_levels():
    lithium = Industry.objects.get(code="3841")
    assert (lithium.section, lithium.level, lithium.parent_id) == ("C", 4, "384")
    assert Industry.objects.filter(level=1).count() == 20


def test_listed_products_come_first_and_the_name_of_the_subclass_last():
    names = list(Product.objects.filter(industry="3841").values_list("name", flat=True))
    assert names[0] == "锂离子电池单体、模块及系统"
    assert names[-1] == "锂离子电池制造"
    assert len(names) == 5


def test_a_subclass_without_listed_products_has_one_product_of_its_own_name():
    assert list(Product.objects.filter(industry="0111").values_list("name", flat=True)) == ["稻谷种植"]
    assert not Industry.objects.filter(level=4, products__isnull=True).exists()


def test_a_hint_says_whether_only_a_part_of_the_subclass_belongs():
    hint = EmergingHint.objects.get(industry="3841", category="新一代信息技术产业·电子核心产业")
    assert (hint.name, hint.partial) == ("高储能和关键电子材料制造", True)
    assert EmergingHint.objects.filter(industry="2651", category="新材料产业").exists()


def test_a_product_name_broken_inside_a_bracket_is_put_together_again():
    assert split_products("甲（乙、丙）；丁") == ["甲（乙、丙）", "丁"]
    assert split_products("高纯（全元素分；析）；镍") == ["高纯（全元素分析）", "镍"]
    assert split_products("甲（未闭合；乙；丙") == ["甲（未闭合", "乙", "丙"]
    assert split_products("") == []


def test_size_standards_keep_their_bounds_as_data():
    industry = SizeStandard.objects.get(key="industry")
    assert industry.prefixes == ["B", "C", "D"]
    assert industry.bounds == {
        "rule": "any",
        "sme": {"employees": 1000, "revenue": 40000},
        "medium": {"employees": 300, "revenue": 2000},
        "small": {"employees": 20, "revenue": 300},
    }
