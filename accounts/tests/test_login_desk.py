"""The login page of the review desk: the same backends and page, officers and operators only."""
import pytest

from accounts.enums import OfficerRole
from accounts.forms.session import NOT_STAFF_SENTENCE, WRONG_SENTENCE
from accounts.tests.factories import PASSWORD, make_enterprise, make_natural_person, make_officer, make_operator

pytestmark = pytest.mark.django_db
DESK_LOGIN = "/admin/login/"


def sign_in(client, login_name, password=PASSWORD, **extra):
    return client.post(DESK_LOGIN, {"username": login_name, "password": password} | extra)


def test_the_desk_uses_the_portals_login_page(client):
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    page = client.get("/admin/login/?next=/admin/")
    assert "accounts/login.html" in [template.name for template in page.templates]
    assert "主管部门登录" in page.content.decode()


@pytest.mark.parametrize("role", OfficerRole.values)
def test_the_password_leads_an_officer_of_any_role_to_the_second_factor(client, role):
    assert sign_in(client, make_officer(role=role).login_name)["Location"] == "/admin/"
    assert client.get("/admin/")["Location"] == "/accounts/second-factor/bind/?next=%2Fadmin%2F"


def test_an_operator_enters_the_page_first_asked_for(client):
    answer = sign_in(client, make_operator().login_name, next="/admin/accounts/notice/")
    assert answer["Location"] == "/admin/accounts/notice/"


@pytest.mark.parametrize("make", [lambda: make_enterprise().account, make_natural_person])
def test_enterprises_and_persons_are_told_that_the_desk_is_not_for_them(client, make):
    account = make()
    page = sign_in(client, account.login_name)
    assert page.status_code == 422
    assert NOT_STAFF_SENTENCE in page.content.decode()
    assert client.session.get("_auth_user_id") is None
    wrong = sign_in(client, account.login_name, "wrong-password").content.decode()
    assert NOT_STAFF_SENTENCE not in wrong
    assert WRONG_SENTENCE in wrong


def test_a_signed_in_enterprise_is_told_so_instead_of_going_round_in_circles(client):
    client.force_login(make_enterprise().account)
    page = client.get("/admin/", follow=True)
    assert page.status_code == 403
    assert "该账户不能进入审核工作台" in page.content.decode()
    assert "法人账户" in page.content.decode()


def test_an_officer_out_of_use_does_not_enter(client):
    officer = make_officer()
    client.force_login(officer)
    officer.is_active = False
    officer.save()
    assert client.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    assert sign_in(client, officer.login_name).status_code == 422
