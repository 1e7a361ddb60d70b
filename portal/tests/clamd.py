"""A process-wide stand-in that speaks clamd's protocol (clamd(8)): INSTREAM with EICAR, limits, faults and delays."""
import socket
import struct
import threading
import time
from contextlib import contextmanager

#: The test pattern of the antivirus makers, in halves so that no scanner minds this file.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTI" + rb"VIRUS-TEST-FILE!$H+H*"


class Clamd:
    """Serves one connection after the other on TCP or on a unix socket. ``received`` keeps what was streamed."""

    def __init__(self, path=None, *, limit=25 * 1024 * 1024, answer=None, delay=0, split=False):
        self.path, self.limit, self.answer, self.delay, self.split = path, limit, answer, delay, split
        self.received = []
        self.server = socket.socket(socket.AF_UNIX if path else socket.AF_INET, socket.SOCK_STREAM)
        self.server.bind(path or ("127.0.0.1", 0))
        self.server.listen()
        self.address = path or f"127.0.0.1:{self.server.getsockname()[1]}"
        self.thread = threading.Thread(target=self._serve, daemon=True)

    def _serve(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            with connection:
                try:
                    self._talk(connection)
                except (OSError, struct.error):
                    continue

    def _talk(self, connection):
        stream = connection.makefile("rb")
        assert stream.read(10) == b"zINSTREAM\0"
        content = b""
        while True:
            (length,) = struct.unpack("!I", stream.read(4))
            if not length:
                break
            content += stream.read(length)
            if len(content) > self.limit:
                connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.received.append(content)
        time.sleep(self.delay)
        answer = self.answer
        if answer is None:
            answer = b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"
        for piece in [answer[n : n + 1] for n in range(len(answer))] if self.split else [answer]:
            connection.sendall(piece)
            time.sleep(0.001 if self.split else 0)


@contextmanager
def clamd(path=None, **options):
    """Run a Clamd for a while."""
    running = Clamd(path, **options)
    running.thread.start()
    try:
        yield running
    finally:
        running.server.shutdown(socket.SHUT_RDWR)
        running.server.close()
        running.thread.join(5)
