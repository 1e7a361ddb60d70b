"""用户中心: what an account sees about itself, and the change of the password."""
import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import SignInResult, SignInWay
from accounts.models import Notice, SignInLog
from accounts.tests.factories import (
    PASSWORD,
    make_authority_tree,
    make_legal_person,
    make_natural_person,
    make_officer,
    make_operator,
)
from accounts.tests.request_facts import make_real_name_request
from accounts.tests.sms import texts_to

pytestmark = pytest.mark.django_db
CENTRE = "/accounts/centre/"
STRONG = "Zhulin-6-baihe-Qingquan"
MOBILE = "13800001111"


@pytest.fixture
def account(client, unused_address):
    client.defaults["REMOTE_ADDR"] = unused_address
    found = make_legal_person(login_name="owner-2", mobile=MOBILE)
    client.force_login(found)
    return found


def change(client, old=PASSWORD, new=STRONG, again=None):
    values = {"old": old, "new": new, "again": again if again is not None else new}
    return client.post(reverse("accounts:password"), values, follow=True)


def test_an_enterprise_sees_type_login_name_verification_and_masked_mobile(client, account):
    html = client.get(CENTRE).content.decode()
    for shown in ("法人账户", "owner-2", "已认证", account.verified_name, account.uscc, "138****1111", "手机号修改", "本设备"):
        assert shown in html
    assert MOBILE not in html


def test_an_enterprise_without_verification_is_told_what_it_lacks_and_what_waits(client):
    make_authority_tree()
    account = make_legal_person(verified=False)
    row = make_real_name_request(account)
    client.force_login(account)
    html = client.get(CENTRE).content.decode()
    assert "未认证" in html
    assert f"{row.receipt}</span>）正在办理" in html


def test_a_natural_person_is_told_what_the_account_cannot_do(client):
    client.force_login(make_natural_person())
    html = client.get(CENTRE).content.decode()
    assert "不能用统一社会信用代码登录，也不能申报" in html
    assert "未绑定" in html
    assert reverse("accounts:real_name") not in html


@pytest.mark.parametrize("make", [make_officer, make_operator])
def test_officers_and_operators_have_it_too(client, make):
    client.force_login(make())
    assert client.get(CENTRE).status_code == 200


def test_a_visitor_is_sent_to_the_login(client):
    for name in ("centre", "password"):
        assert client.get(reverse(f"accounts:{name}")).status_code == 302


@pytest.mark.parametrize("rows", [1, 3])
def test_it_takes_the_same_queries_for_one_and_three_devices_and_sign_ins(
    client, account, django_assert_num_queries, rows
):
    for _ in range(rows):
        Client().force_login(account)
        SignInLog.objects.create(
            login_name="owner-2", account=account, way=SignInWay.PASSWORD, result=SignInResult.WRONG
        )
    # session, account; devices, sign-ins, pending request; then the session is saved (3).
    with django_assert_num_queries(8):
        client.get(CENTRE)


def test_the_last_ten_sign_ins_are_listed_the_newest_first_and_nobody_elses(client, account):
    for number in range(12):
        SignInLog.objects.create(
            login_name="owner-2", account=account, way=SignInWay.PASSWORD,
            result=SignInResult.WRONG if number == 11 else SignInResult.SUCCESS,
        )  # fmt: skip
    SignInLog.objects.create(
        login_name="other", account=make_natural_person(), way=SignInWay.PASSWORD, result=SignInResult.LOCKED
    )
    page = client.get(CENTRE)
    assert [row.result for row in page.context["sign_ins"]] == ["wrong"] + ["success"] * 9
    assert "用户名或密码错误" in page.content.decode()


def test_a_new_password_keeps_this_device_ends_the_others_and_is_told(client, account):
    stolen = Client()
    stolen.force_login(account)
    page = change(client)
    assert "密码修改成功" in page.content.decode()
    assert client.get(CENTRE).status_code == 200
    assert stolen.get(CENTRE).status_code == 302
    account.refresh_from_db()
    assert account.check_password(STRONG)
    assert "如非本人操作" in texts_to(MOBILE)[0]
    assert Notice.objects.get(channel="message").title == "登录密码已修改"


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"old": "wrong-password"}, "原密码：与当前登录密码不一致"),
        ({"old": ""}, "原密码：此项必填"),
        ({"new": PASSWORD}, "新密码：与原密码相同"),
        ({"new": "short"}, "新密码：密码太短"),
        ({"new": "Password123456"}, "新密码：密码强度不够"),
        ({"again": "Zhulin-6-baihe-Other"}, "再次输入新密码：与新密码不一致"),
    ],
)
def test_a_bad_change_is_refused_with_the_reason_and_shows_no_password(client, account, values, sentence):
    page = change(client, **values)
    html = page.content.decode()
    assert page.status_code == 422
    assert sentence in html
    assert STRONG not in html
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    assert not Notice.objects.exists()


def test_guessing_the_old_password_is_locked_out_like_a_login(client, account):
    assert [change(client, old="wrong-password").status_code for _ in range(5)] == [422] * 4 + [429]
    assert change(client).status_code == 429
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
