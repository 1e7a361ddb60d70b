"""A server of the tests that can really be stopped, with every connection that browsers keep, and started again."""
import contextlib
import socket

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler


class _Server(ThreadedWSGIServer):
    def __init__(self, *args, **options):
        self.connections = []
        super().__init__(*args, **options)

    def get_request(self):
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def server_close(self):
        for connection in self.connections:
            with contextlib.suppress(OSError):  # closed already
                connection.shutdown(socket.SHUT_RDWR)
        super().server_close()


class _Thread(LiveServerThread):
    daemon = True

    def _create_server(self, connections_override=None):
        return _Server((self.host, self.port), QuietWSGIRequestHandler, allow_reuse_address=True)


class StoppableServer:
    """Runs at once; ``url`` stays the same over stop and start."""

    def __init__(self):
        self.port = 0
        self.start()
        self.url = f"http://localhost:{self.port}"

    def start(self):
        """Answer requests again."""
        self.thread = _Thread("localhost", StaticFilesHandler, port=self.port)
        self.thread.start()
        self.thread.is_ready.wait()
        assert self.thread.error is None
        self.port = self.thread.port

    def stop(self):
        """Refuse connections and drop those that are open."""
        self.thread.terminate()
