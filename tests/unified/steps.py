"""What a person does on the way through the national login, for the tests."""
from urllib.parse import parse_qs, urlsplit

import requests

from accounts.uscc import invented_uscc

START = "/accounts/unified/"
CALLBACK = "/accounts/unified/callback/"
NEW, KNOWN, OPEN = (invented_uscc(serial) for serial in (700001, 700002, 700003))
USERS = {
    "new-enterprise": {"name": "统一新企业有限公司", "uscc": NEW, "legal_representative": "王一"},
    "known-enterprise": {"name": "统一已有企业有限公司", "uscc": KNOWN, "legal_representative": "王二"},
    "second-identity": {"name": "统一已有企业有限公司", "uscc": KNOWN, "legal_representative": "王二"},
    "open-enterprise": {"name": "统一未认证企业有限公司", "uscc": OPEN, "legal_representative": "王三"},
    "person": {"name": "赵个人"},
    "wrong-code": {"name": "错码有限公司", "uscc": "91999999000000001X"},
    "nameless": {"uscc": invented_uscc(700004)},
}


def leave(client, path=""):
    """Follow 【统一登录】 and return the address of the provider's page."""
    answer = client.get(START, {"next": path} if path else {})
    assert answer.status_code == 302
    return answer["Location"]


def authorise(address, subject):
    """Sign in at the provider as a person does, and return the address to which it sends the browser back."""
    with requests.Session() as browser:
        assert "Authorize Client" in browser.get(address, timeout=10).text
        answer = browser.post(address, data={"sub": subject}, allow_redirects=False, timeout=10)
    assert answer.status_code == 302, answer.text
    return answer.headers["Location"]


def come_back(client, address):
    assert address.startswith(f"http://testserver{CALLBACK}?")
    return client.get(CALLBACK, {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()})


def sign_in(client, subject, path=""):
    return come_back(client, authorise(leave(client, path), subject))


def user_of(client):
    return client.session.get("_auth_user_id")


def assert_refused(client, page, sentence, status=403):
    assert page.status_code == status
    assert sentence in page.content.decode()
    assert user_of(client) is None
