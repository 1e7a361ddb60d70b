"""What 完善企业基本信息 accepts, refuses and says."""
import datetime
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from accounts.forms.enterprise import EnterpriseFields, EnterpriseForm
from accounts.models import Enterprise, Product
from accounts.services.enterprises import EDITABLE
from accounts.tests.factories import make_authority_tree

pytestmark = pytest.mark.django_db

FILLED = {
    "registered_region": "320102",
    "address": "科技路 1 号",
    "postcode": "210000",
    "founded_on": "2015-05-08",
    "registered_capital": "1000",
    "enterprise_type": "private",
    "legal_representative": "张三",
    "legal_representative_phone": "",
    "legal_representative_mobile": "13900000000",
    "contact_name": "李四",
    "contact_phone": "025-88880001",
    "contact_mobile": "13800000000",
    "contact_fax": "",
    "contact_email": "contact@example.com",
    "controlling_shareholder": "测试控股有限公司",
    "actual_controller": "张三",
    "actual_controller_nationality": "中国",
    "has_little_giant_holding": "no",
    "little_giant_holding_name": "",
    "has_group_similar_product": "no",
    "group_similar_product_name": "",
    "industry": "3511",
    "product": "矿山开采成套控制系统",
    "employees": "120",
    "revenue": "5600",
    "total_assets": "7200",
    "listing_status": "no_plan",
    "stock_code": "",
    "listing_progress": "",
    "listing_place": "",
}


@pytest.fixture(autouse=True)
def tree():
    make_authority_tree()


def errors(**changes):
    form = EnterpriseFields(FILLED | changes)
    return {name: list(found) for name, found in form.errors.items()}


def cleaned(**changes):
    form = EnterpriseFields(FILLED | changes)
    assert form.errors == {}
    return form.cleaned_data


def test_a_filled_form_gives_model_values():
    values = cleaned()
    assert values["registered_region"].full_name == "江苏省南京市玄武区"
    assert values["industry"].code == "3511"
    assert (values["revenue"], values["employees"]) == (Decimal("5600"), 120)
    assert values["founded_on"] == datetime.date(2015, 5, 8)
    assert values["has_little_giant_holding"] is False


def test_fields_groups_and_stored_columns_are_the_same_set_with_the_same_labels():
    names = [name for _, group in EnterpriseFields.groups for name in group]
    assert len(names) == len(set(names))
    assert set(names) == set(EnterpriseFields.base_fields) == set(EDITABLE)
    for name, field in EnterpriseFields.base_fields.items():
        column = Enterprise._meta.get_field(name)
        assert field.label == column.verbose_name
        if column.max_length and not isinstance(field, forms.ChoiceField):
            assert field.limit <= column.max_length


def test_full_width_digits_separators_and_spaces_are_understood():
    values = cleaned(
        revenue="５，６００．５０", employees=" １２０ ", postcode="２１００００", contact_mobile="１３８０００００００0",
        contact_email="ｃｏｎｔａｃｔ@example.com", legal_representative=" 张三\u3000", founded_on="2015年5月8日",
    )  # fmt: skip
    assert (values["revenue"], values["employees"], values["postcode"]) == (Decimal("5600.50"), 120, "210000")
    assert values["contact_mobile"] == "13800000000"
    assert values["contact_email"] == "contact@example.com"
    assert values["legal_representative"] == "张三"
    assert values["founded_on"] == datetime.date(2015, 5, 8)


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("revenue", "-5", "上年度营业收入：您填写的“-5”小于 0，应为不小于 0 的数字（万元，最多两位小数），请改正。"),
        (
            "revenue",
            "12345678901234567890",
            "上年度营业收入：您填写的“12345678901234567890”超过上限 999,999,999,999.99 万元，请核对单位是否为万元。",
        ),
        ("revenue", "1.234", "上年度营业收入：您填写的“1.234”小数位数过多，单位为万元，最多两位小数，请改正。"),
        ("revenue", "五千", "上年度营业收入：您填写的“五千”不是数字，应为不小于 0 的数字（万元，最多两位小数），请改正。"),
        ("revenue", "1e5", "上年度营业收入：您填写的“1e5”不是数字，应为不小于 0 的数字（万元，最多两位小数），请改正。"),
        ("revenue", "NaN", "上年度营业收入：您填写的“NaN”不是数字，应为不小于 0 的数字（万元，最多两位小数），请改正。"),
        ("revenue", "", "上年度营业收入：此项必填，请填写。"),
        (
            "registered_capital",
            "-1",
            "注册资本：您填写的“-1”小于 0，应为不小于 0 的数字（万元，最多两位小数），请改正。",
        ),
        ("employees", "-1", "上年末从业人员：您填写的“-1”小于 0，应为不小于 0 的整数（人），请改正。"),
        ("employees", "12.5", "上年末从业人员：您填写的“12.5”不是整数，应为不小于 0 的整数（人），请改正。"),
        ("employees", "10000000", "上年末从业人员：您填写的“10000000”超过上限 9,999,999 人，请核对后改正。"),
        (
            "contact_mobile",
            "1380000",
            "联系人手机：您填写的“1380000”格式不正确，应为 11 位手机号，以 1 开头，例如 13800000000，请改正。",
        ),
        (
            "contact_phone",
            "abc",
            "联系人电话：您填写的“abc”格式不正确，应为区号加号码（例如 025-88886666）或 11 位手机号，请改正。",
        ),
        ("postcode", "21000", "邮编：您填写的“21000”格式不正确，应为 6 位数字，例如 210000，请改正。"),
        (
            "contact_email",
            "abc@",
            "E-mail：您填写的“abc@”不是有效的邮箱地址，应形如 name@example.com，请改正。",
        ),
        ("founded_on", "2015-02-30", "注册时间：您填写的“2015-02-30”不是有效日期，应形如 2015-05-08，请改正。"),
        ("founded_on", "1015-02-03", "注册时间：您填写的“1015-02-03”早于 1900 年，请核对后改正。"),
        ("enterprise_type", "", "企业类型：此项必填，请选择。"),
        ("enterprise_type", "other", "企业类型：您选择的“other”不在可选范围内，请从列出的选项中重新选择。"),
        ("has_little_giant_holding", "", "是否与现有“小巨人”企业存在控股关系：此项必填，请选择。"),
        ("registered_region", "", "企业注册地：此项必填，请选择。"),
        ("registered_region", "999999", "企业注册地：您选择的“999999”不是现行行政区划的代码或全称，请从【企业注册地】重新选择。"),
        ("registered_region", "320100", "企业注册地：您选择的“江苏省南京市”不是最末一级，请选择到县（市、区）。"),
        (
            "industry",
            "9999",
            "所属行业：您选择的“9999”不是《国民经济行业分类》（GB/T 4754-2017）的行业，请从【所属行业】重新选择。",
        ),
        (
            "industry",
            "35",
            "所属行业：您选择的“35 专用设备制造业”不是最末一级，请点击“+”展开，选择到 4 位小类或产品。",
        ),
        (
            "product",
            "别的产品",
            "产品：您选择的“别的产品”不属于行业“3511 矿山机械制造”，请从【所属行业】菜单中重新选择到最后一级。",
        ),
    ],
)
def test_bad_input_gets_one_sentence_with_label_value_rule_and_remedy(name, typed, sentence):
    assert errors(**{name: typed}) == {name: [sentence]}


def test_a_date_in_the_future_is_refused_and_today_is_not():
    today = timezone.localdate()
    tomorrow = (today + datetime.timedelta(days=1)).isoformat()
    assert errors(founded_on=tomorrow) == {
        "founded_on": [f"注册时间：您填写的“{tomorrow}”晚于今天（{today.isoformat()}），请核对后改正。"]
    }
    assert cleaned(founded_on=today.isoformat())["founded_on"] == today


def test_a_long_text_is_refused_with_its_length_and_repeated_in_part():
    assert errors(actual_controller="长" * 121) == {
        "actual_controller": [f"实际控制人：您填写的“{'长' * 40}…”共 121 个字，超过上限 120 个字，请缩短。"]
    }
    assert cleaned(actual_controller="长" * 120)["actual_controller"] == "长" * 120


@pytest.mark.parametrize(
    ("answers", "name", "sentence"),
    [
        (
            {"has_little_giant_holding": "yes"},
            "little_giant_holding_name",
            "存在控股关系的“小巨人”企业名称：您选择了与现有“小巨人”企业存在控股关系，请填写该企业名称。",
        ),
        (
            {"has_group_similar_product": "yes"},
            "group_similar_product_name",
            "同集团相似主导产品企业名称：您选择了同集团内有相似主导产品的企业，请填写该企业名称。",
        ),
        ({"listing_status": "listed"}, "stock_code", "股票代码：您选择了已上市，请填写股票代码。"),
        (
            {"listing_status": "planned", "listing_place": "bse"},
            "listing_progress",
            "上市进程：您选择了有上市计划，请选择上市进程。",
        ),
        (
            {"listing_status": "planned", "listing_progress": "reformed"},
            "listing_place",
            "拟上市地：您选择了有上市计划，请选择拟上市地。",
        ),
    ],
)
def test_an_answer_that_needs_another_field_asks_for_it(answers, name, sentence):
    assert errors(**answers) == {name: [sentence]}


def test_what_does_not_apply_any_more_is_emptied():
    values = cleaned(little_giant_holding_name="某企业", stock_code="600000", listing_place="bse")
    assert (values["little_giant_holding_name"], values["stock_code"], values["listing_place"]) == ("", "", "")


def test_a_blank_product_becomes_the_subclass_itself():
    Product.objects.create(industry_id="3511", name="矿山机械制造")
    assert cleaned(product="")["product"] == "矿山机械制造"


def test_region_and_industry_may_be_typed_as_names_without_the_picker():
    values = cleaned(registered_region="江苏省南京市玄武区", industry="矿山机械制造")
    assert (values["registered_region"].code, values["industry"].code) == ("320102", "3511")
    assert cleaned(industry="C3511")["industry"].code == "3511"


def test_stored_answers_with_booleans_and_numbers_are_accepted_like_typed_ones():
    values = cleaned(has_little_giant_holding=False, employees=120, revenue=Decimal("5600.00"))
    assert values["has_little_giant_holding"] is False
    assert (values["employees"], values["revenue"]) == (120, Decimal("5600"))


def test_the_size_class_is_known_while_the_rest_is_still_blank():
    form = EnterpriseFields({"industry": "3511", "employees": "120", "revenue": "5600"})
    assert form.size_result().size_class == "small"
    assert EnterpriseFields({"industry": "3511"}).size_result().missing == ("上年末从业人员", "上年度营业收入")


def test_problems_link_to_the_fields_in_the_order_of_the_page():
    form = EnterpriseForm(FILLED | {"listing_status": "", "postcode": "1", "employees": "x"})
    assert [anchor for anchor, _ in form.problems()] == ["id_postcode", "id_employees", "id_listing_status_0"]
