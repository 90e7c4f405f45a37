"""Bytes that no client library would send: the connection is answered or closed, and the next one is served."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.security.whole import ServedWhole

_WAIT_SECONDS = 20
_HOST = b"Host: hub.test\r\n"
_JSON = b"Content-Type: application/json\r\n"
_CHAT = b"POST /api/v1/chat HTTP/1.1\r\n" + _HOST + _JSON


def _connect(site: ServedWhole) -> socket.socket:
    parts = urlsplit(site.url)
    connection = socket.create_connection((parts.hostname, parts.port), _WAIT_SECONDS)
    connection.settimeout(_WAIT_SECONDS)
    return connection


def _status(site: ServedWhole, sent: bytes) -> int:
    """Send bytes and return the status of the answer, 0 when the connection was closed without any."""
    with _connect(site) as connection:
        try:
            connection.sendall(sent)
            answer = connection.recv(65_536)
        except ConnectionError:
            return 0
    return int(answer.split(b" ", 2)[1]) if answer else 0


def _serves(site: ServedWhole) -> bool:
    with site.visitor() as client:
        return client.get("/health/live").status_code == 200


@pytest.mark.parametrize(
    ("sent", "statuses"),
    [
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64, {400, 0}),
        (b"GET / HTTP/9.9\r\n\r\n", {400, 0}),
        (b"GET /\x00 HTTP/1.1\r\n" + _HOST + b"\r\n", {400, 404}),
        (b"GET /\xff\xfe HTTP/1.1\r\n" + _HOST + b"\r\n", {400, 404}),
        (b"GET /%ff%fe%00/../../etc/passwd HTTP/1.1\r\n" + _HOST + b"\r\n", {400, 404}),
        (b"GET /static/..%2f..%2fapp.py HTTP/1.1\r\n" + _HOST + b"\r\n", {404}),
        (b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\n" + _HOST + b"\r\n", {404}),
        (b"GET / HTTP/1.1\r\n" + _HOST + b"X-Much: " + b"a" * 200_000 + b"\r\n\r\n", {200, 400, 431, 0}),
        (b"GET / HTTP/1.1\r\n" + _HOST + b"Cookie: " + b"a=b; " * 2000 + b"\xff\r\n\r\n", {200, 400, 431}),
        (b"GET /panel HTTP/1.1\r\n" + _HOST + b"Cookie: hub-staff-demo=\xc5\x82\x00;;=\r\n\r\n", {303, 400}),
        (b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n", {200, 400}),
        (_CHAT + b"Content-Length: -1\r\n\r\n{}", {400, 413}),
        (_CHAT + b"Content-Length: 99999999999999999999\r\n\r\n{}", {400, 413}),
        (_CHAT + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\n{}     ", {400, 422}),
        (_CHAT + b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400, 422}),
        (_CHAT + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", {400, 0}),
        (_CHAT + b"Content-Length: 0\r\n\r\n", {422}),
        (_CHAT + b"Transfer-Encoding: chunked\r\n\r\n11170\r\n" + b"x" * 70_000 + b"\r\n0\r\n\r\n", {413}),
        (_CHAT + b'Content-Length: 14\r\n\r\n{"text":"\xc5\xff"}\r', {400, 422}),
        (b"BREW / HTTP/1.1\r\n" + _HOST + b"\r\n", {400, 405}),
        (b"GET /api/v1/chat/events HTTP/1.1\r\n" + _HOST + b"Last-Event-ID: 99999999999999999999\r\n\r\n", {422}),
    ],
)
def test_broken_requests_are_refused_and_the_next_one_is_served(
    site: ServedWhole, sent: bytes, statuses: set[int]
) -> None:
    assert _status(site, sent) in statuses
    assert _serves(site)


def test_a_body_that_never_ends_is_cut_off(site: ServedWhole) -> None:
    with _connect(site) as connection:
        connection.sendall(_CHAT + b"Transfer-Encoding: chunked\r\n\r\n")
        sent = 0
        try:
            while sent < 10_000_000:
                connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
                sent += 1024
        except (ConnectionError, TimeoutError):
            pass
    # What the system buffers goes on for a while.
    assert sent < 10_000_000
    assert _serves(site)


def test_readers_of_a_stream_who_go_away_leave_nothing_open(site: ServedWhole) -> None:
    ask = b"GET /api/v1/chat/events HTTP/1.1\r\n" + _HOST + b"\r\n"
    for half in (socket.SHUT_WR, socket.SHUT_RDWR):
        for _ in range(20):
            with _connect(site) as connection:
                connection.sendall(ask)
                assert connection.recv(12) == b"HTTP/1.1 200"
                connection.shutdown(half)
    assert _serves(site)
