"""An officer or his authority changes place while the confirm page is open: told what happened, the text stays."""
import pytest
from django.test import Client

from accounts.models import User
from accounts.tests.factories import make_officer
from reviews.enums import State
from reviews.models import BulkDecision
from reviews.services.rerouting import merge_authority, reroute
from reviews.tests.desk import LIST, confirm_page
from reviews.tests.factories import authority, make_filing

pytestmark = pytest.mark.django_db

TYPED = {"comment": "我写了很久的意见", "note": "我的备注"}


@pytest.fixture
def filing():
    return make_filing(state=State.IN_REVIEW)


@pytest.fixture
def officer(client, filing):
    user = make_officer("320100")
    client.force_login(user)
    return user


def seen(client, filing, action="return"):
    """Return what the open page would post."""
    form = client.get(confirm_page(filing, action)).context["form"]
    return {name: form[name].value() for name in ("seen_version", "seen_authority")} | TYPED


def move(user, code):
    User.objects.filter(pk=user.pk).update(authority=authority(code))


def merge(source, target):
    merge_authority(
        user=make_officer("320000", "manager"), source_id=authority(source).pk, target_id=authority(target).pk,
        reason="苏编办〔2026〕1号",
    )  # fmt: skip


def refused(client, filing, posted, status, *words, action="return"):
    answer = client.post(confirm_page(filing, action), posted)
    page = answer.content.decode()
    assert answer.status_code == status
    for text in (*words, "我写了很久的意见", "我的备注"):
        assert text in page
    filing.refresh_from_db()
    assert (filing.state, filing.events.filter(action=action).count()) == (State.IN_REVIEW, 0)
    return page


@pytest.mark.parametrize("action", ["approve", "return", "reject"])
def test_an_officer_moved_to_another_city_is_told_so_and_keeps_the_text(client, filing, officer, action):
    posted = seen(client, filing, action)
    move(officer, "320500")
    old, new = authority("320100").name, authority("320500").name
    page = refused(
        client, filing, posted, 404, f"您打开本页之后，您的账户已从{old}转到{new}。",
        f"这件申报不在{new}的管辖范围内", action=action,
    )
    assert filing.enterprise_name not in page


def test_an_officer_moved_to_the_province_does_not_decide_as_the_province_by_an_old_page(client):
    filing = make_filing(state=State.IN_REVIEW, kind="test_giant")
    officer = make_officer("320100")
    client.force_login(officer)
    posted = seen(client, filing)
    move(officer, "320000")  # which may return this kind from any desk
    refused(client, filing, posted, 409, "您的账户已从", "请重新打开这件申报，看清后再办理")


def test_when_the_authority_merges_while_the_page_is_open_the_officer_is_told_and_goes_on(client, filing, officer):
    posted = seen(client, filing)
    merge("320100", "320500")
    old, new = authority("320100").name, authority("320500").name
    refused(client, filing, posted, 409, f"{old}已并入{new}，待审申报件和您的账户都已转入{new}。")
    client.post(confirm_page(filing, "return"), seen(client, filing))
    filing.refresh_from_db()
    assert filing.state == State.RETURNED


def test_an_old_page_without_its_authority_learns_of_the_merger_from_the_last_event(client, filing, officer):
    posted = seen(client, filing)
    del posted["seen_authority"]
    merge("320100", "320500")
    old, new = authority("320100").name, authority("320500").name
    refused(client, filing, posted, 409, "【改派】", f"{old}并入{new}：苏编办〔2026〕1号")


def test_a_filing_rerouted_away_while_the_page_is_open_leaves_the_text(client, filing, officer):
    posted = seen(client, filing)
    reroute(
        filing_id=filing.pk, user=make_officer("320000", "manager"), seen_version=filing.version,
        authority_id=authority("320500").pk, comment="机构改革",
    )
    refused(client, filing, posted, 404, f"这件申报不在{authority('320100').name}的管辖范围内", "可能已经改派到其他部门")


def test_an_officer_made_a_viewer_while_the_page_is_open_decides_nothing(client, filing, officer):
    posted = seen(client, filing)
    User.objects.filter(pk=officer.pk).update(role="viewer")
    refused(client, filing, posted, 403)


def test_the_second_click_of_a_decision_that_took_the_filing_out_of_sight_is_no_refusal(client, filing):
    other = make_officer("320500")
    reroute(
        filing_id=filing.pk, user=make_officer("320000", "manager"), seen_version=filing.version,
        authority_id=other.authority_id, comment="机构改革",
    )
    filing.refresh_from_db()
    filing.city = authority("320100")  # as a relocation has it: the desk alone gives the sight of it
    filing.save(update_fields=["city"])
    client.force_login(other)
    posted = seen(client, filing, "approve")
    assert client.post(confirm_page(filing, "approve"), posted).status_code == 302
    answer = client.post(confirm_page(filing, "approve"), posted)
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    assert filing.events.filter(action="approve").count() == 1


def test_a_filing_that_never_was_is_not_found(client, officer):
    assert client.post(f"{LIST}999999/decide/return/", TYPED).status_code == 404
    assert client.get(f"{LIST}999999/decide/return/").status_code == 404


def test_an_officer_moved_while_the_bulk_page_is_open_orders_nothing(client, filing, officer):
    chosen = {"selected": [filing.pk], f"version_{filing.pk}": filing.version, "action": "return"}
    form = client.post(f"{LIST}bulk/", chosen).context["form"]
    move(officer, "320500")
    posted = chosen | TYPED | {
        "confirm": "1", "key": form["key"].value(), "seen_authority": form["seen_authority"].value(),
        "password": "x", "code": "123456",
    }  # fmt: skip
    answer = client.post(f"{LIST}bulk/", posted)
    page = answer.content.decode()
    assert answer.status_code == 409
    for text in ("您的账户已从", "批量办理没有提交", "我写了很久的意见", "我的备注"):
        assert text in page
    assert not BulkDecision.objects.exists()


def test_a_visitor_from_another_city_learns_nothing_of_the_filing(filing):
    stranger = Client()
    stranger.force_login(make_officer("320500"))
    page = stranger.post(confirm_page(filing, "return"), TYPED).content.decode()
    assert filing.enterprise_name not in page
    assert (filing.number or "") not in page
