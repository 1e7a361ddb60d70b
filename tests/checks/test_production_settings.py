"""Production is refused without its secrets, and is closed by default. Each test starts a process of its own, because
settings are read once."""
import json
import subprocess
import sys

import pytest

from tests.conftest import ROOT, clean_environment

COMPLETE = {
    "PORTAL_MODE": "production",
    "SECRET_KEY": "only-for-this-test-0123456789-abcdefghijklmnopqrstuvwxyz",
    "FIELD_KEYS": "b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=",
    "ALLOWED_HOSTS": "portal.example.org",
}


def run(code, tmp_path, environment):
    """Run Python code in a process with these settings, in the project's folder."""
    settings = {"PORTAL_VAR": tmp_path, "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3", **environment}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=clean_environment(**settings), capture_output=True, text=True
    )


def in_production(code, tmp_path):
    """Return the JSON that the code prints when the settings of production are complete."""
    done = run(f"import json\n{code}", tmp_path, {"DJANGO_SETTINGS_MODULE": "portal.settings", **COMPLETE})
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("missing", ["SECRET_KEY", "FIELD_KEYS"])
def test_production_without_a_secret_is_refused_and_makes_none_up(missing, tmp_path):
    environment = {name: value for name, value in COMPLETE.items() if name != missing}

    done = run("import portal.settings", tmp_path, environment)

    assert done.returncode != 0
    assert f"{missing} must be set in production." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_embedded_portal_makes_its_secrets_once_and_keeps_them_private(tmp_path):
    code = "import portal.settings as s; print(s.SECRET_KEY, s.FIELD_KEYS)"

    first, second = (run(code, tmp_path, {"PORTAL_MODE": "embedded"}) for _ in range(2))

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "secrets").iterdir()} == {0o600}


def test_an_unknown_mode_is_refused(tmp_path):
    done = run("import portal.settings", tmp_path, {"PORTAL_MODE": "prod"})

    assert done.returncode != 0
    assert "PORTAL_MODE must be embedded, production or test, not 'prod'." in done.stderr


def test_in_production_nothing_is_shown_or_answered_by_default(tmp_path):
    values = in_production(
        "from django.conf import settings as s\n"
        "names = 'DEBUG ALLOWED_HOSTS SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_SECURE "
        "SECURE_SSL_REDIRECT X_FRAME_OPTIONS'.split()\n"
        "print(json.dumps({name: getattr(s, name) for name in names}))",
        tmp_path,
    )
    assert values == {
        "DEBUG": False,
        "ALLOWED_HOSTS": ["portal.example.org"],
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SECURE": True,
        "SECURE_SSL_REDIRECT": True,
        "X_FRAME_OPTIONS": "DENY",
    }


ASK = (
    "import django\n"
    "django.setup()\n"
    "from django.test import Client\n"
    "answer = Client(raise_request_exception=False).get('/admin/', secure=SECURE, "
    "headers={'host': 'portal.example.org'})\n"
    "print(json.dumps([answer.status_code, dict(answer.headers)]))"
)


def test_in_production_plain_http_is_sent_to_https(tmp_path):
    status, headers = in_production(ASK.replace("SECURE", "False"), tmp_path)

    assert status == 301
    assert headers["Location"] == "https://portal.example.org/admin/"


def test_in_production_every_answer_carries_the_protecting_headers(tmp_path):
    status, headers = in_production(ASK.replace("SECURE", "True"), tmp_path)

    assert status == 302  # to the login page, which the tables and collected files of a real installation would show
    assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    policy = dict(part.split(" ", 1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
