"""script/server as an operator uses it: start, stop, break, start again. Only the first start is slow."""
import os
import signal
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import READY, STOP_LIMIT, copied, launch, wait_until_ready

pytestmark = pytest.mark.journey


@pytest.fixture(scope="module")
def var(tmp_path_factory, empty_portal):
    return copied(empty_portal, tmp_path_factory.mktemp("server") / "var with space")


@pytest.fixture
def start(var):
    """Start script/server and wait until it is ready; whatever still runs at the end of the test is stopped."""
    started = []

    def starter(**variables):
        started.append(launch(var, **variables))
        return wait_until_ready(started[-1])

    yield starter
    for server in started:
        if server.process.poll() is None:
            server.stop()


def family_of(pid):
    """Return the process ids of all children of ``pid`` and of theirs."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(entry.parent.name))
    found, waiting = [], [pid]
    while waiting:
        children = parents.get(waiting.pop(), [])
        found += children
        waiting += children
    return found


def named(pids, word):
    """Return those of ``pids`` whose command line has ``word`` in it."""
    found = []
    for pid in pids:
        try:
            line = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:  # ended since it was listed
            continue
        if word in line:
            found.append(pid)
    return found


def alive(pids):
    """Return those of ``pids`` that still run (a zombie does not)."""
    running = []
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.append(pid)
    return running


def wait_until_gone(pids):
    deadline = time.monotonic() + STOP_LIMIT
    while alive(pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not alive(pids)


def status_of(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.status


def test_the_portal_answers_when_its_line_appears_and_sigterm_ends_everything(start):
    server = start()

    last_line = server.said().strip().splitlines()[-1]
    assert last_line.startswith(f"{READY}{server.url}/ - ")
    assert server.manage("load_demo", "--print-accounts").strip() in last_line
    assert status_of(server.url) == 200
    family = family_of(server.process.pid)
    assert named(family, "redis-server")
    assert named(family, "celery")
    assert named(family, "gunicorn")

    assert server.stop() == 0
    assert not alive(family)
    with pytest.raises(urllib.error.URLError):
        status_of(server.url)


def test_a_second_start_takes_seconds_repeats_no_work_and_ctrl_c_ends_it(start, var):
    start().stop()
    before = time.monotonic()
    server = start()

    assert time.monotonic() - before < 20
    assert "static files copied" not in (var / "log" / "prepare.log").read_text()
    assert "Installing" not in server.said()

    family = family_of(server.process.pid)
    server.process.send_signal(signal.SIGINT)
    assert server.process.wait(STOP_LIMIT) == 0
    assert not alive(family)


def test_a_second_portal_on_the_same_folder_is_refused_in_one_sentence(start, var):
    server = start()
    second = launch(var)

    assert second.process.wait(10) == 1
    assert second.said() == f"The portal already runs on {var}: {server.url}/.\n"
    assert status_of(server.url) == 200


def test_children_do_not_survive_a_killed_script_and_the_next_start_works(start):
    server = start()
    family = family_of(server.process.pid)
    socket_folder = Path((server.var / "run" / "redis-socket").read_text().strip()).parent

    server.process.send_signal(signal.SIGKILL)
    server.process.wait(5)
    again = start()

    assert wait_until_gone(family)
    assert not socket_folder.exists()
    assert status_of(again.url) == 200


@pytest.mark.parametrize(("word", "name"), [("redis-server", "redis"), ("gunicorn", "web"), ("celery", "worker")])
def test_when_one_child_dies_the_script_names_it_and_stops_the_others(start, word, name):
    server = start()
    family = family_of(server.process.pid)

    os.kill(min(named(family, word)), signal.SIGKILL)

    assert server.process.wait(STOP_LIMIT) == 1
    assert f"The {name} process ended by itself" in server.said()
    assert wait_until_gone(family)


def test_the_portal_runs_without_the_demo(empty_portal, tmp_path):
    server = wait_until_ready(launch(copied(empty_portal, tmp_path / "var"), PORTAL_DEMO=0))
    try:
        assert server.said().strip().splitlines()[-1] == f"{READY}{server.url}/"
        assert server.manage("shell", "-c", "from accounts.models import User; print(User.objects.count())").endswith(
            "0\n"
        )
    finally:
        assert server.stop() == 0
