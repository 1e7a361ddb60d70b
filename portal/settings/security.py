"""Secrets, hosts, cookies, content security policy."""
from csp.constants import NONE, SELF

from portal.env import MODE, env, make_field_key, make_secret_key, secret

SECRET_KEY = secret("SECRET_KEY", make_secret_key)
#: Keys of the encrypted columns, newest first; older ones still decrypt.
FIELD_KEYS = secret("FIELD_KEYS", make_field_key).split(",")

PRODUCTION = MODE == "production"
_LOCAL = ["127.0.0.1", "localhost", "testserver", "[::1]"]
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[] if PRODUCTION else _LOCAL)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

SESSION_ENGINE = "accounts.sessions"  # in the database: Redis away must not sign anybody out
SESSION_COOKIE_AGE = 2 * 60 * 60  # seconds, rolling
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "portal.site.views.errors.csrf_failure"

SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # bootstrap draws its form marks from data: URIs
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-src": [SELF],  # previews of evidence (portal.tools.downloads); every other answer forbids to be framed
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

if MODE == "test":
    # Hundreds of accounts are made by the tests; the real hasher is slow on purpose.
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
