"""Bring the embedded portal up to date: tables, reference data, demo, static files.

One process for all of it, because starting Django costs more than each of these when there is nothing to do.
Called by script/server with PORTAL_MODE, PORTAL_VAR and PORTAL_DEMO in the environment.
"""
import hashlib
import io
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django  # the project's own folder must be on the path before Django is set up
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from portal.env import VAR_DIR


def static_fingerprint():
    """Return a hash over name, size and time of change of every static file that the finders see."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in sorted(finder.list([]), key=lambda entry: entry[0]):
            found = os.stat(storage.path(name))
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def collect_static():
    """Collect and compress the static files, unless none has changed since the last time."""
    kept = Path(settings.STATIC_ROOT) / ".collected"
    fingerprint = static_fingerprint()
    if kept.exists() and kept.read_text() == fingerprint:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=1)
    kept.write_text(fingerprint)


def load_demo():
    """Load the demo and keep the line that names its accounts where script/server finds it."""
    call_command("load_demo")
    line = io.StringIO()
    call_command("load_demo", "--print-accounts", stdout=line)
    Path(VAR_DIR, "run", "accounts").write_text(line.getvalue().strip())


def main():
    """Run the steps in order; the first that fails ends the program with its message."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    call_command("load_reference")
    if os.environ.get("PORTAL_DEMO", "1") != "0":
        load_demo()
    collect_static()


if __name__ == "__main__":
    main()
