"""What a person does with a QR code of 电子营业执照, for the tests."""
from django.urls import reverse

from accounts.licence import simulator
from accounts.models import LicenceScan


def get_code(client, purpose="sign_in", **values):
    """Press 【显示二维码】 and return the scan."""
    answer = client.post(reverse("accounts:scan", args=[purpose]), values)
    assert answer.status_code == 302
    return LicenceScan.objects.get(token=answer["Location"].rstrip("/").rsplit("/", 1)[-1])


def address(scan, name):
    """Return the address of a page of the scan."""
    return reverse(f"accounts:{name}", args=[scan.purpose, scan.token])


def confirm(scan, account=None, uscc=None, name="测试企业有限公司"):
    """Scan the code with the telephone of an enterprise."""
    uscc = uscc or account.uscc
    assert simulator.answer(token=scan.token, uscc=uscc, enterprise_name=name, legal_representative="张三")


def finish(client, scan):
    """Go on, as the page does by itself after the scan."""
    return client.post(address(scan, "scan_finish"))


def user_of(client):
    """Return the id of the account that is signed in, as the session holds it, or None."""
    return client.session.get("_auth_user_id")
