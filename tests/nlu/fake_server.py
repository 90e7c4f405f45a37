"""A stand-in for the Rasa server as a process: standard library only, started by the tests of the supervisor."""

import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

TOKEN = os.environ["NLU_TOKEN"]


class Handler(BaseHTTPRequestHandler):
    """Answers /status to those who know the token."""

    def do_GET(self) -> None:
        known = parse_qs(urlsplit(self.path).query).get("token") == [TOKEN]
        self.send_response(200 if known else 401)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of the base class
        """Stay silent."""


def end_with_input() -> None:
    """Exit when the parent closes standard input."""
    sys.stdin.buffer.read()
    os._exit(0)


print(f"WARNING serving with {TOKEN}", file=sys.stderr, flush=True)  # noqa: T201
threading.Thread(target=end_with_input, daemon=True).start()
HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
