"""What script/server says when it cannot go on, and how script/lib/install.sh installs. Nothing is really installed:
the programs that would are stand-ins at the front of PATH."""
import os
import socket
import stat
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, clean_environment

LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-dejavu-core"


@pytest.fixture
def machine(tmp_path):
    """Return a function that puts a program with the given shell text at the front of PATH."""
    folder = tmp_path / "bin"
    folder.mkdir()

    def program(name, text):
        path = folder / name
        path.write_text(f"#!/bin/bash\n{text}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    program.path = f"{folder}:{os.environ['PATH']}"
    program.calls = tmp_path / "calls"
    return program


def server(tmp_path, **variables):
    """Run script/server until it ends by itself."""
    return subprocess.run(
        [ROOT / "script" / "server"], env=clean_environment(PORTAL_VAR=tmp_path / "var", **variables),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )


def install(machine, tmp_path):
    """Run the installation alone."""
    return subprocess.run(
        ["bash", "-c", 'set -eu; source script/lib/common.sh; source script/lib/install.sh; install "$1" server',
         "bash", tmp_path / "install.log"],
        cwd=ROOT, env=clean_environment(PATH=machine.path, DEBIAN_FRONTEND="unset"),
        stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60,
    )


def test_without_the_right_to_install_the_exact_command_is_told(machine, tmp_path):
    machine("dpkg-query", "exit 1")
    machine("id", "echo 1000")
    machine("sudo", "exit 1")

    done = install(machine, tmp_path)

    assert done.returncode == 1
    assert done.stderr == (
        "Missing Debian packages, and no right to install them; "
        f"run: sudo apt-get update && sudo apt-get install {LIBRARIES}\n"
    )


def test_without_a_network_the_exact_command_is_told(machine, tmp_path):
    machine("dpkg-query", "exit 1")
    machine("id", "echo 0")
    machine("apt-get", "echo 'Could not resolve host'; exit 100")

    done = install(machine, tmp_path)

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "Could not resolve host",
        "Could not resolve host",
        "Debian packages could not be installed (no network, or no such package here); "
        f"run: sudo apt-get update && sudo apt-get install {LIBRARIES}",
    ]


def test_root_installs_only_what_is_missing_and_is_asked_nothing(machine, tmp_path):
    machine("dpkg-query", '[[ ${@: -1} == libharfbuzz-subset0 ]] || echo installed')
    machine("id", "echo 0")
    machine("apt-get", f'echo "$DEBIAN_FRONTEND:$*" >>{machine.calls}')

    done = install(machine, tmp_path)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == "Installing Debian packages: libharfbuzz-subset0"
    assert machine.calls.read_text().splitlines() == [
        "unset:-q update",
        "noninteractive:-q -y install --no-install-recommends libharfbuzz-subset0",
    ]


def test_apt_get_is_left_alone_when_nothing_is_missing(machine, tmp_path):
    machine("apt-get", f'echo "$*" >>{machine.calls}')

    assert install(machine, tmp_path).returncode == 0
    assert not machine.calls.exists()


def test_a_user_with_sudo_installs_through_it(machine, tmp_path):
    machine("dpkg-query", '[[ ${@: -1} == fonts-noto-cjk ]] || echo installed')
    machine("id", "echo 1000")
    machine("sudo", f'echo "$*" >>{machine.calls}')

    assert install(machine, tmp_path).returncode == 0
    assert machine.calls.read_text().splitlines()[-1] == (
        "env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends fonts-noto-cjk"
    )


def test_a_python_of_another_version_is_refused(machine, tmp_path):
    machine("python9", "echo; exit 0")

    done = server(tmp_path, PYTHON="python9", PATH=machine.path)

    assert done.returncode == 1
    assert done.stderr == "PYTHON=python9 is not a Python 3.11, 3.12 or 3.13.\n"
    assert Path(ROOT, ".venv", "bin", "python").exists()


def test_a_taken_port_is_told_with_another_to_try(tmp_path):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = server(tmp_path, PORT=port)

    assert done.returncode == 1
    assert done.stderr == (
        f"Port {port} on 127.0.0.1 is taken by another program; "
        f"choose another, for example: PORT={port + 1} script/server\n"
    )


def test_the_embedded_command_refuses_production(tmp_path):
    done = server(tmp_path, PORTAL_MODE="production")

    assert done.returncode == 1
    assert done.stderr.startswith("script/server runs the embedded portal only")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("folder", ["/tmp/" + "long/" * 25, "/tmp/with space", "/tmp/50%", "/tmp/中文"])
def test_redis_gets_a_short_private_folder_when_a_socket_cannot_have_the_path(folder):
    code = 'source script/lib/redis.sh; choose_socket "$1"; printf "%s\\n%s" "$SOCKET_DIR" "$REDIS_SOCKET"'
    done = subprocess.run(["bash", "-euc", code, "bash", folder], cwd=ROOT, capture_output=True, text=True, check=True)
    made, path = done.stdout.splitlines()
    try:
        assert path == f"{made}/redis.sock"
        assert len(path) < 108
        assert stat.S_IMODE(os.stat(made).st_mode) == 0o700
    finally:
        os.rmdir(made)


def test_redis_keeps_its_socket_with_the_other_data_when_it_can():
    code = 'source script/lib/redis.sh; choose_socket "$1"; printf "%s" "$SOCKET_DIR:$REDIS_SOCKET"'
    done = subprocess.run(["bash", "-euc", code, "bash", "/srv/portal/var"], cwd=ROOT, capture_output=True, text=True)

    assert done.stdout == ":/srv/portal/var/redis.sock"
