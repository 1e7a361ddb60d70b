"""A running portal for the journeys: script/server with a folder and a port of its own."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
READY = "The portal runs at "
#: Seconds; the first start loads the reference data and compresses the static files.
START_LIMIT = 180
STOP_LIMIT = 90
#: What script/test and a developer's shell set, and an instance of the embedded default must not see.
FOREIGN_VARIABLES = (
    "ALLOWED_HOSTS", "BROKER_URL", "CACHE_URL", "DATABASE_URL", "DJANGO_SETTINGS_MODULE", "FIELD_KEYS", "HOST",
    "PORT", "PORTAL_DEMO", "PORTAL_MODE", "PORTAL_VAR", "REDIS_SOCKET", "SECRET_KEY",
)


def free_port():
    """Return a TCP port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def clean_environment(**variables):
    """Return this process's environment without the settings of the tests, plus ``variables``."""
    kept = {name: value for name, value in os.environ.items() if name not in FOREIGN_VARIABLES}
    return {**kept, **{name: str(value) for name, value in variables.items()}}


@dataclass
class Server:
    """One run of script/server."""

    process: subprocess.Popen
    url: str
    var: Path
    output: Path

    def said(self):
        """Return everything that the command has printed."""
        return self.output.read_text()

    def manage(self, *args):
        """Run manage.py on the data of this instance and return what it prints."""
        environment = clean_environment(
            PORTAL_VAR=self.var, REDIS_SOCKET=(self.var / "run" / "redis-socket").read_text().strip()
        )
        done = subprocess.run(
            [sys.executable, "manage.py", *map(str, args)], cwd=ROOT, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, f"manage.py {' '.join(map(str, args))}: {done.stdout}{done.stderr}"
        return done.stdout

    def stop(self):
        """Ask it to stop as Ctrl-C would and return its status."""
        self.process.terminate()
        return self.process.wait(STOP_LIMIT)


def _listen_to_ctrl_c():
    # Tests that a script runs in the background ignore Ctrl-C, and what is ignored at the start no shell can trap.
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def launch(var, port=None, **variables):
    """Start script/server without waiting for it. It dies with the tests, even when these are killed."""
    port = port or free_port()
    output = var.parent / f"{var.name}-{port}.out"
    dies_with_us = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
    with output.open("w") as handle:
        process = subprocess.Popen(
            [*dies_with_us, str(ROOT / "script" / "server")],
            env=clean_environment(PORTAL_VAR=var, PORT=port, **variables),
            stdin=subprocess.DEVNULL, stdout=handle, stderr=subprocess.STDOUT, preexec_fn=_listen_to_ctrl_c,
        )
    return Server(process, f"http://127.0.0.1:{port}", var, output)


def wait_until_ready(server):
    """Wait for the line that tells the address; fail with what was said instead."""
    deadline = time.monotonic() + START_LIMIT
    while READY not in server.said():
        ended = server.process.poll() is not None
        assert not ended, f"script/server ended with {server.process.returncode}: {server.said()}"
        assert time.monotonic() < deadline, f"script/server is not ready after {START_LIMIT} s: {server.said()}"
        time.sleep(0.1)
    return server


@pytest.fixture(scope="session")
def empty_portal(tmp_path_factory):
    """The folder that a first start without the demo has left. Copy it: a further start takes seconds."""
    server = launch(tmp_path_factory.mktemp("first") / "var", PORTAL_DEMO=0)
    try:
        wait_until_ready(server)
        assert server.said().strip().splitlines()[-1] == f"{READY}{server.url}/"
    finally:
        server.stop()
    return server.var


def copied(empty_portal, var):
    """Return the new folder ``var`` with a copy of the portal after its first start."""
    return Path(shutil.copytree(empty_portal, var, ignore=shutil.ignore_patterns("*.lock", "*.sock")))


@pytest.fixture(scope="session")
def running_server(empty_portal, tmp_path_factory):
    """The embedded portal with its demo, running for the whole session: ``.url``, ``.var``, ``.manage(*args)``."""
    server = launch(copied(empty_portal, tmp_path_factory.mktemp("portal") / "var"))
    try:
        yield wait_until_ready(server)
    finally:
        if server.process.poll() is None:
            server.stop()
