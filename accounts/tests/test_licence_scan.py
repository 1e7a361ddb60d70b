"""电子营业执照扫码登录 as a person meets it: one code, one browser, one use."""
import datetime
import logging
import re
import time

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.enums import ScanState, SignInResult, SignInWay
from accounts.licence import simulator
from accounts.licence.gateway import CLOSED, UNREACHABLE, LicenceResult
from accounts.models import LicenceScan, SignInLog
from accounts.services import licence as service
from accounts.services.sign_in import INACTIVE_SENTENCE
from accounts.tests.factories import make_enterprise, make_legal_person
from accounts.tests.scans import address, confirm, finish, get_code, user_of
from accounts.uscc import invented_uscc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_codes")]
START = "/accounts/licence/sign_in/"


def end_time(scan, seconds):
    """Move the life of the code, so that it ended ``seconds`` ago."""
    ended = timezone.now() - datetime.timedelta(seconds=seconds)
    LicenceScan.objects.filter(pk=scan.pk).update(
        created_at=ended - datetime.timedelta(seconds=120), expires_at=ended
    )


def test_the_page_explains_and_writes_nothing_until_the_button_is_pressed(client):
    page = client.get(START)
    html = page.content.decode()
    assert page.status_code == 200
    assert "电子营业执照扫码登录" in html
    assert "显示二维码" in html
    assert "境内企业法人" in html
    assert simulator.LABEL in html
    assert not LicenceScan.objects.exists()


def test_the_login_page_leads_there_with_the_page_that_was_wanted(client, settings):
    link = f'href="{START}?next=/enterprise/messages/">电子营业执照扫码登录</a>'
    assert link in client.get("/accounts/login/?next=/enterprise/messages/").content.decode()
    settings.LICENCE_GATEWAY = ""
    assert START not in client.get("/accounts/login/").content.decode()


def test_the_code_is_shown_as_a_picture_with_its_time(client, settings):
    scan = get_code(client)
    html = client.get(address(scan, "scan_code")).content.decode()
    assert 'src="data:image/svg+xml' in html
    assert int(re.search(r"data-scan-seconds>(\d+)<", html)[1]) in range(settings.LICENCE_SECONDS - 5, 121)
    assert "我已扫码确认" in html
    assert "重新获取二维码" in html
    assert simulator.LABEL in html
    assert scan.expires_at - scan.created_at == datetime.timedelta(seconds=120)


def test_a_confirmed_scan_signs_the_enterprise_in_and_is_logged(client):
    account = make_enterprise().account
    scan = get_code(client)
    assert client.get(address(scan, "scan_state")).json()["state"] == "waiting"
    confirm(scan, account)
    assert client.get(address(scan, "scan_state")).json()["state"] == "confirmed"
    answer = finish(client, scan)
    assert (answer.status_code, answer["Location"]) == (302, reverse("applications:home"))
    assert user_of(client) == str(account.pk)
    row = SignInLog.objects.get()
    assert (row.account, row.way, row.result) == (account, SignInWay.LICENCE, SignInResult.SUCCESS)
    scan.refresh_from_db()
    assert (scan.state, scan.uscc) == (ScanState.USED, account.uscc)


def test_the_way_on_is_kept_and_only_within_the_portal(client):
    account = make_enterprise().account
    for wanted, reached in (
        ("/enterprise/messages/", "/enterprise/messages/"),
        ("https://evil.example/", "/enterprise/"),
    ):
        client.logout()
        scan = get_code(client, next=wanted)
        confirm(scan, account)
        assert finish(client, scan)["Location"] == reached


def test_asking_for_the_state_changes_nothing(client):
    scan = get_code(client)
    confirm(scan, make_legal_person())
    before = LicenceScan.objects.values().get()
    client.get(address(scan, "scan_state"))
    client.get(address(scan, "scan_code"))
    assert LicenceScan.objects.values().get() == before


def test_asking_again_and_again_is_cheap(client, django_assert_num_queries):
    scan = get_code(client)
    with django_assert_num_queries(5):  # the session, the code, and the session kept alive (savepoint, row, release)
        client.get(address(scan, "scan_state"))


def test_pressing_on_before_the_scan_says_that_nothing_has_come_yet(client):
    scan = get_code(client)
    page = finish(client, scan)
    assert page.status_code == 409
    assert service.WAITING in page.content.decode()
    assert "data:image/svg+xml" in page.content.decode()
    assert user_of(client) is None


def test_an_expired_code_signs_nobody_in_and_offers_a_new_one(client):
    scan = get_code(client)
    end_time(scan, 1)
    assert client.get(address(scan, "scan_state")).json() == {
        "state": "expired", "seconds": 0,
        "message": "二维码：已超过有效时间，不能再使用。请点击【重新获取二维码】，用电子营业执照应用重新扫码。",
    }  # fmt: skip
    confirm(scan, make_legal_person())  # answered too late
    end_time(scan, 31)
    page = finish(client, scan)
    assert page.status_code == 409
    assert service.EXPIRED in page.content.decode()
    assert "重新获取二维码</button>" in page.content.decode()
    assert user_of(client) is None


def test_an_expired_code_is_not_shown_again(client):
    scan = get_code(client)
    end_time(scan, 1)
    html = client.get(address(scan, "scan_code")).content.decode()
    assert service.EXPIRED in html
    assert "data:image/svg+xml" not in html


def test_a_confirmation_of_the_last_second_still_counts(client):
    account = make_enterprise().account
    scan = get_code(client)
    confirm(scan, account)
    LicenceScan.objects.filter(pk=scan.pk).update(expires_at=timezone.now() - datetime.timedelta(seconds=2))
    assert finish(client, scan).status_code == 302
    assert user_of(client) == str(account.pk)


def test_a_code_works_once(client):
    account = make_enterprise().account
    scan = get_code(client)
    confirm(scan, account)
    held = client.session["licence"]
    assert finish(client, scan).status_code == 302
    client.logout()
    session = client.session
    session["licence"] = held
    session.save()
    assert client.get(address(scan, "scan_state")).json()["state"] == "used"
    page = finish(client, scan)
    assert page.status_code == 409
    assert "二维码：已使用过一次，不能重复使用。" in page.content.decode()
    assert user_of(client) is None


def test_another_browser_with_the_address_of_the_code_gets_nothing(client):
    account = make_enterprise().account
    scan = get_code(client)
    confirm(scan, account)
    stranger, other_code = Client(), Client()
    get_code(other_code)  # holds a nonce, of its own
    for browser in (stranger, other_code):
        assert browser.get(address(scan, "scan_state")).status_code == 404
        assert browser.get(address(scan, "scan_code")).status_code == 404
        assert finish(browser, scan).status_code == 404
        assert user_of(browser) is None
    assert finish(client, scan).status_code == 302


def test_a_code_for_signing_in_does_not_verify(client):
    scan = get_code(client)
    client.force_login(make_legal_person())
    confirm(scan, make_legal_person())
    assert client.post(reverse("accounts:scan_finish", args=["verify", scan.token])).status_code == 404


def test_a_refusal_in_the_app_is_told(client):
    scan = get_code(client)
    simulator.answer(token=scan.token, refused=True)
    assert client.get(address(scan, "scan_state")).json()["message"] == service.DECLINED
    page = finish(client, scan)
    assert page.status_code == 409
    assert "您在电子营业执照应用中选择了【拒绝】" in page.content.decode()
    assert user_of(client) is None


def result_for(scan, account, **changes):
    values = {
        "token": scan.token, "refused": False, "uscc": account.uscc, "enterprise_name": account.verified_name,
        "legal_representative": "张三", "issued_at": timezone.now(), "signature": "",
    }  # fmt: skip
    return LicenceResult(**values | changes)


def test_a_wrong_signature_signs_nobody_in_and_is_logged(client, caplog):
    account = make_enterprise().account
    scan = get_code(client)
    right = result_for(scan, account)
    simulator.leave(result_for(scan, account, uscc=invented_uscc(77)), simulator.signature_of(right))
    with caplog.at_level(logging.WARNING):
        page = finish(client, scan)
    assert page.status_code == 403
    assert service.FORGED in page.content.decode()
    assert user_of(client) is None
    assert f"Licence scan {scan.pk} refused: signature or code does not fit" in caplog.text
    row = SignInLog.objects.get()
    assert (row.account, row.way, row.result) == (None, SignInWay.LICENCE, SignInResult.REFUSED)
    assert service.SPENT in finish(client, scan).content.decode()


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_result_from_another_time_is_refused_and_logged(client, caplog, minutes):
    account = make_enterprise().account
    scan = get_code(client)
    stale = result_for(scan, account, issued_at=timezone.now() + datetime.timedelta(minutes=minutes))
    simulator.leave(stale, simulator.signature_of(stale))
    with caplog.at_level(logging.WARNING):
        page = finish(client, scan)
    assert page.status_code == 403
    assert "返回结果的签发时间不在这个二维码的有效时间内" in page.content.decode()
    assert f"Licence scan {scan.pk} refused: issued at" in caplog.text
    assert user_of(client) is None


def test_the_result_of_another_code_is_refused(client):
    account = make_enterprise().account
    scan, other = get_code(client), get_code(Client())
    confirm(other, account)
    cache.set(simulator._key(scan.token), cache.get(simulator._key(other.token)), 60)
    page = finish(client, scan)
    assert page.status_code == 403
    assert service.FORGED in page.content.decode()
    assert user_of(client) is None


def test_a_licence_without_an_account_is_shown_the_way_to_register(client):
    scan = get_code(client)
    code = invented_uscc(4321)
    confirm(scan, uscc=code, name="无账户企业有限公司")
    page = finish(client, scan)
    html = page.content.decode()
    assert page.status_code == 404
    assert (
        f"统一社会信用代码：“{code}”（无账户企业有限公司）在本平台还没有法人账户，不能登录。"
        "请先点击【注册】，用户类型选择【法人】。"
    ) in html
    assert f'href="{reverse("accounts:register")}">注册</a>' in html
    assert SignInLog.objects.get().login_name == code


def test_an_account_out_of_use_is_told_so(client):
    account = make_legal_person()
    type(account).objects.filter(pk=account.pk).update(is_active=False)
    scan = get_code(client)
    confirm(scan, account)
    page = finish(client, scan)
    assert page.status_code == 403
    assert INACTIVE_SENTENCE in page.content.decode()
    assert SignInLog.objects.get().result == SignInResult.INACTIVE
    assert user_of(client) is None


def test_without_a_gateway_the_page_says_that_the_service_is_not_open(client, settings):
    settings.LICENCE_GATEWAY = ""
    for page in (client.get(START), client.post(START)):
        assert page.status_code == 503
        assert CLOSED in page.content.decode()
    assert not LicenceScan.objects.exists()


def test_a_service_that_does_not_answer_is_told_as_such(client, settings):
    scan = get_code(client)
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "unix:///nowhere/redis.sock"
        }
    }  # fmt: skip
    page = finish(client, scan)
    assert page.status_code == 503
    assert UNREACHABLE in page.content.decode()
    assert client.get(address(scan, "scan_state"), headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 503


def test_too_many_codes_from_one_address_are_refused(monkeypatch):
    monkeypatch.setattr(service, "CODES_PER_WINDOW", 2)
    browser = Client(REMOTE_ADDR="203.0.113.77")
    cache.delete_many(f"licence-scans:203.0.113.77:{int(time.time()) // 600 + step}" for step in (0, 1))
    answers = [browser.post(START) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "10 分钟内最多获取 2 个二维码" in answers[-1].content.decode()
    assert LicenceScan.objects.count() == 2


def test_codes_that_nobody_confirmed_are_forgotten_after_a_week(client):
    old, used, new = get_code(client), get_code(client), get_code(client)
    confirm(used, make_enterprise().account)
    finish(client, used)
    for scan in (old, used):
        end_time(scan, 8 * 24 * 3600)
    assert service.forget_scans() == 1
    assert set(LicenceScan.objects.values_list("pk", flat=True)) == {used.pk, new.pk}
