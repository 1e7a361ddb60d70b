"""SQLite in WAL mode by default, PostgreSQL by DATABASE_URL (docs/adr)."""
from urllib.parse import quote

from portal.env import MODE, VAR_DIR, env

if MODE != "production":
    VAR_DIR.mkdir(parents=True, exist_ok=True)

_embedded = f"sqlite:///{quote(str(VAR_DIR / 'portal.sqlite3'))}"
_url = env.str("DATABASE_URL", default="" if MODE == "production" else _embedded)
_default = env.db_url_config(_url)
if _default["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock when a transaction starts, so a read-then-write service never fails half way
    # with "database is locked"; others wait up to the timeout (seconds).
    _default["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
else:
    # A connection per request costs eight times the throughput (docs/design notes); keep it for a minute.
    _default["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _default["CONN_HEALTH_CHECKS"] = True

DATABASES = {"default": _default}
