"""动态口令: binding at the first sign-in, a code at every other, recovery codes, waiting after wrong ones."""
import datetime
import re
from base64 import b32decode

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.models import AccessLog, Notice, SignInLog
from accounts.tests.factories import PASSWORD, make_enterprise, make_natural_person, make_officer, make_operator
from accounts.tests.second_factor import bound, code_for

pytestmark = [pytest.mark.django_db, pytest.mark.unverified]
STEP, BIND, DESK = "/accounts/second-factor/", "/accounts/second-factor/bind/", "/admin/"


@pytest.fixture
def officer(client):
    """An officer who has given the password only."""
    made = make_officer("320100", "manager")
    client.force_login(made)
    return made


def shown_key(page):
    secret = re.search(r"data-secret>([^<]+)<", page.content.decode())[1]
    return b32decode(secret.replace(" ", "")).hex()


def bind(client, **extra):
    """Bind as the page says; return (key, recovery codes)."""
    key = shown_key(client.get(BIND))
    page = client.post(BIND, {"code": code_for(key)} | extra)
    assert page.status_code == 200, page.content.decode()
    return key, re.findall(r"<code>([a-z2-9]{4}-[a-z2-9]{4})</code>", page.content.decode())


def use_up_the_wait(model=TOTPDevice):
    model.objects.update(throttling_failure_timestamp=timezone.now() - datetime.timedelta(days=1))


def test_without_a_binding_every_page_leads_to_binding_and_back_to_what_was_wanted(client, officer):
    wanted = "/admin/reviews/filing/?scope=all"
    step = client.get(wanted)["Location"]
    assert step == f"{BIND}?next=%2Fadmin%2Freviews%2Ffiling%2F%3Fscope%3Dall"
    page = client.get(step)
    html = page.content.decode()
    assert '<img class="qr-code" src="data:image/svg+xml' in html
    assert officer.login_name in html
    done = client.post(BIND, {"code": code_for(shown_key(page)), "next": wanted})
    assert f'href="{wanted.replace("&", "&amp;")}"' in done.content.decode()
    assert client.get(wanted).status_code == 200


def test_the_page_of_binding_writes_nothing_and_shows_the_same_secret_again(client, officer):
    assert shown_key(client.get(BIND)) == shown_key(client.get(BIND))
    assert not TOTPDevice.objects.exists()


def test_another_session_is_offered_another_secret(client, officer):
    first = shown_key(client.get(BIND))
    client.logout()
    client.force_login(officer)
    assert shown_key(client.get(BIND)) != first
    assert client.post(BIND, {"code": code_for(first)}).status_code == 422


def test_ten_recovery_codes_are_shown_once_and_stored_as_hashes(client, officer):
    _, codes = bind(client)
    assert len(set(codes)) == 10
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == 10
    assert not stored & ({*codes} | {code.replace("-", "") for code in codes})
    for address in (BIND, STEP):
        assert codes[0] not in client.get(address).content.decode()
    assert AccessLog.objects.get(action="绑定动态口令").actor == officer
    told = Notice.objects.filter(recipient=officer, title="已绑定动态口令")
    assert {notice.channel for notice in told} == {"message", "sms"}


@pytest.mark.parametrize(("typed", "sentence"), [
    ("", "请填写验证器上显示的 6 位数字"), ("12345", "“12345”应为 6 位数字"), ("abcdef", "“abcdef”应为 6 位数字"),
])  # fmt: skip
def test_what_is_no_code_is_refused_at_its_field_and_stays_there(client, officer, typed, sentence):
    for address in (BIND, STEP):
        if address == STEP:
            bound(officer)
        page = client.post(address, {"code": typed})
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert f'value="{typed}"' in page.content.decode() or not typed
    assert TOTPDevice.objects.get().throttling_failure_count == 0


def test_a_wrong_first_code_binds_nothing(client, officer):
    key = shown_key(client.get(BIND))
    page = client.post(BIND, {"code": f"{(int(code_for(key)) + 1) % 10**6:06d}"})
    assert page.status_code == 422
    assert "与本页的二维码不符" in page.content.decode()
    assert not TOTPDevice.objects.exists()
    assert client.get(DESK).status_code == 302


def test_the_code_opens_the_desk_and_the_session_gets_a_new_key(client, officer):
    device = bound(officer)
    assert client.get(DESK)["Location"] == f"{STEP}?next=%2Fadmin%2F"
    before = client.session.session_key
    wide = code_for(device.key).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    assert client.post(STEP, {"code": f" {wide[:3]} {wide[3:]}", "next": "/admin/reviews/filing/"})["Location"] == (
        "/admin/reviews/filing/"
    )
    assert client.session.session_key != before
    assert client.get(DESK).status_code == 200
    row = SignInLog.objects.get(way="totp")
    assert (row.account, row.result) == (officer, "success")


def test_the_code_that_bound_the_authenticator_does_not_sign_in_again(client, officer):
    key, _ = bind(client)
    client.logout()
    client.force_login(officer)
    page = client.post(STEP, {"code": code_for(key)})
    assert page.status_code == 422
    assert "已经使用过" in page.content.decode()
    use_up_the_wait()
    assert client.post(STEP, {"code": code_for(key, 1)}).status_code == 302


def test_a_code_is_used_once(client, officer):
    code = code_for(bound(officer).key)
    assert client.post(STEP, {"code": code}).status_code == 302
    client.logout()
    client.force_login(officer)
    page = client.post(STEP, {"code": code})
    assert page.status_code == 422
    assert f"动态口令“{code}”不正确，或已经使用过" in page.content.decode()
    assert client.get(DESK).status_code == 302


def test_wrong_codes_wait_longer_each_time_and_the_page_says_how_long(client, officer):
    device = bound(officer)
    wrong = f"{(int(code_for(device.key)) + 1) % 10**6:06d}"
    for wait in ("1 秒", "2 秒", "4 秒", "8 秒"):
        page = client.post(STEP, {"code": wrong})
        assert page.status_code == 422
        assert f"请在 {wait}后" in page.content.decode()
        use_up_the_wait()
    TOTPDevice.objects.update(throttling_failure_count=10, throttling_failure_timestamp=timezone.now())
    page = client.post(STEP, {"code": code_for(device.key)})
    assert page.status_code == 429
    assert "请在 9 分钟后再试" in page.content.decode()
    assert client.get(DESK).status_code == 302
    assert list(SignInLog.objects.order_by("id").values_list("result", flat=True)) == ["wrong"] * 4 + ["locked"]
    use_up_the_wait()
    assert client.post(STEP, {"code": code_for(device.key)}).status_code == 302


def test_a_recovery_code_is_used_once_however_it_is_typed_and_the_rest_is_counted(client, officer):
    _, codes = bind(client)
    for number, typed in enumerate((codes[3].upper(), codes[4].replace("-", " ")), start=1):
        client.logout()
        client.force_login(officer)
        page = client.post(f"{STEP}?recovery=1", {"code": typed}, follow=True)
        assert f"还剩 {10 - number} 个恢复码" in page.content.decode()
        assert client.get(DESK).status_code == 200
    client.logout()
    client.force_login(officer)
    page = client.post(f"{STEP}?recovery=1", {"code": codes[3]})
    assert page.status_code == 422
    assert "恢复码" in page.content.decode()
    assert client.get(DESK).status_code == 302
    assert client.post(f"{STEP}?recovery=1", {"code": codes[5]}).status_code == 429
    use_up_the_wait(StaticDevice)
    assert client.post(f"{STEP}?recovery=1", {"code": codes[5]}).status_code == 302
    assert AccessLog.objects.filter(action="使用恢复码").count() == 3


def test_the_recovery_codes_of_another_officer_are_worth_nothing(client, officer):
    _, codes = bind(client)
    other = make_officer("320100")
    client.force_login(other)
    bind(client)
    client.logout()
    client.force_login(other)
    assert client.post(f"{STEP}?recovery=1", {"code": codes[0]}).status_code == 422


def test_few_recovery_codes_are_said_so_and_binding_again_makes_new_ones(client, officer):
    _, codes = bind(client)
    StaticToken.objects.filter(pk__in=StaticToken.objects.values_list("pk")[:7]).delete()
    assert "恢复码只剩 3 个" in client.get(STEP).content.decode()
    refused = client.post(BIND, {"code": code_for(shown_key(client.get(BIND))), "password": "wrong"})
    assert refused.status_code == 422
    assert "密码不正确" in refused.content.decode()
    old = TOTPDevice.objects.get().key
    key, new_codes = bind(client, password=PASSWORD)
    assert TOTPDevice.objects.get().key == key != old
    assert StaticToken.objects.count() == 10
    assert not set(codes) & set(new_codes)
    assert client.get(DESK).status_code == 200


def test_a_new_binding_takes_the_second_factor_from_every_other_session(client, officer):
    bind(client)
    other = type(client)()
    other.force_login(officer)
    assert other.post(STEP, {"code": code_for(TOTPDevice.objects.get().key, 1)}).status_code == 302
    assert other.get(DESK).status_code == 200
    bind(client, password=PASSWORD)
    assert other.get(DESK)["Location"].startswith(STEP)


def test_the_password_alone_cannot_replace_a_binding(client, officer):
    device = bound(officer)
    assert client.get(BIND)["Location"] == STEP
    key = code_for(device.key)
    assert client.post(BIND, {"code": key, "password": PASSWORD})["Location"] == STEP
    assert TOTPDevice.objects.get().pk == device.pk


def test_a_binding_of_somebody_else_in_the_session_counts_for_nothing(client, officer):
    bound(officer)
    session = client.session
    session["otp_device_id"] = bound(make_officer("320100")).persistent_id
    session.save()
    assert client.get(DESK).status_code == 302


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/accounts/user/", "/admin/autocomplete/", "/files/1/", "/documents/1/"]
)
def test_pages_outside_and_inside_the_desk_wait_for_the_second_factor(client, officer, address):
    assert client.get(address)["Location"].startswith(BIND)
    bound(officer)
    assert client.get(address)["Location"].startswith(f"{STEP}?next=")
    assert client.post("/filings/1/document/")["Location"] == STEP


def test_a_script_is_told_in_json(client, officer):
    answer = client.get("/documents/1/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert (answer.status_code, answer.json()["code"]) == (401, "second_factor")


def test_signing_out_needs_no_second_factor(client, officer):
    assert client.post("/accounts/logout/").status_code == 302
    assert client.session.get("_auth_user_id") is None


def test_an_operator_binds_too(client):
    client.force_login(make_operator())
    assert client.get(DESK)["Location"].startswith(BIND)
    bind(client)
    assert client.get(DESK).status_code == 200


@pytest.mark.parametrize("make", [lambda: make_enterprise().account, make_natural_person])
def test_enterprises_and_persons_have_no_second_factor(client, make):
    client.force_login(make())
    for address in (STEP, BIND):
        assert client.get(address).status_code == 403
    assert client.get("/accounts/natural-person/").status_code in {200, 302}


def test_a_next_page_elsewhere_is_ignored(client, officer):
    code = code_for(bound(officer).key)
    answer = client.post(STEP, {"code": code, "next": "https://example.org/"})
    assert answer["Location"] == reverse("admin:index")


def test_the_question_costs_no_query_of_its_own(client, officer, django_assert_num_queries):
    client.post(STEP, {"code": code_for(bound(officer).key)})
    # session, account with its binding; binding, recovery codes and message of the page; three to prolong the session
    with django_assert_num_queries(8):
        assert client.get(STEP).status_code == 200
