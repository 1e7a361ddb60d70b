"""登录 and 退出 as a person meets them."""
import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import get_hasher
from django.urls import reverse

from accounts.forms.session import INACTIVE_SENTENCE, WRONG_SENTENCE
from accounts.tests.factories import (
    PASSWORD,
    make_enterprise,
    make_legal_person,
    make_natural_person,
    make_officer,
    make_operator,
)

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"
WAYS = {
    "忘记密码": "/accounts/recover/",
    "手机号修改": "/accounts/mobile/",
    "电子营业执照扫码登录": "/accounts/licence/sign_in/",
    "注册": "/accounts/register/",
}


def sign_in(client, login_name, password=PASSWORD, **extra):
    return client.post(LOGIN, {"username": login_name, "password": password} | extra)


def user_of(client):
    return client.session.get("_auth_user_id")


def test_the_page_has_the_labels_of_the_manual_and_no_dead_links(client):
    page = client.get(LOGIN)
    html = page.content.decode()
    assert page.status_code == 200
    assert "登录名或统一社会信用代码" in html
    assert 'autocomplete="username"' in html
    assert 'autocomplete="current-password"' in html
    for label, address in WAYS.items():
        assert f'href="{address}">{label}</a>' in html
        assert client.get(address).status_code == 200
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("typed", ["{0}", " {0} ", "{wide}"])
def test_an_enterprise_signs_in_with_its_login_name_and_lands_on_its_home_page(client, typed):
    account = make_enterprise(login_name="nanjing-01").account
    typed = typed.format(account.login_name, wide="ｎａｎｊｉｎｇ－０１")
    answer = sign_in(client, typed)
    assert (answer.status_code, answer["Location"]) == (302, reverse("applications:home"))
    assert user_of(client) == str(account.pk)


def test_a_login_name_in_another_case_is_another_name(client):
    make_enterprise(login_name="nanjing-01")
    assert sign_in(client, "Nanjing-01").status_code == 422
    assert user_of(client) is None


def test_an_enterprise_signs_in_with_its_uscc_however_it_is_typed(client):
    account = make_enterprise().account
    spaced = f"{account.uscc[:8]} {account.uscc[8:17]}-{account.uscc[17:]}".lower()
    for typed in (account.uscc, spaced):
        client.logout()
        assert sign_in(client, typed).status_code == 302
        assert user_of(client) == str(account.pk)


def test_a_uscc_does_not_sign_in_an_account_without_real_name_verification(client):
    account = make_legal_person(verified=False)
    assert sign_in(client, account.uscc).status_code == 422
    assert sign_in(client, account.login_name).status_code == 302


def test_a_wrong_password_and_an_unknown_login_get_the_same_sentence(client):
    account = make_enterprise().account
    sentences = set()
    for login_name in (account.login_name, account.uscc, "nobody-here", "91999999999999999X", "", "\x00"):
        page = sign_in(client, login_name, "wrong-password")
        html = page.content.decode()
        assert page.status_code == 422
        assert "wrong-password" not in html
        if login_name.strip("\x00"):
            assert f'value="{login_name}"' in html
            sentences.add(WRONG_SENTENCE in html)
    assert sentences == {True}
    assert user_of(client) is None


def test_blank_fields_are_named(client):
    html = sign_in(client, "", "").content.decode()
    assert "请填写登录名，或企业的 18 位统一社会信用代码。" in html
    assert "请填写密码。" in html


def test_an_unknown_login_costs_as_many_hashes_as_a_wrong_password(rf, monkeypatch):
    account = make_enterprise().account
    hashed = []
    hasher = type(get_hasher())
    real = hasher.encode
    monkeypatch.setattr(hasher, "encode", lambda self, *args: hashed.append(args) or real(self, *args))
    counts = []
    for login_name in (account.login_name, account.uscc, "nobody-here"):
        hashed.clear()
        assert authenticate(rf.post(LOGIN), username=login_name, password="wrong-password") is None
        counts.append(len(hashed))
    assert counts == [1, 1, 1]


def test_an_account_out_of_use_is_told_so_only_with_the_right_password(client):
    account = make_enterprise().account
    account.is_active = False
    account.save()
    assert INACTIVE_SENTENCE in sign_in(client, account.login_name).content.decode()
    assert INACTIVE_SENTENCE not in sign_in(client, account.login_name, "wrong-password").content.decode()
    assert user_of(client) is None


def test_a_session_ends_when_the_account_goes_out_of_use(client):
    account = make_natural_person()
    client.force_login(account)
    assert client.get("/accounts/natural-person/").status_code == 200
    account.is_active = False
    account.save()
    assert client.get("/accounts/natural-person/").status_code == 302


def test_a_natural_person_lands_on_a_page_that_says_what_to_do_even_with_another_page_in_mind(client):
    person = make_natural_person()
    answer = sign_in(client, person.login_name, next="/enterprise/messages/")
    page = client.get(answer["Location"])
    html = page.content.decode()
    assert page.status_code == 200
    assert "自然人账户不能申报" in html
    assert "退出并换用其他账户" in html


@pytest.mark.parametrize(("make", "start"), [(make_officer, "/admin/"), (make_operator, "/admin/")])
def test_officers_and_operators_land_on_the_review_desk(client, make, start):
    assert sign_in(client, make().login_name)["Location"] == start


def test_after_login_the_page_first_asked_for_opens(client):
    account = make_enterprise().account
    asked = client.get("/enterprise/messages/?page=2")
    assert asked["Location"] == "/accounts/login/?next=/enterprise/messages/%3Fpage%3D2"
    assert 'name="next" value="/enterprise/messages/?page=2"' in client.get(asked["Location"]).content.decode()
    answer = sign_in(client, account.login_name, next="/enterprise/messages/?page=2")
    assert answer["Location"] == "/enterprise/messages/?page=2"


@pytest.mark.parametrize("foreign", ["https://example.com/", "//example.com/", "javascript:alert(1)", "https:///x"])
def test_a_next_page_of_another_site_is_ignored(client, foreign):
    account = make_enterprise().account
    assert sign_in(client, account.login_name, next=foreign)["Location"] == reverse("applications:home")


def test_a_signed_in_visitor_of_the_login_page_is_sent_on(client):
    client.force_login(make_enterprise().account)
    assert client.get(LOGIN)["Location"] == reverse("applications:home")
    assert client.get(f"{LOGIN}?next=/enterprise/messages/")["Location"] == "/enterprise/messages/"


def test_the_session_key_changes_at_login(client):
    account = make_enterprise().account
    session = client.session
    session["before"] = "login"
    session.save()
    before = session.session_key
    sign_in(client, account.login_name)
    assert client.session.session_key != before


def test_leaving_takes_a_post(client):
    client.force_login(make_enterprise().account)
    assert client.get("/accounts/logout/").status_code == 405
    assert user_of(client)
    assert client.post("/accounts/logout/")["Location"] == reverse("site:home")
    assert user_of(client) is None
    assert client.post("/accounts/logout/", {"next": "//example.com/"})["Location"] == reverse("site:home")
