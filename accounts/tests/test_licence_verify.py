"""【电子营业执照扫码认证】, and what scanning does to an account that nobody had verified (manual Q1, Q2, Q5)."""
import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import DocumentType, NoticeChannel, RequestState
from accounts.licence import simulator
from accounts.models import LicenceScan, Notice, RealNameRecord, RealNameRequest, Region, Session
from accounts.tests.factories import (
    MOBILE,
    PASSWORD,
    make_authority_tree,
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
)
from accounts.tests.scans import address, confirm, finish, get_code, user_of
from accounts.uscc import invented_uscc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_codes")]
VERIFY = "/accounts/licence/verify/"


def verify(client, owner, **licence):
    client.force_login(owner)
    scan = get_code(client, "verify")
    confirm(scan, **licence)
    return finish(client, scan)


def test_a_legal_person_is_verified_by_its_licence_and_comes_back_to_the_page(client):
    account = make_legal_person(verified=False)
    answer = verify(client, account, account=account, name="新认证精密机械有限公司")
    assert (answer.status_code, answer["Location"]) == (302, reverse("accounts:real_name"))
    account.refresh_from_db()
    assert account.verified_name == "新认证精密机械有限公司"
    assert account.legal_representative == "张三"
    assert account.real_name_verified_at
    assert account.check_password(PASSWORD)  # the owner did it himself: nothing ends
    assert account.mobile == MOBILE
    assert RealNameRecord.objects.get().way == "licence"
    page = client.get(answer["Location"])
    assert f"实名认证通过：“新认证精密机械有限公司”（{account.uscc}）。" in page.content.decode()


def test_a_corrected_name_changes_the_account_and_not_the_enterprise(client):
    enterprise = make_enterprise(name="旧名称有限公司")
    verify(client, enterprise.account, account=enterprise.account, name="新名称有限公司")
    enterprise.refresh_from_db()
    assert enterprise.account.verified_name == "新名称有限公司"
    assert enterprise.name == "旧名称有限公司"


def test_the_licence_of_another_enterprise_is_refused(client):
    account = make_legal_person(verified=False)
    other = invented_uscc(9876)
    page = verify(client, account, uscc=other, name="另一家有限公司")
    html = page.content.decode()
    assert page.status_code == 409
    assert (
        f"统一社会信用代码：扫码的电子营业执照是“{other}”（另一家有限公司），本账户是“{account.uscc}”，两者不一致，没有认证。"
    ) in html
    account.refresh_from_db()
    assert account.real_name_verified_at is None


def test_a_code_that_another_account_holds_is_refused_with_the_ways_out(client):
    account, holder = make_legal_person(verified=False), make_legal_person()
    type(account).objects.filter(pk=account.pk).update(uscc=None)
    page = verify(client, account, account=holder)
    html = page.content.decode()
    assert page.status_code == 409
    assert "【统一社会信用代码已存在】" in html
    assert f'href="{reverse("accounts:mobile_change")}"' in html
    account.refresh_from_db()
    assert (account.uscc, account.real_name_verified_at) == (None, None)


def test_a_legal_representative_with_a_passport_is_sent_to_an_officer(client):
    account = make_legal_person(verified=False)
    type(account).objects.filter(pk=account.pk).update(document_type=DocumentType.PASSPORT)
    client.force_login(account)
    for page in (client.get(VERIFY), client.post(VERIFY)):
        html = page.content.decode()
        assert page.status_code == 409
        assert "法定代表人证件类型：您登记的是“护照”。" in html
        assert "人工实名认证" in html
    assert not LicenceScan.objects.exists()


@pytest.mark.parametrize("make", [make_natural_person, make_officer])
def test_others_than_enterprises_cannot_verify(client, make):
    client.force_login(make())
    assert client.get(VERIFY).status_code == 403
    assert client.post(VERIFY).status_code == 403


def test_a_visitor_is_asked_to_sign_in_first(client):
    assert client.get(VERIFY)["Location"] == f"/accounts/login/?next={VERIFY}"


def test_the_code_of_another_account_in_the_same_browser_is_not_found(client):
    first, second = make_legal_person(), make_legal_person()
    client.force_login(first)
    scan = get_code(client, "verify")
    held = client.session["licence"]
    client.force_login(second)
    session = client.session
    session["licence"] = held
    session.save()
    assert client.get(address(scan, "scan_state")).status_code == 404
    assert finish(client, scan).status_code == 404


def pending_request(account):
    make_authority_tree()
    region = Region.objects.get(code="320102")
    return RealNameRequest.objects.create(
        receipt="SM202600000001", account=account, uscc=account.uscc, enterprise_name="抢注者有限公司",
        legal_representative="抢注", document_type=DocumentType.ID_CARD, document_number="320102199001011234",
        region=region, authority=region.authority, evidence="requests/none", evidence_name="材料.pdf", mobile=MOBILE,
    )  # fmt: skip


def test_scanning_takes_an_unverified_account_from_whoever_registered_it(client):
    account = make_legal_person(verified=False, mobile="13900001111")
    squatter = Client()
    assert squatter.post("/accounts/login/", {"username": account.login_name, "password": PASSWORD}).status_code == 302
    assert squatter.get("/enterprise/messages/").status_code == 200
    request = pending_request(account)
    scan = get_code(client, next="/enterprise/messages/")
    confirm(scan, account, name="真正的企业有限公司")
    answer = finish(client, scan)

    assert answer["Location"] == f"{reverse('accounts:taken_over')}?next=%2Fenterprise%2Fmessages%2F"
    assert user_of(client) == str(account.pk)
    account.refresh_from_db()
    assert account.verified_name == "真正的企业有限公司"
    assert account.real_name_verified_at
    assert not account.has_usable_password()
    assert account.mobile == ""
    request.refresh_from_db()
    assert request.state == RequestState.CANCELLED
    assert squatter.get("/enterprise/messages/").status_code == 302  # to the login page
    again = squatter.post("/accounts/login/", {"username": account.login_name, "password": PASSWORD})
    assert again.status_code == 422
    assert Session.objects.filter(account=account).count() == 1
    told = Notice.objects.filter(recipient=account, channel=NoticeChannel.SMS)
    assert [text.mobile for text in told] == ["13900001111"]


def test_the_new_owner_is_asked_to_bind_a_mobile_and_set_a_password(client):
    account = make_legal_person(verified=False)
    scan = get_code(client)
    confirm(scan, account, name="真正的企业有限公司")
    html = client.get(finish(client, scan)["Location"]).content.decode()
    assert (
        f"“真正的企业有限公司”（{account.uscc}）已完成实名认证。为防止他人此前用该统一社会信用代码注册，账户原来的密码和"
        "绑定手机号已失效，其他设备均已退出登录。请通过【手机号修改】绑定企业的手机号，再通过【忘记密码】设置新密码。"
    ) in html
    assert f'href="{reverse("accounts:mobile_change")}">手机号修改</a>' in html


def test_an_account_that_was_not_taken_over_is_not_told_so(client):
    client.force_login(make_enterprise().account)
    assert client.get(reverse("accounts:taken_over"))["Location"] == reverse("applications:home")


def test_scanning_leaves_a_verified_account_as_it_is(client):
    account = make_enterprise().account
    scan = get_code(client)
    confirm(scan, account, name="营业执照上的新名称有限公司")
    finish(client, scan)
    before = account.verified_name
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert (account.mobile, account.verified_name) == (MOBILE, before)
    assert not RealNameRecord.objects.exists()


def test_an_unverified_account_out_of_use_stays_out_of_use(client):
    account = make_legal_person(verified=False)
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    scan = get_code(client)
    confirm(scan, account)
    assert finish(client, scan).status_code == 403
    account.refresh_from_db()
    assert account.real_name_verified_at is None
    assert account.has_usable_password()


def test_the_simulator_is_named_on_the_page_of_verification(client):
    client.force_login(make_legal_person())
    assert simulator.LABEL in client.get(VERIFY).content.decode()
