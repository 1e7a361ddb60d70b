"""【转交】【由我办理】【取消经办人】 at the filing page."""
import pytest

from accounts.enums import OfficerRole
from accounts.models import Notice
from accounts.tests.factories import make_officer
from reviews.enums import State
from reviews.models import Handover
from reviews.services.decisions import approve
from reviews.tests.desk import LIST, page_of
from reviews.tests.factories import decide, make_filing

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


@pytest.fixture
def officer(client, filing):
    user = make_officer("320100", OfficerRole.REVIEWER, person_name="王经办")
    client.force_login(user)
    return user


def page(filing):
    return f"{LIST}{filing.pk}/hand-over/"


def test_a_colleague_gets_the_filing_with_a_note_and_the_page_shows_it(client, filing, officer):
    colleague = make_officer("320100", OfficerRole.MANAGER, person_name="李同事")
    make_officer("320100", OfficerRole.VIEWER, person_name="只读者")
    make_officer("320500", person_name="外市人")
    form = client.get(page(filing)).content.decode()
    assert "李同事（审核与发布）" in form
    assert "只读者" not in form
    assert "外市人" not in form
    answer = client.post(
        page(filing), {"seen_version": filing.version, "handler": colleague.pk, "note": "请先核对审计报告"}, follow=True
    )
    shown = answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(page_of(filing))
    assert "已转交给李同事" in shown
    assert "经办人：<strong>李同事</strong>" in shown
    assert "王经办转交李同事：请先核对审计报告" in shown
    assert "请先核对审计报告" in Notice.objects.get(recipient=colleague).body


def test_taking_and_clearing_are_one_click_each(client, filing, officer):
    before = client.get(page_of(filing)).content.decode()
    assert "由我办理" in before
    assert "取消经办人" not in before
    client.post(page(filing), {"seen_version": filing.version, "_take": "1"})
    filing.refresh_from_db()
    assert filing.handler == officer
    mine = client.get(page_of(filing)).content.decode()
    assert 'name="_take"' not in mine
    client.post(page(filing), {"seen_version": filing.version, "_clear": "1"})
    filing.refresh_from_db()
    assert filing.handler is None
    assert [row.handler_id for row in Handover.objects.order_by("id")] == [officer.pk, None]


def test_a_double_click_hands_over_once(client, filing, officer):
    colleague = make_officer("320100")
    posted = {"seen_version": filing.version, "handler": colleague.pk}
    for _ in range(2):
        assert client.post(page(filing), posted).status_code == 302
    assert Handover.objects.count() == 1


def test_a_stale_page_says_so_and_keeps_the_note(client, filing, officer):
    colleague, third = make_officer("320100"), make_officer("320100")
    client.post(page(filing), {"seen_version": filing.version, "handler": third.pk})
    answer = client.post(page(filing), {"seen_version": filing.version, "handler": colleague.pk, "note": "我的说明"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "转交没有生效" in text
    assert "我的说明" in text


def test_nobody_chosen_or_somebody_who_left_is_named_at_the_field(client, filing, officer):
    leaver = make_officer("320500")
    for handler, words in (("", "请选择转交给哪位同事"), (leaver.pk, "已不在本部门")):
        answer = client.post(page(filing), {"seen_version": filing.version, "handler": handler, "note": "我的说明"})
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert "我的说明" in answer.content.decode()


def test_away_from_the_desk_the_page_says_why_and_offers_nothing(client, filing, officer):
    colleague = make_officer("320100")
    approve(filing_id=filing.pk, user=officer, seen_version=filing.version)
    filing.refresh_from_db()
    answer = client.get(page(filing))
    assert answer.status_code == 409
    assert f"这件申报目前由{filing.desk.name}审核" in answer.content.decode()
    answer = client.post(page(filing), {"seen_version": filing.version, "handler": colleague.pk})
    assert answer.status_code == 403
    assert 'name="_take"' not in client.get(page_of(filing)).content.decode()


def test_an_authority_with_one_person_is_told_how_to_get_more(client, filing, officer):
    assert "本部门没有其他可以办理的人员" in client.get(page(filing)).content.decode()


def test_the_history_stays_readable_after_the_decision(client, filing, officer):
    client.post(page(filing), {"seen_version": filing.version, "_take": "1"})
    filing.refresh_from_db()
    decide(filing, user=officer)
    shown = client.get(page_of(filing)).content.decode()
    assert "转交记录（1）" in shown


def test_a_viewer_and_another_city_hand_over_nothing(client, filing):
    for user, status in ((make_officer("320100", OfficerRole.VIEWER), 403), (make_officer("320500"), 404)):
        client.force_login(user)
        assert client.post(page(filing), {"seen_version": filing.version, "_take": "1"}).status_code == status
    assert not Handover.objects.exists()
