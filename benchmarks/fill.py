"""How long an autosave and the fill-in page take, against a bare Django view that writes one JSON row in the same run.

    PORTAL_MODE=test .venv/bin/python benchmarks/fill.py [--kind little_giant_application] [--number 40]

On PostgreSQL with DATABASE_URL=postgres://... (a database test_<name> is made and dropped again), otherwise on an
SQLite file in a temporary folder. Everything is asked over HTTP of one gunicorn process with one thread, in turns,
so that all
rows of the table meet the same machine. Seconds differ between machines; the ratios are what to compare.

Columns: median and 95th percentile in milliseconds, ratio of the medians to the bare view, bytes of the request body
and of the answer, and of the answer compressed (gzip 6, what nginx sends when it is told to).
"""
import argparse
import gzip
import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode, urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

MOST = 300
WARM_UP = 3
KINDS = ("innovative_application", "specialized_application", "little_giant_application")
FORM = "application/x-www-form-urlencoded"


class Fields(HTMLParser):
    """The fields of the fill-in page as a browser would send them: {section: [(name, value)]}, and the hidden ones."""

    def __init__(self, page):
        super().__init__()
        self.sections, self.hidden = {}, {}
        self._section, self._text, self._select, self._in_template = None, None, None, 0
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        """Notice sections, fields and the options that are chosen."""
        given = dict(attributes)
        if tag == "template":
            self._in_template += 1
        elif tag == "section":
            self._section = given.get("data-section")
        elif tag == "input" and given.get("type") == "hidden" and self._section is None:
            self.hidden.setdefault(given.get("name"), given.get("value", ""))
        elif tag == "input" and given.get("type") in {"checkbox", "radio"}:
            if "checked" in given:
                self._add(given["name"], given.get("value", "on"))
        elif tag == "input" and given.get("type") not in {"file", "submit"}:
            self._add(given.get("name"), given.get("value", ""))
        elif tag == "textarea":
            self._text = (given.get("name"), [])
        elif tag == "select":
            self._select = given.get("name")
        elif tag == "option" and "selected" in given:
            self._add(self._select, given.get("value", ""))

    def handle_data(self, data):
        """Collect the text of a text area."""
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag):
        """Close what was open."""
        if tag == "template":
            self._in_template -= 1
        elif tag == "section":
            self._section = None
        elif tag == "textarea" and self._text:
            self._add(self._text[0], "".join(self._text[1]).removeprefix("\n"))
            self._text = None

    def _add(self, name, value):
        if self._section and name and not self._in_template:
            self.sections.setdefault(self._section, []).append((name, value or ""))


class Browser:
    """One connection with cookies to the server under test."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = {}

    def ask(self, method, path, body=None, **headers):
        """Return (milliseconds, status, content, headers)."""
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        began = time.perf_counter()
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        spent = (time.perf_counter() - began) * 1000
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, _, rest = line.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return spent, answer.status, content, answer.headers

    def sign_in(self, login_name, password):
        """Sign in as a person would."""
        page = self.ask("GET", "/accounts/login/")[2].decode()
        token = page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
        body = urlencode({"csrfmiddlewaretoken": token, "username": login_name, "password": password})
        status = self.ask("POST", "/accounts/login/", body, **{"Content-Type": FORM})[1]
        if status != 302:
            raise SystemExit(f"The sign-in was answered with {status}.")


@contextmanager
def database(folder):
    """Make a database with all tables; yield the DATABASE_URL of it, and drop it again."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        os.environ["DATABASE_URL"] = url = f"sqlite:///{folder}/fill.sqlite3"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        call_command("migrate", verbosity=0)
        yield url
        return
    name = connection.creation.create_test_db(verbosity=0, serialize=False)
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        connection.creation.destroy_test_db(None, verbosity=0)


def make_draft(kind):
    """Return (login name, password, filing id) of a draft that is filled in completely."""
    from accounts.tests.factories import PASSWORD
    from applications.tests import filled, filled_little_giant, filled_specialized

    module = {
        "innovative_application": filled, "specialized_application": filled_specialized,
        "little_giant_application": filled_little_giant,
    }[kind]  # fmt: skip
    filing = module.make_complete_draft()
    return filing.enterprise.account.login_name, PASSWORD, filing.pk


@contextmanager
def server(url, secrets):
    """Run gunicorn with one process and one thread; yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "benchmarks.fill_site:application", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "1", "--threads", "1", "--keep-alive", "60",
            "--log-level", "error",
        ],
        cwd=ROOT, env=os.environ | {"DATABASE_URL": url} | secrets,
    )  # fmt: skip
    try:
        for _ in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                raise SystemExit("gunicorn ended by itself.")
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def autosave_bodies(fields):
    """Return {name of the row: [(name, value)]} for the section with the fewest and the one with the most bytes."""
    by_size = sorted(fields.sections.items(), key=lambda entry: len(urlencode(entry[1])))
    return {f"autosave, section {key}": [("section", key), *pairs] for key, pairs in (by_size[0], by_size[-1])}


def measure(browser, filing_id, number):
    """Return {row: [(milliseconds, bytes sent, content of the answer)]}."""
    address = f"/enterprise/filings/{filing_id}"
    _, status, content, _ = browser.ask("GET", f"{address}/fill/")
    if status != 200:
        raise SystemExit(f"The fill-in page was answered with {status}: {content[:300].decode()}")
    fields = Fields(content.decode())
    bodies = autosave_bodies(fields)
    largest = list(bodies.values())[-1]
    version = int(fields.hidden["version"])
    headers = {
        "Content-Type": FORM, "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": fields.hidden["csrfmiddlewaretoken"],
        "Accept-Encoding": "gzip",
    }  # fmt: skip
    rows = {"bare view": [], **{name: [] for name in bodies}, "fill-in page": []}
    for turn in range(number + WARM_UP):
        for name, found in rows.items():
            if name == "fill-in page":
                body, answer = "", browser.ask("GET", f"{address}/fill/", **{"Accept-Encoding": "gzip"})
            else:
                path = f"/bare/{filing_id}/" if name == "bare view" else f"{address}/save/"
                body = urlencode([("version", version), *bodies.get(name, largest)])
                answer = browser.ask("POST", path, body, **headers)
            spent, status, content, answered = answer
            if status != 200:
                raise SystemExit(f"{name} was answered with {status}: {content[:300].decode()}")
            if name != "fill-in page":
                version += 1
            if turn >= WARM_UP:
                found.append((spent, len(body), content, answered))
    return rows


def show(rows):
    """Print the table."""
    baseline = statistics.median(entry[0] for entry in rows["bare view"])
    print(f"{'':<34}{'median':>9}{'p95':>9}{'ratio':>8}{'sent':>9}{'answer':>9}{'gzip':>9}")
    for name, found in rows.items():
        spent = sorted(entry[0] for entry in found)
        median, late = statistics.median(spent), spent[int(len(spent) * 0.95) - 1]
        _, sent, content, headers = found[-1]
        if headers.get("Content-Encoding") == "gzip":
            content = gzip.decompress(content)
        print(
            f"{name:<34}{median:>9.1f}{late:>9.1f}{median / baseline:>8.2f}{sent:>9}{len(content):>9}"
            f"{len(gzip.compress(content, 6)):>9}"
        )


def main():
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kind", choices=KINDS, default=KINDS[-1])
    parser.add_argument("--number", type=int, default=40, help=f"rounds, at most {MOST}")
    given = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="portal-fill-")
    os.environ.setdefault("PORTAL_MODE", "test")
    os.environ["PORTAL_VAR"] = folder
    try:
        with database(folder) as url:
            from django.conf import settings
            from django.db import connections

            login_name, password, filing_id = make_draft(given.kind)
            connections.close_all()
            secrets = {"SECRET_KEY": settings.SECRET_KEY, "FIELD_KEYS": ",".join(settings.FIELD_KEYS)}
            with server(url, secrets) as port:
                browser = Browser(port)
                browser.sign_in(login_name, password)
                rows = measure(browser, filing_id, max(1, min(given.number, MOST)))
            engine = settings.DATABASES["default"]["ENGINE"].rpartition(".")[2]
            print(f"{given.kind}, {engine}, {len(rows['bare view'])} rounds")
            show(rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
