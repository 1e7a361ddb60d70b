"""统一登录 against a real OpenID provider: the whole way, and which account an identity is."""
import base64
import hashlib
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from accounts.checks import check_unified_login
from accounts.enums import SignInResult, SignInWay, UserKind
from accounts.models import RealNameRecord, SignInLog, UnifiedIdentity, User
from accounts.services import unified as service
from accounts.services.sign_in import INACTIVE_SENTENCE
from accounts.tests.factories import MOBILE, PASSWORD, make_enterprise, make_legal_person, make_officer
from tests.unified.steps import (
    CALLBACK,
    KNOWN,
    NEW,
    OPEN,
    START,
    assert_refused,
    authorise,
    come_back,
    leave,
    sign_in,
    user_of,
)

pytestmark = pytest.mark.django_db


def test_the_request_carries_what_the_protocol_asks_for(client, issuer):
    query = parse_qs(urlsplit(leave(client)).query)
    assert query["response_type"] == ["code"]
    assert query["client_id"] == ["portal"]
    assert query["redirect_uri"] == [f"http://testserver{CALLBACK}"]
    assert query["code_challenge_method"] == ["S256"]
    assert "openid" in query["scope"][0].split()
    for name in ("state", "nonce", "code_challenge"):
        assert len(query[name][0]) >= 20


def test_the_code_is_exchanged_with_the_verifier_of_its_challenge(client, issuer):
    address = leave(client)
    come_back(client, authorise(address, "person"))
    verifier = parse_qs(issuer.sent["/oauth2/token"])["code_verifier"][0]
    digest = hashlib.sha256(verifier.encode()).digest()
    challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert parse_qs(urlsplit(address).query)["code_challenge"] == [challenge]


def test_a_new_enterprise_gets_a_verified_account_and_lands_on_the_page_it_wanted(client, issuer):
    answer = sign_in(client, "new-enterprise", "/enterprise/messages/")
    assert (answer.status_code, answer["Location"]) == (302, "/enterprise/messages/")
    account = User.objects.get(pk=user_of(client))
    assert (account.kind, account.uscc) == (UserKind.LEGAL_PERSON, NEW)
    assert (account.verified_name, account.legal_representative) == ("统一新企业有限公司", "王一")
    assert account.real_name_verified_at
    assert not account.has_usable_password()
    assert RealNameRecord.objects.get().way == "unified"
    row = SignInLog.objects.get()
    assert (row.account, row.way, row.result) == (account, SignInWay.UNIFIED, SignInResult.SUCCESS)
    assert client.get("/enterprise/messages/").status_code == 200


def test_the_second_sign_in_is_the_same_account(client, issuer):
    sign_in(client, "new-enterprise")
    first = user_of(client)
    client.logout()
    answer = sign_in(client, "new-enterprise")
    assert answer["Location"] == reverse("applications:home")
    assert user_of(client) == first
    assert RealNameRecord.objects.count() == 1


def test_an_enterprise_that_is_verified_here_is_linked_and_unchanged(client, issuer):
    account = make_legal_person(name="统一已有企业有限公司", uscc=KNOWN)
    sign_in(client, "known-enterprise")
    assert user_of(client) == str(account.pk)
    identity = UnifiedIdentity.objects.get()
    assert (identity.account, identity.issuer, identity.subject) == (account, issuer.address, "known-enterprise")
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert account.mobile == MOBILE


def test_a_corrected_name_comes_along_with_a_linked_account(client, issuer):
    account = make_legal_person(name="旧名称有限公司", uscc=KNOWN)
    UnifiedIdentity.objects.create(account=account, issuer=issuer.address, subject="known-enterprise")
    sign_in(client, "known-enterprise")
    account.refresh_from_db()
    assert account.verified_name == "统一已有企业有限公司"
    record = RealNameRecord.objects.get()
    assert (record.way, record.name_before) == ("unified", "旧名称有限公司")


def test_an_account_that_nobody_had_verified_is_taken_from_whoever_registered_it(client, issuer):
    account = make_legal_person(uscc=OPEN, verified=False)
    answer = sign_in(client, "open-enterprise", "/enterprise/messages/")
    assert answer["Location"] == f"{reverse('accounts:taken_over')}?next=%2Fenterprise%2Fmessages%2F"
    account.refresh_from_db()
    assert account.verified_name == "统一未认证企业有限公司"
    assert not account.has_usable_password()
    assert account.mobile == ""


def test_a_natural_person_gets_an_account_that_cannot_file(client, issuer):
    answer = sign_in(client, "person", "/enterprise/messages/")
    assert answer["Location"] == reverse("accounts:natural_person")
    account = User.objects.get(pk=user_of(client))
    assert (account.kind, account.person_name, account.uscc) == (UserKind.NATURAL_PERSON, "赵个人", None)


def test_a_second_identity_of_the_same_enterprise_is_refused(client, issuer):
    account = make_legal_person(uscc=KNOWN)
    UnifiedIdentity.objects.create(account=account, issuer=issuer.address, subject="known-enterprise")
    page = sign_in(client, "second-identity")
    assert_refused(client, page, f"统一社会信用代码：“{KNOWN}”的账户已与统一登录系统的另一个身份关联")


def test_an_identity_that_has_become_another_enterprise_is_refused(client, issuer):
    account = make_legal_person()
    UnifiedIdentity.objects.create(account=account, issuer=issuer.address, subject="known-enterprise")
    page = sign_in(client, "known-enterprise")
    assert_refused(client, page, f"统一登录系统返回的是“{KNOWN}”，本平台与该身份关联的账户是“{account.uscc}”")


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [("wrong-code", "统一登录系统返回的“91999999000000001X”不是有效的 18 位统一社会信用代码"), ("nameless", service.NO_NAME)],
)
def test_an_enterprise_that_is_not_stated_well_gets_no_account(client, issuer, subject, sentence):
    assert_refused(client, sign_in(client, subject), sentence)
    assert not User.objects.exists()


def test_an_officer_is_never_signed_in_this_way(client, issuer):
    officer = make_officer()
    UnifiedIdentity.objects.create(account=officer, issuer=issuer.address, subject="person")
    assert_refused(client, sign_in(client, "person"), service.OFFICER)
    assert SignInLog.objects.get().result == SignInResult.REFUSED


def test_an_account_out_of_use_is_told_so(client, issuer):
    account = make_legal_person(uscc=KNOWN)
    User.objects.filter(pk=account.pk).update(is_active=False)
    assert_refused(client, sign_in(client, "known-enterprise"), INACTIVE_SENTENCE)
    assert SignInLog.objects.get().result == SignInResult.INACTIVE


def test_only_a_page_of_this_portal_is_gone_on_to(client, issuer):
    make_legal_person(uscc=KNOWN, name="统一已有企业有限公司")
    answer = sign_in(client, "known-enterprise", "https://evil.example/")
    assert answer["Location"] == reverse("applications:home")


def test_leaving_ends_this_portal_only_and_says_so(client, issuer):
    sign_in(client, "new-enterprise")
    page = client.post(reverse("accounts:logout"), follow=True)
    assert "您已退出本平台。统一登录系统可能仍处于登录状态" in page.content.decode()
    assert user_of(client) is None


def test_leaving_after_another_way_in_says_nothing_of_it(client):
    client.force_login(make_enterprise().account)
    page = client.post(reverse("accounts:logout"), follow=True)
    assert "统一登录系统可能仍处于登录状态" not in page.content.decode()


def test_somebody_who_is_signed_in_goes_on_at_once(client, issuer):
    client.force_login(make_enterprise().account)
    assert client.get(START, {"next": "/enterprise/messages/"})["Location"] == "/enterprise/messages/"


def test_half_a_configuration_is_found_by_the_checks(settings):
    assert check_unified_login(None) == []
    settings.UNIFIED_LOGIN_ISSUER = "http://login.example"
    settings.PRODUCTION = True
    assert [found.id for found in check_unified_login(None)] == ["accounts.E001", "accounts.E002"]
    settings.UNIFIED_LOGIN_CLIENT_ID, settings.UNIFIED_LOGIN_ISSUER = "portal", "https://login.example"
    assert check_unified_login(None) == []


def test_while_it_is_not_configured_there_is_no_link_and_no_page(client, settings):
    assert settings.UNIFIED_LOGIN_ISSUER == ""
    assert client.get(START).status_code == 404
    assert client.get(CALLBACK, {"code": "x", "state": "y"}).status_code == 404
    assert START not in client.get("/accounts/login/").content.decode()


def test_while_it_is_configured_the_login_page_leads_there(client, issuer):
    page = client.get("/accounts/login/?next=/enterprise/messages/").content.decode()
    assert f'href="{START}?next=/enterprise/messages/">统一登录</a>' in page


@pytest.mark.parametrize("path", ["/", "/?from=zwfw", "/accounts/login/", "/windows/"])
def test_the_government_platform_is_a_link_on_every_page_and_the_way_back_works(client, settings, path):
    link = 'href="https://gov.example/">政务服务平台</a>'
    assert link not in client.get(path).content.decode()
    settings.GOV_PLATFORM_URL = "https://gov.example/"
    page = client.get(path)
    assert page.status_code == 200
    assert link in page.content.decode()
    assert f'href="{reverse("site:home")}">首页</a>' in page.content.decode()
