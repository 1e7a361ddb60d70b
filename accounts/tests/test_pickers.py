"""The pickers 企业注册地 and 所属行业 and the live 企业规模, on the real reference data."""
import pytest
from django.urls import reverse

from accounts import queries
from accounts.tests.factories import make_legal_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

VISIT = 5  # session, user, and the save of the rolling session in its savepoint


@pytest.fixture
def visitor(client):
    client.force_login(make_legal_person(login_name="visitor"))
    return client


def items(visitor, name, **parameters):
    answer = visitor.get(reverse(f"accounts:{name}"), parameters)
    assert answer.status_code == 200
    return answer.json()["items"]


def test_the_region_picker_starts_with_the_provinces_that_have_an_authority(visitor):
    provinces = items(visitor, "picker_regions")
    assert len(provinces) == 31
    assert provinces[0] == {"code": "110000", "name": "北京市", "leaf": False}


def test_a_province_opens_to_its_prefectures_and_a_prefecture_to_its_counties(visitor):
    assert {"code": "320100", "name": "南京市", "leaf": False} in items(visitor, "picker_regions", parent="320000")
    assert {"code": "320102", "name": "玄武区", "leaf": True} in items(visitor, "picker_regions", parent="320100")


def test_a_municipality_opens_to_its_districts_which_are_the_last_level(visitor):
    districts = items(visitor, "picker_regions", parent="500000")
    assert len(districts) == 37
    assert all(item["leaf"] for item in districts)


def test_places_without_counties_and_counties_without_prefecture_are_the_last_level(visitor):
    assert {"code": "441900", "name": "东莞市", "leaf": True} in items(visitor, "picker_regions", parent="440000")
    assert {"code": "429004", "name": "仙桃市", "leaf": True} in items(visitor, "picker_regions", parent="420000")


def test_the_industry_tree_opens_from_section_to_product(visitor):
    assert {"code": "C", "name": "制造业", "level": 1, "leaf": False, "product": ""} in items(visitor, "picker_industries")
    assert [item["code"] for item in items(visitor, "picker_industries", parent="38")][:2] == ["381", "382"]
    lithium = items(visitor, "picker_industries", parent="384")[0]
    assert lithium == {"code": "3841", "name": "锂离子电池制造", "level": 4, "leaf": False, "product": ""}
    products = items(visitor, "picker_industries", parent="3841")
    assert products[0] == {
        "code": "3841",
        "name": "锂离子电池单体、模块及系统",
        "level": 5,
        "leaf": True,
        "product": "锂离子电池单体、模块及系统",
    }
    assert products[-1]["product"] == "锂离子电池制造"


def test_a_subclass_without_listed_products_is_the_last_level_itself(visitor):
    rice = items(visitor, "picker_industries", parent="011")[0]
    assert rice == {"code": "0111", "name": "稻谷种植", "level": 4, "leaf": True, "product": "稻谷种植"}


@pytest.mark.parametrize("typed", ["3841", "C3841", "３８４１", " 3841 "])
def test_search_finds_a_subclass_by_its_code_in_any_writing(visitor, typed):
    found = items(visitor, "picker_industry_search", q=typed)
    assert [item["code"] for item in found] == ["3841"]
    assert found[0]["path"] == "C 制造业 › 38 电气机械和器材制造业 › 384 电池制造"


def test_search_by_the_beginning_of_a_code_does_not_find_codes_that_contain_it(visitor):
    codes = [item["code"] for item in items(visitor, "picker_industry_search", q="384")]
    assert codes == ["3841", "3842", "3843", "3844", "3849"]


def test_search_by_name_puts_the_own_name_before_names_above_it(visitor):
    found = items(visitor, "picker_industry_search", q="电池制造")
    names = [item["name"] for item in found if item["level"] == 4]
    assert names[:2] == ["锂离子电池制造", "镍氢电池制造"]
    assert "火力发电" not in names


def test_search_by_product_finds_the_product_with_its_subclass(visitor):
    found = items(visitor, "picker_industry_search", q="工业机器人轴承")
    assert found == [
        {
            "code": "3451",
            "name": "工业机器人轴承",
            "level": 5,
            "leaf": True,
            "product": "工业机器人轴承",
            "path": "C 制造业 › 34 通用设备制造业 › 345 轴承、齿轮和传动部件制造 › 3451 滚动轴承制造",
        }
    ]


def test_search_is_cut_at_fifty_and_says_that_there_is_more(visitor):
    answer = visitor.get(reverse("accounts:picker_industry_search"), {"q": "制造"}).json()
    assert len(answer["items"]) == 50
    assert answer["message"] == "还有更多，请输入更完整的词"


def test_search_without_a_hit_says_what_to_try(visitor):
    answer = visitor.get(reverse("accounts:picker_industry_search"), {"q": "不存在的行业"}).json()
    assert answer == {"items": [], "message": "没有找到“不存在的行业”，请换一个词，或输入代码的前几位。"}
    assert visitor.get(reverse("accounts:picker_industry_search"), {"q": " "}).json() == {"items": [], "message": ""}


def test_a_chosen_subclass_tells_division_subclass_and_the_emerging_suggestion(visitor):
    answer = visitor.get(reverse("accounts:picker_industry_chosen"), {"industry": "3841"}).json()
    assert answer["division"] == "38 电气机械和器材制造业"
    assert answer["subclass"] == "3841 锂离子电池制造"
    assert answer["path"] == ["C", "38", "384", "3841"]
    assert "新一代信息技术产业·电子核心产业（高储能和关键电子材料制造）：仅部分产品属于" in answer["hints"]


@pytest.mark.parametrize("code", ["", "38", "9999"])
def test_a_code_that_is_no_subclass_is_refused_with_a_remedy(visitor, code):
    answer = visitor.get(reverse("accounts:picker_industry_chosen"), {"industry": code})
    assert answer.status_code == 404
    assert answer.json()["message"] == "所属行业：所选代码不是 4 位小类，请点击“+”展开到最后一级重新选择。"


def test_the_size_class_follows_the_figures(visitor):
    figures = {"industry": "3511", "employees": "１２０", "revenue": "5,600", "assets": ""}
    answer = visitor.get(reverse("accounts:picker_size"), figures).json()
    assert (answer["size_class"], answer["label"]) == ("small", "小型")
    blank = visitor.get(reverse("accounts:picker_size")).json()
    assert (blank["size_class"], blank["label"], blank["missing"]) == ("", "未判定", ["所属行业"])
    wrong = visitor.get(reverse("accounts:picker_size"), figures | {"revenue": "-5"}).json()
    assert wrong["label"] == "未判定"
    assert wrong["explanation"].startswith("上年度营业收入：您填写的“-5”小于 0")


def test_choices_may_be_kept_by_the_browser_of_the_user_only(visitor):
    answer = visitor.get(reverse("accounts:picker_regions"))
    assert answer["Cache-Control"] == "private, max-age=3600" or answer["Cache-Control"] == "max-age=3600, private"


def test_a_visitor_is_sent_to_the_login_and_a_script_is_told(client):
    for name in ("picker_industries", "picker_industry_search", "picker_industry_chosen", "picker_size"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 302
        script = client.get(reverse(f"accounts:{name}"), headers={"X-Requested-With": "XMLHttpRequest"})
        assert script.status_code == 401


def test_somebody_who_cannot_sign_in_may_choose_his_region(client, reference):
    assert client.get(reverse("accounts:picker_regions")).json()["items"][0]["name"] == "北京市"
    assert "江苏省" in client.get(reverse("accounts:region_lookup")).content.decode()


def test_each_choice_costs_a_fixed_number_of_reads(visitor, django_assert_num_queries):
    for parent in ("", "320000", "460400"):  # 31, 13 and no rows
        with django_assert_num_queries(VISIT):  # public: the account is not read
            visitor.get(reverse("accounts:picker_regions"), {"parent": parent})
    for parent in ("", "38", "3841"):
        with django_assert_num_queries(VISIT + 1):
            visitor.get(reverse("accounts:picker_industries"), {"parent": parent})
    for text in ("3841", "电池", "制造"):  # 1, some, more than fifty
        with django_assert_num_queries(VISIT + 2):
            visitor.get(reverse("accounts:picker_industry_search"), {"q": text})
    with django_assert_num_queries(VISIT + 2):
        visitor.get(reverse("accounts:picker_industry_chosen"), {"industry": "3841"})


def test_the_lookup_page_works_without_script_level_by_level_and_by_name(visitor):
    page = visitor.get(reverse("accounts:region_lookup")).content.decode()
    assert 'href="?parent=320000"' in page
    assert "320102" in visitor.get(reverse("accounts:region_lookup"), {"parent": "320100"}).content.decode()
    page = visitor.get(reverse("accounts:region_lookup"), {"q": "玄武"}).content.decode()
    assert "江苏省南京市玄武区" in page
    assert "320102" in page
    page = visitor.get(reverse("accounts:industry_lookup"), {"parent": "384"}).content.decode()
    assert "锂离子电池制造" in page
    assert 'href="?parent=3841"' in page
    page = visitor.get(reverse("accounts:industry_lookup"), {"q": "没有这种产品"}).content.decode()
    assert "没有找到“没有这种产品”" in page


def test_a_region_is_found_by_code_and_by_full_name_with_one_read(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert queries.find_region("江苏省南京市玄武区").authority.code == "320102"
    assert queries.find_region("320102").full_name == "江苏省南京市玄武区"
    assert queries.find_region("玄武区") is None
