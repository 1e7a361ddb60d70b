"""The page 完善企业基本信息 / 编辑企业基本情况."""
import html

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import Enterprise
from accounts.queries import enterprise_of
from accounts.services import enterprises
from accounts.tests.factories import make_authority_tree, make_enterprise, make_legal_person, make_officer
from accounts.tests.test_enterprise_form import FILLED

pytestmark = pytest.mark.django_db


def sign_in(client, account):
    client.force_login(account)
    return reverse("accounts:enterprise_edit")


def text_of(answer):
    return html.unescape(answer.content.decode())


def test_a_new_account_sees_its_verified_name_and_a_blank_form(client):
    make_authority_tree()
    page = text_of(client.get(sign_in(client, make_legal_person(name="测试首存有限公司"))))
    assert "<h1 class=\"page-title\">完善企业基本信息</h1>" in page
    assert "实名认证企业名称" in page
    assert "测试首存有限公司" in page
    for label in ("【实名信息同步】", ">保存<", ">返回<", ">实名信息同步<"):
        assert label in page
    assert 'name="seen_version" value="0"' in page


def test_saving_says_so_and_goes_to_the_enterprise_home(client):
    url = sign_in(client, make_legal_person())
    make_authority_tree()
    answer = client.post(url, FILLED | {"seen_version": "0", "action": "save"})
    assert (answer.status_code, answer["Location"]) == (302, reverse("applications:home"))
    assert [str(message) for message in answer.wsgi_request._messages] == ["保存成功"]
    assert Enterprise.objects.get().is_complete


@pytest.mark.parametrize(
    ("target", "expected"),
    [("/somewhere/?a=1", "/somewhere/?a=1"), ("https://evil.example/", None), ("//evil.example/", None), ("", None)],
)
def test_saving_goes_on_to_where_the_user_came_from_on_this_site_only(client, target, expected):
    url = sign_in(client, make_legal_person())
    make_authority_tree()
    answer = client.post(url, FILLED | {"seen_version": "0", "next": target})
    assert answer["Location"] == (expected or reverse("applications:home"))


def test_errors_stand_at_the_field_and_in_a_linked_summary_and_what_was_typed_stays(client):
    url = sign_in(client, make_legal_person())
    make_authority_tree()
    answer = client.post(url, FILLED | {"seen_version": "0", "revenue": "-5", "address": "保留的地址", "next": "/x/"})
    page = text_of(answer)
    assert answer.status_code == 422
    sentence = "上年度营业收入：您填写的“-5”小于 0，应为不小于 0 的数字（万元，最多两位小数），请改正。"
    assert f'<a href="#id_revenue">{sentence}</a>' in page
    assert f'<div class="field__error" id="id_revenue_error"><p>{sentence}</p></div>' in page
    assert 'value="-5"' in page
    assert 'value="保留的地址"' in page
    assert 'name="next" value="/x/"' in page
    assert not Enterprise.objects.exists()


def test_a_second_window_gets_409_sees_both_values_and_may_save_knowingly(client):
    enterprise = make_enterprise()
    url = sign_in(client, enterprise.account)
    first = FILLED | {"seen_version": "1", "address": "甲路 1 号"}
    assert client.post(url, first).status_code == 302
    answer = client.post(url, FILLED | {"seen_version": "1", "address": "乙路 2 号"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "另一窗口已保存过修改" in page
    assert "<th scope=\"row\">通讯地址</th><td>甲路 1 号</td><td>乙路 2 号</td>" in page
    assert 'value="乙路 2 号"' in page
    assert 'name="seen_version" value="2"' in page
    assert client.post(url, FILLED | {"seen_version": "2", "address": "乙路 2 号"}).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.address == "乙路 2 号"


def test_a_page_without_a_version_never_overwrites(client):
    enterprise = make_enterprise()
    url = sign_in(client, enterprise.account)
    for broken in ({}, {"seen_version": "x"}, {"seen_version": ""}):
        assert client.post(url, FILLED | broken | {"address": "新址"}).status_code == 409
    enterprise.refresh_from_db()
    assert enterprise.address == "科技路 1 号"


def test_synchronising_the_name_keeps_what_is_typed_and_the_next_save_works(client):
    enterprise = make_enterprise(name="测试旧名有限公司")
    enterprise.account.verified_name = "测试新名有限公司"
    enterprise.account.save()
    url = sign_in(client, enterprise.account)
    answer = client.post(url, FILLED | {"seen_version": "1", "action": "sync", "address": "半路", "revenue": ""})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "实名信息同步成功，企业名称为“测试新名有限公司”" in page
    assert 'value="半路"' in page
    assert "此项必填" not in page
    assert 'name="seen_version" value="2"' in page
    assert client.post(url, FILLED | {"seen_version": "2"}).status_code == 302
    enterprise.refresh_from_db()
    assert enterprise.name == "测试新名有限公司"


def test_synchronising_does_not_hide_that_another_window_has_saved(client):
    enterprise = make_enterprise(name="测试旧名有限公司")
    enterprise.account.verified_name = "测试新名有限公司"
    enterprise.account.save()
    url = sign_in(client, enterprise.account)
    client.post(url, FILLED | {"seen_version": "1", "address": "甲路 1 号"})
    page = text_of(client.post(url, FILLED | {"seen_version": "1", "action": "sync"}))
    assert 'name="seen_version" value="1"' in page
    assert client.post(url, FILLED | {"seen_version": "1"}).status_code == 409


def test_a_recognised_enterprise_is_sent_to_the_annual_update(client, monkeypatch):
    monkeypatch.setattr(enterprises, "_title_checks", [lambda enterprise: True])
    enterprise = make_enterprise()
    url = sign_in(client, enterprise.account)
    for answer in (client.get(url), client.post(url, FILLED | {"seen_version": "1", "address": "新址"})):
        assert answer.status_code == 403
        assert "已认定企业不能在此页面编辑企业信息" in text_of(answer)
    enterprise.refresh_from_db()
    assert enterprise.address == "科技路 1 号"


def test_an_officer_and_a_visitor_do_not_get_the_page(client):
    url = reverse("accounts:enterprise_edit")
    assert client.get(url).status_code == 302
    client.force_login(make_officer())
    assert client.get(url).status_code == 403


def test_an_account_without_real_name_verification_is_told_before_it_types(client):
    answer = client.get(sign_in(client, make_legal_person(verified=False)))
    assert answer.status_code == 403
    assert "请先在【用户中心】完成【法人】实名认证" in text_of(answer)


def test_without_script_region_and_industry_are_text_inputs_with_a_page_to_look_up(client):
    enterprise = make_enterprise()
    page = text_of(client.get(sign_in(client, enterprise.account)))
    assert '<input type="text" name="registered_region" id="id_registered_region" value="320102"' in page
    assert '<input type="text" name="industry" id="id_industry" value="3511"' in page
    assert reverse("accounts:region_lookup") in page
    assert reverse("accounts:industry_lookup") in page
    assert "“上市情况”选择“已上市”时填写。" in page


def test_the_edit_page_costs_the_same_reads_however_many_enterprises_there_are(client, django_assert_num_queries):
    enterprise = make_enterprise()
    url = sign_in(client, enterprise.account)
    client.get(url)
    with django_assert_num_queries(10):
        client.get(url)
    make_enterprise()
    make_enterprise()
    with django_assert_num_queries(10):
        client.get(url)


def test_the_summary_shows_every_label_and_masks_personal_numbers():
    enterprise = make_enterprise(listing_status="listed", stock_code="600000")
    page = html.unescape(
        render_to_string("accounts/enterprise_summary.html", {"enterprise": enterprise_of(enterprise.account)})
    )
    assert "<dt>企业注册地</dt><dd>江苏省南京市玄武区</dd>" in page
    assert "<dt>所属行业</dt><dd>35 专用设备制造业</dd>" in page
    assert "<dt>具体细分领域名称</dt><dd>3511 矿山机械制造</dd>" in page
    assert "<dt>联系人手机</dt><dd>138****0000</dd>" in page
    assert "13800000000" not in page
    assert "<dt>注册资本</dt><dd>1,000.00 万元</dd>" in page
    assert "<dt>企业规模</dt><dd>小型</dd>" in page
    assert "<dt>股票代码</dt><dd>600000</dd>" in page
    assert "拟上市地" not in page


def test_the_summary_asks_to_complete_when_nothing_is_there():
    for enterprise in (None, make_enterprise(complete=False)):
        page = render_to_string("accounts/enterprise_summary.html", {"enterprise": enterprise})
        assert "尚未完善企业基本信息" in page


def test_the_summary_reads_nothing_beyond_the_enterprise_it_was_given(django_assert_num_queries):
    enterprise = enterprise_of(make_enterprise().account)
    with django_assert_num_queries(0):
        render_to_string("accounts/enterprise_summary.html", {"enterprise": enterprise})
