"""How long a session lasts, what prolongs it and what ends it."""
import datetime

import pytest
from django.utils import timezone

from accounts.models import Session
from accounts.tests.factories import PASSWORD, make_enterprise, make_officer, make_operator
from accounts.tests.second_factor import bound, code_for

pytestmark = pytest.mark.django_db
MINUTE = datetime.timedelta(minutes=1)
STATE = "/accounts/session/"


def sign_in(client, account):
    assert client.post("/accounts/login/", {"username": account.login_name, "password": PASSWORD}).status_code == 302


def lasts(account):
    """Return the minutes from now to the end of the account's one session, rounded."""
    return round((Session.objects.get(account=account).expire_date - timezone.now()) / MINUTE)


def let_pass(minutes):
    """Let time go by for every session."""
    for session in Session.objects.all():
        Session.objects.filter(pk=session.pk).update(expire_date=session.expire_date - minutes * MINUTE)


def warning(page):
    html = page.content.decode()
    return "data-session-warning" in html and html.split("data-seconds=")[1].split('"')[1]


def test_an_enterprise_stays_signed_in_for_two_hours_after_its_last_request(client):
    account = make_enterprise().account
    sign_in(client, account)
    let_pass(119)
    assert client.get("/enterprise/").status_code == 200
    assert lasts(account) == 120
    let_pass(121)
    assert client.get("/enterprise/")["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("make", [make_officer, make_operator])
def test_officers_and_operators_stay_signed_in_for_thirty_minutes(client, make):
    account = make()
    sign_in(client, account)
    assert client.post("/accounts/second-factor/", {"code": code_for(bound(account).key)}).status_code == 302
    let_pass(29)
    assert client.get("/admin/").status_code == 200
    assert lasts(account) == 30
    let_pass(31)
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_a_save_in_the_background_is_a_request_like_any_other(client):
    account = make_enterprise().account
    sign_in(client, account)
    let_pass(100)
    client.post("/enterprise/filings/1/fill/", {}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert lasts(account) == 120


def test_each_page_of_a_signed_in_account_knows_how_long_the_session_lasts(client):
    assert not warning(client.get("/"))
    sign_in(client, make_enterprise().account)
    assert warning(client.get("/enterprise/")) == "7200"
    page = client.get("/")
    assert 'data-warning="300"' in page.content.decode()
    client.post("/accounts/logout/")
    officer = make_officer()
    sign_in(client, officer)
    assert warning(client.get("/accounts/second-factor/bind/")) == "1800"
    client.post("/accounts/second-factor/", {"code": code_for(bound(officer).key)})
    assert warning(client.get("/admin/")) == "1800"
    assert warning(client.get("/admin/accounts/authority/")) == "1800"


def test_continuing_prolongs_the_session_and_says_for_how_long(client):
    account = make_enterprise().account
    sign_in(client, account)
    let_pass(116)
    answer = client.post(STATE)
    assert answer.json()["seconds"] == 7200
    assert answer.json()["csrf"]
    assert "no-store" in answer["Cache-Control"]
    assert lasts(account) == 120


def test_after_the_end_the_script_is_told_so(client):
    sign_in(client, make_enterprise().account)
    let_pass(121)
    for ask in (client.get, client.post):
        answer = ask(STATE, headers={"X-Requested-With": "XMLHttpRequest"})
        assert (answer.status_code, answer.json()["code"]) == (401, "signed_out")


def test_continuing_needs_the_token_of_a_page(client):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_enterprise().account)
    assert strict.post(STATE).status_code == 403


def test_a_stolen_session_ends_with_the_change_of_the_password(client):
    account = make_enterprise().account
    sign_in(client, account)
    thief = type(client)()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/enterprise/").status_code == 200
    account.set_password("Xin-mima-2026-peiyu")
    account.save()
    assert thief.get("/enterprise/")["Location"].startswith("/accounts/login/")
