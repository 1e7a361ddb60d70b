import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_enterprise, make_legal_person, make_natural_person, make_officer
from applications.models import Recognition
from applications.tests.filled import KIND, make_draft, make_submitted
from reviews.enums import Action, State
from reviews.models import Filing, Window
from reviews.services import decisions
from reviews.tests.factories import announce, decide, officer_of, open_window, publicise

pytestmark = pytest.mark.django_db

HOME = "/enterprise/"
FILINGS = "/enterprise/filings/"
START = f"/enterprise/filings/start/{KIND}/"


def page_of(client, address):
    return client.get(address).content.decode()


def signed_in(client, enterprise):
    client.force_login(enterprise.account)
    return client


def make_rejected(enterprise):
    """Bring one more filing of the enterprise to its end, so that the list grows."""
    filing = make_submitted(enterprise)
    decide(filing, Action.REJECT, comment="不符合条件。")
    return filing


def detail(filing):
    return reverse("applications:filing", args=[filing.pk])


def test_home_shows_the_verified_name_the_badge_and_what_to_do(client):
    enterprise = make_enterprise()
    open_window(KIND)
    page = page_of(signed_in(client, enterprise), HOME)
    assert enterprise.account.verified_name in page
    assert "未认定" in page
    assert "编辑</a>" in page
    assert f'action="{START}"' in page


def test_home_of_an_account_without_record_asks_for_basic_information(client):
    client.force_login(make_legal_person())
    assert "请先完善企业基本信息" in page_of(client, HOME)


def test_home_shows_the_filing_under_way_and_who_has_it(client):
    filing = make_submitted()
    page = page_of(signed_in(client, filing.enterprise), HOME)
    assert filing.number in page
    assert filing.desk.name in page
    assert filing.desk.telephone in page


def test_the_badge_turns_from_unrecognised_to_the_title_with_number_and_validity(client):
    filing = make_submitted()
    while filing.state == State.IN_REVIEW:
        decide(filing)
    publicise(filing)
    assert "未认定" in page_of(signed_in(client, filing.enterprise), HOME)
    announce(filing)
    title = Recognition.objects.get()
    page = page_of(client, HOME)
    assert "tier-badge--innovative" in page
    assert title.number in page
    assert "未认定" not in page
    assert f"{title.valid_until.year}年{title.valid_until.month}月{title.valid_until.day}日" in page
    assert "编辑</a>" not in page


def test_an_expired_title_is_no_title(client):
    filing = make_submitted()
    while filing.state == State.IN_REVIEW:
        decide(filing)
    publicise(filing)
    announce(filing)
    past = timezone.localdate() - datetime.timedelta(days=1)
    Recognition.objects.update(valid_from=past - datetime.timedelta(days=1000), valid_until=past)
    assert "未认定" in page_of(signed_in(client, filing.enterprise), HOME)


def test_starting_without_basic_information_leads_there_and_back_in_the_manuals_words(client):
    client.force_login(make_legal_person())
    answer = client.post(START)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "完善企业基本信息" in page
    assert 'href="/enterprise/edit/?next=/enterprise/filings/">确定</a>' in page
    assert not Filing.objects.exists()


def test_starting_opens_the_draft_and_a_double_click_opens_the_same(client):
    enterprise = make_enterprise()
    open_window(KIND)
    signed_in(client, enterprise)
    first, second = client.post(START), client.post(START)
    filing = Filing.objects.get()
    assert first.url == second.url == reverse("applications:fill", args=[filing.pk])


def test_starting_outside_the_window_says_when_it_opens(client):
    enterprise = make_enterprise()
    window = open_window(KIND)
    Window.objects.filter(pk=window.pk).update(
        opens_at=timezone.now() + datetime.timedelta(days=3), closes_at=timezone.now() + datetime.timedelta(days=9)
    )
    answer = signed_in(client, enterprise).post(START)
    assert answer.status_code == 409
    assert "尚未开放，将于" in answer.content.decode()
    page = page_of(client, FILINGS)
    assert "尚未开放，将于" in page
    assert ">申报</button>" not in page


def test_a_window_of_another_province_opens_nothing(client):
    enterprise = make_enterprise(region="500103")
    open_window(KIND, "320000")
    answer = signed_in(client, enterprise).post(START)
    assert answer.status_code == 409
    assert "重庆市的“创新型中小企业申报”目前未开放" in answer.content.decode()


def test_starting_an_unknown_kind_is_not_found(client):
    assert signed_in(client, make_enterprise()).post("/enterprise/filings/start/nonsense/").status_code == 404


def test_opening_the_start_address_by_get_changes_nothing(client):
    assert signed_in(client, make_enterprise()).get(START).status_code == 405
    assert not Filing.objects.exists()


@pytest.mark.parametrize("address", [HOME, FILINGS])
def test_other_accounts_are_told_why_the_page_is_not_theirs(client, address):
    assert client.get(address).url == f"/accounts/login/?next={address}"
    client.force_login(make_natural_person())
    assert "自然人账户不能办理企业业务" in client.get(address).content.decode()
    client.force_login(make_officer())
    assert client.get(address).status_code == 403


def test_a_draft_can_be_continued_and_a_returned_filing_changed_from_the_list(client):
    filing = make_submitted()
    decide(filing, Action.RETURN, comment="请改正。")
    page = page_of(signed_in(client, filing.enterprise), FILINGS)
    assert f'aria-label="修改 {filing.number}"' in page
    draft = make_draft()
    page = page_of(signed_in(client, draft.enterprise), FILINGS)
    assert ">继续填写</a>" in page
    assert "未提交" in page


def test_the_list_shows_only_the_enterprises_own_filings(client):
    mine, other = make_submitted(), make_submitted()
    page = page_of(signed_in(client, mine.enterprise), FILINGS)
    assert mine.number in page
    assert other.number not in page


@pytest.mark.parametrize("page", ["0", "-1", "abc", "999999999999", "２"])
def test_an_absurd_page_number_is_no_error(client, page):
    assert signed_in(client, make_enterprise()).get(FILINGS, {"page": page}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_filings_takes_the_same_queries_for_one_and_three(client, django_assert_num_queries, count):
    enterprise = make_enterprise()
    for _ in range(count):
        make_rejected(enterprise)
    signed_in(client, enterprise)
    with django_assert_num_queries(17):
        page = page_of(client, FILINGS)
    assert page.count('aria-label="详情 ') == count


@pytest.mark.parametrize("count", [1, 3])
def test_home_takes_the_same_queries_for_one_and_three_filings(client, django_assert_num_queries, count):
    enterprise = make_enterprise()
    for _ in range(count):
        make_rejected(enterprise)
    signed_in(client, enterprise)
    with django_assert_num_queries(13):
        page_of(client, HOME)


@pytest.mark.parametrize("count", [1, 3])
def test_the_detail_page_takes_the_same_queries_for_one_and_three_comments(client, django_assert_num_queries, count):
    filing = make_submitted()
    officer = officer_of(filing.desk)
    for number in range(count):
        decisions.add_comment(
            filing_id=filing.pk, user=officer, section="economy", field="revenue", label="营业收入",
            text=f"意见{number}", visibility="enterprise",
        )  # fmt: skip
    decide(filing, Action.RETURN, comment="请改正。", user=officer)
    signed_in(client, filing.enterprise)
    with django_assert_num_queries(19):
        page = page_of(client, detail(filing))
    assert page.count(f'<a href="/enterprise/filings/{filing.pk}/fill/#f-economy-revenue">') == count


def test_the_detail_page_shows_progress_by_authority_and_never_an_officers_name(client):
    filing = make_submitted()
    officer = officer_of(filing.desk)
    city = filing.desk.name
    decide(filing, user=officer, comment="材料齐全。")
    page = page_of(signed_in(client, filing.enterprise), detail(filing))
    assert f"{city}　通过" in page
    assert f"{filing.desk.name}审核中" in page
    assert "公示、公告" in page
    assert officer.person_name not in page


def test_the_detail_page_shows_what_was_submitted_not_what_is_being_changed(client):
    filing = make_submitted()
    decide(filing, Action.RETURN, comment="请写明型号。")
    filing.answers["specialization"]["main_product"] = "改到一半"
    filing.save(update_fields=["answers"])
    page = page_of(signed_in(client, filing.enterprise), detail(filing))
    assert "矿山开采成套控制系统" in page
    assert "改到一半" not in page
    assert "请写明型号。" in page
    assert "修改</a>" in page


def test_a_comment_before_the_decision_is_not_shown(client):
    filing = make_submitted()
    decisions.add_comment(
        filing_id=filing.pk, user=officer_of(filing.desk), section="economy", field="revenue", label="营业收入",
        text="还没有发出的意见", visibility="enterprise",
    )  # fmt: skip
    assert "还没有发出的意见" not in page_of(signed_in(client, filing.enterprise), detail(filing))


def test_evidence_and_the_document_can_be_fetched_from_the_detail_page(client):
    filing = make_submitted()
    page = page_of(signed_in(client, filing.enterprise), detail(filing))
    attachment = filing.attachments.first()
    assert f'href="{reverse("reviews:attachment", args=[attachment.pk])}"' in page
    assert f'action="{reverse("reviews:document_request", args=[filing.pk])}"' in page
