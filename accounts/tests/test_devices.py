"""Device names, and signing out elsewhere."""
import pytest
from django.test import Client
from django.urls import reverse

from accounts.devices import device_name
from accounts.models import Session
from accounts.services.devices import sign_out_device, sign_out_elsewhere
from accounts.tests.factories import make_legal_person

KIT = "AppleWebKit/537.36 (KHTML, like Gecko)"
WINDOWS = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {KIT} Chrome/120.0.0.0 Safari/537.36"
CENTRE = "/accounts/centre/"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (WINDOWS, "Chrome 120，Windows 10"),
        (f"{WINDOWS} Edg/120.0.0.0", "Edge 浏览器 120，Windows 10"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0", "Firefox 115，Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_2 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
            "Mobile/15E148 MicroMessenger/8.0.44",
            "微信 8，iOS 17",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 10; K) {KIT} Chrome/120.0.0.0 Mobile Safari/537.36",
            "Chrome 120，Android 10",
        ),
        ("<script>alert(1)</script>", "未知设备"),
        ("", "未知设备"),
    ],
)
def test_a_device_has_a_name_in_plain_words(agent, name):
    assert device_name(agent) == name


@pytest.fixture
def account():
    return make_legal_person()


@pytest.fixture
def three(account):
    """Three browsers of the account."""
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        browser.force_login(account)
    return browsers


def is_in(browser):
    return browser.get(CENTRE).status_code == 200


@pytest.mark.django_db
def test_all_other_devices_are_signed_out_and_this_one_stays(three):
    here, second, third = three
    page = here.post(reverse("accounts:devices"), follow=True)
    assert "其他 2 台设备已退出登录。" in page.content.decode()
    assert [is_in(browser) for browser in (here, second, third)] == [True, False, False]


@pytest.mark.django_db
def test_one_device_is_signed_out_by_its_button(three):
    here, second, third = three
    page = here.get(CENTRE)
    assert [device.is_here for device in page.context["devices"]] == [True, False, False]
    html = page.content.decode()
    for browser in three:
        assert browser.session.session_key not in html
    keys = {device.token for device in page.context["devices"] if not device.is_here}
    assert len(keys) == 2
    here.post(reverse("accounts:devices"), {"device": keys.pop()})
    assert is_in(here)
    assert [is_in(second), is_in(third)].count(True) == 1


@pytest.mark.django_db
def test_the_own_device_and_those_of_others_cannot_be_named(three):
    here = three[0]
    other = Client()
    other.force_login(make_legal_person())
    foreign = other.get(CENTRE).context["devices"][0].token
    own = here.get(CENTRE).context["devices"][0].token
    for token in (foreign, own, "x"):
        page = here.post(reverse("accounts:devices"), {"device": token}, follow=True)
        assert "该设备已经不在登录状态" in page.content.decode()
    assert is_in(other)
    assert is_in(here)


@pytest.mark.django_db
def test_a_page_that_is_only_read_signs_nobody_out(three):
    assert three[0].get(reverse("accounts:devices")).status_code == 405
    assert Session.objects.count() == 3


@pytest.mark.django_db
def test_the_services_say_how_many_were_ended(account, three):
    here = three[0].session.session_key
    assert sign_out_device(account=account, token="unknown", keep=here) == 0
    assert sign_out_elsewhere(account=account, keep=here) == 2
    assert sign_out_elsewhere(account=account) == 1
