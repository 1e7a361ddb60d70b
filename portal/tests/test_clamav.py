"""The client of clamd against a server that speaks its protocol."""
import io
import os
import socket

import pytest

from portal.tests.clamd import EICAR, clamd
from portal.tools.clamav import ScannerAway, ScanRefused, scan


def ask(server, content, timeout=5):
    return scan(io.BytesIO(content), address=server.address, timeout=timeout)


def test_a_clean_file_has_no_virus_and_arrives_whole():
    content = os.urandom(200_000)
    with clamd() as server:
        assert ask(server, content) == ""
    assert server.received == [content]


def test_a_virus_is_named():
    with clamd() as server:
        assert ask(server, b"x" * 100_000 + EICAR) == "Eicar-Test-Signature"


def test_a_unix_socket_serves_as_well(tmp_path):
    with clamd(str(tmp_path / "clamd.ctl")) as server:
        assert ask(server, EICAR) == "Eicar-Test-Signature"


def test_an_empty_file_is_asked_about_too():
    with clamd() as server:
        assert ask(server, b"") == ""


def test_an_answer_that_comes_byte_by_byte_is_read_to_its_end():
    with clamd(split=True) as server:
        assert ask(server, EICAR) == "Eicar-Test-Signature"


def test_a_file_over_the_limit_of_clamd_is_refused_with_its_words():
    with clamd(limit=1000) as server, pytest.raises(ScanRefused, match="INSTREAM"):
        ask(server, b"x" * 20_000_000)


@pytest.mark.parametrize("answer", [b"", b"stream: OK but not quite\0", b"UNKNOWN COMMAND\0", b"\xff\xfe\0"])
def test_an_answer_that_is_none_means_to_try_later(answer):
    with clamd(answer=answer) as server, pytest.raises(ScannerAway):
        ask(server, b"x")


def test_an_error_of_clamd_is_no_clean_file():
    with clamd(answer=b"stream: Can't allocate memory ERROR\0") as server, pytest.raises(ScanRefused, match="memory"):
        ask(server, b"x")


def test_a_clamd_that_does_not_answer_in_time_is_away():
    with clamd(delay=1) as server, pytest.raises(ScannerAway, match="[Tt]ime"):
        ask(server, b"x", timeout=0.1)


@pytest.mark.parametrize("address", ["/no/such/clamd.ctl", "nonsense", "127.0.0.1:nonsense"])
def test_an_address_that_leads_nowhere_means_away(address):
    with pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x"), address=address, timeout=1)


def test_a_port_that_nobody_listens_on_means_away():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x"), address=f"127.0.0.1:{port}", timeout=1)
