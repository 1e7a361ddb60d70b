"""How long the pages of the review desk take, against a bare page behind the same sign-in in the same run.

    PORTAL_MODE=test DATABASE_URL=postgres://... .venv/bin/python benchmarks/desk.py [--rounds 20] [--profile list]

Makes a database test_<name> (an SQLite file in memory without DATABASE_URL), puts 60 小巨人 filings on one desk, asks
for each page in turns through the middleware and the templates, in one process and with warm caches, and drops the
database. The whole time is that of a person who waits; "CPU" is what the process itself worked, which another process
on the same machine disturbs less. ``--profile`` prints where the time of one page goes instead.
"""
import argparse
import cProfile
import os
import pstats
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PORTAL_MODE", "test")

MOST_ROUNDS = 100
WARM_UP = 3
FILINGS = 60
LIST = "/admin/reviews/filing/"


def fill():
    """Return an officer whose desk holds FILINGS filings, and the address of the page of one with all its evidence."""
    from applications.tests import filled_little_giant
    from reviews.models import Filing
    from reviews.tests.factories import officer_of

    filing = filled_little_giant.make_submitted()
    for place in range(1, FILINGS):
        copy = Filing.objects.get(pk=filing.pk)
        copy.pk, copy._state.adding = None, True
        copy.period, copy.number = filing.period - place, f"C{place:09d}"
        copy.save()
    return officer_of(filing.desk), f"{LIST}{filing.pk}/change/"


def sign_in(officer):
    """Return a client that is signed in with the second factor."""
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = Client()
    client.force_login(officer)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=officer).persistent_id
    session.save()
    return client


def ask(client, address):
    """Return (milliseconds in all, milliseconds of CPU) of one answer."""
    began, worked = time.perf_counter(), time.process_time()
    if client.get(address).status_code != 200:
        raise SystemExit(f"{address} was not answered with 200.")
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def measure(client, pages, rounds):
    """Return {name: [(milliseconds, CPU)]}; the pages take turns, so that all meet the same machine."""
    spent = {name: [] for name in pages}
    for place in range(WARM_UP + rounds):
        for name, address in pages.items():
            took = ask(client, address)
            if place >= WARM_UP:
                spent[name].append(took)
    return spent


def show(spent):
    """Print the table; the first row is what the others are compared to."""
    print(f"{'':<34}{'median':>9}{'p95':>9}{'CPU':>9}{'ratio':>8}{'CPU ratio':>11}")
    least = None
    for name, rounds in spent.items():
        whole, worked = sorted(row[0] for row in rounds), sorted(row[1] for row in rounds)
        median, cpu = statistics.median(whole), statistics.median(worked)
        least = least or (median, cpu)
        late = whole[max(int(len(whole) * 0.95) - 1, 0)]
        print(f"{name:<34}{median:>9.1f}{late:>9.1f}{cpu:>9.1f}{median / least[0]:>8.1f}{cpu / least[1]:>11.1f}")


def profile(client, address, rounds):
    """Print the functions that the time of a page is spent in."""
    for _ in range(WARM_UP):
        client.get(address)
    found = cProfile.Profile()
    found.enable()
    for _ in range(rounds):
        client.get(address)
    found.disable()
    pstats.Stats(found).sort_stats("tottime").print_stats(45)
    pstats.Stats(found).sort_stats("cumulative").print_stats(110)


def main():
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20, help=f"at most {MOST_ROUNDS}")
    parser.add_argument("--profile", choices=["list", "filing", "home"], help="profile one page instead")
    given = parser.parse_args()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    settings.ROOT_URLCONF = "benchmarks.desk_urls"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    rounds = max(1, min(given.rounds, MOST_ROUNDS))
    connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    try:
        officer, filing = fill()
        client = sign_in(officer)
        if given.profile:
            profile(client, {"list": LIST, "filing": filing, "home": "/admin/"}[given.profile], rounds)
            return
        pages = {
            "bare page": "/bare/", "work list, 50 rows": LIST, "filing page of a 小巨人": filing, "home": "/admin/",
        }  # fmt: skip
        print(f"{rounds} rounds, milliseconds")
        show(measure(client, pages, rounds))
    finally:
        connection.creation.destroy_test_db(None, verbosity=0)


if __name__ == "__main__":
    main()
