import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from applications.tests.filled import TYPED, changed, make_complete_draft, make_draft, make_submitted, type_in
from reviews.enums import State
from reviews.models import ReviewEvent, Window

pytestmark = pytest.mark.django_db


def url(name, filing):
    return reverse(f"applications:{name}", args=[filing.pk])


def submit(client, filing, version=None, **options):
    return client.post(url("submit", filing), {"version": version or filing.version}, **options)


def test_the_check_page_names_who_will_receive_the_filing_and_that_it_cannot_be_taken_back(client):
    filing = make_complete_draft()
    client.force_login(filing.enterprise.account)
    page = client.get(url("check", filing)).content.decode()
    desk = filing.enterprise.registered_region.authority.parent
    assert desk.name in page
    assert desk.telephone in page
    assert "提交后不能自行撤回或修改" in page
    assert "确认提交</button>" in page
    assert "江苏省南京市玄武区" in page
    assert "13800000000" in page


def test_an_incomplete_form_has_a_summary_that_links_to_the_fields_and_no_submit_button(client):
    filing = make_draft(values=changed("economy", revenue_y1="-5"))
    client.force_login(filing.enterprise.account)
    page = client.get(url("check", filing)).content.decode()
    assert f'href="{url("fill", filing)}#f-economy-revenue_y1"' in page
    assert "2025年营业收入：您填写的“-5”小于 0" in page
    assert f'href="{url("fill", filing)}#f-evidence-licence"' in page
    assert "确认提交</button>" not in page


def test_submitting_an_invalid_form_gives_422_and_the_summary_again(client):
    filing = make_draft(values=TYPED)
    client.force_login(filing.enterprise.account)
    answer = submit(client, filing)
    assert answer.status_code == 422
    assert "营业执照：缺少材料" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.state == State.DRAFT


def test_a_score_below_the_standard_is_warned_about_and_not_refused(client):
    poor = changed("economy", main_revenue_y1="2000", rd_expense_y1="0")
    filing = make_complete_draft()
    type_in(filing, poor | {"innovation": TYPED["innovation"] | {"ip_class1_self": "0"}})
    client.force_login(filing.enterprise.account)
    page = client.get(url("check", filing)).content.decode()
    assert "自评尚未满足“创新型中小企业评价标准”" in page
    assert submit(client, filing).status_code == 302


def test_submitting_ends_on_the_detail_page_that_says_what_happens_next(client):
    filing = make_complete_draft()
    client.force_login(filing.enterprise.account)
    answer = submit(client, filing, follow=True)
    filing.refresh_from_db()
    page = answer.content.decode()
    assert answer.redirect_chain == [(url("filing", filing), 302)]
    assert f"提交成功，编号 {filing.number}" in page
    assert f"现由{filing.desk.name}" in page


def test_a_double_click_submits_once_and_ends_on_the_same_page(client):
    filing = make_complete_draft()
    client.force_login(filing.enterprise.account)
    version = filing.version
    first, second = submit(client, filing, version), submit(client, filing, version)
    assert first.url == second.url == url("filing", filing)
    assert ReviewEvent.objects.filter(filing=filing).count() == 1
    page = client.get(second.url).content.decode()
    assert "提交成功" in page


def test_a_form_changed_in_another_window_is_not_submitted_unseen(client):
    filing = make_complete_draft()
    old = filing.version
    type_in(filing, changed("specialization", main_product="另一窗口改的产品"))
    client.force_login(filing.enterprise.account)
    answer = submit(client, filing, old)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "没有提交" in page
    assert "另一窗口改的产品" in page
    filing.refresh_from_db()
    assert filing.state == State.DRAFT


def test_after_the_window_has_closed_a_draft_is_kept_and_the_sentence_says_so(client):
    filing = make_complete_draft()
    moment = timezone.now() - datetime.timedelta(minutes=1)
    Window.objects.update(opens_at=moment - datetime.timedelta(days=1), closes_at=moment)
    client.force_login(filing.enterprise.account)
    answer = submit(client, filing)
    assert answer.status_code == 409
    assert "目前未开放" in answer.content.decode()
    filing.refresh_from_db()
    assert filing.state == State.DRAFT


def test_the_check_page_of_a_submitted_filing_leads_to_its_progress(client):
    filing = make_submitted()
    client.force_login(filing.enterprise.account)
    assert client.get(url("check", filing)).url == url("filing", filing)


def test_without_a_region_the_check_page_says_what_is_missing(client):
    filing = make_draft(values={"basic": {"registered_region": ""}})
    client.force_login(filing.enterprise.account)
    page = client.get(url("check", filing)).content.decode()
    assert "填写企业注册地后，才能确定由哪个主管部门审核" in page
    assert "企业注册地：此项必填，请选择。" in page
