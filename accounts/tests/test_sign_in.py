"""The session that every way of signing in opens."""
import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.enums import SignInWay
from accounts.models import Session, SignInLog, User
from accounts.services.sign_in import device_of, log_attempt, sign_in
from accounts.tests.factories import PASSWORD, make_legal_person, make_natural_person, make_officer, make_operator
from portal.tools.errors import NotPermitted

pytestmark = pytest.mark.django_db
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(account, agent=AGENT):
    client = Client(REMOTE_ADDR="192.0.2.1", headers={"User-Agent": agent})
    client.post("/accounts/login/", {"username": account.login_name, "password": PASSWORD})
    return client


@pytest.mark.parametrize(
    ("make", "seconds"),
    [(make_legal_person, 7200), (make_natural_person, 7200), (make_officer, 1800), (make_operator, 1800)],
)
def test_a_session_lives_as_long_as_its_kind_of_account_and_rolls(make, seconds):
    client = signed_in(make())
    row = Session.objects.get()
    assert client.cookies["sessionid"]["max-age"] == seconds
    assert abs((row.expire_date - timezone.now()).total_seconds() - seconds) < 5
    Session.objects.update(expire_date=timezone.now() + datetime.timedelta(seconds=60))
    client.get("/")
    assert (Session.objects.get().expire_date - timezone.now()).total_seconds() > seconds - 5


def test_a_browser_that_changes_the_account_takes_over_no_lifetime():
    make_legal_person(login_name="owner-01")
    client = signed_in(make_officer())
    client.post("/accounts/logout/")
    client.post("/accounts/login/", {"username": "owner-01", "password": PASSWORD})
    assert client.cookies["sessionid"]["max-age"] == 7200


def test_the_session_knows_account_address_device_and_time():
    account = make_legal_person()
    signed_in(account)
    row = Session.objects.get()
    assert (row.account, row.address, row.device) == (account, "192.0.2.1", AGENT)
    assert abs(row.signed_in_at - timezone.now()) < datetime.timedelta(seconds=10)


def test_a_browser_that_says_too_much_or_nothing_is_let_in_all_the_same():
    account = make_legal_person()
    signed_in(account, "x" * 5000 + "\x7f")
    assert Session.objects.get().device == "x" * 300
    assert SignInLog.objects.get().device == "x" * 200
    signed_in(account, "")
    assert SignInLog.objects.count() == 2


def test_the_session_key_changes_at_sign_in():
    client = Client()
    session = client.session
    session["before"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    account = make_legal_person()
    client.post("/accounts/login/", {"username": account.login_name, "password": PASSWORD})
    assert client.cookies["sessionid"].value != before
    assert not Session.objects.filter(pk=before).exists()


@pytest.mark.parametrize("way", SignInWay.values)
def test_no_way_in_opens_for_an_account_out_of_use_and_the_try_is_logged(rf, way):
    account = make_legal_person()
    User.objects.filter(pk=account.pk).update(is_active=False)
    account.refresh_from_db()
    request = rf.post("/")
    request.session = Client().session
    with pytest.raises(NotPermitted, match="已停用"):
        sign_in(request, account, way=way)
    row = SignInLog.objects.get()
    assert (row.result, row.way, row.account) == ("inactive", way, account)
    assert "_auth_user_id" not in request.session


def test_texts_that_are_too_long_are_cut(rf):
    request = rf.post("/", HTTP_USER_AGENT="d" * 500)
    row = log_attempt(login_name="n" * 80, account=None, way="password", result="wrong", request=request)
    row.refresh_from_db()
    assert (len(row.login_name), len(row.device)) == (60, 200)
    assert device_of(rf.get("/", HTTP_USER_AGENT="a\x00b")) == "ab"


def test_a_natural_person_comes_back_to_a_page_that_is_open_to_it():
    person = make_natural_person()
    client = Client()
    start = "/accounts/natural-person/"
    for wanted, got in ((start, start), ("/", "/"), ("/enterprise/", start), ("/no-such-page/", start)):
        answer = client.post(
            "/accounts/login/", {"username": person.login_name, "password": PASSWORD, "next": wanted}
        )
        assert answer["Location"] == got
        client.post("/accounts/logout/")
