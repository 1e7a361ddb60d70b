"""统一登录 against a real OpenID provider: answers that must sign nobody in, new keys, and a provider that is away."""
import base64
import json
import socket
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from django.urls import reverse
from joserfc import jwt
from joserfc.jwk import RSAKey

from accounts.enums import SignInResult
from accounts.models import SignInLog, UnifiedIdentity
from accounts.tests.factories import make_legal_person
from accounts.unified import client as oidc
from tests.unified.steps import CALLBACK, KNOWN, START, assert_refused, authorise, come_back, leave, sign_in, user_of

pytestmark = pytest.mark.django_db


def test_pressing_cancel_at_the_provider_signs_nobody_in(client, issuer):
    address = leave(client)
    answer = requests.post(address, data={"action": "deny"}, allow_redirects=False, timeout=10)
    assert_refused(client, come_back(client, answer.headers["Location"]), oidc.REFUSED_THERE)


def test_an_answer_with_another_state_is_refused(client, issuer):
    address = authorise(leave(client), "person")
    page = client.get(CALLBACK, {"code": parse_qs(urlsplit(address).query)["code"][0], "state": "x" * 30})
    assert_refused(client, page, oidc.STALE_STATE)


def test_an_answer_in_another_browser_is_refused(client, issuer):
    address = authorise(leave(client), "person")
    assert_refused(stranger := type(client)(), come_back(stranger, address), oidc.STALE_STATE)


def test_an_answer_works_once(client, issuer):
    address = authorise(leave(client), "person")
    assert come_back(client, address).status_code == 302
    client.logout()
    assert_refused(client, come_back(client, address), oidc.STALE_STATE)


def change_stored(client, **values):
    """Change what the session remembers of the request."""
    session = client.session
    key = next(name for name, _ in session.items() if name.startswith("_state_unified_"))
    session[key]["data"].update(values)
    session.save()


def test_a_code_that_was_used_before_is_refused_by_the_provider(client, issuer):
    address = authorise(leave(client), "person")
    held = {name: value for name, value in client.session.items() if name.startswith("_state_unified_")}
    assert come_back(client, address).status_code == 302
    client.logout()
    session = client.session
    session.update(held)
    session.save()
    assert_refused(client, come_back(client, address), oidc.UNTRUSTED)


def test_a_token_for_another_request_is_refused(client, issuer):
    address = authorise(leave(client), "person")
    change_stored(client, nonce="another-nonce-of-somebody")
    assert_refused(client, come_back(client, address), oidc.UNTRUSTED)
    assert SignInLog.objects.get().result == SignInResult.REFUSED


def claims_of(token):
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


def rewrite(token, **claims):
    """Return an ID token with other claims and the old signature."""
    head, _, signature = token.split(".")
    changed = base64.urlsafe_b64encode(json.dumps(claims_of(token) | claims).encode()).rstrip(b"=").decode()
    return f"{head}.{changed}.{signature}"


def signed_by(key, **other):
    """Return a change of the answers after which the provider signs with this named key, with ``other`` claims."""

    def change(path, body):
        if path == "/jwks":
            return {"keys": [key.as_dict(private=False)]}
        if "id_token" in body:
            claims = claims_of(body["id_token"]) | other
            return body | {"id_token": jwt.encode({"alg": "RS256", "kid": key.kid}, claims, key)}
        return body

    return change


def unsigned(token):
    """Return the token with the algorithm "none"."""
    head = base64.urlsafe_b64encode(json.dumps({"alg": "none", "typ": "JWT"}).encode()).rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."


@pytest.mark.parametrize(
    "forge",
    [lambda token: rewrite(token, uscc=KNOWN, name="冒用有限公司"), lambda token: token[:-6] + "AAAAAA", unsigned],
    ids=["other claims", "other signature", "no signature"],
)
def test_a_tampered_token_signs_nobody_in(client, issuer, forge):
    make_legal_person(uscc=KNOWN)
    issuer.change = lambda path, body: body | {"id_token": forge(body["id_token"])} if "id_token" in body else body
    assert_refused(client, sign_in(client, "person"), oidc.UNTRUSTED)
    assert not UnifiedIdentity.objects.exists()


@pytest.mark.parametrize(
    ("claim", "value"),
    [("aud", "somebody-else"), ("iss", "http://other.example"), ("exp", 1), ("nonce", "another"), ("at_hash", "other")],
)
def test_a_well_signed_token_that_is_not_for_this_sign_in_is_refused(client, issuer, claim, value):
    issuer.change = signed_by(RSAKey.generate_key(2048, {"kid": "own", "use": "sig"}), **{claim: value})
    assert_refused(client, sign_in(client, "person"), oidc.UNTRUSTED)
    assert not UnifiedIdentity.objects.exists()


def test_an_answer_without_a_token_is_refused(client, issuer):
    issuer.change = lambda path, body: {name: value for name, value in body.items() if name != "id_token"}
    assert_refused(client, sign_in(client, "person"), oidc.UNTRUSTED)


def test_a_provider_that_calls_itself_otherwise_is_not_used(client, issuer):
    issuer.change = lambda path, body: body | {"issuer": "http://other.example"} if "issuer" in body else body
    assert_refused(client, client.get(START), oidc.AWAY, status=503)


def test_a_provider_that_signs_with_a_shared_secret_is_not_used(client, issuer):
    key = "id_token_signing_alg_values_supported"
    issuer.change = lambda path, body: body | {key: ["HS256", "none"]} if key in body else body
    assert_refused(client, client.get(START), oidc.AWAY, status=503)


def test_addresses_and_keys_are_kept_until_the_provider_has_new_keys(client, issuer, provider):
    for _ in range(2):
        sign_in(client, "person")
        client.logout()
    assert issuer.seen.count("/jwks") == 1
    assert issuer.seen.count("/.well-known/openid-configuration") == 1
    provider.stop()
    provider.start()  # with a new key, which has no name
    sign_in(client, "person")
    assert user_of(client)
    assert issuer.seen.count("/jwks") == 2


def test_a_token_that_names_an_unknown_key_makes_the_portal_fetch_the_keys(client, issuer):
    for name in ("first", "second"):
        issuer.change = signed_by(RSAKey.generate_key(2048, {"kid": name, "use": "sig"}))
        sign_in(client, "person")
        assert user_of(client)
        client.logout()
    assert issuer.seen.count("/jwks") == 2


def test_after_an_hour_the_addresses_are_asked_for_anew(client, issuer, monkeypatch):
    leave(client)
    monkeypatch.setattr(oidc, "KEPT", -1)
    leave(client)
    assert issuer.seen.count("/.well-known/openid-configuration") == 2


def test_a_provider_that_is_away_leaves_a_way_back(client, issuer, provider):
    address = authorise(leave(client), "person")
    issuer.shutdown()
    issuer.server_close()
    for page in (come_back(client, address), client.get(START)):
        if page.status_code == 302:  # the addresses are known: the browser itself finds out
            continue
        assert_refused(client, page, oidc.AWAY, status=503)
        assert f'href="{reverse("accounts:login")}">返回登录</a>' in page.content.decode()
    oidc.forget_provider()
    page = client.get(START)
    assert_refused(client, page, "统一登录系统暂时连接不上，本次没有登录。", status=503)


def test_a_provider_that_says_nothing_is_given_up_after_a_few_seconds(client, settings, monkeypatch):
    monkeypatch.setattr(oidc, "TIMEOUT", 1)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.UNIFIED_LOGIN_ISSUER = f"http://127.0.0.1:{silent.getsockname()[1]}"
        settings.UNIFIED_LOGIN_CLIENT_ID = "portal"
        oidc.forget_provider()
        began = time.monotonic()
        assert_refused(client, client.get(START), oidc.AWAY, status=503)
        assert time.monotonic() - began < 4
        oidc.forget_provider()


