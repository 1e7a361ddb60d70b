import datetime

import pytest
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_legal_person
from applications.models import Recognition
from applications.tests.titles import make_eligible, make_renewable, make_title
from reviews.models import Filing
from reviews.services.filings import open_filing
from reviews.tests.factories import open_window

pytestmark = pytest.mark.django_db

RENEWALS = "/enterprise/renewals/"
START = "/enterprise/filings/start/innovative_renewal/"


def page_of(client, enterprise, address=RENEWALS):
    client.force_login(enterprise.account)
    return client.get(address).content.decode()


def test_the_path_shows_number_validity_countdown_eligibility_and_window(client):
    title = make_renewable(ends_in=60)
    page = page_of(client, title.enterprise)
    assert title.number in page
    assert "距到期还有 60 天" in page
    assert "<strong>满足复核条件</strong>（江苏省中小企业主管部门于 " in page
    assert "开放中" in page
    assert f'action="{START}"' in page


def test_a_title_that_is_over_says_since_when(client):
    title = make_title(ends_in=-3)
    assert "已到期 3 天" in page_of(client, title.enterprise)


def test_without_eligibility_there_is_no_button_but_the_manuals_sentence_and_whom_to_call(client):
    title = make_title(ends_in=60)
    open_window("innovative_renewal")
    page = page_of(client, title.enterprise)
    assert "【该企业不满足复核条件】" in page
    assert "江苏省中小企业主管部门（电话 010-32000000）" in page
    assert START not in page


def test_outside_the_window_the_card_says_so(client):
    title = make_title(ends_in=60)
    make_eligible(title)
    page = page_of(client, title.enterprise)
    assert "江苏省的“创新型中小企业复核”目前未开放，下次开放时间尚未公布" in page
    assert START not in page


def test_tiers_in_which_no_title_was_ever_held_have_no_card(client):
    title = make_renewable()
    page = page_of(client, title.enterprise)
    assert 'id="innovative"' in page
    assert 'id="specialized"' not in page


def test_an_enterprise_without_any_title_learns_what_to_check_and_whom_to_call(client):
    enterprise = make_enterprise()
    page = page_of(client, enterprise)
    assert "平台上没有贵企业的认定记录" in page
    assert enterprise.uscc in page
    assert "010-32000000" in page


def test_an_account_without_a_record_may_look_too(client):
    client.force_login(make_legal_person())
    answer = client.get(RENEWALS)
    assert answer.status_code == 200
    assert "还没有复核记录" in answer.content.decode()


def test_the_button_opens_the_renewal_and_the_record_stands_here_and_not_among_the_applications(client):
    title = make_renewable()
    client.force_login(title.enterprise.account)
    answer = client.post(START)
    filing = Filing.objects.get(kind="innovative_renewal")
    assert answer.url == f"/enterprise/filings/{filing.pk}/fill/"
    page = client.get(RENEWALS).content.decode()
    assert f'aria-label="继续填写 {filing.period}' not in page
    assert 'aria-label="继续填写 创新型中小企业复核"' in page
    applications = client.get("/enterprise/filings/").content.decode()
    assert 'aria-label="继续填写 创新型中小企业复核"' not in applications
    assert f'aria-label="详情 {title.filing.number}"' in applications
    assert f'aria-label="详情 {title.filing.number}"' not in page


def test_starting_without_eligibility_is_refused_on_a_page_of_its_own(client):
    title = make_title(ends_in=60)
    client.force_login(title.enterprise.account)
    answer = client.post(START)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "【该企业不满足复核条件】" in page
    assert f'href="{RENEWALS}">返回</a>' in page
    assert not Filing.objects.filter(kind="innovative_renewal").exists()


def test_after_the_renewal_the_card_names_the_new_end_and_offers_no_second_one(client):
    title = make_title(ends_in=60)
    again = make_title(enterprise=make_enterprise())
    Recognition.objects.filter(pk=again.pk).update(
        enterprise=title.enterprise, valid_from=title.valid_until + datetime.timedelta(days=1),
        valid_until=timezone.localdate() + datetime.timedelta(days=1155),
    )
    page = page_of(client, title.enterprise)
    until = timezone.localdate() + datetime.timedelta(days=1155)
    assert f"贵企业的复核已通过，创新型中小企业称号有效期已延续至 {until.isoformat()}" in page
    assert START not in page


def test_other_enterprises_titles_are_not_shown(client):
    title = make_renewable()
    assert title.number not in page_of(client, make_enterprise())


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_titles(client, django_assert_num_queries, count):
    enterprise = make_enterprise()
    for tier in ("innovative", "specialized", "little_giant")[:count]:
        title = make_renewable(tier, enterprise)
        open_filing(user=enterprise.account, kind_code=f"{title.tier}_renewal")
    client.force_login(enterprise.account)
    with django_assert_num_queries(14):
        page = client.get(RENEWALS).content.decode()
    assert page.count('<article class="filing-record"') == count
