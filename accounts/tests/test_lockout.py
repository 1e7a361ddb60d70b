"""Wrong passwords: who is locked out, for how long, and what is logged."""
import datetime
import re

import pytest
from axes.models import AccessAttempt, AccessLog
from django.test import Client
from django.utils import timezone

from accounts.enums import SignInResult
from accounts.forms.session import USCC_SENTENCE, WRONG_SENTENCE
from accounts.models import SignInLog, User
from accounts.tasks import clean_sign_in
from accounts.tests.factories import PASSWORD, make_legal_person, make_natural_person, make_officer
from accounts.uscc import invented_uscc

pytestmark = pytest.mark.django_db
LOGIN, DESK = "/accounts/login/", "/admin/login/"
MINUTE = datetime.timedelta(minutes=1)


def try_to_sign_in(login_name, password="wrong-password", *, at=LOGIN, address="192.0.2.1", **headers):
    return Client(REMOTE_ADDR=address, headers=headers).post(at, {"username": login_name, "password": password})


def let_pass(span):
    for row in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=row.pk).update(attempt_time=row.attempt_time - span)


def results():
    return list(SignInLog.objects.order_by("id").values_list("result", flat=True))


@pytest.mark.parametrize(
    ("make", "at"), [(make_legal_person, LOGIN), (make_natural_person, LOGIN), (make_officer, DESK)]
)
def test_after_five_wrong_passwords_the_sixth_try_is_not_even_looked_at(make, at):
    name = make().login_name
    statuses = [try_to_sign_in(name, at=at).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]
    sixth = try_to_sign_in(name, PASSWORD, at=at)
    html = sixth.content.decode()
    assert sixth.status_code == 429
    assert "密码已连续输错 5 次" in html
    assert "请 15 分钟后再试" in html
    assert 880 <= int(sixth["Retry-After"]) <= 900
    assert "_auth_user_id" not in sixth.wsgi_request.session
    assert results() == [SignInResult.WRONG] * 5 + [SignInResult.LOCKED]


def test_the_page_tells_the_minutes_that_remain_and_knocking_does_not_prolong_them():
    name = make_legal_person().login_name
    for _ in range(5):
        try_to_sign_in(name)
    let_pass(10 * MINUTE)
    for _ in range(3):
        assert "请 5 分钟后再试" in try_to_sign_in(name).content.decode()
    let_pass(5 * MINUTE)
    assert try_to_sign_in(name, PASSWORD).status_code == 302


def test_the_time_that_remains_is_right_with_several_browsers_too():
    name = make_legal_person().login_name
    for _ in range(3):
        try_to_sign_in(name, **{"User-Agent": "first"})
    let_pass(10 * MINUTE)
    for _ in range(2):
        try_to_sign_in(name, **{"User-Agent": "second"})
    assert "请 5 分钟后再试" in try_to_sign_in(name).content.decode()
    let_pass(5 * MINUTE)
    assert try_to_sign_in(name, PASSWORD).status_code == 302


def test_an_attacker_elsewhere_does_not_lock_an_enterprise_out():
    name = make_legal_person().login_name
    for _ in range(6):
        try_to_sign_in(name, address="198.51.100.7")
    assert try_to_sign_in(name, PASSWORD, address="198.51.100.7").status_code == 429
    assert try_to_sign_in(name, PASSWORD).status_code == 302


def test_behind_the_proxy_of_production_the_address_is_the_visitors_own(settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    name = make_legal_person().login_name
    for n in range(6):
        try_to_sign_in(name, **{"X-Forwarded-For": f"203.0.113.{n}, 198.51.100.7"})
    assert try_to_sign_in(name, PASSWORD, **{"X-Forwarded-For": "198.51.100.7"}).status_code == 429
    assert try_to_sign_in(name, PASSWORD, **{"X-Forwarded-For": "198.51.100.8"}).status_code == 302


def test_login_name_and_uscc_share_one_row_of_tries_and_a_success_forgets_both():
    account = make_legal_person()
    spelt = [account.login_name, account.uscc, account.uscc.lower(), f" {account.login_name} "]
    for name in spelt:
        assert try_to_sign_in(name).status_code == 422
    assert try_to_sign_in(account.uscc, PASSWORD).status_code == 302
    assert not AccessAttempt.objects.exists()
    for name in [*spelt, account.uscc]:
        try_to_sign_in(name)
    assert try_to_sign_in(account.login_name, PASSWORD).status_code == 429


def test_an_unknown_name_is_locked_just_like_a_known_one():
    known = make_legal_person().login_name

    def pages(name):
        said = [try_to_sign_in(name).content.decode() for _ in range(7)]
        return [re.sub(r"csrf\S+ value=\S+", "", page).replace(name, "") for page in said]

    assert pages("nobody-here") == pages(known)


def test_few_tries_left_are_told():
    name = make_legal_person().login_name
    said = [try_to_sign_in(name).content.decode() for _ in range(4)]
    assert [("再输错 2 次" in page, "再输错 1 次" in page) for page in said] == [
        (False, False), (False, False), (True, False), (False, True),
    ]  # fmt: skip


def test_a_login_in_place_is_told_in_json():
    name = make_legal_person().login_name
    script = {"X-Requested-With": "XMLHttpRequest"}
    for _ in range(5):
        answer = try_to_sign_in(name, **script)
    assert answer.status_code == 429
    assert answer.json()["code"] == "locked"
    assert "分钟后再试" in answer.json()["message"]


def test_the_log_knows_every_result_the_account_and_never_a_password():
    account = make_legal_person()
    client = Client(REMOTE_ADDR="192.0.2.1", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"})
    client.post(LOGIN, {"username": account.uscc, "password": "wrong-password"})
    client.post(LOGIN, {"username": account.login_name, "password": PASSWORD})
    try_to_sign_in(account.login_name, PASSWORD, at=DESK)
    try_to_sign_in("nobody-here")
    try_to_sign_in("")
    User.objects.filter(pk=account.pk).update(is_active=False)
    try_to_sign_in(account.login_name, PASSWORD)
    rows = list(SignInLog.objects.order_by("id"))
    assert [(row.login_name, row.account, row.result) for row in rows] == [
        (account.uscc, account, "wrong"), (account.login_name, account, "success"),
        (account.login_name, account, "refused"), ("nobody-here", None, "wrong"),
        (account.login_name, account, "inactive"),
    ]  # fmt: skip
    assert (rows[0].address, rows[0].device, rows[0].way) == ("192.0.2.1", "Mozilla/5.0 Firefox/140.0", "password")
    stored = str(list(SignInLog.objects.values())) + str(list(AccessAttempt.objects.values()))
    assert PASSWORD not in stored
    assert "wrong-password" not in stored


def test_a_name_longer_than_the_column_is_refused_before_it_is_tried():
    assert try_to_sign_in("a" * 61).status_code == 422
    assert not SignInLog.objects.exists()


def test_a_natural_person_with_a_uscc_is_told_why_and_what_to_do_and_not_whether_the_uscc_exists():
    existing = make_legal_person().uscc
    make_natural_person(login_name="lisi-88")

    def page(uscc):
        html = try_to_sign_in(uscc, PASSWORD + "x", address=f"198.51.100.{ord(uscc[-1])}").content.decode()
        return re.sub(r"csrf\S+ value=\S+", "", html).replace(uscc, "")

    unknown, unverified = invented_uscc(7900), make_legal_person(verified=False).uscc
    assert page(existing) == page(unknown) == page(unverified)
    for sentence in (WRONG_SENTENCE, USCC_SENTENCE):
        assert sentence in page(unknown)
    assert "【自然人账号】请改填注册时的登录名" in USCC_SENTENCE
    wrong_check = existing[:-1] + ("0" if existing[-1] != "0" else "1")
    assert "不是有效的统一社会信用代码" in page(wrong_check)


def test_old_failures_are_deleted_daily_and_the_sign_in_log_stays():
    make_legal_person(login_name="owner-01")
    try_to_sign_in("owner-01")
    try_to_sign_in("nobody-here")
    AccessAttempt.objects.filter(username="nobody-here").update(attempt_time=timezone.now() - 16 * MINUTE)
    clean_sign_in()
    assert [row.username for row in AccessAttempt.objects.all()] == ["owner-01"]
    assert SignInLog.objects.count() == 2
    assert not AccessLog.objects.exists()
