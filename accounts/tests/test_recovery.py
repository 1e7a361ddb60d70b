"""【忘记密码】 as a person meets it, and as a stranger does."""
import datetime
import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice, Session, User, VerificationCode
from accounts.tests.factories import PASSWORD, make_enterprise, make_legal_person, make_natural_person, make_officer
from accounts.tests.sms import age_codes, another, newest_code, texts_to
from accounts.uscc import invented_uscc

pytestmark = pytest.mark.django_db
START, STEP_2, CODE = "/accounts/recover/", "/accounts/recover/password/", "/accounts/recover/code/"
LOGIN, MOBILE, NEW = "/accounts/login/", "13800004444", "Juniper-Radio-4417"


@pytest.fixture(autouse=True)
def no_look_ups_yet():
    """The count of look-ups lives in the cache, which outlives a test."""
    cache.clear()


def start(client, login_name, mobile=MOBILE):
    return client.post(START, {"login_name": login_name, "mobile": mobile})


def finish(client, code, password=NEW, **changes):
    return client.post(STEP_2, {"code": code, "password1": password, "password2": password} | changes)


@pytest.mark.parametrize("by", ["login_name", "uscc"])
def test_whoever_holds_the_bound_mobile_sets_a_new_password_and_is_told_the_login_name(client, by):
    account = make_legal_person(mobile=MOBILE)
    assert start(client, getattr(account, by))["Location"] == STEP_2
    answer = finish(client, newest_code(MOBILE))
    assert answer["Location"] == LOGIN
    assert f"您的登录名是 {account.login_name}" in client.get(LOGIN).content.decode()
    assert client.post(LOGIN, {"username": account.login_name, "password": NEW}).status_code == 302
    assert Client().post(LOGIN, {"username": account.login_name, "password": PASSWORD}).status_code == 422


def test_before_real_name_verification_the_uscc_serves_to_recover_and_the_page_says_how_to_sign_in(client):
    account = make_legal_person(mobile=MOBILE, verified=False)
    start(client, account.uscc)
    finish(client, newest_code(MOBILE))
    html = client.get(LOGIN).content.decode()
    assert f"您的登录名是 {account.login_name}" in html
    assert "暂不能用统一社会信用代码登录" in html


def test_a_stolen_session_cookie_is_worthless_after_the_password_was_set_anew(client):
    account = make_enterprise(login_name="owner-01").account
    User.objects.filter(pk=account.pk).update(mobile=MOBILE)
    thief = Client()
    thief.post(LOGIN, {"username": "owner-01", "password": PASSWORD})
    stolen = thief.cookies["sessionid"].value
    assert thief.get("/enterprise/").status_code == 200
    start(client, "owner-01")
    finish(client, newest_code(MOBILE))
    again = Client()
    again.cookies["sessionid"] = stolen
    assert again.get("/enterprise/")["Location"].startswith(LOGIN)
    assert not Session.objects.filter(account=account).exists()


def test_even_a_session_row_that_survived_is_worthless_after_a_password_change(client):
    account = make_enterprise(login_name="owner-01").account
    client.post(LOGIN, {"username": "owner-01", "password": PASSWORD})
    assert client.get("/enterprise/").status_code == 200
    account.set_password(NEW)
    account.save()
    assert Session.objects.filter(account=account).exists()
    assert client.get("/enterprise/")["Location"].startswith(LOGIN)


def test_the_owner_is_told_by_message_and_sms(client):
    account = make_legal_person(mobile=MOBILE)
    start(client, account.login_name)
    finish(client, newest_code(MOBILE))
    message = Notice.objects.get(recipient=account, channel="message")
    assert message.title == "登录密码已重新设置"
    assert "如非本人操作" in texts_to(MOBILE)[0]
    assert account.login_name in texts_to(MOBILE)[0]


def test_whoever_locked_himself_out_signs_in_at_once_with_the_new_password(client):
    account = make_legal_person(mobile=MOBILE)
    for _ in range(5):
        client.post(LOGIN, {"username": account.login_name, "password": "wrong-password"})
    assert client.post(LOGIN, {"username": account.login_name, "password": PASSWORD}).status_code == 429
    start(client, account.login_name)
    finish(client, newest_code(MOBILE))
    assert client.post(LOGIN, {"username": account.login_name, "password": NEW}).status_code == 302


def strangers():
    """Return what does not belong together: unknown name, unknown code, wrong number, an officer, one out of use."""
    known = make_legal_person(mobile="13911112222")
    gone = make_legal_person(mobile=MOBILE)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    officer = make_officer(mobile=MOBILE)
    return ["nobody-here", invented_uscc(7500), known.login_name, officer.login_name, gone.login_name]


def test_nothing_tells_a_stranger_whether_an_account_exists_and_no_sms_goes_out(client):
    owner = make_natural_person()
    User.objects.filter(pk=owner.pk).update(mobile=MOBILE)
    pages = {}
    for name in [owner.login_name, *strangers()]:
        visitor = Client()
        answer = start(visitor, name)
        step_2 = visitor.get(STEP_2)
        wrong = visitor.post(STEP_2, {"code": "x", "password1": NEW, "password2": NEW})
        again = visitor.post(CODE)
        pages[name] = (
            answer.status_code, answer["Location"], body(step_2), wrong.status_code, body(wrong), again.status_code,
        )
        VerificationCode.objects.all().delete()
    assert len(set(pages.values())) == 1
    assert len(texts_to(MOBILE)) == 1
    assert texts_to("13911112222") == []


def body(response):
    """Return the page without its one-time tokens, the seconds of the countdown and the code that was typed."""
    html = response.content.decode()
    lines = [line for line in html.splitlines() if "csrfmiddlewaretoken" not in line and "data-sms-wait" not in line]
    return re.sub(r'value="\d{6}"', "", "\n".join(lines))


def test_a_wrong_code_is_counted_alike_for_a_stranger(client):
    owner = make_legal_person(mobile=MOBILE)
    start(client, owner.login_name)
    known = [body(finish(client, another(newest_code(MOBILE)))) for _ in range(6)]
    VerificationCode.objects.all().delete()
    stranger = Client()
    start(stranger, "nobody-here")
    assert [body(finish(stranger, "000000")) for _ in range(6)] == known
    assert "还可以再试 4 次" in known[0]
    assert "作废" in known[4]


def test_for_a_stranger_the_database_works_as_much_as_for_the_owner():
    owner = make_legal_person(mobile=MOBILE)
    writes = []
    for name in (owner.login_name, "nobody-here"):
        with CaptureQueriesContext(connection) as queries:
            start(Client(), name)
        statements = [query["sql"].split("(")[0] for query in queries]
        writes.append([statement for statement in statements if statement.startswith(("INSERT", "UPDATE"))])
        VerificationCode.objects.all().delete()
    assert writes[0] == writes[1]
    assert len(writes[0]) >= 3  # the code, the text, the session


def test_a_code_for_registration_does_not_set_a_password(client):
    account = make_legal_person(mobile=MOBILE)
    start(client, account.login_name)
    age_codes(datetime.timedelta(minutes=1))
    client.post("/accounts/register/code/", {"mobile": MOBILE})
    page = finish(client, newest_code(MOBILE))
    assert page.status_code == 422
    assert "验证码不正确" in page.content.decode()
    account.refresh_from_db()
    assert account.check_password(PASSWORD)


def test_a_weak_password_after_the_right_code_does_not_ask_for_a_new_code(client):
    account = make_legal_person(mobile=MOBILE, login_name="xinghuo-jixie")
    start(client, account.login_name)
    page = finish(client, newest_code(MOBILE), "Xinghuo-Jixie1")
    html = page.content.decode()
    assert page.status_code == 422
    assert "密码强度不够" in html
    assert "验证码已通过" in html
    assert 'name="code"' not in html
    assert client.post(STEP_2, {"password1": NEW, "password2": NEW})["Location"] == LOGIN
    account.refresh_from_db()
    assert account.check_password(NEW)


def test_the_proof_is_of_no_use_for_another_account_or_after_its_time(client):
    account, other = make_legal_person(mobile=MOBILE, login_name="xinghuo-jixie"), make_legal_person(mobile=MOBILE)
    start(client, account.login_name)
    finish(client, newest_code(MOBILE), "Xinghuo-Jixie1")
    age_codes(datetime.timedelta(minutes=1))
    session = client.session
    session["recovery"] = session["recovery"] | {"proven_until": 1}
    session.save()
    assert client.post(STEP_2, {"password1": NEW, "password2": NEW}).status_code == 422
    start(client, other.login_name)
    assert client.post(STEP_2, {"password1": NEW, "password2": NEW}).status_code == 422
    for untouched in (account, other):
        untouched.refresh_from_db()
        assert untouched.check_password(PASSWORD)


def test_a_weak_password_with_a_wrong_code_tells_nothing_of_the_account(client):
    account = make_legal_person(mobile=MOBILE, login_name="xinghuo-jixie")
    start(client, account.login_name)
    html = finish(client, another(newest_code(MOBILE)), "Xinghuo-Jixie1").content.decode()
    assert "密码强度不够" not in html
    assert "验证码不正确" in html


def test_without_script_another_code_is_sent_by_the_button(client):
    account = make_legal_person(mobile=MOBILE)
    start(client, account.login_name)
    assert client.post(STEP_2, {"action": "code"}).status_code == 429
    age_codes(datetime.timedelta(minutes=1))
    page = client.post(STEP_2, {"action": "code"})
    assert page.status_code == 200
    assert "error-summary" not in page.content.decode()
    assert len(texts_to(MOBILE)) == 2


def test_step_2_without_step_1_leads_back(client):
    assert client.get(STEP_2)["Location"] == START
    assert client.post(CODE).status_code == 409


def test_questions_are_limited_by_address(client, settings):
    settings.LOOK_UPS_PER_HOUR = 2
    statuses = [start(client, "nobody-here", f"1380000555{n}").status_code for n in range(3)]
    assert statuses == [302, 302, 429]


@pytest.mark.parametrize(("field", "sentence"), [("login_name", "此项必填"), ("mobile", "此项必填")])
def test_blank_fields_are_named(client, field, sentence):
    page = client.post(START, {"login_name": "jingmi-01", "mobile": MOBILE, field: ""})
    assert page.status_code == 422
    assert sentence in page.content.decode()
