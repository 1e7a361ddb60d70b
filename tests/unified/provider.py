"""A real OpenID provider in a process of its own, and a person in the middle who may change what it says."""
import http.client
import json
import shutil
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

from tests.conftest import clean_environment, free_port

#: Seconds.
START_LIMIT = 30
HEADERS_KEPT = {"content-type", "location", "set-cookie", "cache-control"}


class Provider:
    """oidc-provider-mock on a port of its own. ``users``: claims by subject."""

    def __init__(self, users):
        self.users = users
        self.port = free_port()
        self.process = None

    @property
    def address(self):
        """Return its issuer."""
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        """Run it and wait until it answers; its keys are new at each start."""
        users = [json.dumps({"sub": subject, **claims}) for subject, claims in self.users.items()]
        command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(self.port), "--require-nonce", "true"]
        dies_with_us = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        self.process = subprocess.Popen(
            [*dies_with_us, *command, *(part for user in users for part in ("--user-claims", user))],
            env=clean_environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + START_LIMIT
        while True:
            assert self.process.poll() is None, "the provider ended at once"
            assert time.monotonic() < deadline, "the provider does not answer"
            try:
                requests.get(f"{self.address}/.well-known/openid-configuration", timeout=2).raise_for_status()
                return self
            except requests.ConnectionError:
                time.sleep(0.1)

    def stop(self):
        """End the process."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(10)


@contextmanager
def in_the_middle(provider):
    """Run a proxy before the provider; yield it.

    ``change`` (path, body -> body) alters JSON answers; ``seen`` lists the paths that were asked for, ``sent``
    holds the last body by path. The provider names itself by the Host header, so the proxy is the issuer for
    whoever comes through it.
    """

    class Handler(BaseHTTPRequestHandler):
        def _pass_on(self):
            length = int(self.headers.get("Content-Length") or 0)
            upstream = http.client.HTTPConnection("127.0.0.1", provider.port, timeout=10)
            sent = self.rfile.read(length)
            upstream.request(self.command, self.path, sent or None, dict(self.headers))
            answer = upstream.getresponse()
            body = answer.read()
            path = self.path.partition("?")[0]
            self.server.seen.append(path)
            self.server.sent[path] = sent.decode()
            if answer.headers.get_content_type() == "application/json":
                body = json.dumps(self.server.change(path, json.loads(body))).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() in HEADERS_KEPT:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            upstream.close()

        do_GET = do_POST = _pass_on

        def log_message(self, *args):
            """Keep the output of the tests clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.change, server.seen, server.sent = lambda path, body: body, [], {}
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
