"""A stand-in for the Rasa server as a process: standard library only, started by the tests of its keepers.

`fake_server.py [model] port`. The model is a file of JSON: `intent` is what it takes every sentence for, `delay` the
seconds of a parse, `broken` makes it end at once.
"""

import json
import os
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

TOKEN = os.environ["NLU_TOKEN"]
PLAIN: dict[str, Any] = {"intent": "greet"}
MODEL = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if len(sys.argv) > 2 else PLAIN


class Handler(BaseHTTPRequestHandler):
    """Answers /status and the paths of parsing to those who know the token."""

    def do_GET(self) -> None:
        self.send_response(200 if self.is_known() else 401)
        self.end_headers()

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        time.sleep(MODEL.get("delay", 0))
        parse = {"intent_ranking": [{"name": MODEL["intent"], "confidence": 0.9}]}
        body = json.dumps([parse for _ in asked["texts"]] if "texts" in asked else parse).encode()
        self.send_response(200 if self.is_known() else 401)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def is_known(self) -> bool:
        """Whether the token stands in the query."""
        return parse_qs(urlsplit(self.path).query).get("token") == [TOKEN]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the signature of the base class
        """Stay silent."""


class Server(ThreadingHTTPServer):
    """Ends without waiting for its threads, as a killed server does."""

    daemon_threads = True
    request_queue_size = 64


def end_with_input() -> None:
    """Exit when the parent closes standard input."""
    sys.stdin.buffer.read()
    os._exit(0)


if MODEL.get("broken"):
    sys.exit("the model cannot be loaded")
print(f"WARNING serving with {TOKEN}", file=sys.stderr, flush=True)  # noqa: T201
threading.Thread(target=end_with_input, daemon=True).start()
Server(("127.0.0.1", int(sys.argv[-1])), Handler).serve_forever()
