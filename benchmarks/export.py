"""How long an export of the list takes, against a bare csv writer over the same rows in the same run.

    PORTAL_MODE=test .venv/bin/python benchmarks/export.py [number of rows, 20000]

On PostgreSQL with DATABASE_URL=postgres://... (a database test_<name> is made and dropped again), otherwise on an
SQLite file in memory. Seconds differ between machines; the ratios are what to compare (design.md §11). The bare
writer reads the same columns in one query and writes them as they are. Memory is the peak of Python's own allocations.
"""
import csv
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")

MOST = 50_000
RUNS = 3
BATCH = 2000
#: Columns that every officer may have and that read no snapshot.
COLUMNS = (
    "number", "name", "uscc", "province", "city", "county", "region", "kind", "tier", "renewal", "period", "industry",
    "state", "desk", "round", "submitted", "due", "score", "verdict", "warnings",
)  # fmt: skip


def make_rows(number):
    """Fill the database with copies of one submitted filing, each of an enterprise of its own; return the ids."""
    from accounts.models import Enterprise, User
    from accounts.uscc import invented_uscc
    from reviews import kinds
    from reviews.enums import State
    from reviews.models import Filing
    from reviews.tests.factories import make_filing
    from reviews.tests.kinds import KIND_CLASSES

    kinds._kinds.update({each.code: each() for each in KIND_CLASSES})
    first = make_filing(state=State.IN_REVIEW)
    Filing.objects.filter(pk=first.pk).update(self_score="72.5", verdict="meets", industry_section="C", answers={})
    first.refresh_from_db()
    enterprise = first.enterprise
    for start in range(1, number, BATCH):
        serials = range(start, min(start + BATCH, number))
        accounts = User.objects.bulk_create(
            User(login_name=f"bench-{n}", kind="legal_person", password="!") for n in serials
        )
        firms = []
        for n, account in zip(serials, accounts, strict=True):
            firm = Enterprise.objects.model(
                **{field.attname: getattr(enterprise, field.attname) for field in Enterprise._meta.concrete_fields}
            )
            firm.pk, firm.account, firm.uscc, firm.name = None, account, invented_uscc(100_000 + n), f"第{n}号有限公司"
            firms.append(firm)
        firms = Enterprise.objects.bulk_create(firms)
        filings = []
        for n, firm in zip(serials, firms, strict=True):
            filing = Filing(**{field.attname: getattr(first, field.attname) for field in Filing._meta.concrete_fields})
            filing.pk, filing.enterprise, filing.number, filing.enterprise_name = None, firm, f"CB{n:010}", firm.name
            filings.append(filing)
        Filing.objects.bulk_create(filings)
    return list(Filing.objects.order_by("-pk").values_list("pk", flat=True))


def bare(path, columns):
    """Write the same columns by one query and a csv writer, without chunks, names or escaping."""
    from reviews.models import Filing

    paths = [path for column in columns for path in column.paths]
    with open(path, "w", newline="") as file:
        csv.writer(file).writerows(Filing.objects.order_by("-pk").values_list(*paths).iterator())


def measured(work):
    """Return (median seconds of RUNS runs, peak MB of one further run)."""
    seconds = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - began)
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return statistics.median(seconds), peak / 1024 / 1024


def main():
    """Measure and print."""
    import django

    number = min(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, MOST)
    django.setup()
    from django.test.utils import setup_databases, teardown_databases

    databases = setup_databases(verbosity=0, interactive=False)
    try:
        table(number)
    finally:
        teardown_databases(databases, verbosity=0)


def table(number):
    """Print one line per way."""
    from reviews.exports.columns import all_columns
    from reviews.exports.lists import write_csv, write_xlsx
    from reviews.exports.rows import value_rows

    ids = make_rows(number)
    known = all_columns()
    columns = [known[key] for key in COLUMNS]
    with tempfile.TemporaryDirectory(prefix="bench-export-") as folder:
        folder = Path(folder)
        ways = {
            "bare csv (baseline)": (folder / "bare.csv", lambda path: bare(path, columns)),
            "export as CSV": (
                folder / "list.csv", lambda path: write_csv(path, columns, value_rows(ids, columns), print_nothing)
            ),
            "export as Excel": (
                folder / "list.xlsx",
                lambda path: write_xlsx(path, columns, value_rows(ids, columns), print_nothing, folder),
            ),
        }
        print(f"{len(ids)} rows, {len(columns)} columns")
        print(f"{'':<24}{'seconds':>9}{'ratio':>8}{'rows/s':>10}{'peak MB':>9}{'file KB':>9}")
        baseline = None
        for name, (path, work) in ways.items():
            seconds, peak = measured(lambda path=path, work=work: work(path))
            baseline = baseline or seconds
            size = path.stat().st_size / 1024
            figures = f"{seconds:>9.2f}{seconds / baseline:>8.1f}{len(ids) / seconds:>10.0f}{peak:>9.1f}{size:>9.0f}"
            print(f"{name:<24}{figures}")


def print_nothing(written):
    """Take the progress that a job would store."""


if __name__ == "__main__":
    main()
