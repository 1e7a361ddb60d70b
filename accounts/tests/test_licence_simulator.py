"""The simulator of 电子营业执照: labelled, answering once, absent elsewhere and refused in production."""
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from accounts import checks
from accounts.licence import simulator
from accounts.licence.gateway import GatewayClosed, gateway_class, get_gateway, is_simulated
from accounts.tests.factories import make_enterprise, make_legal_person
from accounts.tests.scans import address, finish, get_code, user_of
from accounts.uscc import invented_uscc

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("many_codes")]
ROOT = Path(__file__).resolve().parents[2]
PRODUCTION = {
    "PORTAL_MODE": "production", "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "FIELD_KEYS": "b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=", "ALLOWED_HOSTS": "portal.example.org",
}  # fmt: skip


def page_of(scan):
    return reverse("accounts:licence_simulator", args=[scan.token])


def test_the_page_says_what_it_is_and_what_the_scan_is_for(client):
    html = client.get(page_of(get_code(client))).content.decode()
    assert "<h1 class=\"mb-3\">电子营业执照模拟器</h1>" in html
    assert "模拟器：仅供试用，不是真实的电子营业执照服务" in html
    assert "扫码用途：登录。" in html
    assert '>确认</button>' in html
    assert '>拒绝</button>' in html


def test_the_code_on_the_page_leads_to_the_simulator(client, settings):
    settings.SITE_URL = "http://127.0.0.1:8000/"
    scan = get_code(client)
    assert get_gateway().start(scan) == f"http://127.0.0.1:8000{page_of(scan)}"
    assert page_of(scan) in client.get(address(scan, "scan_code")).content.decode()


def test_an_account_is_chosen_and_confirmed(client):
    account = make_enterprise(name="选中企业有限公司").account
    scan = get_code(client)
    answer = client.post(page_of(scan), {"account": account.pk, "answer": "confirm"})
    assert "已确认。请回到显示二维码的窗口。" in answer.content.decode()
    finish(client, scan)
    assert user_of(client) == str(account.pk)


def test_a_licence_is_typed_with_full_width_characters(client):
    account = make_enterprise().account
    scan = get_code(client)
    wide = "".join(chr(ord(char) + 0xFEE0) for char in account.uscc)
    values = {"account": "", "uscc": f" {wide} ", "enterprise_name": "甲有限公司", "legal_representative": "张三"}
    client.post(page_of(scan), values | {"answer": "confirm"})
    finish(client, scan)
    assert user_of(client) == str(account.pk)


def test_a_wrong_code_is_told_and_what_was_typed_stays(client):
    scan = get_code(client)
    values = {"account": "", "uscc": "91999999000000001X", "enterprise_name": "甲有限公司", "legal_representative": ""}
    page = client.post(page_of(scan), values)
    html = page.content.decode()
    assert page.status_code == 422
    assert "“91999999000000001X”不是有效的统一社会信用代码" in html
    assert "请填写法定代表人，或在上面选择一个法人账户。" in html
    assert 'value="甲有限公司"' in html
    assert get_gateway().poll(scan) is None


def test_the_first_answer_counts(client):
    account = make_legal_person()
    scan = get_code(client)
    assert "已拒绝" in client.post(page_of(scan), {"answer": "refuse"}).content.decode()
    answer = client.post(page_of(scan), {"account": account.pk, "answer": "confirm"})
    assert "已经答复过" in answer.content.decode()
    assert get_gateway().poll(scan).refused


def test_a_code_that_is_unknown_or_used_has_no_page(client):
    scan = get_code(client)
    simulator.answer(token=scan.token, refused=True)
    finish(client, scan)
    assert client.get(page_of(scan)).status_code == 404
    assert client.get("/simulator/licence/unknown-token-unknown/").status_code == 404


def test_without_the_simulator_its_page_is_not_there(client, settings):
    scan = get_code(client)
    settings.LICENCE_GATEWAY = ""
    assert client.get(page_of(scan)).status_code == 404
    with pytest.raises(GatewayClosed):
        get_gateway()


def test_a_signature_covers_every_field(client):
    scan = get_code(client)
    simulator.answer(token=scan.token, uscc=invented_uscc(5), enterprise_name="甲", legal_representative="乙")
    gateway, result = get_gateway(), get_gateway().poll(scan)
    assert gateway.verify_signature(result)
    for name in ("token", "uscc", "enterprise_name", "legal_representative", "refused"):
        changed = type(result)(**vars(result) | {name: "x"})
        assert not gateway.verify_signature(changed), name


@pytest.mark.parametrize("path", ["nowhere.Gateway", "accounts.licence.simulator.LABEL"])
def test_a_gateway_that_is_none_is_refused(settings, path):
    settings.LICENCE_GATEWAY = path
    with pytest.raises(ImproperlyConfigured, match="LICENCE_GATEWAY"):
        gateway_class()


def test_a_simulator_that_others_can_reach_is_warned_of(settings):
    assert checks.check_licence_simulator(None) == []
    settings.ALLOWED_HOSTS = ["127.0.0.1", "portal.example.org"]
    assert [found.id for found in checks.check_licence_simulator(None)] == ["accounts.W001"]
    settings.LICENCE_GATEWAY = ""
    assert not is_simulated()
    assert checks.check_licence_simulator(None) == []


def run(tmp_path, *command, **changes):
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    environment = {
        **kept, **PRODUCTION, "PORTAL_VAR": str(tmp_path), "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        **changes,
    }  # fmt: skip
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True)


SIMULATOR = "accounts.licence.simulator.SimulatorGateway"
START_WEB = "import portal.wsgi"
ADDRESSES = (
    "import django; django.setup(); from accounts.urls import licence as u; "
    "print([p.name for p in u.urlpatterns if 'simulator' in (p.name or '')])"
)


@pytest.mark.parametrize("command", [("manage.py", "check"), ("-c", START_WEB)])
def test_production_does_not_start_with_the_simulator(tmp_path, command):
    changes = {"LICENCE_GATEWAY": SIMULATOR, "DJANGO_SETTINGS_MODULE": "portal.settings"}
    done = run(tmp_path, *command, **changes)
    assert done.returncode != 0
    assert f"ImproperlyConfigured: {checks.SIMULATOR_IN_PRODUCTION}" in done.stderr


def test_production_starts_without_a_gateway_and_has_no_simulator_page(tmp_path):
    done = run(tmp_path, "-c", ADDRESSES, DJANGO_SETTINGS_MODULE="portal.settings")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"
