"""How long a page of the work list takes at any size, against fifty rows by primary key in the same run.

    PORTAL_MODE=test DATABASE_URL=postgres://... .venv/bin/python benchmarks/worklist.py [--filings 200000] [--explain]

Makes a database test_<name> on PostgreSQL, fills it by SQL (37 provinces, 370 cities, 1,850 counties), measures, and
drops it. Each row of the table is one list of one officer: the page (rows with what they show) and the count that
stops at 10,000, as the list view asks for them. "OFFSET" is what the deep page would cost without a key. The last row
is the whole answer of the view. Seconds differ between machines; the ratios to the baseline are what to compare.
"""
import argparse
import os
import statistics
import sys
import time
from pathlib import Path

from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("PORTAL_MODE", "test")

#: Fewer do not reach the deep pages that are measured.
LEAST_FILINGS, MOST_FILINGS = 155_000, 1_000_000
MOST_ROUNDS = 50
ENTERPRISES = 20_000
PROVINCES, CITIES, COUNTIES = 37, 10, 5
RELATED = ("registered_region", "desk", "handler", "window")

#: Columns of a filing that differ from the one it is copied from; {i} is its number. Areas follow from one number.
_FILING = {
    "enterprise_id": "e.id",
    "period": f"2000 + i / {ENTERPRISES}",
    "number": "'C' || lpad(i::text, 12, '0')",
    "enterprise_name": (
        "(ARRAY['华东','中瑞','天成','远景','云图','金陵','海川','博远','启明','恒达'])[1 + i % 10]"
        " || chr(19968 + i % 4999) || chr(19968 + i % 3001)"
        " || (ARRAY['精密机械','软件技术','新材料科技','电子','生物医药'])[1 + i % 5] || '有限公司'"
    ),
    "state": "s.state",
    "self_score": "i * 37 % 10001 / 100.0",
    "verdict": "(ARRAY['meets','not_yet','incomplete','meets_direct'])[1 + i % 4]",
    "industry_section": "chr(65 + i % 20)",
    "warnings": "CASE WHEN i % 9 = 0 THEN 2 ELSE 0 END",
    "province_id": "p.id",
    "city_id": "c.id",
    "county_id": "y.id",
    "desk_id": "CASE WHEN s.state = 'in_review' THEN (ARRAY[c.id, p.id, p.parent_id])[1 + i % 3] END",
    "desk_since": "CASE WHEN s.state = 'in_review' THEN now() - (i % 90000) * interval '1 minute' END",
    "due_at": "CASE WHEN s.state = 'in_review' THEN now() + (i % 900 - 300) * interval '1 hour' END",
    "decided_at": "CASE WHEN s.state IN ('approved', 'publicised', 'recognised', 'rejected') THEN now() END",
}
#: The authority above number i of a level: its letter, and how many there are below each.
_ABOVE = "(SELECT a.id FROM accounts_authority a WHERE a.code = '{}' || i / {})"
_STATES = ["in_review"] * 3 + ["recognised"] * 5 + ["returned", "rejected", "approved", "publicised"]


def copy_rows(cursor, model, template, source, changes):
    """Insert a copy of ``template`` for each row of ``source`` (a FROM item), with ``changes`` {column: SQL}."""
    columns = [field.column for field in model._meta.local_concrete_fields if not field.primary_key]
    wanted = [sql.SQL(changes[name]) if name in changes else sql.Identifier("t", name) for name in columns]
    cursor.execute(
        sql.SQL("INSERT INTO {table} ({names}) SELECT {wanted} FROM {table} t, {source} WHERE t.id = {pk}").format(
            table=sql.Identifier(model._meta.db_table), names=sql.SQL(", ").join(map(sql.Identifier, columns)),
            wanted=sql.SQL(", ").join(wanted), source=sql.SQL(source), pk=sql.Literal(template.pk),
        )
    )


def make_tree(cursor, ministry):
    """Make provinces, cities and counties below the ministry; codes start with p, c, y and a number."""
    from accounts.models import Authority

    for letter, level, count, parent in (
        ("p", "province", PROVINCES, str(ministry.pk)),
        ("c", "city", PROVINCES * CITIES, _ABOVE.format("p", CITIES)),
        ("y", "county", PROVINCES * CITIES * COUNTIES, _ABOVE.format("c", COUNTIES)),
    ):
        name = f"'{letter}' || i"
        copy_rows(
            cursor, Authority, ministry, f"generate_series(0, {count - 1}) i",
            {"code": name, "name": name, "short_name": name, "level": f"'{level}'", "parent_id": parent},
        )


def make_filings(cursor, filing, number):
    """Copy one submitted filing and its enterprise until there are ``number`` filings of ENTERPRISES enterprises."""
    from accounts.models import Enterprise, User
    from reviews.models import Filing

    account = filing.enterprise.account
    copy_rows(
        cursor, User, account, f"generate_series(1, {ENTERPRISES}) i",
        {"login_name": "'e' || i", "uscc": "'91' || lpad(i::text, 16, '0')"},
    )
    copy_rows(
        cursor, Enterprise, filing.enterprise,
        "(SELECT u.id AS account, u.uscc AS code FROM accounts_user u WHERE u.login_name ~ '^e[0-9]+$') u",
        {"account_id": "u.account", "uscc": "u.code"},
    )
    cursor.execute(
        "CREATE TEMP TABLE e AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_enterprise "
        "WHERE uscc LIKE '91000%'"
    )
    states = "ARRAY[" + ", ".join(f"'{state}'" for state in _STATES) + "]"
    counties = PROVINCES * CITIES * COUNTIES
    source = f"""generate_series(1, {number}) i
        JOIN e ON e.place = i % {ENTERPRISES}
        JOIN accounts_authority y ON y.code = 'y' || ((i::bigint * 7919) % {counties})
        JOIN accounts_authority c ON c.id = y.parent_id JOIN accounts_authority p ON p.id = c.parent_id
        CROSS JOIN LATERAL (SELECT ({states})[1 + (i * 31) % {len(_STATES)}] AS state) s"""
    copy_rows(cursor, Filing, filing, source, _FILING)
    for table in ("reviews_filing", "accounts_authority", "accounts_enterprise", "accounts_user"):
        cursor.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))


def officers():
    """Return an officer of the ministry, of one province, one city and one county."""
    from accounts.tests.factories import make_officer

    return {name: make_officer(code) for name, code in (
        ("ministry", "000000"), ("province", "p7"), ("city", "c77"), ("county", "y388"),
    )}  # fmt: skip


def lists(people):
    """Return [(name, officer, query string, how many pages in)] of what is measured."""
    city = people["city"].authority_id
    return [
        ("my desk", "ministry", "", 0),
        ("my desk", "province", "", 0),
        ("my desk", "city", "", 0),
        ("my desk, deep", "ministry", "", 200),
        ("my desk, overdue", "province", "due=overdue", 0),
        ("my desk, warnings and score", "ministry", "warning=yes&score_from=80", 0),
        ("all", "ministry", "scope=all", 0),
        ("all", "province", "scope=all", 0),
        ("all", "city", "scope=all", 0),
        ("all", "county", "scope=all", 0),
        ("all, deep", "ministry", "scope=all", 3000),
        ("all, deep", "province", "scope=all", 60),
        ("in review", "province", "scope=in_review", 0),
        ("in review, one city", "province", f"scope=in_review&city={city}", 0),
        ("recognised", "ministry", "scope=recognised", 0),
        ("recognised", "province", "scope=recognised", 0),
        ("returned for 30 days", "province", "scope=returned&returned_before=30", 0),
        ("verdict and industry", "province", "scope=all&verdict=not_yet&industry=C", 0),
        ("search, 2 characters, common", "ministry", "scope=all&q=云图", 0),
        ("search, 2 characters, common", "province", "scope=all&q=云图", 0),
        ("search, 4 characters", "ministry", "scope=all&q=云图一公", 0),
        ("search, beginning of a number", "ministry", "scope=all&q=C0000001", 0),
        ("search, USCC", "province", "scope=all&q=910000000000000077", 0),
    ]


def timed(function, rounds):
    """Return the milliseconds of each round, after one to warm up."""
    function()
    spent = []
    for _ in range(rounds):
        began = time.perf_counter()
        function()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def measure(people, rounds, is_explained):
    """Return [(name, milliseconds of the page, of the count, of the page with OFFSET or None)]."""
    from reviews.models import Filing

    keys = list(Filing.objects.order_by("-id").values_list("pk", flat=True)[:50])
    by_key = Filing.objects.filter(pk__in=keys).select_related(*RELATED).defer("answers")
    rows = [("50 rows by primary key", timed(lambda: list(by_key.all()), rounds), [0.0], None)]
    return rows + [measure_list(people, entry, rounds, is_explained) for entry in lists(people)]


def measure_list(people, entry, rounds, is_explained):
    """Measure one of ``lists``."""
    from accounts.admin.base import CappedPaginator
    from portal.tools.keyset import cursor_of, keyset_page
    from reviews.admin.worklist_rows import shown_filings
    from reviews.queries.conditions import read_conditions
    from reviews.queries.worklist import order_of, select_filings

    name, who, query, pages_in = entry
    conditions = read_conditions(people[who], query)
    filings, order = select_filings(conditions), order_of(conditions)
    related = filings.select_related(*RELATED)
    shown = shown_filings()
    after, offset = "", None
    if pages_in:
        start = pages_in * 50
        after = cursor_of(related[start - 1], order)
        offset = timed(lambda: list(related[start : start + 51]), 3)
    if is_explained:
        print(f"\n{name} ({who}): {query}\n{related[:51].explain(analyze=True)}")
    return (
        f"{name} ({who})",
        timed(lambda: keyset_page(filings, order, 50, after=after, shown=shown), rounds),
        timed(lambda: CappedPaginator(filings, 50).count, rounds),
        offset,
    )


def measure_view(person, rounds):
    """Return the milliseconds of the whole answer of the list, through the middleware and the template."""
    from django.test import Client
    from django_otp import DEVICE_ID_SESSION_KEY
    from django_otp.plugins.otp_totp.models import TOTPDevice

    client = Client()
    client.force_login(person)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = TOTPDevice.objects.create(user=person).persistent_id
    session.save()

    def ask():
        if client.get("/admin/reviews/filing/").status_code != 200:
            raise SystemExit("The list was not answered with 200.")

    return timed(ask, rounds)


def show(rows):
    """Print the table."""
    baseline = statistics.median(rows[0][1])
    print(f"{'':<44}{'median':>9}{'p95':>9}{'ratio':>8}{'count':>9}{'OFFSET':>9}")
    for name, page, count, offset in rows:
        spent = sorted(page)
        median, late = statistics.median(spent), spent[max(int(len(spent) * 0.95) - 1, 0)]
        with_offset = f"{statistics.median(offset):.1f}" if offset else ""
        counted, ratio = statistics.median(count), median / baseline
        print(f"{name:<44}{median:>9.1f}{late:>9.1f}{ratio:>8.1f}{counted:>9.1f}{with_offset:>9}")


def main():
    """Fill, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--filings", type=int, default=200_000, help=f"{LEAST_FILINGS} to {MOST_FILINGS}")
    parser.add_argument("--rounds", type=int, default=15, help=f"at most {MOST_ROUNDS}")
    parser.add_argument("--explain", action="store_true", help="print the plan of each first page")
    given = parser.parse_args()
    import django

    django.setup()
    from django.db import connection

    if connection.vendor != "postgresql":
        raise SystemExit("DATABASE_URL must name a PostgreSQL: the sizes at issue are those of a nation.")
    connection.creation.create_test_db(verbosity=0, serialize=False, autoclobber=True)
    try:
        from accounts.tests.factories import make_authority_tree
        from applications.tests.filled import make_submitted
        from reviews.tests.factories import authority

        make_authority_tree()
        filing = make_submitted()
        rounds = max(1, min(given.rounds, MOST_ROUNDS))
        number = max(LEAST_FILINGS, min(given.filings, MOST_FILINGS))
        with connection.cursor() as cursor:
            make_tree(cursor, authority("000000"))
            make_filings(cursor, filing, number)
        people = officers()
        rows = measure(people, rounds, given.explain)
        rows.append(("whole answer, my desk (province)", measure_view(people["province"], rounds), [0.0], None))
        print(f"{number} filings, {rounds} rounds, milliseconds")
        show(rows)
    finally:
        connection.creation.destroy_test_db(None, verbosity=0)


if __name__ == "__main__":
    main()
