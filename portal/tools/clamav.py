"""Asking a ClamAV daemon (clamd) about a file, by its INSTREAM command over TCP or a unix socket (clamd(8)).

``zINSTREAM`` is followed by pieces, each with its length in four bytes; a length of nought ends them. The answer is
``stream: OK``, ``stream: <name> FOUND`` or ``<reason> ERROR``, ended by a NUL.
"""
import socket
import struct

_CHUNK = 64 * 1024
_ANSWER_LIMIT = 4096


class ScannerAway(Exception):
    """clamd cannot be reached, does not answer in time, or answers nonsense: try again later."""


class ScanRefused(Exception):
    """clamd answers that it will not check this file (e.g. it is over StreamMaxLength)."""


def scan(file, *, address, timeout):
    """Return the name of what clamd finds in an open file, "" when it finds nothing.

    ``address`` is ``host:port`` or the path of a socket, ``timeout`` the seconds to wait for each step.
    Raises ScannerAway, ScanRefused.
    """
    try:
        with _connect(address, timeout) as connection:
            answer = _ask(connection, file)
    except (OSError, ValueError) as error:
        raise ScannerAway(f"{type(error).__name__}: {error}") from error
    return _meaning(answer)


def _connect(address, timeout):
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout)
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout)


def _ask(connection, file):
    try:
        connection.sendall(b"zINSTREAM\0")
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            connection.sendall(struct.pack("!I", len(chunk)) + chunk)
        connection.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        # clamd says why and hangs up in the middle of a stream that is too long for it.
        try:
            return _answer(connection) or "ERROR"
        except ConnectionResetError:
            return "INSTREAM broken off by clamd, perhaps over its StreamMaxLength. ERROR"
    return _answer(connection)


def _answer(connection):
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER_LIMIT:
        piece = connection.recv(_ANSWER_LIMIT)
        if not piece:
            break
        answer += piece
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")


def _meaning(answer):
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if answer.endswith("ERROR"):
        raise ScanRefused(answer)
    raise ScannerAway(f"unknown answer {answer[:100]!r}")
