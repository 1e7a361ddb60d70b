"""OpenID Connect: authorisation code with PKCE (S256), state and nonce, issuer discovery, signed ID tokens.

Authlib does the protocol (OpenID Connect Core 1.0 §3.1). Added here: one client per configuration, time limits, the
issuer of the discovery document compared with ours (Discovery §4.3), asymmetric signatures only, and one family of
errors. Addresses and keys are kept in memory; keys are fetched anew when a token does not fit the ones we have.
"""
import functools
import logging
import time
from contextlib import contextmanager
from dataclasses import dataclass

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.django_client import DjangoOAuth2App, OAuth
from django.conf import settings
from joserfc.errors import BadSignatureError, JoseError

from portal.tools.errors import Refused

logger = logging.getLogger(__name__)

#: Seconds for each request to the provider.
TIMEOUT = 5
#: Seconds after which addresses and keys are asked for anew.
KEPT = 3600
#: Seconds by which the clocks may differ.
LEEWAY = 60
#: An HMAC would be "signed" with our own client secret.
ALGORITHMS = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}

AWAY = "统一登录系统暂时连接不上，本次没有登录。请稍后再试，或用本平台的登录名（或统一社会信用代码）和密码登录。"
REFUSED_THERE = "统一登录系统没有完成登录（可能是您点击了取消）。如需继续，请重新点击【统一登录】。"
STALE_STATE = "统一登录的请求已失效或已使用过，本次没有登录。请回到登录页，重新点击【统一登录】。"
UNTRUSTED = (
    "统一登录系统返回的登录信息没有通过校验，本次没有登录，已记入日志。请重新点击【统一登录】；再次出现请联系"
    "技术支持电话 010-87901037、010-87901032。"
)


class ProviderAway(Refused):
    """The provider does not answer, or not with what the protocol asks for."""

    status = 503
    code = "provider_away"


class LoginRefused(Refused):
    """The provider's answer does not sign anybody in."""

    status = 403
    code = "unified_refused"


@dataclass(frozen=True)
class Identity:
    """Somebody whom the provider has signed in; ``claims`` are those of the verified ID token."""

    issuer: str
    subject: str
    claims: dict


def is_open():
    """Tell whether the unified login is configured."""
    return bool(settings.UNIFIED_LOGIN_ISSUER)


def start(request, *, callback):
    """Return the redirect to the provider; state, nonce and code verifier are kept in the session.

    ``callback`` is our absolute address. Raises ProviderAway.
    """
    with _errors():
        return _provider().authorize_redirect(request, callback)


def finish(request):
    """Return the Identity that the provider vouches for in its answer to ``start``.

    Raises LoginRefused: cancelled there, state unknown or used, or a token that does not verify; ProviderAway.
    """
    if request.GET.get("error"):
        raise LoginRefused(REFUSED_THERE, code="unified_cancelled")
    with _errors():
        provider = _provider()
        token = provider.authorize_access_token(request, leeway=LEEWAY, claims_options=_expected())
    claims = token.get("userinfo")
    if not claims:
        raise LoginRefused(UNTRUSTED, code="unified_untrusted")
    return Identity(claims["iss"], claims["sub"], dict(claims))


def _provider():
    key = (settings.UNIFIED_LOGIN_ISSUER, settings.UNIFIED_LOGIN_CLIENT_ID, settings.UNIFIED_LOGIN_CLIENT_SECRET)
    provider = _configured(*key)
    metadata = provider.load_server_metadata()
    if time.time() - metadata["_loaded_at"] > KEPT:
        forget_provider()
        provider = _configured(*key)
        metadata = provider.load_server_metadata()
    offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
    accepted = [name for name in offered if name in ALGORITHMS]
    if metadata.get("issuer") != settings.UNIFIED_LOGIN_ISSUER or not accepted:
        forget_provider()
        logger.error("Unified login: unusable discovery of %r, signed by %s", metadata.get("issuer"), offered)
        raise ProviderAway(AWAY)
    metadata["id_token_signing_alg_values_supported"] = accepted
    return provider


def _expected():
    """Return what the token must say about who made it and for whom (OpenID Connect Core §3.1.3.7)."""
    return {
        "iss": {"essential": True, "value": settings.UNIFIED_LOGIN_ISSUER},
        "aud": {"essential": True, "value": settings.UNIFIED_LOGIN_CLIENT_ID},
    }


def forget_provider():
    """Ask the provider for its addresses and keys anew at the next sign-in."""
    _configured.cache_clear()


class _Provider(DjangoOAuth2App):
    """Fetches the keys anew for a bad signature too: a provider whose keys have no names cannot name a new one."""

    def parse_id_token(self, token, nonce, **options):
        try:
            return super().parse_id_token(token, nonce, **options)
        except BadSignatureError:
            self.fetch_jwk_set(force=True)
            return super().parse_id_token(token, nonce, **options)


class _Registry(OAuth):
    oauth2_client_cls = _Provider


@functools.lru_cache(maxsize=4)
def _configured(issuer, client_id, client_secret):
    return _Registry().register(
        "unified",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.UNIFIED_LOGIN_SCOPE, "code_challenge_method": "S256", "default_timeout": TIMEOUT,
            "token_endpoint_auth_method": "client_secret_basic" if client_secret else "none",
        },
    )  # fmt: skip


@contextmanager
def _errors():
    try:
        yield
    except MismatchingStateError as error:
        raise LoginRefused(STALE_STATE, code="unified_stale") from error
    except requests.RequestException as error:
        logger.warning("Unified login: provider away: %s", error)
        raise ProviderAway(AWAY) from error
    except (AuthlibBaseError, JoseError, ValueError, KeyError, RuntimeError) as error:
        logger.warning("Unified login: answer refused: %s", error)
        raise LoginRefused(UNTRUSTED, code="unified_untrusted") from error
