"""Signing in again from within a long form whose session has ended: JSON, with a CSRF token to go on with."""
import pytest
from django.test import Client

from accounts.forms.session import WRONG_SENTENCE
from accounts.tests.factories import PASSWORD, make_enterprise

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


@pytest.fixture
def browser():
    """A client that is held to the CSRF rules like a browser."""
    return Client(enforce_csrf_checks=True, headers=SCRIPT)


def token_of(browser):
    return browser.get("/accounts/login/").context["csrf_token"]


def test_the_answer_holds_a_token_with_which_the_page_goes_on_saving(browser):
    account = make_enterprise().account
    values = {"username": account.login_name, "password": PASSWORD, "csrfmiddlewaretoken": str(token_of(browser))}
    answer = browser.post("/accounts/login/", values)
    assert answer.status_code == 200
    assert answer.json()["ok"] is True
    assert answer.json()["account"] == account.pk
    stale = browser.post("/enterprise/messages/read/", {"csrfmiddlewaretoken": "x" * 64})
    assert stale.status_code == 403
    saved = browser.post("/enterprise/messages/read/", headers={"X-CSRFToken": answer.json()["csrf"]})
    assert saved.status_code == 302


def test_a_wrong_password_is_told_in_a_sentence_and_leaves_the_token_good(browser):
    account = make_enterprise().account
    token = str(token_of(browser))
    values = {"username": account.login_name, "password": "wrong-password", "csrfmiddlewaretoken": token}
    refused = browser.post("/accounts/login/", values)
    assert refused.status_code == 422
    assert refused.json() == {"ok": False, "code": "not_signed_in", "message": WRONG_SENTENCE}
    assert browser.post("/accounts/login/", values | {"password": PASSWORD}).json()["ok"] is True


def test_a_login_in_another_tab_does_not_stand_in_the_way(browser):
    account = make_enterprise().account
    browser.force_login(account)
    token = str(browser.get("/enterprise/messages/").context["csrf_token"])
    values = {"username": account.uscc, "password": PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/login/", values).json()["ok"] is True


def test_a_script_request_without_a_session_is_told_that_it_ended(browser):
    answer = browser.get("/enterprise/messages/")
    assert answer.status_code == 401
    assert answer.json()["code"] == "signed_out"
